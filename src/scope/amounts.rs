//! What runs take of each resource.
//!
//! An hour of every resource, and each piece of what is consumed, costs 1 in a copy of the plan, and nothing else costs
//! anything: there the engine's money counts what is taken, with every factor, repeat and overrun, and to the end of
//! a run that fails.

use crate::model::{Dated, Estimate, Plan, Rate, RateUnit, ResourceId, ResourceKind, SolutionId};
use crate::network::{Network, NetworkError, VisitId};
use crate::simulate::{Settings, observe};
use crate::units::seconds::HOUR;

/// What the runs of a solution take: by resource, in the order of iterations; hours, or pieces.
#[derive(Clone, Debug)]
pub(super) struct Amounts(Vec<Vec<f64>>);

impl Amounts {
    /// What these solutions take together, a solution and those it falls back on, in a plan that holds no others.
    pub(super) fn of(plan: &Plan, ids: &[SolutionId], settings: &Settings) -> Result<Self, NetworkError> {
        let counting = counting(plan);
        let network = Network::of(&counting)?;
        let mut amounts = vec![vec![0.0; settings.iterations as usize]; plan.resources.len()];
        let terms = terms_of(plan, &network, ids);
        observe(&network, settings, 0..settings.iterations, |rows| {
            let first = rows.first as usize;
            for &(visit, term, resource) in &terms {
                let taken = rows.costs(visit, term);
                for lane in (0..rows.count).filter(|&lane| rows.happens(visit, lane)) {
                    amounts[resource.index()][first + lane] += f64::from(taken[lane]);
                }
            }
        });
        Ok(Self(amounts))
    }

    /// Both together.
    pub(super) fn add(&mut self, other: &Self) {
        for (amounts, more) in self.0.iter_mut().zip(&other.0) {
            amounts.iter_mut().zip(more).for_each(|(amount, more)| *amount += more);
        }
    }

    /// What every run takes of a resource.
    pub(super) fn runs(&self, resource: ResourceId) -> &[f64] {
        &self.0[resource.index()]
    }

    /// What runs take of a resource in the mean.
    pub(super) fn mean(&self, resource: ResourceId) -> f64 {
        let runs = self.runs(resource);
        runs.iter().sum::<f64>() / runs.len().max(1) as f64
    }

    /// Person-days of every run: of people, days of their calendars.
    pub(super) fn effort(&self, plan: &Plan) -> Vec<f64> {
        let mut effort = vec![0.0; self.0.first().map_or(0, Vec::len)];
        for (id, resource) in people(plan) {
            let hours_per_day = plan[resource.calendar].day_seconds() as f64 / HOUR;
            effort.iter_mut().zip(self.runs(id)).for_each(|(days, hours)| *days += hours / hours_per_day);
        }
        effort
    }
}

/// The people of a plan.
pub(super) fn people(plan: &Plan) -> impl Iterator<Item = (ResourceId, &crate::model::Resource)> {
    let all = plan.resources.iter().enumerate().map(|(at, resource)| (ResourceId::new(at), resource));
    all.filter(|(_, resource)| resource.kind == ResourceKind::People)
}

/// Whether a resource is counted in pieces, not in hours.
pub(super) fn is_in_pieces(plan: &Plan, id: ResourceId) -> bool {
    plan.milestones.iter().any(|milestone| {
        let iterated = milestone.improve.iter().flat_map(|improve| &improve.consumes);
        milestone.consumes.iter().chain(iterated).any(|(consumed, _)| *consumed == id)
    })
}

/// The plan in which what is taken of resources is counted as money.
fn counting(plan: &Plan) -> Plan {
    let mut counting = plan.clone();
    for (at, resource) in counting.resources.iter_mut().enumerate() {
        let in_pieces = is_in_pieces(plan, ResourceId::new(at));
        let hourly = Rate { amount: Estimate::fixed(1.0), unit: RateUnit::Hour, seconds: HOUR };
        resource.rate = (!in_pieces).then(|| Dated::constant(hourly));
        resource.price = in_pieces.then(|| Dated::constant(Estimate::fixed(1.0)));
    }
    counting.escalation = None;
    counting.escalations.clear();
    counting
}

/// The costs of visits of solutions that pay a resource: visit, position of the cost, resource.
fn terms_of(plan: &Plan, network: &Network, ids: &[SolutionId]) -> Vec<(VisitId, usize, ResourceId)> {
    let is_own =
        |visit: &VisitId| plan[network[*visit].milestone].solution.is_some_and(|id| ids.contains(&id));
    let own = network.ids().filter(is_own);
    own.flat_map(|visit| {
        let costs = network[visit].costs.iter().enumerate();
        costs.filter_map(move |(at, cost)| Some((visit, at, cost.resource?)))
    })
    .collect()
}
