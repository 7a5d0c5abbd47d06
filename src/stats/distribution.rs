//! Probability distributions by their quantile function.
//!
//! Every sampler in the program works by inversion, `value = quantile(u)`, so that correlation,
//! stratification and common random numbers work for every distribution.

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
    /// Values with their weights (> 0, any sum), in ascending order of the values.
    Discrete(Vec<(f64, f64)>),
    /// Observed values, ascending; drawn again each with the same chance.
    Samples(Vec<f64>),
}

/// A distribution that cannot be wrong: its parameters were checked when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    shape: Shape,
    shift: f64,
    lowest: Option<f64>,
    highest: Option<f64>,
}

/// Why numbers make no distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum DistributionError {
    /// A number is NaN or infinite.
    NotFinite,
}

impl Distribution {
    /// The distribution of this shape.
    ///
    /// # Errors
    /// The first rule its numbers break.
    pub fn new(shape: Shape) -> Result<Self, DistributionError> {
        Ok(Self { shape, shift: 0.0, lowest: None, highest: None })
    }

    /// Always this value.
    ///
    /// # Panics
    /// If `value` is not finite.
    pub fn fixed(value: f64) -> Self {
        assert!(value.is_finite(), "a fixed value is finite");
        Self { shape: Shape::Fixed(value), shift: 0.0, lowest: None, highest: None }
    }

    /// The middle the author wrote.
    pub fn middle(&self) -> f64 {
        0.0
    }

    /// Whether it is one value only.
    pub fn is_fixed(&self) -> bool {
        matches!(self.shape, Shape::Fixed(_))
    }
}
