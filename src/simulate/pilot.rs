//! The pilot: a few iterations, never part of a run, that say where the numbers will lie.
//!
//! It lies at far positions of every stream and is the same for every shard and thread. It sets
//! the histograms' bins, the places of finish and cost for the sensitivity, and which finishes are
//! near the headline. None of these decides what a percentile is, only how it is counted.

use serde::Serialize;

use super::histogram::Scale;
use super::rows::{Mask, Row};

/// How many iterations a pilot has: 256, in short runs 64, in long ones 1,024. It depends on the
/// length of the whole run only, whoever runs which part.
pub(super) const fn pilot_iterations(iterations: u64) -> u64 {
    match iterations {
        ..2_500 => 64,
        2_500..100_000 => 256,
        _ => 1_024,
    }
}

/// Sums over the pilot's iterations of one visit's distances from its first finish, in integers.
#[derive(Clone, Copy, Default)]
pub(super) struct PilotSums {
    origin: Option<i32>,
    count: u32,
    distance: i64,
    /// In units of 256 s², so that a thousand squares of 60 bits fit; rounded up.
    squares: i64,
}

impl PilotSums {
    #[inline(always)]
    pub(super) fn add(&mut self, finishes: &[i32]) {
        let Some(&first) = finishes.first() else { return };
        let origin = *self.origin.get_or_insert(first);
        self.count += finishes.len() as u32;
        let (mut distance, mut squares) = (0_i64, 0_i64);
        for &finish in finishes {
            let away = i64::from(finish - origin);
            distance += away;
            squares += (away * away + 255) >> 8;
        }
        self.distance += distance;
        self.squares += squares;
    }

    /// The bins that fit.
    pub(super) fn scale(&self) -> Scale {
        let count = f64::from(self.count.max(1));
        let distance = self.distance as f64 / count;
        let variance = self.squares as f64 / count * 256.0 - distance * distance;
        Scale::covering(f64::from(self.origin.unwrap_or(0)) + distance, variance.max(0.0).sqrt())
    }
}

/// What the pilot says about the plan as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pilot {
    /// The plan's finishes, ascending.
    pub finishes: Vec<i32>,
    /// The plan's costs, ascending.
    pub costs: Vec<f64>,
    /// Finishes counted as near the headline: from, to (both included).
    pub near: (i32, i32),
    finish_places: Places,
    cost_places: Places,
}

impl Pilot {
    pub(super) fn new(mut finishes: Vec<i32>, mut costs: Vec<f64>, confidence: f64) -> Self {
        finishes.sort_unstable();
        costs.sort_unstable_by(f64::total_cmp);
        let finish_places = Places::of(&finishes.iter().map(|&finish| f64::from(finish)).collect::<Vec<_>>());
        let cost_places = Places::of(&costs);
        let near = window(&finishes, confidence);
        Self { finishes, costs, near, finish_places, cost_places }
    }

    /// The iterations that finish near the headline.
    #[inline(always)]
    pub(super) fn near<const B: usize>(&self, plan: &[i32; B]) -> Mask {
        let (from, to) = self.near;
        Mask::of::<B>(|i| plan[i] >= from && plan[i] <= to)
    }

    /// The place of each finish and cost among all, centred, 12 bits.
    pub(super) fn places<const B: usize>(
        &self,
        plan: &[i32; B],
        cost: &[f64; B],
        count: usize,
    ) -> (Row<i16, B>, Row<i16, B>) {
        let (mut finishes, mut costs) = (Row::zero(), Row::zero());
        for i in 0..count {
            finishes.0[i] = self.finish_places.place(f64::from(plan[i]));
            costs.0[i] = self.cost_places.place(cost[i]);
        }
        (finishes, costs)
    }
}

/// Finishes within eight percentage points of the headline, fewer near the ends.
fn window(finishes: &[i32], confidence: f64) -> (i32, i32) {
    const HALF: f64 = 0.08;
    let half = HALF.min(0.8 * confidence).min(0.8 * (1.0 - confidence));
    let at = |p: f64| {
        let rank = (finishes.len() as f64 * p).ceil() as usize;
        finishes.get(rank.clamp(1, finishes.len().max(1)) - 1).copied().unwrap_or(0)
    };
    (at(confidence - half), at(confidence + half))
}

/// The empirical distribution function in equal cells: a value's place among all, in -2047..=2047.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Places {
    low: f64,
    cells_per_unit: f64,
    cells: Vec<i16>,
}

const PLACE_CELLS: usize = 1024;
/// Times the largest kept draw and a block of 256, this still fits 32 bits.
const LAST_PLACE: f64 = 2047.0;

impl Places {
    /// From values in ascending order.
    fn of(sorted: &[f64]) -> Self {
        let (low, high) = (sorted.first().copied().unwrap_or(0.0), sorted.last().copied().unwrap_or(0.0));
        let width = high - low;
        let is_spread = width > 0.0;
        if !is_spread {
            return Self { low, cells_per_unit: 0.0, cells: vec![0; PLACE_CELLS] };
        }
        let cells_per_unit = PLACE_CELLS as f64 / width;
        let cells = (0..PLACE_CELLS)
            .map(|cell| {
                let middle = low + (cell as f64 + 0.5) / cells_per_unit;
                (LAST_PLACE * (2.0 * share_below(sorted, middle) - 1.0)).round() as i16
            })
            .collect();
        Self { low, cells_per_unit, cells }
    }

    fn place(&self, value: f64) -> i16 {
        let cell = (value - self.low) * self.cells_per_unit;
        self.cells[(cell as usize).min(PLACE_CELLS - 1)]
    }
}

/// The share of values below one, interpolated between neighbours.
fn share_below(sorted: &[f64], value: f64) -> f64 {
    let above = sorted.partition_point(|&other| other <= value);
    if above == 0 || above == sorted.len() {
        return above as f64 / sorted.len() as f64;
    }
    let (left, right) = (sorted[above - 1], sorted[above]);
    let part = if right > left { (value - left) / (right - left) } else { 0.0 };
    (above as f64 - 0.5 + part) / sorted.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_rise_from_end_to_end() {
        let costs: Vec<f64> = (0..256).map(f64::from).collect();
        let pilot = Pilot::new((0..256).collect(), costs, 0.8);
        assert_eq!(pilot.near, (184, 225));
        let place = |value: f64| pilot.cost_places.place(value);
        assert!(place(-1e9) < -2030 && place(1e9) > 2030);
        assert!((place(127.5)).abs() < 20, "{}", place(127.5));
        assert!((1..256).all(|value| place(f64::from(value)) >= place(f64::from(value - 1))));
    }

    #[test]
    fn equal_values_have_no_place() {
        let pilot = Pilot::new(vec![7; 256], vec![0.0; 256], 0.8);
        assert_eq!(pilot.near, (7, 7));
        assert_eq!(pilot.finish_places.place(7.0), 0);
    }
}
