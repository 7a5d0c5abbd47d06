//! Where an axis is marked, and with what words: round numbers, or days, weeks, months, years.

use chrono::{Datelike, NaiveDate, Timelike};

use crate::units::{Instant, SECONDS_PER_DAY, SECONDS_PER_HOUR};

use super::words;

/// A mark at an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// Where, in the axis's own unit.
    pub(super) value: f64,
    /// What stands at it.
    pub(super) label: String,
    /// What stands below, where it differs from the mark before: the year, or the day of hours.
    pub(super) under: Option<String>,
}

/// How close two labels may stand, middle to middle, in pixels.
pub(super) const CLOSEST: f64 = 42.0;
/// No axis has room for more.
const MOST: usize = 200;

/// Round numbers within `from..=to`, no more than `most` of them, and their distance.
pub(super) fn round_numbers(from: f64, to: f64, most: f64) -> (Vec<f64>, f64) {
    let rough = ((to - from) / most.max(1.0)).max(f64::MIN_POSITIVE);
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|&step| step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * magnitude);
    let first = (from / step - 1e-9).ceil();
    let values = (0..MOST)
        .map(|position| (first + position_as_f64(position)) * step)
        .take_while(|&value| value <= to + step * 1e-9)
        .collect();
    (values, step)
}

/// Round amounts, of money or of anything else (no currency), as marks.
pub(super) fn of_amounts(from: f64, to: f64, most: f64, currency: &str) -> Vec<Tick> {
    let (values, step) = round_numbers(from, to, most);
    let labels = words::amounts(&values, step, currency);
    values.into_iter().zip(labels).map(|(value, label)| Tick { value, label, under: None }).collect()
}

/// Round numbers on a logarithmic axis between two powers of ten, given by their exponents: 1, 2 and 5 of
/// each power, the powers alone where there are many, and any round numbers within a single power.
pub(super) fn of_powers(from: f64, to: f64) -> Vec<Tick> {
    let (low, high) = (10_f64.powf(from), 10_f64.powf(to));
    let exponent = |tick: Tick| Tick { value: tick.value.log10(), ..tick };
    if to - from < 1.0 {
        let (values, step) = round_numbers(low, high, 6.0);
        let labels = words::amounts(&values, step, "");
        let ticks = values.into_iter().zip(labels).map(|(value, label)| Tick { value, label, under: None });
        return ticks.map(exponent).collect();
    }
    let factors: &[f64] = if to - from > 3.5 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let powers =
        (0..MOST).map(|power| from.floor() + position_as_f64(power)).take_while(|&power| power <= to);
    let values = powers.flat_map(|power| factors.iter().map(move |factor| factor * 10_f64.powf(power)));
    let ticks = values.map(|value| Tick { value, label: words::power(value), under: None }).map(exponent);
    ticks.filter(|tick| from <= tick.value && tick.value <= to).collect()
}

/// A mark named by its day: `1 Mar`, and the year below.
pub(super) fn day_of(moment: Instant) -> Tick {
    let (label, under) = Step::Days(1).words(moment);
    Tick { value: seconds(moment), label, under }
}

/// Days, weeks, months, years (in seconds since 1970) within `from..=to`, on `width` pixels.
pub(super) fn of_dates(from: f64, to: f64, width: f64) -> Vec<Tick> {
    let per_pixel = (to - from) / width.max(1.0);
    let step = Step::ALL
        .into_iter()
        .find(|step| step.seconds() / per_pixel >= step.label_width())
        .unwrap_or(Step::Years(10_000));
    let mut ticks = Vec::new();
    let mut last_under = None;
    let mut at = step.first(instant(from));
    while let Some(moment) = at
        && seconds(moment) <= to
        && ticks.len() < MOST
    {
        if seconds(moment) >= from {
            let (label, under) = step.words(moment);
            let shown = under.clone().filter(|_| under != last_under);
            last_under = under;
            ticks.push(Tick { value: seconds(moment), label, under: shown });
        }
        at = step.next(moment).filter(|next| *next > moment);
    }
    ticks
}

/// The distance between two marks on a time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Hours(i64),
    Days(i64),
    Weeks(i64),
    Months(u32),
    Quarter,
    Years(i32),
}

impl Step {
    const ALL: [Self; 24] = [
        Self::Hours(1),
        Self::Hours(2),
        Self::Hours(3),
        Self::Hours(6),
        Self::Hours(12),
        Self::Days(1),
        Self::Days(2),
        Self::Weeks(1),
        Self::Weeks(2),
        Self::Months(1),
        Self::Months(2),
        Self::Quarter,
        Self::Months(6),
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(10),
        Self::Years(20),
        Self::Years(50),
        Self::Years(100),
        Self::Years(200),
        Self::Years(500),
        Self::Years(1_000),
        Self::Years(2_000),
    ];

    /// How long it is at least.
    fn seconds(self) -> f64 {
        let (days, hours) = match self {
            Self::Hours(hours) => (0.0, small(hours)),
            Self::Days(days) => (small(days), 0.0),
            Self::Weeks(weeks) => (7.0 * small(weeks), 0.0),
            Self::Months(months) => (30.0 * f64::from(months), 0.0),
            Self::Quarter => (90.0, 0.0),
            Self::Years(years) => (365.0 * f64::from(years), 0.0),
        };
        days * 86_400.0 + hours * 3_600.0
    }

    /// The room one of its labels needs, in pixels.
    const fn label_width(self) -> f64 {
        match self {
            Self::Months(_) | Self::Quarter => 44.0,
            Self::Years(_) => 50.0,
            Self::Hours(_) | Self::Days(_) | Self::Weeks(_) => 58.0,
        }
    }

    /// The last mark that is no later than `from`.
    fn first(self, from: Instant) -> Option<Instant> {
        let day = from.date();
        let floor = |width: i64, offset: i64| {
            Instant::from_seconds((from.seconds() - offset).div_euclid(width) * width + offset)
        };
        match self {
            Self::Hours(hours) => Some(floor(hours * SECONDS_PER_HOUR, 0)),
            Self::Days(days) => Some(floor(days * SECONDS_PER_DAY, 0)),
            // 1970-01-05 was a Monday.
            Self::Weeks(weeks) => Some(floor(weeks * 7 * SECONDS_PER_DAY, 4 * SECONDS_PER_DAY)),
            Self::Months(months) => month_start(day.year(), day.month0() / months * months),
            Self::Quarter => month_start(day.year(), day.month0() / 3 * 3),
            Self::Years(years) => month_start(day.year().div_euclid(years) * years, 0),
        }
    }

    /// The mark after this one.
    fn next(self, mark: Instant) -> Option<Instant> {
        let day = mark.date();
        let in_months = |months: u32| {
            let month = day.month0() + months;
            month_start(day.year() + i32::try_from(month / 12).unwrap_or(0), month % 12)
        };
        match self {
            Self::Hours(hours) => Some(mark.plus(hours * SECONDS_PER_HOUR)),
            Self::Days(days) => Some(mark.plus(days * SECONDS_PER_DAY)),
            Self::Weeks(weeks) => Some(mark.plus(weeks * 7 * SECONDS_PER_DAY)),
            Self::Months(months) => in_months(months),
            Self::Quarter => in_months(3),
            Self::Years(years) => month_start(day.year().checked_add(years)?, 0),
        }
    }

    /// What stands at a mark, and below it.
    fn words(self, mark: Instant) -> (String, Option<String>) {
        let (day, year) = (mark.date(), mark.date().year().to_string());
        match self {
            Self::Hours(_) => {
                let time = mark.date_time();
                (format!("{:02}:{:02}", time.hour(), time.minute()), Some(words::date(day)))
            }
            Self::Days(_) | Self::Weeks(_) => (format!("{} {}", day.day(), words::month(day)), Some(year)),
            Self::Months(_) => (words::month(day).to_owned(), Some(year)),
            Self::Quarter => (format!("Q{}", day.month0() / 3 + 1), Some(year)),
            Self::Years(_) => (year, None),
        }
    }
}

/// The moment nearest to so many seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "clamped to a range of years that chrono holds")]
pub(super) fn instant(seconds: f64) -> Instant {
    const FAR: f64 = 2e12;
    Instant::from_seconds(seconds.clamp(-FAR, FAR).round() as i64)
}

/// Seconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "dates are far below 2^53 seconds")]
pub(super) fn seconds(instant: Instant) -> f64 {
    instant.seconds() as f64
}

fn month_start(year: i32, month0: u32) -> Option<Instant> {
    NaiveDate::from_ymd_opt(year, month0 + 1, 1).map(Instant::midnight)
}

fn small(number: i64) -> f64 {
    i32::try_from(number).map_or(f64::MAX, f64::from)
}

fn position_as_f64(position: usize) -> f64 {
    u32::try_from(position).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i32, month: u32, day: u32) -> f64 {
        seconds(Instant::midnight(NaiveDate::from_ymd_opt(year, month, day).unwrap()))
    }

    #[test]
    fn numbers_are_round_and_within() {
        for (from, to, most, expected) in [
            (0.0, 10.0, 5.0, vec![0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
            (-1.0, 1.0, 4.0, vec![-1.0, -0.5, 0.0, 0.5, 1.0]),
            (203.0, 397.0, 4.0, vec![250.0, 300.0, 350.0]),
        ] {
            assert_eq!(round_numbers(from, to, most).0, expected, "{from}..{to}");
        }
    }

    #[test]
    fn marks_of_logarithms_are_round() {
        for (from, to, expected) in [
            (1.0, 2.4, vec!["10", "20", "50", "100", "200"]),
            (-1.2, 0.4, vec!["0.1", "0.2", "0.5", "1", "2"]),
            (0.0, 4.0, vec!["1", "10", "100", "1,000", "10,000"]),
            (1.0, 1.7, vec!["10", "20", "30", "40", "50"]),
        ] {
            let labels: Vec<String> = of_powers(from, to).into_iter().map(|tick| tick.label).collect();
            assert_eq!(labels, expected, "{from}..{to}");
        }
    }

    #[test]
    fn marks_of_time_suit_the_length() {
        for (from, to, expected) in [
            (at(2027, 1, 11), at(2027, 1, 12), vec!["00:00 11 Jan 2027", "03:00", "06:00"]),
            (at(2027, 1, 11), at(2027, 1, 18), vec!["11 Jan 2027", "12 Jan", "13 Jan"]),
            (at(2027, 1, 11), at(2027, 3, 1), vec!["11 Jan 2027", "18 Jan", "25 Jan"]),
            (at(2027, 11, 20), at(2028, 9, 1), vec!["Dec 2027", "Jan 2028", "Feb"]),
            (at(2027, 1, 1), at(2029, 12, 1), vec!["Q1 2027", "Q2", "Q3"]),
            (at(2027, 1, 1), at(2047, 1, 1), vec!["2028", "2030", "2032"]),
        ] {
            let found: Vec<String> = of_dates(from, to, 640.0)
                .into_iter()
                .take(3)
                .map(|tick| tick.under.map_or(tick.label.clone(), |under| format!("{} {under}", tick.label)))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn weeks_begin_on_mondays() {
        for tick in of_dates(at(2027, 1, 1), at(2027, 3, 1), 640.0) {
            assert_eq!(instant(tick.value).date().weekday(), chrono::Weekday::Mon);
        }
    }
}
