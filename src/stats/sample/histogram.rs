//! Histograms of whole numbers: exact counts that can be added up in any order.
//!
//! Bins are 2^k wide, so that a value finds its bin by a subtraction and a shift. What lies outside
//! the bins is kept value by value, and the sums behind mean and standard deviation are exact; only
//! a percentile inside a bin is interpolated.

use std::fmt;

use super::{Interval, RankInterval, percentile_ranks, rank_of};

/// How many bins a histogram has.
pub const BINS: usize = 512;

/// Where the bins of a histogram lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    base: i32,
    shift: u32,
}

impl Grid {
    /// The finest grid that covers five standard deviations on both sides of a mean.
    pub fn covering(mean: f64, sd: f64) -> Self {
        let mut shift = 0;
        while shift < 22 && ((BINS as f64) * f64::from(1u32 << shift)) < 10.0 * sd {
            shift += 1;
        }
        let half = (BINS as i32 / 2) << shift;
        let centre = mean.clamp(0.0, f64::from(1 << 30)) as i32;
        Self { base: centre - half, shift }
    }

    /// The grid whose first bin begins at `base`, with bins 2^`shift` wide; none if it would leave
    /// the numbers between ±2³⁰ too far behind (shift above 22, base beyond ±2³⁰).
    pub fn new(base: i32, shift: u32) -> Option<Self> {
        (shift <= 22 && base.unsigned_abs() <= 1 << 30).then_some(Self { base, shift })
    }

    /// The lowest value of the first bin.
    pub const fn base(&self) -> i32 {
        self.base
    }

    /// How wide a bin is.
    pub const fn width(&self) -> i32 {
        1 << self.shift
    }

    /// The logarithm of [`Self::width`] to the base of two.
    pub const fn shift(&self) -> u32 {
        self.shift
    }

    /// The bin of a value between ±2³⁰; [`BINS`] for all that lie outside.
    #[inline(always)]
    pub fn bin(&self, value: i32) -> usize {
        let offset = value.wrapping_sub(self.base) as u32 >> self.shift;
        offset.min(BINS as u32) as usize
    }
}

/// Two histograms with different bins cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DifferentGrids;

impl fmt::Display for DifferentGrids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "histograms with different bins cannot be added")
    }
}

impl std::error::Error for DifferentGrids {}

/// How often whole numbers occurred.
///
/// Invariant: `count` is the sum of the bins and the number of values outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    grid: Grid,
    bins: Vec<u64>,
    outside: Vec<i32>,
    count: u64,
    sum: i128,
    squares: i128,
}

impl Histogram {
    /// The empty histogram on a grid.
    pub fn new(grid: Grid) -> Self {
        Self { grid, bins: vec![0; BINS], outside: Vec::new(), count: 0, sum: 0, squares: 0 }
    }

    /// The histogram that was counted elsewhere: the counts of the bins, the values outside (in any
    /// order), and the sums of all values and of their squares.
    pub fn from_counts(
        grid: Grid,
        bins: &[u64; BINS],
        mut outside: Vec<i32>,
        sum: i128,
        squares: i128,
    ) -> Self {
        outside.sort_unstable();
        let count = bins.iter().sum::<u64>() + outside.len() as u64;
        Self { grid, bins: bins.to_vec(), outside, count, sum, squares }
    }

    /// Counts one value.
    pub fn add(&mut self, value: i32) {
        match self.bins.get_mut(self.grid.bin(value)) {
            Some(bin) => *bin += 1,
            None => {
                let at = self.outside.partition_point(|&other| other <= value);
                self.outside.insert(at, value);
            }
        }
        self.count += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// Adds what another histogram on the same grid has counted. The order never matters.
    ///
    /// # Errors
    /// [`DifferentGrids`].
    pub fn merge(&mut self, other: &Self) -> Result<(), DifferentGrids> {
        if self.grid != other.grid {
            return Err(DifferentGrids);
        }
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            *bin += more;
        }
        self.outside.extend_from_slice(&other.outside);
        self.outside.sort_unstable();
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        Ok(())
    }

    /// Where its bins lie.
    pub const fn grid(&self) -> Grid {
        self.grid
    }

    /// How often each bin was hit.
    pub fn bins(&self) -> &[u64] {
        &self.bins
    }

    /// The values outside the bins, ascending.
    pub fn outside(&self) -> &[i32] {
        &self.outside
    }

    /// How many values were counted.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The exact sums of all values and of their squares.
    pub const fn sums(&self) -> (i128, i128) {
        (self.sum, self.squares)
    }

    /// The mean, exact; none without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| {
            let count = i128::from(self.count);
            let (whole, rest) = (self.sum.div_euclid(count), self.sum.rem_euclid(count));
            whole as f64 + rest as f64 / count as f64
        })
    }

    /// The standard deviation (divisor n - 1) from exact sums; zero for a single value, none for none.
    pub fn sd(&self) -> Option<f64> {
        let count = i128::from(self.count);
        match self.count {
            0 => None,
            1 => Some(0.0),
            _ => {
                let spread = (count * self.squares - self.sum * self.sum).max(0);
                Some(libm::sqrt(spread as f64 / (count as f64 * (count - 1) as f64)))
            }
        }
    }

    /// The percentile `p`: exact outside the bins, else interpolated in its bin. None without values.
    pub fn percentile(&self, p: f64) -> Option<f64> {
        (self.count > 0).then(|| self.at_rank(rank_of(self.count, p)))
    }

    /// Where the percentile of an endless run lies, with this confidence; see
    /// [`super::Sorted::percentile_interval`].
    pub fn percentile_interval(&self, p: f64, confidence: f64) -> Option<Interval> {
        (self.count > 0).then(|| {
            let RankInterval { low, high } = percentile_ranks(self.count, p, confidence);
            Interval { low: self.at_rank(low), high: self.at_rank(high) }
        })
    }

    /// The share of values that are `x` or less, interpolated in its bin; none without values.
    pub fn share_at_most(&self, x: f64) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        let outside = self.outside.partition_point(|&value| f64::from(value) <= x) as f64;
        let width = f64::from(self.grid.width());
        // The last bin's end comes with its value, not before: whole numbers.
        let reach = (libm::floor(x) + 1.0 - f64::from(self.grid.base)) / width;
        let mut inside = 0.0;
        for (bin, &count) in self.bins.iter().enumerate() {
            inside += count as f64 * (reach - bin as f64).clamp(0.0, 1.0);
        }
        Some((outside + inside) / self.count as f64)
    }

    /// The value with this rank, counted from 1; ranks beyond the ends give the ends.
    fn at_rank(&self, rank: u64) -> f64 {
        let rank = rank.clamp(1, self.count);
        let below = self.outside.partition_point(|&value| value < self.grid.base);
        let mut left = rank;
        if left <= below as u64 {
            return f64::from(self.outside[left as usize - 1]);
        }
        left -= below as u64;
        for (bin, &count) in self.bins.iter().enumerate() {
            if left <= count {
                let start = f64::from(self.grid.base) + bin as f64 * f64::from(self.grid.width());
                let inner = f64::from(self.grid.width() - 1);
                return start + inner * (left as f64 - 0.5) / count as f64;
            }
            left -= count;
        }
        f64::from(self.outside[below + left as usize - 1])
    }
}

#[cfg(test)]
mod tests {
    use chacha20::ChaCha8Rng;
    use chacha20::rand_core::{Rng, SeedableRng};
    use proptest::prelude::*;

    use super::*;
    use crate::stats::sample::Sorted;

    #[test]
    fn a_grid_covers_five_standard_deviations_as_finely_as_it_can() {
        for (mean, sd, base, width) in [
            (1000.0, 0.0, 744, 1),
            (1000.0, 51.2, 744, 1),
            (1000.0, 52.0, 488, 2),
            (5e6, 3e5, 5_000_000 - 256 * 8192, 8192),
            (1e12, 1e12, 0, 1 << 22),
        ] {
            let grid = Grid::covering(mean, sd);
            assert_eq!((grid.base(), grid.width()), (base, width), "{mean} ± {sd}");
        }
        let grid = Grid::covering(1000.0, 52.0);
        for (value, bin) in
            [(487, BINS), (488, 0), (490, 1), (488 + 1023, 511), (488 + 1024, BINS), (0, BINS)]
        {
            assert_eq!(grid.bin(value), bin, "{value}");
        }
    }

    #[test]
    fn percentiles_are_within_a_bin_of_the_exact_ones() {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let values: Vec<i32> =
            (0..20_000).map(|_| (0..6).map(|_| (random.next_u32() >> 12) as i32).sum()).collect();
        let sorted = Sorted::new(values.iter().map(|&value| f64::from(value)).collect()).unwrap();
        // Too narrow on purpose, so that both tails spill.
        let grid = Grid::covering(sorted.mean(), sorted.sd() / 6.0);
        let mut histogram = Histogram::new(grid);
        values.iter().for_each(|&value| histogram.add(value));
        assert!(histogram.outside().len() > 1000);
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            let (found, exact) = (histogram.percentile(p).unwrap(), sorted.percentile(p));
            assert!((found - exact).abs() < f64::from(grid.width()), "P{p}: {found} against {exact}");
            let share = histogram.share_at_most(exact).unwrap();
            assert!((share - sorted.share_at_most(exact)).abs() < 0.01, "{share} at P{p}");
        }
        assert!((histogram.mean().unwrap() / sorted.mean() - 1.0).abs() < 1e-12);
        assert!((histogram.sd().unwrap() / sorted.sd() - 1.0).abs() < 1e-10);
        assert_eq!(histogram.share_at_most(1e9), Some(1.0));
    }

    #[test]
    fn bins_one_wide_are_exact() {
        let mut histogram = Histogram::new(Grid::covering(500.0, 10.0));
        (0..1000).for_each(|value| histogram.add(value));
        for value in [1, 7, 250, 500, 999, 1000] {
            assert_eq!(histogram.percentile(f64::from(value) / 1000.0), Some(f64::from(value - 1)));
            assert_eq!(histogram.share_at_most(f64::from(value - 1)), Some(f64::from(value) / 1000.0));
        }
        assert_eq!(Histogram::new(Grid::covering(0.0, 1.0)).percentile(0.5), None);
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole_in_any_order(
            values in prop::collection::vec(0..10_000i32, 2..100), cut in 0..100usize,
        ) {
            let grid = Grid::covering(5000.0, 100.0);
            let of = |values: &[i32]| {
                let mut histogram = Histogram::new(grid);
                values.iter().for_each(|&value| histogram.add(value));
                histogram
            };
            let (first, second) = values.split_at(cut.min(values.len()));
            let (mut one, mut other) = (of(first), of(second));
            one.merge(&of(second)).unwrap();
            other.merge(&of(first)).unwrap();
            prop_assert_eq!(&one, &of(&values));
            prop_assert_eq!(&one, &other);
            prop_assert_eq!(one.merge(&Histogram::new(Grid::covering(0.0, 100.0))), Err(DifferentGrids));
        }
    }
}
