//! Separate values, drawn exactly.

use crate::stats::Level;
use crate::stats::special::normal_quantile_at;
use crate::stats::unit::Atom;

/// Separate values with the draws at which each begins: value `i` has the draws from
/// `starts[i - 1]` up to but not including `starts[i]`.
///
/// Larger draws have larger values, so correlation and pairing work as for any other distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct StepTable {
    values: Vec<f32>,
    /// Where each value but the first begins, ascending.
    starts: Vec<u32>,
    /// The same as standard normal scores.
    start_scores: Vec<f32>,
    /// The first value that a draw with these leading bits can have.
    guide: Vec<u32>,
    /// By how much a draw is shifted to give its leading bits.
    guide_shift: u32,
}

/// Up to this many values, comparing a whole block with each start is quicker than searching.
const FEW: usize = 6;

impl StepTable {
    /// The table of these values.
    pub(super) fn of(atoms: &[Atom]) -> Self {
        let values: Vec<f32> = atoms.iter().map(|atom| atom.value.value() as f32).collect();
        let inner = &atoms[..atoms.len() - 1];
        let starts: Vec<u32> = inner.iter().map(|atom| start(atom.cumulative.value())).collect();
        let start_scores = inner
            .iter()
            .map(|atom| normal_quantile_at(Level::with_below(atom.cumulative.value())) as f32)
            .collect();
        let guide_bits = (values.len().next_power_of_two().trailing_zeros() + 1).clamp(1, 16);
        let guide_shift = 32 - guide_bits;
        let guide = (0..1u32 << guide_bits)
            .map(|bits| starts.partition_point(|&start| start <= bits << guide_shift) as u32)
            .collect();
        Self { values, starts, start_scores, guide, guide_shift }
    }

    /// Which of the values a draw has.
    #[inline]
    pub fn index(&self, u: u32) -> usize {
        let mut index = self.guide[(u >> self.guide_shift) as usize] as usize;
        while index < self.starts.len() && self.starts[index] <= u {
            index += 1;
        }
        index
    }

    /// The value of a draw.
    #[inline]
    pub fn lookup(&self, u: u32) -> f32 {
        self.values[self.index(u)]
    }

    /// The draw in the middle of those that have the same value: what stands for the draw where
    /// ties must not pretend to be ordered.
    pub fn middle(&self, u: u32) -> u32 {
        self.middle_of(self.index(u))
    }

    fn middle_of(&self, index: usize) -> u32 {
        let from = if index == 0 { 0 } else { u64::from(self.starts[index - 1]) };
        let to = self.starts.get(index).map_or(1 << 32, |&start| u64::from(start));
        ((from + to - 1) / 2) as u32
    }

    /// The values of a block of draws.
    #[inline(always)]
    pub fn fill<const B: usize>(&self, u: &[u32; B], out: &mut [f32; B]) {
        fill_steps(&self.starts, u, out, |index| self.values[index], |u| self.index(u));
    }

    /// The [middles](Self::middle) of a block of draws.
    #[inline(always)]
    pub fn fill_middles<const B: usize>(&self, u: &[u32; B], out: &mut [u32; B]) {
        fill_steps(&self.starts, u, out, |index| self.middle_of(index), |u| self.index(u));
    }

    /// The value of a standard normal score.
    #[inline]
    pub fn lookup_score(&self, score: f32) -> f32 {
        self.values[self.index_of_score(score)]
    }

    #[inline]
    fn index_of_score(&self, score: f32) -> usize {
        self.start_scores.partition_point(|&start| start <= score)
    }

    /// The values of a block of standard normal scores.
    #[inline(always)]
    pub fn fill_scores<const B: usize>(&self, scores: &[f32; B], out: &mut [f32; B]) {
        let value = |index| self.values[index];
        fill_steps(&self.start_scores, scores, out, value, |score| self.index_of_score(score));
    }

    /// The [middles](Self::middle) that belong to a block of standard normal scores.
    #[inline(always)]
    pub fn fill_middles_of_scores<const B: usize>(&self, scores: &[f32; B], out: &mut [u32; B]) {
        let middle = |index| self.middle_of(index);
        fill_steps(&self.start_scores, scores, out, middle, |score| self.index_of_score(score));
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> usize {
        4 * (self.values.len() + self.starts.len() + self.start_scores.len() + self.guide.len())
    }
}

/// What belongs to each input of a block: `of` the number of starts that it has reached. A few starts are
/// compared with the whole block one by one, in vectors; among many each input is found by `index`.
#[inline(always)]
fn fill_steps<I: PartialOrd + Copy, O: Copy, const B: usize>(
    starts: &[I],
    input: &[I; B],
    out: &mut [O; B],
    of: impl Fn(usize) -> O,
    index: impl Fn(I) -> usize,
) {
    if starts.len() >= FEW {
        for (out, &input) in out.iter_mut().zip(input) {
            *out = of(index(input));
        }
        return;
    }
    *out = [of(0); B];
    for (before, &start) in starts.iter().enumerate() {
        let reached = of(before + 1);
        for (out, &input) in out.iter_mut().zip(input) {
            *out = if start <= input { reached } else { *out };
        }
    }
}

/// The first draw beyond a cumulative probability: 2³² times it, to the nearest.
fn start(cumulative: f64) -> u32 {
    let draws = libm::round(cumulative * 4_294_967_296.0);
    if draws >= 4_294_967_295.0 { u32::MAX } else { draws as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::unit::UnitShape;
    use crate::stats::{Distribution, Shape};

    fn table(shape: Shape) -> StepTable {
        match &Distribution::new(shape).unwrap().unit().shape {
            UnitShape::Atoms(atoms) => StepTable::of(atoms),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_value_has_exactly_its_share_of_the_draws() {
        let weights = [0.3, 0.001, 0.2, 0.499];
        let values = [5.0, 7.0, 8.0, 20.0];
        let table = table(Shape::Discrete(values.into_iter().zip(weights).collect()));
        let mut cumulative = 0.0;
        for (index, weight) in weights.into_iter().enumerate() {
            let first = (cumulative * 4_294_967_296.0_f64).round() as u64;
            cumulative += weight;
            let last = (cumulative * 4_294_967_296.0_f64).round() as u64 - 1;
            for u in [first, last] {
                assert_eq!(f64::from(table.lookup(u as u32)), values[index], "{u}");
                assert!(table.middle(u as u32).abs_diff(((first + last) / 2) as u32) <= 1, "{u}");
            }
        }
    }

    #[test]
    fn thousands_of_observed_values_are_found_as_by_division() {
        let count = 1000u64;
        let table = table(Shape::Samples((0..count).map(|value| value as f64).collect()));
        let mut u = 1u32;
        for _ in 0..100_000 {
            u = u.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let expected = (u64::from(u) * count) >> 32;
            let found = table.lookup(u) as u64;
            let edge = (u64::from(u) * count) as u32;
            assert!(found == expected || edge.wrapping_add(1000) < 2000, "{u}: {found} {expected}");
        }
    }

    #[test]
    fn blocks_and_scores_agree_with_single_draws() {
        for count in [2, 5, 40] {
            let table = table(Shape::Samples((0..count).map(f64::from).collect()));
            let u: [u32; 64] = std::array::from_fn(|at| (at as u32).wrapping_mul(0x9e37_79b9));
            let (mut block, mut scored) = ([0.0; 64], [0.0; 64]);
            table.fill(&u, &mut block);
            let scores =
                u.map(|u| normal_quantile_at(Level::with_below((f64::from(u) + 0.5) / 4294967296.0)) as f32);
            table.fill_scores(&scores, &mut scored);
            let (mut middles, mut of_scores) = ([0; 64], [0; 64]);
            table.fill_middles(&u, &mut middles);
            table.fill_middles_of_scores(&scores, &mut of_scores);
            for at in 0..64 {
                assert_eq!(middles[at], table.middle(u[at]), "{count}, {at}");
                assert_eq!(of_scores[at], middles[at], "{count}, {at}");
                assert_eq!(block[at], table.lookup(u[at]), "{count}, {at}");
                assert_eq!(scored[at], table.lookup_score(scores[at]), "{count}, {at}");
                assert_eq!(scored[at], block[at], "{count}, {at}");
            }
        }
    }
}
