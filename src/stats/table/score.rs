//! Quantile functions over the standard normal score, for correlated draws.
//!
//! Correlated variables are mixed as standard normal scores z; the value is then quantile(Φ(z)).
//! Tabulated over z it needs no normal distribution function, and it is close to straight: the
//! normal exactly, the others nearly so.

use super::build::{Knot, coefficients, is_costly, on_cubic};
use super::{Line, StepTable, fill_by_cells, on_line};
use crate::stats::Level;
use crate::stats::law::Law;
use crate::stats::special::{normal_cdf, normal_density};
use crate::stats::unit::UnitShape;

/// Scores beyond this size count as this: that happens once in six billion draws.
pub const SCORE_LIMIT: f32 = 6.4;

const CELLS: usize = 1024;
const CELLS_PER_UNIT: f32 = 80.0;

/// The value of a unit shape as a function of the standard normal score.
#[derive(Clone, Debug, PartialEq)]
pub enum ScoreTable {
    /// Always zero.
    Zero,
    /// The score itself.
    Normal,
    /// 1,024 straight lines over ±6.4: value at the beginning of a cell and difference to its end.
    Lines(Box<[Line; CELLS]>),
    /// Separate values.
    Steps(StepTable),
}

impl ScoreTable {
    /// The table of a unit shape.
    pub fn build(shape: &UnitShape) -> Self {
        match shape {
            UnitShape::Fixed => Self::Zero,
            UnitShape::Normal => Self::Normal,
            UnitShape::Atoms(atoms) => Self::Steps(StepTable::of(atoms)),
            _ => Self::Lines(lines(&shape.law())),
        }
    }

    /// The unit value of one score.
    #[inline(always)]
    pub fn lookup(&self, score: f32) -> f32 {
        match self {
            Self::Zero => 0.0,
            Self::Normal => score,
            Self::Lines(cells) => {
                let (cell, at) = place(score);
                on_line(cells[cell as usize & (CELLS - 1)], at)
            }
            Self::Steps(steps) => steps.lookup_score(score),
        }
    }

    /// The unit values of a block of scores. Always inlined, as [`super::UnitTable::fill`].
    #[inline(always)]
    pub fn fill<const B: usize>(&self, scores: &[f32; B], out: &mut [f32; B]) {
        match self {
            Self::Zero => *out = [0.0; B],
            Self::Normal => *out = *scores,
            Self::Lines(cells) => fill_by_cells(cells, scores, out, place, on_line),
            Self::Steps(steps) => steps.fill_scores(scores, out),
        }
    }
}

/// The cell of a score, and the position in it; bits above the cell's number are to be masked off.
#[inline(always)]
fn place(score: f32) -> (u32, f32) {
    // A number this large has no room for a fraction: adding it rounds to a whole number that then
    // stands in the lowest bits. That is quicker than a checked conversion and never leaves the table.
    const ROUNDER: f32 = 12_582_912.0;
    let position = ((score + SCORE_LIMIT) * CELLS_PER_UNIT).clamp(0.0, CELLS as f32 - 0.001);
    let whole = (position - 0.5) + ROUNDER;
    (whole.to_bits(), position - (whole - ROUNDER))
}

fn lines(law: &Law) -> Box<[Line; CELLS]> {
    let values = if is_costly(law) { filled(law) } else { values(law, 1) };
    let (lowest, highest) = (law.lowest(), law.highest());
    let fair: Vec<f32> = (0..=CELLS)
        .map(|knot| {
            let (before, here, after) =
                (values[knot.max(1) - 1], values[knot], values[(knot + 1).min(CELLS)]);
            // A chord lies off its curve by a twelfth of the second difference on average.
            let bend = if knot == 0 || knot == CELLS { 0.0 } else { before - 2.0 * here + after };
            (here - bend / 12.0).clamp(lowest, highest) as f32
        })
        .collect();
    let cells: Vec<Line> = fair.windows(2).map(|pair| [pair[0], pair[1] - pair[0]]).collect();
    cells.into_boxed_slice().try_into().expect("there is a cell between any two of 1,025 knots")
}

/// The standard normal score of a knot.
fn score_of(knot: usize) -> f64 {
    (knot as f64 - CELLS as f64 / 2.0) / f64::from(CELLS_PER_UNIT)
}

/// The values at every `stride`-th knot, computed from the median outwards: each is a good start
/// for the next.
fn values(law: &Law, stride: usize) -> Vec<f64> {
    let middle = CELLS / 2 / stride;
    let mut values = vec![0.0; 2 * middle + 1];
    for side in [-1isize, 1] {
        let mut near = None;
        for step in 0..=middle {
            let knot = middle.wrapping_add_signed(side * step as isize);
            let value = law.quantile_near(level_of(score_of(knot * stride)), near);
            near = (value > law.lowest() && value < law.highest()).then_some(value);
            values[knot] = value;
        }
    }
    values
}

fn level_of(score: f64) -> Level {
    Level { below: normal_cdf(score), above: normal_cdf(-score) }
}

/// The values at every knot of a costly quantile: every eighth is computed, cubics fill in the rest.
fn filled(law: &Law) -> Vec<f64> {
    const STRIDE: usize = 8;
    let exact = values(law, STRIDE);
    let knots: Vec<Knot> = exact
        .iter()
        .enumerate()
        .map(|(at, &value)| {
            let score = score_of(at * STRIDE);
            let slope = law.slope(level_of(score), value) * normal_density(score);
            Knot { value, slope }
        })
        .collect();
    let width = STRIDE as f64 / f64::from(CELLS_PER_UNIT);
    let mut values = Vec::with_capacity(CELLS + 1);
    for pair in knots.windows(2) {
        let cubic = coefficients(pair[0], pair[1], width);
        values.extend((0..STRIDE).map(|part| on_cubic(cubic, part as f64 / STRIDE as f64)));
    }
    values.extend(exact.last());
    values
}
