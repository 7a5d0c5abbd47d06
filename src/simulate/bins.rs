//! The bins of all visits while a run counts, small enough to pass through the cache block by block.
//!
//! A bin counts in one byte, in long runs in two; when it is full it begins anew, and a larger
//! counter, which only visits that need it have, goes up by one. Both together are the count,
//! whatever the order of counting.

use std::sync::Arc;

use super::histogram::{BINS, Histogram, Scale};

/// In runs up to this long, few bins ever count more than a byte holds.
const SHORT_RUN: u64 = 20_000;

/// A small counter.
trait Counter: Copy + Default + Into<u32> {
    /// Its largest count and one.
    const FULL: u32;

    /// The sum of two counters, and whether it was full.
    fn add(self, other: Self) -> (Self, bool);

    /// One.
    const ONE: Self;
}

impl Counter for u8 {
    const FULL: u32 = 1 << 8;
    const ONE: Self = 1;

    #[inline(always)]
    fn add(self, other: Self) -> (Self, bool) {
        self.overflowing_add(other)
    }
}

impl Counter for u16 {
    const FULL: u32 = 1 << 16;
    const ONE: Self = 1;

    #[inline(always)]
    fn add(self, other: Self) -> (Self, bool) {
        self.overflowing_add(other)
    }
}

/// The small counters of one visit, in whole cache lines.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
struct Low<C>([C; BINS]);

/// How often each of a visit's small counters was full.
type High = Option<Box<[u32; BINS]>>;

/// The small counters by visit, as far as visits were counted.
#[derive(Clone, Debug, PartialEq)]
enum Lows {
    Bytes(Vec<Low<u8>>),
    Words(Vec<Low<u16>>),
}

/// The bins of all visits, and the times that lie outside.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bins {
    pub(super) scales: Arc<[Scale]>,
    lows: Lows,
    high: Vec<High>,
    /// Times outside their visit's bins, with the visit.
    pub(super) outliers: Vec<(u32, i32)>,
}

impl Bins {
    /// Empty bins for a run of so many iterations.
    pub(super) fn new(scales: Arc<[Scale]>, iterations: u64) -> Self {
        let visits = scales.len();
        let lows = if iterations <= SHORT_RUN {
            Lows::Bytes(Vec::with_capacity(visits))
        } else {
            Lows::Words(Vec::with_capacity(visits))
        };
        Self { scales, lows, high: vec![None; visits], outliers: Vec::new() }
    }

    /// Something that depends on all counters of a visit: computing it brings them into cache.
    #[inline(always)]
    pub(super) fn look(&self, visit: usize) -> u32 {
        match &self.lows {
            Lows::Bytes(lows) => look(lows, visit),
            Lows::Words(lows) => look(lows, visit),
        }
    }

    /// Counts one in each of these bins, all below [`BINS`].
    #[inline(always)]
    pub(super) fn add(&mut self, visit: usize, bins: &[u32]) {
        match &mut self.lows {
            Lows::Bytes(lows) => add(lows, &mut self.high, visit, bins),
            Lows::Words(lows) => add(lows, &mut self.high, visit, bins),
        }
    }

    /// Puts the outliers in order.
    pub(super) fn sort(&mut self) {
        self.outliers.sort_unstable();
    }

    /// Whether other bins lie at the same places and count as far: whether they are of the same run.
    pub(super) fn match_those_of(&self, other: &Self) -> bool {
        let are_as_wide = matches!(
            (&self.lows, &other.lows),
            (Lows::Bytes(_), Lows::Bytes(_)) | (Lows::Words(_), Lows::Words(_))
        );
        are_as_wide && self.scales == other.scales
    }

    /// Adds another thread's counts of the same run; the outliers are no longer in order.
    pub(super) fn merge(&mut self, other: Self) {
        match (&mut self.lows, &other.lows) {
            (Lows::Bytes(own), Lows::Bytes(other)) => merge(own, &mut self.high, other),
            (Lows::Words(own), Lows::Words(other)) => merge(own, &mut self.high, other),
            _ => unreachable!("counters are as wide as the run is long"),
        }
        for (own, high) in self.high.iter_mut().zip(&other.high) {
            for (bin, &count) in high.iter().flat_map(|high| high.iter().enumerate()) {
                if count > 0 {
                    carry(own, bin, count);
                }
            }
        }
        self.outliers.extend(other.outliers);
    }

    /// One visit's histogram; the outliers are sorted.
    pub(super) fn histogram(&self, visit: usize) -> Histogram {
        let high = self.high[visit].as_deref();
        let bins = match &self.lows {
            Lows::Bytes(lows) => whole(lows.get(visit), high),
            Lows::Words(lows) => whole(lows.get(visit), high),
        };
        let from = self.outliers.partition_point(|(of, _)| (*of as usize) < visit);
        let outliers = self.outliers[from..].iter().take_while(|(of, _)| *of as usize == visit);
        Histogram::new(self.scales[visit], &bins, outliers.map(|(_, time)| *time).collect())
    }
}

#[inline(always)]
fn look<C: Counter>(lows: &[Low<C>], visit: usize) -> u32 {
    let line = 64 / size_of::<C>();
    lows.get(visit).map_or(0, |low| low.0.iter().step_by(line).fold(0, |all, &count| all ^ count.into()))
}

#[inline(always)]
fn add<C: Counter>(lows: &mut Vec<Low<C>>, high: &mut [High], visit: usize, bins: &[u32]) {
    make_room(lows, visit + 1);
    let low = &mut lows[visit].0;
    for bin in bins {
        let bin = *bin as usize % BINS;
        let (count, is_full) = low[bin].add(C::ONE);
        low[bin] = count;
        if is_full {
            carry(&mut high[visit], bin, 1);
        }
    }
}

/// A visit's counters begin to exist when it is first counted: no pass over fresh memory before.
#[inline(always)]
fn make_room<C: Counter>(lows: &mut Vec<Low<C>>, visits: usize) {
    if lows.len() < visits {
        lows.resize(visits, Low([C::default(); BINS]));
    }
}

fn merge<C: Counter>(lows: &mut Vec<Low<C>>, high: &mut [High], other: &[Low<C>]) {
    make_room(lows, other.len());
    for ((own, high), other) in lows.iter_mut().zip(high).zip(other) {
        let mut full = [false; BINS];
        for bin in 0..BINS {
            (own.0[bin], full[bin]) = own.0[bin].add(other.0[bin]);
        }
        if full.contains(&true) {
            let full = full.iter().enumerate().filter(|(_, full)| **full);
            full.for_each(|(bin, _)| carry(high, bin, 1));
        }
    }
}

/// The counts of one visit.
fn whole<C: Counter>(low: Option<&Low<C>>, high: Option<&[u32; BINS]>) -> [u32; BINS] {
    let low = low.map_or([0; BINS], |low| low.0.map(C::into));
    let high = high.unwrap_or(&[0; BINS]);
    std::array::from_fn(|bin| low[bin] + C::FULL * high[bin])
}

#[cold]
#[inline(never)]
fn carry(high: &mut High, bin: usize, count: u32) {
    high.get_or_insert_with(|| Box::new([0; BINS]))[bin] += count;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_beyond_a_small_counter_are_whole_in_any_order() {
        for iterations in [SHORT_RUN, SHORT_RUN + 1] {
            are_whole_in_any_order(iterations);
        }
    }

    fn are_whole_in_any_order(iterations: u64) {
        let scales: Arc<[Scale]> = [Scale::covering(1000.0, 10.0); 3].into();
        let base = i64::from(scales[0].base);
        let count = |visits: &[usize], times: usize| {
            let mut bins = Bins::new(Arc::clone(&scales), iterations);
            for &visit in visits {
                (0..times).for_each(|_| bins.add(visit, &[7, 7, 7, 9]));
            }
            bins
        };
        let mut joined = count(&[0, 2], 100);
        joined.merge(count(&[1, 2], 30_000));
        let mut other = count(&[1, 2], 30_000);
        other.merge(count(&[0, 2], 100));
        assert_eq!(joined, other);
        for (visit, times) in [(0, 100), (1, 30_000), (2, 30_100)] {
            let histogram = joined.histogram(visit);
            assert_eq!(histogram.count(), 4 * times, "{visit}");
            assert_eq!(histogram.at_rank(3 * times), base + 7);
            assert_eq!(histogram.at_rank(3 * times + 1), base + 9);
        }
    }
}
