//! The rules a distribution's numbers must keep, and what is said when they don't.

use std::fmt;

use crate::stats::Shape;

/// Why numbers make no distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum DistributionError {
    /// A number is NaN or infinite.
    NotFinite,
    /// A number is beyond ±1e18, where arithmetic on it would lose its meaning.
    TooLarge(f64),
    /// Two of its points are in the wrong order.
    OutOfOrder {
        /// Name of the point that should be the larger one.
        upper: &'static str,
        /// Its value.
        upper_value: f64,
        /// Name of the point that should be the smaller one.
        lower: &'static str,
        /// Its value.
        lower_value: f64,
    },
    /// A number must be above zero.
    NotPositive {
        /// Which one.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A number is outside the range that is supported.
    OutOfRange {
        /// Which one.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The least allowed.
        least: f64,
        /// The most allowed.
        most: f64,
    },
    /// The middle one of three percentiles is too near an outer one for a smooth curve through them.
    TooLopsided {
        /// Where the median lies between P10 and P90: 0 at P10, 1 at P90.
        position: f64,
        /// The least position that is possible.
        least: f64,
        /// The greatest position that is possible.
        most: f64,
    },
    /// There are no values to choose from.
    NoValues,
    /// The lower bound lies above the upper one.
    BoundsOutOfOrder {
        /// The lower bound.
        lowest: f64,
        /// The upper bound.
        highest: f64,
    },
    /// Next to nothing of the distribution lies between the bounds.
    NothingBetween {
        /// The lower bound, minus infinity if there is none.
        lowest: f64,
        /// The upper bound, infinity if there is none.
        highest: f64,
    },
}

impl fmt::Display for DistributionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotFinite => write!(f, "every number of an estimate must be finite"),
            Self::TooLarge(value) => write!(f, "{value} is too large: at most 1e18"),
            Self::OutOfOrder { upper, upper_value, lower, lower_value } => {
                write!(f, "the {upper} {upper_value} lies below the {lower} {lower_value}")
            }
            Self::NotPositive { what, value } => write!(f, "the {what} must be above 0, not {value}"),
            Self::OutOfRange { what, value, least, most } => {
                write!(f, "the {what} must lie between {least} and {most}, not at {value}")
            }
            Self::TooLopsided { position, least, most } => write!(
                f,
                "the P50 lies {:.1} % of the way from the P10 to the P90; a smooth curve needs {:.1} % to {:.1} %",
                100.0 * position,
                100.0 * least,
                100.0 * most
            ),
            Self::NoValues => write!(f, "there is no value to choose from"),
            Self::BoundsOutOfOrder { lowest, highest } => {
                write!(f, "the lower bound {lowest} lies above the upper bound {highest}")
            }
            Self::NothingBetween { lowest, highest } if highest == f64::INFINITY => {
                write!(f, "nothing of the estimate lies above {lowest}")
            }
            Self::NothingBetween { lowest, highest } if lowest == f64::NEG_INFINITY => {
                write!(f, "nothing of the estimate lies below {highest}")
            }
            Self::NothingBetween { lowest, highest } => {
                write!(f, "nothing of the estimate lies between {lowest} and {highest}")
            }
        }
    }
}

impl std::error::Error for DistributionError {}

/// The nearest the median of a metalog may lie to its P10 or P90, as a part of their distance
/// (Keelin 2016, "The Metalog Distributions", three terms with α = 0.1).
pub(super) const METALOG_LEAST_POSITION: f64 = 0.5 * (1.0 - 1.667_11 * 0.4);

type Check = Result<(), DistributionError>;

/// The rules of each shape.
pub(super) fn check(shape: &Shape) -> Check {
    match shape {
        &Shape::Fixed(value) => check_number(value),
        &Shape::Pert { low, likely, high, shape } => {
            three_points(low, likely, high)?;
            check_number(shape)?;
            positive("shape of the PERT", shape)?;
            within("shape of the PERT", shape, 0.0, 1e6)
        }
        &Shape::Triangular { low, likely, high } => three_points(low, likely, high),
        &Shape::Uniform { low, high } => ordered(("lowest", low), ("highest", high)),
        &Shape::Trigen { p10, likely, p90 } => {
            ordered(("P10", p10), ("likeliest value", likely))?;
            ordered(("likeliest value", likely), ("P90", p90))
        }
        &Shape::Metalog { p10, p50, p90 } => metalog(p10, p50, p90),
        &Shape::Normal { mean, sd } => {
            check_number(mean)?;
            positive("standard deviation", sd)
        }
        &Shape::Lognormal { mean, sd } | &Shape::Gamma { mean, sd } => {
            positive("mean", mean)?;
            positive("standard deviation", sd)?;
            within("standard deviation as a multiple of the mean", sd / mean, 0.0, 100.0)
        }
        &Shape::LognormalRange { p10, p90 } => {
            positive("P10 of a lognormal", p10)?;
            ordered(("P10", p10), ("P90", p90))?;
            within("P90 as a multiple of the P10", p90 / p10, 1.0, 1e6)
        }
        &Shape::Weibull { shape, scale } => {
            positive("shape of the Weibull", shape)?;
            within("shape of the Weibull", shape, 0.1, 1e4)?;
            positive("scale of the Weibull", scale)
        }
        &Shape::Exponential { mean } => positive("mean", mean),
        &Shape::Beta { low, high, a, b } => {
            ordered(("lowest", low), ("highest", high))?;
            for (what, value) in [("first parameter of the beta", a), ("second parameter of the beta", b)] {
                positive(what, value)?;
                within(what, value, 0.01, 1e6)?;
            }
            Ok(())
        }
        Shape::Discrete(values) => {
            for &(value, weight) in values {
                check_number(value)?;
                positive("weight of a value", weight)?;
            }
            some(values)
        }
        Shape::Samples(values) => {
            values.iter().try_for_each(|&value| check_number(value))?;
            some(values)
        }
    }
}

/// Finite, and not so large that arithmetic on it would lose its meaning.
pub(super) fn check_number(value: f64) -> Check {
    if !value.is_finite() {
        Err(DistributionError::NotFinite)
    } else if value.abs() > 1e18 {
        Err(DistributionError::TooLarge(value))
    } else {
        Ok(())
    }
}

fn positive(what: &'static str, value: f64) -> Check {
    check_number(value)?;
    if value > 0.0 { Ok(()) } else { Err(DistributionError::NotPositive { what, value }) }
}

fn within(what: &'static str, value: f64, least: f64, most: f64) -> Check {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(DistributionError::OutOfRange { what, value, least, most })
    }
}

fn ordered(lower: (&'static str, f64), upper: (&'static str, f64)) -> Check {
    check_number(lower.1)?;
    check_number(upper.1)?;
    if lower.1 <= upper.1 {
        return Ok(());
    }
    Err(DistributionError::OutOfOrder {
        upper: upper.0,
        upper_value: upper.1,
        lower: lower.0,
        lower_value: lower.1,
    })
}

fn three_points(low: f64, likely: f64, high: f64) -> Check {
    ordered(("lowest", low), ("likeliest value", likely))?;
    ordered(("likeliest value", likely), ("highest", high))
}

fn metalog(p10: f64, p50: f64, p90: f64) -> Check {
    ordered(("P10", p10), ("P50", p50))?;
    ordered(("P50", p50), ("P90", p90))?;
    if p10 == p90 {
        return Ok(());
    }
    let position = (p50 - p10) / (p90 - p10);
    let (least, most) = (METALOG_LEAST_POSITION, 1.0 - METALOG_LEAST_POSITION);
    if least < position && position < most {
        Ok(())
    } else {
        Err(DistributionError::TooLopsided { position, least, most })
    }
}

fn some<T>(values: &[T]) -> Check {
    if values.is_empty() { Err(DistributionError::NoValues) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Distribution;

    #[test]
    fn every_broken_rule_is_said_in_the_authors_words() {
        let infinite = f64::INFINITY;
        for (shape, said) in [
            (Shape::Fixed(f64::NAN), "every number of an estimate must be finite"),
            (Shape::Fixed(2e18), "2000000000000000000 is too large: at most 1e18"),
            (
                Shape::Pert { low: 5.0, likely: 3.0, high: 9.0, shape: 4.0 },
                "the likeliest value 3 lies below the lowest 5",
            ),
            (
                Shape::Triangular { low: 5.0, likely: 8.5, high: 8.0 },
                "the highest 8 lies below the likeliest value 8.5",
            ),
            (
                Shape::Pert { low: 1.0, likely: 3.0, high: 9.0, shape: 0.0 },
                "the shape of the PERT must be above 0, not 0",
            ),
            (Shape::Uniform { low: 2.0, high: 1.0 }, "the highest 1 lies below the lowest 2"),
            (Shape::Uniform { low: 2.0, high: infinite }, "every number of an estimate must be finite"),
            (
                Shape::Metalog { p10: 0.0, p50: 1.0, p90: 10.0 },
                "the P50 lies 10.0 % of the way from the P10 to the P90; a smooth curve needs 16.7 % to 83.3 %",
            ),
            (Shape::Normal { mean: 1.0, sd: -2.0 }, "the standard deviation must be above 0, not -2"),
            (
                Shape::Gamma { mean: 1.0, sd: 200.0 },
                "the standard deviation as a multiple of the mean must lie between 0 and 100, not at 200",
            ),
            (Shape::LognormalRange { p10: 0.0, p90: 2.0 }, "the P10 of a lognormal must be above 0, not 0"),
            (
                Shape::Weibull { shape: 0.01, scale: 1.0 },
                "the shape of the Weibull must lie between 0.1 and 10000, not at 0.01",
            ),
            (Shape::Discrete(vec![]), "there is no value to choose from"),
            (Shape::Discrete(vec![(1.0, 0.0)]), "the weight of a value must be above 0, not 0"),
        ] {
            let error = Distribution::new(shape.clone()).unwrap_err();
            assert_eq!(error.to_string(), said, "{shape:?}");
        }
    }

    #[test]
    fn bounds_that_leave_nothing_are_refused() {
        let uniform = Distribution::new(Shape::Uniform { low: 2.0, high: 4.0 }).unwrap();
        for (lowest, highest, said) in [
            (Some(3.0), Some(2.5), "the lower bound 3 lies above the upper bound 2.5"),
            (Some(4.0), None, "nothing of the estimate lies above 4"),
            (None, Some(2.0), "nothing of the estimate lies below 2"),
            (Some(0.0), Some(1.0), "nothing of the estimate lies between 0 and 1"),
        ] {
            let error = uniform.clone().truncated(lowest, highest).unwrap_err();
            assert_eq!(error.to_string(), said);
        }
    }
}
