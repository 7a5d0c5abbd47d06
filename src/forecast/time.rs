//! The distribution of the plan's finish.

use crate::network::Schedule;
use crate::simulate::Samples;
use crate::stats::sample::{Interval, Sampled, Sorted};

use super::clock::Clock;
use super::figures::{CONFIDENCE, chance};
use super::{Bin, Determined, Stamp, TimeForecast, TimePercentile};

/// How many bars a histogram has at most.
pub(super) const BARS: usize = 40;

/// The percentiles that a distribution lists: P1 to P99 and the headline's.
pub(super) fn listed(confidence: f64) -> Vec<f64> {
    let mut listed: Vec<f64> = (1..100).map(|percent| f64::from(percent) / 100.0).collect();
    if !listed.contains(&confidence) {
        listed.push(confidence);
        listed.sort_by(f64::total_cmp);
    }
    listed
}

/// A number of each run that delivers the plan, from its finish; if none does, of all runs.
///
/// # Panics
/// Never: a simulation has at least one iteration, and all its numbers are finite.
pub(super) fn arrivals(samples: &Samples, number: impl Fn(i32) -> f64) -> Sampled {
    let (count, scheme) = (samples.finish.len(), samples.scheme());
    Sampled::of(count, scheme, |at| samples.arrival(at).map(&number))
        .or_else(|| Sampled::of(count, scheme, |at| Some(number(samples.finish[at]))))
        .expect("a simulation has at least one iteration, and its numbers are finite")
}

/// The finish of the plan, as forecast: over the runs that deliver it; the chance of the planned one
/// counts a run that fails as not met.
pub(super) fn finish(
    samples: &Samples,
    schedule: &Schedule,
    clock: Clock<'_>,
    confidence: f64,
) -> TimeForecast {
    let days = arrivals(samples, |finish| clock.finish_days(finish.into()));
    let values = arrivals(samples, f64::from);
    let stamp = |value: f64| clock.finish(value as i64);
    let planned = schedule.early.finish;
    let is_met = |at| samples.arrival(at).is_some_and(|finish| i64::from(finish) <= planned);
    let percentile = |p: f64| {
        let Interval { low, high } = values.percentile_interval(p, CONFIDENCE);
        TimePercentile { p, at: stamp(values.percentile(p)), low: stamp(low), high: stamp(high) }
    };
    TimeForecast {
        deterministic: Determined { at: clock.finish(planned), chance: chance(samples, is_met) },
        mean_days: days.mean(),
        sd_days: days.sorted().sd(),
        earliest: stamp(values.sorted().lowest()),
        latest: stamp(values.sorted().highest()),
        percentiles: listed(confidence).into_iter().map(percentile).collect(),
        bins: bins(values.sorted(), stamp),
    }
}

/// Bars of equal width from the lowest to the highest value; one bar if all are equal.
pub(super) fn bins<T: Copy>(values: &Sorted, at: impl Fn(f64) -> T) -> Vec<Bin<T>> {
    let (low, high) = (values.lowest(), values.highest());
    let count = if low < high { BARS } else { 1 };
    let edge = |bar: usize| low + (high - low) * bar as f64 / count as f64;
    let below = |bar: usize| if bar == count { 1.0 } else { values.share_at_most(edge(bar)) };
    (0..count)
        .map(|bar| Bin {
            from: at(edge(bar)),
            to: at(edge(bar + 1)),
            share: below(bar + 1) - if bar == 0 { 0.0 } else { below(bar) },
        })
        .collect()
}

/// The stamp of the headline percentile.
pub(super) fn at(percentiles: &[TimePercentile], p: f64) -> Option<Stamp> {
    percentiles.iter().find(|percentile| percentile.p == p).map(|percentile| percentile.at)
}
