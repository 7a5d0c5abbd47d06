//! Moments of payment: `start`, `finish`, `finish+30ed`; and curves: `even`, `bell+14ed`.

use super::Slip;
use super::quantity::{Unit, duration};
use super::scan::Scan;
use crate::model::{Curve, Moment};
use crate::text::{Code, did_you_mean};
use crate::units::seconds;

/// A moment of payment; the delay is elapsed time.
///
/// # Errors
/// What it is instead.
pub fn moment(text: &str) -> Result<Moment, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let start = scan.at();
    let word = scan.letters();
    let curve = Curve::ALL.into_iter().find(|curve| curve.word() == word);
    let due: &dyn Fn(i64) -> Moment = match (word, curve) {
        ("start", _) => &Moment::AfterStart,
        ("finish", _) => &Moment::AfterFinish,
        (_, Some(curve)) => &move |wait| Moment::Along(curve, wait),
        (_, None) => {
            let range = if word.is_empty() { scan.rest_range() } else { start..scan.at() };
            let message =
                "a payment is due at `start` or `finish`, or flows `even`, `front`, `back` or `bell`";
            let slip = Slip::new(Code::BadPay, range, message);
            let help = did_you_mean(word, ["start", "finish"].into_iter().chain(Curve::ALL.map(Curve::word)))
                .unwrap_or_else(|| "like `{ start = \"30%\", finish = \"70%\" }`".to_owned());
            return Err(slip.help(help));
        }
    };
    delay(&mut scan, word).map(due)
}

/// The delay behind the word, in elapsed seconds.
fn delay(scan: &mut Scan<'_>, word: &str) -> Result<i64, Slip> {
    scan.spaces();
    if scan.is_done() {
        return Ok(0);
    }
    let whole = scan.rest_range();
    if !scan.take("+") {
        return Err(Slip::new(Code::BadPay, whole, format!("this can't follow `{word}`"))
            .help(format!("a delay is elapsed time: `{word}+30ed`")));
    }
    let start = scan.at();
    let delay = duration(scan.rest()).map_err(|slip| slip.moved(start))?;
    let seconds = match delay.unit {
        Unit::ElapsedHour => seconds::HOUR,
        Unit::ElapsedDay => seconds::DAY,
        Unit::ElapsedWeek => seconds::WEEK,
        _ => {
            let written = scan.rest().trim();
            let elapsed =
                format!("{}ed", written.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()));
            return Err(Slip::new(
                Code::BadPay,
                scan.rest_range(),
                "payments wait in elapsed time: `eh`, `ed`, `ew`",
            )
            .help_if((delay.unit == Unit::Day).then(|| format!("write `{word}+{elapsed}`"))));
        }
    };
    let total = (delay.value * seconds).round();
    if total > 1e10 {
        return Err(Slip::new(
            Code::NumberTooLarge,
            scan.rest_range(),
            "this delay is too long to count with",
        ));
    }
    Ok(total as i64)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn moments_are_read() {
        for (text, expected) in [
            ("start", Moment::AfterStart(0)),
            ("finish", Moment::AfterFinish(0)),
            ("finish+30ed", Moment::AfterFinish(30 * 86_400)),
            ("start + 2ew", Moment::AfterStart(14 * 86_400)),
            ("start+1.5eh", Moment::AfterStart(5_400)),
            ("even", Moment::Along(Curve::Even, 0)),
            ("bell + 14ed", Moment::Along(Curve::Bell, 14 * 86_400)),
        ] {
            assert_eq!(moment(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_said() {
        for (text, expected) in [
            (
                "finsh",
                "bad-pay `finsh`: a payment is due at `start` or `finish`, or flows `even`, `front`, `back` or `bell` | did you mean `finish`?",
            ),
            (
                "",
                "bad-pay ``: a payment is due at `start` or `finish`, or flows `even`, `front`, `back` or `bell` | like `{ start = \"30%\", finish = \"70%\" }`",
            ),
            (
                "finish+30d",
                "bad-pay `30d`: payments wait in elapsed time: `eh`, `ed`, `ew` | write `finish+30ed`",
            ),
            (
                "finish-30ed",
                "bad-pay `-30ed`: this can't follow `finish` | a delay is elapsed time: `finish+30ed`",
            ),
            ("finish+x", "bad-duration `x`: a duration is missing here"),
            ("finish+999999999ew", "number-too-large `999999999ew`: this delay is too long to count with"),
        ] {
            assert_eq!(said(text, moment(text)), expected, "{text}");
        }
    }
}
