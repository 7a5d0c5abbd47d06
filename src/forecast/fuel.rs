//! What burns down: work in person-days or days, and money.

use crate::model::{CalendarId, Plan, ResourceId, ResourceKind};
use crate::network::{Network, Schedule, Values, VisitId};

use super::{BurnKind, cost};

/// What burns, and how much of it there is.
pub(super) struct Fire {
    pub(super) kind: BurnKind,
    pub(super) unit: String,
    pub(super) total: f64,
    /// Of work, what each visit weighs; of money, nothing.
    pub(super) weights: Vec<f64>,
    /// Of work, whether the plan as written holds the visit.
    pub(super) planned: Vec<bool>,
}

impl Fire {
    /// The work of the plan as written, burnt over each visit's span.
    pub(super) fn of_work(plan: &Plan, network: &Network, schedule: &Schedule) -> Self {
        let planned = network.planned();
        let span = |visit: VisitId| network[visit].base_span(Values(&planned)) as f64;
        let effort: Vec<f64> =
            network.ids().map(|visit| person_days(plan, network, visit, span(visit))).collect();
        let has_people = effort.iter().any(|&days| days > 0.0);
        let span_days = |visit: VisitId| {
            let calendar = plan[network[visit].milestone].calendar;
            span(visit) / plan[calendar].day_seconds() as f64
        };
        let weights = if has_people { effort } else { network.ids().map(span_days).collect() };
        let share = |visit: VisitId| network[visit].share.map_or(1.0, |share| Values(&planned).of(share));
        let repeated = |(weight, visit): (f64, VisitId)| weight * share(visit);
        let unit = if has_people { "person-days" } else { "days" };
        let weights: Vec<f64> = weights.into_iter().zip(network.ids()).map(repeated).collect();
        let planned: Vec<bool> = network.ids().map(|visit| schedule.early.exists(visit)).collect();
        let total =
            planned.iter().zip(&weights).filter(|(planned, _)| **planned).map(|(_, weight)| weight).sum();
        Self { kind: BurnKind::Work, unit: unit.to_owned(), total, weights, planned }
    }

    /// The budget, or without one the planned cost.
    pub(super) fn of_money(plan: &Plan, network: &Network, schedule: &Schedule) -> Self {
        let total = plan.budget.map_or_else(|| cost::planned(network, schedule).total(), |budget| budget.0);
        Self {
            kind: BurnKind::Money,
            unit: plan.currency.clone(),
            total,
            weights: Vec::new(),
            planned: Vec::new(),
        }
    }
}

/// The deterministic effort of people in a milestone: `work`, else `uses` over its span of so many seconds.
fn person_days(plan: &Plan, network: &Network, visit: VisitId, span: f64) -> f64 {
    let milestone = &plan[network[visit].milestone];
    if milestone.removed {
        return 0.0;
    }
    let day = |calendar: CalendarId| plan[calendar].day_seconds() as f64;
    let people = |id: &ResourceId| plan[*id].kind == ResourceKind::People;
    let worked = milestone.work.iter().filter(|(id, _)| people(id));
    let effort: f64 = worked.map(|(id, effort)| effort.planned / day(plan[*id].calendar)).sum();
    let works = |id: &ResourceId| milestone.work.iter().any(|(of, _)| of == id);
    let used = milestone.uses.iter().filter(|(id, _)| people(id) && !works(id));
    let units: f64 = used.map(|(_, units)| units.planned).sum();
    effort + units * span / day(milestone.calendar)
}
