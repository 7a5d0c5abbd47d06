//! Integer histograms of times: bins of 2^k seconds, and an exact list of what lies beyond.

use serde::Serialize;

/// How many bins a histogram has.
pub(super) const BINS: usize = 512;
const BINS_SHIFT: u32 = BINS.trailing_zeros();

/// A step is at most an eighth of a bin; 12 bits count all of them, so that the squares of a block's
/// steps fit 32 bits.
pub(super) const STEP_BITS: u32 = 12;

/// The bins without the empty ones on both sides, and the first of them.
pub(super) fn trimmed(bins: &[u32; BINS]) -> (usize, &[u32]) {
    let first = bins.iter().position(|&count| count > 0).unwrap_or(0);
    let end = bins.iter().rposition(|&count| count > 0).map_or(0, |last| last + 1);
    (first, &bins[first..end.max(first)])
}

/// Where a histogram's bins lie: from `base` on, each 2^shift seconds wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Scale {
    pub(super) base: i32,
    shift: u8,
}

impl Scale {
    /// The narrowest bins that cover five standard deviations on both sides of a mean.
    pub(super) fn covering(mean: f64, sd: f64) -> Self {
        const DEVIATIONS: f64 = 5.0;
        // Wide enough for every position there is.
        const LAST_SHIFT: u32 = 21;
        let width = |shift: u32| f64::from(1_u32 << (shift + BINS_SHIFT));
        let range = 2.0 * DEVIATIONS * sd;
        let shift = (0..LAST_SHIFT).find(|shift| width(*shift) > range + 2.0).unwrap_or(LAST_SHIFT);
        let base = (mean - width(shift) / 2.0).max(0.0);
        Self { base: base as i32, shift: shift as u8 }
    }

    #[inline(always)]
    pub(super) fn bin_shift(self) -> u32 {
        u32::from(self.shift) & 31
    }

    /// Finer steps, for the sum of squares.
    #[inline(always)]
    pub(super) fn step_shift(self) -> u32 {
        self.bin_shift().saturating_sub(STEP_BITS - BINS_SHIFT)
    }
}

/// How often a time fell where, over all iterations of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    scale: Scale,
    /// The first bin kept; empty ones on both sides are left out.
    first: u32,
    bins: Box<[u32]>,
    /// Times outside all bins, ascending.
    outliers: Box<[i32]>,
}

impl Histogram {
    pub(super) fn new(scale: Scale, bins: &[u32; BINS], outliers: Box<[i32]>) -> Self {
        let (first, bins) = trimmed(bins);
        Self { scale, first: first as u32, bins: bins.into(), outliers }
    }

    /// How many times were counted.
    pub fn count(&self) -> u64 {
        self.binned() + self.outliers.len() as u64
    }

    /// How wide a bin is, in seconds: percentiles are exact to this; in bins of one second exact.
    pub fn bin_seconds(&self) -> i64 {
        1 << self.scale.shift
    }

    fn binned(&self) -> u64 {
        self.bins.iter().map(|&count| u64::from(count)).sum()
    }

    /// First second of a bin kept.
    fn beginning(&self, bin: usize) -> i64 {
        i64::from(self.scale.base) + ((u64::from(self.first) + bin as u64) << self.scale.shift) as i64
    }

    /// The time of rank `rank` (1 is the earliest), interpolated within its bin, in seconds.
    ///
    /// Ranks outside `1..=count` give the earliest and the latest time; an empty histogram gives 0.
    pub fn at_rank(&self, rank: u64) -> i64 {
        let below = self.outliers.partition_point(|&time| time < self.scale.base);
        let rank = rank.clamp(1, self.count().max(1));
        if rank <= below as u64 {
            return i64::from(self.outliers[rank as usize - 1]);
        }
        let mut left = rank - below as u64;
        for (bin, &count) in self.bins.iter().enumerate() {
            let count = u64::from(count);
            if left <= count {
                // The middle of the bin's `left`-th part of `count`.
                let width = self.bin_seconds() as u64;
                return self.beginning(bin) + ((2 * left - 1) * width / (2 * count)) as i64;
            }
            left -= count;
        }
        self.outliers.get(below + left as usize - 1).map_or(0, |&time| i64::from(time))
    }

    /// The percentile at `p`: the time of rank ⌈n p⌉, interpolated within its bin, in seconds.
    pub fn quantile(&self, p: f64) -> i64 {
        self.at_rank((self.count() as f64 * p).ceil() as u64)
    }

    /// How many times lie at or below a limit, counting a bin that holds it in proportion.
    pub fn at_most(&self, limit: i64) -> f64 {
        let outliers = self.outliers.partition_point(|&time| i64::from(time) <= limit);
        let mut count = outliers as f64;
        for (bin, &in_bin) in self.bins.iter().enumerate() {
            let covered = (limit + 1 - self.beginning(bin)) as f64 / self.bin_seconds() as f64;
            if covered <= 0.0 {
                break;
            }
            count += f64::from(in_bin) * covered.min(1.0);
        }
        count
    }

    /// The sum of squared distances from the first bin's beginning, from the counted squares of
    /// steps and the sum of all times.
    fn square_distances(&self, sum: i64, squares: i64) -> f64 {
        let binned = self.binned() as f64;
        let base = f64::from(self.scale.base);
        let step = f64::from(1_u32 << self.scale.step_shift());
        let outlying: f64 = self.outliers.iter().map(|&time| f64::from(time) - base).sum();
        let distances = sum as f64 - base * self.count() as f64 - outlying;
        // A step counts from its first second; on average its times lie in its middle.
        let middle = (step - 1.0) / 2.0;
        let steps = (distances - middle * binned) / step;
        let inside = step * step * squares as f64 + 2.0 * middle * step * steps + middle * middle * binned;
        inside + self.outliers.iter().map(|&time| (f64::from(time) - base).powi(2)).sum::<f64>()
    }

    /// The standard deviation, in seconds.
    pub(super) fn sd(&self, sum: i64, squares: i64) -> f64 {
        let count = self.count() as f64;
        if count < 2.0 {
            return 0.0;
        }
        let distance = sum as f64 - f64::from(self.scale.base) * count;
        let variance = (self.square_distances(sum, squares) - distance * distance / count) / (count - 1.0);
        variance.max(0.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(times: &[i32], scale: Scale) -> Histogram {
        let mut bins = [0; BINS];
        let mut outliers = Vec::new();
        for &time in times {
            match bins.get_mut(((time - scale.base) as u32 >> scale.bin_shift()) as usize) {
                Some(bin) => *bin += 1,
                None => outliers.push(time),
            }
        }
        outliers.sort_unstable();
        Histogram::new(scale, &bins, outliers.into())
    }

    #[test]
    fn bins_of_one_second_are_exact() {
        let times: Vec<i32> = (0..100).map(|i| 1000 + (i * 37) % 100).collect();
        let histogram = histogram(&times, Scale::covering(1050.0, 29.0));
        assert_eq!(histogram.bin_seconds(), 1);
        for rank in 1..=100 {
            assert_eq!(histogram.at_rank(rank), 999 + rank as i64);
        }
        assert_eq!(histogram.quantile(0.8), 1079);
        assert_eq!(histogram.at_most(1009), 10.0);
    }

    #[test]
    fn outliers_keep_their_places() {
        let mut times = vec![5, 7, 900_000, 800_000];
        times.extend((0..100).map(|i| 400_000 + i * 100));
        let histogram = histogram(&times, Scale::covering(405_000.0, 2_900.0));
        assert_eq!(histogram.count(), 104);
        assert_eq!([1, 2, 103, 104].map(|rank| histogram.at_rank(rank)), [5, 7, 800_000, 900_000]);
        assert!((histogram.at_rank(52) - 404_900).abs() <= histogram.bin_seconds());
        assert_eq!(histogram.at_most(500_000), 102.0);
    }

    #[test]
    fn the_deviation_is_that_of_the_times() {
        let times: Vec<i32> = (0..1000).map(|i| 10_000_000 + (i * 7919) % 1_000_003).collect();
        let scale = Scale::covering(10_500_000.0, 288_000.0);
        let histogram = histogram(&times, scale);
        let sum: i64 = times.iter().map(|&time| i64::from(time)).sum();
        let squares = times
            .iter()
            .map(|&time| i64::from((time - scale.base) as u32 >> scale.step_shift()).pow(2))
            .sum();
        let mean = sum as f64 / 1000.0;
        let exact = times.iter().map(|&time| (f64::from(time) - mean).powi(2)).sum::<f64>() / 999.0;
        assert!((histogram.sd(sum, squares) / exact.sqrt() - 1.0).abs() < 1e-3);
    }
}
