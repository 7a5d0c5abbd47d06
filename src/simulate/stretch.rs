//! Ranges of a run's iterations: a run may be made in several, anywhere, and then joined.

use std::fmt;

/// Consecutive iterations of a run.
///
/// It begins at a multiple of [`Stretch::ALIGNMENT`]: draws are made in whole blocks. It may end
/// anywhere, as the run may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    first: u64,
    end: u64,
}

/// Why there is no such shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardError {
    /// Shards count from 1 to how many there are.
    NotOneOf {
        /// The number asked for.
        shard: u64,
        /// How many there are.
        of: u64,
    },
    /// The run is too short for so many shards.
    TooMany {
        /// How many shards were asked for.
        of: u64,
        /// How many there can be.
        most: u64,
    },
}

impl Stretch {
    /// Where stretches begin: at multiples of this.
    pub const ALIGNMENT: u64 = 256;

    /// The iterations `first..end`; none if it begins where no stretch may, or ends before.
    pub const fn new(first: u64, end: u64) -> Option<Self> {
        if first.is_multiple_of(Self::ALIGNMENT) && first <= end { Some(Self { first, end }) } else { None }
    }

    /// All iterations of a run.
    pub const fn whole(iterations: u64) -> Self {
        Self { first: 0, end: iterations }
    }

    /// The part of a run that falls to one of `of` shards, counted from 1. Their lengths differ by
    /// one block at most, and together they are the run.
    ///
    /// # Errors
    /// [`ShardError`], if there is no such shard, or if one would have nothing to do.
    pub fn shard(shard: u64, of: u64, iterations: u64) -> Result<Self, ShardError> {
        if !(1..=of).contains(&shard) {
            return Err(ShardError::NotOneOf { shard, of });
        }
        let blocks = iterations.div_ceil(Self::ALIGNMENT);
        if of > blocks {
            return Err(ShardError::TooMany { of, most: blocks });
        }
        let cut = |shard: u64| {
            let block = u128::from(blocks) * u128::from(shard) / u128::from(of);
            (block as u64 * Self::ALIGNMENT).min(iterations)
        };
        Ok(Self { first: cut(shard - 1), end: cut(shard) })
    }

    /// The first iteration, counted from 0.
    pub const fn first(self) -> u64 {
        self.first
    }

    /// The iteration after the last.
    pub const fn end(self) -> u64 {
        self.end
    }

    /// So many iterations of a run from one on.
    pub(super) const fn of_run(first: u64, count: u64) -> Self {
        Self { first, end: first + count }
    }

    /// What of it lies within a run of so many iterations.
    pub(super) fn within(self, iterations: u64) -> Self {
        Self { first: self.first.min(iterations), end: self.end.min(iterations) }
    }

    /// How many iterations.
    pub const fn count(self) -> u64 {
        self.end - self.first
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.first + 1, self.end)
    }
}

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOneOf { shard, of } => {
                write!(f, "there is no shard {shard} of {of}: shards count from 1 to {of}")
            }
            Self::TooMany { of, most } => {
                write!(
                    f,
                    "{of} shards are too many: the run has work for {most}, {} iterations each",
                    Stretch::ALIGNMENT
                )
            }
        }
    }
}

impl std::error::Error for ShardError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shards_that_cannot_be_are_refused() {
        for (shard, of, iterations, expected) in [
            (0, 4, 10_000, Err(ShardError::NotOneOf { shard: 0, of: 4 })),
            (5, 4, 10_000, Err(ShardError::NotOneOf { shard: 5, of: 4 })),
            (1, 0, 10_000, Err(ShardError::NotOneOf { shard: 1, of: 0 })),
            (1, 41, 10_000, Err(ShardError::TooMany { of: 41, most: 40 })),
            (40, 40, 10_000, Ok(Stretch { first: 9_984, end: 10_000 })),
            (1, 1, 1, Ok(Stretch { first: 0, end: 1 })),
            (u64::MAX, u64::MAX, u64::MAX, Err(ShardError::TooMany { of: u64::MAX, most: 1 << 56 })),
        ] {
            assert_eq!(Stretch::shard(shard, of, iterations), expected, "{shard}/{of} of {iterations}");
        }
    }

    #[test]
    fn a_stretch_begins_where_blocks_do() {
        assert_eq!(Stretch::new(512, 700).map(Stretch::count), Some(188));
        assert_eq!(Stretch::new(100, 700), None);
        assert_eq!(Stretch::new(512, 511), None);
        assert_eq!(Stretch::new(256, 512).unwrap().to_string(), "257 to 512");
    }

    proptest! {
        #[test]
        fn shards_cover_the_run_without_gap_or_overlap(iterations in 1_u64..2_000_000, of in 1_u64..200) {
            prop_assume!(of <= iterations.div_ceil(Stretch::ALIGNMENT));
            let mut done = 0;
            for shard in 1..=of {
                let stretch = Stretch::shard(shard, of, iterations).unwrap();
                prop_assert_eq!(stretch.first(), done);
                prop_assert!(stretch.count() > 0);
                prop_assert_eq!(Some(stretch), Stretch::new(stretch.first(), stretch.end()));
                done = stretch.end();
            }
            prop_assert_eq!(done, iterations);
        }
    }
}
