//! What risks cost once, and what responses in force cost, as money of the solutions that they are about.

use crate::model::{Plan, Risk, SolutionId};
use crate::network::{Hit, Network, RiskCost, Values};
use crate::simulate::BlockRows;

use super::facts::day_seconds;

/// The money that risks and responses cost solutions once: of a solution and those it falls back on, which are one
/// after the other in `chain`. What several of them share is counted once, with the first.
pub(super) struct OnceCosts<'a> {
    network: &'a Network,
    terms: Vec<Term<'a>>,
    day_seconds: f64,
}

struct Term<'a> {
    cost: &'a RiskCost,
    of: Of,
}

/// Whose money it is, by positions in the chain.
enum Of {
    /// A risk's: of each of its hits.
    Struck(Vec<Option<usize>>),
    /// A response's, whatever happens.
    Always(usize),
}

/// What is paid in a run.
#[derive(Clone, Copy)]
pub(super) struct PaidOnce {
    /// With which of the chain it is counted.
    pub(super) of: usize,
    pub(super) amount: f64,
    /// When, in working days of the plan's calendar.
    pub(super) days: f64,
    /// Its stage, an index of the plan's.
    pub(super) stage: Option<usize>,
}

impl<'a> OnceCosts<'a> {
    pub(super) fn of(plan: &Plan, network: &'a Network, chain: &[SolutionId]) -> Self {
        let position = |solution: SolutionId| chain.iter().position(|&id| id == solution);
        let term = |cost: &'a RiskCost| {
            if cost.happens.is_none() {
                let risk = plan.risks.iter().find(|risk| risk.key == cost.key)?;
                let of = Of::Always(solutions_of(plan, risk).filter_map(position).min()?);
                return Some(Term { cost, of });
            }
            let owner = |hit: &Hit| plan[network[hit.visit].milestone].solution.and_then(position);
            let owners: Vec<Option<usize>> = cost.hits.iter().map(owner).collect();
            owners.iter().any(Option::is_some).then_some(Term { cost, of: Of::Struck(owners) })
        };
        let terms = network.risk_costs.iter().filter_map(term).collect();
        Self { network, terms, day_seconds: day_seconds(plan) }
    }

    /// What is paid in a run.
    pub(super) fn paid(&self, rows: &BlockRows<'_>, lane: usize) -> Vec<PaidOnce> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        let (values, early) = (rows.values(lane), rows.early(lane));
        let paid = |term: &Term<'_>| {
            let payment = self.network.risk_payment(term.cost, Values(&values), &early)?;
            let of = match &term.of {
                Of::Always(position) => *position,
                Of::Struck(owners) => {
                    let hits = owners.iter().zip(&term.cost.hits);
                    let struck = hits.filter(|(_, hit)| self.network.is_struck(hit, &early));
                    struck.filter_map(|(owner, _)| *owner).min()?
                }
            };
            let position = self.network.timelines[0].position_of_wall(payment.due);
            let stage = term.cost.stage.map(|stage| stage.index());
            Some(PaidOnce { of, amount: payment.amount, days: position as f64 / self.day_seconds, stage })
        };
        self.terms.iter().filter_map(paid).collect()
    }
}

/// The solutions that a risk is about, with its response or without: those of the milestones that it hits, and the
/// one that it ends.
fn solutions_of<'a>(plan: &'a Plan, risk: &'a Risk) -> impl Iterator<Item = SolutionId> + 'a {
    let hit = risk.untreated.on.iter().chain(&risk.terms().on);
    hit.filter_map(|&on| plan[on].solution).chain(risk.ends.map(|end| end.solution))
}
