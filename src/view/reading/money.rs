//! What a milestone costs, and when that is paid.

use super::Reader;
use super::amounts::in_days;
use super::estimate::words;
use crate::model::{Curve, Estimate, Moment, Payment, Plan, Rate, RateUnit, ResourceId, SpanUnit};
use crate::units::SECONDS_PER_DAY;
use crate::units::seconds::{DAY, WEEK};
use crate::view::words::{money, percent};

impl Reader<'_> {
    pub(super) fn paid(&self, resource: ResourceId) -> String {
        let Some(rate) = &self.plan[resource].rate else { return String::new() };
        let dated = if rate.changes.is_empty() { "" } else { " at first" };
        format!("; {} each{dated}", self.rate(&rate.first))
    }

    /// `€750 per day worked`
    pub(super) fn rate(&self, rate: &Rate) -> String {
        let unit = match rate.unit {
            RateUnit::Hour => "hour worked",
            RateUnit::Day => "day worked",
            RateUnit::Week => "week elapsed",
            RateUnit::Month => "month elapsed",
            RateUnit::Year => "year elapsed",
        };
        format!("{} per {unit}", words(self.plan, &rate.amount, &|value| self.exact_of(&rate.amount, value)))
    }

    /// Money; below a hundred with its cents.
    pub(super) fn exact(&self, value: f64) -> String {
        money(value, &self.plan.currency)
    }

    /// The same of an estimate, in its own currency.
    pub(super) fn exact_of(&self, estimate: &Estimate, value: f64) -> String {
        money_of(self.plan, estimate, value)
    }

    pub(super) fn money(&mut self) {
        let milestone = self.milestone;
        let category = milestone.category.word();
        if let Some(cost) = &milestone.cost {
            let read = words(self.plan, cost, &|value| self.exact_of(cost, value));
            let due = if milestone.pay.is_empty() {
                "paid at its finish".to_owned()
            } else {
                milestone.pay.iter().map(payment).collect::<Vec<_>>().join(", ")
            };
            self.say("cost", &*cost.written, format!("{read}; {due}; counts as {category}"));
        }
        if let Some(rate) = &milestone.rate {
            self.say("rate", &*rate.amount.written, format!("{}; counts as {category}", self.rate(rate)));
        }
        let a_day = self.money_per_day();
        if a_day > 0.0 {
            self.say("money per day", "", format!("about {} for each day of its span", self.exact(a_day)));
        }
    }

    /// What its rate and what it uses cost on a working day, as planned and by the first rates.
    fn money_per_day(&self) -> f64 {
        let calendar = &self.plan[self.milestone.calendar];
        let own_week = calendar.week_seconds() as f64;
        let is_elapsed = self.milestone.duration.as_ref().is_some_and(|span| span.unit == SpanUnit::Elapsed);
        let (day, own_week) =
            if is_elapsed { (DAY, WEEK) } else { (calendar.day_seconds() as f64, own_week) };
        let worth = |money: &Estimate| {
            let currency = money.currency.and_then(|at| self.plan.currencies.get(at));
            currency.map_or(1.0, |currency| currency.rate.planned)
        };
        let per_day = |rate: &Rate, week: f64| {
            let week = if rate.unit.is_worked() { week } else { WEEK };
            rate.amount.planned * worth(&rate.amount) / rate.seconds * day * week / own_week
        };
        let own: f64 = self.milestone.rate.iter().map(|rate| per_day(rate, own_week)).sum();
        let used = self
            .milestone
            .uses
            .iter()
            .filter(|(id, _)| self.milestone.work.iter().all(|(other, _)| other != id));
        let used = used.filter_map(|(id, units)| {
            let resource = &self.plan[*id];
            let week = self.plan[resource.calendar].week_seconds() as f64;
            Some(units.planned * per_day(&resource.rate.as_ref()?.first, week))
        });
        own + used.sum::<f64>()
    }
}

/// Money of an estimate, in its own currency.
pub(super) fn money_of(plan: &Plan, estimate: &Estimate, value: f64) -> String {
    let currency = estimate.currency.and_then(|at| plan.currencies.get(at));
    money(value, currency.map_or(&plan.currency, |currency| &currency.key))
}

/// `30 % at its start`, `10 % 30 elapsed days after its finish`
fn payment(payment: &Payment) -> String {
    let share = percent(payment.share.value());
    let (seconds, end) = match payment.at {
        Moment::AfterStart(seconds) => (seconds, "start"),
        Moment::AfterFinish(seconds) => (seconds, "finish"),
        Moment::Along(curve, wait) => {
            let how = match curve {
                Curve::Even => "evenly over its span",
                Curve::Front => "over its span, most of it early",
                Curve::Back => "over its span, most of it late",
                Curve::Bell => "over its span, most of it in the middle",
            };
            let later = format!(", each part {} later", in_days(SECONDS_PER_DAY, "ed")(wait as f64));
            return format!("{share} {how}{}", if wait == 0 { "" } else { &later });
        }
    };
    if seconds == 0 {
        return format!("{share} at its {end}");
    }
    format!("{share} {} after its {end}", in_days(SECONDS_PER_DAY, "ed")(seconds as f64))
}
