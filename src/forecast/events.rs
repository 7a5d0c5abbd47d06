//! What may happen or not, and how often it does.

use crate::model::{MilestoneId, OnlyIf, Plan, RiskId};
use crate::network::Network;
use crate::simulate::Samples;

use super::{Event, EventKind};

/// Risks in file order, then what may come otherwise at each milestone, in file order.
pub(super) fn events(plan: &Plan, network: &Network, samples: &Samples) -> Vec<Event> {
    // A risk on removed milestones only can't strike, but it may decide a branch.
    let decides = |id| plan.milestones.iter().any(|milestone| milestone.only_if.contains(&OnlyIf::Risk(id)));
    let matters = |id: &RiskId| !plan[*id].terms().on.is_empty() || decides(*id);
    let risks = (0..plan.risks.len()).map(RiskId::new).filter(matters).map(|id| risk(plan, id));
    let there = plan.ids().filter(|&id| !plan[id].removed);
    risks.chain(there.flat_map(|id| at_milestone(plan, network, samples, id))).collect()
}

fn risk(plan: &Plan, id: RiskId) -> Event {
    let risk = &plan[id];
    Event {
        kind: if risk.in_force().is_some() { EventKind::TreatedRisk } else { EventKind::Risk },
        key: risk.key.clone(),
        name: risk.name.clone(),
        probability: Some(risk.terms().probability),
        seen: None,
    }
}

fn at_milestone(plan: &Plan, network: &Network, samples: &Samples, id: MilestoneId) -> Vec<Event> {
    let milestone = &plan[id];
    let runs = samples.delivered_count.max(1) as f64;
    let event = |kind, probability, seen| Event {
        kind,
        key: milestone.key.clone(),
        name: milestone.name.clone(),
        probability,
        seen,
    };
    let mut events = Vec::new();
    let visit = network.visit_of[id];
    if network[visit].may_be_absent {
        events.push(event(EventKind::Branch, None, Some(samples.counted(visit) as f64 / runs)));
    }
    if let Some(rework) = &milestone.rework {
        let repeats =
            network.visits_of[id].iter().skip(1).map(|&repeat| samples.counted(repeat)).sum::<u64>();
        let first = rework.probability.first().copied();
        let seen = (samples.delivered_count > 0).then_some(repeats as f64 / runs);
        events.push(event(EventKind::Rework, first, seen));
    }
    if milestone.success < 1.0 {
        events.push(event(EventKind::Failure, Some(1.0 - milestone.success), None));
    }
    events
}
