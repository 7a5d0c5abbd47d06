//! A history of measurements in a CSV file: effort, metric and perhaps a number of items.
//!
//! ```text
//! iteration,accuracy,items       a first line of words names the effort
//! 1,0.52,400                     numbers, or dates in the first column of every line
//! 2,0.60,400
//! ```
//!
//! Cells are apart by commas, semicolons or tabs; empty lines and lines that begin with `#` say nothing.

use std::fmt;

use super::literal;
use crate::model::Measured;
use crate::units::SECONDS_PER_DAY;

/// What a file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurements {
    /// The measurements in file order; dates are days since the first of them.
    pub measured: Vec<Measured>,
    /// What effort is counted in: `day` of dates, else what the first line says.
    pub unit: Option<String>,
}

/// A line that is no measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct WrongLine {
    /// The line, from 1; 0: the file as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for WrongLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.message)
    }
}

/// An effort as it is written.
enum Effort {
    Number(f64),
    Day(f64),
}

/// Reads the measurements of a CSV file.
///
/// # Errors
/// Every line that is no measurement.
pub fn read(text: &str) -> Result<Measurements, Vec<WrongLine>> {
    let mut unit = None;
    let mut found: Vec<(usize, Effort, f64, Option<f64>)> = Vec::new();
    let mut wrong = Vec::new();
    let mut is_first = true;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let cells: Vec<&str> =
            line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"').trim()).collect();
        let is_heading = is_first && cells.iter().all(|cell| number(cell).is_none() && day(cell).is_none());
        is_first = false;
        if is_heading {
            unit = cells.first().filter(|cell| !["x", ""].contains(cell)).map(|cell| (*cell).to_owned());
            continue;
        }
        match measurement(&cells) {
            Ok((effort, value, items)) => found.push((index + 1, effort, value, items)),
            Err(message) => wrong.push(WrongLine { line: index + 1, message }),
        }
    }
    let first_day =
        found.iter().filter_map(|row| if let Effort::Day(day) = row.1 { Some(day) } else { None });
    let first_day = first_day.reduce(f64::min);
    let mut measured = Vec::with_capacity(found.len());
    for (line, effort, value, items) in found {
        let effort = match (effort, first_day) {
            (Effort::Day(day), Some(first)) => day - first,
            (Effort::Number(effort), None) => effort,
            _ => {
                let message = "a number among dates: either all efforts are dates, or none".to_owned();
                wrong.push(WrongLine { line, message });
                continue;
            }
        };
        measured.push(Measured { effort, value, items });
    }
    if measured.is_empty() && wrong.is_empty() {
        wrong.push(WrongLine { line: 0, message: "it holds no line like `1,0.52`".to_owned() });
    }
    wrong.sort_by_key(|wrong| wrong.line);
    let unit = if first_day.is_some() { Some("day".to_owned()) } else { unit };
    if wrong.is_empty() { Ok(Measurements { measured, unit }) } else { Err(wrong) }
}

fn measurement(cells: &[&str]) -> Result<(Effort, f64, Option<f64>), String> {
    let number = |cell: &str| number(cell).ok_or(format!("`{cell}` is no number"));
    let [effort, value, rest @ ..] = cells else {
        return Err("a line holds effort, metric and perhaps a number of items".to_owned());
    };
    let effort = match day(effort) {
        Some(day) => Effort::Day(day),
        None => Effort::Number(number(effort)?),
    };
    let value = number(value)?;
    let items = match rest {
        [] | [""] => None,
        [items] => Some(number(items)?),
        _ => return Err("a line holds effort, metric and perhaps a number of items, and no more".to_owned()),
    };
    if items.is_some_and(|items| items < 1.0) {
        return Err("a metric is measured on at least one item".to_owned());
    }
    Ok((effort, value, items))
}

/// A finite number as tables hold it: `0.85`, `.85`, `85%`, `4k`.
pub fn number(word: &str) -> Option<f64> {
    let zero_in_front = word.strip_prefix('.').map(|rest| format!("0.{rest}"));
    let word = zero_in_front.as_deref().unwrap_or(word);
    let number = literal::amount(word).or_else(|_| literal::number(word)).ok();
    number.filter(|number| number.is_finite())
}

/// The day of a date, since 1970.
fn day(cell: &str) -> Option<f64> {
    literal::date(cell).ok().map(|when| when.begins().seconds() as f64 / SECONDS_PER_DAY as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(effort: f64, value: f64, items: Option<f64>) -> Measured {
        Measured { effort, value, items }
    }

    #[test]
    fn headings_separators_and_items_are_understood() {
        let read = read("iteration;accuracy;n\n1;0.52;400\n\n# a pause\n2;60%;\n").unwrap();
        assert_eq!(read.unit.as_deref(), Some("iteration"));
        assert_eq!(read.measured, [point(1.0, 0.52, Some(400.0)), point(2.0, 0.6, None)]);
        assert_eq!(super::read("x,y\n1,2\n").unwrap().unit, None);
    }

    #[test]
    fn dates_count_days_from_the_first() {
        let read = read("2027-01-08,0.6\n2027-01-01,0.5\n").unwrap();
        assert_eq!(read.unit.as_deref(), Some("day"));
        assert_eq!(read.measured, [point(7.0, 0.6, None), point(0.0, 0.5, None)]);
    }

    #[test]
    fn every_wrong_line_is_named() {
        let wrong = read("x,y\n1,0.5\n2,much\n3\n2027-01-01,0.5\n4,0.6,0\n").unwrap_err();
        let lines: Vec<usize> = wrong.iter().map(|wrong| wrong.line).collect();
        assert_eq!(lines, [2, 3, 4, 6], "{wrong:?}");
        assert_eq!(read("x,y\n").unwrap_err()[0].line, 0);
    }
}
