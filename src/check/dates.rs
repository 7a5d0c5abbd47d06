//! Rules about dates that cannot be kept, and about plans without doubt.

use crate::model::{Plan, Subject};
use crate::network::{Network, Schedule, Values, VisitId};
use crate::text::{Code, Diagnostic};
use crate::units::{Instant, When};

/// Finds deadlines that are missed even if every estimate goes as well as it can.
pub(super) fn deadline_out_of_reach(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    let best = network.early(Values(&best_values(network)));
    let mut found = Vec::new();
    let mut report =
        |subject, who: &str, deadline: When, at_best: Instant| {
            if at_best > deadline.ends() {
                let message = format!(
                    "{who} can't meet the deadline {deadline}: at best it is done on {}",
                    last_moment(at_best).date()
                );
                found.push(Diagnostic::new(Code::DeadlineOutOfReach, subject, message).help(
                    "even with every estimate at its lowest; move the deadline or shorten the path to it",
                ));
            }
        };
    if let Some(deadline) = plan.deadline {
        report(Subject::PlanKey("deadline"), "the plan", deadline, network.axis_instant(best.finish));
    }
    for (visit, placed) in best.placed.iter() {
        let milestone = &plan[network[visit].milestone];
        if let Some(deadline) = milestone.deadline {
            let subject = Subject::MilestoneKey(network[visit].milestone, "deadline");
            let at_best = network.finish_instant(visit, placed.finish);
            report(subject, &format!("`{}`", milestone.key), deadline, at_best);
        }
    }
    found
}

/// Finds `not_after`, `must_start` and `must_finish` that the plan as written does not keep. Links
/// come first: such a date moves nothing, it only turns into a probability.
pub(super) fn bound_broken(plan: &Plan, network: &Network, schedule: &Schedule) -> Vec<Diagnostic<Subject>> {
    let mut found = Vec::new();
    for visit in network.ids() {
        let id = network[visit].milestone;
        let bounds = &plan[id].bounds;
        let start = start_of(network, schedule, visit);
        let finish = finish_of(network, schedule, visit);
        let checks = [
            ("must_start", bounds.must_start, start, "starts"),
            ("must_finish", bounds.must_finish, finish, "finishes"),
            ("not_after", bounds.not_after, finish, "finishes"),
        ];
        for (key, bound, moment, does) in checks {
            let Some(bound) = bound.filter(|bound| moment > bound.ends()) else { continue };
            let message = format!(
                "`{}` {does} on {} in the plan as written, after its `{key}` {bound}",
                plan[id].key,
                last_moment(moment).date()
            );
            found.push(
                Diagnostic::new(Code::BoundBroken, Subject::MilestoneKey(id, key), message)
                    .help("its links allow no earlier date; `plan path` shows what drives it"),
            );
        }
    }
    found
}

/// Finds plans in which no number is uncertain: every percentile would be the same date.
pub(super) fn nothing_uncertain(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    if !network.variables.is_empty() || plan.milestones.iter().all(|milestone| milestone.removed) {
        return Vec::new();
    }
    vec![
        Diagnostic::new(
            Code::NothingUncertain,
            Subject::Plan,
            "no estimate has a range, so every percentile is the same",
        )
        .help("write durations as `\"8..10..20d\"` or `\"5d to 20d\"`, or name a `spread`"),
    ]
}

/// Every variable at its lowest; where that has no bound, at its first percentile.
fn best_values(network: &Network) -> Vec<f64> {
    let best = |variable: &crate::network::Variable| {
        let lowest = variable.distribution.lowest();
        if lowest.is_finite() { lowest } else { variable.distribution.quantile(0.01) }
    };
    network.variables.iter().map(best).collect()
}

fn start_of(network: &Network, schedule: &Schedule, visit: VisitId) -> Instant {
    network.start_instant(visit, schedule.early.placed[visit].start)
}

fn finish_of(network: &Network, schedule: &Schedule, visit: VisitId) -> Instant {
    network.finish_instant(visit, schedule.early.placed[visit].finish)
}

/// A finish at midnight belongs to the day that ends then.
fn last_moment(moment: Instant) -> Instant {
    moment.plus(-1)
}
