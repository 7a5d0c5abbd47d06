//! Rows: one value per iteration of a block, and the arithmetic on them.
//!
//! Every function here is a loop over a row of fixed length without a branch, which the compiler
//! turns into vector instructions; none multiplies and adds in one rounding, so that all
//! processors give the same bits.

use crate::network::CAP;

/// The cap as the engine's time.
pub(super) const CAP_I32: i32 = CAP as i32;

/// One value per iteration of a block.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Row<T, const B: usize>(pub(super) [T; B]);

impl<T: Copy + Default, const B: usize> Row<T, B> {
    pub(super) fn zero() -> Self {
        Self([T::default(); B])
    }
}

/// Adding this to a number below 2^31 leaves its nearest whole number in the low bits.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// The nearest whole number of a value within ±2^31, ties to even. (A float-to-integer cast
/// saturates in Rust, which no vector instruction does.)
#[inline(always)]
pub(super) fn whole(value: f64) -> i32 {
    (value + WHOLE).to_bits() as i32
}

/// A span in whole seconds, from zero to the cap.
#[inline(always)]
pub(super) fn whole_span(seconds: f64) -> i32 {
    let seconds = if seconds > 0.0 { seconds } else { 0.0 };
    whole(if seconds < CAP as f64 { seconds } else { CAP as f64 })
}

/// A lag in whole seconds, within the cap on both sides.
#[inline(always)]
pub(super) fn whole_lag(seconds: f64) -> i32 {
    let seconds = if seconds > -(CAP as f64) { seconds } else { -(CAP as f64) };
    whole(if seconds < CAP as f64 { seconds } else { CAP as f64 })
}

/// `spans = values × seconds`, whole.
#[inline(always)]
pub(super) fn spans_of<const B: usize>(values: &[f32; B], seconds: f64, spans: &mut [i32; B]) {
    for i in 0..B {
        spans[i] = whole_span(f64::from(values[i]) * seconds);
    }
}

/// `row = max(row, other + lag)`.
#[inline(always)]
pub(super) fn raise<const B: usize>(row: &mut [i32; B], other: &[i32; B], lag: i32) {
    for i in 0..B {
        row[i] = row[i].max(other[i] + lag);
    }
}

/// `row = max(floor, other + lag, …)` over the others, each with its lag.
#[inline(always)]
pub(super) fn latest<'r, const B: usize>(
    row: &mut [i32; B],
    floor: i32,
    mut others: impl Iterator<Item = (&'r [i32; B], i32)>,
) {
    match (others.next(), others.next()) {
        (None, _) => *row = [floor; B],
        (Some((one, lag)), None) => {
            for i in 0..B {
                row[i] = floor.max(one[i] + lag);
            }
        }
        (Some((one, lag)), Some((other, other_lag))) => {
            for i in 0..B {
                row[i] = floor.max(one[i] + lag).max(other[i] + other_lag);
            }
        }
    }
    others.for_each(|(other, lag)| raise(row, other, lag));
}

/// `finish = min(start + span, cap)`.
#[inline(always)]
pub(super) fn advance<const B: usize>(start: &[i32; B], span: &[i32; B], finish: &mut [i32; B]) {
    for i in 0..B {
        finish[i] = (start[i] + span[i]).min(CAP_I32);
    }
}

/// A bit per iteration. Iteration `8 j + w` is bit `j` of word `w`: so eight comparisons at once
/// make one bit of eight words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(32))]
pub(super) struct Mask(pub(super) [u32; 8]);

impl Mask {
    pub(super) const NONE: Self = Self([0; 8]);

    /// The first so many iterations.
    pub(super) fn first(count: usize) -> Self {
        let mut mask = Self::NONE;
        for iteration in 0..count {
            mask.0[iteration % 8] |= 1 << (iteration / 8);
        }
        mask
    }

    /// Where a condition on the row index holds.
    ///
    /// The last bits come first and are pushed up by those before them: eight words at once are a
    /// vector then, where bits put at their place one by one make the compiler turn rows and columns.
    #[inline(always)]
    pub(super) fn of<const B: usize>(mut holds: impl FnMut(usize) -> bool) -> Self {
        let mut words = [0_u32; 8];
        for step in (0..B / 8).rev() {
            for word in 0..8 {
                words[word] = words[word] << 1 | u32::from(holds(8 * step + word));
            }
        }
        Self(words)
    }

    /// All iterations of a block of any size.
    pub(super) const ALL: Self = Self([u32::MAX; 8]);

    #[inline(always)]
    pub(super) fn is_none(self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    #[inline(always)]
    pub(super) fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    #[inline(always)]
    pub(super) fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    #[inline(always)]
    pub(super) fn without(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    #[inline(always)]
    pub(super) fn count(self) -> u32 {
        // Pairs of words make 64-bit counts.
        self.0.chunks_exact(2).map(|pair| (u64::from(pair[0]) << 32 | u64::from(pair[1])).count_ones()).sum()
    }

    #[inline(always)]
    pub(super) fn holds(self, iteration: usize) -> bool {
        self.0[iteration % 8] >> (iteration / 8) & 1 == 1
    }
}

/// Where two rows agree.
#[inline(always)]
pub(super) fn agree<const B: usize>(one: &[i32; B], lag: i32, other: &[i32; B]) -> Mask {
    Mask::of::<B>(|i| one[i] + lag == other[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_whole_by_the_nearest() {
        for (value, expected) in [(0.0, 0), (0.49, 0), (1.5, 2), (-2.75, -3), (1_073_741_823.0, CAP_I32)] {
            assert_eq!(whole(value), expected, "{value}");
        }
        for (seconds, expected) in [(-5.0, 0), (1e300, CAP_I32), (f64::INFINITY, CAP_I32), (28_800.4, 28_800)]
        {
            assert_eq!(whole_span(seconds), expected, "{seconds}");
        }
        assert_eq!(whole_lag(-1e12), -CAP_I32);
    }

    #[test]
    fn masks_count_what_they_hold() {
        let mask = Mask::of::<128>(|i| i % 3 == 0);
        assert_eq!(mask.count(), 43);
        assert!((0..128).all(|i| mask.holds(i) == (i % 3 == 0)));
        assert_eq!(mask.and(Mask::first(30)).count(), 10);
        let row: [i32; 64] = std::array::from_fn(|i| i as i32);
        let other: [i32; 64] = std::array::from_fn(|i| if i < 5 { i as i32 + 2 } else { 0 });
        assert_eq!(agree(&row, 2, &other).count(), 5);
    }
}
