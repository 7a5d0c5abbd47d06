//! From what an estimate says to a distribution that the plan can count with.

use super::Reader;
use super::table::Cut;
use crate::stats::{Distribution, DistributionError, Shape};
use crate::text::{Code, Diagnostic, Span};

impl Reader<'_, '_, '_> {
    pub(super) fn distribution(
        &mut self,
        shape: Shape,
        cut: Option<Cut>,
        place: Span,
    ) -> Option<Distribution> {
        let shape = settled(shape);
        let made = Distribution::new(shape).and_then(|made| match &cut {
            Some(cut) if cut.shift != 0.0 => made.shifted(cut.shift),
            _ => Ok(made),
        });
        let made = made.and_then(|made| match &cut {
            Some(Cut { low: None, high: None, .. }) | None => Ok(made),
            Some(cut) => made.truncated(cut.low, cut.high),
        });
        let made = made.and_then(|made| {
            if !self.scale.is_never_negative() || made.lowest() >= 0.0 {
                return Ok(made);
            }
            let below = made.cdf(0.0);
            let cut = made.truncated(Some(0.0), None)?;
            let message = format!("{} of this estimate lies below zero and is cut off", percent(below));
            self.context.say(
                Diagnostic::new(Code::CutAtZero, place, message)
                    .help("`lognormal` and `gamma` take a mean and a deviation, too, and begin at zero"),
            );
            Ok(cut)
        });
        made.map_err(|error| self.context.say(Diagnostic::new(Code::BadEstimate, place, words(&error)))).ok()
    }
}

/// A shape without width is a fixed value.
fn settled(shape: Shape) -> Shape {
    match shape {
        Shape::Pert { low, high, .. }
        | Shape::Triangular { low, high, .. }
        | Shape::Uniform { low, high }
            if low == high =>
        {
            Shape::Fixed(low)
        }
        Shape::LognormalRange { p10, p90 } if p10 == p90 => Shape::Fixed(p10),
        other => other,
    }
}

fn percent(share: f64) -> String {
    if share < 0.001 { "less than 0.1 %".into() } else { format!("{:.1} %", share * 100.0) }
}

/// Why there is no such distribution, without numbers in seconds.
fn words(error: &DistributionError) -> String {
    match error {
        DistributionError::OutOfOrder { upper, lower, .. } => format!("the {upper} lies below the {lower}"),
        DistributionError::NotPositive { what, .. } => format!("the {what} must be above 0"),
        DistributionError::TooLarge(_) => "this is too large to count with".into(),
        DistributionError::BoundsOutOfOrder { .. } => "`min` lies above `max`".into(),
        DistributionError::NothingBetween { .. } => {
            "nothing of the estimate is left between its bounds".into()
        }
        other => other.to_string(),
    }
}
