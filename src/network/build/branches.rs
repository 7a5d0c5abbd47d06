//! Where a visit exists, and where it fails.

use std::collections::BTreeMap;

use petgraph::Direction::Outgoing;

use crate::model::{Comparison, End, Limit, Milestone, MilestoneId, OnlyIf, Plan};
use crate::network::{CAP, Condition, Owner, Quantity, VisitId, order};
use crate::units::Instant;

use super::Compiler;
use super::error::NotBefore;

/// Every milestone that an `only_if` looks at, although it does not come before.
pub(super) fn undecided(plan: &Plan) -> Vec<NotBefore> {
    let mut watchers: BTreeMap<MilestoneId, Vec<MilestoneId>> = BTreeMap::new();
    for by in plan.ids().filter(|&id| !plan[id].removed) {
        for only_if in &plan[by].only_if {
            if let OnlyIf::Outcome(milestone, _) | OnlyIf::Date { milestone, .. } = only_if {
                watchers.entry(*milestone).or_default().push(by);
            }
        }
    }
    if watchers.is_empty() {
        return Vec::new();
    }
    let graph = order::graph(plan, 0..plan.links.len());
    let mut undecided = Vec::new();
    for (milestone, watchers) in watchers {
        let leads_to = order::reached(&graph, milestone, Outgoing, |_| true);
        let blind = watchers.into_iter().filter(|&by| by == milestone || !leads_to[by.index()]);
        undecided.extend(blind.map(|by| NotBefore::LookedAt { by, milestone }));
    }
    undecided.sort_unstable();
    undecided.dedup();
    undecided
}

impl Compiler<'_> {
    /// Everything that has to hold so that a visit exists, its predecessors aside.
    pub(super) fn conditions(&mut self, node: usize) -> Vec<Condition> {
        let id = self.unrolled.nodes[node].milestone;
        if self.unrolled.nodes[node].iteration > 0 {
            return self.iterates(node);
        }
        let mut conditions = Vec::new();
        if let Some(check) = self.unrolled.ordered_by(node) {
            conditions.push(Condition::Drawn {
                by: Some(self.visits.of[check]),
                draw: self.check(check),
                value: 1.0,
            });
        }
        if self.unrolled.begin(node).is_some_and(|begin| begin.only_again) {
            let before = self.visits.of[self.unrolled.repeated(node)];
            conditions.push(Condition::Drawn { by: Some(before), draw: Quantity::Fixed(1.0), value: 1.0 });
        }
        if !self.plan[id].removed {
            let only_if = &self.plan[id].only_if;
            conditions.extend(only_if.iter().map(|only_if| self.condition(node, only_if)));
            conditions.extend(self.conditions_of_solutions(node));
        }
        conditions
    }

    fn condition(&mut self, node: usize, only_if: &OnlyIf) -> Condition {
        let never = Condition::Drawn { by: None, draw: Quantity::Fixed(0.0), value: 1.0 };
        match only_if {
            OnlyIf::Risk(risk) => Condition::Drawn { by: None, draw: self.happens(*risk), value: 1.0 },
            OnlyIf::Outcome(milestone, _) | OnlyIf::Date { milestone, .. }
                if self.plan[*milestone].removed =>
            {
                never
            }
            OnlyIf::Outcome(milestone, outcome) => Condition::Drawn {
                by: self.visits_before(node, *milestone).first().copied(),
                draw: self.outcome(*milestone),
                value: *outcome as f64,
            },
            OnlyIf::Date { milestone, end, comparison, limit } => Condition::Placed {
                visits: self.visits_before(node, *milestone),
                end: *end,
                comparison: *comparison,
                limit: self.limit(*milestone, *end, *comparison, limit),
            },
        }
    }

    /// The visits of a milestone that a visit looks at.
    fn visits_before(&self, node: usize, milestone: MilestoneId) -> Vec<VisitId> {
        let visit = self.visits.of[node];
        let nodes: Vec<usize> =
            self.network.visits_of[milestone].iter().map(|visit| self.visits.nodes[visit.index()]).collect();
        let looked_at = self.unrolled.looked_at(node, milestone, &nodes);
        looked_at.into_iter().map(|node| self.visits.of[node]).filter(|&before| before < visit).collect()
    }

    fn outcome(&mut self, id: MilestoneId) -> Quantity {
        let milestone = &self.plan[id];
        let shares: Vec<f64> = milestone.outcomes.iter().map(|outcome| outcome.share).collect();
        self.variables.outcome(Owner::Outcome(id), &shares, || format!("outcome:{}", milestone.key))
    }

    /// Whether the check at the end of a visit fails.
    pub(super) fn check(&mut self, node: usize) -> Quantity {
        let id = self.unrolled.nodes[node].milestone;
        let number = self.visits.pass[node] + 1;
        let probability = self.unrolled.nodes[node].check.map_or(0.0, |check| check.probability);
        let key = &self.plan[id].key;
        self.variables.event(Owner::Rework(id), probability, || format!("rework:{key}:{number}"))
    }

    /// How much of the original a repeat takes, as drawn with the check that orders it.
    pub(super) fn share(&mut self, node: usize) -> Option<Quantity> {
        // An iteration is done or not, but whole.
        let check = self.unrolled.ordered_by(node).filter(|_| self.unrolled.nodes[node].iteration == 0)?;
        self.share_of(check)
    }

    /// How much of the original a repeat that this check orders takes.
    pub(super) fn share_of(&mut self, check: usize) -> Option<Quantity> {
        let id = self.unrolled.nodes[check].milestone;
        let Milestone { key, rework, .. } = &self.plan[id];
        let number = self.visits.pass[check] + 1;
        let share = &rework.as_ref()?.share;
        Some(self.variables.quantity(Owner::Rework(id), share, || format!("rework:{key}:share:{number}")))
    }

    /// Where a visit fails, and where it fails if it is the last one of its milestone.
    pub(super) fn failures(&mut self, node: usize) -> (Vec<Quantity>, Vec<Quantity>) {
        let id = self.unrolled.nodes[node].milestone;
        if self.is_one_of_several(id) {
            return (Vec::new(), Vec::new());
        }
        let mut failures = Vec::new();
        if self.unrolled.nodes[node].check.is_some_and(|check| check.fails_plan) {
            failures.push(self.check(node));
        }
        let mut in_the_end = self.draws_of_ends(id);
        if self.network.visits_of[id].len() > 1 {
            return (failures, in_the_end);
        }
        failures.append(&mut in_the_end);
        (failures, in_the_end)
    }

    /// Whether there may be runs in which a visit does not exist, given its conditions.
    pub(super) fn may_be_absent(&self, visit: VisitId, conditions: &[Condition]) -> bool {
        let links = self.network.links_into(visit);
        !conditions.is_empty()
            || (!links.is_empty() && links.iter().all(|link| self.network[link.from].may_be_absent))
    }

    /// The position of a milestone's timeline that compares with its ends as a limit does with their
    /// moments: a day counts as in expectations, a span in the plan's own calendar.
    fn limit(&self, milestone: MilestoneId, end: End, comparison: Comparison, limit: &Limit) -> i64 {
        let timeline = &self.timelines.anchored[usize::from(self.timelines.of_milestone(milestone))];
        let own = &self.timelines.anchored[0];
        let wall = |moment: Instant| moment.seconds().saturating_sub(own.start().seconds());
        let includes = matches!(comparison, Comparison::AtMost | Comparison::Above);
        let last = match limit {
            Limit::Date(when) if includes => wall(when.ends()),
            Limit::Date(when) => wall(when.begins()) - 1,
            Limit::Span(seconds) if includes => own.wall_of_start(*seconds),
            Limit::Span(seconds) => own.wall_of_finish(*seconds) - 1,
            Limit::Money(_) => unreachable!("an end is compared with a date or a span"),
        };
        let position = match end {
            End::Start => timeline.latest_start_by(last),
            End::Finish => timeline.latest_finish_by(last),
        };
        (position + i64::from(!includes)).clamp(-CAP, CAP)
    }
}
