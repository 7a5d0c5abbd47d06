//! One block of iterations, from draws to counts, for the processor at hand.
//!
//! The loops are written once, without vector instructions by hand. On x86-64 they are compiled
//! twice, for any processor and for one with AVX2, and the choice is made when the program runs.
//! Both give the same bits: no step rounds differently, and no floating-point sum is reordered.

use super::forward::{Source, Workspace, forward};
use super::overheads::{Ends, overheads};
use super::pilot::Pilot;
use super::program::Program;
use super::rows::{CAP_I32, Mask, Row};
use super::samples::PlaceSums;
use super::settle::{count_rest, delivered, fail_together, settle};
use super::trace::{Marks, trace};

/// What the processor can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Processor {
    /// Anything.
    Plain,
    /// x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Processor {
    /// What this processor can do, or as if it were any.
    pub(super) fn detect(plain: bool) -> Self {
        #[cfg(target_arch = "x86_64")]
        if !plain && is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt") {
            return Self::Avx2;
        }
        let _ = plain;
        Self::Plain
    }
}

/// What counting a block needs besides its rows.
pub(super) struct Counting<'p> {
    pub(super) pilot: &'p Pilot,
    pub(super) marks: Marks,
    pub(super) places: PlaceSums,
}

/// Runs one block without counting: the pilot, the means, an observed run.
pub(super) fn run<const B: usize>(
    processor: Processor,
    program: &Program<'_>,
    work: &mut Workspace<B>,
    source: Source,
) {
    match processor {
        Processor::Plain => run_any::<B>(program, work, source),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Avx2` is only made where the processor was found to have these features.
        #[allow(unsafe_code, reason = "run-time dispatch: the caller's features differ from the callee's")]
        Processor::Avx2 => unsafe { run_avx2::<B>(program, work, source) },
    }
}

/// Runs one block and counts its first `count` iterations.
pub(super) fn run_and_count<const B: usize>(
    processor: Processor,
    program: &Program<'_>,
    work: &mut Workspace<B>,
    counting: &mut Counting<'_>,
    first: u64,
    count: usize,
) {
    match processor {
        Processor::Plain => count_any::<B>(program, work, counting, first, count),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Avx2` is only made where the processor was found to have these features.
        #[allow(unsafe_code, reason = "run-time dispatch: the caller's features differ from the callee's")]
        Processor::Avx2 => unsafe { count_avx2::<B>(program, work, counting, first, count) },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt")]
fn run_avx2<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>, source: Source) {
    run_any::<B>(program, work, source);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt")]
fn count_avx2<const B: usize>(
    program: &Program<'_>,
    work: &mut Workspace<B>,
    counting: &mut Counting<'_>,
    first: u64,
    count: usize,
) {
    count_any::<B>(program, work, counting, first, count);
}

#[inline(always)]
fn run_any<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>, source: Source) {
    forward::<B, false>(program, work, source, B);
    close(program, work);
}

#[inline(always)]
fn count_any<const B: usize>(
    program: &Program<'_>,
    work: &mut Workspace<B>,
    counting: &mut Counting<'_>,
    first: u64,
    count: usize,
) {
    forward::<B, true>(program, work, Source::Streams(first), count);
    close(program, work);
    let delivered = delivered(program, work);
    let valid = Mask::first(count).and(delivered);
    count_rest(program, work, valid);
    let near = counting.pilot.near(&work.plan.0).and(valid);
    work.tally.near += u64::from(near.count());
    work.tally.delivered += u64::from(valid.count());
    if program.may_reach_cap {
        let capped = work.latest.0[..count].iter().filter(|&&latest| latest >= CAP_I32).count();
        work.tally.capped += capped as u64;
    }
    trace(program, work, &mut counting.marks, valid, near);
    correlate(program, work, counting, count, valid);
}

/// Overheads, and the plan's cost.
#[inline(always)]
fn close<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>) {
    if !program.alternatives.is_empty() {
        fail_together(program, work);
    }
    if program.can_fail {
        settle(program, work);
    }
    let Workspace { finishes, starts, values, exists, struck, failure, purses, plan, cost, .. } = work;
    if !(program.hammocks.is_empty() && program.surcharges.is_empty() && program.risk_costs.is_empty()) {
        let plan = &plan.0;
        overheads(program, &Ends { starts, finishes, plan, values, exists, struck, failure }, purses);
    }
    cost.0 = [0.0; B];
    for purse in &purses[..program.buckets] {
        for (cost, money) in cost.0.iter_mut().zip(purse.total()) {
            *cost += money;
        }
    }
}

/// Adds each variable's products with the places of finish and cost: of the finish over the runs in
/// `delivered`, of the cost over all.
#[inline(always)]
fn correlate<const B: usize>(
    program: &Program<'_>,
    work: &mut Workspace<B>,
    counting: &mut Counting<'_>,
    count: usize,
    delivered: Mask,
) {
    let (mut finishes, costs) = counting.pilot.places(&work.plan.0, &work.cost.0, count);
    let mut here = Row::<i16, B>::zero();
    here.0[..count].fill(1);
    let mut arrived = here.clone();
    if program.can_fail {
        for i in (0..B).filter(|&i| !delivered.holds(i)) {
            (finishes.0[i], arrived.0[i]) = (0, 0);
        }
    }
    let places = &mut counting.places;
    places.finish += dot(&finishes.0, &arrived.0);
    places.finish_squares += dot(&finishes.0, &finishes.0);
    places.cost += dot(&costs.0, &here.0);
    places.cost_squares += dot(&costs.0, &costs.0);
    for (draws, sums) in work.kept_draws.iter().zip(&mut work.tally.variables) {
        sums.finish += dot(&draws.0, &finishes.0);
        sums.cost += dot(&draws.0, &costs.0);
        sums.draw += dot(&draws.0, &here.0);
        if program.can_fail {
            sums.arrived += dot(&draws.0, &arrived.0);
            let kept = draws.0.iter().zip(&arrived.0);
            sums.arrived_squares +=
                kept.map(|(&draw, &one)| i64::from(one) * i64::from(draw).pow(2)).sum::<i64>();
        }
    }
}

/// A product of rows of 13 and 12 bits: over 256 iterations it fits 32.
#[inline(always)]
pub(super) fn dot<const B: usize>(one: &[i16; B], other: &[i16; B]) -> i64 {
    let mut sum = 0_i32;
    for i in 0..B {
        sum += i32::from(one[i]) * i32::from(other[i]);
    }
    i64::from(sum)
}
