//! Working hours: `Mon-Fri 09:00-12:00 13:00-18:00`, and extra ones, `2027-03-07 08:00-12:00`.

use chrono::Weekday;

use super::date::{time_of_day, when};
use super::scan::Scan;
use super::{DateRange, Slip};
use crate::text::Code;
use crate::units::When;

/// Seconds from midnight from (included) to (excluded); the end of a day is 86,400.
type HoursOfDay = (u32, u32);

/// Working hours of some weekdays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekPattern {
    /// The weekdays, in the order written.
    pub days: Vec<Weekday>,
    /// Their hours, in seconds from midnight: each ends after it begins.
    pub hours: Vec<(u32, u32)>,
}

/// Working hours of some dates, besides what their week says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraHours {
    /// The dates, whole days.
    pub dates: DateRange,
    /// Their hours, in seconds from midnight: each ends after it begins.
    pub hours: Vec<(u32, u32)>,
}

/// Working hours of some weekdays: `Mon-Fri 09:00-17:00`, `Mon,Wed 08:00-12:00`.
///
/// # Errors
/// What it is instead.
pub fn week(text: &str) -> Result<WeekPattern, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let mut days = Vec::new();
    loop {
        let first = weekday(&mut scan)?;
        scan.spaces();
        let last = if scan.take("-") || scan.take("–") {
            scan.spaces();
            weekday(&mut scan)?
        } else {
            first
        };
        let mut day = first;
        while !days.contains(&day) {
            days.push(day);
            if day == last {
                break;
            }
            day = day.succ();
        }
        scan.spaces();
        if !scan.take(",") {
            break;
        }
        scan.spaces();
    }
    let hours = hours(&mut scan)?;
    Ok(WeekPattern { days, hours })
}

/// Extra hours on a date or a range of dates: `2027-03-07 08:00-12:00`.
///
/// # Errors
/// What it is instead.
pub fn extra(text: &str) -> Result<ExtraHours, Slip> {
    let trimmed = text.trim_start();
    let start = text.len() - trimmed.len();
    let end = start + trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
    let mut dates = Scan::new(&text[..end]);
    dates.spaces();
    let first = when(&mut dates)?;
    let last = if dates.take("..") { when(&mut dates)? } else { first };
    if !dates.is_done() {
        return Err(Slip::new(Code::BadDate, dates.rest_range(), "this can't follow a date"));
    }
    if !matches!((first, last), (When::Day(_), When::Day(_))) || last.ends() < first.begins() {
        return Err(Slip::new(
            Code::BadDate,
            start..end,
            "extra hours belong to whole days, from the first to the last",
        ));
    }
    let mut scan = Scan::new(text);
    scan.take(&text[..end]);
    let hours = hours(&mut scan)?;
    Ok(ExtraHours { dates: DateRange { first, last }, hours })
}

fn hours(scan: &mut Scan<'_>) -> Result<Vec<HoursOfDay>, Slip> {
    let mut all = Vec::new();
    loop {
        scan.spaces();
        if scan.is_done() {
            break;
        }
        let start = scan.at();
        let from = time_of_day(scan, Code::BadWeek)?;
        scan.spaces();
        if !scan.take("-") && !scan.take("–") {
            return Err(Slip::new(Code::BadWeek, start..scan.at(), "hours are from one time to another")
                .help("like `09:00-17:00`"));
        }
        scan.spaces();
        let to = time_of_day(scan, Code::BadWeek)?;
        if to <= from {
            let slip = Slip::new(Code::BadWeek, start..scan.at(), "these hours end before they begin");
            return Err(
                slip.help("a shift over midnight is two: `22:00-24:00` and, on the next day, `00:00-06:00`")
            );
        }
        all.push((from, to));
        scan.spaces();
        scan.take(",");
    }
    if all.is_empty() {
        return Err(
            Slip::new(Code::BadWeek, scan.rest_range(), "hours are missing here").help("like `09:00-17:00`")
        );
    }
    Ok(all)
}

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn weekday(scan: &mut Scan<'_>) -> Result<Weekday, Slip> {
    let start = scan.at();
    let word = scan.take_while(char::is_alphabetic);
    let range = start..scan.at();
    if let Some(day) = WEEKDAYS.into_iter().find(|day| day.to_string() == word) {
        return Ok(day);
    }
    let slip = Slip::new(
        Code::BadWeek,
        range,
        if word.is_empty() { "a weekday is missing here" } else { "this is no weekday" },
    );
    let meant = WEEKDAYS.into_iter().find(|day| {
        let (day, word) = (day.to_string().to_lowercase(), word.to_lowercase());
        word.starts_with(&day) || (word.len() == 2 && day.starts_with(&word))
    });
    Err(slip.help(
        meant.map_or("weekdays are Mon, Tue, Wed, Thu, Fri, Sat, Sun".to_owned(), |day| {
            format!("write `{day}`")
        }),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const HOUR: u32 = 3_600;

    #[test]
    fn weeks_are_read() {
        use Weekday::*;
        for (text, days, hours) in [
            ("Mon-Fri 09:00-12:00 13:00-18:00", vec![Mon, Tue, Wed, Thu, Fri], vec![(9, 12), (13, 18)]),
            ("Sat 7:00-12:00", vec![Sat], vec![(7, 12)]),
            ("Mon,Wed, Fri 08:00-16:00", vec![Mon, Wed, Fri], vec![(8, 16)]),
            ("Sat-Mon 00:00-24:00", vec![Sat, Sun, Mon], vec![(0, 24)]),
            ("Mon-Sun 0:00 - 24:00", vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun], vec![(0, 24)]),
        ] {
            let hours = hours.into_iter().map(|(from, to)| (from * HOUR, to * HOUR)).collect();
            assert_eq!(week(text), Ok(WeekPattern { days, hours }), "{text}");
        }
    }

    #[test]
    fn extra_hours_are_read() {
        let found = extra("2027-03-07..2027-03-08 08:00-12:00 13:00-14:30").unwrap();
        assert_eq!(found.dates, super::super::date_range("2027-03-07..2027-03-08").unwrap());
        assert_eq!(found.hours, [(8 * HOUR, 12 * HOUR), (13 * HOUR, 14 * HOUR + 1_800)]);
    }

    #[test]
    fn what_is_no_week_is_said() {
        for (text, expected) in [
            ("", "bad-week ``: a weekday is missing here | weekdays are Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
            ("Monday 09:00-17:00", "bad-week `Monday`: this is no weekday | write `Mon`"),
            ("mo-fr 09:00-17:00", "bad-week `mo`: this is no weekday | write `Mon`"),
            ("Mon-Fri", "bad-week ``: hours are missing here | like `09:00-17:00`"),
            ("Mon-Fri 9-17", "bad-week `9`: a time of day is hours and minutes | write `09:00`"),
            ("Mon-Fri 09:00", "bad-week `09:00`: hours are from one time to another | like `09:00-17:00`"),
            (
                "Mon 22:00-06:00",
                "bad-week `22:00-06:00`: these hours end before they begin | a shift over midnight is two: `22:00-24:00` and, on the next day, `00:00-06:00`",
            ),
            ("Mon 09:00-25:00", "bad-week `25:00`: there is no such time of day"),
        ] {
            assert_eq!(said(text, week(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("2027-03-07", "bad-week ``: hours are missing here | like `09:00-17:00`"),
            (
                "2027-03-07T08:00 09:00-10:00",
                "bad-date `2027-03-07T08:00`: extra hours belong to whole days, from the first to the last",
            ),
            ("Sat 08:00-12:00", "bad-date `Sat`: a date is missing here | like `2027-03-01`"),
        ] {
            assert_eq!(said(text, extra(text)), expected, "{text}");
        }
    }
}
