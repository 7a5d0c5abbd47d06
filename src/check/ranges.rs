//! Rules about ranges that look typed rather than thought about.

use crate::model::{Estimate, Milestone, Plan, Subject};
use crate::stats::Shape;
use crate::text::{Code, Diagnostic};

/// From so many ranges on, all being alike is no chance.
const FEW: usize = 5;
/// Shares nearer than this are the same.
const SAME: f64 = 0.005;

/// Finds plans in which every duration may be as much shorter as longer: work seldom is.
pub(super) fn symmetric_ranges(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let ranges = ranges(plan);
    let is_symmetric = |(low, likely, high): &(f64, f64, f64)| {
        ((likely - low) - (high - likely)).abs() <= SAME * (high - low)
    };
    if ranges.len() < FEW || !ranges.iter().all(is_symmetric) {
        return Vec::new();
    }
    let message = format!("all {} ranges are symmetric", ranges.len());
    let warning = Diagnostic::new(Code::SymmetricRanges, Subject::Plan, message);
    vec![
        warning.help(
            "work is seldom done as much sooner as it may be late: where would the bad case really end?",
        ),
    ]
}

/// Finds plans in which every range has the same percentages.
pub(super) fn identical_ranges(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let shares: Vec<(f64, f64)> = ranges(plan)
        .into_iter()
        .filter(|(_, likely, _)| *likely > 0.0)
        .map(|(low, likely, high)| (low / likely, high / likely))
        .collect();
    let Some(&first) = shares.first() else { return Vec::new() };
    let is_same = |share: &(f64, f64)| (share.0 - first.0).abs() < SAME && (share.1 - first.1).abs() < SAME;
    if shares.len() < FEW || !shares.iter().all(is_same) {
        return Vec::new();
    }
    let percent = |share: f64| ((share - 1.0) * 100.0).round();
    let message = format!("all {} ranges are {:+}% {:+}%", shares.len(), percent(first.0), percent(first.1));
    let warning = Diagnostic::new(Code::IdenticalRanges, Subject::Plan, message);
    vec![
        warning.help(
            "one range for everything says nothing about any of it: which milestones are better known?",
        ),
    ]
}

/// Finds estimates written as a range whose ends are the same.
pub(super) fn empty_range(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut found = Vec::new();
    for id in plan.ids().filter(|&id| !plan[id].removed) {
        for (key, estimate) in estimates(&plan[id]) {
            if estimate.is_fixed() && is_written_as_range(&estimate.written) {
                let message = format!("`{}` has no room: it is always the same", estimate.written.trim());
                let warning = Diagnostic::new(Code::EmptyRange, Subject::MilestoneKey(id, key), message);
                found.push(warning.help("write the number alone, or how far it may miss"));
            }
        }
    }
    found
}

fn is_written_as_range(written: &str) -> bool {
    written.contains("..") || written.contains(" to ") || written.contains('%') || written.contains('{')
}

fn estimates(milestone: &Milestone) -> impl Iterator<Item = (&'static str, &Estimate)> {
    let duration = milestone.duration.iter().map(|span| ("duration", &span.seconds));
    let work = milestone.work.iter().map(|(_, estimate)| ("work", estimate));
    let uses = milestone.uses.iter().map(|(_, estimate)| ("uses", estimate));
    let consumes = milestone.consumes.iter().map(|(_, estimate)| ("consumes", estimate));
    let cost = milestone.cost.iter().map(|estimate| ("cost", estimate));
    duration.chain(work).chain(uses).chain(consumes).chain(cost)
}

/// Lowest, likeliest and highest of all uncertain durations and efforts that have such points.
fn ranges(plan: &Plan) -> Vec<(f64, f64, f64)> {
    let milestones = plan.milestones.iter().filter(|milestone| !milestone.removed);
    let spans = milestones.flat_map(|milestone| {
        estimates(milestone).filter(|(key, _)| matches!(*key, "duration" | "work")).map(|(_, it)| it)
    });
    spans.filter(|estimate| !estimate.is_fixed()).filter_map(points).collect()
}

fn points(estimate: &Estimate) -> Option<(f64, f64, f64)> {
    match *estimate.distribution.shape() {
        Shape::Pert { low, likely, high, .. } | Shape::Triangular { low, likely, high } => {
            Some((low, likely, high))
        }
        Shape::Trigen { p10, likely, p90 } => Some((p10, likely, p90)),
        Shape::Metalog { p10, p50, p90 } => Some((p10, p50, p90)),
        Shape::Uniform { low, high } => Some((low, (low + high) / 2.0, high)),
        Shape::Normal { mean, sd } => Some((mean - sd, mean, mean + sd)),
        // Leans to one side by nature.
        _ => Some((0.0, estimate.planned.max(f64::MIN_POSITIVE), f64::INFINITY)),
    }
}
