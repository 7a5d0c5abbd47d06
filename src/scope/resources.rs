//! Whether there is enough: what the funded solutions take, against what there is until the deadline.
//!
//! What there is of people and machines is units × availability × working time, by the plan's start and the
//! ratio of the working weeks, as the engine takes them; of what is consumed, what all who turn it out can make in
//! that time. What is missing has a price.

use crate::model::{CalendarId, Plan, ResourceId, ResourceKind};
use crate::stats::sample::Sorted;
use crate::units::seconds::{HOUR, WEEK};

use super::amounts::{Amounts, is_in_pieces};
use super::facts::day_seconds;

/// In which unit a resource is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceUnit {
    /// Days of one person.
    PersonDays,
    /// Hours of one unit.
    Hours,
    /// Pieces.
    Pieces,
    /// Working days of the plan.
    Days,
}

/// What is needed of something, and what there is.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceNeed {
    /// Its key in the plan file; `None`: the time itself.
    pub key: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is; `None`: time.
    pub kind: Option<ResourceKind>,
    /// How it is counted.
    pub unit: ResourceUnit,
    /// What 80 % of the runs stay below.
    pub need: f64,
    /// What there is until the deadline; `None`: no deadline, or as much as needed.
    pub supply: Option<f64>,
    /// What the missing part costs, at the prices of the plan's start, if it has one.
    pub price_of_rest: Option<f64>,
}

impl ResourceNeed {
    /// The need as a share of what there is.
    pub fn load(&self) -> Option<f64> {
        self.supply.map(|supply| if supply > 0.0 { self.need / supply } else { f64::INFINITY })
    }

    /// What is missing.
    pub fn shortfall(&self) -> f64 {
        self.supply.map_or(0.0, |supply| (self.need - supply).max(0.0))
    }
}

/// What there is of each resource until the deadline, by its position; hours or pieces.
pub(super) struct Supplies(Vec<Option<f64>>);

impl Supplies {
    /// What there is in so many working days of the plan's calendar; without a deadline nothing is known.
    pub(super) fn of(plan: &Plan, days: Option<f64>) -> Self {
        let ids = (0..plan.resources.len()).map(ResourceId::new);
        Self(ids.map(|id| supply(plan, id, days?)).collect())
    }

    pub(super) fn of_resource(&self, id: ResourceId) -> Option<f64> {
        self.0[id.index()]
    }

    /// How much of what there is a solution's runs take in the mean, for all people that there is only so much of.
    pub(super) fn loads(&self, plan: &Plan, amounts: &Amounts) -> Vec<f64> {
        let people = super::amounts::people(plan).filter_map(|(id, _)| Some((id, self.of_resource(id)?)));
        people.map(|(id, hours)| if hours > 0.0 { amounts.mean(id) / hours } else { 0.0 }).collect()
    }
}

/// Hours of a resource, or pieces, in so many working days of the plan's calendar.
fn supply(plan: &Plan, id: ResourceId, days: f64) -> Option<f64> {
    let resource = &plan[id];
    if is_in_pieces(plan, id) {
        let made = |(worker, rate): &(ResourceId, crate::model::Rate)| {
            let seconds =
                if rate.unit.is_worked() { worked_seconds(plan, *worker, days) } else { elapsed(plan, days) };
            let units = plan[*worker].capacity.as_ref().map_or(1.0, |capacity| capacity.first);
            rate.amount.planned * units * seconds / rate.seconds
        };
        let all = resource.throughput.iter().map(made);
        return (!resource.throughput.is_empty()).then(|| all.sum());
    }
    let units = resource.capacity.as_ref()?.first * resource.availability.first;
    Some(units * worked_seconds(plan, id, days) / HOUR)
}

/// Working seconds of a resource's calendar in so many working days of the plan's.
fn worked_seconds(plan: &Plan, id: ResourceId, days: f64) -> f64 {
    let week = |calendar: CalendarId| plan[calendar].week_seconds() as f64;
    days * day_seconds(plan) * week(plan[id].calendar) / week(plan.calendar)
}

/// Seconds round the clock in so many working days of the plan's calendar.
fn elapsed(plan: &Plan, days: f64) -> f64 {
    days * day_seconds(plan) * WEEK / plan[plan.calendar].week_seconds() as f64
}

/// The time that these launches take at P80, the last of them, against that until the deadline.
pub(super) fn time(launches: impl Iterator<Item = f64>, by: Option<f64>) -> Option<ResourceNeed> {
    let need =
        launches.fold(None, |most: Option<f64>, days| Some(most.map_or(days, |most| most.max(days))))?;
    Some(ResourceNeed {
        key: None,
        name: "Time".to_owned(),
        kind: None,
        unit: ResourceUnit::Days,
        need,
        supply: by,
        price_of_rest: None,
    })
}

/// What these solutions take together, of each resource that they take any of, in file order.
pub(super) fn needs(plan: &Plan, chosen: &[&Amounts], supplies: &Supplies) -> Vec<ResourceNeed> {
    let Some((first, others)) = chosen.split_first() else { return Vec::new() };
    let mut all = (*first).clone();
    others.iter().for_each(|other| all.add(other));
    let need = |id: ResourceId| {
        let runs = Sorted::new(all.runs(id).to_vec()).filter(|runs| runs.highest() > 0.0)?;
        Some(need(plan, id, runs.percentile(0.8), supplies))
    };
    (0..plan.resources.len()).map(ResourceId::new).filter_map(need).collect()
}

/// A need of a resource, in hours or pieces, in the unit that people count it in.
fn need(plan: &Plan, id: ResourceId, need: f64, supplies: &Supplies) -> ResourceNeed {
    let resource = &plan[id];
    let (unit, per) = match resource.kind {
        _ if is_in_pieces(plan, id) => (ResourceUnit::Pieces, 1.0),
        ResourceKind::People => {
            (ResourceUnit::PersonDays, plan[resource.calendar].day_seconds() as f64 / HOUR)
        }
        _ => (ResourceUnit::Hours, 1.0),
    };
    let supply = supplies.of_resource(id);
    let missing = supply.map_or(0.0, |supply| (need - supply).max(0.0));
    let price = price(plan, id).filter(|_| missing > 0.0);
    ResourceNeed {
        key: Some(resource.key.clone()),
        name: resource.name.clone(),
        kind: Some(resource.kind),
        unit,
        need: need / per,
        supply: supply.map(|supply| supply / per),
        price_of_rest: price.map(|price| price * missing),
    }
}

/// What an hour or a piece costs at first, in the plan's money.
fn price(plan: &Plan, id: ResourceId) -> Option<f64> {
    let resource = &plan[id];
    let in_money = |estimate: &crate::model::Estimate| {
        estimate.planned * estimate.currency.map_or(1.0, |at| plan.currencies[at].rate.planned)
    };
    if is_in_pieces(plan, id) {
        return resource.price.as_ref().map(|price| in_money(&price.first));
    }
    let rate = &resource.rate.as_ref()?.first;
    let hours = if rate.unit.is_worked() {
        rate.seconds / HOUR
    } else {
        rate.seconds / HOUR * plan[resource.calendar].week_seconds() as f64 / WEEK
    };
    Some(in_money(&rate.amount) / hours)
}
