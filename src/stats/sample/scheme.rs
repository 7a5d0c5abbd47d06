//! Values in the order of their iterations, and what those have to do with each other.

use std::ops::Range;

use super::{Interval, Sorted, around, wilson};

/// How many replicates a run in replicates has.
pub const REPLICATES: usize = 16;

/// What the iterations of a run have to do with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Nothing: they are independent.
    #[default]
    Independent,
    /// They are in sixteen equal, consecutive replicates. Those are independent of each other; the
    /// iterations within one are not (a Latin hypercube), and no formula for independent values holds for them.
    Replicates,
}

/// The values of a run, or of some of its iterations, however they were drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    all: Sorted,
    /// In replicates: each one's values, if it has any.
    replicates: Option<Vec<Sorted>>,
}

impl Scheme {
    /// The iterations of each replicate of so many; none where there are no replicates.
    fn replicates(self, iterations: usize) -> impl Iterator<Item = Range<usize>> {
        let count = if self == Self::Replicates { REPLICATES } else { 0 };
        sections(iterations, count)
    }

    /// Where the estimate of an endless run lies, if every replicate says for itself what `estimate`
    /// makes of its iterations (none for one that can't tell): centre ± t s / 4.
    /// None without replicates.
    pub fn interval(
        self,
        iterations: usize,
        centre: f64,
        confidence: f64,
        estimate: impl Fn(Range<usize>) -> Option<f64>,
    ) -> Option<Interval> {
        let parts: Vec<f64> = self.replicates(iterations).filter_map(estimate).collect();
        around(centre, &parts, confidence)
    }

    /// In what share of its iterations something holds, and where that of an endless run lies:
    /// Wilson's interval for independent ones, else by the scatter of the replicates. `holds` has
    /// one entry for each iteration.
    pub fn share(self, holds: &[bool], confidence: f64) -> (f64, Interval) {
        self.share_among(holds.iter().map(|&holds| Some(holds)).collect::<Vec<_>>().as_slice(), confidence)
    }

    /// The same among those iterations that count at all.
    pub fn share_among(self, holds: &[Option<bool>], confidence: f64) -> (f64, Interval) {
        let count = |range: Range<usize>| {
            let counted = || holds[range.clone()].iter().flatten();
            (counted().filter(|holds| **holds).count() as u64, counted().count() as u64)
        };
        let share = |(successes, of): (u64, u64)| (of > 0).then(|| successes as f64 / of as f64);
        let (successes, of) = count(0..holds.len());
        let centre = share((successes, of)).unwrap_or(0.0);
        let scatter = self.interval(holds.len(), centre, confidence, |range| share(count(range)));
        (centre, within(scatter.unwrap_or_else(|| wilson(successes, of, confidence)), 0.0, 1.0))
    }
}

impl Sampled {
    /// The values of all iterations, in their order. None if there are none or one is NaN.
    pub fn new(values: &[f64], scheme: Scheme) -> Option<Self> {
        Self::of(values.len(), scheme, |iteration| Some(values[iteration]))
    }

    /// The values of those iterations out of so many that have one. None as for [`Sampled::new`].
    pub fn of(iterations: usize, scheme: Scheme, value: impl Fn(usize) -> Option<f64>) -> Option<Self> {
        let sorted = |range: Range<usize>| Sorted::new(range.filter_map(&value).collect());
        let all = sorted(0..iterations)?;
        let replicates = match scheme {
            Scheme::Independent => None,
            Scheme::Replicates => Some(scheme.replicates(iterations).filter_map(sorted).collect()),
        };
        Some(Self { all, replicates })
    }

    /// The values, ascending.
    pub const fn sorted(&self) -> &Sorted {
        &self.all
    }

    /// The percentile `p`: always one of the values.
    pub fn percentile(&self, p: f64) -> f64 {
        self.all.percentile(p)
    }

    /// Where the percentile of an endless run lies, with this confidence: by order statistics of
    /// independent values, else by the scatter of the replicates' percentiles.
    pub fn percentile_interval(&self, p: f64, confidence: f64) -> Interval {
        self.scatter(self.percentile(p), confidence, |sorted| sorted.percentile(p))
            .unwrap_or_else(|| self.all.percentile_interval(p, confidence))
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.all.mean()
    }

    /// Where the mean of an endless run lies, with this confidence: mean ± t s / √n of independent
    /// values, else by the scatter of the replicates' means.
    pub fn mean_interval(&self, confidence: f64) -> Interval {
        let mean = self.mean();
        self.scatter(mean, confidence, Sorted::mean)
            .or_else(|| around(mean, self.all.values(), confidence))
            .unwrap_or(Interval { low: mean, high: mean })
    }

    /// The share of values that are `x` or less.
    pub fn share_at_most(&self, x: f64) -> f64 {
        self.all.share_at_most(x)
    }

    /// Where that share of an endless run lies, with this confidence: Wilson's interval for
    /// independent values, else by the scatter of the replicates' shares.
    pub fn share_interval(&self, x: f64, confidence: f64) -> Interval {
        let scatter = self.scatter(self.share_at_most(x), confidence, |sorted| sorted.share_at_most(x));
        let interval =
            scatter.unwrap_or_else(|| wilson(self.all.count_at_most(x), self.all.count(), confidence));
        within(interval, 0.0, 1.0)
    }

    /// The interval by the scatter of the replicates.
    fn scatter(&self, centre: f64, confidence: f64, of: impl Fn(&Sorted) -> f64) -> Option<Interval> {
        let parts: Vec<f64> = self.replicates.as_ref()?.iter().map(of).collect();
        around(centre, &parts, confidence)
    }
}

/// What of an interval lies between two bounds.
fn within(Interval { low, high }: Interval, lowest: f64, highest: f64) -> Interval {
    Interval { low: low.max(lowest), high: high.min(highest) }
}

/// Consecutive ranges that make up `0..length`, as equal as they can be.
pub(super) fn sections(length: usize, count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).map(move |at| at * length / count..(at + 1) * length / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixteen replicates of eight values, the values of replicate r around r.
    fn values() -> Vec<f64> {
        (0..128).map(|at| f64::from(at / 8) + f64::from(at % 8) / 100.0).collect()
    }

    #[test]
    fn the_plain_scheme_is_that_of_order_statistics() {
        let values = values();
        let (sampled, sorted) =
            (Sampled::new(&values, Scheme::Independent).unwrap(), Sorted::new(values).unwrap());
        assert_eq!(sampled.percentile_interval(0.8, 0.95), sorted.percentile_interval(0.8, 0.95));
        assert_eq!(sampled.share_interval(5.0, 0.95), wilson(sorted.count_at_most(5.0), 128, 0.95));
        let half = sampled.mean_interval(0.95).half_width();
        // t with 127 degrees of freedom.
        assert!((half - 1.978_819_5 * sorted.sd() / 128.0_f64.sqrt()).abs() < 1e-6, "{half}");
    }

    #[test]
    fn replicates_scatter_as_students_t_says() {
        let sampled = Sampled::new(&values(), Scheme::Replicates).unwrap();
        // The sd of 0, 1, … 15 is √(16 × 17 / 12), and t with 15 degrees of freedom 2.131….
        let half = 2.131_449_545_559_323 * (16.0_f64 * 17.0 / 12.0).sqrt() / 4.0;
        for (interval, centre) in [
            (sampled.percentile_interval(0.5, 0.95), sampled.percentile(0.5)),
            (sampled.mean_interval(0.95), sampled.mean()),
        ] {
            assert!((interval.half_width() - half).abs() < 1e-9, "{interval:?}");
            assert!(((interval.low + interval.high) / 2.0 - centre).abs() < 1e-9, "{interval:?}");
        }
    }

    #[test]
    fn a_share_is_the_mean_of_what_holds() {
        let values = values();
        let holds: Vec<bool> = values.iter().map(|value| *value <= 7.035).collect();
        let sampled = Sampled::new(&values, Scheme::Replicates).unwrap();
        for scheme in [Scheme::Independent, Scheme::Replicates] {
            let sampled = Sampled::new(&values, scheme).unwrap();
            let (share, interval) = scheme.share(&holds, 0.95);
            assert_eq!(share, 7.5 / 16.0);
            assert_eq!(interval, sampled.share_interval(7.035, 0.95), "{scheme:?}");
        }
        assert_eq!(sampled.share_interval(99.0, 0.95), Interval { low: 1.0, high: 1.0 });
    }

    #[test]
    fn iterations_without_a_value_leave_the_others_where_they_are() {
        let values = values();
        let odd = |at: usize| (at % 2 == 1 && at >= 8).then(|| values[at]);
        let sampled = Sampled::of(values.len(), Scheme::Replicates, odd).unwrap();
        assert_eq!(sampled.sorted().count(), 60);
        // The first replicate has none: fifteen are left.
        assert_eq!(sampled.replicates.as_ref().map(Vec::len), Some(15));
        let counted: Vec<Option<bool>> = (0..128).map(|at| odd(at).map(|value| value < 8.0)).collect();
        let (share, interval) = Scheme::Replicates.share_among(&counted, 0.95);
        assert_eq!(share, 7.0 / 15.0);
        assert!(interval.contains(share));
        assert_eq!(Sampled::of(128, Scheme::Replicates, |_| None), None);
    }
}
