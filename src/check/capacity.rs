//! Rules about resources: more needed than there are, machines that keep office hours.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CalendarId, MilestoneId, Plan, ResourceId, ResourceKind, Subject};
use crate::network::{Network, Schedule, Visit};
use crate::text::{Code, Diagnostic};
use crate::units::{Instant, SECONDS_PER_DAY};

/// Finds times at which the plan as written needs more units of a resource than there are.
/// Milestones do not compete for capacity, so nothing is moved: the dates are too early, or
/// somebody works twice.
///
/// Which of several solutions are done is not decided yet, so their milestones need nothing here.
///
/// A milestone with `uses` needs those units, one with `work` alone the average that gets the
/// work done in its span.
pub(super) fn over_capacity(plan: &Plan, network: &Network, schedule: &Schedule) -> Vec<Diagnostic<Subject>> {
    let mut found = Vec::new();
    for (index, resource) in plan.resources.iter().enumerate() {
        let id = ResourceId::new(index);
        let Some(capacity) = &resource.capacity else { continue };
        let demands = demands(plan, network, schedule, id);
        let moments = demands.iter().flat_map(|demand| [demand.from, demand.to]);
        let moments = moments.chain(capacity.changes.iter().map(|change| change.0)).collect();
        if let Some(peak) = worst(&demands, moments, |moment| *capacity.at(moment)) {
            found.push(describe(plan, id, &peak));
        }
    }
    found
}

/// Finds compute that runs in a calendar with nights and weekends off: most often a forgotten
/// `calendar = "always"`.
pub(super) fn part_time_compute(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut found = Vec::new();
    for (index, resource) in plan.resources.iter().enumerate() {
        let week = plan[resource.calendar].week_seconds();
        if resource.kind == ResourceKind::Compute && week < 7 * SECONDS_PER_DAY {
            let message =
                format!("the compute resource `{}` runs only {} hours a week", resource.key, week / 3600);
            let subject = Subject::Resource(ResourceId::new(index));
            found.push(
                Diagnostic::new(Code::PartTimeCompute, subject, message)
                    .help("machines that run day and night have `calendar = \"always\"`"),
            );
        }
    }
    found
}

/// A milestone's need of one resource.
struct Demand {
    milestone: MilestoneId,
    from: Instant,
    to: Instant,
    units: f64,
}

/// The time at which most is missing.
struct Peak {
    from: Instant,
    to: Instant,
    needed: f64,
    there: f64,
    milestones: Vec<MilestoneId>,
}

fn demands(plan: &Plan, network: &Network, schedule: &Schedule, id: ResourceId) -> Vec<Demand> {
    let mut demands = Vec::new();
    let is_open =
        |milestone: MilestoneId| plan[milestone].solution.is_some() && !network.alternatives.is_empty();
    for visit in network.ids() {
        let Visit { milestone, iteration, .. } = network[visit];
        if is_open(milestone) {
            continue;
        }
        let placed = &schedule.early.placed[visit];
        let units = units_needed(plan, (milestone, iteration), id, placed.span);
        if units > 0.0 && placed.span > 0 {
            let from = network.start_instant(visit, placed.start);
            let to = network.finish_instant(visit, placed.finish);
            demands.push(Demand { milestone, from, to, units });
        }
    }
    demands
}

/// Units of a resource that a milestone keeps busy, given its span in seconds of its calendar.
fn units_needed(plan: &Plan, (milestone, iteration): (MilestoneId, u32), id: ResourceId, span: i64) -> f64 {
    let milestone = &plan[milestone];
    let (uses, work) = match &milestone.improve {
        Some(improve) if iteration > 0 => (&improve.uses, &improve.work),
        _ => (&milestone.uses, &milestone.work),
    };
    let planned = |list: &[(ResourceId, crate::model::Estimate)]| {
        list.iter().find(|(of, _)| *of == id).map(|(_, estimate)| estimate.planned)
    };
    if let Some(units) = planned(uses) {
        return units;
    }
    let Some(effort) = planned(work) else { return 0.0 };
    let resource = &plan[id];
    let weeks = |calendar: CalendarId| plan[calendar].week_seconds() as f64;
    let worked = span as f64 * weeks(resource.calendar) / weeks(milestone.calendar);
    effort / (worked * resource.availability.first)
}

/// The stretch of time with the largest demand beyond what is there.
fn worst(demands: &[Demand], mut moments: Vec<Instant>, there: impl Fn(Instant) -> f64) -> Option<Peak> {
    moments.sort_unstable();
    moments.dedup();
    let mut starting: BTreeMap<Instant, Vec<usize>> = BTreeMap::new();
    let mut ending: BTreeMap<Instant, Vec<usize>> = BTreeMap::new();
    for (index, demand) in demands.iter().enumerate() {
        starting.entry(demand.from).or_default().push(index);
        ending.entry(demand.to).or_default().push(index);
    }
    let mut busy: BTreeSet<usize> = BTreeSet::new();
    let mut worst: Option<Peak> = None;
    for (&from, &to) in moments.iter().zip(moments.iter().skip(1)) {
        for index in ending.get(&from).into_iter().flatten() {
            busy.remove(index);
        }
        busy.extend(starting.get(&from).into_iter().flatten());
        let needed: f64 = busy.iter().map(|&index| demands[index].units).sum();
        let missing = needed - there(from);
        let is_worse = worst.as_ref().is_none_or(|peak| missing > peak.needed - peak.there + 1e-9);
        if missing > 1e-9 && is_worse {
            let milestones = busy.iter().map(|&index| demands[index].milestone).collect();
            worst = Some(Peak { from, to, needed, there: there(from), milestones });
        }
    }
    worst
}

fn describe(plan: &Plan, id: ResourceId, peak: &Peak) -> Diagnostic<Subject> {
    let who: Vec<String> =
        peak.milestones.iter().take(4).map(|&milestone| format!("`{}`", plan[milestone].key)).collect();
    let more = peak.milestones.len().saturating_sub(who.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "{} of `{}` are needed {}, and there {} {}",
        rounded(peak.needed),
        plan[id].key,
        when(plan, peak),
        if peak.there == 1.0 { "is" } else { "are" },
        rounded(peak.there)
    );
    Diagnostic::new(Code::OverCapacity, Subject::Resource(id), message)
        .labelled(format!("needed by {}{more}", who.join(", ")))
        .help("milestones do not wait for each other's resources: link them, or raise the capacity")
}

fn when(plan: &Plan, peak: &Peak) -> String {
    if plan.start.is_none() {
        return "at once".to_owned();
    }
    format!("from {} to {}", peak.from.date(), peak.to.plus(-1).date())
}

/// A number of units with at most two decimals, without trailing zeros.
fn rounded(units: f64) -> String {
    let text = format!("{units:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
