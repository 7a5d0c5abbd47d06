//! Where each variable is used: by one visit alone, or by more.

use crate::network::{CostTerm, Escalation, Money, Network, Quantity, SpanTerm, Tariff, Visit, VisitLag};

use super::branch::condition_quantities;
use super::effects::effect_quantities;

/// Where a variable is used.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Home {
    Unused,
    Visit(u32),
    Shared,
}

pub(super) fn note(quantity: Quantity, seen: &mut Vec<u32>) {
    if let Quantity::Variable(variable) = quantity {
        seen.push(variable.0);
    }
}

pub(super) fn span_variables(term: &SpanTerm, seen: &mut Vec<u32>) {
    note(term.amount, seen);
    term.units.into_iter().chain(term.surplus).for_each(|quantity| note(quantity, seen));
}

fn tariff_variables(tariff: &Tariff, seen: &mut Vec<u32>) {
    note(tariff.first, seen);
    tariff.changes.iter().for_each(|(_, value)| note(*value, seen));
}

pub(super) fn cost_variables(term: &CostTerm, seen: &mut Vec<u32>) {
    term.exchange.iter().for_each(|rate| note(*rate, seen));
    match &term.money {
        Money::Once { amount, price, surplus, changes, .. } => {
            note(*amount, seen);
            note(*price, seen);
            surplus.iter().for_each(|surplus| note(*surplus, seen));
            changes.iter().for_each(|(_, value)| note(*value, seen));
        }
        Money::Effort { effort, surplus, tariff } => {
            note(*effort, seen);
            surplus.iter().for_each(|surplus| note(*surplus, seen));
            tariff_variables(tariff, seen);
        }
        Money::Running { units, tariff } => {
            note(units.0, seen);
            tariff_variables(tariff, seen);
        }
    }
}

/// What a visit's effects, existence and failure ask for.
pub(super) fn own_quantities(visit: &Visit) -> impl Iterator<Item = Quantity> + '_ {
    effect_quantities(visit).chain(condition_quantities(visit))
}

/// Where each variable is used; with `observed`, their values are kept beyond that. Lags are looked at twice (forwards, and when tracing back), and
/// overheads after all visits, so their variables are shared.
pub(super) fn homes(network: &Network, observed: bool) -> Vec<Home> {
    let mut home = vec![Home::Unused; network.variables.len()];
    let mut seen = Vec::new();
    for (position, visit) in network.visits.iter().enumerate() {
        visit.spans.iter().for_each(|term| span_variables(term, &mut seen));
        visit.costs.iter().for_each(|term| cost_variables(term, &mut seen));
        own_quantities(visit).for_each(|quantity| note(quantity, &mut seen));
        for variable in seen.drain(..) {
            let home = &mut home[variable as usize];
            *home = match *home {
                Home::Unused => Home::Visit(position as u32),
                Home::Visit(other) if other == position as u32 => *home,
                _ => Home::Shared,
            };
        }
    }
    for link in &network.links {
        if let VisitLag::Work(lag) | VisitLag::Elapsed(lag) | VisitLag::Share(lag) = link.lag {
            note(lag, &mut seen);
        }
    }
    // The trace asks for the shares of repeats, the end of the pass for risks.
    network.visits.iter().filter_map(|visit| visit.share).for_each(|share| note(share, &mut seen));
    let ends = network.alternatives.iter().flat_map(|alternative| &alternative.ends);
    ends.for_each(|end| note(end.draw, &mut seen));
    for cost in &network.risk_costs {
        let all = cost.happens.iter().chain([&cost.amount]).chain(&cost.exchange);
        all.for_each(|quantity| note(*quantity, &mut seen));
    }
    network.escalations.iter().flatten().flat_map(Escalation::rises).for_each(|rise| note(rise, &mut seen));
    for hammock in &network.hammocks {
        tariff_variables(&hammock.tariff, &mut seen);
        hammock.exchange.iter().for_each(|rate| note(*rate, &mut seen));
    }
    network.surcharges.iter().for_each(|surcharge| note(surcharge.share, &mut seen));
    seen.into_iter().for_each(|variable| home[variable as usize] = Home::Shared);
    if network.can_fail() || observed {
        // Money waits until it is known whether and when the plan fails.
        home.iter_mut().filter(|home| **home != Home::Unused).for_each(|home| *home = Home::Shared);
    }
    for (variable, home) in network.variables.iter().zip(&mut home) {
        if variable.distribution.is_fixed() {
            *home = Home::Unused;
        }
    }
    for computed in &network.computed {
        let mut inputs = Vec::new();
        computed.inputs.iter().for_each(|input| note(*input, &mut inputs));
        inputs.retain(|input| !network.variables[*input as usize].distribution.is_fixed());
        let outputs = computed.outputs.iter().map(|output| output.0);
        inputs.into_iter().chain(outputs).for_each(|variable| home[variable as usize] = Home::Shared);
    }
    home
}
