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
