//! The chance of each deadline, of the budget, and of both.

use crate::model::{MilestoneId, Plan};
use crate::network::{Network, VisitId};
use crate::simulate::{NEVER, Samples};
use crate::units::When;

use super::clock::Clock;
use super::figures::{chance, chance_among};
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
    let limit = plan.deadline.map(|deadline| clock.finish_limit(deadline));
    let on_time = |iteration: usize| {
        let arrival = samples.arrival(iteration);
        arrival.is_some_and(|finish| limit.is_none_or(|limit| i64::from(finish) <= limit))
    };
    let in_budget = |iteration: usize| plan.budget.is_none_or(|budget| samples.cost[iteration] <= budget.0);
    let mut targets = Vec::new();
    if let Some(deadline) = plan.deadline {
        targets.push(Target {
            kind: TargetKind::Deadline(due(clock, deadline)),
            chance: chance(samples, on_time),
        });
    }
    if let Some(budget) = plan.budget.filter(|_| network.costs_something()) {
        targets.push(Target { kind: TargetKind::Budget(budget.0), chance: chance(samples, in_budget) });
        if plan.deadline.is_some() {
            let both = |iteration| on_time(iteration) && in_budget(iteration);
            targets.push(Target { kind: TargetKind::Both, chance: chance(samples, both) });
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
    clock.instant(when.last())
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
    chance_among(samples, |at| match values.get(at) {
        Some(&NEVER) | None => (!samples.is_delivered(at)).then_some(false),
        Some(&value) => Some(i64::from(value) <= limit),
    })
}
