//! Counting: what is known of every visit and variable without keeping its iterations.
//!
//! Everything counted is an integer, so that no order of threads or blocks can change it.

use std::sync::{Arc, Mutex};

use super::histogram::{BINS, Histogram, STEP_BITS, Scale};

/// What is counted of one visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct VisitSums {
    pub(super) start: i64,
    pub(super) finish: i64,
    /// Squares of the finish's steps (see [`Scale::step_shift`]), outliers left out.
    pub(super) squares: i64,
    pub(super) critical: u32,
    pub(super) start_critical: u32,
    pub(super) finish_critical: u32,
    /// Critical in runs that finish near the headline.
    pub(super) near: u32,
    /// Runs that finish near the headline and a second saved here makes earlier (less those it
    /// makes later), in [`SAVES_ONE`]ths.
    pub(super) saves: i64,
}

/// One run in which a second saved is a second saved.
pub(super) const SAVES_ONE: i64 = 1 << 16;

/// What is counted of one variable: Σ draw × finish's place, Σ draw × cost's place, Σ draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct VariableSums {
    pub(super) finish: i64,
    pub(super) cost: i64,
    pub(super) draw: i64,
}

/// What one thread has counted.
pub(super) struct Tally {
    pub(super) visits: Vec<VisitSums>,
    pub(super) variables: Vec<VariableSums>,
    pub(super) near: u64,
    pub(super) capped: u64,
    scales: Arc<[Scale]>,
    bins: Vec<[u16; BINS]>,
    /// Iterations since `bins` was emptied.
    filled: usize,
    /// Kept only so that looking at bins is not optimised away.
    warmed: u16,
    outliers: Vec<(u32, i32)>,
    overflow: Arc<Overflow>,
}

/// Bins of long runs, shared by all threads: a thread's own hold 16 bits.
#[derive(Default)]
pub(super) struct Overflow(Mutex<Vec<u32>>);

impl Tally {
    pub(super) fn new(scales: Arc<[Scale]>, variables: usize, overflow: Arc<Overflow>) -> Self {
        Self {
            visits: vec![VisitSums::default(); scales.len()],
            variables: vec![VariableSums::default(); variables],
            near: 0,
            capped: 0,
            bins: vec![[0; BINS]; scales.len()],
            scales,
            filled: 0,
            warmed: 0,
            outliers: Vec::new(),
            overflow,
        }
    }

    /// Counts nothing.
    pub(super) fn none() -> Self {
        Self::new(Arc::default(), 0, Arc::default())
    }

    /// Makes room for so many more iterations.
    pub(super) fn make_room(&mut self, iterations: usize) {
        if self.filled + iterations > usize::from(u16::MAX) {
            let mut shared = self.overflow.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            shared.resize(self.bins.len() * BINS, 0);
            for (shared, own) in shared.iter_mut().zip(self.bins.iter_mut().flatten()) {
                *shared += u32::from(std::mem::take(own));
            }
            self.filled = 0;
        }
        self.filled += iterations;
    }

    /// Looks at a visit's bins, so that they come into cache while its draws are made.
    #[inline(always)]
    pub(super) fn warm(&mut self, position: usize) {
        const LINE: usize = 32;
        let bins = &self.bins[position];
        self.warmed ^= bins.iter().step_by(LINE).fold(0, |all, count| all ^ count);
    }

    /// Counts the first `count` iterations of one visit's rows.
    #[inline(always)]
    pub(super) fn visit<const B: usize>(
        &mut self,
        position: usize,
        tallied: bool,
        start: &[i32; B],
        finish: &[i32; B],
        count: usize,
    ) {
        if count < B {
            self.part_of_row(position, tallied, start, finish, count);
            return;
        }
        let sums = &mut self.visits[position];
        sums.start += sum(start);
        sums.finish += sum(finish);
        if tallied && !self.bin_all(position, finish, B) {
            self.bin_some(position, finish);
        }
    }

    /// Counts a row that is only begun: the rest of it is set to what counts nothing.
    #[inline(never)]
    fn part_of_row<const B: usize>(
        &mut self,
        position: usize,
        tallied: bool,
        start: &[i32; B],
        finish: &[i32; B],
        count: usize,
    ) {
        let base = self.scales[position].base;
        let (mut starts, mut finishes) = ([0; B], [base; B]);
        starts[..count].copy_from_slice(&start[..count]);
        finishes[..count].copy_from_slice(&finish[..count]);
        let sums = &mut self.visits[position];
        sums.start += sum(&starts);
        sums.finish += sum(&finishes) - i64::from(base) * (B - count) as i64;
        if tallied && !self.bin_all(position, &finishes, count) {
            self.bin_some(position, &finishes[..count]);
        }
    }

    /// Puts the first `count` of a row into their bins, unless there is an outlier in the row.
    #[inline(always)]
    fn bin_all<const B: usize>(&mut self, position: usize, finish: &[i32; B], count: usize) -> bool {
        let scale = self.scales[position];
        let mut bins = [0_u32; B];
        let mut steps = [0_u32; B];
        let mut beyond = 0;
        let (bin_shift, step_shift) = (scale.bin_shift(), scale.step_shift());
        for i in 0..B {
            let above = (finish[i] - scale.base) as u32;
            bins[i] = above >> bin_shift;
            steps[i] = above >> step_shift;
            beyond |= bins[i];
        }
        if beyond as usize >= BINS {
            return false;
        }
        self.visits[position].squares += sum_of_squares(&steps);
        let counts = &mut self.bins[position];
        for bin in &bins[..count] {
            counts[*bin as usize % BINS] += 1;
        }
        true
    }

    #[inline(never)]
    fn bin_some(&mut self, position: usize, finish: &[i32]) {
        let scale = self.scales[position];
        for &finish in finish {
            let above = (finish - scale.base) as u32;
            let bin = (above >> scale.bin_shift()) as usize;
            if bin < BINS {
                let step = i64::from(above >> scale.step_shift());
                self.visits[position].squares += step * step;
                self.bins[position][bin] += 1;
            } else {
                self.outliers.push((position as u32, finish));
            }
        }
    }

    /// Adds what another thread has counted, histograms aside.
    fn add(&mut self, other: &Self) {
        for (own, other) in self.visits.iter_mut().zip(&other.visits) {
            own.start += other.start;
            own.finish += other.finish;
            own.squares += other.squares;
            own.critical += other.critical;
            own.start_critical += other.start_critical;
            own.finish_critical += other.finish_critical;
            own.near += other.near;
            own.saves += other.saves;
        }
        for (own, other) in self.variables.iter_mut().zip(&other.variables) {
            own.finish += other.finish;
            own.cost += other.cost;
            own.draw += other.draw;
        }
        self.near += other.near;
        self.capped += other.capped;
    }

    /// Joins what all threads have counted, at least one; no order matters.
    pub(super) fn join(mut all: Vec<Self>) -> (Self, Vec<Histogram>) {
        let overflow = Arc::clone(&all[0].overflow);
        let shared = overflow.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut outliers: Vec<(u32, i32)> = all.iter_mut().flat_map(|one| one.outliers.drain(..)).collect();
        outliers.sort_unstable();
        let mut rest = &outliers[..];
        let histograms = (0..all[0].bins.len())
            .map(|visit| {
                let mut bins = [0_u32; BINS];
                for one in &all {
                    bins.iter_mut().zip(&one.bins[visit]).for_each(|(bin, own)| *bin += u32::from(*own));
                }
                if let Some(long) = shared.get(visit * BINS..(visit + 1) * BINS) {
                    bins.iter_mut().zip(long).for_each(|(bin, long)| *bin += long);
                }
                let (own, others) = rest.split_at(rest.partition_point(|(of, _)| *of as usize == visit));
                rest = others;
                Histogram::new(all[0].scales[visit], &bins, own.iter().map(|(_, value)| *value).collect())
            })
            .collect();
        drop(shared);
        let mut joined = all.remove(0);
        all.iter().for_each(|other| joined.add(other));
        (joined, histograms)
    }
}

/// The sum of a row of times: four of them fit 32 bits.
#[inline(always)]
fn sum<const B: usize>(row: &[i32; B]) -> i64 {
    let mut lanes = [0_u64; 8];
    for four in row.chunks_exact(32) {
        for lane in 0..8 {
            let sum =
                four[lane] as u32 + four[8 + lane] as u32 + four[16 + lane] as u32 + four[24 + lane] as u32;
            lanes[lane] += u64::from(sum);
        }
    }
    lanes.iter().sum::<u64>() as i64
}

/// The sum of squares of 12-bit steps: a lane's 32 fit 32 bits.
#[inline(always)]
fn sum_of_squares<const B: usize>(row: &[u32; B]) -> i64 {
    let mut lanes = [0_u32; 8];
    for eight in row.chunks_exact(8) {
        for lane in 0..8 {
            // All steps are below this anyway; said here, the compiler multiplies 16 bits.
            let step = eight[lane] & ((1 << STEP_BITS) - 1);
            lanes[lane] += step * step;
        }
    }
    lanes.iter().map(|&lane| i64::from(lane)).sum()
}
