//! Plans with several solutions: what ends each, what is not done then, and what is done instead.

use petgraph::Direction::Outgoing;

use crate::model::{MilestoneId, Plan, SolutionId};
use crate::network::{Alternative, Condition, End, order};

use super::Compiler;
use super::unroll::{Edge, Unrolled};

/// The solutions that have milestones in a plan, if there are several.
pub(super) fn several(plan: &Plan) -> Vec<SolutionId> {
    let there: Vec<_> = plan.scoping.ids().filter(|&id| plan.milestones_of(id).next().is_some()).collect();
    if there.len() > 1 { there } else { Vec::new() }
}

/// Whether a milestone may end its solution.
fn may_end(plan: &Plan, id: MilestoneId) -> bool {
    let milestone = &plan[id];
    let is_risky = || plan.risks.iter().any(|risk| risk.ends.is_some_and(|end| end.resolved_by == id));
    // The first and the last milestone may settle what is said of the solution as a whole.
    let is_end = milestone.solution.is_some_and(|solution| {
        let mut own = plan.milestones_of(solution);
        let first = own.next();
        first == Some(id) || own.last() == Some(id)
    });
    is_end
        || milestone.improve.is_some()
        || milestone.rework.is_some()
        || milestone.success < 1.0
        || is_risky()
}

/// Lets the solutions that others fall back on wait for what may end those.
pub(super) fn fall_back(plan: &Plan, unrolled: &mut Unrolled) {
    for id in several(plan) {
        let Some(fallback) = plan.scoping[id].fallback else { continue };
        let is_own = |at: MilestoneId| plan[at].solution == Some(fallback);
        let waits = |at: MilestoneId| plan.links.iter().any(|link| link.to == at && is_own(link.from));
        let first: Vec<_> = plan.milestones_of(fallback).filter(|&at| !waits(at)).collect();
        let ends =
            unrolled.nodes.iter().enumerate().filter(|(_, node)| {
                plan[node.milestone].solution == Some(id) && may_end(plan, node.milestone)
            });
        let edges: Vec<Edge> = ends
            .flat_map(|(from, _)| first.iter().map(move |to| Edge { from, to: to.index(), link: None }))
            .collect();
        unrolled.edges.extend(edges);
    }
}

impl Compiler<'_> {
    /// Notes what ends each of several solutions.
    pub(super) fn alternatives(&mut self) {
        for solution in several(self.plan) {
            let mut ends = Vec::new();
            for id in self.plan.milestones_of(solution) {
                let visits = self.network.visits_of[id].clone();
                let draws = self.draws_of_ends(id);
                ends.extend(draws.into_iter().map(|draw| End { visits: visits.clone(), draw }));
                for &visit in &visits {
                    let node = self.visits.nodes[visit.index()];
                    if self.unrolled.nodes[node].check.is_some_and(|check| check.fails_plan) {
                        ends.push(End { visits: vec![visit], draw: self.check(node) });
                    }
                }
            }
            self.network.alternatives.push(Alternative { solution, ends });
        }
    }

    /// Whether what ends the solution of a milestone leaves the plan alone.
    pub(super) fn is_one_of_several(&self, id: MilestoneId) -> bool {
        let solution = self.plan[id].solution;
        self.network.alternatives.iter().any(|alternative| Some(alternative.solution) == solution)
    }

    /// What has to hold of solutions so that a visit exists: its own has not come to an end before, and
    /// one that falls back on it has.
    pub(super) fn conditions_of_solutions(&self, node: usize) -> Vec<Condition> {
        let (id, visit) = (self.unrolled.nodes[node].milestone, self.visits.of[node]);
        let Some(solution) = self.plan[id].solution.filter(|_| self.is_one_of_several(id)) else {
            return Vec::new();
        };
        let graph = order::graph(self.plan, 0..self.plan.links.len());
        let mut conditions = Vec::new();
        for Alternative { solution: other, ends } in &self.network.alternatives {
            if *other == solution {
                let leads = |end: &&End| {
                    let from = self.unrolled.nodes[self.visits.nodes[end.visits[0].index()]].milestone;
                    // A check of a later pass is not known yet.
                    let is_known = end.visits[0] < visit;
                    is_known && from != id && order::reached(&graph, from, Outgoing, |_| true)[id.index()]
                };
                let before: Vec<End> = ends.iter().filter(leads).cloned().collect();
                if !before.is_empty() {
                    conditions.push(Condition::Ended { ends: before, is_ended: false });
                }
            } else if self.plan.scoping[*other].fallback == Some(solution) {
                conditions.push(Condition::Ended { ends: ends.clone(), is_ended: true });
            }
        }
        conditions
    }
}
