//! What may happen, and in this iteration did: risks, outcomes, repeats.

use crate::model::RiskId;
use crate::network::{Effect, Owner, Quantity, Schedule, VariableId, VisitId};

use super::draws::Drawn;
use super::{ReplayRisk, named};
use crate::forecast::occurrence::happens;

/// The risks that happen, in file order.
pub(super) fn risks(drawn: Drawn<'_>, schedule: &Schedule) -> Vec<ReplayRisk> {
    let ids = (0..drawn.plan.risks.len()).map(RiskId::new);
    ids.filter_map(|id| risk(drawn, schedule, id)).collect()
}

fn risk(drawn: Drawn<'_>, schedule: &Schedule, id: RiskId) -> Option<ReplayRisk> {
    let Drawn { plan, network, values } = drawn;
    let risk = &plan[id];
    let name = format!("risk:{}", risk.key);
    let occurrence = network.variables.iter().position(|variable| variable.name == name)?;
    if values[occurrence] < 0.5 {
        return None;
    }
    let occurrence = Quantity::Variable(VariableId(u32::try_from(occurrence).ok()?));
    let strikes = |visit: &VisitId| {
        let effects = &network[*visit].effects;
        let groups = effects.factors.iter().chain(&effects.delays).chain(&effects.cost_factors);
        let struck = schedule.early.placed[*visit].struck;
        let is_at_work = |effect: &Effect| effect.season.is_none_or(|season| struck >> season.bit & 1 == 1);
        happens(network, &schedule.early, *visit)
            && groups.flat_map(|group| &group.0).any(|it| it.happens == occurrence && is_at_work(it))
    };
    let mut draws = drawn.of_owner(&risk.key, |owner| owner == Owner::Risk(id));
    draws.retain(|draw| draw.name != name);
    for draw in &mut draws {
        draw.label = draw.label.trim_start_matches("risk ").to_owned();
    }
    Some(ReplayRisk {
        key: risk.key.clone(),
        name: risk.name.clone(),
        strikes: network.ids().filter(strikes).map(|visit| named(plan, network, visit)).collect(),
        draws,
    })
}

/// How milestones turn out that exist, in file order: id, name, the outcome's word.
pub(super) fn outcomes(drawn: Drawn<'_>, schedule: &Schedule) -> Vec<(String, String, String)> {
    let Drawn { plan, network, values } = drawn;
    let outcome = |(variable, &value): (&crate::network::Variable, &f64)| {
        let Owner::Outcome(id) = variable.owner else { return None };
        let milestone = &plan[id];
        let outcome = milestone.outcomes.get(value.round().max(0.0) as usize)?;
        let found = (milestone.key.clone(), milestone.name.clone(), outcome.key.clone());
        happens(network, &schedule.early, network.visit_of[id]).then_some((id, found))
    };
    let mut outcomes: Vec<_> = network.variables.iter().zip(values).filter_map(outcome).collect();
    outcomes.sort_by_key(|(id, _)| *id);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// The checks that ordered rework, in file order: id, name, and how many repeats.
pub(super) fn rework(drawn: Drawn<'_>, schedule: &Schedule) -> Vec<(String, String, usize)> {
    let Drawn { plan, network, .. } = drawn;
    let ordered = |id| {
        let visits = network.visits_of[id].iter();
        let repeats = visits
            .filter(|&&visit| network[visit].pass > 0 && happens(network, &schedule.early, visit))
            .count();
        (repeats > 0).then(|| (plan[id].key.clone(), plan[id].name.clone(), repeats))
    };
    plan.ids().filter(|&id| plan[id].rework.is_some()).filter_map(ordered).collect()
}
