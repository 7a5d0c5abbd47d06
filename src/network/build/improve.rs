//! Solutions: their learning curves and overruns, the iterations of improve milestones, and what ends them.

use std::borrow::Cow;

use crate::model::{
    Checkpoint, Estimate, Improve, Metric, Milestone, MilestoneId, Plan, Readying, ResourceId, RiskId,
    Solution, SolutionId,
};
use crate::network::{
    Computed, Condition, Curves, Improvement, NetworkError, Overrun, Owner, Quantity, Rule, VariableId,
    VisitId,
};
use crate::stats::learning::Posterior;

use super::Compiler;
use super::evidence;

/// What solutions need to know while visits are compiled; all empty in a plan without any.
#[derive(Default)]
pub(super) struct Scope {
    /// By solution.
    overruns: Vec<Option<Surplus>>,
    /// By solution: the iterations of its improve milestone, and whether they fail.
    progress: Vec<Option<(Quantity, Quantity)>>,
    /// By solution: the milestone and the people that make it ready, and all that these do there.
    readied: Vec<Option<(MilestoneId, ResourceId, Quantity)>>,
    /// Risks that end a solution, with the milestones that settle them.
    ends: Vec<(MilestoneId, RiskId)>,
}

/// What comes on top of effort and of durations, as shares.
#[derive(Clone, Copy)]
pub(super) struct Surplus {
    pub(super) effort: Quantity,
    pub(super) schedule: Quantity,
}

/// What a visit takes: its milestone as it is, or one iteration of it.
pub(super) struct Taking<'a> {
    pub(super) id: MilestoneId,
    pub(super) milestone: Cow<'a, Milestone>,
    /// Whether it is an iteration.
    pub(super) is_iteration: bool,
    pub(super) overrun: Option<Surplus>,
}

/// The learning curves of a solution, and the quantities that they are drawn from.
struct Drawn {
    curves: Curves,
    inputs: Vec<Quantity>,
}

impl<'a> Compiler<'a> {
    /// Adds the variables of all solutions that have a milestone in the plan.
    pub(super) fn scope(&mut self) -> Result<(), NetworkError> {
        let plan = self.plan;
        for id in plan.scoping.ids() {
            let is_there = plan.milestones_of(id).next().is_some();
            let overrun = (is_there && !plan.scoping.terms.tail.is_off()).then(|| self.overrun(id));
            self.scope.overruns.push(overrun);
            let improved = plan.milestones_of(id).find_map(|at| Some((at, plan[at].improve.as_ref()?)));
            let progress = improved.map(|(at, improve)| self.progress(id, at, improve)).transpose()?;
            self.scope.progress.push(progress.flatten());
            let readied = plan.readying(id).map(|it| self.readied(id, &it));
            self.scope.readied.push(readied);
        }
        for (at, risk) in plan.risks.iter().enumerate() {
            let end =
                risk.ends.filter(|end| !plan[end.resolved_by].removed && risk.terms().probability > 0.0);
            self.scope.ends.extend(end.map(|end| (end.resolved_by, RiskId::new(at))));
        }
        Ok(())
    }

    /// How far the effort of a solution overruns.
    fn overrun(&mut self, solution: SolutionId) -> Surplus {
        let key = &self.plan.scoping[solution].key;
        let owner = Owner::Solution(solution);
        let tail = self.plan.scoping.terms.tail;
        // Where the multiplier is 1.
        let middle = (1.0 - tail.probability) / 2.0;
        let draw = self.variables.uniform(owner, middle, format!("overrun:{key}"));
        let effort = self.variables.computed(owner, 0.0, format!("overrun:{key}:effort"));
        let schedule = self.variables.computed(owner, 0.0, format!("overrun:{key}:schedule"));
        let rule = Rule::Overrun(Overrun { solution, tail });
        self.add_computed(vec![draw], &[effort, schedule], rule);
        Surplus { effort, schedule }
    }

    /// What people do in the milestone that makes a solution ready, what it lacks in readiness included.
    fn readied(&mut self, solution: SolutionId, readying: &Readying) -> (MilestoneId, ResourceId, Quantity) {
        let Readying { milestone, resource, effort } = readying;
        let key = &self.plan.scoping[solution].key;
        let taking = Taking {
            id: *milestone,
            milestone: Cow::Borrowed(&self.plan[*milestone]),
            is_iteration: false,
            overrun: None,
        };
        let own = self.work(&taking, *resource);
        let more = self.variables.quantity(Owner::Solution(solution), effort, || format!("readiness:{key}"));
        let planned = self.variables.planned();
        let planned = planned.of(own) + planned.of(more);
        let owner = Owner::Milestone(*milestone);
        let all = self.variables.computed(owner, planned, format!("readiness:{key}:work"));
        self.add_computed(vec![own, more], &[all], Rule::Sum);
        (*milestone, *resource, all)
    }

    /// All that a resource does in a milestone, where more is done there to make a solution ready.
    pub(super) fn readied_work(&self, taking: &Taking<'_>, resource: ResourceId) -> Option<Quantity> {
        let readied = self.scope.readied.iter().flatten();
        let mut own = readied.filter(|it| it.0 == taking.id && it.1 == resource && !taking.is_iteration);
        own.next().map(|it| it.2)
    }

    /// How many iterations the improve milestone of a solution takes, and whether they fail.
    fn progress(
        &mut self,
        id: SolutionId,
        milestone: MilestoneId,
        improve: &Improve,
    ) -> Result<Option<(Quantity, Quantity)>, NetworkError> {
        let plan: &'a Plan = self.plan;
        let solution = &plan.scoping[id];
        let Some(metric) = solution.metric.map(|metric| &plan.scoping[metric]) else { return Ok(None) };
        let Some(target) = metric.target.and_then(|target| metric.gap(target)) else { return Ok(None) };
        let Some(Drawn { curves, inputs }) = self.curves(id, solution, metric, target, milestone)? else {
            return Ok(None);
        };
        let gap = |value: Option<f64>| value.and_then(|value| metric.gap(value));
        let Improve { at_most, adds, checkpoint, .. } = *improve;
        let improvement = Improvement {
            milestone,
            solution: id,
            curves,
            target,
            minimum: gap(metric.minimum),
            at_most,
            adds,
            checkpoint: checkpoint.map(|Checkpoint { after, .. }| after),
            stop_gap: gap(checkpoint.and_then(|checkpoint| checkpoint.stop_line)),
        };
        let planned: Vec<f64> = inputs.iter().map(|input| self.variables.planned().of(*input)).collect();
        let planned = f64::from(improvement.planned(&planned));
        let owner = Owner::Solution(id);
        let key = &solution.key;
        let iterations = self.variables.computed(owner, planned, format!("curve:{key}:iterations"));
        let fails = self.variables.computed(owner, 0.0, format!("curve:{key}:fails"));
        self.add_computed(inputs, &[iterations, fails], Rule::Improvement(Box::new(improvement)));
        Ok(Some((iterations, fails)))
    }

    /// The learning curves of a solution: from its history, else from what may be reached.
    fn curves(
        &mut self,
        id: SolutionId,
        solution: &Solution,
        metric: &Metric,
        target: f64,
        milestone: MilestoneId,
    ) -> Result<Option<Drawn>, NetworkError> {
        let owner = Owner::Solution(id);
        let key = &solution.key;
        let measurement = self.variables.uniform(owner, 0.5, format!("curve:{key}:measured"));
        let reduction =
            solution.evidence.features.as_ref().and_then(|features| features.gap_reduction.as_ref());
        let mut estimate = |estimate: Option<&Estimate>, what: &str| match estimate {
            Some(estimate) => self.variables.quantity(owner, estimate, || format!("curve:{key}:{what}")),
            None => Quantity::Fixed(0.0),
        };
        let reduction = estimate(reduction, "features");
        let iterations_80 = estimate(solution.iterations_80.as_ref(), "iterations_80");
        let mut uniform = |what: &str| self.variables.uniform(owner, 0.5, format!("curve:{key}:{what}"));
        if let Some(history) = evidence::history(solution, metric) {
            let posterior = Posterior::of(&history, &evidence::options(solution, metric))
                .map_err(|_| NetworkError::NothingReachable(milestone))?;
            let draws = ["cell", "noise", "size", "stall"].map(&mut uniform);
            let mut inputs = vec![measurement, reduction];
            inputs.extend(draws);
            return Ok(Some(Drawn { curves: Curves::History(Box::new(posterior)), inputs }));
        }
        let Some(first) = metric.baseline.and_then(|baseline| metric.gap(baseline)) else { return Ok(None) };
        let inputs = vec![measurement, reduction, uniform("reach"), iterations_80];
        // Without a history there is no noise to learn from: a twentieth of the gap on the way.
        let noise = 0.05 * (first + target) / 2.0;
        let reach = evidence::reach(solution, metric, target);
        Ok(Some(Drawn { curves: Curves::New { first, reach, noise }, inputs }))
    }

    fn add_computed(&mut self, inputs: Vec<Quantity>, outputs: &[Quantity], rule: Rule) {
        let outputs: Vec<VariableId> = outputs
            .iter()
            .filter_map(|output| match output {
                Quantity::Variable(id) => Some(*id),
                Quantity::Fixed(_) => None,
            })
            .collect();
        self.network.computed.push(Computed { inputs, outputs, rule });
    }

    /// What a visit takes.
    pub(super) fn taking(&self, visit: VisitId) -> Taking<'a> {
        let plan: &'a Plan = self.plan;
        let own = &self.network[visit];
        let milestone = &plan[own.milestone];
        let overrun = milestone.solution.and_then(|id| self.scope.overruns[id.index()]);
        let is_iteration = own.iteration > 0;
        let mut milestone = match &milestone.improve {
            Some(improve) if is_iteration => Cow::Owned(iteration(milestone, improve, own.iteration)),
            _ => Cow::Borrowed(milestone),
        };
        let readied = self.scope.readied.iter().flatten().find(|it| it.0 == own.milestone && !is_iteration);
        if let Some((_, resource, _)) = readied
            && milestone.work.iter().all(|(of, _)| of != resource)
        {
            milestone.to_mut().work.push((*resource, Estimate::fixed(0.0)));
        }
        Taking { id: own.milestone, milestone, is_iteration, overrun }
    }

    /// Where an iteration exists: as many of them as are needed, of a repeat the share that it takes, but
    /// one at least.
    pub(super) fn iterates(&mut self, node: usize) -> Vec<Condition> {
        let (id, iteration) = (self.unrolled.nodes[node].milestone, self.unrolled.nodes[node].iteration);
        let progress = self.plan[id].solution.and_then(|id| self.scope.progress[id.index()]);
        let Some((iterations, fails)) = progress else { return Vec::new() };
        let above = f64::from(iteration - 1);
        let Some(check) = self.unrolled.ordered_by(node) else {
            return vec![Condition::Exceeds { draw: iterations, times: None, above }];
        };
        let mut conditions = vec![Condition::Drawn { by: None, draw: fails, value: 0.0 }];
        if iteration > 1 {
            let times = self.share_of(check);
            conditions.push(Condition::Exceeds { draw: iterations, times, above });
        }
        conditions
    }

    /// What may end a solution beside its metric and its risks: data that is not ready, settled by its first
    /// milestone in the file; that it does not work at all, settled by its last one.
    fn general_ends(&mut self, id: MilestoneId, solution: SolutionId) -> Vec<Quantity> {
        let Solution { key, evidence, p_technical, .. } = &self.plan.scoping[solution];
        let owner = Owner::Solution(solution);
        let mut ends = Vec::new();
        if evidence.data_ready == Some(false) && self.plan.milestones_of(solution).next() == Some(id) {
            ends.push(self.variables.event(owner, DATA_FAILS, || format!("data:{key}")));
        }
        if *p_technical < 1.0 && self.plan.milestones_of(solution).last() == Some(id) {
            ends.push(self.variables.event(owner, 1.0 - p_technical, || format!("works:{key}")));
        }
        ends
    }

    /// What may end a milestone's solution, or the plan, when it is done for the last time.
    pub(super) fn draws_of_ends(&mut self, id: MilestoneId) -> Vec<Quantity> {
        let mut ends = Vec::new();
        let milestone = &self.plan[id];
        if milestone.removed {
            return ends;
        }
        if self.plan[id].improve.is_some() {
            let progress = self.plan[id].solution.and_then(|id| self.scope.progress[id.index()]);
            ends.extend(progress.map(|(_, fails)| fails));
        }
        let risks: Vec<RiskId> =
            self.scope.ends.iter().filter(|(at, _)| *at == id).map(|(_, risk)| *risk).collect();
        ends.extend(risks.into_iter().map(|risk| self.happens(risk)));
        ends.extend(milestone.solution.into_iter().flat_map(|solution| self.general_ends(id, solution)));
        if milestone.success < 1.0 {
            let name = || format!("failure:{}", milestone.key);
            ends.push(self.variables.event(Owner::Success(id), 1.0 - milestone.success, name));
        }
        ends
    }
}

/// How likely data that is not ready turns out not to be usable.
pub const DATA_FAILS: f64 = 0.25;

/// One iteration of a milestone, as a milestone of its own.
fn iteration(milestone: &Milestone, improve: &Improve, number: u32) -> Milestone {
    Milestone {
        key: format!("{}:{number}", milestone.key),
        duration: improve.duration.clone(),
        work: improve.work.clone(),
        uses: improve.uses.clone(),
        consumes: improve.consumes.clone(),
        cost: improve.cost.clone(),
        rate: None,
        pay: Vec::new(),
        ..milestone.clone()
    }
}
