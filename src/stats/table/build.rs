//! Building a folded table: few exact quantiles, marched from the median outwards, and the affine
//! correction that makes its mean and standard deviation exact.

use super::{CUBIC_BITS, CUBIC_CELLS, Cubic, LINEAR_BITS, LINEAR_CELLS, Line};
use crate::stats::Level;
use crate::stats::law::Law;

/// Cells per octave at which a costly quantile is really computed, as a power of two; cubics fill
/// in the knots between (their error is below 1e-5 standard deviations).
const COSTLY_BITS: u32 = 3;
const OCTAVES: u32 = 31;
/// Interpolation alone is off by less than this, in standard deviations; where more is missing, it
/// lies in a tail beyond 2⁻³², and stretching the rest would put it in the wrong place.
const LARGEST_CORRECTION: f64 = 5e-5;

/// A quantile with its slope in m (2³² times the probability of its tail), or in the score.
#[derive(Clone, Copy)]
pub(super) struct Knot {
    pub(super) value: f64,
    pub(super) slope: f64,
}

/// One half of a table: the knots from m = 1 to m = 2³¹, the median.
type Half = Vec<Knot>;

pub(super) fn linear(law: &Law) -> Box<[Line; LINEAR_CELLS]> {
    let halves = [false, true].map(|upper| {
        let knots = if is_costly(law) {
            refined(&half(law, upper, COSTLY_BITS), COSTLY_BITS, LINEAR_BITS)
        } else {
            half(law, upper, LINEAR_BITS)
        };
        knots.iter().map(|knot| knot.value).collect::<Vec<f64>>()
    });
    let place = correction(law, &halves, LINEAR_BITS, |from, to| {
        let difference = to - from;
        (from + difference / 2.0, from * from + from * difference + difference * difference / 3.0)
    });
    let mut cells = Vec::with_capacity(LINEAR_CELLS);
    for half in &halves {
        let values: Vec<f32> = half.iter().map(|&value| place.at(value) as f32).collect();
        cells.extend(values.windows(2).map(|pair| [pair[0], pair[1] - pair[0]]));
        let median = values[values.len() - 1];
        cells.extend(std::iter::repeat_n([median, 0.0], 1 << LINEAR_BITS));
    }
    boxed(cells)
}

pub(super) fn cubic(law: &Law) -> Box<[Cubic; CUBIC_CELLS]> {
    let halves = [false, true].map(|upper| {
        let knots = half(law, upper, CUBIC_BITS);
        (0..knots.len() - 1)
            .map(|at| coefficients(knots[at], knots[at + 1], width(at, CUBIC_BITS)))
            .chain([[knots[knots.len() - 1].value, 0.0, 0.0, 0.0]])
            .collect::<Vec<[f64; 4]>>()
    });
    let place = correction(law, &halves, CUBIC_BITS, |[c0, c1, c2, c3], _| {
        let first = c0 + c1 / 2.0 + c2 / 3.0 + c3 / 4.0;
        let second = c0 * c0
            + c0 * c1
            + (c1 * c1 + 2.0 * c0 * c2) / 3.0
            + (c0 * c3 + c1 * c2) / 2.0
            + (c2 * c2 + 2.0 * c1 * c3) / 5.0
            + c2 * c3 / 3.0
            + c3 * c3 / 7.0;
        (first, second)
    });
    let stretch = place.stretch;
    let mut cells = Vec::with_capacity(CUBIC_CELLS);
    for half in &halves {
        cells.extend(half.iter().map(|&[constant, first, second, third]| {
            [place.at(constant), stretch * first, stretch * second, stretch * third]
                .map(|number| number as f32)
        }));
        let median = place.at(half[half.len() - 1][0]) as f32;
        cells.extend(std::iter::repeat_n([median, 0.0, 0.0, 0.0], (1 << CUBIC_BITS) - 1));
    }
    boxed(cells)
}

fn boxed<T, const N: usize>(cells: Vec<T>) -> Box<[T; N]> {
    cells.into_boxed_slice().try_into().ok().expect("both halves have 32 octaves of cells")
}

/// Whether a quantile takes an iteration.
pub(super) fn is_costly(law: &Law) -> bool {
    matches!(law, Law::Beta(_) | Law::Gamma(_))
}

/// m at a knot.
fn place_of(knot: usize, bits: u32) -> f64 {
    let octave = knot >> bits;
    let within = (knot & ((1 << bits) - 1)) as f64 / f64::from(1u32 << bits);
    libm::ldexp(1.0 + within, octave as i32)
}

/// How much m grows from a knot to the next.
fn width(knot: usize, bits: u32) -> f64 {
    libm::ldexp(1.0, (knot >> bits) as i32 - bits as i32)
}

/// One half's knots, computed from the median outwards: each is a good start for the next.
fn half(law: &Law, upper: bool, bits: u32) -> Half {
    const WHOLE: f64 = 4_294_967_296.0;
    let count = ((OCTAVES << bits) + 1) as usize;
    let mut knots = Vec::with_capacity(count);
    let mut near: Option<f64> = None;
    for knot in (0..count).rev() {
        let m = place_of(knot, bits);
        let level = if upper { Level::with_above(m / WHOLE) } else { Level::with_below(m / WHOLE) };
        let value = law.quantile_near(level, near);
        let rate = law.slope(level, value) / WHOLE;
        let slope = if upper { -rate } else { rate };
        if knot > 0 {
            let expected = value - slope * width(knot - 1, bits);
            let inside = law.lowest() < expected && expected < law.highest();
            near = Some(if inside { expected } else { value });
        }
        knots.push(Knot { value, slope });
    }
    knots.reverse();
    knots
}

/// The same half with more cells, by cubics between the knots.
fn refined(knots: &Half, bits: u32, fine_bits: u32) -> Half {
    let parts = 1usize << (fine_bits - bits);
    let mut fine = Vec::with_capacity((knots.len() - 1) * parts + 1);
    for at in 0..knots.len() - 1 {
        let cubic = coefficients(knots[at], knots[at + 1], width(at, bits));
        for part in 0..parts {
            fine.push(Knot { value: on_cubic(cubic, part as f64 / parts as f64), slope: 0.0 });
        }
    }
    fine.extend(knots.last());
    fine
}

/// Hermite's cubic through two knots, its slopes limited so that it never turns (Fritsch and
/// Carlson 1980).
pub(super) fn coefficients(from: Knot, to: Knot, width: f64) -> [f64; 4] {
    let rise = to.value - from.value;
    let slope = |knot: Knot| {
        let slope = knot.slope * width;
        if !slope.is_finite() {
            rise
        } else if rise >= 0.0 {
            slope.clamp(0.0, 3.0 * rise)
        } else {
            slope.clamp(3.0 * rise, 0.0)
        }
    };
    let (start, end) = (slope(from), slope(to));
    [from.value, start, 3.0 * rise - 2.0 * start - end, start + end - 2.0 * rise]
}

/// The cubic's value at `t`, 0..1.
pub(super) fn on_cubic([constant, first, second, third]: [f64; 4], t: f64) -> f64 {
    constant + t * (first + t * (second + t * third))
}

/// The affine map that gives the table the exact mean and standard deviation, kept inside the
/// law's support; no map at all where the law's moments lie in tails that 32 bits cannot reach,
/// or take an integration. `moments(cell, next)` are the first two of a cell.
fn correction<T: Copy>(
    law: &Law,
    halves: &[Vec<T>; 2],
    bits: u32,
    moments: impl Fn(T, T) -> (f64, f64),
) -> Affine {
    let (mut weight, mut first, mut second) = (0.0, 0.0, 0.0);
    for half in halves {
        for at in 0..half.len() - 1 {
            let share = width(at, bits);
            let (one, two) = moments(half[at], half[at + 1]);
            weight += share;
            first += share * one;
            second += share * two;
        }
    }
    let mean = first / weight;
    let sd = libm::sqrt(second / weight - mean * mean);
    let mut map = Affine { from: 0.0, stretch: 1.0, onto: 0.0, lowest: law.lowest(), highest: law.highest() };
    if !matches!(law, Law::Truncated(_)) {
        let exact = law.moments();
        let ratio = exact.sd / sd;
        if (ratio - 1.0).abs() < LARGEST_CORRECTION && (exact.mean - mean).abs() < LARGEST_CORRECTION * sd {
            map = Affine { from: mean, stretch: ratio, onto: exact.mean, ..map };
        }
    }
    map
}

/// A small move and stretch of a table's values, which stay inside the law's support.
#[derive(Clone, Copy)]
struct Affine {
    from: f64,
    stretch: f64,
    onto: f64,
    lowest: f64,
    highest: f64,
}

impl Affine {
    fn at(&self, value: f64) -> f64 {
        (self.onto + self.stretch * (value - self.from)).clamp(self.lowest, self.highest)
    }
}
