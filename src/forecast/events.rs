//! What may happen or not, and how often it does.

use crate::model::{MilestoneId, OnlyIf, Otherwise, Plan, Rework, RiskId, SolutionId};
use crate::network::{DATA_FAILS, Network};
use crate::simulate::Samples;

use super::{Ending, Event, EventKind};

/// Risks in file order, then what may come otherwise at each milestone, and of each solution as a whole, in file
/// order: whatever ends a plan short of delivery is among them.
pub(super) fn events(plan: &Plan, network: &Network, samples: &Samples) -> Vec<Event> {
    // A risk on removed milestones only can't strike, but it may decide a branch.
    let decides = |id| plan.milestones.iter().any(|milestone| milestone.only_if.contains(&OnlyIf::Risk(id)));
    let ends = |id: RiskId| plan[id].ends.is_some_and(|end| !plan[end.resolved_by].removed);
    let matters = |id: &RiskId| !plan[*id].terms().on.is_empty() || decides(*id) || ends(*id);
    let risks = (0..plan.risks.len()).map(RiskId::new).filter(matters).map(|id| risk(plan, network, id));
    let there = plan.ids().filter(|&id| !plan[id].removed);
    let milestones = there.flat_map(|id| at_milestone(plan, network, samples, id));
    let solutions = plan.scoping.ids().flat_map(|id| of_solution(plan, network, id));
    risks.chain(milestones).chain(solutions).collect()
}

/// What comes to its end with a milestone or a whole solution.
fn ending(plan: &Plan, network: &Network, solution: Option<SolutionId>) -> Ending {
    let is_one_of_several = |id: SolutionId| network.alternatives.iter().any(|it| it.solution == id);
    let Some(id) = solution.filter(|&id| is_one_of_several(id)) else { return Ending::Plan };
    let names = |id: SolutionId| (plan.scoping[id].key.clone(), plan.scoping[id].name.clone());
    let fallback = plan.scoping[id].fallback.filter(|&id| is_one_of_several(id));
    Ending::Solution { solution: names(id), fallback: fallback.map(names) }
}

/// What may end a solution beside its milestones and risks.
fn of_solution(plan: &Plan, network: &Network, id: SolutionId) -> Vec<Event> {
    let solution = &plan.scoping[id];
    let is_there = plan.milestones_of(id).next().is_some();
    let data = (solution.evidence.data_ready == Some(false)).then_some((EventKind::Data, DATA_FAILS));
    let fails = 1.0 - solution.p_technical;
    let technical = (fails > 0.0).then_some((EventKind::Technical, fails));
    let event = |(kind, probability)| Event {
        kind,
        key: solution.key.clone(),
        name: solution.name.clone(),
        probability: Some(probability),
        seen: None,
        ends: Some(ending(plan, network, Some(id))),
    };
    data.into_iter().chain(technical).filter(|_| is_there).map(event).collect()
}

/// How likely the last check fails as all before it, where that ends something.
fn all_checks_fail(rework: &Rework) -> Option<f64> {
    let last = *rework.probability.last().filter(|_| rework.otherwise == Otherwise::Fail)?;
    let checks = 0..=rework.at_most as usize;
    let all: f64 = checks.map(|check| rework.probability.get(check).copied().unwrap_or(last)).product();
    (all > 0.0).then_some(all)
}

fn risk(plan: &Plan, network: &Network, id: RiskId) -> Event {
    let risk = &plan[id];
    let end = risk.ends.filter(|end| !plan[end.resolved_by].removed);
    Event {
        kind: if risk.in_force().is_some() { EventKind::TreatedRisk } else { EventKind::Risk },
        key: risk.key.clone(),
        name: risk.name.clone(),
        probability: Some(risk.terms().probability),
        seen: None,
        ends: end.map(|end| ending(plan, network, Some(end.solution))),
    }
}

fn at_milestone(plan: &Plan, network: &Network, samples: &Samples, id: MilestoneId) -> Vec<Event> {
    let milestone = &plan[id];
    let of_delivered =
        |count: u64| (samples.delivered_count > 0).then(|| count as f64 / samples.delivered_count as f64);
    let event = |kind, probability, seen| Event {
        kind,
        key: milestone.key.clone(),
        name: milestone.name.clone(),
        probability,
        seen,
        ends: None,
    };
    let end = |kind, probability| Event {
        ends: Some(ending(plan, network, milestone.solution)),
        ..event(kind, probability, None)
    };
    let mut events = Vec::new();
    let visit = network.visit_of[id];
    if network[visit].may_be_absent {
        events.push(event(EventKind::Branch, None, of_delivered(samples.counted(visit))));
    }
    if let Some(rework) = &milestone.rework {
        let repeats =
            network.visits_of[id].iter().skip(1).map(|&repeat| samples.counted(repeat)).sum::<u64>();
        let first = rework.probability.first().copied();
        events.push(event(EventKind::Rework, first, of_delivered(repeats)));
        events.extend(all_checks_fail(rework).map(|all| end(EventKind::LastCheck, Some(all))));
    }
    if milestone.success < 1.0 {
        events.push(end(EventKind::Failure, Some(1.0 - milestone.success)));
    }
    if milestone.improve.is_some() {
        events.push(end(EventKind::Metric, None));
    }
    events
}
