//! The words of pictures: dates, money, shares and counts, rounded for reading.

use chrono::{Datelike, NaiveDate};

use crate::forecast::{Forecast, Stamp, TimePercentile};
use crate::units::Instant;

/// A space at which no line breaks.
const SPACE: char = '\u{A0}';
/// A sign of its own width, unlike the hyphen.
const MINUS: char = '−';

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Aug`.
pub(super) fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

/// `27 Aug 2027`.
pub(super) fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `27 Aug 2027`, or `42 d` in a plan without dates.
pub(super) fn stamp(stamp: Stamp) -> String {
    stamp.date.map_or_else(|| days(stamp.days), |instant| date(instant.date()))
}

/// The last day a limit leaves: a limit that is a midnight means the whole day before.
pub(super) fn limit(stamp: Stamp) -> String {
    stamp.date.map_or_else(|| days(stamp.days), last_day)
}

fn last_day(limit: Instant) -> String {
    date(limit.plus(-1).date())
}

/// `42 d`, `4.5 d`, `0.25 d`.
pub(super) fn days(days: f64) -> String {
    format!("{}{SPACE}d", figures(days, 2))
}

/// `88 %`; what is not quite none or all is said to be `<1 %` or `>99 %`.
pub(super) fn share(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        format!("<1{SPACE}%")
    } else if (99.5..100.0).contains(&percent) {
        format!(">99{SPACE}%")
    } else {
        format!("{percent:.0}{SPACE}%")
    }
}

/// `P80`, `P92.5`.
pub(super) fn percentile(p: f64) -> String {
    format!("P{}", trimmed(format!("{:.2}", p * 100.0)))
}

/// `10,000`.
pub(super) fn count(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 milestone`, `3 milestones`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// `10,000 iterations, seed 1`, and how many of them count where not all deliver.
pub(super) fn runs(forecast: &Forecast) -> String {
    let runs = format!("{}, seed {}", counted(forecast.iterations, "iteration"), forecast.seed);
    let scenario =
        forecast.plan.scenario.as_ref().map_or(String::new(), |name| format!("scenario {name} · "));
    if forecast.delivered < 1.0 {
        let delivered = share(forecast.delivered);
        format!("{scenario}{runs} · delivered in {delivered}, and dates are of those")
    } else {
        format!("{scenario}{runs}")
    }
}

/// `€248k`, `CHF 1.24M`: three figures.
pub(super) fn money(amount: f64, currency: &str) -> String {
    let (scale, suffix) = scale_of(amount);
    signed(amount, currency, &format!("{}{suffix}", figures(amount.abs() / scale, 3)))
}

/// `42`, `1.24k`: three figures.
pub(super) fn number(amount: f64) -> String {
    money(amount, "")
}

/// Amounts at an axis: all to one scale, with as many decimals as tell them apart.
pub(super) fn amounts(values: &[f64], step: f64, currency: &str) -> Vec<String> {
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let (scale, suffix) = scale_of(largest);
    let decimals = (0..9).find(|&places| is_whole(step / scale * 10_f64.powi(places))).unwrap_or(9);
    values
        .iter()
        .map(|&value| {
            let digits = format!("{:.*}", usize::try_from(decimals).unwrap_or(0), value.abs() / scale);
            let is_zero = digits.chars().all(|digit| matches!(digit, '0' | '.'));
            let suffix = if is_zero { "" } else { suffix };
            let digits = if is_zero { "0" } else { &digits };
            signed(if is_zero { 0.0 } else { value }, currency, &format!("{digits}{suffix}"))
        })
        .collect()
}

/// `P50 13 Jul 2027`, one per percentile asked for that is there; those that fall on one moment
/// share a label: `P50 = P80 13 Jul 2027`.
pub(super) fn moments(percentiles: &[TimePercentile], wanted: &[f64]) -> Vec<(Stamp, String)> {
    let found = wanted.iter().filter_map(|&p| at(percentiles, p).map(|stamp| (p, stamp)));
    let mut named: Vec<(Stamp, String)> = Vec::new();
    for (p, stamp) in found {
        match named.last_mut() {
            Some((last, names)) if *last == stamp => *names = format!("{names} = {}", percentile(p)),
            _ => named.push((stamp, percentile(p))),
        }
    }
    named.into_iter().map(|(at, names)| (at, format!("{names} {}", stamp(at)))).collect()
}

/// The percentile of time, if it is there.
pub(super) fn at(percentiles: &[TimePercentile], p: f64) -> Option<Stamp> {
    percentiles.iter().find(|percentile| (percentile.p - p).abs() < 1e-9).map(|percentile| percentile.at)
}

/// The percentiles marked in pictures: P50, the headline's, P95.
pub(super) fn marked(headline: f64) -> Vec<f64> {
    let mut wanted = vec![0.5, headline, 0.95];
    wanted.sort_by(f64::total_cmp);
    wanted.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    wanted
}

fn scale_of(amount: f64) -> (f64, &'static str) {
    // Half a unit of the third figure below a scale already rounds up to it.
    [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
        .into_iter()
        .find(|(scale, _)| amount.abs() >= scale * 0.9995)
        .unwrap_or((1.0, ""))
}

fn signed(amount: f64, currency: &str, digits: &str) -> String {
    let sign = if amount < 0.0 { MINUS.to_string() } else { String::new() };
    match currency {
        "EUR" => format!("{sign}€{digits}"),
        "USD" => format!("{sign}${digits}"),
        "GBP" => format!("{sign}£{digits}"),
        "" => format!("{sign}{digits}"),
        code => format!("{sign}{code}{SPACE}{digits}"),
    }
}

/// So many significant figures, but all of those before the point.
fn figures(value: f64, significant: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let decimals = (0..6).find(|&places| value.abs() * 10_f64.powi(places) >= 10_f64.powi(significant - 1));
    let decimals = usize::try_from(decimals.unwrap_or(6)).unwrap_or(0);
    let digits = trimmed(format!("{value:.decimals$}"));
    if digits == "-0" { "0".to_owned() } else { digits.replace('-', &MINUS.to_string()) }
}

fn trimmed(digits: String) -> String {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6 * value.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_short() {
        for (amount, currency, expected) in [
            (248_312.0, "EUR", "€248k"),
            (1_240_000.0, "USD", "$1.24M"),
            (12_000.0, "GBP", "£12k"),
            (999.7, "EUR", "€1k"),
            (950.0, "CHF", "CHF\u{A0}950"),
            (-3_210.0, "EUR", "−€3.21k"),
            (0.0, "EUR", "€0"),
            (0.125, "EUR", "€0.125"),
        ] {
            assert_eq!(money(amount, currency), expected, "{amount}");
        }
    }

    #[test]
    fn amounts_at_an_axis_differ() {
        assert_eq!(amounts(&[0.0, 5e4, 1e5], 5e4, "EUR"), ["€0", "€50k", "€100k"]);
        assert_eq!(amounts(&[1e6, 1.0005e6], 500.0, "EUR"), ["€1.0000M", "€1.0005M"]);
        assert_eq!(amounts(&[-0.0, 2.5], 2.5, ""), ["0", "2.5"]);
    }

    #[test]
    fn shares_are_never_quite_none_or_all_unless_they_are() {
        for (value, expected) in [
            (0.0, "0\u{A0}%"),
            (0.001, "<1\u{A0}%"),
            (0.878, "88\u{A0}%"),
            (0.999, ">99\u{A0}%"),
            (1.0, "100\u{A0}%"),
        ] {
            assert_eq!(share(value), expected, "{value}");
        }
    }

    #[test]
    fn a_whole_day_limit_is_named_by_that_day() {
        let day = NaiveDate::from_ymd_opt(2027, 9, 30).unwrap();
        let end = Stamp { days: 1.0, date: Some(Instant::midnight(day).plus(crate::units::SECONDS_PER_DAY)) };
        assert_eq!(limit(end), "30 Sep 2027");
        assert_eq!(limit(Stamp { days: 4.5, date: None }), "4.5\u{A0}d");
    }

    #[test]
    fn counts_are_grouped() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(count(number), expected);
        }
    }
}
