//! Money compiled: fixed sums go into the purses at once, and what depends on no date is a product.

use crate::model::Category;
use crate::network::{CostTerm, Escalation, Money, PaidOver, Quantity, Tariff};
use crate::units::Instant;

use super::compile::Compiler;
use super::{CostFormula, CostKind, DatedCost, NONE, Operand, Span, TariffOp};

/// How a visit's money is kept.
#[derive(Clone, Copy)]
pub(super) struct Costing {
    /// Every cost has a row of its own.
    pub(super) observed: bool,
    /// Whether what never changes may go into the purses at once: nothing multiplies it, and the visit
    /// happens in every run.
    pub(super) folds: bool,
}

impl Compiler<'_> {
    pub(super) fn costs(&mut self, position: usize, span: Span, costing: Costing) -> (u32, u32) {
        let begin = self.program.costs.len() as u32;
        let network = self.network;
        let visit = &network.visits[position];
        for term in &visit.costs {
            let mut formula = self.cost(term, visit.timeline);
            let rises = self.program.escalations[term.category.index()].is_some();
            let exchange = self.exchange(term.exchange);
            let folds = costing.folds && !rises && exchange == Operand::Fixed(1.0);
            if let (CostKind::PerSecond(rate), Span::Fixed(seconds), true) = (&formula, span, folds) {
                // Money at a fixed rate over a fixed span is a fixed sum.
                formula = CostKind::Constant(*rate * seconds as f32);
            }
            let purses = self.purses_of(term, position);
            let is_folded = folds && matches!(formula, CostKind::Constant(_));
            if is_folded {
                let amount = self.constant(term, span);
                for purse in &purses {
                    self.program.purses[*purse as usize].constant += amount;
                }
                if !costing.observed {
                    continue;
                }
            }
            let first = self.program.targets.len() as u32;
            if !is_folded {
                self.program.targets.extend(purses);
            }
            let row = if costing.observed { self.program.cost_rows as u32 } else { NONE };
            self.program.cost_rows += usize::from(costing.observed);
            let targets = (first, self.program.targets.len() as u32);
            let payments = match &term.paid {
                PaidOver::Moments(payments) => Some(payments.clone()),
                PaidOver::Span => None,
            };
            let rises = if rises { term.category.index() as u32 } else { NONE };
            let follows = term.follows;
            self.program.costs.push(CostFormula {
                formula,
                targets,
                row,
                follows,
                exchange,
                rises,
                payments,
            });
        }
        (begin, self.program.costs.len() as u32)
    }

    /// What a cost without any doubt amounts to.
    fn constant(&self, term: &CostTerm, span: Span) -> f64 {
        let fixed = |quantity: Quantity| match self.operand(quantity) {
            Operand::Fixed(value) => value,
            Operand::Row(_) => 0.0,
        };
        match &term.money {
            Money::Once { amount, price, factor, surplus, .. } => {
                fixed(*amount) * (1.0 + surplus.map_or(0.0, fixed)) * fixed(*price) * factor
            }
            Money::Effort { effort, surplus, tariff } => {
                fixed(*effort) * (1.0 + surplus.map_or(0.0, fixed)) * (fixed(tariff.first) / tariff.per)
            }
            Money::Running { units, tariff } => match span {
                Span::Fixed(seconds) => {
                    fixed(units.0) * (fixed(tariff.first) / tariff.per) * f64::from(seconds)
                }
                _ => 0.0,
            },
        }
    }

    fn cost(&self, term: &CostTerm, timeline: u16) -> CostKind {
        match &term.money {
            Money::Once { amount, price, factor, surplus, changes } => {
                let surplus = surplus.map(|surplus| self.operand(surplus));
                if changes.is_empty() {
                    return product(&[self.operand(*amount), self.operand(*price)], *factor, surplus, false);
                }
                CostKind::Dated(Box::new(DatedCost::Once {
                    amount: self.operand(*amount),
                    surplus: surplus.unwrap_or(Operand::Fixed(0.0)),
                    factor: *factor,
                    price: self.operand(*price),
                    changes: self.changes(changes),
                }))
            }
            Money::Effort { effort, surplus, tariff } => {
                let effort = self.operand(*effort);
                let surplus = surplus.map(|surplus| self.operand(surplus));
                if tariff.changes.is_empty() {
                    return product(&[effort, self.operand(tariff.first)], 1.0 / tariff.per, surplus, false);
                }
                let surplus = surplus.unwrap_or(Operand::Fixed(0.0));
                CostKind::Dated(Box::new(DatedCost::Effort { effort, surplus, tariff: self.tariff(tariff) }))
            }
            Money::Running { units, tariff } => {
                let units = self.operand(units.0);
                if tariff.changes.is_empty() && tariff.timeline == Some(timeline) {
                    return product(&[units, self.operand(tariff.first)], 1.0 / tariff.per, None, true);
                }
                CostKind::Dated(Box::new(DatedCost::Running { units, tariff: self.tariff(tariff) }))
            }
        }
    }

    /// How prices of each category rise; not at all where every rise is fixed at nothing.
    pub(super) fn escalations(&self) -> [Option<Escalation<Operand>>; Category::ALL.len()] {
        let compiled = |escalation: &Escalation<Quantity>| escalation.map(|rise| self.operand(rise));
        let rises = |escalation: &Escalation<Operand>| escalation.rises().any(|it| it != Operand::Fixed(0.0));
        let escalations = &self.network.escalations;
        std::array::from_fn(|at| escalations[at].as_ref().map(compiled).filter(rises))
    }

    /// What 1 of a currency is worth; of the plan's own, 1.
    pub(super) fn exchange(&self, exchange: Option<Quantity>) -> Operand {
        exchange.map_or(Operand::Fixed(1.0), |rate| self.operand(rate))
    }

    pub(super) fn tariff(&self, tariff: &Tariff) -> TariffOp {
        TariffOp {
            timeline: tariff.timeline,
            first: self.operand(tariff.first),
            per_second: 1.0 / tariff.per,
            changes: self.changes(&tariff.changes),
        }
    }

    /// Changes by wall seconds since the anchor; the last one at or before it becomes the first.
    fn changes(&self, changes: &[(Instant, Quantity)]) -> Vec<(i64, Operand)> {
        let anchor = self.network.timelines.first().map_or(0, |timeline| timeline.start().seconds());
        changes.iter().map(|(from, value)| (from.seconds() - anchor, self.operand(*value))).collect()
    }
}

/// A product with everything fixed in its factor.
fn product(operands: &[Operand], factor: f64, surplus: Option<Operand>, times_span: bool) -> CostKind {
    let mut factor = factor;
    let mut rows = Vec::new();
    for operand in operands {
        match operand {
            Operand::Fixed(value) => factor *= value,
            Operand::Row(row) => rows.push(*row),
        }
    }
    let surplus = surplus.filter(|surplus| match surplus {
        Operand::Fixed(share) => {
            factor *= 1.0 + share;
            false
        }
        Operand::Row(_) => true,
    });
    let factor = factor as f32;
    match (rows.is_empty() && surplus.is_none(), times_span) {
        (true, true) => CostKind::PerSecond(factor),
        (true, false) => CostKind::Constant(factor),
        _ => CostKind::Product { factor, rows, surplus, times_span },
    }
}
