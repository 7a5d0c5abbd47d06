//! What a milestone costs: once, by effort, by what runs, by what is used up; and overheads.

use crate::model::{
    Calendar, CalendarId, Category, Dated, Estimate, Milestone, MilestoneId, Moment, Overhead, Payment, Rate,
    RateUnit, ResourceId, Scope,
};
use crate::units::seconds::WEEK;
use crate::units::{Instant, Share};

use super::Compiler;
use super::improve::Taking;
use crate::network::{
    CostTerm, Follows, Hammock, Money, Owner, PaidOver, Quantity, Surcharge, Tariff, Units, Visit, VisitId,
};

impl Compiler<'_> {
    /// Adds what visits cost, and the overheads.
    pub(super) fn costs(&mut self) {
        for visit in self.network.ids() {
            let id = self.network[visit].milestone;
            if self.plan[id].removed {
                continue;
            }
            let mut costs = self.costs_of(&self.taking(visit), visit);
            costs.sort_by_key(|cost| cost.category);
            self.network.visits[visit.index()].costs = costs;
        }
        self.overheads();
    }

    fn costs_of(&mut self, taking: &Taking<'_>, visit: VisitId) -> Vec<CostTerm> {
        let Taking { id, milestone, overrun, .. } = taking;
        let (id, overrun) = (*id, overrun.map(|overrun| overrun.effort));
        let Visit { pass, iteration, .. } = self.network[visit];
        let mut costs = Vec::new();
        let mut add = |(category, resource), (money, exchange), follows, paid| {
            costs.push(CostTerm {
                category,
                stage: milestone.stage,
                resource,
                money,
                exchange,
                follows,
                paid,
            });
        };
        if let Some(cost) = milestone.cost.as_ref().filter(|_| pass == 0 || iteration > 0) {
            let amount =
                self.variables.quantity(Owner::Milestone(id), cost, || format!("cost:{}", milestone.key));
            let price = (Quantity::Fixed(1.0), Vec::new());
            let money = (once(amount, price, (1.0, overrun)), self.exchange(cost));
            add((milestone.category, None), money, Follows::Nothing, payments(milestone));
        }
        if let Some(rate) = &milestone.rate {
            let timeline = self.network[visit].timeline;
            let dated = Dated::constant(rate.clone());
            let name = format!("rate:{}", milestone.key);
            let tariff = self.tariff(Owner::Milestone(id), &dated, milestone.calendar, timeline, &name);
            let money = (running(Quantity::Fixed(1.0), tariff), self.exchange(&rate.amount));
            add((milestone.category, None), money, Follows::Nothing, PaidOver::Span);
        }
        if milestone.crashed > 0.0 && self.network[visit].pass == 0 {
            let amount = Quantity::Fixed(milestone.crash_cost(milestone.crashed));
            let price = (Quantity::Fixed(1.0), Vec::new());
            let money = (once(amount, price, (1.0, None)), None);
            add((milestone.category, None), money, Follows::Nothing, PaidOver::Span);
        }
        for &(resource, _) in &milestone.work {
            let effort = self.work(taking, resource);
            if let Some((tariff, exchange)) = self.effort_tariff(resource) {
                let money = (Money::Effort { effort, surplus: overrun, tariff }, exchange);
                add((self.category(resource), Some(resource)), money, Follows::Work, PaidOver::Span);
            }
        }
        for &(resource, _) in &milestone.uses {
            let is_paid_as_work = milestone.work.iter().any(|(worked, _)| *worked == resource);
            let units = self.uses(taking, resource).unwrap_or(Quantity::Fixed(0.0));
            if let (Some(rate), false) = (&self.plan[resource].rate, is_paid_as_work) {
                let timeline = self.timelines.of_resource(resource);
                let name = format!("rate:resource:{}", self.plan[resource].key);
                let calendar = self.plan[resource].calendar;
                let tariff = self.tariff(Owner::Resource(resource), rate, calendar, timeline, &name);
                let money = (running(units, tariff), self.exchange(&rate.first.amount));
                add((self.category(resource), Some(resource)), money, Follows::Nothing, PaidOver::Span);
            }
        }
        for &(resource, _) in &milestone.consumes {
            let amount = self.consumption(taking, resource);
            let allowance = self.allowance(resource);
            if let Some(price) = &self.plan[resource].price {
                let name = format!("price:{}", self.plan[resource].key);
                let first = self.variables.quantity(Owner::Resource(resource), &price.first, || name.clone());
                let change = |(since, price): &(Instant, Estimate)| {
                    (
                        *since,
                        self.variables
                            .quantity(Owner::Resource(resource), price, || format!("{name}:{since}")),
                    )
                };
                let changes = price.changes.iter().map(change).collect();
                let money = (once(amount, (first, changes), allowance), self.exchange(&price.first));
                add((self.category(resource), Some(resource)), money, Follows::Share, PaidOver::Span);
            }
        }
        costs
    }

    fn category(&self, resource: ResourceId) -> Category {
        self.plan[resource].kind.category()
    }

    /// What a resource's effort costs: an amount of work is converted by its calendar.
    fn effort_tariff(&mut self, resource: ResourceId) -> Option<(Tariff, Option<Quantity>)> {
        let owner = &self.plan[resource];
        let rates = owner.rate.as_ref()?;
        let name = format!("rate:resource:{}", owner.key);
        let per = worked_seconds(&rates.first, &self.plan[owner.calendar]);
        let whose = Owner::Resource(resource);
        let (first, changes) = self.dated(whose, rates, per, worked_seconds, owner.calendar, &name);
        let tariff = Tariff { timeline: Some(self.timelines.of_resource(resource)), first, per, changes };
        Some((tariff, self.exchange(&rates.first.amount)))
    }

    /// What runs is paid for working time per hour and day, for elapsed time per week, month and year.
    fn tariff(
        &mut self,
        owner: Owner,
        rates: &Dated<Rate>,
        calendar: CalendarId,
        timeline: u16,
        name: &str,
    ) -> Tariff {
        let is_worked = rates.first.unit.is_worked();
        let seconds = if is_worked { worked_seconds } else { elapsed_seconds };
        let (first, changes) = self.dated(owner, rates, rates.first.seconds, seconds, calendar, name);
        let timeline = is_worked.then_some(timeline);
        Tariff { timeline, first, per: rates.first.seconds, changes }
    }

    /// The amounts of a rate in the unit it begins with. An uncertain one in another unit is taken
    /// as planned.
    fn dated(
        &mut self,
        owner: Owner,
        rates: &Dated<Rate>,
        per: f64,
        seconds: fn(&Rate, &Calendar) -> f64,
        calendar: CalendarId,
        name: &str,
    ) -> (Quantity, Vec<(Instant, Quantity)>) {
        let first = self.variables.quantity(owner, &rates.first.amount, || name.to_owned());
        let mut changes = Vec::with_capacity(rates.changes.len());
        for (since, rate) in &rates.changes {
            let ratio = per / seconds(rate, &self.plan[calendar]);
            let amount = if ratio == 1.0 {
                self.variables.quantity(owner, &rate.amount, || format!("{name}:{since}"))
            } else {
                Quantity::Fixed(rate.amount.planned * ratio)
            };
            changes.push((*since, amount));
        }
        (first, changes)
    }

    fn overheads(&mut self) {
        for (position, overhead) in self.plan.overheads.iter().enumerate() {
            match overhead {
                Overhead::Hammock { key, rate, over, category } => {
                    let over = over.as_ref().map(|milestones| self.visits_of(milestones));
                    if over.as_ref().is_some_and(Vec::is_empty) {
                        continue;
                    }
                    let exchange = self.exchange(&rate.amount);
                    let rate = Dated::constant(rate.clone());
                    let owner = Owner::Overhead(position);
                    let name = format!("rate:overhead:{key}");
                    let tariff = self.tariff(owner, &rate, self.plan.calendar, 0, &name);
                    let (key, category) = (key.clone(), *category);
                    self.network.hammocks.push(Hammock { key, category, tariff, exchange, over });
                }
                Overhead::Surcharge { key, share, of, category } => {
                    let share =
                        self.variables.quantity(Owner::Overhead(position), share, || format!("share:{key}"));
                    let (categories, visits) = match of {
                        Scope::All => (None, None),
                        Scope::Categories(categories) => (Some(categories.clone()), None),
                        Scope::Milestones(milestones) => (None, Some(self.visits_of(milestones))),
                    };
                    let (key, category) = (key.clone(), *category);
                    self.network.surcharges.push(Surcharge { key, category, share, categories, visits });
                }
            }
        }
    }

    fn visits_of(&self, milestones: &[MilestoneId]) -> Vec<VisitId> {
        let there = milestones.iter().filter(|&&id| !self.plan[id].removed);
        let mut visits: Vec<_> = there.flat_map(|&id| self.network.visits_of[id].iter().copied()).collect();
        visits.sort_unstable();
        visits
    }
}

fn once(
    amount: Quantity,
    (price, changes): (Quantity, Vec<(Instant, Quantity)>),
    (factor, surplus): (f64, Option<Quantity>),
) -> Money {
    Money::Once { amount, price, factor, surplus, changes }
}

fn running(units: Quantity, tariff: Tariff) -> Money {
    Money::Running { units: Units(units), tariff }
}

fn payments(milestone: &Milestone) -> PaidOver {
    if milestone.pay.is_empty() {
        PaidOver::Moments(vec![Payment { at: Moment::AfterFinish(0), share: Share::ALL }])
    } else {
        PaidOver::Moments(milestone.pay.clone())
    }
}

/// Working seconds of a calendar that one unit of a rate lasts.
fn worked_seconds(rate: &Rate, calendar: &Calendar) -> f64 {
    match rate.unit {
        RateUnit::Hour | RateUnit::Day => rate.seconds,
        RateUnit::Week => calendar.week_seconds() as f64,
        RateUnit::Month => calendar.month_seconds() as f64,
        RateUnit::Year => 12.0 * calendar.month_seconds() as f64,
    }
}

/// Elapsed seconds that one unit of a rate lasts; of an hour or a day worked, on average.
fn elapsed_seconds(rate: &Rate, calendar: &Calendar) -> f64 {
    let ratio = WEEK / calendar.week_seconds() as f64;
    if rate.unit.is_worked() { rate.seconds * ratio } else { rate.seconds }
}
