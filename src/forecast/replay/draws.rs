//! The numbers that were drawn, in the units people gave them in.

use crate::model::{Plan, Span, SpanUnit};
use crate::network::{Money, Network, Owner, Quantity, Tariff, Variable, VariableId, VisitId, VisitLag};
use crate::units::SECONDS_PER_DAY;

use super::{DrawUnit, ReplayDraw};

/// The values of one iteration.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) plan: &'a Plan,
    pub(super) network: &'a Network,
    pub(super) values: &'a [f64],
}

impl Drawn<'_> {
    /// What was drawn for a visit: the estimates of its milestone, or the share of a repeat.
    pub(super) fn of_visit(self, visit: VisitId) -> Vec<ReplayDraw> {
        let visit = &self.network[visit];
        if visit.pass == 0 {
            return self.of_owner(&self.plan[visit.milestone].key, |owner| {
                owner == Owner::Milestone(visit.milestone)
            });
        }
        let share = visit.share.and_then(|share| match share {
            Quantity::Variable(id) => self.draw(id.0 as usize, "share"),
            Quantity::Fixed(_) => None,
        });
        share.into_iter().collect()
    }

    /// What was drawn for resources, overheads, prices and currencies.
    pub(super) fn shared(self) -> Vec<ReplayDraw> {
        self.of_owner("", |owner| owner.is_estimate() && !matches!(owner, Owner::Milestone(_)))
    }

    /// What was drawn for some owners; labels without the owner's key.
    pub(super) fn of_owner(self, key: &str, is_owner: impl Fn(Owner) -> bool) -> Vec<ReplayDraw> {
        let variables = self.network.variables.iter().enumerate();
        let of_owner = variables.filter(|(_, variable)| is_owner(variable.owner));
        of_owner.filter_map(|(at, variable)| self.draw(at, &label(&variable.name, key))).collect()
    }

    /// A variable's draw; nothing if there was nothing to draw.
    fn draw(self, at: usize, label: &str) -> Option<ReplayDraw> {
        let variable = &self.network.variables[at];
        if variable.distribution.is_fixed() {
            return None;
        }
        let value = self.values[at];
        let (unit, seconds) = self.unit(at, variable);
        Some(ReplayDraw {
            name: variable.name.clone(),
            label: label.to_owned(),
            value: value / seconds,
            unit,
            percentile: variable.distribution.cdf(value),
        })
    }

    /// What a variable counts, and how many of its own units make one of those.
    fn unit(self, at: usize, variable: &Variable) -> (DrawUnit, f64) {
        let Self { plan, .. } = self;
        let plan_day = plan[plan.calendar].day_seconds() as f64;
        let days = |span: &Span, day: f64| match span.unit {
            SpanUnit::Work => (DrawUnit::Days, day),
            SpanUnit::Elapsed => (DrawUnit::Days, SECONDS_PER_DAY as f64),
        };
        let mut words = variable.name.split(':');
        match (words.next().unwrap_or_default(), variable.owner) {
            ("duration", Owner::Milestone(id)) => {
                let day = plan[plan[id].calendar].day_seconds() as f64;
                plan[id].duration.as_ref().map_or((DrawUnit::Days, day), |span| days(span, day))
            }
            ("work", Owner::Milestone(id)) => {
                let worker = words.nth(1);
                let is_worker = |name: &str| worker == Some(name);
                let resource = plan[id].work.iter().map(|(resource, _)| &plan[*resource]);
                let resource = resource.into_iter().find(|resource| is_worker(&resource.key));
                let day = resource.map_or(plan_day, |it| plan[it.calendar].day_seconds() as f64);
                (DrawUnit::Days, day)
            }
            ("lag", Owner::Milestone(id)) => match self.lag(at) {
                Some(VisitLag::Elapsed(_)) => (DrawUnit::Days, SECONDS_PER_DAY as f64),
                Some(VisitLag::Share(_)) => (DrawUnit::Number, 1.0),
                _ => (DrawUnit::Days, plan[plan[id].calendar].day_seconds() as f64),
            },
            ("risk", Owner::Risk(id)) => match words.nth(1) {
                Some("delay") => {
                    let terms = plan[id].terms();
                    let impacts =
                        [&terms.impact].into_iter().chain(terms.own.iter().map(|(_, impact)| impact));
                    let delay = impacts.filter_map(|impact| impact.delay.as_ref()).next();
                    delay.map_or((DrawUnit::Days, plan_day), |delay| days(&delay.span, plan_day))
                }
                Some("cost") if !self.is_foreign(at) => (DrawUnit::Money, 1.0),
                _ => (DrawUnit::Number, 1.0),
            },
            ("cost" | "rate" | "price" | "response", _) if self.is_foreign(at) => (DrawUnit::Number, 1.0),
            ("cost" | "rate" | "price" | "response", _) => (DrawUnit::Money, 1.0),
            _ => (DrawUnit::Number, 1.0),
        }
    }

    /// Whether a variable is money of another currency than the plan's.
    fn is_foreign(self, at: usize) -> bool {
        let is_it = |quantity: &Quantity| matches!(quantity, Quantity::Variable(id) if id.0 as usize == at);
        let of_tariff =
            |tariff: &Tariff| is_it(&tariff.first) || tariff.changes.iter().any(|(_, value)| is_it(value));
        let of_money = |money: &Money| match money {
            Money::Once { amount, price, changes, .. } => {
                is_it(amount) || is_it(price) || changes.iter().any(|(_, price)| is_it(price))
            }
            Money::Effort { tariff, .. } | Money::Running { tariff, .. } => of_tariff(tariff),
        };
        let Network { visits, hammocks, risk_costs, .. } = self.network;
        let mut terms = visits.iter().flat_map(|visit| &visit.costs);
        terms.any(|term| term.exchange.is_some() && of_money(&term.money))
            || hammocks.iter().any(|hammock| hammock.exchange.is_some() && of_tariff(&hammock.tariff))
            || risk_costs.iter().any(|cost| cost.exchange.is_some() && is_it(&cost.amount))
    }

    /// The wait that a variable is.
    fn lag(self, at: usize) -> Option<VisitLag> {
        let variable = Quantity::Variable(VariableId(u32::try_from(at).ok()?));
        let links = self.network.links.iter().map(|link| link.lag);
        links.into_iter().find(|lag| match *lag {
            VisitLag::None => false,
            VisitLag::Work(quantity) | VisitLag::Elapsed(quantity) | VisitLag::Share(quantity) => {
                quantity == variable
            }
        })
    }
}

/// A variable's name in words, without the key of its owner: `work label` of `work:train:label`.
fn label(name: &str, key: &str) -> String {
    let mut words: Vec<&str> = name.split(':').collect();
    if let Some(at) = words.iter().skip(1).position(|word| *word == key) {
        words.remove(at + 1);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_leaves_out_what_is_known() {
        for (name, key, expected) in [
            ("duration:train", "train", "duration"),
            ("work:train:gpu", "train", "work gpu"),
            ("lag:dig:screed:FS", "screed", "lag dig FS"),
            ("duration:duration", "duration", "duration"),
            ("risk:consent:delay", "consent", "risk delay"),
            ("price:labels", "", "price labels"),
        ] {
            assert_eq!(label(name, key), expected);
        }
    }
}
