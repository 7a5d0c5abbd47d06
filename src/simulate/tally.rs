//! Counting: what is known of every visit and variable without keeping its iterations.
//!
//! Everything counted is an integer, so that no order of threads or blocks can change it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::Timeline;

use super::bins::Bins;
use super::histogram::{BINS, STEP_BITS, Scale};

/// So many iterations are put into bins at a time: every block has whole parts, and the squares of a part fit
/// 32 bits.
const PART: usize = 64;

/// Integers that are added up over iterations, in any order.
pub(super) trait Sums {
    /// Adds those of other iterations.
    fn add(&mut self, other: &Self);

    /// Whether so many iterations can add up to this. What can never overflows.
    fn is_possible(&self, iterations: u64) -> bool;
}

/// Adds, one by one, what was counted over other iterations.
pub(super) fn add_each<S: Sums>(own: &mut [S], other: &[S]) {
    own.iter_mut().zip(other).for_each(|(own, other)| own.add(other));
}

/// Whether iterations of at most 2^30 each, which is the end of time, can add up to a sum.
pub(super) fn is_sum(sum: i64, iterations: u64) -> bool {
    u128::from(sum.unsigned_abs()) <= u128::from(iterations) << 30
}

/// What is counted of one visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct VisitSums {
    /// Runs that are delivered and in which it exists.
    pub(super) counted: u32,
    pub(super) start: i64,
    pub(super) finish: i64,
    /// The same as positions of the plan's calendar, where the visit runs in another: a mean of dates in one
    /// calendar is not the mean in another.
    pub(super) plan_start: i64,
    pub(super) plan_finish: i64,
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

impl Sums for VisitSums {
    fn add(&mut self, other: &Self) {
        // Named one by one, so that none can be forgotten.
        let Self {
            counted,
            start,
            finish,
            plan_start,
            plan_finish,
            squares,
            critical,
            start_critical,
            finish_critical,
            near,
            saves,
        } = other;
        self.counted += counted;
        self.start += start;
        self.finish += finish;
        self.plan_start += plan_start;
        self.plan_finish += plan_finish;
        self.squares += squares;
        self.critical += critical;
        self.start_critical += start_critical;
        self.finish_critical += finish_critical;
        self.near += near;
        self.saves += saves;
    }

    fn is_possible(&self, iterations: u64) -> bool {
        let Self {
            counted,
            start,
            finish,
            plan_start,
            plan_finish,
            squares,
            critical,
            start_critical,
            finish_critical,
            near,
            saves,
        } = *self;
        // A calendar with little work reaches far in one that works round the clock.
        let is_plan_sum = |sum: i64| is_sum(sum / 64, iterations);
        [start, finish, squares, saves].iter().all(|&sum| is_sum(sum, iterations))
            && is_plan_sum(plan_start)
            && is_plan_sum(plan_finish)
            && [counted, critical, start_critical, finish_critical, near]
                .iter()
                .all(|&n| u64::from(n) <= iterations)
    }
}

/// One run in which a second saved is a second saved.
pub(super) const SAVES_ONE: i64 = 1 << 16;

/// What is counted of one variable: Σ draw × finish's place, Σ draw × cost's place, Σ draw; where the plan may
/// fail, Σ draw and Σ draw² over the runs that are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct VariableSums {
    pub(super) finish: i64,
    pub(super) cost: i64,
    pub(super) draw: i64,
    pub(super) arrived: i64,
    pub(super) arrived_squares: i64,
}

impl Sums for VariableSums {
    fn add(&mut self, other: &Self) {
        let Self { finish, cost, draw, arrived, arrived_squares } = other;
        self.finish += finish;
        self.cost += cost;
        self.draw += draw;
        self.arrived += arrived;
        self.arrived_squares += arrived_squares;
    }

    fn is_possible(&self, iterations: u64) -> bool {
        let Self { finish, cost, draw, arrived, arrived_squares } = *self;
        [finish, cost, draw, arrived, arrived_squares].iter().all(|&sum| is_sum(sum, iterations))
    }
}

/// What one thread has counted.
pub(super) struct Tally {
    pub(super) visits: Vec<VisitSums>,
    pub(super) variables: Vec<VariableSums>,
    pub(super) near: u64,
    /// Runs that are delivered.
    pub(super) delivered: u64,
    pub(super) capped: u64,
    pub(super) bins: Bins,
    /// Kept only so that looking at bins is not optimised away.
    warmed: u32,
}

impl Tally {
    pub(super) fn new(scales: Arc<[Scale]>, variables: usize, iterations: u64) -> Self {
        Self {
            visits: vec![VisitSums::default(); scales.len()],
            variables: vec![VariableSums::default(); variables],
            near: 0,
            delivered: 0,
            capped: 0,
            bins: Bins::new(scales, iterations),
            warmed: 0,
        }
    }

    /// Counts nothing.
    pub(super) fn none() -> Self {
        Self::new(Arc::default(), 0, 0)
    }

    /// Looks at a visit's bins, so that they come into cache while its draws are made.
    #[inline(always)]
    pub(super) fn warm(&mut self, position: usize) {
        self.warmed ^= self.bins.look(position);
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
        sums.counted += B as u32;
        sums.start += sum(start);
        sums.finish += sum(finish);
        if tallied {
            self.bin_row(position, finish, B);
        }
    }

    /// Adds the dates of one visit that runs in another calendar than the plan, as positions of the plan's.
    #[inline(never)]
    pub(super) fn on_plan_calendar(
        &mut self,
        position: usize,
        (own, plan): (&Timeline, &Timeline),
        starts: &[i32],
        finishes: &[i32],
    ) {
        let sums = &mut self.visits[position];
        for (&start, &finish) in starts.iter().zip(finishes) {
            sums.plan_start += plan.position_of_wall(own.wall_of_start(i64::from(start)));
            sums.plan_finish += plan.position_of_wall(own.wall_of_finish(i64::from(finish)));
        }
    }

    /// Counts a row that is only begun: the rest of it is set to what counts nothing.
    #[inline(always)]
    fn part_of_row<const B: usize>(
        &mut self,
        position: usize,
        tallied: bool,
        start: &[i32; B],
        finish: &[i32; B],
        count: usize,
    ) {
        let base = self.bins.scales[position].base;
        let (mut starts, mut finishes) = ([0; B], [base; B]);
        starts[..count].copy_from_slice(&start[..count]);
        finishes[..count].copy_from_slice(&finish[..count]);
        let sums = &mut self.visits[position];
        sums.counted += count as u32;
        sums.start += sum(&starts);
        sums.finish += sum(&finishes) - i64::from(base) * (B - count) as i64;
        if tallied {
            self.bin_row(position, &finishes, count);
        }
    }

    /// Puts a row into its bins, part by part.
    #[inline(always)]
    fn bin_row<const B: usize>(&mut self, position: usize, finish: &[i32; B], count: usize) {
        for (part, finish) in finish.as_chunks::<PART>().0.iter().enumerate() {
            let count = count.saturating_sub(part * PART).min(PART);
            if !self.bin_part(position, finish, count) {
                self.bin_some(position, &finish[..count]);
            }
        }
    }

    /// Puts the first `count` of a part of a row into their bins, unless there is an outlier in the part; what
    /// comes after them counts nothing.
    #[inline(always)]
    fn bin_part(&mut self, position: usize, finish: &[i32; PART], count: usize) -> bool {
        let scale = self.bins.scales[position];
        let mut bins = [0_u32; PART];
        let (mut beyond, mut squares) = (0, 0_u32);
        let (bin_shift, step_shift) = (scale.bin_shift(), scale.step_shift());
        for i in 0..PART {
            let above = (finish[i] - scale.base) as u32;
            bins[i] = above >> bin_shift;
            beyond |= bins[i];
            // Inside the bins all steps are below this anyway; said here, the compiler multiplies 16 bits.
            let step = (above >> step_shift) & ((1 << STEP_BITS) - 1);
            squares += step * step;
        }
        if beyond as usize >= BINS {
            return false;
        }
        self.visits[position].squares += i64::from(squares);
        self.bins.add(position, &bins[..count]);
        true
    }

    #[inline(never)]
    fn bin_some(&mut self, position: usize, finish: &[i32]) {
        let scale = self.bins.scales[position];
        for &finish in finish {
            let above = (finish - scale.base) as u32;
            let bin = above >> scale.bin_shift();
            if (bin as usize) < BINS {
                let step = i64::from(above >> scale.step_shift());
                self.visits[position].squares += step * step;
                self.bins.add(position, &[bin]);
            } else {
                self.bins.outliers.push((position as u32, finish));
            }
        }
    }

    /// Adds what another thread has counted.
    fn add(&mut self, other: Self) {
        let Self { visits, variables, near, delivered, capped, bins, warmed: _ } = other;
        add_each(&mut self.visits, &visits);
        add_each(&mut self.variables, &variables);
        self.near += near;
        self.delivered += delivered;
        self.capped += capped;
        self.bins.merge(bins);
    }

    /// Joins what all threads have counted; no order matters.
    pub(super) fn join(all: impl IntoIterator<Item = Self>) -> Self {
        let mut all = all.into_iter();
        let mut joined = all.next().unwrap_or_else(Self::none);
        all.for_each(|other| joined.add(other));
        joined.bins.sort();
        joined
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
