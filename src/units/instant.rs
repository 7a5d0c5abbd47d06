//! A moment of local wall-clock time, to the second.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Seconds in a minute.
pub const SECONDS_PER_MINUTE: i64 = 60;
/// Seconds in an hour.
pub const SECONDS_PER_HOUR: i64 = 3_600;
/// Seconds in a day of 24 hours.
pub const SECONDS_PER_DAY: i64 = 86_400;

/// A moment of local wall-clock time, in whole seconds since 1970-01-01T00:00, without a zone.
///
/// Shown as `2027-03-01T09:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The moment so many seconds after 1970-01-01T00:00 (before it, if negative).
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The first moment of a day.
    pub fn midnight(date: NaiveDate) -> Self {
        Self::from(date.and_time(chrono::NaiveTime::MIN))
    }

    /// The moment so many wall-clock seconds later.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The calendar date this moment lies in; the nearest representable date beyond chrono's range.
    pub fn date(self) -> NaiveDate {
        self.date_time().date()
    }

    /// The same moment as chrono knows it; the nearest representable one beyond chrono's range.
    pub fn date_time(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.0, 0).map_or_else(
            || if self.0 < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX },
            |moment| moment.naive_utc(),
        )
    }
}

impl From<NaiveDateTime> for Instant {
    fn from(moment: NaiveDateTime) -> Self {
        Self(moment.and_utc().timestamp())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date_time().format("%Y-%m-%dT%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_reads_back_as_the_date_it_was_made_from() {
        let date = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let instant = Instant::midnight(date).plus(9 * SECONDS_PER_HOUR);
        assert_eq!(instant.date(), date);
        assert_eq!(instant.to_string(), "2027-03-01T09:00");
    }

    #[test]
    fn instants_beyond_the_calendar_stay_at_its_ends() {
        assert_eq!(Instant::from_seconds(i64::MAX).date_time(), NaiveDateTime::MAX);
        assert_eq!(Instant::from_seconds(i64::MIN).date_time(), NaiveDateTime::MIN);
    }
}
