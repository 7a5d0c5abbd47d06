//! The families of saturating curves, and the fixed grid of their shapes.

/// A family of curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Every unit of effort closes the same share of what can still be closed.
    Exponential,
    /// Ever slower, without an end in sight: a shifted power law (POW4).
    Power,
    /// A Hill curve (MMF4), which may be S-shaped.
    Hill,
}

impl Family {
    /// All families, in the order of the grid.
    pub const ALL: [Self; 3] = [Self::Exponential, Self::Power, Self::Hill];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exponential => "exponential",
            Self::Power => "power",
            Self::Hill => "hill",
        }
    }
}

/// One shape: the share of the closable gap that is left at time `t`, from 1 at 0 down towards 0.
///
/// Time is 0 at the first and 1 at the last effort of the history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// exp(−k t)
    Exponential {
        /// The rate.
        rate: f64,
    },
    /// (1 + t/d)^(−a)
    Power {
        /// The time d after which the law sets in.
        delay: f64,
        /// The exponent a.
        exponent: f64,
    },
    /// 1 / (1 + (t/d)^a)
    Hill {
        /// The time d at which half is closed.
        half: f64,
        /// The exponent a; above 1 the curve is S-shaped.
        exponent: f64,
    },
}

impl Shape {
    /// Its family.
    pub const fn family(self) -> Family {
        match self {
            Self::Exponential { .. } => Family::Exponential,
            Self::Power { .. } => Family::Power,
            Self::Hill { .. } => Family::Hill,
        }
    }

    /// The share left at time `t` >= 0.
    pub fn left(self, t: f64) -> f64 {
        match self {
            Self::Exponential { rate } => libm::exp(-rate * t),
            Self::Power { delay, exponent } => libm::exp(-exponent * libm::log1p(t / delay)),
            Self::Hill { half, exponent } => 1.0 / (1.0 + libm::pow(t / half, exponent)),
        }
    }

    /// The time at which this share is left, for a share between 0 and 1.
    pub fn time(self, left: f64) -> f64 {
        match self {
            Self::Exponential { rate } => -libm::log(left) / rate,
            Self::Power { delay, exponent } => delay * libm::expm1(-libm::log(left) / exponent),
            Self::Hill { half, exponent } => half * libm::pow(1.0 / left - 1.0, 1.0 / exponent),
        }
    }

    /// Every shape of the grid with its prior probability: families alike, shapes of one alike.
    pub(super) fn grid() -> Vec<(Self, f64)> {
        Family::ALL
            .into_iter()
            .flat_map(|family| {
                let shapes = Self::of_family(family);
                let prior = 1.0 / (Family::ALL.len() * shapes.len()) as f64;
                shapes.into_iter().map(move |shape| (shape, prior))
            })
            .collect()
    }

    /// The shapes of one family that the grid holds.
    fn of_family(family: Family) -> Vec<Self> {
        match family {
            Family::Exponential => {
                spaced(0.1, 20.0, 16).into_iter().map(|rate| Self::Exponential { rate }).collect()
            }
            Family::Power => pairs(&[0.01, 0.03, 0.1, 0.3, 1.0], &spaced(0.1, 3.0, 8))
                .map(|(delay, exponent)| Self::Power { delay, exponent })
                .collect(),
            Family::Hill => pairs(&spaced(0.05, 5.0, 8), &[1.0, 1.5, 2.0, 3.0])
                .map(|(half, exponent)| Self::Hill { half, exponent })
                .collect(),
        }
    }
}

/// So many values between two, in equal ratios.
fn spaced(low: f64, high: f64, count: usize) -> Vec<f64> {
    let step = libm::log(high / low) / (count - 1) as f64;
    (0..count).map(|index| low * libm::exp(step * index as f64)).collect()
}

/// Every pair, the first value outside.
fn pairs<'a>(outer: &'a [f64], inner: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    outer.iter().flat_map(move |&first| inner.iter().map(move |&second| (first, second)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_inverts_what_is_left() {
        for (shape, _) in Shape::grid() {
            assert_eq!(shape.left(0.0), 1.0, "{shape:?}");
            for t in [0.01, 0.5, 1.0, 3.0] {
                let left = shape.left(t);
                // What is left of a fast curve is so little that its digits no longer tell the time.
                let found = shape.time(left);
                assert!((found / t - 1.0).abs() < 1e-9, "{shape:?}: {found} for {t}");
            }
        }
    }

    #[test]
    fn the_grid_is_a_prior_over_eighty_eight_shapes() {
        let grid = Shape::grid();
        assert_eq!(grid.len(), 88);
        let sum: f64 = grid.iter().map(|(_, prior)| prior).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
