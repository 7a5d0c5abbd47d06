//! Dates, moments and ranges of dates: `2027-03-01`, `2027-03-01T09:00`, `2027-12-24..2028-01-02`.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use super::Slip;
use super::scan::Scan;
use crate::text::Code;
use crate::units::{Instant, When};

/// The years a plan may speak of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2299;

/// Days or moments from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// The first.
    pub first: When,
    /// The last, which may be the first.
    pub last: When,
}

/// A date, or a moment of it in local time.
///
/// # Errors
/// What it is instead.
pub fn date(text: &str) -> Result<When, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let found = when(&mut scan)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(found);
    }
    let rest = scan.rest_range();
    let slip = Slip::new(Code::BadDate, rest, "this can't follow a date");
    let is_range = scan.rest().starts_with("..") || scan.take("to ") || scan.take("-");
    Err(if is_range { slip.help("one date is meant here, not a range") } else { slip })
}

/// A range of dates `A..B` that includes both, or a single date.
///
/// # Errors
/// What it is instead.
pub fn date_range(text: &str) -> Result<DateRange, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let whole = scan.rest_range();
    let first = when(&mut scan)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(DateRange { first, last: first });
    }
    if !scan.take("..") {
        let slip = Slip::new(Code::BadDate, scan.rest_range(), "this can't follow a date");
        return Err(slip.help("a range is written `2027-12-24..2028-01-02`"));
    }
    scan.spaces();
    let last = when(&mut scan)?;
    scan.spaces();
    if !scan.is_done() {
        return Err(Slip::new(Code::BadDate, scan.rest_range(), "this can't follow a range of dates"));
    }
    if last.ends() < first.begins() {
        return Err(Slip::new(Code::BadDate, whole, "this range ends before it begins"));
    }
    Ok(DateRange { first, last })
}

/// The date or moment at the cursor.
pub(super) fn when(scan: &mut Scan<'_>) -> Result<When, Slip> {
    let start = scan.at();
    let parts = scan.clone().take_while(|letter| letter.is_ascii_digit() || "-./".contains(letter));
    // A range goes on behind the two dots.
    let parts = parts.split("..").next().unwrap_or_default();
    let range = start..start + parts.len();
    let Some([year, month, day]) = numbers(parts, '-') else { return Err(no_date(scan, parts, range)) };
    if parts.len() != 10 {
        let instead = format!("{year:04}-{month:02}-{day:02}");
        return Err(Slip::new(Code::BadDate, range, "a date has four, two and two digits")
            .help_if((year >= 1000).then(|| format!("write `{instead}`"))));
    }
    let Some(found) = NaiveDate::from_ymd_opt(year as i32, month, day) else {
        return Err(impossible(year as i32, month, range));
    };
    if !YEARS.contains(&found.year()) {
        return Err(Slip::new(Code::OutOfRange, range, "dates lie in the years 1900 to 2299"));
    }
    scan.take(parts);
    match time_behind(scan)? {
        Some(seconds) => Ok(When::At(Instant::midnight(found).plus(i64::from(seconds)))),
        None => Ok(When::Day(found)),
    }
}

fn impossible(year: i32, month: u32, range: Range<usize>) -> Slip {
    let slip = Slip::new(Code::ImpossibleDate, range, "there is no such day");
    if !(1..=12).contains(&month) {
        return slip.help(format!("there is no month {month}; a date is year-month-day"));
    }
    let next = if month == 12 {
        NaiveDate::from_ymd_opt(year + 1, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(year, month + 1, 1)
    };
    slip.help_if(next.and_then(|next| next.pred_opt()).map(|last| format!("that month ends on {last}")))
}

/// The time of day behind a date, in seconds from midnight.
fn time_behind(scan: &mut Scan<'_>) -> Result<Option<u32>, Slip> {
    let mut ahead = scan.clone();
    let is_time = ahead.take("T") || ahead.take("t") || (ahead.spaces() && !ahead.is_done());
    if !is_time || !ahead.rest().starts_with(|letter: char| letter.is_ascii_digit()) {
        return Ok(None);
    }
    let start = ahead.at();
    let seconds = time_of_day(&mut ahead, Code::BadDate)?;
    if seconds == 24 * 3_600 {
        return Err(Slip::new(Code::BadDate, start..ahead.at(), "a day ends at 23:59:59 here")
            .help("write the next day, 00:00"));
    }
    let end = ahead.at();
    let rest = ahead.rest();
    let is_zone = rest.starts_with(['Z', 'z', '+'])
        || (rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_digit()));
    if is_zone {
        return Err(Slip::new(
            Code::BadDate,
            end..ahead.rest_range().end,
            "times are local and have no zone",
        )
        .help("drop the zone"));
    }
    *scan = ahead;
    Ok(Some(seconds))
}

/// A time of day at the cursor, `09:00` or `09:00:30`, in seconds from midnight; `24:00` is the end.
pub(super) fn time_of_day(scan: &mut Scan<'_>, code: Code) -> Result<u32, Slip> {
    let start = scan.at();
    let digits = scan.take_while(|letter| letter.is_ascii_digit() || letter == ':');
    let range = start..scan.at();
    let parts: Vec<&str> = digits.split(':').collect();
    let is_sound = |part: &str, place: usize| part.len() == 2 || (place == 0 && part.len() == 1);
    let sound =
        (2..=3).contains(&parts.len()) && parts.iter().enumerate().all(|(place, part)| is_sound(part, place));
    let slip = Slip::new(code, range, "a time of day is hours and minutes");
    if !sound {
        let hour = parts
            .first()
            .and_then(|hour| hour.parse::<u32>().ok())
            .filter(|hour| *hour <= 24 && parts.len() == 1);
        return Err(slip.help(hour.map_or("like `09:30`".to_owned(), |hour| format!("write `{hour:02}:00`"))));
    }
    // A fraction of a second is more than a plan counts.
    if scan.rest().starts_with('.') {
        let mut ahead = scan.clone();
        ahead.take(".");
        if !ahead.take_while(|letter| letter.is_ascii_digit()).is_empty() {
            return Err(Slip::new(code, start..ahead.at(), "time is counted in whole seconds"));
        }
    }
    let part = |place: usize| parts.get(place).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (hours, minutes, seconds) = (part(0), part(1), part(2));
    let total = hours * 3_600 + minutes * 60 + seconds;
    if minutes > 59 || seconds > 59 || total > 24 * 3_600 {
        return Err(Slip { message: "there is no such time of day".into(), ..slip });
    }
    Ok(total)
}

fn numbers(text: &str, between: char) -> Option<[u32; 3]> {
    let mut parts = text.split(between).map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 4));
    let found = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(found)
}

fn no_date(scan: &Scan<'_>, parts: &str, range: Range<usize>) -> Slip {
    let other_order = numbers(parts, '.').or_else(|| numbers(parts, '/'));
    if let Some([a, b, c]) = other_order {
        let slip = Slip::new(Code::BadDate, range, "a date is written year-month-day");
        let is_german = parts.contains('.') && c >= 1000;
        let help = match (a, b, c) {
            (year, month, day) if year >= 1000 => format!("write `{year:04}-{month:02}-{day:02}`"),
            (day, month, year) if is_german || day > 12 => format!("write `{year:04}-{month:02}-{day:02}`"),
            (one, other, year) => {
                format!("`{year:04}-{one:02}-{other:02}` or `{year:04}-{other:02}-{one:02}`?")
            }
        };
        return slip.help_if((a >= 1000 || c >= 1000).then_some(help));
    }
    let word = scan.word_range();
    match scan.text(word.clone()) {
        "today" | "now" | "tomorrow" => {
            Slip::new(Code::BadDate, word, "a plan has no clock, so that it gives the same answer tomorrow")
                .help("write the date")
        }
        text if text.contains(':') => Slip::new(Code::BadDate, word, "a date is missing before the time"),
        _ => Slip::new(Code::BadDate, word, "a date is missing here").help("like `2027-03-01`"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> When {
        When::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    #[test]
    fn dates_and_moments_are_read() {
        assert_eq!(date("2027-03-01"), Ok(day(2027, 3, 1)));
        assert_eq!(date(" 2028-02-29 "), Ok(day(2028, 2, 29)));
        for text in ["2027-03-01T09:30", "2027-03-01 09:30", "2027-03-01t09:30:00", "2027-03-01 9:30"] {
            assert_eq!(date(text).unwrap().to_string(), "2027-03-01T09:30", "{text}");
        }
    }

    #[test]
    fn ranges_include_both_ends() {
        let range = DateRange { first: day(2027, 12, 24), last: day(2028, 1, 2) };
        assert_eq!(date_range("2027-12-24..2028-01-02"), Ok(range));
        assert_eq!(date_range("2027-12-24 .. 2028-01-02"), Ok(range));
        let one = day(2027, 4, 5);
        assert_eq!(date_range("2027-04-05"), Ok(DateRange { first: one, last: one }));
    }

    #[test]
    fn what_is_no_date_is_said() {
        for (text, expected) in [
            (
                "2027-13-01",
                "impossible-date `2027-13-01`: there is no such day | there is no month 13; a date is year-month-day",
            ),
            (
                "2027-02-30",
                "impossible-date `2027-02-30`: there is no such day | that month ends on 2027-02-28",
            ),
            (
                "2027-12-32",
                "impossible-date `2027-12-32`: there is no such day | that month ends on 2027-12-31",
            ),
            ("2027-1-5", "bad-date `2027-1-5`: a date has four, two and two digits | write `2027-01-05`"),
            ("27-01-05", "bad-date `27-01-05`: a date has four, two and two digits"),
            ("31.12.2027", "bad-date `31.12.2027`: a date is written year-month-day | write `2027-12-31`"),
            (
                "1/5/2027",
                "bad-date `1/5/2027`: a date is written year-month-day | `2027-01-05` or `2027-05-01`?",
            ),
            ("2027/5/1", "bad-date `2027/5/1`: a date is written year-month-day | write `2027-05-01`"),
            ("1066-10-14", "out-of-range `1066-10-14`: dates lie in the years 1900 to 2299"),
            (
                "today",
                "bad-date `today`: a plan has no clock, so that it gives the same answer tomorrow | write the date",
            ),
            ("07:30", "bad-date `07:30`: a date is missing before the time"),
            ("March 5", "bad-date `March`: a date is missing here | like `2027-03-01`"),
            ("", "bad-date ``: a date is missing here | like `2027-03-01`"),
            ("2027-03-01T09:00Z", "bad-date `Z`: times are local and have no zone | drop the zone"),
            ("2027-03-01T09:00+01:00", "bad-date `+01:00`: times are local and have no zone | drop the zone"),
            ("2027-03-01T25:00", "bad-date `25:00`: there is no such time of day"),
            ("2027-03-01T24:00", "bad-date `24:00`: a day ends at 23:59:59 here | write the next day, 00:00"),
            ("2027-03-01T09:00:00.5", "bad-date `09:00:00.5`: time is counted in whole seconds"),
            ("2027-03-01 9", "bad-date `9`: a time of day is hours and minutes | write `09:00`"),
            (
                "2027-03-01..2027-03-05",
                "bad-date `..2027-03-05`: this can't follow a date | one date is meant here, not a range",
            ),
            ("2027-03-01 noon", "bad-date `noon`: this can't follow a date"),
        ] {
            assert_eq!(said(text, date(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("2027-03-05..2027-03-01", "bad-date `2027-03-05..2027-03-01`: this range ends before it begins"),
            (
                "2027-03-05 to 2027-03-09",
                "bad-date `to 2027-03-09`: this can't follow a date | a range is written `2027-12-24..2028-01-02`",
            ),
            ("2027-03-05..", "bad-date ``: a date is missing here | like `2027-03-01`"),
        ] {
            assert_eq!(said(text, date_range(text)), expected, "{text}");
        }
    }
}
