//! A probability together with its complement.

/// A probability and its complement, so that neither end loses digits.
///
/// A probability within 1e-17 of one is one in floating point, and the value out there is lost;
/// its complement is not. Invariant: both lie in 0..=1 and `below + above` is one up to rounding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The probability of a smaller value.
    pub below: f64,
    /// The probability of a larger value.
    pub above: f64,
}

impl Level {
    /// The lower end: nothing lies below.
    pub const LOWEST: Self = Self { below: 0.0, above: 1.0 };
    /// The upper end: nothing lies above.
    pub const HIGHEST: Self = Self { below: 1.0, above: 0.0 };

    /// The level with this much below; what is outside 0..=1 counts as its nearest end.
    pub fn with_below(below: f64) -> Self {
        let below = below.clamp(0.0, 1.0);
        Self { below, above: 1.0 - below }
    }

    /// The level with this much above; what is outside 0..=1 counts as its nearest end.
    pub fn with_above(above: f64) -> Self {
        let above = above.clamp(0.0, 1.0);
        Self { below: 1.0 - above, above }
    }

    /// The same level seen from the other side.
    pub const fn mirrored(self) -> Self {
        Self { below: self.above, above: self.below }
    }

    /// This level, or the nearest one that has something on both sides.
    pub fn inside(self) -> Self {
        Self { below: self.below.max(f64::MIN_POSITIVE), above: self.above.max(f64::MIN_POSITIVE) }
    }
}
