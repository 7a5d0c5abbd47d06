//! Estimates: an uncertain number, the middle its author wrote, and how it was written.

use crate::stats::Distribution;

/// An uncertain number, in the unit of the key it stands under: money in its currency,
/// spans and effort in seconds, amounts in pieces, shares as 0..1. Two are the same if they mean the
/// same, however they are written.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// How likely each value is.
    pub distribution: Distribution,
    /// The middle the author wrote: what the deterministic plan uses.
    pub planned: f64,
    /// As the author wrote it, for echoing.
    pub written: String,
    /// The currency it is counted in, by its position in [`crate::model::Plan::currencies`]; `None`: the plan's own,
    /// or no money.
    pub currency: Option<usize>,
}

impl Estimate {
    /// The estimate with this distribution; its planned value is the distribution's middle.
    pub fn new(distribution: Distribution, written: impl Into<String>) -> Self {
        let planned = distribution.middle();
        Self { distribution, planned, written: written.into(), currency: None }
    }

    /// A number without doubt.
    ///
    /// # Panics
    /// If `value` is not finite.
    pub fn fixed(value: f64) -> Self {
        let distribution = Distribution::fixed(value);
        Self { distribution, planned: value, written: value.to_string(), currency: None }
    }

    /// Whether there is no doubt about it.
    pub fn is_fixed(&self) -> bool {
        self.distribution.is_fixed()
    }
}

impl PartialEq for Estimate {
    fn eq(&self, other: &Self) -> bool {
        let meaning = |it: &Self| (it.planned, it.currency);
        self.distribution == other.distribution && meaning(self) == meaning(other)
    }
}

/// A span of time to be worked, or to elapse.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// How many seconds.
    pub seconds: Estimate,
    /// Working seconds of a calendar, or seconds of the wall clock.
    pub unit: SpanUnit,
}

/// What a span's seconds are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanUnit {
    /// Working time of the calendar it runs in.
    Work,
    /// Wall-clock time.
    Elapsed,
}
