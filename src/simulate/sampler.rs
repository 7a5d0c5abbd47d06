//! From uniform draws to values: one table per unit shape, then a place and a width per variable.
//!
//! A value is always `location + scale × unit value`, computed in `f32`; ten thousand estimates
//! of one shape share a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::stats::{Distribution, UnitShape, UnitTable};

use super::tables::Tables;

/// A uniform draw as it is kept for the sensitivity: centred, 13 bits.
const KEPT_BITS: u32 = 13;
const KEPT_SHIFT: u32 = 32 - KEPT_BITS;
pub(super) const KEPT_HALF: i32 = 1 << (KEPT_BITS - 1);

/// How one variable's draws become values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sampler {
    table: u32,
    location: f32,
    scale: f32,
}

/// The tables of all variables.
pub(super) struct Samplers {
    tables: Vec<Arc<UnitTable>>,
    /// By table: the variance of a kept draw.
    kept_variances: Vec<f64>,
}

impl Samplers {
    /// A sampler for each distribution; equal shapes share their tables.
    pub(super) fn of<'d>(
        distributions: impl Iterator<Item = &'d Distribution>,
        known_tables: &Tables,
    ) -> (Self, Vec<Sampler>) {
        let mut known: BTreeMap<&UnitShape, u32> = BTreeMap::new();
        let each = distributions
            .map(|distribution| {
                let unit = distribution.unit();
                let next = known.len() as u32;
                let table = *known.entry(&unit.shape).or_insert(next);
                Sampler { table, location: unit.location as f32, scale: unit.scale as f32 }
            })
            .collect();
        let mut shapes: Vec<(u32, &UnitShape)> =
            known.into_iter().map(|(shape, table)| (table, shape)).collect();
        shapes.sort_unstable_by_key(|(table, _)| *table);
        let tables = known_tables.of(&shapes.iter().map(|(_, shape)| *shape).collect::<Vec<_>>());
        let kept_variances =
            tables.iter().zip(&shapes).map(|(table, (_, shape))| kept_variance(table, shape)).collect();
        (Self { tables, kept_variances }, each)
    }

    /// Draws a row of values.
    #[inline(always)]
    pub(super) fn draw<const B: usize>(&self, sampler: &Sampler, draws: &[u32; B], values: &mut [f32; B]) {
        self.tables[sampler.table as usize].fill(draws, values);
        let Sampler { location, scale, .. } = *sampler;
        for value in values {
            *value = location + scale * *value;
        }
    }

    /// Keeps the draws for the sensitivity: centred, and for separate values the middle of the
    /// value's probability interval.
    #[inline(always)]
    pub(super) fn keep<const B: usize>(&self, sampler: &Sampler, draws: &[u32; B], kept: &mut [i16; B]) {
        if let UnitTable::Steps(steps) = &*self.tables[sampler.table as usize] {
            let mut middles = [0; B];
            steps.fill_middles(draws, &mut middles);
            keep_draws(&middles, kept);
        } else {
            keep_draws(draws, kept);
        }
    }

    /// The variance of a kept draw.
    pub(super) fn kept_variance(&self, sampler: &Sampler) -> f64 {
        self.kept_variances[sampler.table as usize]
    }

    /// The value of one draw.
    pub(super) fn value(&self, sampler: &Sampler, draw: u32) -> f32 {
        sampler.location + sampler.scale * self.tables[sampler.table as usize].lookup(draw)
    }
}

/// A draw as it is kept.
#[inline(always)]
fn kept_draw(draw: u32) -> i16 {
    ((draw >> KEPT_SHIFT) as i32 - KEPT_HALF) as i16
}

/// A row of draws as they are kept.
#[inline(always)]
pub(super) fn keep_draws<const B: usize>(draws: &[u32; B], kept: &mut [i16; B]) {
    for i in 0..B {
        kept[i] = kept_draw(draws[i]);
    }
}

/// The variance of a kept draw: of 2^13 equal values, or of the middles of the atoms.
fn kept_variance(table: &UnitTable, shape: &UnitShape) -> f64 {
    let (UnitTable::Steps(steps), UnitShape::Atoms(atoms)) = (table, shape) else {
        let values = f64::from(1_u32 << KEPT_BITS);
        return (values * values - 1.0) / 12.0;
    };
    let (mut before, mut mean, mut square) = (0.0, 0.0, 0.0);
    for atom in atoms.iter() {
        let end = atom.cumulative.value();
        let draw = ((before + end) / 2.0 * 4_294_967_296.0) as u32;
        let kept = f64::from(kept_draw(steps.middle(draw)));
        mean += (end - before) * kept;
        square += (end - before) * kept * kept;
        before = end;
    }
    square - mean * mean
}
