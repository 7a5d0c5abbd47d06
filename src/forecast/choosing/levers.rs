//! What can be chosen: for each milestone its ways, and how much time is bought off each.

use crate::model::{Milestone, MilestoneId, Plan, SpanUnit};
use crate::units::seconds;

/// How many amounts of time, besides none, are tried off one duration at most.
const MOST_AMOUNTS: usize = 20;

/// A milestone that can be done in more than one way.
#[derive(Clone, Debug)]
pub(super) struct Lever {
    /// Which milestone.
    pub(super) milestone: MilestoneId,
    /// The way (0: as written) and the seconds bought, for each thing that can be chosen; the first is as
    /// written, without any bought.
    pub(super) levels: Vec<(usize, f64)>,
    /// The level that the plan has chosen itself.
    pub(super) given: usize,
}

/// One level for each lever.
pub(super) type Choice = Vec<usize>;

/// The levers of a plan, in file order. Without `amounts`, only ways are chosen, and nothing is bought.
pub(super) fn levers(plan: &Plan, amounts: bool) -> Vec<Lever> {
    let lever = |id: MilestoneId| {
        let milestone = &plan[id];
        let count = milestone.ways.len().max(1);
        let mut levels: Vec<(usize, f64)> = Vec::new();
        for way in 0..count {
            let done = milestone.in_way(way, 0.0);
            levels.push((way, 0.0));
            if amounts {
                levels.extend(bought(plan, &done).into_iter().map(|seconds| (way, seconds)));
            }
        }
        let own = (milestone.way, if amounts { milestone.crashed } else { 0.0 });
        let given = levels.iter().position(|level| *level == own).unwrap_or_else(|| {
            levels.push(own);
            levels.len() - 1
        });
        Lever { milestone: id, levels, given }
    };
    let can_be_chosen = plan.ids().filter(|&id| !plan[id].removed);
    can_be_chosen.map(lever).filter(|lever| lever.levels.len() > 1).collect()
}

/// The amounts of time that are tried: whole days, or as many of them as are not too many, and where a
/// step ends.
fn bought(plan: &Plan, milestone: &Milestone) -> Vec<f64> {
    let most = milestone.most_crash();
    let Some(duration) = milestone.duration.as_ref().filter(|_| most > 0.0) else { return Vec::new() };
    let day = match duration.unit {
        SpanUnit::Work => plan[milestone.calendar].day_seconds() as f64,
        SpanUnit::Elapsed => seconds::DAY,
    };
    let stride = day * (most / day / MOST_AMOUNTS as f64).ceil().max(1.0);
    let mut amounts: Vec<f64> =
        (1..=MOST_AMOUNTS).map(|step| step as f64 * stride).filter(|&amount| amount < most - 1.0).collect();
    let ends = milestone.crash.iter().scan(0.0, |sum, step| {
        *sum += step.seconds;
        Some(*sum)
    });
    amounts.extend(ends);
    amounts.sort_by(f64::total_cmp);
    amounts.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    amounts
}

/// The plan with one level chosen for each lever.
pub(super) fn chosen(plan: &Plan, levers: &[Lever], choice: &[usize]) -> Plan {
    let choices: Vec<(MilestoneId, usize, f64)> = levers
        .iter()
        .zip(choice)
        .map(|(lever, &level)| {
            let (way, crashed) = lever.levels[level];
            (lever.milestone, way, crashed)
        })
        .collect();
    plan.choosing(&choices)
}
