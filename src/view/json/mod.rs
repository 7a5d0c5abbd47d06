//! Answers for machines. Names are stable, more may be added.
//!
//! Dates are `YYYY-MM-DDTHH:MM` or null, `days` are working days of the plan's calendar since its
//! start. Numbers are rounded to far less than their error, so that a document stays readable; what
//! is not a number is null.

mod burndown;
mod cashflow;
mod choosing;
mod comparison;
mod contingency;
mod diff;
mod drivers;
mod extrapolation;
mod joint;
mod net_drivers;
mod path;
mod replay;
mod scope;
mod sequences;
mod simulation;
mod steps;

pub use burndown::burndown;
pub use cashflow::cashflow;
pub use choosing::optimisation;
pub use comparison::comparison;
pub use contingency::contingency;
pub use diff::diff;
pub use drivers::drivers;
pub use extrapolation::extrapolation;
pub use path::path;
pub use replay::replay;
pub use scope::{frontier, scope};
pub use sequences::sequences;
pub use simulation::simulation;

use serde::Serialize;

use crate::forecast::Stamp;
use crate::units::Instant;

/// A point in time.
#[derive(Serialize)]
struct PointJson {
    date: Option<String>,
    days: f64,
}

impl PointJson {
    fn new(stamp: Stamp) -> Self {
        Self { date: date(stamp.date), days: days(stamp.days) }
    }
}

/// A document as text with a line break at its end.
fn document(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .expect("structs of strings and numbers always serialise: no map has a key that is not text");
    text.push('\n');
    text
}

fn date(at: Option<Instant>) -> Option<String> {
    at.map(|at| at.to_string())
}

/// Days to a millionth: a tenth of a second.
fn days(days: f64) -> f64 {
    rounded(days, 1e6)
}

/// Money to a hundredth of a cent.
fn money(value: f64) -> f64 {
    rounded(value, 1e4)
}

/// Shares and correlations to a millionth: one iteration in a million.
fn share(value: f64) -> f64 {
    rounded(value, 1e6)
}

/// The nearest multiple of `1 / parts`; numbers too large to have such digits stay as they are.
fn rounded(value: f64, parts: f64) -> f64 {
    let scaled = (value * parts).round();
    // Adding zero turns −0 into 0.
    if scaled.abs() < 9e15 { scaled / parts + 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_less_than_their_error() {
        for (value, expected) in
            [(0.1 + 0.2, "0.3"), (-0.000_000_01, "0.0"), (1e300, "1e+300"), (f64::NAN, "null")]
        {
            assert_eq!(serde_json::to_string(&days(value)).unwrap(), expected);
        }
    }
}
