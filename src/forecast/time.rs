//! The distribution of the plan's finish.

use crate::network::Schedule;
use crate::simulate::Samples;
use crate::stats::sample::{Interval, Sorted};

use super::clock::Clock;
use super::expect::proportion;
use super::figures::{CONFIDENCE, sorted};
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

/// The finishes of all runs that deliver the plan, in their order; if none does, of all runs.
pub(super) fn arrivals(samples: &Samples) -> Vec<i32> {
    let of_delivered = samples.finish.iter().enumerate().filter(|(at, _)| samples.is_delivered(*at));
    let finishes: Vec<i32> = of_delivered.map(|(_, &finish)| finish).collect();
    if finishes.is_empty() { samples.finish.clone() } else { finishes }
}

/// The finish of the plan, as forecast: over the runs that deliver it; the chance of the planned one
/// counts a run that fails as not met.
pub(super) fn finish(
    samples: &Samples,
    schedule: &Schedule,
    clock: Clock<'_>,
    confidence: f64,
) -> TimeForecast {
    let arrivals = arrivals(samples);
    let moments = sorted(arrivals.iter().map(|&finish| clock.finish_days(finish.into())).collect());
    let values = sorted(arrivals.iter().map(|&finish| f64::from(finish)).collect());
    let stamp = |value: f64| clock.finish(value as i64);
    let planned = schedule.early.finish;
    let is_met = |&(at, &finish): &(usize, &i32)| samples.is_delivered(at) && i64::from(finish) <= planned;
    let no_later = samples.finish.iter().enumerate().filter(is_met).count();
    let percentile = |p: f64| {
        let Interval { low, high } = values.percentile_interval(p, CONFIDENCE);
        TimePercentile { p, at: stamp(values.percentile(p)), low: stamp(low), high: stamp(high) }
    };
    TimeForecast {
        deterministic: Determined {
            at: clock.finish(planned),
            chance: proportion(no_later, samples.finish.len()),
        },
        mean_days: moments.mean(),
        sd_days: moments.sd(),
        earliest: stamp(values.lowest()),
        latest: stamp(values.highest()),
        percentiles: listed(confidence).into_iter().map(percentile).collect(),
        bins: bins(&values, stamp),
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
