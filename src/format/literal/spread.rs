//! How far an estimate may miss: `-30% +150%`, `±20%`.

use super::Slip;
use super::scan::Scan;
use crate::text::Code;

/// How far an estimate may miss below and above, as shares of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Below: 0 to 1.
    pub minus: f64,
    /// Above: 0 or more.
    pub plus: f64,
}

/// A spread: `-30% +150%` or `±20%`.
///
/// # Errors
/// What it is instead.
pub fn spread(text: &str) -> Result<Spread, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    misses(&mut scan)
}

/// The misses at the cursor, up to the end of the text.
pub(super) fn misses(scan: &mut Scan<'_>) -> Result<Spread, Slip> {
    let whole = scan.rest_range();
    let start = scan.at();
    if scan.take("±") || scan.take("+-") || scan.take("+/-") {
        let both = percent(scan, start)?;
        end(scan)?;
        return checked(Spread { minus: both, plus: both }, whole);
    }
    let (mut minus, mut plus) = (None, None);
    loop {
        scan.spaces();
        let start = scan.at();
        if minus.is_none() && (scan.take("-") || scan.take("−")) {
            minus = Some(percent(scan, start)?);
        } else if plus.is_none() && scan.take("+") {
            plus = Some(percent(scan, start)?);
        } else {
            break;
        }
    }
    end(scan)?;
    let written = scan.text(whole.clone()).to_owned();
    match (minus, plus) {
        (Some(minus), Some(plus)) => checked(Spread { minus, plus }, whole),
        (Some(_), None) => Err(one_sided(whole, "above", &format!("{written} +0%"))),
        (None, Some(_)) => Err(one_sided(whole, "below", &format!("-0% {written}"))),
        (None, None) => {
            Err(Slip::new(Code::BadEstimate, whole, "a spread says how far an estimate may miss")
                .help("write `-30% +150%` or `±20%`"))
        }
    }
}

fn one_sided(whole: std::ops::Range<usize>, side: &str, instead: &str) -> Slip {
    Slip::new(Code::BadEstimate, whole, format!("how far may it miss {side}?"))
        .help(format!("write `{instead}` for not at all"))
}

fn percent(scan: &mut Scan<'_>, start: usize) -> Result<f64, Slip> {
    scan.spaces();
    let Some(value) = scan.number() else {
        return Err(Slip::new(Code::BadEstimate, start..scan.at(), "a percentage is missing behind this"));
    };
    if !scan.take("%") {
        let written = scan.text(start..scan.at()).to_owned();
        return Err(Slip::new(
            Code::BadEstimate,
            start..scan.at(),
            "how far an estimate may miss is a percentage",
        )
        .help(format!("write `{written}%`")));
    }
    Ok(value / 100.0)
}

fn end(scan: &mut Scan<'_>) -> Result<(), Slip> {
    scan.spaces();
    if scan.is_done() {
        return Ok(());
    }
    let slip = Slip::new(Code::BadEstimate, scan.rest_range(), "this can't follow here");
    Err(slip.help("a spread is `-30% +150%` or `±20%`"))
}

fn checked(spread: Spread, whole: std::ops::Range<usize>) -> Result<Spread, Slip> {
    if spread.minus > 1.0 {
        return Err(Slip::new(Code::OutOfRange, whole, "an estimate can't miss by more than 100% below"));
    }
    if spread.plus > 1e6 {
        return Err(Slip::new(Code::NumberTooLarge, whole, "this spread is too large to count with"));
    }
    Ok(spread)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn spreads_are_read() {
        for (text, minus, plus) in [
            ("-30% +150%", 0.3, 1.5),
            ("+150% -30%", 0.3, 1.5),
            ("±20%", 0.2, 0.2),
            ("+-20%", 0.2, 0.2),
            ("-0% +5%", 0.0, 0.05),
        ] {
            assert_eq!(spread(text), Ok(Spread { minus, plus }), "{text}");
        }
    }

    #[test]
    fn what_is_no_spread_is_said() {
        for (text, expected) in [
            (
                "",
                "bad-estimate ``: a spread says how far an estimate may miss | write `-30% +150%` or `±20%`",
            ),
            ("-30%", "bad-estimate `-30%`: how far may it miss above? | write `-30% +0%` for not at all"),
            ("+30%", "bad-estimate `+30%`: how far may it miss below? | write `-0% +30%` for not at all"),
            ("-30 +50%", "bad-estimate `-30`: how far an estimate may miss is a percentage | write `-30%`"),
            ("-120% +50%", "out-of-range `-120% +50%`: an estimate can't miss by more than 100% below"),
            ("-30% +50% x", "bad-estimate `x`: this can't follow here | a spread is `-30% +150%` or `±20%`"),
            ("30%", "bad-estimate `30%`: this can't follow here | a spread is `-30% +150%` or `±20%`"),
            ("-", "bad-estimate `-`: a percentage is missing behind this"),
        ] {
            assert_eq!(said(text, spread(text)), expected, "{text}");
        }
    }
}
