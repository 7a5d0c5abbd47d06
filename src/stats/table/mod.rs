//! Quantile functions as small tables, for a million draws a millisecond.
//!
//! A draw is 32 random bits `u`, read as the probability **p = (⌊u/2⌋ + ½) / 2³¹**: the middles of
//! 2³¹ equal cells of 0..1, so that both ends are treated alike and neither is reached. The table
//! is folded in the middle and its cells grow in proportion to their distance from the nearer end:
//! with m = 2³² min(p, 1 - p), the exponent of m and the top bits of its fraction, as they stand in
//! the floating-point number, are the number of the cell, and the other bits are the position in it.
//! The tails are thus resolved down to 2⁻³², where an equidistant table is off by many standard
//! deviations.
//!
//! | cells | per octave | size | largest error to p = 2⁻¹⁵, in sd: PERT, lognormal (σ = 1) |
//! |---|---|---|---|
//! | cubics | 4 | 4 KiB | 2e-5, 4e-4 |
//! | lines, for shapes with a kink | 32 | 16 KiB | 8e-5, 3e-4 |
//!
//! Which cells a shape has depends on the shape alone. Lines for all would be a quarter of a
//! nanosecond quicker per draw while a plan has few shapes, but a plan with a thousand different
//! estimates would need 16 MiB of them, be slower by more than a nanosecond, and take twice as long to begin.
//!
//! The knots of a table are stretched and moved, by some 1e-5, so that its mean and standard deviation
//! are the exact ones; truncated shapes, whose moments have no formula, are off by 5e-5 sd at most.
//! Separate values are not interpolated: each is drawn exactly with its probability, to 2⁻³².
//!
//! Tables are built from `libm` functions and looked up with additions and multiplications only (and
//! a square root for the triangle, exact by IEEE 754), so they hold and return the same bits on every
//! machine.

mod build;
mod fold;
mod score;
mod steps;

pub use score::{SCORE_LIMIT, ScoreTable};
pub use steps::StepTable;

use crate::stats::unit::UnitShape;
use fold::{fold, probability};

/// Cells per octave of a linear table, as a power of two.
const LINEAR_BITS: u32 = 5;
/// Cells per octave of a cubic table, as a power of two.
const CUBIC_BITS: u32 = 2;
/// Both sides have 32 octaves (the last one holds the median only).
const LINEAR_CELLS: usize = 64 << LINEAR_BITS;
const CUBIC_CELLS: usize = 64 << CUBIC_BITS;

/// Value at the beginning of a cell and the difference to its end.
type Line = [f32; 2];
/// Coefficients of a cell's cubic, constant first.
type Cubic = [f32; 4];

/// The quantile function of a unit shape, ready for drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum UnitTable {
    /// Always zero.
    Zero,
    /// The probability itself.
    Uniform,
    /// The triangle on 0..=1, by its formula.
    Triangular {
        /// Where the tip is.
        mode: f32,
    },
    /// Straight lines between knots.
    Linear(Box<[Line; LINEAR_CELLS]>),
    /// Cubics between knots.
    Cubic(Box<[Cubic; CUBIC_CELLS]>),
    /// Separate values.
    Steps(StepTable),
}

impl UnitTable {
    /// The table of a unit shape: cubics, and lines where the quantile has a kink. The shape alone
    /// decides, so that no other milestone of a plan can change this one's draws.
    pub fn build(shape: &UnitShape) -> Self {
        match shape {
            UnitShape::Fixed => Self::Zero,
            UnitShape::Uniform => Self::Uniform,
            UnitShape::Triangular { mode } => Self::Triangular { mode: mode.value() as f32 },
            UnitShape::Atoms(atoms) => Self::Steps(StepTable::of(atoms)),
            _ => {
                let law = shape.law();
                if law.kink().is_some() {
                    Self::Linear(build::linear(&law))
                } else {
                    Self::Cubic(build::cubic(&law))
                }
            }
        }
    }

    /// The unit value of one draw.
    #[inline(always)]
    pub fn lookup(&self, u: u32) -> f32 {
        match self {
            Self::Zero => 0.0,
            Self::Uniform => probability(u).0,
            Self::Triangular { mode } => triangular(u, *mode),
            Self::Linear(cells) => {
                let (cell, at) = fold::<LINEAR_BITS>(u);
                on_line(cells[cell as usize & (LINEAR_CELLS - 1)], at)
            }
            Self::Cubic(cells) => {
                let (cell, at) = fold::<CUBIC_BITS>(u);
                on_cubic(cells[cell as usize & (CUBIC_CELLS - 1)], at)
            }
            Self::Steps(steps) => steps.lookup(u),
        }
    }

    /// The unit values of a block of draws.
    ///
    /// Always inlined, so that the caller's instruction set (and its block size) is used.
    #[inline(always)]
    pub fn fill<const B: usize>(&self, u: &[u32; B], out: &mut [f32; B]) {
        match self {
            Self::Zero => *out = [0.0; B],
            Self::Uniform => each(u, out, |u| probability(u).0),
            Self::Triangular { mode } => {
                let mode = *mode;
                each(u, out, |u| triangular(u, mode));
            }
            Self::Linear(cells) => fill_by_cells(cells, u, out, fold::<LINEAR_BITS>, on_line),
            Self::Cubic(cells) => fill_by_cells(cells, u, out, fold::<CUBIC_BITS>, on_cubic),
            Self::Steps(steps) => steps.fill(u, out),
        }
    }

    /// Bytes that a draw may touch.
    pub fn size(&self) -> usize {
        match self {
            Self::Zero | Self::Uniform | Self::Triangular { .. } => 0,
            Self::Linear(cells) => size_of_val(&**cells),
            Self::Cubic(cells) => size_of_val(&**cells),
            Self::Steps(steps) => steps.size(),
        }
    }
}

#[inline(always)]
fn each<const B: usize>(u: &[u32; B], out: &mut [f32; B], value: impl Fn(u32) -> f32) {
    for (out, &u) in out.iter_mut().zip(u) {
        *out = value(u);
    }
}

#[inline(always)]
fn on_line([value, difference]: Line, at: f32) -> f32 {
    value + at * difference
}

#[inline(always)]
fn on_cubic([constant, first, second, third]: Cubic, at: f32) -> f32 {
    constant + at * (first + at * (second + at * third))
}

/// So many values are looked up at a time: what lies between the loops stays in cache.
const PART: usize = 32;

/// Looks up a block of values, in three loops over parts of it: the cells and the positions in them,
/// loads, values. The vector unit does the first and the last; its gathers are slower than the loads one by one.
#[inline(always)]
fn fill_by_cells<I: Copy, C: Copy + Default, const CELLS: usize, const B: usize>(
    cells: &[C; CELLS],
    input: &[I; B],
    out: &mut [f32; B],
    place: impl Fn(I) -> (u32, f32),
    value: impl Fn(C, f32) -> f32,
) {
    let (mut which, mut at) = ([0_u32; PART], [0.0_f32; PART]);
    let mut found = [C::default(); PART];
    for (input, out) in input.as_chunks::<PART>().0.iter().zip(out.as_chunks_mut::<PART>().0) {
        for i in 0..PART {
            (which[i], at[i]) = place(input[i]);
        }
        load(cells, &which, &mut found);
        for i in 0..PART {
            out[i] = value(found[i], at[i]);
        }
    }
}

/// Loads cells one by one: kept apart, so that no caller's vector unit makes gathers of them. Bits above
/// a cell's number are masked off.
#[inline(never)]
fn load<C: Copy, const CELLS: usize>(cells: &[C; CELLS], which: &[u32; PART], found: &mut [C; PART]) {
    const { assert!(CELLS.is_power_of_two(), "cells are numbered by bits") }
    for (found, &cell) in found.iter_mut().zip(which) {
        *found = cells[cell as usize & (CELLS - 1)];
    }
}

/// The triangle's quantile: a square root counted from the nearer end.
#[inline(always)]
fn triangular(u: u32, mode: f32) -> f32 {
    let (below, above) = probability(u);
    let rising = (below * mode).sqrt();
    let falling = 1.0 - (above * (1.0 - mode)).sqrt();
    if below < mode { rising } else { falling }
}

#[cfg(test)]
mod tests;
