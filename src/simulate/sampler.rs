//! From uniform draws to values: one kernel per kind of distribution, each on a whole row.
//!
//! A value is always `location + scale × unit value`, computed in `f32`; the unit value is read
//! from the table of its unit shape, so that ten thousand estimates of one shape share a table.

use std::collections::BTreeMap;

use crate::stats::{Distribution, Level, UnitShape};

/// Cells of a table: an interpolation from the value at the cell's outer end.
pub(super) type Cells = [[f32; 2]; CELLS];

const CELLS: usize = 2048;

/// A uniform draw as it is kept for the sensitivity: centred, 13 bits.
pub(super) const KEPT_BITS: u32 = 13;
const KEPT_SHIFT: u32 = 32 - KEPT_BITS;
const KEPT_HALF: i32 = 1 << (KEPT_BITS - 1);

/// How one variable's draws become values.
#[derive(Clone, Debug)]
pub(super) enum Sampler {
    /// Always this.
    Fixed(f64),
    /// By this table.
    Table { table: u32, location: f32, scale: f32 },
    /// By the closed form of the triangle on 0..=1 with this tip.
    Triangular { mode: f32, location: f32, scale: f32 },
    /// Uniform.
    Uniform { location: f32, scale: f32 },
    /// Separate values.
    Steps(u32),
}

/// Separate values.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// A draw below `bounds[i]` and no earlier bound gives `values[i]`; the last value has none.
    bounds: Vec<u32>,
    values: Vec<f32>,
    /// The middle of each value's probability interval, as kept for the sensitivity.
    middles: Vec<i16>,
}

/// The tables of all variables.
#[derive(Default)]
pub(super) struct Samplers {
    tables: Vec<Box<Cells>>,
    steps: Vec<Steps>,
}

impl Samplers {
    /// A sampler for each distribution; equal shapes share their tables.
    pub(super) fn of<'d>(distributions: impl Iterator<Item = &'d Distribution>) -> (Self, Vec<Sampler>) {
        let mut all = Self::default();
        let mut known: BTreeMap<&UnitShape, u32> = BTreeMap::new();
        let each = distributions
            .map(|distribution| {
                let unit = distribution.unit();
                let (location, scale) = (unit.location as f32, unit.scale as f32);
                match &unit.shape {
                    UnitShape::Fixed => Sampler::Fixed(unit.location),
                    UnitShape::Uniform => Sampler::Uniform { location, scale },
                    UnitShape::Triangular { mode } => {
                        Sampler::Triangular { mode: mode.value() as f32, location, scale }
                    }
                    UnitShape::Atoms(atoms) => {
                        let levels = atoms.iter().map(|atom| {
                            (unit.location + unit.scale * atom.value.value(), atom.cumulative.value())
                        });
                        all.steps.push(Steps::new(levels));
                        Sampler::Steps(all.steps.len() as u32 - 1)
                    }
                    shape => {
                        let table = *known.entry(shape).or_insert_with(|| {
                            all.tables.push(cells(shape));
                            all.tables.len() as u32 - 1
                        });
                        Sampler::Table { table, location, scale }
                    }
                }
            })
            .collect();
        (all, each)
    }

    /// Draws a row of values.
    #[inline(always)]
    pub(super) fn draw<const B: usize>(&self, sampler: &Sampler, draws: &[u32; B], values: &mut [f32; B]) {
        match sampler {
            Sampler::Fixed(value) => *values = [*value as f32; B],
            Sampler::Table { table, location, scale } => {
                from_table(&self.tables[*table as usize], *location, *scale, draws, values);
            }
            Sampler::Triangular { mode, location, scale } => {
                triangular(*mode, *location, *scale, draws, values)
            }
            Sampler::Uniform { location, scale } => {
                for i in 0..B {
                    values[i] = location + scale * share(draws[i]);
                }
            }
            Sampler::Steps(steps) => self.steps[*steps as usize].draw(draws, values),
        }
    }

    /// Keeps the draws for the sensitivity: centred, and for separate values the middle of the
    /// value's probability interval.
    #[inline(always)]
    pub(super) fn keep<const B: usize>(&self, sampler: &Sampler, draws: &[u32; B], kept: &mut [i16; B]) {
        if let Sampler::Steps(steps) = sampler {
            let steps = &self.steps[*steps as usize];
            for i in 0..B {
                kept[i] = steps.middles[steps.index(draws[i])];
            }
        } else {
            for i in 0..B {
                kept[i] = ((draws[i] >> KEPT_SHIFT) as i32 - KEPT_HALF) as i16;
            }
        }
    }

    /// The variance of a kept draw.
    pub(super) fn kept_variance(&self, sampler: &Sampler) -> f64 {
        match sampler {
            Sampler::Fixed(_) => 0.0,
            Sampler::Steps(steps) => self.steps[*steps as usize].kept_variance(),
            _ => {
                let values = f64::from(1_u32 << KEPT_BITS);
                (values * values - 1.0) / 12.0
            }
        }
    }

    /// The highest value a sampler can give.
    pub(super) fn highest(&self, sampler: &Sampler) -> f64 {
        let mut values = [0.0; 64];
        self.draw(sampler, &[u32::MAX; 64], &mut values);
        f64::from(values[0])
    }
}

impl Steps {
    /// From values with the probability of each or a smaller one.
    fn new(levels: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut steps = Self { bounds: Vec::new(), values: Vec::new(), middles: Vec::new() };
        let mut before = 0.0;
        for (value, cumulative) in levels {
            steps.values.push(value as f32);
            steps.bounds.push((cumulative * 4_294_967_296.0).round().min(4_294_967_295.0) as u32);
            let middle = (before + cumulative) / 2.0 * f64::from(1 << KEPT_BITS) - f64::from(KEPT_HALF);
            steps.middles.push(middle.floor().clamp(f64::from(-KEPT_HALF), f64::from(KEPT_HALF - 1)) as i16);
            before = cumulative;
        }
        steps.bounds.pop();
        steps
    }

    #[inline(always)]
    fn index(&self, draw: u32) -> usize {
        self.bounds.partition_point(|bound| *bound <= draw)
    }

    #[inline(always)]
    fn draw<const B: usize>(&self, draws: &[u32; B], values: &mut [f32; B]) {
        const FEW: usize = 16;
        if self.values.len() > FEW {
            for i in 0..B {
                values[i] = self.values[self.index(draws[i])];
            }
            return;
        }
        *values = [self.values[0]; B];
        for (bound, value) in self.bounds.iter().zip(&self.values[1..]) {
            for i in 0..B {
                values[i] = if draws[i] >= *bound { *value } else { values[i] };
            }
        }
    }

    fn kept_variance(&self) -> f64 {
        let ends = self.bounds.iter().map(|bound| f64::from(*bound) / 4_294_967_296.0).chain([1.0]);
        let mut before = 0.0;
        let (mut mean, mut square) = (0.0, 0.0);
        for (end, middle) in ends.zip(&self.middles) {
            mean += (end - before) * f64::from(*middle);
            square += (end - before) * f64::from(*middle) * f64::from(*middle);
            before = end;
        }
        square - mean * mean
    }
}

/// The draw as a number between 0 and 1, both excluded.
#[inline(always)]
fn share(draw: u32) -> f32 {
    const STEP: f32 = 1.0 / 2_147_483_648.0;
    // Signed, because that is what vector units convert.
    ((draw >> 1) as i32 as f32 + 0.5) * STEP
}

/// The triangle's quantile, `√(u m)` below the tip and `1 − √((1 − u)(1 − m))` above.
#[inline(always)]
fn triangular<const B: usize>(mode: f32, location: f32, scale: f32, draws: &[u32; B], values: &mut [f32; B]) {
    for i in 0..B {
        let below = share(draws[i]);
        let above = share(!draws[i]);
        let rising = (below * mode).sqrt();
        let falling = 1.0 - (above * (1.0 - mode)).sqrt();
        values[i] = location + scale * if below < mode { rising } else { falling };
    }
}

/// Interpolates in a table folded at the median and spaced geometrically towards both tails.
///
/// The upper half of the draws is mirrored; the remaining 31 bits become a float, whose exponent
/// and top five fraction bits are the cell's number and whose other bits the place in the cell.
#[inline(always)]
fn from_table<const B: usize>(
    cells: &Cells,
    location: f32,
    scale: f32,
    draws: &[u32; B],
    values: &mut [f32; B],
) {
    let mut place = [0_u32; B];
    let mut within = [0_f32; B];
    for i in 0..B {
        let side = (draws[i] as i32 >> 31) as u32;
        let folded = ((draws[i] ^ side) | 1) as i32 as f32;
        let bits = folded.to_bits();
        place[i] = ((bits >> 18).wrapping_sub(127 << 5) & 1023) | (side & 1024);
        within[i] = f32::from_bits((bits & 0x3_ffff) << 5 | 0x3f80_0000) - 1.0;
    }
    for i in 0..B {
        let [value, slope] = cells[place[i] as usize & (CELLS - 1)];
        values[i] = location + scale * (value + within[i] * slope);
    }
}

/// The table of a unit shape.
fn cells(shape: &UnitShape) -> Box<Cells> {
    let law = shape.law();
    let mut cells = Box::new([[0.0; 2]; CELLS]);
    for side in 0..2 {
        // From the median outwards, each knot found near the last.
        let mut last: Option<f64> = None;
        for cell in (0..992).rev() {
            let mut knot = |cell: usize| {
                let tail = f64::from(f32::from_bits(((cell + (127 << 5)) << 18) as u32)) / 4_294_967_296.0;
                let level = if side == 0 { Level::with_below(tail) } else { Level::with_above(tail) };
                let value = law.quantile_near(level.inside(), last);
                last = Some(value);
                value
            };
            let outer_end = knot(cell + 1);
            let value = knot(cell);
            cells[side * 1024 + cell] = [value as f32, (outer_end - value) as f32];
        }
    }
    cells
}
