//! Probability distributions by their quantile function.
//!
//! Every sampler in the program works by inversion, `value = quantile(u)`, so that correlation,
//! stratification and common random numbers work for every distribution. A distribution is a
//! place and a width ([`Unit`]) around one of few unit shapes ([`UnitShape`]); all that is hard
//! about it happens there.

use crate::stats::law::Law;
use crate::stats::unit::{Unit, UnitShape};
use crate::stats::{DistributionError, Level, checks};

/// What a distribution looks like, before shifting and truncation. All numbers are finite.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Always this value.
    Fixed(f64),
    /// Modified PERT: a beta on `low..=high` with mode `likely`; `shape` 4 is the classical one.
    Pert {
        /// Lowest value.
        low: f64,
        /// Likeliest value.
        likely: f64,
        /// Highest value.
        high: f64,
        /// How peaked, > 0.
        shape: f64,
    },
    /// A triangle on `low..=high` with its tip at `likely`.
    Triangular {
        /// Lowest value.
        low: f64,
        /// Likeliest value.
        likely: f64,
        /// Highest value.
        high: f64,
    },
    /// Every value of `low..=high` alike.
    Uniform {
        /// Lowest value.
        low: f64,
        /// Highest value.
        high: f64,
    },
    /// The triangle whose P10 and P90 are `p10` and `p90` and whose tip is `likely`.
    Trigen {
        /// 10 % lie below.
        p10: f64,
        /// Likeliest value.
        likely: f64,
        /// 10 % lie above.
        p90: f64,
    },
    /// The three-term metalog through three percentiles.
    Metalog {
        /// 10 % lie below.
        p10: f64,
        /// Half lie below.
        p50: f64,
        /// 10 % lie above.
        p90: f64,
    },
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, > 0.
        sd: f64,
    },
    /// Lognormal by its own (not the logarithm's) moments.
    Lognormal {
        /// Mean, > 0.
        mean: f64,
        /// Standard deviation, > 0.
        sd: f64,
    },
    /// Lognormal by its P10 and P90, both > 0.
    LognormalRange {
        /// 10 % lie below.
        p10: f64,
        /// 10 % lie above.
        p90: f64,
    },
    /// Gamma by its moments.
    Gamma {
        /// Mean, > 0.
        mean: f64,
        /// Standard deviation, > 0.
        sd: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape, > 0.
        shape: f64,
        /// Scale, > 0.
        scale: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean, > 0.
        mean: f64,
    },
    /// Beta on `low..=high`.
    Beta {
        /// Lowest value.
        low: f64,
        /// Highest value.
        high: f64,
        /// First parameter, > 0.
        a: f64,
        /// Second parameter, > 0.
        b: f64,
    },
    /// Values with their weights (> 0, any sum), in any order.
    Discrete(Vec<(f64, f64)>),
    /// Observed values, in any order; drawn again each with the same chance.
    Samples(Vec<f64>),
}

/// A distribution that cannot be wrong: its parameters were checked when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    shape: Shape,
    shift: f64,
    lowest: Option<f64>,
    highest: Option<f64>,
    unit: Unit,
    law: Law,
}

impl Distribution {
    /// The distribution of this shape.
    ///
    /// # Errors
    /// The first rule its numbers break.
    pub fn new(shape: Shape) -> Result<Self, DistributionError> {
        checks::check(&shape)?;
        let unit = Unit::of(&shape);
        let law = unit.shape.law();
        Ok(Self { shape, shift: 0.0, lowest: None, highest: None, unit, law })
    }

    /// Always this value.
    ///
    /// # Panics
    /// If `value` is not finite.
    pub fn fixed(value: f64) -> Self {
        assert!(value.is_finite(), "a fixed value is finite");
        let unit = Unit::fixed(value);
        Self { shape: Shape::Fixed(value), shift: 0.0, lowest: None, highest: None, unit, law: Law::Fixed }
    }

    /// The same distribution with every value, bounds included, moved by `distance`.
    ///
    /// # Errors
    /// If the distance is not finite or far too large.
    pub fn shifted(mut self, distance: f64) -> Result<Self, DistributionError> {
        checks::check_number(distance)?;
        self.shift += distance;
        self.unit.location += distance;
        self.lowest = self.lowest.map(|bound| bound + distance);
        self.highest = self.highest.map(|bound| bound + distance);
        Ok(self)
    }

    /// What is left of the distribution between two bounds, made whole again: each value's chance
    /// grows in the same proportion. A shift is taken into account first.
    ///
    /// # Errors
    /// If the bounds are out of order or next to nothing (less than one in a billion) lies between them.
    pub fn truncated(mut self, lowest: Option<f64>, highest: Option<f64>) -> Result<Self, DistributionError> {
        for bound in lowest.iter().chain(&highest) {
            checks::check_number(*bound)?;
        }
        self.lowest = larger(self.lowest, lowest);
        self.highest = smaller(self.highest, highest);
        let (low, high) = (self.lowest.unwrap_or(f64::NEG_INFINITY), self.highest.unwrap_or(f64::INFINITY));
        if low > high {
            return Err(DistributionError::BoundsOutOfOrder { lowest: low, highest: high });
        }
        let within = |bound: f64| (bound - self.unit.location) / self.unit.scale;
        let (inside, law) = match self.unit.shape {
            UnitShape::Fixed if low <= self.unit.location && self.unit.location <= high => {
                (UnitShape::Fixed, Law::Fixed)
            }
            UnitShape::Fixed => return Err(DistributionError::NothingBetween { lowest: low, highest: high }),
            ref shape => shape
                .between(within(low), within(high))
                .ok_or(DistributionError::NothingBetween { lowest: low, highest: high })?,
        };
        if law.lowest() == law.highest() {
            self.unit = Unit::fixed(self.unit.location + self.unit.scale * law.lowest());
            self.law = Law::Fixed;
        } else {
            self.unit.shape = inside;
            self.law = law;
        }
        Ok(self)
    }

    /// The value below which this distribution lies with probability `u`, 0 < u < 1.
    pub fn quantile(&self, u: f64) -> f64 {
        self.quantile_at(Level::with_below(u))
    }

    /// The value at a level; exact far into both tails.
    pub fn quantile_at(&self, level: Level) -> f64 {
        self.bounded(self.unit.location + self.unit.scale * self.law.quantile(level.inside()))
    }

    /// The probability of `x` or less.
    pub fn cdf(&self, x: f64) -> f64 {
        if self.is_fixed() {
            return if x >= self.unit.location { 1.0 } else { 0.0 };
        }
        self.law.level((x - self.unit.location) / self.unit.scale).below
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.unit.location + self.unit.scale * self.law.moments().mean
    }

    /// The standard deviation.
    pub fn sd(&self) -> f64 {
        self.unit.scale * self.law.moments().sd
    }

    /// The median; of separate values the smallest whose cumulative probability reaches one half.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The middle its author wrote: the fixed value, the likeliest, the middle of three percentiles;
    /// where none was written, the median. Shift and bounds are respected.
    pub fn middle(&self) -> f64 {
        match self.shape {
            Shape::Fixed(value) => value + self.shift,
            Shape::Pert { likely, .. } | Shape::Triangular { likely, .. } | Shape::Trigen { likely, .. } => {
                self.bounded(likely + self.shift)
            }
            Shape::Metalog { p50, .. } => self.bounded(p50 + self.shift),
            _ => self.median(),
        }
    }

    /// The lowest possible value; minus infinity if there is none.
    pub fn lowest(&self) -> f64 {
        self.end(self.law.lowest(), self.lowest)
    }

    /// The highest possible value; infinity if there is none.
    pub fn highest(&self) -> f64 {
        self.end(self.law.highest(), self.highest)
    }

    /// Whether only one value is possible.
    pub fn is_fixed(&self) -> bool {
        self.unit.shape == UnitShape::Fixed
    }

    /// Its shape as it was written, before shift and truncation.
    pub const fn shape(&self) -> &Shape {
        &self.shape
    }

    /// By how much it was shifted, and the bounds to which it was then cut.
    pub const fn shift_and_bounds(&self) -> (f64, Option<f64>, Option<f64>) {
        (self.shift, self.lowest, self.highest)
    }

    /// The unit shape behind it, with the place and the width that turn its values into this
    /// distribution's: `value = location + scale * unit value`.
    pub const fn unit(&self) -> &Unit {
        &self.unit
    }

    /// An end of the unit shape in place, or the bound it was cut to if the two differ by rounding only.
    fn end(&self, unit_end: f64, bound: Option<f64>) -> f64 {
        let end = self.unit.location + self.unit.scale * unit_end;
        let near = |bound: &f64| (end - bound).abs() <= 1e-12 * (bound.abs() + self.unit.scale);
        bound.filter(near).unwrap_or_else(|| self.bounded(end))
    }

    /// The value, kept within the bounds it was cut to: a rounding error must not leave them.
    fn bounded(&self, value: f64) -> f64 {
        let value = self.lowest.map_or(value, |bound| value.max(bound));
        self.highest.map_or(value, |bound| value.min(bound))
    }
}

/// The larger of two optional lower bounds.
fn larger(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    one.zip(other).map(|(one, other)| one.max(other)).or(one).or(other)
}

/// The smaller of two optional upper bounds.
fn smaller(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    one.zip(other).map(|(one, other)| one.min(other)).or(one).or(other)
}
