//! Values in ascending order.

use super::{Interval, RankInterval, percentile_ranks};

/// One or more values in ascending order, none of them NaN.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted(Vec<f64>);

/// The rank of the percentile `p` among `n` values, counted from 1: n p, rounded up.
pub fn rank_of(n: u64, p: f64) -> u64 {
    // 100 × 0.07 is 7.000000000000001: a rounding error must not cost a rank.
    let rank = libm::ceil(n as f64 * p * (1.0 - 1e-12)) as u64;
    rank.clamp(1, n)
}

impl Sorted {
    /// The values, sorted; none if there are none or one is NaN.
    pub fn new(mut values: Vec<f64>) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| value.is_nan()) {
            return None;
        }
        values.sort_unstable_by(f64::total_cmp);
        Some(Self(values))
    }

    /// The values, ascending.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// How many values there are, at least one.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The lowest value.
    pub fn lowest(&self) -> f64 {
        self.0[0]
    }

    /// The highest value.
    pub fn highest(&self) -> f64 {
        self.0[self.0.len() - 1]
    }

    /// The value with this rank, counted from 1; ranks beyond the ends give the ends.
    pub fn at_rank(&self, rank: u64) -> f64 {
        self.0[rank.clamp(1, self.count()) as usize - 1]
    }

    /// The percentile `p` (type 1): the smallest value that at least the share `p` of all does not
    /// exceed. Always one of the values.
    pub fn percentile(&self, p: f64) -> f64 {
        self.at_rank(rank_of(self.count(), p))
    }

    /// Where the percentile of an endless run lies, with this confidence. An end that the values
    /// cannot tell (too few of them lie beyond the percentile) is the lowest or highest value.
    pub fn percentile_interval(&self, p: f64, confidence: f64) -> Interval {
        let RankInterval { low, high } = percentile_ranks(self.count(), p, confidence);
        Interval { low: self.at_rank(low), high: self.at_rank(high) }
    }

    /// How many values are `x` or less.
    pub fn count_at_most(&self, x: f64) -> u64 {
        self.0.partition_point(|&value| value <= x) as u64
    }

    /// The share of values that are `x` or less.
    pub fn share_at_most(&self, x: f64) -> f64 {
        self.count_at_most(x) as f64 / self.0.len() as f64
    }

    /// The mean, summed in ascending order.
    pub fn mean(&self) -> f64 {
        // Counted from the median, so that what is added stays small.
        let centre = self.0[self.0.len() / 2];
        centre + self.0.iter().map(|value| value - centre).sum::<f64>() / self.0.len() as f64
    }

    /// The standard deviation (divisor n - 1); zero for a single value.
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let squares: f64 = self.0.iter().map(|value| (value - mean) * (value - mean)).sum();
        libm::sqrt(squares / (self.0.len().max(2) - 1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use chacha20::ChaCha8Rng;
    use chacha20::rand_core::{Rng, SeedableRng};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentiles_are_observed_values() {
        let sorted = Sorted::new((1..=100).rev().map(f64::from).collect()).unwrap();
        for (p, value) in [(0.07, 7.0), (0.071, 8.0), (0.8, 80.0), (0.0, 1.0), (1.0, 100.0), (0.29, 29.0)] {
            assert_eq!(sorted.percentile(p), value, "{p}");
        }
        assert_eq!(sorted.percentile_interval(0.8, 0.95), Interval { low: 72.0, high: 89.0 });
        assert_eq!((sorted.mean(), sorted.share_at_most(25.5)), (50.5, 0.25));
        assert!((sorted.sd() - 29.011_491_975_882_016).abs() < 1e-12);
        assert_eq!(Sorted::new(vec![4.0]).unwrap().sd(), 0.0);
        assert_eq!(Sorted::new(vec![]), None);
        assert_eq!(Sorted::new(vec![1.0, f64::NAN]), None);
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let mut random = ChaCha8Rng::seed_from_u64(11);
        for (n, p, coverage) in [(100, 0.8, 0.967), (1000, 0.8, 0.952), (1000, 0.5, 0.954)] {
            let trials = 2000;
            let held = (0..trials)
                .filter(|_| {
                    let values = (0..n).map(|_| f64::from(random.next_u32()) / 4294967296.0).collect();
                    Sorted::new(values).unwrap().percentile_interval(p, 0.95).contains(p)
                })
                .count();
            let share = held as f64 / f64::from(trials);
            let error = (coverage * (1.0 - coverage) / f64::from(trials)).sqrt();
            assert!((share - coverage).abs() < 4.0 * error, "{n}, P{p}: {share}");
        }
    }

    proptest! {
        #[test]
        fn a_percentile_has_its_share_of_the_values_at_or_below(
            values in prop::collection::vec(-1e9..1e9f64, 1..200), p in 0.0..=1.0f64,
        ) {
            let sorted = Sorted::new(values).unwrap();
            let value = sorted.percentile(p);
            prop_assert!(sorted.share_at_most(value) >= p - 1e-9);
            let below = sorted.values().iter().filter(|&&other| other < value).count();
            prop_assert!(below as f64 <= p * sorted.count() as f64 + 1e-9);
        }
    }
}
