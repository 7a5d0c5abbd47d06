//! Making a calendar: everything is checked here, once.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{NaiveDate, Weekday};

use super::{Calendar, Hours, Interval, check_date, day_number};
use crate::units::SECONDS_PER_DAY;

/// The most separate intervals a day may have.
const MOST_INTERVALS: usize = 24;

/// A calendar in the making; see [`Calendar::builder`].
#[derive(Clone, Debug)]
pub struct CalendarBuilder {
    name: String,
    week: Vec<(Weekday, u32, u32)>,
    holidays: Vec<(NaiveDate, NaiveDate)>,
    extra: Vec<(NaiveDate, u32, u32)>,
    day: Option<u32>,
}

/// Why there can be no such calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// Nothing is worked in its week.
    NoWorkingTime,
    /// Hours that end before they begin, or outside the day; seconds from midnight.
    NotInADay {
        /// Where they begin.
        from: u32,
        /// Where they end.
        to: u32,
    },
    /// Two intervals of a weekday overlap.
    Overlap {
        /// The weekday.
        weekday: Weekday,
        /// The one that begins first.
        first: Interval,
        /// The one that begins before the first has ended.
        second: Interval,
    },
    /// A range of dates or moments that ends before it begins.
    RangeBackwards {
        /// Where it is said to begin.
        first: NaiveDate,
        /// Where it is said to end.
        last: NaiveDate,
    },
    /// A date outside the years 1900 to 2299.
    DateOutOfRange(NaiveDate),
    /// A day in more than 24 pieces.
    TooManyIntervals(usize),
    /// A day length of nothing, or of more than 24 hours; in seconds.
    DayLength(u32),
}

impl CalendarBuilder {
    pub(super) fn new(name: String) -> Self {
        Self { name, week: Vec::new(), holidays: Vec::new(), extra: Vec::new(), day: None }
    }

    /// Work on every such weekday between two seconds of the day. A shift that crosses midnight is
    /// two such calls.
    #[must_use]
    pub fn work(mut self, weekday: Weekday, from: u32, to: u32) -> Self {
        self.week.push((weekday, from, to));
        self
    }

    /// A day off.
    #[must_use]
    pub fn holiday(self, date: NaiveDate) -> Self {
        self.holidays(date, date)
    }

    /// Days off, both ends included.
    #[must_use]
    pub fn holidays(mut self, first: NaiveDate, last: NaiveDate) -> Self {
        self.holidays.push((first, last));
        self
    }

    /// Work on one date between two seconds of the day, besides what its week says, and even on a
    /// holiday. A holiday with extra hours replaces the hours of a date.
    #[must_use]
    pub fn extra(mut self, date: NaiveDate, from: u32, to: u32) -> Self {
        self.extra.push((date, from, to));
        self
    }

    /// The seconds of one `d`, where the most frequent working day isn't meant.
    #[must_use]
    pub fn day_seconds(mut self, seconds: u32) -> Self {
        self.day = Some(seconds);
        self
    }

    /// The calendar, if it can be one.
    ///
    /// # Errors
    /// The first [`CalendarError`] found.
    pub fn build(self) -> Result<Calendar, CalendarError> {
        if let Some(length) = self.day.filter(|&day| day == 0 || i64::from(day) > SECONDS_PER_DAY) {
            return Err(CalendarError::DayLength(length));
        }
        let week = self.week()?;
        let mut calendar =
            Calendar { name: self.name.clone(), week, exceptions: BTreeMap::new(), day: self.day };
        if calendar.week_seconds() == 0 {
            return Err(CalendarError::NoWorkingTime);
        }
        for &(first, last) in &self.holidays {
            if last < first {
                return Err(CalendarError::RangeBackwards { first, last });
            }
            for day in day_number(check_date(first)?)..=day_number(check_date(last)?) {
                calendar.set_day(day, Hours::none());
            }
        }
        for &(date, from, to) in &self.extra {
            let day = day_number(check_date(date)?);
            let hours = calendar.hours_on_day(day).or(&Hours::from(interval(from, to)?));
            calendar.set_day(day, few_enough(hours)?);
        }
        Ok(calendar)
    }

    fn week(&self) -> Result<[Hours; 7], CalendarError> {
        let mut week: [Hours; 7] = Default::default();
        for weekday in (0..7).filter_map(|day| Weekday::try_from(day).ok()) {
            let mut intervals = self
                .week
                .iter()
                .filter(|(day, ..)| *day == weekday)
                .map(|&(_, from, to)| interval(from, to))
                .collect::<Result<Vec<_>, _>>()?;
            intervals.sort_by_key(|interval| interval.from());
            if let Some(pair) = intervals.windows(2).find(|pair| pair[1].from() < pair[0].to()) {
                return Err(CalendarError::Overlap { weekday, first: pair[0], second: pair[1] });
            }
            week[weekday.num_days_from_monday() as usize] = few_enough(intervals.into_iter().collect())?;
        }
        Ok(week)
    }
}

fn interval(from: u32, to: u32) -> Result<Interval, CalendarError> {
    Interval::new(from, to).ok_or(CalendarError::NotInADay { from, to })
}

fn few_enough(hours: Hours) -> Result<Hours, CalendarError> {
    let count = hours.intervals().len();
    if count > MOST_INTERVALS { Err(CalendarError::TooManyIntervals(count)) } else { Ok(hours) }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWorkingTime => f.write_str("there is no working time in its week"),
            Self::NotInADay { from, to } => {
                let clock = |s: &u32| format!("{:02}:{:02}", s / 3600, s / 60 % 60);
                write!(f, "{}-{} is no part of a day", clock(from), clock(to))
            }
            Self::Overlap { weekday, first, second } => {
                write!(f, "{first} and {second} overlap on {weekday}")
            }
            Self::RangeBackwards { first, last } => write!(f, "{first}..{last} ends before it begins"),
            Self::DateOutOfRange(date) => write!(f, "{date} lies outside the years 1900 to 2299"),
            Self::TooManyIntervals(count) => {
                write!(f, "a day has at most {MOST_INTERVALS} intervals of work, not {count}")
            }
            Self::DayLength(seconds) => write!(f, "a day has between 1 second and 24 hours, not {seconds} s"),
        }
    }
}

impl std::error::Error for CalendarError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn some_work() -> CalendarBuilder {
        Calendar::builder("some").work(Weekday::Mon, 9 * 3600, 12 * 3600)
    }

    #[test]
    fn what_cannot_be_a_calendar_is_refused_with_its_reason() {
        let crowded =
            (0..25).fold(some_work(), |builder, hour| builder.work(Weekday::Tue, hour * 60, hour * 60 + 30));
        for (builder, expected) in [
            (Calendar::builder("none"), "there is no working time in its week"),
            (Calendar::builder("x").extra(date(2027, 1, 1), 0, 60), "there is no working time in its week"),
            (some_work().work(Weekday::Mon, 3600, 3600), "01:00-01:00 is no part of a day"),
            (some_work().work(Weekday::Mon, 0, 86_401), "00:00-24:00 is no part of a day"),
            (
                some_work().work(Weekday::Mon, 11 * 3600, 13 * 3600),
                "09:00-12:00 and 11:00-13:00 overlap on Mon",
            ),
            (
                some_work().holidays(date(2027, 1, 2), date(2027, 1, 1)),
                "2027-01-02..2027-01-01 ends before it begins",
            ),
            (some_work().holiday(date(2300, 1, 1)), "2300-01-01 lies outside the years 1900 to 2299"),
            (crowded, "a day has at most 24 intervals of work, not 25"),
            (some_work().day_seconds(0), "a day has between 1 second and 24 hours, not 0 s"),
        ] {
            assert_eq!(builder.build().map_err(|error| error.to_string()), Err(expected.to_owned()));
        }
    }
}
