//! The bins of all visits while a run counts, small enough to pass through the cache block by block.
//!
//! A bin counts in one byte, in long runs in two; when it is full it begins anew, and a larger
//! counter, which only visits that need it have, goes up by one. Both together are the count,
//! whatever the order of counting.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::histogram::{BINS, Histogram, Scale, trimmed};
use super::rows::CAP_I32;

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

    /// What it holds of a count; the rest is in the larger counter.
    fn low_part(count: u32) -> Self;
}

impl Counter for u8 {
    const FULL: u32 = 1 << 8;
    const ONE: Self = 1;

    fn low_part(count: u32) -> Self {
        count as Self
    }

    #[inline(always)]
    fn add(self, other: Self) -> (Self, bool) {
        self.overflowing_add(other)
    }
}

impl Counter for u16 {
    const FULL: u32 = 1 << 16;
    const ONE: Self = 1;

    fn low_part(count: u32) -> Self {
        count as Self
    }

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

/// The counts of all visits as they are written: by visit its first bin and those from there on, and
/// the outliers.
#[derive(Serialize, Deserialize)]
pub(super) struct CountedBins {
    visits: Vec<(u16, Vec<u32>)>,
    outliers: Vec<(u32, i32)>,
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

    /// Something that depends on the counters of a visit in the middle half, where nearly all times fall:
    /// computing it brings them into cache.
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

    /// All counts, to be written.
    pub(super) fn counted(&self) -> CountedBins {
        let trimmed = |visit| {
            let counts = self.counts(visit);
            let (first, counts) = trimmed(&counts);
            (first as u16, counts.to_vec())
        };
        CountedBins { visits: (0..self.scales.len()).map(trimmed).collect(), outliers: self.outliers.clone() }
    }

    /// Bins like others of the same run, with these counts of so many iterations; none if that can't
    /// be.
    pub(super) fn of(counted: CountedBins, like: &Self, iterations: u64) -> Option<Self> {
        let CountedBins { visits, outliers } = counted;
        let is_possible = |(first, counts): &(u16, Vec<u32>)| {
            usize::from(*first) + counts.len() <= BINS
                && counts.iter().map(|&count| u64::from(count)).sum::<u64>() <= iterations
        };
        let are_outliers = |of_one: &[(u32, i32)]| {
            (of_one[0].0 as usize) < visits.len()
                && of_one.len() as u64 <= iterations
                && of_one.iter().all(|(_, time)| (0..=CAP_I32).contains(time))
        };
        let is_whole = visits.len() == like.scales.len()
            && visits.iter().all(is_possible)
            && outliers.is_sorted()
            && outliers.chunk_by(|one, next| one.0 == next.0).all(are_outliers);
        if !is_whole {
            return None;
        }
        let mut high = vec![None; visits.len()];
        let lows = match like.lows {
            Lows::Bytes(_) => Lows::Bytes(low_parts(&visits, &mut high)),
            Lows::Words(_) => Lows::Words(low_parts(&visits, &mut high)),
        };
        Some(Self { scales: Arc::clone(&like.scales), lows, high, outliers })
    }

    /// One visit's histogram; the outliers are sorted.
    pub(super) fn histogram(&self, visit: usize) -> Histogram {
        let from = self.outliers.partition_point(|(of, _)| (*of as usize) < visit);
        let outliers = self.outliers[from..].iter().take_while(|(of, _)| *of as usize == visit);
        Histogram::new(self.scales[visit], &self.counts(visit), outliers.map(|(_, time)| *time).collect())
    }

    fn counts(&self, visit: usize) -> [u32; BINS] {
        let high = self.high[visit].as_deref();
        match &self.lows {
            Lows::Bytes(lows) => whole(lows.get(visit), high),
            Lows::Words(lows) => whole(lows.get(visit), high),
        }
    }
}

#[inline(always)]
fn look<C: Counter>(lows: &[Low<C>], visit: usize) -> u32 {
    let line = 64 / size_of::<C>();
    let middle = BINS / 4..BINS - BINS / 4;
    let look = |low: &Low<C>| low.0[middle].iter().step_by(line).fold(0, |all, &count| all ^ count.into());
    lows.get(visit).map_or(0, look)
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

/// What the small counters hold of written counts, up to the last visit that was counted; the rest goes
/// to the larger counters.
fn low_parts<C: Counter>(visits: &[(u16, Vec<u32>)], high: &mut [High]) -> Vec<Low<C>> {
    let counted = visits.iter().rposition(|(_, counts)| !counts.is_empty()).map_or(0, |last| last + 1);
    let mut lows = vec![Low([C::default(); BINS]); counted];
    for ((low, high), (first, counts)) in lows.iter_mut().zip(high).zip(visits) {
        for (bin, &count) in (usize::from(*first)..).zip(counts) {
            low.0[bin] = C::low_part(count);
            if count >= C::FULL {
                carry(high, bin, count / C::FULL);
            }
        }
    }
    lows
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
