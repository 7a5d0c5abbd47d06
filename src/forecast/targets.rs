//! The chance of each deadline, of the budget, and of both.

use crate::model::{MilestoneId, Plan};
use crate::network::{Network, VisitId};
use crate::simulate::{NEVER, Samples};
use crate::units::When;

use super::clock::Clock;
use super::expect::proportion;
use super::{Proportion, Stamp, Target, TargetKind};

/// Every target of the plan: its own first, then its milestones' in file order.
pub(super) fn targets(plan: &Plan, network: &Network, samples: &Samples, clock: Clock<'_>) -> Vec<Target> {
    let mut targets = plan_targets(plan, network, samples, clock);
    for id in plan.ids().filter(|&id| !plan[id].removed) {
        targets.extend(milestone_targets(plan, network, samples, clock, id));
    }
    targets
}

fn plan_targets(plan: &Plan, network: &Network, samples: &Samples, clock: Clock<'_>) -> Vec<Target> {
    let iterations = samples.finish.len();
    let on_time = |iteration: usize| {
        let limit = plan.deadline.map(|deadline| clock.finish_limit(deadline));
        samples.is_delivered(iteration)
            && limit.is_none_or(|limit| i64::from(samples.finish[iteration]) <= limit)
    };
    let in_budget = |iteration: usize| plan.budget.is_none_or(|budget| samples.cost[iteration] <= budget.0);
    let chance = |holds: &dyn Fn(usize) -> bool| {
        proportion((0..iterations).filter(|&iteration| holds(iteration)).count(), iterations)
    };
    let mut targets = Vec::new();
    if let Some(deadline) = plan.deadline {
        targets.push(Target { kind: TargetKind::Deadline(due(clock, deadline)), chance: chance(&on_time) });
    }
    if let Some(budget) = plan.budget.filter(|_| network.costs_something()) {
        targets.push(Target { kind: TargetKind::Budget(budget.0), chance: chance(&in_budget) });
        if plan.deadline.is_some() {
            let both = |iteration| on_time(iteration) && in_budget(iteration);
            targets.push(Target { kind: TargetKind::Both, chance: chance(&both) });
        }
    }
    targets
}

fn milestone_targets(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    clock: Clock<'_>,
    id: MilestoneId,
) -> Vec<Target> {
    let milestone = &plan[id];
    let visit = network.visit_of[id];
    let key = || milestone.key.clone();
    let finished = |when| finished_by(samples, clock, visit, when);
    let started = |when| started_by(samples, clock, visit, when);
    let constraint = |word, when: When, chance| Target {
        kind: TargetKind::Constraint(key(), word, due(clock, when)),
        chance,
    };
    let mut targets = Vec::new();
    targets.extend(milestone.deadline.map(|when| Target {
        kind: TargetKind::MilestoneDeadline(key(), due(clock, when)),
        chance: finished(when),
    }));
    let bounds = &milestone.bounds;
    targets.extend(bounds.must_start.map(|when| constraint("must_start", when, started(when))));
    targets.extend(bounds.must_finish.map(|when| constraint("must_finish", when, finished(when))));
    targets.extend(bounds.not_after.map(|when| constraint("not_after", when, finished(when))));
    targets
}

/// A target's date as people write it: the last moment that still meets it, on the day it names.
pub(super) fn due(clock: Clock<'_>, when: When) -> Stamp {
    match when {
        When::Day(_) => clock.instant(when.ends().plus(-1)),
        When::At(moment) => clock.instant(moment),
    }
}

fn finished_by(samples: &Samples, clock: Clock<'_>, visit: VisitId, when: When) -> Proportion {
    let limit = clock.visit_finish_limit(visit, when);
    count(samples, samples.kept_finishes(visit).unwrap_or_default(), limit)
}

fn started_by(samples: &Samples, clock: Clock<'_>, visit: VisitId, when: When) -> Proportion {
    let limit = clock.visit_start_limit(visit, when);
    count(samples, samples.kept_starts(visit).unwrap_or_default(), limit)
}

/// Where it exists; a run that is not delivered misses its date.
fn count(samples: &Samples, values: &[i32], limit: i64) -> Proportion {
    let is_asked = |(at, value): &(usize, &i32)| **value != NEVER || !samples.is_delivered(*at);
    let asked = values.iter().enumerate().filter(is_asked).count();
    let met = values.iter().filter(|&&value| value != NEVER && i64::from(value) <= limit).count();
    proportion(met, asked)
}
