//! A share of a whole.

use std::fmt;

/// A share of a whole, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Share(f64);

/// Why a number is no share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShareError {
    /// It is below 0, above 1, or not a number.
    OutOfRange(f64),
}

impl Share {
    /// Nothing of it.
    pub const NONE: Self = Self(0.0);
    /// All of it.
    pub const ALL: Self = Self(1.0);

    /// The share, if `value` lies in 0..=1.
    ///
    /// # Errors
    /// [`ShareError::OutOfRange`] for anything else, NaN included.
    pub fn new(value: f64) -> Result<Self, ShareError> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(ShareError::OutOfRange(value)) }
    }

    /// The share as a number from 0 to 1.
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::OutOfRange(value) = self;
        write!(f, "a share lies between 0 % and 100 %, not at {value}")
    }
}

impl std::error::Error for ShareError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_from_zero_to_one_are_shares() {
        for value in [0.0, 0.2, 1.0] {
            assert_eq!(Share::new(value).map(Share::value), Ok(value));
        }
        for value in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Share::new(value).is_err(), "{value}");
        }
    }
}
