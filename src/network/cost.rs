//! What one run of the plan costs: the formulas of money, evaluated for one set of values and dates.
//!
//! The deterministic plan and the burndown ask here; the simulation evaluates the same formulas
//! for a block of iterations at a time.

mod flow;
mod run;
mod tariff;

use crate::model::{Category, Timeline};

use super::formula::{Quantity, Surcharge};
use super::{Axis, Early, Network, VisitId};
pub use flow::{Flow, Paid, RiskPayment, Stretch};
use run::Run;
pub use run::done_by;

/// The values of all quantities in one run, by [`super::VariableId`].
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(pub &'a [f64]);

impl Values<'_> {
    /// The value of a quantity.
    pub fn of(&self, quantity: Quantity) -> f64 {
        match quantity {
            Quantity::Fixed(value) => value,
            Quantity::Variable(id) => self.0[id.0 as usize],
        }
    }

    /// What 1 of a currency is worth; 1 of the plan's own.
    pub fn exchanged(&self, exchange: Option<Quantity>) -> f64 {
        exchange.map_or(1.0, |rate| self.of(rate))
    }
}

/// The money of one run, in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// Of each visit, one amount per cost term.
    pub visits: Vec<Vec<f64>>,
    /// Of each of [`Network::risk_costs`].
    pub risks: Vec<f64>,
    /// Of each hammock.
    pub hammocks: Vec<f64>,
    /// Of each surcharge.
    pub surcharges: Vec<f64>,
}

impl Costs {
    /// The money of a run with these values, placed like this. Of a run that fails, what is spent until
    /// then: payments that are due, what runs as long as it ran, effort and pieces by the share of the span
    /// that is done; nothing of what doesn't take place.
    pub fn of(network: &Network, values: Values<'_>, early: &Early) -> Self {
        let run = Run { network, values, early };
        let visits: Vec<Vec<f64>> = network.ids().map(|visit| run.visit_costs(visit)).collect();
        let risks: Vec<f64> = network.risk_costs.iter().map(|cost| run.risk_cost(cost)).collect();
        let hammocks: Vec<f64> = network.hammocks.iter().map(|hammock| run.hammock(hammock)).collect();
        let base = Base { visits: &visits, risks: &risks, hammocks: &hammocks };
        let surcharges =
            network.surcharges.iter().map(|surcharge| base.surcharge(network, surcharge, values)).collect();
        Self { visits, risks, hammocks, surcharges }
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        let visits = self.visits.iter().flatten();
        visits.chain(&self.risks).chain(&self.hammocks).chain(&self.surcharges).sum()
    }

    /// Each amount with its category (an index of [`crate::model::Category::ALL`]) and its stage.
    pub fn parts<'a>(
        &'a self,
        network: &'a Network,
    ) -> impl Iterator<Item = (usize, Option<usize>, f64)> + 'a {
        let visits = network.visits.iter().zip(&self.visits).flat_map(|(visit, amounts)| {
            let terms = visit.costs.iter().zip(amounts);
            terms
                .map(|(term, &amount)| (term.category.index(), term.stage.map(|stage| stage.index()), amount))
        });
        let risks = network.risk_costs.iter().zip(&self.risks);
        let hammocks = network.hammocks.iter().zip(&self.hammocks);
        let surcharges = network.surcharges.iter().zip(&self.surcharges);
        visits
            .chain(risks.map(|(cost, &amount)| {
                (Category::Risk.index(), cost.stage.map(|stage| stage.index()), amount)
            }))
            .chain(hammocks.map(|(hammock, &amount)| (hammock.category.index(), None, amount)))
            .chain(surcharges.map(|(surcharge, &amount)| (surcharge.category.index(), None, amount)))
    }
}

/// What surcharges apply to: the money of visits, risks and hammocks, never that of other surcharges.
struct Base<'a> {
    visits: &'a [Vec<f64>],
    risks: &'a [f64],
    hammocks: &'a [f64],
}

impl Base<'_> {
    fn surcharge(&self, network: &Network, surcharge: &Surcharge, values: Values<'_>) -> f64 {
        let counts = |category| surcharge.categories.as_ref().is_none_or(|of| of.contains(&category));
        let of_visit = |visit: VisitId| -> f64 {
            let terms = network.visits[visit.index()].costs.iter().zip(&self.visits[visit.index()]);
            terms.filter(|(term, _)| counts(term.category)).map(|(_, amount)| amount).sum()
        };
        let base: f64 = match &surcharge.visits {
            Some(chosen) => chosen.iter().map(|&visit| of_visit(visit)).sum(),
            None => {
                let all: f64 = network.ids().map(of_visit).sum();
                let risks: f64 = if counts(Category::Risk) { self.risks.iter().sum() } else { 0.0 };
                let over = network.hammocks.iter().zip(self.hammocks);
                let over = over.filter(|(hammock, _)| counts(hammock.category));
                all + risks + over.map(|(_, amount)| amount).sum::<f64>()
            }
        };
        base * values.of(surcharge.share)
    }
}

impl Network {
    /// The visits whose latest finish is the plan's.
    pub fn finishing(&self) -> impl Iterator<Item = VisitId> + '_ {
        let named = self.finish.into_iter().flat_map(|finish| self.visits_of[finish].iter().copied());
        let all = (0..self.visits.len()).map(VisitId::new);
        let last = all.filter(|&visit| self.finish.is_none() && self.visits[visit.index()].can_be_last);
        named.chain(last)
    }

    /// Whether anything in the plan costs anything.
    pub fn costs_something(&self) -> bool {
        !self.hammocks.is_empty()
            || !self.risk_costs.is_empty()
            || self.visits.iter().any(|visit| !visit.costs.is_empty())
    }

    /// The timeline that a visit advances in; its positions are read there.
    pub fn timeline_of(&self, visit: VisitId) -> &Timeline {
        &self.timelines[usize::from(self.visits[visit.index()].timeline)]
    }

    /// A visit's finish on the plan's axis.
    pub fn finish_on_axis(&self, visit: VisitId, finish: i64) -> i64 {
        match self.axis {
            Axis::Work(_) => finish,
            Axis::Wall => self.timeline_of(visit).wall_of_finish(finish),
        }
    }
}
