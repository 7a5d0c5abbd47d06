//! Correlated draws: rows of normal scores, mixed.
//!
//! ```text
//! factors, members of matrices: draws ─► scores ─┐ once a block, each a row
//! a variable: its own draws ────────────► scores ─┴─► mixed score ─┬─► value (table over the score)
//!                                                                  └─► Φ(score), kept for the sensitivity
//! ```
//!
//! Scores are `f32`, mixed in the order of the parts. A variable that is not correlated never comes here.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::network::{Network, Normal, VariableId};
use crate::stats::{ScoreTable, UnitShape, UnitTable};

use super::rows::Row;
use super::sampler::{KEPT_HALF, keep_draws};
use super::stream::{Streams, stream_of};

/// The own score of the variable that is mixed, in place of a row.
const OWN: u32 = u32::MAX;

/// No draw's score is larger: the table of the normal ends at 2⁻³².
const LARGEST_SCORE: f32 = 6.3;

/// How the correlated variables are drawn.
pub(super) struct Mixing {
    /// The streams of the scores that have a row: factors, then members of matrices.
    streams: Vec<u64>,
    normal: UnitTable,
    mixed: Vec<Mixed>,
    parts: Vec<Part>,
    tables: Vec<ScoreTable>,
}

/// A correlated variable, by its position among all that are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MixId(u32);

/// One correlated variable.
struct Mixed {
    stream: u64,
    /// Its range of parts.
    parts: (u32, u32),
    table: u32,
    location: f32,
    scale: f32,
}

/// Rows in which one variable after the other is drawn.
pub(super) struct Scratch<const B: usize> {
    pub(super) draws: Row<u32, B>,
    /// A correlated variable's own scores.
    own: Row<f32, B>,
    /// A correlated variable's mixed scores.
    pub(super) scores: Row<f32, B>,
}

impl<const B: usize> Scratch<B> {
    pub(super) fn new() -> Self {
        Self { draws: Row::zero(), own: Row::zero(), scores: Row::zero() }
    }
}

#[derive(Clone, Copy)]
struct Part {
    /// Its row of scores, or [`OWN`].
    row: u32,
    weight: f32,
}

impl Mixing {
    /// That of a network, with the position of each variable in it; none where it is independent.
    pub(super) fn of(network: &Network) -> (Self, Vec<Option<MixId>>) {
        let mut rows: BTreeMap<VariableId, u32> = BTreeMap::new();
        let mut streams: Vec<u64> = network.factors.iter().map(|factor| stream_of(&factor.name)).collect();
        for mix in network.mixes.iter().filter(|mix| mix.matrix.is_some()) {
            for (normal, _) in &mix.parts {
                if let Normal::Own(variable) = normal {
                    rows.entry(*variable).or_insert_with(|| {
                        streams.push(stream_of(&network.variables[variable.0 as usize].name));
                        streams.len() as u32 - 1
                    });
                }
            }
        }
        let mut shapes: BTreeMap<&UnitShape, u32> = BTreeMap::new();
        let mut of = vec![None; network.variables.len()];
        let (mut mixed, mut parts) = (Vec::with_capacity(network.mixes.len()), Vec::new());
        for mix in &network.mixes {
            let variable = &network.variables[mix.variable.0 as usize];
            let unit = variable.distribution.unit();
            let next = shapes.len() as u32;
            let begin = parts.len() as u32;
            parts.extend(mix.parts.iter().map(|&(normal, weight)| Part {
                row: match normal {
                    Normal::Factor(factor) => factor as u32,
                    Normal::Own(own) => rows.get(&own).copied().unwrap_or(OWN),
                },
                weight: weight as f32,
            }));
            of[mix.variable.0 as usize] = Some(MixId(mixed.len() as u32));
            mixed.push(Mixed {
                stream: stream_of(&variable.name),
                parts: (begin, parts.len() as u32),
                table: *shapes.entry(&unit.shape).or_insert(next),
                location: unit.location as f32,
                scale: unit.scale as f32,
            });
        }
        let mut shapes: Vec<(u32, &UnitShape)> =
            shapes.into_iter().map(|(shape, table)| (table, shape)).collect();
        shapes.sort_unstable_by_key(|(table, _)| *table);
        let tables = shapes.par_iter().map(|(_, shape)| ScoreTable::build(shape)).collect();
        let normal = if mixed.is_empty() { UnitTable::Zero } else { UnitTable::build(&UnitShape::Normal) };
        (Self { streams, normal, mixed, parts, tables }, of)
    }

    /// How many rows of scores are drawn for all.
    pub(super) fn rows(&self) -> usize {
        self.streams.len()
    }

    /// Draws the rows of scores that variables share, for the iterations from `first` on.
    #[inline(always)]
    pub(super) fn draw_shared<const B: usize>(
        &self,
        streams: &mut Streams,
        first: u64,
        rows: &mut [Row<f32, B>],
    ) {
        let mut draws = Row::<u32, B>::zero();
        for (&stream, row) in self.streams.iter().zip(rows) {
            streams.fill(stream, first, &mut draws.0);
            self.normal.fill(&draws.0, &mut row.0);
        }
    }

    /// Draws a variable's scores into `scratch.scores`; the shared ones are drawn.
    #[inline(always)]
    pub(super) fn score_row<const B: usize>(
        &self,
        id: MixId,
        streams: &mut Streams,
        first: u64,
        rows: &[Row<f32, B>],
        scratch: &mut Scratch<B>,
    ) {
        let mixed = &self.mixed[id.0 as usize];
        if self.parts_of(mixed).iter().any(|part| part.row == OWN) {
            streams.fill(mixed.stream, first, &mut scratch.draws.0);
        }
        self.mix_row(id, rows, scratch);
    }

    /// Mixes a variable's scores from its own draws, `scratch.draws`, and the shared scores.
    #[inline(always)]
    pub(super) fn mix_row<const B: usize>(&self, id: MixId, rows: &[Row<f32, B>], scratch: &mut Scratch<B>) {
        let Scratch { draws, own, scores } = scratch;
        let parts = self.parts_of(&self.mixed[id.0 as usize]);
        if parts.iter().any(|part| part.row == OWN) {
            self.normal.fill(&draws.0, &mut own.0);
        }
        let row = |part: &Part| if part.row == OWN { &own.0 } else { &rows[part.row as usize].0 };
        // By far the most have two: one factor, and what is their own.
        if let [one, other] = parts {
            let (one, of_one, other, of_other) = (row(one), one.weight, row(other), other.weight);
            for i in 0..B {
                scores.0[i] = of_one * one[i] + of_other * other[i];
            }
            return;
        }
        scores.0 = [0.0; B];
        for part in parts {
            add(&mut scores.0, part.weight, row(part));
        }
    }

    /// The values of a row of scores.
    #[inline(always)]
    pub(super) fn values<const B: usize>(&self, id: MixId, scores: &[f32; B], values: &mut [f32; B]) {
        let &Mixed { table, location, scale, .. } = &self.mixed[id.0 as usize];
        self.tables[table as usize].fill(scores, values);
        for value in values {
            *value = location + scale * *value;
        }
    }

    /// Keeps a row of scores for the sensitivity, as the draws that an independent variable would
    /// have had; for separate values the middle of the value's probability interval.
    #[inline(always)]
    pub(super) fn keep<const B: usize>(&self, id: MixId, scores: &[f32; B], kept: &mut [i16; B]) {
        if let ScoreTable::Steps(steps) = &self.tables[self.mixed[id.0 as usize].table as usize] {
            let mut middles = [0; B];
            steps.fill_middles_of_scores(scores, &mut middles);
            keep_draws(&middles, kept);
        } else {
            for i in 0..B {
                kept[i] = kept_score(scores[i]);
            }
        }
    }

    /// A variable's value in one iteration.
    pub(super) fn value(&self, id: MixId, streams: &mut Streams, iteration: u64) -> f32 {
        let mixed = &self.mixed[id.0 as usize];
        let mut score = 0.0;
        for part in self.parts_of(mixed) {
            let stream = if part.row == OWN { mixed.stream } else { self.streams[part.row as usize] };
            score += part.weight * self.normal.lookup(streams.draw(stream, iteration));
        }
        mixed.location + mixed.scale * self.tables[mixed.table as usize].lookup(score)
    }

    /// A value that no draw exceeds.
    pub(super) fn highest(&self, id: MixId) -> f32 {
        let mixed = &self.mixed[id.0 as usize];
        let score: f32 = self.parts_of(mixed).iter().map(|part| part.weight.abs() * LARGEST_SCORE).sum();
        mixed.location + mixed.scale * self.tables[mixed.table as usize].lookup(score)
    }

    fn parts_of(&self, mixed: &Mixed) -> &[Part] {
        &self.parts[super::program::range(mixed.parts)]
    }
}

#[inline(always)]
fn add<const B: usize>(sum: &mut [f32; B], weight: f32, scores: &[f32; B]) {
    for i in 0..B {
        sum[i] += weight * scores[i];
    }
}

/// The centred draw that belongs to a score: 2¹³ Φ(score), less a half of that. Φ by the
/// approximation 26.2.18 of Abramowitz and Stegun (1964), off by 2.5e-4 at most.
#[inline(always)]
fn kept_score(score: f32) -> i16 {
    const WHOLE: f32 = 12_582_912.0;
    let size = score.abs();
    let root = 1.0 + size * (0.196_854 + size * (0.115_194 + size * (0.000_344 + size * 0.019_527)));
    let square = root * root;
    let above_half = (1.0 - 1.0 / (square * square)) * KEPT_HALF as f32;
    // Adding a large number rounds to a whole one, which then stands in the lowest bits.
    let signed = if score < 0.0 { -above_half } else { above_half };
    let whole = (signed - 0.5) + WHOLE;
    (whole.to_bits() as i32 - WHOLE.to_bits() as i32) as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::normal_cdf;

    #[test]
    fn kept_scores_are_the_draws_of_their_probabilities() {
        let mut last = i16::MIN;
        for step in -9_000..=9_000 {
            let score = step as f32 / 1_000.0;
            let kept = kept_score(score);
            let expected = 8_192.0 * (normal_cdf(f64::from(score)) - 0.5) - 0.5;
            assert!(
                (f64::from(kept) - expected).abs() < 0.51 + 8_192.0 * 2.5e-4,
                "{score}: {kept}, {expected}"
            );
            assert!(kept >= last && kept.abs() <= 4_096, "{score}: {kept}");
            last = kept;
        }
    }
}
