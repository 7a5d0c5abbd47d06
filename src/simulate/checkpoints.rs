//! Where a run that goes on until its answers have settled stops to look.

use super::settings::{Sampling, Settings};
use super::stretch::Stretch;

/// The iterations after which the first look is taken.
const FIRST: u64 = 1_024;

/// After how many iterations the look number `at` is taken, counted from 0. It depends on nothing
/// else, so that a run stops at the same place on every machine.
///
/// Monte Carlo: 1,024 × 1.5^at, rounded up to whole blocks. Latin hypercubes: 1,024 × 2^at.
pub fn checkpoint(at: u32, sampling: Sampling) -> u64 {
    match sampling {
        Sampling::Mc => {
            let blocks = u128::from(FIRST / Stretch::ALIGNMENT);
            // 1.5^75 is beyond every run, and 3^75 × 4 is not beyond 128 bits.
            let blocks = if at > 75 { u128::MAX } else { (blocks * 3_u128.pow(at)).div_ceil(1 << at) };
            u64::try_from(blocks).unwrap_or(u64::MAX).saturating_mul(Stretch::ALIGNMENT)
        }
        Sampling::Lhs => FIRST.checked_shl(at).filter(|end| end >> at == FIRST).unwrap_or(u64::MAX),
    }
}

/// The stretches between the looks, from the first iteration to the last there may be.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    sampling: Sampling,
    most: u64,
    next: u32,
    done: u64,
}

impl Checkpoints {
    /// Those of a run with these settings, of which it makes all iterations at most.
    pub fn of(settings: &Settings) -> Self {
        Self { sampling: settings.sampling, most: settings.iterations, next: 0, done: 0 }
    }
}

impl Iterator for Checkpoints {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        let end = checkpoint(self.next, self.sampling).min(self.most);
        let stretch = Stretch::new(self.done, end).filter(|stretch| stretch.count() > 0)?;
        self.next += 1;
        self.done = end;
        Some(stretch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_taken_ever_more_seldom_and_at_the_end() {
        let settings = Settings::default().iterations(10_000);
        let ends: Vec<u64> = Checkpoints::of(&settings).map(Stretch::end).collect();
        assert_eq!(ends, [1_024, 1_536, 2_304, 3_584, 5_376, 7_936, 10_000]);
        let firsts: Vec<u64> = Checkpoints::of(&settings).map(Stretch::first).collect();
        assert_eq!(firsts, [0, 1_024, 1_536, 2_304, 3_584, 5_376, 7_936]);
    }

    #[test]
    fn a_short_run_is_looked_at_once() {
        for iterations in [1, 1_000, 1_024] {
            let settings = Settings::default().iterations(iterations);
            assert_eq!(Checkpoints::of(&settings).collect::<Vec<_>>(), [Stretch::whole(iterations)]);
        }
    }

    #[test]
    fn looks_far_beyond_every_run_have_a_number() {
        assert!((0..200).all(|at| checkpoint(at, Sampling::Mc) <= checkpoint(at + 1, Sampling::Mc)));
        assert_eq!(checkpoint(17, Sampling::Mc), 1_009_152);
        assert_eq!(checkpoint(u32::MAX, Sampling::Mc), u64::MAX);
    }
}
