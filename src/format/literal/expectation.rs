//! Expectations: `P80(finish) <= deadline`, `P(finish <= deadline and cost <= budget) >= 70%`.

use std::ops::Range;

use super::date::when;
use super::quantity::{Measure, Quantity, quantity};
use super::scan::Scan;
use super::{Selector, Slip, selector, share};
use crate::model::Comparison;
use crate::text::{Code, did_you_mean};
use crate::units::When;

/// An expectation as written.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenStatement {
    /// `P80(finish) <= deadline`; the percentile as a share.
    Percentile(f64, WrittenFigure, Comparison, WrittenLimit),
    /// `mean(cost) <= 300k`
    Mean(WrittenFigure, Comparison, WrittenLimit),
    /// `P(… and …) >= 70%`
    Chance(Vec<WrittenCondition>, Comparison, f64),
}

/// One condition inside `P(…)`.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenCondition {
    /// A figure compared with a limit.
    Compare(WrittenFigure, Comparison, WrittenLimit),
    /// The plan is delivered.
    Delivered,
}

/// A figure, with the place of the name in it.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenFigure {
    /// `finish`
    Finish,
    /// `cost`
    Cost,
    /// `ID.start`
    StartOf(String, Range<usize>),
    /// `ID.finish`
    FinishOf(String, Range<usize>),
    /// `ID.cost`, `cost(SELECTOR)`
    CostOf(Selector, Range<usize>),
}

impl WrittenFigure {
    fn is_money(&self) -> bool {
        matches!(self, Self::Cost | Self::CostOf(..))
    }
}

/// What a figure is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenLimit {
    /// A date or moment.
    Date(When),
    /// Money.
    Money(f64),
    /// Time since the start.
    Span(Quantity),
    /// The deadline of the plan.
    Deadline(Range<usize>),
    /// The budget of the plan.
    Budget(Range<usize>),
    /// The deadline of a milestone.
    DeadlineOf(String, Range<usize>),
}

/// An expectation.
///
/// # Errors
/// What it is instead.
pub fn expectation(text: &str) -> Result<WrittenStatement, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let start = scan.at();
    let word = scan.take_while(|letter| letter.is_ascii_alphanumeric() || letter == '.');
    let range = start..scan.at();
    scan.spaces();
    if !scan.take("(") {
        return Err(no_statement(&scan, word, range));
    }
    let statement = match word {
        "mean" => {
            let (of, comparison, limit) = compared(&mut scan)?;
            WrittenStatement::Mean(of, comparison, limit)
        }
        "P" => chance(&mut scan)?,
        _ => {
            let p = percentile(word, range)?;
            let (of, comparison, limit) = compared(&mut scan)?;
            WrittenStatement::Percentile(p, of, comparison, limit)
        }
    };
    scan.spaces();
    if scan.is_done() { Ok(statement) } else { Err(slip(scan.rest_range(), "this can't follow here")) }
}

fn slip(range: Range<usize>, message: &str) -> Slip {
    Slip::new(Code::BadExpectation, range, message)
}

const STATEMENTS: &str =
    "an expectation is `P80(finish) <= deadline`, `mean(cost) <= 300k` or `P(finish <= deadline) >= 70%`";

fn no_statement(scan: &Scan<'_>, word: &str, range: Range<usize>) -> Slip {
    if matches!(word, "finish" | "cost") {
        let whole = range.start..scan.rest_range().end;
        let written = scan.text(whole.clone());
        let instead = written.replacen(word, &format!("P80({word})"), 1);
        return slip(whole, &format!("`{word}` has no single value"))
            .help(format!("write `{instead}` or another percentile"));
    }
    slip(range, "this is no expectation").help(STATEMENTS)
}

fn percentile(word: &str, range: Range<usize>) -> Result<f64, Slip> {
    let percent = word.strip_prefix('P').and_then(|number| number.parse::<f64>().ok());
    match percent {
        Some(percent) if percent > 0.0 && percent < 100.0 => Ok(percent / 100.0),
        Some(_) => Err(slip(range, "percentiles lie between P0 and P100, both excluded")),
        None if word.starts_with('p') => {
            Err(slip(range, "percentiles are written with a capital")
                .help(format!("write `P{}`", &word[1..])))
        }
        None => Err(slip(range, "this is no expectation").help(STATEMENTS)),
    }
}

/// `figure) <= limit`
fn compared(scan: &mut Scan<'_>) -> Result<(WrittenFigure, Comparison, WrittenLimit), Slip> {
    let of = figure(scan)?;
    close(scan)?;
    let comparison = comparison(scan)?;
    let limit = limit(scan, &of)?;
    Ok((of, comparison, limit))
}

/// `condition and condition) >= share`
fn chance(scan: &mut Scan<'_>) -> Result<WrittenStatement, Slip> {
    let mut conditions = Vec::new();
    loop {
        conditions.push(condition(scan)?);
        scan.spaces();
        let range = scan.word_range();
        if scan.take("and ") || scan.take("&& ") {
            continue;
        }
        if scan.take("or ") {
            return Err(slip(range.start..range.start + 2, "conditions are joined by `and` only"));
        }
        break;
    }
    close(scan)?;
    let comparison = comparison(scan)?;
    scan.spaces();
    let start = scan.at();
    let text = scan.take_while(|_| true);
    let chance = share(text).map_err(|slip| slip.moved(start))?;
    Ok(WrittenStatement::Chance(conditions, comparison, chance))
}

fn condition(scan: &mut Scan<'_>) -> Result<WrittenCondition, Slip> {
    scan.spaces();
    let mut ahead = scan.clone();
    if ahead.take("delivered") && ahead.id().is_empty() {
        *scan = ahead;
        return Ok(WrittenCondition::Delivered);
    }
    let of = figure(scan)?;
    let comparison = comparison(scan)?;
    let limit = limit(scan, &of)?;
    Ok(WrittenCondition::Compare(of, comparison, limit))
}

fn close(scan: &mut Scan<'_>) -> Result<(), Slip> {
    scan.spaces();
    if scan.take(")") {
        return Ok(());
    }
    Err(slip(scan.word_range(), "`)` is missing before this"))
}

const FIGURES: &str = "figures are `finish`, `cost`, `ID.start`, `ID.finish`, `ID.cost` and `cost(SELECTOR)`";

fn figure(scan: &mut Scan<'_>) -> Result<WrittenFigure, Slip> {
    scan.spaces();
    let start = scan.at();
    let word = scan.id();
    let range = start..scan.at();
    if word == "cost" && scan.take("(") {
        let start = scan.at();
        let inner = scan.take_while(|letter| letter != ')');
        let selector = selector(inner).map_err(|slip| slip.moved(start))?;
        let range = start..scan.at();
        close(scan)?;
        return Ok(WrittenFigure::CostOf(selector, range));
    }
    if scan.take(".") {
        let start = scan.at();
        let what = scan.id();
        let name = word.to_owned();
        return match what {
            _ if name.is_empty() => Err(slip(range, "an id is missing here").help(FIGURES)),
            "start" => Ok(WrittenFigure::StartOf(name, range)),
            "finish" => Ok(WrittenFigure::FinishOf(name, range)),
            "cost" => Ok(WrittenFigure::CostOf(Selector::Id(name), range)),
            _ => Err(slip(start..scan.at(), "a milestone has a `start`, a `finish` and a `cost`")
                .help_if(did_you_mean(what, ["start", "finish", "cost"]))),
        };
    }
    match word {
        "finish" => Ok(WrittenFigure::Finish),
        "cost" => Ok(WrittenFigure::Cost),
        "" => Err(slip(scan.word_range(), "a figure is missing here").help(FIGURES)),
        _ => {
            let near = did_you_mean(word, ["finish", "cost", "delivered"]);
            Err(slip(range, &format!("`{word}` is no figure")).help(near.unwrap_or_else(|| {
                format!("of a milestone: `{word}.finish`, `{word}.start`, `{word}.cost`")
            })))
        }
    }
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("<=", Comparison::AtMost),
    ("≤", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("≥", Comparison::AtLeast),
    ("<", Comparison::Below),
    (">", Comparison::Above),
];

/// The comparison at the cursor.
pub(super) fn comparison(scan: &mut Scan<'_>) -> Result<Comparison, Slip> {
    scan.spaces();
    for (sign, comparison) in COMPARISONS {
        if scan.take(sign) {
            return Ok(comparison);
        }
    }
    Err(slip(scan.word_range(), "a comparison is missing before this").help("`<=`, `<`, `>=` or `>`"))
}

/// The limit at the cursor, which suits the figure.
pub(super) fn limit(scan: &mut Scan<'_>, of: &WrittenFigure) -> Result<WrittenLimit, Slip> {
    scan.spaces();
    let start = scan.at();
    if scan.rest().starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_') {
        return named_limit(scan, of, start);
    }
    let mut ahead = scan.clone();
    let begins_as_date = ahead.take_while(|letter| letter.is_ascii_digit()).len() == 4 && ahead.take("-");
    if !begins_as_date && !is_named(scan) {
        let measure = if of.is_money() { Measure::Money } else { Measure::Duration };
        let found = quantity(scan, measure)?;
        return Ok(if of.is_money() {
            WrittenLimit::Money(found.plain())
        } else {
            WrittenLimit::Span(found)
        });
    }
    if !begins_as_date {
        return named_limit(scan, of, start);
    }
    let date = when(scan)?;
    if of.is_money() {
        return Err(slip(start..scan.at(), "money can't be compared with a date"));
    }
    Ok(WrittenLimit::Date(date))
}

/// Whether an id with a dot behind it comes next, as in `2nd.deadline`.
fn is_named(scan: &Scan<'_>) -> bool {
    let mut ahead = scan.clone();
    ahead.id();
    ahead.take(".deadline")
}

fn named_limit(scan: &mut Scan<'_>, of: &WrittenFigure, start: usize) -> Result<WrittenLimit, Slip> {
    let word = scan.id().to_owned();
    let range = start..scan.at();
    let limit = if scan.take(".") {
        let start = scan.at();
        let what = scan.id();
        if what != "deadline" {
            return Err(slip(start..scan.at(), "of a milestone only the `deadline` is a limit"));
        }
        WrittenLimit::DeadlineOf(word, range)
    } else {
        match word.as_str() {
            "deadline" => WrittenLimit::Deadline(range),
            "budget" => WrittenLimit::Budget(range),
            _ => {
                let near = did_you_mean(&word, ["deadline", "budget"]);
                return Err(slip(range, &format!("`{word}` is no limit")).help(near.unwrap_or_else(|| {
                    "limits are dates, money, spans, `deadline`, `budget`, `ID.deadline`".into()
                })));
            }
        }
    };
    let whole = start..scan.at();
    match (&limit, of.is_money()) {
        (WrittenLimit::Budget(_), false) => Err(slip(whole, "a date can't be compared with the budget")),
        (WrittenLimit::Deadline(_) | WrittenLimit::DeadlineOf(..), true) => {
            Err(slip(whole, "money can't be compared with a deadline"))
        }
        _ => Ok(limit),
    }
}

#[cfg(test)]
mod tests {
    use super::super::quantity::Unit;
    use super::super::{date, said};
    use super::WrittenCondition::Compare;
    use super::WrittenFigure::*;
    use super::WrittenStatement::*;
    use super::*;
    use crate::model::{Category, Comparison::*};

    #[test]
    fn expectations_are_read() {
        let weeks = Quantity { value: 12.0, unit: Unit::Week };
        for (text, expected) in [
            ("P80(finish) <= deadline", Percentile(0.8, Finish, AtMost, WrittenLimit::Deadline(15..23))),
            ("P97.5(finish)<12w", Percentile(0.975, Finish, Below, WrittenLimit::Span(weeks))),
            ("mean(cost) <= 300k", Mean(Cost, AtMost, WrittenLimit::Money(300_000.0))),
            (
                "P80(label.finish) <= 2027-05-14",
                Percentile(
                    0.8,
                    FinishOf("label".into(), 4..9),
                    AtMost,
                    WrittenLimit::Date(date("2027-05-14").unwrap()),
                ),
            ),
            (
                "P10( label.start ) ≥ label.deadline",
                Percentile(
                    0.1,
                    StartOf("label".into(), 5..10),
                    AtLeast,
                    WrittenLimit::DeadlineOf("label".into(), 23..28),
                ),
            ),
            (
                "P90(cost(kind:compute)) <= 60k",
                Percentile(
                    0.9,
                    CostOf(Selector::Kind(Category::Compute), 9..21),
                    AtMost,
                    WrittenLimit::Money(60_000.0),
                ),
            ),
            (
                "P50(train.cost) > 5",
                Percentile(0.5, CostOf(Selector::Id("train".into()), 4..9), Above, WrittenLimit::Money(5.0)),
            ),
            (
                "P(finish <= deadline and cost <= budget) >= 70%",
                Chance(
                    vec![
                        Compare(Finish, AtMost, WrittenLimit::Deadline(12..20)),
                        Compare(Cost, AtMost, WrittenLimit::Budget(33..39)),
                    ],
                    AtLeast,
                    0.7,
                ),
            ),
            ("P(delivered) > 0.9", Chance(vec![WrittenCondition::Delivered], Above, 0.9)),
        ] {
            assert_eq!(expectation(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_expectation_is_said() {
        for (text, expected) in [
            (
                "",
                "bad-expectation ``: this is no expectation | an expectation is `P80(finish) <= deadline`, `mean(cost) <= 300k` or `P(finish <= deadline) >= 70%`",
            ),
            (
                "finish <= deadline",
                "bad-expectation `finish <= deadline`: `finish` has no single value | write `P80(finish) <= deadline` or another percentile",
            ),
            (
                "p80(finish) <= deadline",
                "bad-expectation `p80`: percentiles are written with a capital | write `P80`",
            ),
            (
                "P100(finish) <= deadline",
                "bad-expectation `P100`: percentiles lie between P0 and P100, both excluded",
            ),
            (
                "median(cost) <= 3",
                "bad-expectation `median`: this is no expectation | an expectation is `P80(finish) <= deadline`, `mean(cost) <= 300k` or `P(finish <= deadline) >= 70%`",
            ),
            (
                "P80(finnish) <= deadline",
                "bad-expectation `finnish`: `finnish` is no figure | did you mean `finish`?",
            ),
            (
                "P80(train) <= deadline",
                "bad-expectation `train`: `train` is no figure | of a milestone: `train.finish`, `train.start`, `train.cost`",
            ),
            (
                "P80(train.end) <= deadline",
                "bad-expectation `end`: a milestone has a `start`, a `finish` and a `cost`",
            ),
            ("P80(finish <= deadline", "bad-expectation `<=`: `)` is missing before this"),
            (
                "P80(finish) = deadline",
                "bad-expectation `=`: a comparison is missing before this | `<=`, `<`, `>=` or `>`",
            ),
            (
                "P80(finish) <= dedline",
                "bad-expectation `dedline`: `dedline` is no limit | did you mean `deadline`?",
            ),
            ("P80(finish) <= budget", "bad-expectation `budget`: a date can't be compared with the budget"),
            ("P80(cost) <= deadline", "bad-expectation `deadline`: money can't be compared with a deadline"),
            ("P80(cost) <= 2027-01-05", "bad-expectation `2027-01-05`: money can't be compared with a date"),
            (
                "P80(finish) <= 2027-13-05",
                "impossible-date `2027-13-05`: there is no such day | there is no month 13; a date is year-month-day",
            ),
            (
                "P80(finish) <= 3m",
                "ambiguous-unit `m`: `m` may mean minutes or months | `3min` is minutes, `3mo` is months",
            ),
            (
                "P(finish <= deadline) >= 70",
                "out-of-range `70`: a share lies between 0% and 100% | write `70%`",
            ),
            (
                "P(finish <= deadline or cost <= budget) >= 70%",
                "bad-expectation `or`: conditions are joined by `and` only",
            ),
            (
                "P80(cost(kind:gpu)) <= 3k",
                "bad-selector `gpu`: `gpu` is no kind of money | kinds are people, compute, data, other, risk",
            ),
            ("P80(finish) <= deadline please", "bad-expectation `please`: this can't follow here"),
        ] {
            assert_eq!(said(text, expectation(text)), expected, "{text}");
        }
    }
}
