//! How long a milestone takes: the longest of its duration, its work and what it consumes.
//!
//! Working time of a resource with another calendar is converted by the ratio of the two working
//! weeks. Capacity, availability and throughput are those that hold at the planned start.

use std::borrow::Cow;

use crate::model::{Calendar, Dated, Estimate, ResourceId, SpanUnit};
use crate::units::Instant;
use crate::units::seconds::WEEK;

use super::Compiler;
use super::improve::Taking;
use crate::network::{Owner, Quantity, SpanTerm};

impl Compiler<'_> {
    pub(super) fn spans(&mut self, taking: &Taking<'_>, start: Instant) -> Vec<SpanTerm> {
        let Taking { id, milestone, overrun, .. } = taking;
        if milestone.removed {
            return Vec::new();
        }
        let count =
            usize::from(milestone.duration.is_some()) + milestone.work.len() + milestone.consumes.len();
        let mut spans = Vec::with_capacity(count);
        if let Some(duration) = &milestone.duration {
            let name = || format!("duration:{}", milestone.key);
            let crashed = crashed(&duration.seconds, milestone.crashed);
            let amount = self.variables.quantity(Owner::Milestone(*id), &crashed, name);
            let surplus = overrun.map(|overrun| overrun.schedule);
            spans.push(SpanTerm { amount, seconds: 1.0, units: None, surplus });
        }
        for &(resource, _) in &milestone.work {
            spans.push(self.work_span(taking, resource, start));
        }
        for &(resource, _) in &milestone.consumes {
            spans.extend(self.consumption_span(taking, resource, start));
        }
        spans
    }

    fn work_span(&mut self, taking: &Taking<'_>, resource: ResourceId, start: Instant) -> SpanTerm {
        let amount = self.work(taking, resource);
        let surplus = taking.overrun.map(|overrun| overrun.effort);
        let availability = positive_at(&self.plan[resource].availability, start);
        let calendar = &self.plan[self.plan[resource].calendar];
        let seconds = self.week_of(taking) / calendar.week_seconds() as f64 / availability;
        match self.units(taking, resource, start) {
            Quantity::Fixed(units) => SpanTerm { amount, seconds: seconds / units, units: None, surplus },
            units => SpanTerm { amount, seconds, units: Some(units), surplus },
        }
    }

    /// The pieces, divided by what all who turn them out do in a second. Where more than one factor of
    /// that is uncertain, they are taken as planned.
    fn consumption_span(
        &mut self,
        taking: &Taking<'_>,
        consumed: ResourceId,
        start: Instant,
    ) -> Option<SpanTerm> {
        let data = &self.plan[consumed];
        let amount = self.consumption(taking, consumed);
        let (factor, surplus) = self.allowance(consumed);
        let mut pieces_a_second = 0.0;
        let mut lone = None;
        for (worker, rate) in &data.throughput {
            let worker_key = &self.plan[*worker].key;
            let name = || format!("throughput:{}:{worker_key}", data.key);
            let pieces = self.variables.quantity(Owner::Resource(consumed), &rate.amount, name);
            let units = self.units(taking, *worker, start);
            let week = if rate.unit.is_worked() {
                self.plan[self.plan[*worker].calendar].week_seconds() as f64
            } else {
                WEEK
            };
            let per = rate.seconds * self.week_of(taking) / week;
            let planned = self.variables.planned();
            pieces_a_second += planned.of(pieces) * planned.of(units) / per;
            lone = match (pieces, units) {
                (Quantity::Fixed(fixed), uncertain) | (uncertain, Quantity::Fixed(fixed)) => {
                    Some((uncertain, per / fixed))
                }
                _ => None,
            };
        }
        match lone {
            Some((uncertain @ Quantity::Variable(_), seconds)) if data.throughput.len() == 1 => {
                Some(SpanTerm { amount, seconds: seconds * factor, units: Some(uncertain), surplus })
            }
            _ => (pieces_a_second > 0.0).then(|| SpanTerm {
                amount,
                seconds: factor / pieces_a_second,
                units: None,
                surplus,
            }),
        }
    }

    /// How many units are at work: those it uses, or else all there are.
    fn units(&mut self, taking: &Taking<'_>, resource: ResourceId, start: Instant) -> Quantity {
        match self.uses(taking, resource) {
            Some(Quantity::Fixed(units)) if units <= 0.0 => Quantity::Fixed(1.0),
            Some(units) => units,
            None => {
                let capacity = self.plan[resource].capacity.as_ref();
                Quantity::Fixed(capacity.map_or(1.0, |capacity| positive_at(capacity, start)))
            }
        }
    }

    fn week_of(&self, taking: &Taking<'_>) -> f64 {
        let milestone = taking.milestone.as_ref();
        let runs_elapsed = milestone.duration.as_ref().is_some_and(|span| span.unit == SpanUnit::Elapsed);
        let calendar: &Calendar = &self.plan[milestone.calendar];
        if runs_elapsed { WEEK } else { calendar.week_seconds() as f64 }
    }

    /// The effort of a resource in a milestone, in seconds.
    pub(super) fn work(&mut self, taking: &Taking<'_>, resource: ResourceId) -> Quantity {
        if let Some(all) = self.readied_work(taking, resource) {
            return all;
        }
        let Taking { id, milestone, .. } = taking;
        let found = milestone.work.iter().find(|(of, _)| *of == resource);
        let key = &self.plan[resource].key;
        found.map_or(Quantity::Fixed(0.0), |(_, estimate)| {
            self.variables
                .quantity(Owner::Milestone(*id), estimate, || format!("work:{}:{key}", milestone.key))
        })
    }

    /// How many units of a resource a milestone uses, if it says so.
    pub(super) fn uses(&mut self, taking: &Taking<'_>, resource: ResourceId) -> Option<Quantity> {
        let Taking { id, milestone, .. } = taking;
        let (_, estimate) = milestone.uses.iter().find(|(of, _)| *of == resource)?;
        let key = &self.plan[resource].key;
        Some(
            self.variables
                .quantity(Owner::Milestone(*id), estimate, || format!("uses:{}:{key}", milestone.key)),
        )
    }

    /// How many pieces of a resource a milestone uses up, before the allowance.
    pub(super) fn consumption(&mut self, taking: &Taking<'_>, resource: ResourceId) -> Quantity {
        let Taking { id, milestone, .. } = taking;
        let found = milestone.consumes.iter().find(|(of, _)| *of == resource);
        let key = &self.plan[resource].key;
        found.map_or(Quantity::Fixed(0.0), |(_, estimate)| {
            self.variables
                .quantity(Owner::Milestone(*id), estimate, || format!("consumes:{}:{key}", milestone.key))
        })
    }

    /// The allowance of a resource: a fixed factor, and what is uncertain.
    pub(super) fn allowance(&mut self, resource: ResourceId) -> (f64, Option<Quantity>) {
        let data = &self.plan[resource];
        let allowance = data.allowance.as_ref();
        match allowance.map(|share| {
            self.variables.quantity(Owner::Resource(resource), share, || format!("allowance:{}", data.key))
        }) {
            None => (1.0, None),
            Some(Quantity::Fixed(share)) => (1.0 + share, None),
            Some(share) => (1.0, Some(share)),
        }
    }
}

/// A duration with so many seconds bought off it, in every iteration; what falls below nothing takes no time.
fn crashed(duration: &Estimate, seconds: f64) -> Cow<'_, Estimate> {
    let shifted = duration.distribution.clone().shifted(-seconds);
    match shifted {
        Ok(distribution) if seconds > 0.0 => {
            let planned = duration.planned - seconds;
            Cow::Owned(Estimate { distribution, planned, ..duration.clone() })
        }
        _ => Cow::Borrowed(duration),
    }
}

/// The value in force at a moment, or if that is none, the next that is some.
fn positive_at(dated: &Dated<f64>, instant: Instant) -> f64 {
    let now = *dated.at(instant);
    let later = dated.changes.iter().filter(|(from, _)| *from > instant).map(|(_, value)| *value);
    std::iter::once(now).chain(later).find(|&value| value > 0.0).unwrap_or(1.0)
}
