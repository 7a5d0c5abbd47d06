//! Rates: `750/d`, `1.2k/d`, `8k..9k..12k/mo`.

use super::currency::currency;
use super::estimate::estimate;
use super::{Measure, Slip, WrittenEstimate};
use crate::model::RateUnit;
use crate::text::Code;

/// A rate as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrittenRate {
    /// How much.
    pub amount: WrittenEstimate,
    /// Per what.
    pub per: RateUnit,
}

const UNITS: [(RateUnit, &str, &[&str]); 5] = [
    (RateUnit::Hour, "h", &["hour", "hr", "H", "hours"]),
    (RateUnit::Day, "d", &["day", "D", "days"]),
    (RateUnit::Week, "w", &["week", "wk", "W", "weeks"]),
    (RateUnit::Month, "mo", &["month", "months", "mon"]),
    (RateUnit::Year, "y", &["year", "yr", "a", "years"]),
];

/// A rate of money or of pieces.
///
/// # Errors
/// What it is instead.
pub fn rate(text: &str, measure: Measure) -> Result<WrittenRate, Slip> {
    let Some((amount, unit)) = text.rsplit_once('/') else {
        let start = text.len() - text.trim_start().len();
        let whole = start..start + text.trim().len();
        let slip = Slip::new(Code::BadRate, whole, "a rate says per what time");
        return Err(slip.help(format!("write `{}/d` or `/h`, `/w`, `/mo`, `/y`", text.trim())));
    };
    let per = per(unit, text.len() - unit.len(), amount)?;
    let amount = if measure == Measure::Money { currency(amount).0 } else { amount };
    let read = estimate(amount, measure)?;
    Ok(WrittenRate { amount: read, per })
}

fn per(text: &str, start: usize, amount: &str) -> Result<RateUnit, Slip> {
    let unit = text.trim();
    let start = start + text.len() - text.trim_start().len();
    if let Some(row) = UNITS.iter().find(|row| row.1 == unit) {
        return Ok(row.0);
    }
    let range = start..start + unit.len();
    let amount = amount.trim();
    if unit == "m" {
        return Err(Slip::new(Code::AmbiguousUnit, range, "`m` may mean minutes or months")
            .help(format!("`{amount}/mo` is per month; per minute can't be said, per hour is `/h`")));
    }
    let slip = Slip::new(Code::BadRate, range, format!("`{unit}` is no time a rate is paid by"));
    let known = UNITS.iter().find(|row| row.2.contains(&unit)).map(|row| row.1);
    Err(slip.help(known.map_or("rates are per `h`, `d`, `w`, `mo` or `y`".to_owned(), |known| {
        format!("write `{amount}/{known}`")
    })))
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{Quantity, Unit};
    use super::super::said;
    use super::*;

    fn of(value: f64, unit: Unit) -> Quantity {
        Quantity { value, unit }
    }

    #[test]
    fn rates_are_read() {
        let k = Unit::Thousand;
        for (text, amount, per) in [
            ("750/d", WrittenEstimate::Fixed(of(750.0, Unit::One)), RateUnit::Day),
            ("1.2k / d", WrittenEstimate::Fixed(of(1.2, k)), RateUnit::Day),
            ("9k/mo", WrittenEstimate::Fixed(of(9.0, k)), RateUnit::Month),
            ("3.0/h", WrittenEstimate::Fixed(of(3.0, Unit::One)), RateUnit::Hour),
            ("8..9..12k/y", WrittenEstimate::Points(of(8.0, k), of(9.0, k), of(12.0, k)), RateUnit::Year),
        ] {
            assert_eq!(rate(text, Measure::Money), Ok(WrittenRate { amount, per }), "{text}");
        }
    }

    #[test]
    fn what_is_no_rate_is_said() {
        for (text, expected) in [
            ("750", "bad-rate `750`: a rate says per what time | write `750/d` or `/h`, `/w`, `/mo`, `/y`"),
            ("750/day", "bad-rate `day`: `day` is no time a rate is paid by | write `750/d`"),
            (
                "9k/m",
                "ambiguous-unit `m`: `m` may mean minutes or months | `9k/mo` is per month; per minute can't be said, per hour is `/h`",
            ),
            (
                "9k/",
                "bad-rate ``: `` is no time a rate is paid by | rates are per `h`, `d`, `w`, `mo` or `y`",
            ),
            ("-750/d", "bad-number `-750`: money can't be negative"),
            ("/d", "bad-number ``: a number is missing here"),
            ("9K/d", "bad-number `K`: `K` is no unit of money | write `9k`"),
        ] {
            assert_eq!(said(text, rate(text, Measure::Money)), expected, "{text}");
        }
    }
}
