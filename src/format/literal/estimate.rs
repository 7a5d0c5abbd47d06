//! Estimates in one text: `10d`, `8..10..20d`, `5d to 20d`, `12d -30% +100%`.

use std::ops::Range;

use super::quantity::{Measure, Quantity, Unit, open_quantity};
use super::scan::Scan;
use super::spread::misses;
use super::{Slip, Spread};
use crate::text::Code;

/// An estimate as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WrittenEstimate {
    /// `10d`
    Fixed(Quantity),
    /// `8..10..20d`: lowest, likeliest, highest.
    Points(Quantity, Quantity, Quantity),
    /// `5d to 20d`: P10 and P90; both above zero.
    Range(Quantity, Quantity),
    /// `12d -30% +100%`: likeliest, and how far it may miss.
    Miss(Quantity, Spread),
}

impl WrittenEstimate {
    /// Every quantity in it, in order.
    pub fn quantities(&self) -> impl Iterator<Item = Quantity> + Clone + use<> {
        let all = match *self {
            Self::Fixed(one) | Self::Miss(one, _) => [Some(one), None, None],
            Self::Points(low, likely, high) => [Some(low), Some(likely), Some(high)],
            Self::Range(low, high) => [Some(low), Some(high), None],
        };
        all.into_iter().flatten()
    }
}

/// An estimate of time, money, pieces or a share.
///
/// # Errors
/// What it is instead, with the readings it may have meant.
pub fn estimate(text: &str, measure: Measure) -> Result<WrittenEstimate, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let whole = scan.rest_range();
    let first = point(&mut scan, measure)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(WrittenEstimate::Fixed(first.quantity(None, measure)));
    }
    if scan.rest().starts_with("..") || scan.rest().starts_with('…') {
        return points(&mut scan, measure, first, whole);
    }
    let mut ahead = scan.clone();
    if ahead.take("to ") || ahead.take("to\t") {
        ahead.spaces();
        let second = point(&mut ahead, measure)?;
        ahead.spaces();
        return range(&ahead, measure, first, second, whole);
    }
    if let Some(high) = dash(&scan, measure) {
        return Err(two_points(&first, &high, measure, whole));
    }
    if scan.rest().starts_with(['-', '+', '±', '−']) {
        return Ok(WrittenEstimate::Miss(first.quantity(None, measure), misses(&mut scan)?));
    }
    Err(Slip::new(Code::BadEstimate, scan.rest_range(), "this can't follow a number").help(shapes(measure)))
}

/// The four ways of writing an estimate, as help.
fn shapes(measure: Measure) -> String {
    let unit = if measure.bare() == Unit::Day { "d" } else { "" };
    format!("an estimate is `10{unit}`, `8..10..20{unit}`, `5{unit} to 20{unit}` or `12{unit} -30% +100%`")
}

/// A number and perhaps its unit.
#[derive(Clone, Debug)]
struct Point<'a> {
    value: f64,
    unit: Option<Unit>,
    /// Its digits as written.
    digits: &'a str,
}

impl Point<'_> {
    /// The quantity, in the unit of the last point if it has none of its own.
    fn quantity(&self, last: Option<Unit>, measure: Measure) -> Quantity {
        Quantity { value: self.value, unit: self.unit.or(last).unwrap_or(measure.bare()) }
    }

    /// How it would be written with a unit of its own.
    fn with(&self, unit: Option<Unit>, measure: Measure) -> String {
        let unit = self.unit.or(unit).unwrap_or(measure.bare());
        format!("{}{}", self.digits, unit.letters())
    }
}

fn point<'a>(scan: &mut Scan<'a>, measure: Measure) -> Result<Point<'a>, Slip> {
    let start = scan.at();
    let mut digits = scan.clone();
    digits.number();
    let digits = scan.text(start..digits.at());
    let (value, unit) = open_quantity(scan, measure)?;
    Ok(Point { value, unit, digits })
}

fn dots(scan: &mut Scan<'_>) -> bool {
    scan.spaces();
    let found = scan.take("..") || scan.take("…");
    scan.spaces();
    found
}

fn points(
    scan: &mut Scan<'_>,
    measure: Measure,
    first: Point<'_>,
    whole: Range<usize>,
) -> Result<WrittenEstimate, Slip> {
    let mut all = vec![first];
    while dots(scan) {
        all.push(point(scan, measure)?);
    }
    if !scan.is_done() {
        let slip = Slip::new(Code::BadEstimate, scan.rest_range(), "this can't follow an estimate");
        return Err(slip.help(shapes(measure)));
    }
    let [low, likely, high] = all.as_slice() else {
        let slip = if let [low, high] = all.as_slice() {
            two_points(low, high, measure, whole)
        } else {
            Slip::new(Code::BadEstimate, whole, format!("an estimate has three points, not {}", all.len()))
                .help("lowest, likeliest, highest")
        };
        return Err(slip);
    };
    let last = settled(&all, measure, "..", &whole)?;
    let [low, likely, high] = [low, likely, high].map(|point| point.quantity(last, measure));
    let is_sorted = |a: Quantity, b: Quantity| a.unit != b.unit || a.value <= b.value;
    if !(is_sorted(low, likely) && is_sorted(likely, high) && is_sorted(low, high)) {
        return Err(Slip::new(
            Code::BadEstimate,
            whole,
            "the points of an estimate rise: lowest, likeliest, highest",
        ));
    }
    Ok(WrittenEstimate::Points(low, likely, high))
}

fn range(
    scan: &Scan<'_>,
    measure: Measure,
    low: Point<'_>,
    high: Point<'_>,
    whole: Range<usize>,
) -> Result<WrittenEstimate, Slip> {
    if !scan.is_done() {
        let slip = Slip::new(Code::BadEstimate, scan.rest_range(), "this can't follow an estimate");
        return Err(slip.help(shapes(measure)));
    }
    let both = [low, high];
    let last = settled(&both, measure, " to ", &whole)?;
    let [low, high] = both.map(|point| point.quantity(last, measure));
    if low.value <= 0.0 {
        return Err(Slip::new(Code::BadEstimate, whole, "both ends of a range lie above zero")
            .help("`0..5..20` begins at zero; `to` is from P10 to P90 of a lognormal"));
    }
    if low.unit == high.unit && low.value > high.value {
        return Err(Slip::new(Code::BadEstimate, whole, "a range rises: P10 to P90"));
    }
    Ok(WrittenEstimate::Range(low, high))
}

/// The unit of the points without one, if that is no riddle: the unit stands on every point, or
/// only on the last, for all.
fn settled(
    points: &[Point<'_>],
    measure: Measure,
    between: &str,
    whole: &Range<usize>,
) -> Result<Option<Unit>, Slip> {
    let with_unit = points.iter().filter(|point| point.unit.is_some()).count();
    let last = points.last().and_then(|point| point.unit);
    let is_clear = with_unit == 0 || with_unit == points.len() || (with_unit == 1 && last.is_some());
    if is_clear {
        return Ok(last);
    }
    let slip = Slip::new(Code::MixedUnits, whole.clone(), "some points have a unit and some have none");
    let readings = readings(points, measure, between);
    let help = match readings.as_slice() {
        [one, other, ..] => format!("`{one}` or `{other}`?"),
        _ => format!("write `{}`", readings.join("")),
    };
    Err(slip.help(help))
}

/// What points with and without units may mean, without riddles: the bare ones have the unit of
/// the next point that has one, of the last that has one, or are bare on purpose.
fn readings(points: &[Point<'_>], measure: Measure, between: &str) -> Vec<String> {
    let last = points.iter().rev().find_map(|point| point.unit);
    let next = |place: usize| points[place..].iter().find_map(|point| point.unit).or(last);
    let written = |unit: &dyn Fn(usize) -> Option<Unit>| {
        let all = points.iter().enumerate().map(|(place, point)| point.with(unit(place), measure));
        all.collect::<Vec<_>>().join(between)
    };
    let bare = if measure.bare() == Unit::One {
        let plain = points.iter().map(|point| point.quantity(None, measure).plain().to_string());
        plain.collect::<Vec<_>>().join(between)
    } else {
        written(&|_| None)
    };
    let mut readings = vec![written(&next)];
    for other in [written(&|_| last), bare] {
        if !readings.contains(&other) {
            readings.push(other);
        }
    }
    readings
}

/// The point behind a dash, if the rest of the text is a dash and a point that is no percentage.
fn dash<'a>(scan: &Scan<'a>, measure: Measure) -> Option<Point<'a>> {
    let mut scan = scan.clone();
    if !["-", "–", "—", "−"].into_iter().any(|dash| scan.take(dash)) {
        return None;
    }
    scan.spaces();
    let high = point(&mut scan, measure).ok()?;
    scan.spaces();
    (scan.is_done() && high.unit != Some(Unit::Percent)).then_some(high)
}

fn two_points(low: &Point<'_>, high: &Point<'_>, measure: Measure, whole: Range<usize>) -> Slip {
    let (low, high) = (low.with(high.unit, measure), high.with(None, measure));
    Slip::new(Code::BadEstimate, whole, "two points don't say what lies between them")
        .help(format!("`{low} to {high}` is from P10 to P90"))
        .help(format!("`{low}..LIKELIEST..{high}` is lowest, likeliest, highest"))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::WrittenEstimate::*;
    use super::*;

    fn of(value: f64, unit: Unit) -> Quantity {
        Quantity { value, unit }
    }

    #[test]
    fn estimates_of_time_are_read() {
        let (d, w, h) = (Unit::Day, Unit::Week, Unit::Hour);
        for (text, expected) in [
            ("10d", Fixed(of(10.0, d))),
            ("10", Fixed(of(10.0, d))),
            ("8..10..20d", Points(of(8.0, d), of(10.0, d), of(20.0, d))),
            ("8..10..20", Points(of(8.0, d), of(10.0, d), of(20.0, d))),
            ("4h..1d..3d", Points(of(4.0, h), of(1.0, d), of(3.0, d))),
            (" 2 .. 3 .. 6 w ", Points(of(2.0, w), of(3.0, w), of(6.0, w))),
            ("0.5..1.5..2.5w", Points(of(0.5, w), of(1.5, w), of(2.5, w))),
            ("5d to 20d", Range(of(5.0, d), of(20.0, d))),
            ("5 to 20d", Range(of(5.0, d), of(20.0, d))),
            ("1w  to  20d", Range(of(1.0, w), of(20.0, d))),
            ("12d -30% +100%", Miss(of(12.0, d), Spread { minus: 0.3, plus: 1.0 })),
            ("12 -30% +100%", Miss(of(12.0, d), Spread { minus: 0.3, plus: 1.0 })),
            ("12d ±20%", Miss(of(12.0, d), Spread { minus: 0.2, plus: 0.2 })),
        ] {
            assert_eq!(estimate(text, Measure::Duration), Ok(expected), "{text}");
        }
    }

    #[test]
    fn estimates_of_money_and_shares_are_read() {
        let k = Unit::Thousand;
        for (text, measure, expected) in [
            ("2k..3k..6k", Measure::Money, Points(of(2.0, k), of(3.0, k), of(6.0, k))),
            ("2..3..6k", Measure::Money, Points(of(2.0, k), of(3.0, k), of(6.0, k))),
            (
                "500..600..900",
                Measure::Amount,
                Points(of(500.0, Unit::One), of(600.0, Unit::One), of(900.0, Unit::One)),
            ),
            (
                "0.2..0.4..0.7",
                Measure::Share,
                Points(of(0.2, Unit::One), of(0.4, Unit::One), of(0.7, Unit::One)),
            ),
            (
                "20..40..70%",
                Measure::Share,
                Points(of(20.0, Unit::Percent), of(40.0, Unit::Percent), of(70.0, Unit::Percent)),
            ),
        ] {
            assert_eq!(estimate(text, measure), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_estimate_is_said() {
        for (text, expected) in [
            (
                "5..20d",
                "bad-estimate `5..20d`: two points don't say what lies between them | `5d to 20d` is from P10 to P90 | `5d..LIKELIEST..20d` is lowest, likeliest, highest",
            ),
            (
                "5-20d",
                "bad-estimate `5-20d`: two points don't say what lies between them | `5d to 20d` is from P10 to P90 | `5d..LIKELIEST..20d` is lowest, likeliest, highest",
            ),
            (
                "1w - 20d",
                "bad-estimate `1w - 20d`: two points don't say what lies between them | `1w to 20d` is from P10 to P90 | `1w..LIKELIEST..20d` is lowest, likeliest, highest",
            ),
            (
                "2..3w..20d",
                "mixed-units `2..3w..20d`: some points have a unit and some have none | `2w..3w..20d` or `2d..3w..20d`?",
            ),
            (
                "1..2..3..4d",
                "bad-estimate `1..2..3..4d`: an estimate has three points, not 4 | lowest, likeliest, highest",
            ),
            (
                "8w..10w..20",
                "mixed-units `8w..10w..20`: some points have a unit and some have none | `8w..10w..20w` or `8w..10w..20d`?",
            ),
            (
                "5w to 20",
                "mixed-units `5w to 20`: some points have a unit and some have none | `5w to 20w` or `5w to 20d`?",
            ),
            (
                "10..8..20d",
                "bad-estimate `10..8..20d`: the points of an estimate rise: lowest, likeliest, highest",
            ),
            ("20d to 5d", "bad-estimate `20d to 5d`: a range rises: P10 to P90"),
            (
                "0d to 5d",
                "bad-estimate `0d to 5d`: both ends of a range lie above zero | `0..5..20` begins at zero; `to` is from P10 to P90 of a lognormal",
            ),
            (
                "10d or so",
                "bad-estimate `or so`: this can't follow a number | an estimate is `10d`, `8..10..20d`, `5d to 20d` or `12d -30% +100%`",
            ),
            (
                "8..10..20d max",
                "bad-estimate `max`: this can't follow an estimate | an estimate is `10d`, `8..10..20d`, `5d to 20d` or `12d -30% +100%`",
            ),
            ("12d -30%", "bad-estimate `-30%`: how far may it miss above? | write `-30% +0%` for not at all"),
            ("8..x..20d", "bad-duration `x..20d`: a duration is missing here"),
            ("about 3d", "bad-duration `about`: a duration is missing here"),
            ("", "bad-duration ``: a duration is missing here"),
            ("-5d", "bad-duration `-5d`: a duration can't be negative"),
        ] {
            assert_eq!(said(text, estimate(text, Measure::Duration)), expected, "{text}");
        }
        for (text, expected) in [
            (
                "10..12k..15k",
                "mixed-units `10..12k..15k`: some points have a unit and some have none | `10k..12k..15k` or `10..12000..15000`?",
            ),
            (
                "10-15k",
                "bad-estimate `10-15k`: two points don't say what lies between them | `10k to 15k` is from P10 to P90 | `10k..LIKELIEST..15k` is lowest, likeliest, highest",
            ),
        ] {
            assert_eq!(said(text, estimate(text, Measure::Money)), expected, "{text}");
        }
        for (measure, expected) in [
            (Measure::Money, "bad-number `-3k`: money can't be negative"),
            (Measure::Amount, "bad-number `-3k`: an amount can't be negative"),
            (Measure::Share, "bad-number `-3k`: a share can't be negative"),
        ] {
            assert_eq!(said("-3k", estimate("-3k", measure)), expected);
        }
    }
}
