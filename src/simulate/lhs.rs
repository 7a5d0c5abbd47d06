//! Latin hypercube sampling without a memory: any iteration of any variable alone.
//!
//! A run is sixteen replicates, each a Latin hypercube of its own: of 2^k iterations in a
//! replicate, each of 2^k equal cells of 0..1 holds exactly one draw, for every variable. More than that,
//! every aligned range of 2^j iterations within a replicate is stratified into 2^j cells. Replicates are
//! independent, so their scatter says how sure the whole is; within one there is no such independence.
//!
//! The draw of index j is `owen_scramble(reverse_bits(nested_shuffle(j)))`: the radical inverse in
//! base two of an index shuffled within all aligned ranges of powers of two, its digits then
//! scrambled so that the permutation of each depends on those before it (Owen 1995). Both permutations are
//! hashes, seeded by seed, stream and replicate: that of Laine and Karras (2011, "Stratified Sampling for Stochastic
//! Transparency") with Vegdahl's constants (2021, "Building a Better LK Hash").

use crate::stats::sample::REPLICATES;

use super::stream::STREAM_ALIGNMENT;

/// How many iterations a run has that was asked for so many: at least as many, 16 × 2^k.
pub fn lhs_iterations(asked: u64) -> u64 {
    const REPLICATES_U64: u64 = REPLICATES as u64;
    asked.div_ceil(REPLICATES_U64).max(1).next_power_of_two() * REPLICATES_U64
}

/// The draws of one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hypercubes {
    seed: u64,
    /// Iterations of a replicate, as a power of two.
    bits: u32,
}

impl Hypercubes {
    /// Those of a run that was asked for so many iterations.
    pub(super) fn new(seed: u64, asked: u64) -> Self {
        Self { seed, bits: (lhs_iterations(asked) / REPLICATES as u64).trailing_zeros() }
    }

    /// The draw of one iteration.
    pub(super) fn draw(&self, stream: u64, iteration: u64) -> u32 {
        let seeds = self.seeds(stream, iteration >> self.bits);
        draw(self.index(iteration), seeds)
    }

    /// Fills a row with one stream's draws of the iterations from `first` on; `first` is a multiple
    /// of [`STREAM_ALIGNMENT`].
    #[inline(always)]
    pub(super) fn fill<const B: usize>(&self, stream: u64, first: u64, row: &mut [u32; B]) {
        // A replicate is a power of two long, so it ends with a run of draws or within one.
        let step = STREAM_ALIGNMENT.min(1 << self.bits.min(STREAM_ALIGNMENT.trailing_zeros()));
        for (at, run) in row.chunks_exact_mut(step).enumerate() {
            let from = first + (at * step) as u64;
            let seeds = self.seeds(stream, from >> self.bits);
            let index = self.index(from);
            if let Ok(run) = <&mut [u32; STREAM_ALIGNMENT]>::try_from(&mut *run) {
                fill_run(run, index, seeds);
            } else {
                run.iter_mut().zip(index..).for_each(|(place, index)| *place = draw(index, seeds));
            }
        }
    }

    /// The position within its replicate.
    #[inline(always)]
    fn index(&self, iteration: u64) -> u32 {
        (iteration & ((1 << self.bits) - 1)) as u32
    }

    /// The seeds of the shuffle and of the scramble.
    #[inline(always)]
    fn seeds(&self, stream: u64, replicate: u64) -> [u32; 2] {
        let mixed = finish(finish(finish(self.seed).wrapping_add(stream)).wrapping_add(replicate));
        [mixed as u32, (mixed >> 32) as u32]
    }
}

/// A run of draws, in one loop for the vector unit.
#[inline(always)]
fn fill_run(run: &mut [u32; STREAM_ALIGNMENT], index: u32, seeds: [u32; 2]) {
    for i in 0..STREAM_ALIGNMENT {
        run[i] = draw(index + i as u32, seeds);
    }
}

#[inline(always)]
fn draw(index: u32, [shuffle, scramble]: [u32; 2]) -> u32 {
    // Owen's scramble of the radical inverse, and the shuffle, are both `permute` between two
    // reversals of the bits; two of those meet and cancel.
    let shuffled = permute(index.reverse_bits(), shuffle).reverse_bits();
    permute(shuffled, scramble).reverse_bits()
}

/// A permutation in which each bit depends on itself and on lower ones only.
#[inline(always)]
fn permute(mut bits: u32, seed: u32) -> u32 {
    bits ^= bits.wrapping_mul(0x3d20_adea);
    bits = bits.wrapping_add(seed);
    bits = bits.wrapping_mul((seed >> 16) | 1);
    bits ^= bits.wrapping_mul(0x0552_6c56);
    bits ^ bits.wrapping_mul(0x53a2_2864)
}

/// The step of SplitMix64 (Steele, Lea and Flood 2014).
#[inline(always)]
fn finish(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::stream::stream_of;

    #[test]
    fn runs_are_rounded_up_to_whole_replicates() {
        for (asked, iterations) in
            [(1, 16), (16, 16), (17, 32), (1_000, 1_024), (1_024, 1_024), (10_000, 16_384), (16_385, 32_768)]
        {
            assert_eq!(lhs_iterations(asked), iterations, "{asked}");
        }
    }

    #[test]
    fn every_aligned_range_of_a_replicate_has_one_draw_in_each_cell() {
        let hypercubes = Hypercubes::new(3, 16 << 10);
        for (stream, name) in ["duration:a", "duration:b", "cost:a"].iter().enumerate() {
            let draws: Vec<u32> =
                (0..16 << 10).map(|iteration| hypercubes.draw(stream_of(name), iteration)).collect();
            for bits in 0..=10 {
                for range in draws.chunks_exact(1 << bits) {
                    let mut cells: Vec<u32> = range.iter().map(|draw| draw >> 1 >> (31 - bits)).collect();
                    cells.sort_unstable();
                    assert!(cells.iter().copied().eq(0..1 << bits), "{stream}, {bits} bits");
                }
            }
        }
    }

    #[test]
    fn a_block_holds_what_each_iteration_alone_would_draw() {
        for bits in [0, 1, 4, 6, 7, 10] {
            let hypercubes = Hypercubes::new(5, 16 << bits);
            let stream = stream_of("duration:train");
            for first in [0, 256, 4_096] {
                let mut row = [0; 256];
                hypercubes.fill(stream, first, &mut row);
                let alone: Vec<u32> = (first..first + 256).map(|at| hypercubes.draw(stream, at)).collect();
                assert_eq!(row[..], alone[..], "{bits} bits, from {first}");
                let mut short = [0; 64];
                hypercubes.fill(stream, first + 64, &mut short);
                assert_eq!(short[..], alone[64..128], "{bits} bits, from {first}");
            }
        }
    }

    /// Over many streams the draws of any one iteration are uniform, in the large and within a cell.
    #[test]
    fn no_draw_is_favoured() {
        const STREAMS: u64 = 16_384;
        const CELLS: usize = 64;
        let hypercubes = Hypercubes::new(1, 16 << 6);
        for iteration in [0, 1, 17, 63, 64, 1_000] {
            for shift in [26, 20, 14, 4] {
                let mut counts = [0_u32; CELLS];
                for stream in 0..STREAMS {
                    let draw = hypercubes.draw(finish(stream), iteration);
                    counts[(draw >> shift) as usize % CELLS] += 1;
                }
                let expected = STREAMS as f64 / CELLS as f64;
                let chi: f64 = counts.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
                let freedom = (CELLS - 1) as f64;
                assert!(
                    (chi - freedom).abs() < 4.5 * (2.0 * freedom).sqrt(),
                    "iteration {iteration}, bits from {shift}: {chi}"
                );
            }
        }
    }

    /// Columns are correlated by chance only. Of two independent permutations that stratify every
    /// aligned range of 2^l indices, pairs of indices l levels apart have the covariance -2^-(l-1) 4^-(l+1),
    /// so n times the squared correlation of n = 2^k ranks has this mean; without the ranges it would be
    /// n / (n - 1). (One at level l is in each cell of 2^-(l-1), and they are in opposite halves where that is the same.)
    fn mean_square(bits: i32) -> f64 {
        let variance = (1.0 - 0.25_f64.powi(bits)) / 12.0;
        let squares = |level: i32| {
            2.0_f64.powi(level - 1) * (0.5_f64.powi(level - 1) * 0.25_f64.powi(level + 1)).powi(2)
        };
        1.0 + (1..=bits).map(squares).sum::<f64>() / (variance * variance)
    }

    #[test]
    fn columns_are_correlated_by_chance_only() {
        const COLUMNS: u64 = 100;
        for bits in [6, 8, 10] {
            let count = 1_u64 << bits;
            let hypercubes = Hypercubes::new(7, 16 * count);
            let rank =
                |stream, at| f64::from(hypercubes.draw(stream, at) >> (32 - bits)) - (count - 1) as f64 / 2.0;
            let columns: Vec<Vec<f64>> = (0..COLUMNS)
                .map(|column| stream_of(&format!("duration:m{column}")))
                .map(|stream| (0..count).map(|at| rank(stream, at)).collect())
                .collect();
            let spread: f64 = columns[0].iter().map(|rank| rank * rank).sum();
            let (mut squares, mut largest, mut pairs) = (0.0, 0.0_f64, 0.0);
            for one in 0..columns.len() {
                for other in 0..one {
                    let product: f64 = columns[one].iter().zip(&columns[other]).map(|(a, b)| a * b).sum();
                    let square = (product / spread).powi(2) * count as f64;
                    squares += square;
                    largest = largest.max(square);
                    pairs += 1.0;
                }
            }
            let (mean, expected) = (squares / pairs, mean_square(bits));
            assert!(
                (mean / expected - 1.0).abs() < 4.0 * f64::sqrt(2.0 / pairs),
                "{bits} bits: {mean}, {expected}"
            );
            // Of 4,950 normals, one in a hundred sets has one beyond 4.8.
            assert!(largest / expected < 4.8 * 4.8, "{bits} bits: {largest}");
        }
    }
}
