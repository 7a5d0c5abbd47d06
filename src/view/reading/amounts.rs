//! What a milestone takes: duration, work, resources.

use super::Reader;
use super::estimate::{trimmed, words};
use crate::model::{CalendarId, Estimate, Rate, ResourceId, SpanUnit};
use crate::network::Values;
use crate::units::SECONDS_PER_DAY;
use crate::view::words::percent;

impl Reader<'_> {
    /// Duration, work, uses, consumes, and the span that follows.
    pub(super) fn amounts(&mut self) {
        let milestone = self.milestone;
        let spans = self.spans();
        let mut left = spans.iter();
        if let Some(duration) = &milestone.duration {
            let (day, unit) = self.day_of(milestone.calendar, duration.unit);
            let read = words(self.plan, &duration.seconds, &in_days(day, unit));
            self.say("duration", &*duration.seconds.written, read);
            left.next();
        }
        for (resource, effort) in &milestone.work {
            let (day, unit) = self.day_of(self.plan[*resource].calendar, SpanUnit::Work);
            let read = words(self.plan, effort, &in_days(day, unit));
            let takes = left.next().map_or("", String::as_str);
            let (by, key) = (self.workforce(*resource), &self.plan[*resource].key);
            self.say(format!("work.{key}"), &*effort.written, format!("{read}; ÷ {by}: {takes} as written"));
        }
        for (resource, units) in &milestone.uses {
            self.uses(*resource, units);
        }
        for (resource, pieces) in &milestone.consumes {
            let has_span = !self.plan[*resource].throughput.is_empty();
            self.consumes(*resource, pieces, if has_span { left.next() } else { None });
        }
        self.span(spans.len());
    }

    fn uses(&mut self, resource: ResourceId, units: &Estimate) {
        let key = &self.plan[resource].key;
        let read = words(self.plan, units, &trimmed);
        let has_work = self.milestone.work.iter().any(|(id, _)| *id == resource);
        let how = if has_work { "at once, paid by their work" } else { "for the whole span" };
        self.say(format!("uses.{key}"), &*units.written, format!("{read}, {how}{}", self.paid(resource)));
    }

    fn consumes(&mut self, resource: ResourceId, pieces: &Estimate, takes: Option<&String>) {
        let data = &self.plan[resource];
        let mut read = words(self.plan, pieces, &trimmed);
        if let Some(allowance) = &data.allowance {
            read += &format!("; plus {} for waste", words(self.plan, allowance, &percent));
        }
        if let Some(takes) = takes {
            let by: Vec<String> =
                data.throughput.iter().map(|(by, rate)| self.turns_out(*by, rate)).collect();
            read += &format!("; ÷ {}: {takes} as written", by.join(" + "));
        }
        if let Some(price) = &data.price {
            let each = words(self.plan, &price.first, &|value| self.exact_of(&price.first, value));
            read += &format!("; each costs {each}");
        }
        self.say(format!("consumes.{}", data.key), &*pieces.written, read);
    }

    /// The span that follows from so many.
    fn span(&mut self, count: usize) {
        match count {
            0 if self.milestone.improve.is_some() => self.say("span", "", "that of its iterations"),
            0 => self.say("span", "", "none: it is an event"),
            1 => {}
            _ => {
                let visit = self.network.visit_of[self.id];
                let span = self.network[visit].base_span(Values(&self.network.planned()));
                self.say("span", "", format!("the longest of these: {} as written", self.shown(span)));
            }
        }
    }

    /// The spans as written, in days of the milestone: of its duration, its work, what it consumes.
    fn spans(&self) -> Vec<String> {
        let planned = self.network.planned();
        let visit = &self.network[self.network.visit_of[self.id]];
        visit.spans.iter().map(|term| self.shown(term.whole_seconds(Values(&planned)))).collect()
    }

    /// A span in days of the milestone.
    fn shown(&self, seconds: i64) -> String {
        let unit = self.milestone.duration.as_ref().map_or(SpanUnit::Work, |span| span.unit);
        let (day, unit) = self.day_of(self.milestone.calendar, unit);
        in_days(day, unit)(seconds as f64)
    }

    pub(super) fn day_of(&self, calendar: CalendarId, unit: SpanUnit) -> (i64, &'static str) {
        match unit {
            SpanUnit::Work => (self.plan[calendar].day_seconds(), "d"),
            SpanUnit::Elapsed => (SECONDS_PER_DAY, "ed"),
        }
    }

    /// `(2 units × 80 %)`
    fn workforce(&self, resource: ResourceId) -> String {
        let data = &self.plan[resource];
        let now =
            |value: &str, changes: bool| if changes { format!("{value} at first") } else { value.to_owned() };
        let availability = now(&percent(data.availability.first), !data.availability.changes.is_empty());
        format!("({} × {availability})", self.units(resource))
    }

    /// How many units work: those it uses, or all there are.
    fn units(&self, resource: ResourceId) -> String {
        let uses = self.milestone.uses.iter().find(|(id, _)| *id == resource);
        let capacity = self.plan[resource].capacity.as_ref();
        match (uses, capacity) {
            (Some((_, units)), _) => count(units.planned),
            (None, Some(capacity)) if capacity.changes.is_empty() => format!("all {}", count(capacity.first)),
            (None, Some(capacity)) => format!("all there are, {} at first", count(capacity.first)),
            (None, None) => "1 unit".to_owned(),
        }
    }

    fn turns_out(&self, by: ResourceId, rate: &Rate) -> String {
        format!("(`{}` {} × {})", self.plan[by].key, rate.amount.written, self.units(by))
    }
}

/// A time in days of so many seconds, at most two decimals.
pub(super) fn in_days(day_seconds: i64, unit: &'static str) -> impl Fn(f64) -> String {
    move |seconds| format!("{} {unit}", trimmed((seconds / day_seconds as f64 * 100.0).round() / 100.0))
}

fn count(units: f64) -> String {
    format!("{} unit{}", trimmed(units), if units == 1.0 { "" } else { "s" })
}
