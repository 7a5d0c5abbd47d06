//! When work is done: a week's working hours, holidays and extra hours.
//!
//! A [`Calendar`] is the definition: which seconds of which day are worked. Its [`Timeline`],
//! anchored at a plan's start, is the lookup between wall-clock moments and working time.
//!
//! ```text
//! wall      Fri 09 ──── 17 ┄┄┄┄┄┄┄┄┄┄┄ weekend ┄┄┄┄┄┄┄┄┄┄┄ Mon 09 ──── 17
//! position      0 ───── 28800                                   28800 ───── 57600
//! ```
//!
//! What holds on a date, strongest first: extra hours (added to whatever else is worked), a
//! holiday, the week. There are no time zones and no summer time: local time runs evenly.

mod builder;
mod hours;
mod spell;
mod timeline;

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Duration, NaiveDate, Weekday};

use crate::units::{Instant, SECONDS_PER_DAY};

pub use builder::{CalendarBuilder, CalendarError};
pub use hours::{Hours, Interval};
pub use timeline::Timeline;

const SECONDS_PER_WEEK: i64 = 7 * SECONDS_PER_DAY;
/// The first date that may differ from its week.
const FIRST_DATE: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("1900-01-01 is a date");
/// The last date that may differ from its week.
const LAST_DATE: NaiveDate = NaiveDate::from_ymd_opt(2299, 12, 31).expect("2299-12-31 is a date");

/// Working hours on every date; there is always some working time in its week.
///
/// ```
/// use plan::model::Calendar;
/// assert_eq!(Calendar::standard().day_seconds(), 8 * 3600);
/// assert_eq!(Calendar::always().week_seconds(), 7 * 24 * 3600);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    name: String,
    /// Monday first.
    week: [Hours; 7],
    /// Days, counted from 1970-01-01, on which other hours hold than in the week.
    exceptions: BTreeMap<i64, Hours>,
    day: Option<u32>,
}

impl Calendar {
    /// Starts the definition of a calendar; without further ado it has no working time.
    pub fn builder(name: impl Into<String>) -> CalendarBuilder {
        CalendarBuilder::new(name.into())
    }

    /// Monday to Friday, 09:00 to 17:00.
    pub fn standard() -> Self {
        let (free, worked) = (Hours::none(), Hours::from(Interval::HOURS_9_TO_17));
        let week = std::array::from_fn(|day| if day < 5 { worked.clone() } else { free.clone() });
        Self { name: "standard".into(), week, exceptions: BTreeMap::new(), day: None }
    }

    /// All day, every day: its time is elapsed time, its days have 24 hours.
    pub fn always() -> Self {
        let week = std::array::from_fn(|_| Hours::from(Interval::WHOLE_DAY));
        Self { name: "always".into(), week, exceptions: BTreeMap::new(), day: None }
    }

    /// The name by which a plan calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The hours of a weekday, where no date says otherwise.
    pub fn hours_of(&self, weekday: Weekday) -> &Hours {
        &self.week[weekday.num_days_from_monday() as usize]
    }

    /// The hours worked on a date.
    pub fn hours_on(&self, date: NaiveDate) -> &Hours {
        self.hours_on_day(day_number(date))
    }

    /// Whether anything is worked on a date.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.hours_on(date).is_empty()
    }

    /// The dates on which other hours hold than in the week, in order.
    pub fn exceptions(&self) -> impl Iterator<Item = (NaiveDate, &Hours)> {
        self.exceptions.iter().map(|(&day, hours)| (date_of(day), hours))
    }

    /// Seconds in one `d`: the length of the most frequent working day of the week, the longer on
    /// a tie, unless the definition names another.
    pub fn day_seconds(&self) -> i64 {
        i64::from(self.day.unwrap_or_else(|| self.most_frequent_day()))
    }

    /// Seconds in one `w`: the working time of its week.
    pub fn week_seconds(&self) -> i64 {
        self.week.iter().map(|hours| i64::from(hours.seconds())).sum()
    }

    /// Seconds in one `mo`: 52/12 of its week, to the nearest second.
    pub fn month_seconds(&self) -> i64 {
        (self.week_seconds() * 52 + 6) / 12
    }

    /// Whether both work the same seconds, whatever they are called.
    pub fn works_like(&self, other: &Self) -> bool {
        self.week == other.week && self.exceptions == other.exceptions
    }

    /// The lookup between moments and working time since `start`.
    pub fn timeline(&self, start: Instant) -> Timeline {
        Timeline::new(self, start)
    }

    /// This calendar minus absences, each from its first moment up to (not including) its second.
    /// Outside the years 1900 to 2299 nobody is away.
    #[must_use]
    pub fn without(&self, away: &[(Instant, Instant)]) -> Self {
        let mut calendar = self.clone();
        for &(from, to) in away {
            let (first, last) = (from.date().max(FIRST_DATE), to.date().min(LAST_DATE));
            for day in day_number(first)..=day_number(last) {
                let seconds_into = |instant: Instant| instant.seconds().saturating_sub(day * SECONDS_PER_DAY);
                let absent = Hours::within_day(seconds_into(from), seconds_into(to));
                let left = calendar.hours_on_day(day).minus(&absent);
                calendar.set_day(day, left);
            }
        }
        calendar
    }

    /// The time worked in both calendars, under this one's name and day length.
    ///
    /// # Errors
    /// [`CalendarError::NoWorkingTime`] if their weeks have no second in common.
    pub fn intersect(&self, other: &Self) -> Result<Self, CalendarError> {
        let mut calendar = Self {
            name: self.name.clone(),
            week: std::array::from_fn(|day| self.week[day].and(&other.week[day])),
            exceptions: BTreeMap::new(),
            day: self.day,
        };
        if calendar.week_seconds() == 0 {
            return Err(CalendarError::NoWorkingTime);
        }
        for &day in self.exceptions.keys().chain(other.exceptions.keys()) {
            calendar.set_day(day, self.hours_on_day(day).and(other.hours_on_day(day)));
        }
        Ok(calendar)
    }

    fn hours_on_day(&self, day: i64) -> &Hours {
        self.exceptions.get(&day).unwrap_or_else(|| &self.week[weekday_of(day)])
    }

    /// Keeps only what differs from the week, so that equal calendars compare equal.
    fn set_day(&mut self, day: i64, hours: Hours) {
        if hours == self.week[weekday_of(day)] {
            self.exceptions.remove(&day);
        } else {
            self.exceptions.insert(day, hours);
        }
    }

    fn most_frequent_day(&self) -> u32 {
        let lengths = self.week.each_ref().map(Hours::seconds);
        lengths
            .into_iter()
            .filter(|&length| length > 0)
            .max_by_key(|&length| (lengths.iter().filter(|&&other| other == length).count(), length))
            .expect("a week without working time is refused when the calendar is made")
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Days since 1970-01-01.
fn day_number(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// The date of a day known to lie in the supported years.
fn date_of(day: i64) -> NaiveDate {
    NaiveDate::default() + Duration::days(day)
}

/// Monday is 0; 1970-01-01 was a Thursday.
fn weekday_of(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

fn check_date(date: NaiveDate) -> Result<NaiveDate, CalendarError> {
    if (FIRST_DATE..=LAST_DATE).contains(&date) { Ok(date) } else { Err(CalendarError::DateOutOfRange(date)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SECONDS_PER_HOUR;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn weekdays(builder: CalendarBuilder, days: usize, from: u32, to: u32) -> CalendarBuilder {
        let mut weekday = Weekday::Mon;
        let mut builder = builder;
        for _ in 0..days {
            builder = builder.work(weekday, from * 3600, to * 3600);
            weekday = weekday.succ();
        }
        builder
    }

    #[test]
    fn a_day_is_the_most_frequent_working_day() {
        let five_long = weekdays(Calendar::builder("site"), 5, 7, 16).work(Weekday::Sat, 7 * 3600, 12 * 3600);
        let tie = weekdays(Calendar::builder("tie"), 2, 9, 15).work(Weekday::Thu, 0, 4 * 3600).work(
            Weekday::Fri,
            0,
            4 * 3600,
        );
        for (calendar, day, week) in [
            (Calendar::standard(), 8, 40),
            (Calendar::always(), 24, 168),
            (five_long.build().unwrap(), 9, 50),
            (tie.clone().build().unwrap(), 6, 20),
            (tie.day_seconds(7 * 3600).build().unwrap(), 7, 20),
        ] {
            assert_eq!(calendar.day_seconds(), day * SECONDS_PER_HOUR, "{calendar}");
            assert_eq!(calendar.week_seconds(), week * SECONDS_PER_HOUR, "{calendar}");
            assert_eq!(calendar.month_seconds(), (week * SECONDS_PER_HOUR * 52 + 6) / 12, "{calendar}");
        }
    }

    #[test]
    fn extra_hours_beat_a_holiday_and_a_holiday_beats_the_week() {
        let (monday, tuesday, saturday) = (date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 6));
        let calendar = weekdays(Calendar::builder("team"), 5, 9, 17)
            .holidays(monday, tuesday)
            .extra(tuesday, 10 * 3600, 12 * 3600)
            .extra(saturday, 8 * 3600, 12 * 3600)
            .extra(date(2027, 3, 3), 16 * 3600, 19 * 3600)
            .build()
            .unwrap();
        for (date, hours) in
            [(monday, 0), (tuesday, 2), (date(2027, 3, 3), 10), (date(2027, 3, 4), 8), (saturday, 4)]
        {
            assert_eq!(calendar.hours_on(date).seconds(), hours * 3600, "{date}");
            assert_eq!(calendar.is_working_day(date), hours > 0, "{date}");
        }
        assert_eq!(calendar.exceptions().count(), 4);
    }

    #[test]
    fn an_absence_takes_away_only_the_hours_it_covers() {
        let noon = |day| Instant::midnight(date(2027, 3, day)).plus(12 * SECONDS_PER_HOUR);
        let calendar = Calendar::standard().without(&[(noon(1), noon(3))]);
        let hours: Vec<_> =
            (1..=4).map(|day| calendar.hours_on(date(2027, 3, day)).seconds() / 3600).collect();
        assert_eq!(hours, [3, 0, 5, 8]);
        for nobody in [(noon(6), noon(7)), (noon(2), noon(1)), (noon(2), noon(2))] {
            assert_eq!(Calendar::standard().without(&[nobody]), Calendar::standard());
        }
        let (first, last) = (Instant::from_seconds(i64::MIN), Instant::from_seconds(i64::MAX));
        let never = Calendar::standard().without(&[(first, last)]);
        assert_eq!(never.timeline(noon(1)).start_instant(0).to_string(), "2300-01-01T09:00");
    }

    #[test]
    fn two_calendars_share_what_both_work() {
        let early = weekdays(Calendar::builder("early"), 6, 6, 12).holiday(date(2027, 3, 2)).build().unwrap();
        let both = early.intersect(&Calendar::standard()).unwrap();
        assert_eq!(both.week_seconds(), 15 * SECONDS_PER_HOUR);
        assert!(!both.is_working_day(date(2027, 3, 2)));
        assert_eq!(early.intersect(&Calendar::always()), Ok(early.clone()));
        let weekend = Calendar::builder("weekend").work(Weekday::Sun, 0, 3600).build().unwrap();
        assert_eq!(weekend.intersect(&early), Err(CalendarError::NoWorkingTime));
    }
}
