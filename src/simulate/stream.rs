//! Random numbers addressed by meaning: seed, name of the variable, iteration.
//!
//! The generator is ChaCha8. Its key is the seed, its stream number a hash of the variable's name,
//! and the position in the stream, in 32-bit words, is the iteration. Nothing is ever "the next
//! number": any iteration of any variable can be drawn alone, by any thread, and a milestone that
//! joins the plan leaves the draws of all others as they were.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

use super::lhs::Hypercubes;
use super::settings::{Sampling, Settings};

/// Where the pilot's iterations lie in every stream: far beyond any run.
pub const PILOT_POSITION: u64 = 1 << 40;

/// Draws are made in runs of this many iterations, aligned.
pub(super) const STREAM_ALIGNMENT: usize = 64;

/// The number of the stream that belongs to a name: FNV-1a, 64 bits, over its UTF-8 bytes.
///
/// ```
/// // Published test vectors of FNV-1a.
/// assert_eq!(plan::simulate::stream_of(""), 0xcbf2_9ce4_8422_2325);
/// assert_eq!(plan::simulate::stream_of("foobar"), 0x8594_4171_f739_67e8);
/// ```
pub fn stream_of(name: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    name.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The uniform 32-bit draws of one variable in the iterations `first..first + count`.
pub fn uniforms(seed: u64, name: &str, first: u64, count: usize) -> Vec<u32> {
    let mut generator = keyed(seed);
    generator.set_stream(stream_of(name));
    generator.set_word_pos(u128::from(first));
    (0..count).map(|_| generator.next_u32()).collect()
}

/// A generator for this seed; the key is the seed in little-endian bytes, then zeros.
pub(super) fn keyed(seed: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    ChaCha8Rng::from_seed(key)
}

/// Fills a row with one stream's draws of the iterations from `first` on; `first` is a multiple
/// of [`STREAM_ALIGNMENT`].
#[inline(always)]
pub(super) fn fill<const B: usize>(generator: &mut ChaCha8Rng, stream: u64, first: u64, row: &mut [u32; B]) {
    generator.set_stream(stream);
    generator.set_block_pos(first / 16);
    let mut bytes = [0_u8; 4 * STREAM_ALIGNMENT];
    for run in row.chunks_exact_mut(STREAM_ALIGNMENT) {
        generator.fill_bytes(&mut bytes);
        for (word, bytes) in run.iter_mut().zip(bytes.chunks_exact(4)) {
            *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
    }
}

/// The uniform draws of one run, however they are sampled.
pub(super) struct Streams {
    generator: ChaCha8Rng,
    /// Where the run's draws are those of Latin hypercubes. The pilot's never are.
    hypercubes: Option<Hypercubes>,
}

impl Streams {
    /// Those of a run with these settings.
    pub(super) fn of(settings: &Settings) -> Self {
        let hypercubes = match settings.sampling {
            Sampling::Mc => None,
            Sampling::Lhs => Some(Hypercubes::new(settings.seed, settings.iterations)),
        };
        Self { generator: keyed(settings.seed), hypercubes }
    }

    /// Fills a row with one stream's draws of the iterations from `first` on; `first` is a multiple
    /// of [`STREAM_ALIGNMENT`].
    #[inline(always)]
    pub(super) fn fill<const B: usize>(&mut self, stream: u64, first: u64, row: &mut [u32; B]) {
        match &self.hypercubes {
            Some(hypercubes) if first < PILOT_POSITION => hypercubes.fill(stream, first, row),
            _ => fill(&mut self.generator, stream, first, row),
        }
    }

    /// One stream's draw of one iteration.
    pub(super) fn draw(&mut self, stream: u64, iteration: u64) -> u32 {
        match &self.hypercubes {
            Some(hypercubes) if iteration < PILOT_POSITION => hypercubes.draw(stream, iteration),
            _ => {
                self.generator.set_stream(stream);
                self.generator.set_word_pos(u128::from(iteration));
                self.generator.next_u32()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_holds_what_each_iteration_alone_would_draw() {
        let all = uniforms(7, "duration:train", 0, 512);
        let mut row = [0; 128];
        fill(&mut keyed(7), stream_of("duration:train"), 256, &mut row);
        assert_eq!(row[..], all[256..384]);
        assert_eq!(uniforms(7, "duration:train", 300, 1)[0], all[300]);
    }

    #[test]
    fn seeds_names_and_positions_all_matter() {
        let draw = |seed, name, first| uniforms(seed, name, first, 4);
        let one = draw(1, "duration:a", 0);
        for (seed, name, first) in
            [(2, "duration:a", 0), (1, "duration:b", 0), (1, "duration:a", PILOT_POSITION)]
        {
            assert_ne!(one, draw(seed, name, first), "{seed} {name} {first}");
        }
    }
}
