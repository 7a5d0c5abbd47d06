//! Plain numbers: `12`, `1_200`, `0.3`, `30%`; money and amounts: `12k`, `1.5M`.

use super::currency::currency;
use super::quantity::{Measure, quantity};
use super::scan::Scan;
use super::{Quantity, Slip};
use crate::text::Code;

/// A number: `12`, `1_200`, `0.3`, `-2`, `30%`.
///
/// # Errors
/// What it is instead.
pub fn number(text: &str) -> Result<f64, Slip> {
    one(text, Measure::Share)
}

/// Money: a number with an optional `k` or `M`.
///
/// # Errors
/// What it is instead.
pub fn money(text: &str) -> Result<f64, Slip> {
    one(text, Measure::Money)
}

/// An amount of pieces: a number with an optional `k` or `M`.
///
/// # Errors
/// What it is instead.
pub fn amount(text: &str) -> Result<f64, Slip> {
    one(text, Measure::Amount)
}

/// A share from 0 to 1: `30%` or `0.3`.
///
/// # Errors
/// What it is instead; a number beyond 0 to 1, of which `30` may have meant `30%`.
pub fn share(text: &str) -> Result<f64, Slip> {
    let value = number(text)?;
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    let slip = Slip::new(Code::OutOfRange, 0..text.len(), "a share lies between 0% and 100%");
    let meant = (1.0..=100.0).contains(&value) && !text.contains('%');
    Err(slip.help_if(meant.then(|| format!("write `{}%`", text.trim()))))
}

fn one(text: &str, measure: Measure) -> Result<f64, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let is_negative = scan.take("-");
    if !is_negative {
        scan.take("+");
    }
    let found: Quantity = quantity(&mut scan, measure)?;
    scan.spaces();
    if !scan.is_done() {
        let rest = scan.rest_range();
        if let (Measure::Money, (amount, Some((code, place)))) = (measure, currency(text)) {
            let message = format!("this amount is in the plan's own currency, without `{code}`");
            let help = format!("write `{}`; costs, rates and prices may be in others", amount.trim());
            return Err(Slip::new(Code::BadNumber, place, message).help(help));
        }
        return Err(Slip::new(Code::BadNumber, rest, "this can't follow a number"));
    }
    let value = found.plain();
    Ok(if is_negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (text, value) in
            [("12", 12.0), (" 1_200 ", 1_200.0), ("0.3", 0.3), ("30%", 0.3), ("-2", -2.0), ("+2.5", 2.5)]
        {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        for (text, value) in [("12k", 12_000.0), ("1.5M", 1_500_000.0), ("-3k", -3_000.0), ("1_000", 1_000.0)]
        {
            assert_eq!(money(text), Ok(value), "{text}");
            assert_eq!(amount(text), Ok(value), "{text}");
        }
        assert_eq!(share("30%"), Ok(0.3));
        assert_eq!(share("0.3"), Ok(0.3));
    }

    #[test]
    fn what_is_no_number_is_said() {
        for (text, expected) in [
            ("", "bad-number ``: a number is missing here"),
            ("x", "bad-number `x`: a number is missing here"),
            ("12 -3", "bad-number `-3`: this can't follow a number"),
            ("12k", "bad-number `k`: `k` is no unit here"),
            ("1__2", "bad-number `__2`: `__2` is no unit here"),
            (
                "1,200",
                "bad-number `1,200`: a number has a point, and `_` between its thousands, but no comma | write `1_200` or `1.200`",
            ),
            (
                "1e5",
                "bad-number `1e5`: a number has no exponent | write it in full, with `_` between its thousands: `20_000`",
            ),
        ] {
            assert_eq!(said(text, number(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("12K", "bad-number `K`: `K` is no unit of money | write `12k`"),
            ("2m", "bad-number `m`: `m` is no unit of money | write `2M`"),
            (
                "12 EUR",
                "bad-number `EUR`: `EUR` is no unit of money | the currency stands once, in `[plan]`: write `12`",
            ),
            (
                "€12k",
                "bad-number `€12k`: a number is missing here | the currency stands once, in `[plan]`: write `12k`",
            ),
            ("12%", "bad-number `%`: `%` is no unit of money"),
            (
                "99999999999999999999",
                "number-too-large `99999999999999999999`: this number is too large to count with",
            ),
        ] {
            assert_eq!(said(text, money(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("30", "out-of-range `30`: a share lies between 0% and 100% | write `30%`"),
            ("120%", "out-of-range `120%`: a share lies between 0% and 100%"),
            ("-0.1", "out-of-range `-0.1`: a share lies between 0% and 100%"),
        ] {
            assert_eq!(said(text, share(text)), expected, "{text}");
        }
    }
}
