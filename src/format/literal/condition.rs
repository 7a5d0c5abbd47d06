//! Conditions of `only_if`: `evaluate.pivot`, `risk:consent`, `label.finish > 2027-05-01`.

use std::ops::Range;

use super::expectation::{WrittenFigure, WrittenLimit, comparison, limit};
use super::scan::Scan;
use super::{RESERVED_IDS, Slip};
use crate::model::{Comparison, End};
use crate::text::Code;

/// A condition as written, with the places of the names in it.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenOnlyIf {
    /// `evaluate.pivot`
    Outcome {
        /// Whose.
        milestone: (String, Range<usize>),
        /// Which.
        outcome: (String, Range<usize>),
    },
    /// `risk:consent`
    Risk(String, Range<usize>),
    /// `label.finish > 2027-05-01`
    Date {
        /// Whose.
        milestone: (String, Range<usize>),
        /// Which end of it.
        end: End,
        /// How it compares.
        comparison: Comparison,
        /// With what.
        limit: WrittenLimit,
    },
}

const CONDITIONS: &str =
    "a condition is `evaluate.pivot`, `risk:consent` or `label.finish > 2027-05-01`; several stand in a list";

/// A condition.
///
/// # Errors
/// What it is instead.
pub fn condition(text: &str) -> Result<WrittenOnlyIf, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let found = read(&mut scan).map_err(of_a_condition)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(found);
    }
    let rest = scan.rest_range();
    let is_joined = ["and ", "&& ", ", "].iter().any(|word| scan.take(word));
    let help =
        if is_joined { "several conditions stand in a list, and all have to hold" } else { CONDITIONS };
    Err(slip(rest, "this can't follow a condition").help(help))
}

fn slip(range: Range<usize>, message: impl Into<String>) -> Slip {
    Slip::new(Code::BadCondition, range, message)
}

/// The comparison of a date is read as in an expectation, but is none.
fn of_a_condition(slip: Slip) -> Slip {
    let code = if slip.code == Code::BadExpectation { Code::BadCondition } else { slip.code };
    Slip { code, ..slip }
}

fn read(scan: &mut Scan<'_>) -> Result<WrittenOnlyIf, Slip> {
    if scan.take("risk:") {
        let (name, range) = id(scan);
        if name.is_empty() {
            return Err(slip(scan.word_range(), "the id of a risk is missing here"));
        }
        return Ok(WrittenOnlyIf::Risk(name, range));
    }
    let milestone = id(scan);
    if milestone.0.is_empty() {
        return Err(slip(scan.word_range(), "a condition is missing here").help(CONDITIONS));
    }
    if !scan.take(".") {
        let name = &milestone.0;
        let help = format!(
            "`{name}.OUTCOME` is how it turned out, `{name}.finish > 2027-05-01` when it finished, `risk:{name}` a risk"
        );
        return Err(slip(milestone.1, format!("`{name}` alone says nothing about it")).help(help));
    }
    let (what, range) = id(scan);
    let end = match what.as_str() {
        "" => return Err(slip(scan.word_range(), "an outcome, `start` or `finish` is missing here")),
        "start" => End::Start,
        "finish" => End::Finish,
        word if RESERVED_IDS.contains(&word) => {
            return Err(slip(
                range,
                "of a milestone `start` and `finish` can be compared, and outcomes named",
            ));
        }
        _ => return Ok(WrittenOnlyIf::Outcome { milestone, outcome: (what, range) }),
    };
    let comparison = comparison(scan)?;
    let limit = limit(scan, &WrittenFigure::Finish)?;
    Ok(WrittenOnlyIf::Date { milestone, end, comparison, limit })
}

fn id(scan: &mut Scan<'_>) -> (String, Range<usize>) {
    let start = scan.at();
    let name = scan.id().to_owned();
    (name, start..scan.at())
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{Quantity, Unit};
    use super::super::{date, said};
    use super::WrittenOnlyIf::*;
    use super::*;

    #[test]
    fn conditions_are_read() {
        let of = |name: &str, at: usize| (name.to_owned(), at..at + name.len());
        let weeks = WrittenLimit::Span(Quantity { value: 6.0, unit: Unit::Week });
        for (text, expected) in [
            ("evaluate.pivot", Outcome { milestone: of("evaluate", 0), outcome: of("pivot", 9) }),
            (" evaluate.no-go ", Outcome { milestone: of("evaluate", 1), outcome: of("no-go", 10) }),
            ("risk:consent", Risk("consent".into(), 5..12)),
            (
                "label.finish > 2027-05-01",
                Date {
                    milestone: of("label", 0),
                    end: End::Finish,
                    comparison: Comparison::Above,
                    limit: WrittenLimit::Date(date("2027-05-01").unwrap()),
                },
            ),
            (
                "label.start<=6w",
                Date {
                    milestone: of("label", 0),
                    end: End::Start,
                    comparison: Comparison::AtMost,
                    limit: weeks,
                },
            ),
            (
                "label.finish > deadline",
                Date {
                    milestone: of("label", 0),
                    end: End::Finish,
                    comparison: Comparison::Above,
                    limit: WrittenLimit::Deadline(15..23),
                },
            ),
        ] {
            assert_eq!(condition(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_condition_is_said() {
        for (text, expected) in [
            (
                "",
                "bad-condition ``: a condition is missing here | a condition is `evaluate.pivot`, `risk:consent` or `label.finish > 2027-05-01`; several stand in a list",
            ),
            (
                "evaluate",
                "bad-condition `evaluate`: `evaluate` alone says nothing about it | `evaluate.OUTCOME` is how it turned out, `evaluate.finish > 2027-05-01` when it finished, `risk:evaluate` a risk",
            ),
            ("risk: x", "bad-condition `x`: the id of a risk is missing here"),
            ("a.", "bad-condition ``: an outcome, `start` or `finish` is missing here"),
            (
                "a.cost > 3k",
                "bad-condition `cost`: of a milestone `start` and `finish` can be compared, and outcomes named",
            ),
            ("a.finish", "bad-condition ``: a comparison is missing before this | `<=`, `<`, `>=` or `>`"),
            ("a.finish > budget", "bad-condition `budget`: a date can't be compared with the budget"),
            (
                "a.finish > 2027-02-30",
                "impossible-date `2027-02-30`: there is no such day | that month ends on 2027-02-28",
            ),
            (
                "a.go and risk:x",
                "bad-condition `and risk:x`: this can't follow a condition | several conditions stand in a list, and all have to hold",
            ),
            (
                "a.go > 3",
                "bad-condition `> 3`: this can't follow a condition | a condition is `evaluate.pivot`, `risk:consent` or `label.finish > 2027-05-01`; several stand in a list",
            ),
        ] {
            assert_eq!(said(text, condition(text)), expected, "{text}");
        }
    }
}
