//! Numbers, dates and money in words; the only place where they are rounded for people.

use chrono::{Datelike, NaiveDate};

use crate::forecast::{Forecast, Proportion, Stamp};
use crate::units::Instant;

/// Words that a line may be broken between: a number keeps its `%`.
pub fn pieces(words: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match pieces.last_mut() {
            Some(last) if word.starts_with(['%', '×']) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// A date with its weekday: `Fri 27 Aug 2027`.
pub fn long_date(at: Instant) -> String {
    at.date().format("%a %-d %b %Y").to_string()
}

/// A date: `27 Aug 2027`.
pub fn date(at: Instant) -> String {
    at.date().format("%-d %b %Y").to_string()
}

/// A point in time: a date with its weekday, or working days since the start.
pub fn long_stamp(stamp: Stamp) -> String {
    stamp.date.map_or_else(|| days(stamp.days), long_date)
}

/// A point in time: a date, or working days since the start.
pub fn stamp(stamp: Stamp) -> String {
    stamp.date.map_or_else(|| days(stamp.days), date)
}

/// A bound in time: as [`stamp`], but the midnight that ends a day is that day.
pub fn bound(bound: Stamp) -> String {
    bound.date.map_or_else(|| days(bound.days), |at| date(last_moment(at)))
}

/// The moment just before a midnight, any other moment as it is.
pub fn last_moment(at: Instant) -> Instant {
    if at == Instant::midnight(at.date()) { at.plus(-1) } else { at }
}

/// An interval in time as briefly as can be told: `26–31 Aug`, `26 Aug–2 Sep`, `27 Aug`,
/// `28 Dec 2027–3 Jan 2028`, `42.9–44.0 d`. Years are left out if both are `year`.
pub fn interval(low: Stamp, high: Stamp, year: Option<i32>) -> String {
    match (low.date, high.date) {
        (Some(low), Some(high)) => date_interval(low.date(), high.date(), year),
        _ => {
            let (from, to) = (days(low.days), days(high.days));
            if from == to { to } else { format!("{}–{to}", from.trim_end_matches(" d")) }
        }
    }
}

fn date_interval(low: NaiveDate, high: NaiveDate, year: Option<i32>) -> String {
    let tail = if year == Some(high.year()) && low.year() == high.year() { "%-d %b" } else { "%-d %b %Y" };
    let head = match (low.year() == high.year(), low.month() == high.month(), low.day() == high.day()) {
        (true, true, true) => return high.format(tail).to_string(),
        (true, true, false) => "%-d",
        (true, false, _) => "%-d %b",
        (false, _, _) => "%-d %b %Y",
    };
    format!("{}–{}", low.format(head), high.format(tail))
}

/// The year of a point in time, if it has a date.
pub fn year(stamp: Stamp) -> Option<i32> {
    stamp.date.map(|at| at.date().year())
}

/// Days with one decimal, with two below one, with none from a thousand: `0.25 d`, `43.5 d`, `1,204 d`.
pub fn days(days: f64) -> String {
    let decimals = match days.abs() {
        size if size >= 999.95 => 0,
        size if (0.005..0.995).contains(&size) => 2,
        _ => 1,
    };
    format!("{} d", number(days, decimals))
}

/// A difference of days with its sign: `+3.5 d`, `−0.25 d`, `0.0 d`.
pub fn signed_days(difference: f64) -> String {
    signed(difference, days)
}

/// A chance or share as whole percents: `88 %`; what is neither never nor always stays so.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if !percent.is_finite() => "–".to_owned(),
        percent if percent > 0.0 && percent < 0.5 => "<1 %".to_owned(),
        percent if (99.5..100.0).contains(&percent) => ">99 %".to_owned(),
        percent => format!("{percent:.0} %").replace("-0 %", "0 %"),
    }
}

/// A chance and its interval: `88 % (87–89 %)`.
pub fn chance(chance: Proportion) -> String {
    let (low, high) = (percent(chance.low), percent(chance.high));
    let share = percent(chance.share);
    if low == high { share } else { format!("{share} ({}–{high})", low.trim_end_matches(" %")) }
}

/// The name of a percentile: `P80`, `P97.5`.
pub fn percentile(p: f64) -> String {
    let percent = (p * 1e4).round() / 100.0;
    format!("P{percent}")
}

/// A number with this many decimals, its thousands apart: `1,204.5`.
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut grouped = String::with_capacity(text.len() + text.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("−{grouped}") } else { grouped }
}

/// A whole number with its thousands apart: `10,000`.
pub fn count(count: usize) -> String {
    number(count as f64, 0)
}

/// What makes a run repeatable: `10,000 iterations, seed 1`.
pub(in crate::view) fn run(iterations: usize, sampling: &str, seed: u64) -> String {
    let scheme = if sampling == "lhs" { " in Latin hypercubes" } else { "" };
    format!("{}{scheme}, seed {seed}", counted(iterations, "iteration"))
}

/// A whole number of things: `1 iteration`, `10,000 iterations`.
pub fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// The same of a forecast, and how a run ended that was to settle.
pub(in crate::view) fn forecast_run(forecast: &Forecast) -> String {
    let settled = match forecast.settled {
        None => "",
        Some(true) => "until settled, ",
        Some(false) => "not settled after ",
    };
    format!("{settled}{}", run(forecast.iterations, forecast.sampling, forecast.seed))
}

/// Money in short: `€248k`, `€1.35M`, `€9,310`, `248k CHF`.
pub fn money(value: f64, currency: &str) -> String {
    let scale = Scale::of(value);
    with_currency(&scale.show(value, scale.decimals(value)), currency)
}

/// As [`money`], with so many decimals more.
pub(super) fn money_finer(value: f64, currency: &str, more: usize) -> String {
    let scale = Scale::of(value);
    with_currency(&scale.show(value, scale.decimals(value) + more), currency)
}

/// A difference of money with its sign: `+€12k`.
pub fn signed_money(difference: f64, currency: &str) -> String {
    signed(difference, |value| money(value, currency))
}

/// An interval of money with just as many digits as tell its ends apart: `€289–293k`.
pub fn money_interval(low: f64, high: f64, currency: &str) -> String {
    let size = if low.abs() > high.abs() { low } else { high };
    let scale = Scale::of(size);
    let first = scale.decimals(size);
    let apart = |decimals: &usize| scale.digits(low, *decimals) != scale.digits(high, *decimals);
    match (first..=first + 2).find(apart) {
        None => with_currency(&scale.show(high, first), currency),
        Some(decimals) => {
            let text = format!("{}–{}", scale.digits(low, decimals), scale.show(high, decimals));
            with_currency(&text, currency)
        }
    }
}

/// Words with a plus in front unless they are negative or nothing.
fn signed(value: f64, show: impl Fn(f64) -> String) -> String {
    let text = show(value);
    let is_nothing = !text.chars().any(|letter| matches!(letter, '1'..='9'));
    if value > 0.0 && !is_nothing { format!("+{text}") } else { text }
}

/// Thousands, millions, … in which money is said.
#[derive(Clone, Copy)]
struct Scale {
    unit: f64,
    letter: &'static str,
}

impl Scale {
    /// The unit that leaves one to three digits before the point; below ten thousand, all digits.
    fn of(value: f64) -> Self {
        let (unit, letter) = match value.abs() {
            size if size >= 999.5e9 => (1e12, "T"),
            size if size >= 999.5e6 => (1e9, "B"),
            size if size >= 999.5e3 => (1e6, "M"),
            size if size >= 9_999.5 => (1e3, "k"),
            _ => (1.0, ""),
        };
        Self { unit, letter }
    }

    /// As many decimals as make three digits; cents only below one hundred.
    fn decimals(self, value: f64) -> usize {
        let size = (value / self.unit).abs();
        match size {
            _ if self.letter.is_empty() => usize::from(size < 100.0 && size.fract() != 0.0) * 2,
            size if size < 9.995 => 2,
            size if size < 99.95 => 1,
            _ => 0,
        }
    }

    fn digits(self, value: f64, decimals: usize) -> String {
        number(value / self.unit, decimals)
    }

    fn show(self, value: f64, decimals: usize) -> String {
        format!("{}{}", self.digits(value, decimals), self.letter)
    }
}

/// An amount with its sign in front or its code behind.
pub(super) fn with_currency(amount: &str, currency: &str) -> String {
    let sign = match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" | "CNY" => "¥",
        "INR" => "₹",
        "KRW" => "₩",
        sign if sign.chars().count() == 1 && !sign.chars().all(char::is_alphanumeric) => sign,
        "" => return amount.to_owned(),
        code => return format!("{amount} {code}"),
    };
    match amount.strip_prefix('−') {
        Some(rest) => format!("−{sign}{rest}"),
        None => format!("{sign}{amount}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SECONDS_PER_HOUR;

    fn at(year: i32, month: u32, day: u32) -> Stamp {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        Stamp { days: 0.0, date: Some(Instant::midnight(date).plus(17 * SECONDS_PER_HOUR)) }
    }

    #[test]
    fn intervals_say_each_part_once() {
        for (low, high, expected) in [
            (at(2027, 8, 26), at(2027, 8, 31), "26–31 Aug"),
            (at(2027, 8, 26), at(2027, 9, 2), "26 Aug–2 Sep"),
            (at(2027, 8, 27), at(2027, 8, 27), "27 Aug"),
            (at(2027, 12, 28), at(2028, 1, 3), "28 Dec 2027–3 Jan 2028"),
            (at(2028, 1, 3), at(2028, 1, 5), "3–5 Jan 2028"),
        ] {
            assert_eq!(interval(low, high, Some(2027)), expected);
        }
        let plain = |days| Stamp { days, date: None };
        assert_eq!(interval(plain(42.91), plain(44.02), None), "42.9–44.0 d");
        assert_eq!(interval(plain(44.01), plain(44.02), None), "44.0 d");
    }

    #[test]
    fn money_has_three_digits_and_its_sign() {
        for (value, currency, expected) in [
            (248_123.0, "EUR", "€248k"),
            (1_350_000.0, "USD", "$1.35M"),
            (9_310.0, "EUR", "€9,310"),
            (10_200.0, "£", "£10.2k"),
            (999_700.0, "EUR", "€1.00M"),
            (-12_345.0, "EUR", "−€12.3k"),
            (248_123.0, "CHF", "248k CHF"),
            (0.0, "EUR", "€0"),
            (12.5, "EUR", "€12.50"),
            (f64::NAN, "EUR", "€–"),
        ] {
            assert_eq!(money(value, currency), expected, "{value} {currency}");
        }
        assert_eq!(signed_money(12_345.0, "EUR"), "+€12.3k");
        assert_eq!(signed_money(0.0, "EUR"), "€0");
    }

    #[test]
    fn money_intervals_show_as_many_digits_as_they_need() {
        assert_eq!(money_interval(289_200.0, 293_000.0, "EUR"), "€289–293k");
        assert_eq!(money_interval(289_230.0, 289_410.0, "EUR"), "€289.2–289.4k");
        assert_eq!(money_interval(5.0, 5.0, "EUR"), "€5");
    }

    #[test]
    fn what_is_neither_never_nor_always_stays_so() {
        for (share, expected) in [
            (0.0, "0 %"),
            (0.001, "<1 %"),
            (0.876, "88 %"),
            (0.9999, ">99 %"),
            (1.0, "100 %"),
            (-0.001, "0 %"),
        ] {
            assert_eq!(percent(share), expected, "{share}");
        }
    }

    #[test]
    fn days_lose_decimals_as_they_grow() {
        for (value, expected) in [
            (0.0, "0.0 d"),
            (0.25, "0.25 d"),
            (43.46, "43.5 d"),
            (1204.4, "1,204 d"),
            (-3.0, "−3.0 d"),
            (-0.0001, "0.0 d"),
        ] {
            assert_eq!(days(value), expected, "{value}");
        }
        assert_eq!((signed_days(3.0).as_str(), signed_days(-3.0).as_str()), ("+3.0 d", "−3.0 d"));
        assert_eq!((percentile(0.8).as_str(), percentile(0.975).as_str()), ("P80", "P97.5"));
    }

    #[test]
    fn a_bound_at_midnight_is_the_day_before() {
        let midnight = NaiveDate::from_ymd_opt(2027, 10, 1).unwrap();
        let end = Stamp { days: 0.0, date: Some(Instant::midnight(midnight)) };
        assert_eq!(bound(end), "30 Sep 2027");
    }
}
