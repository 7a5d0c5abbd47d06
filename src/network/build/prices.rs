//! What prices are multiplied with: how they rise, and what other currencies are worth.

use crate::model::{Category, Dated, Estimate};
use crate::network::{Escalation, Owner, Quantity};

use super::Compiler;

impl Compiler<'_> {
    /// What 1 of an estimate's currency is worth; `None`: it is in the plan's own.
    pub(super) fn exchange(&mut self, money: &Estimate) -> Option<Quantity> {
        let at = money.currency?;
        let currency = self.plan.currencies.get(at)?;
        let name = || format!("currency:{}", currency.key);
        Some(self.variables.quantity(Owner::Currency(at), &currency.rate, name))
    }

    /// Adds how prices rise.
    pub(super) fn escalations(&mut self) {
        for category in Category::ALL {
            let own = self.plan.escalations.iter().find(|(of, _)| *of == category);
            let (rise, owner) = match (own, &self.plan.escalation) {
                (Some((_, own)), _) => (own, Owner::Escalation(Some(category))),
                (None, Some(all)) => (all, Owner::Escalation(None)),
                (None, None) => continue,
            };
            let escalation = self.escalation(rise, owner);
            let stays = escalation.rises().all(|rise| rise == Quantity::Fixed(0.0));
            self.network.escalations[category.index()] = (!stays).then_some(escalation);
        }
    }

    fn escalation(&mut self, rise: &Dated<Estimate>, owner: Owner) -> Escalation<Quantity> {
        let name = match owner {
            Owner::Escalation(Some(category)) => format!("escalation:{}", category.word()),
            _ => "escalation".to_owned(),
        };
        let anchor = self.network.timelines[0].start().seconds();
        let first = self.variables.quantity(owner, &rise.first, || name.clone());
        let mut changes = Vec::with_capacity(rise.changes.len());
        for (since, rise) in &rise.changes {
            let quantity = self.variables.quantity(owner, rise, || format!("{name}:{since}"));
            changes.push((since.seconds() - anchor, quantity));
        }
        Escalation { first, changes }
    }
}
