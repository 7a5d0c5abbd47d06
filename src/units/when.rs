//! A date as people write it: a whole day, or a moment in it.

use std::fmt;

use chrono::NaiveDate;

use super::{Instant, SECONDS_PER_DAY};

/// A whole day, or a moment; a whole day bounds with its beginning from below and with its end
/// from above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The whole of this day.
    Day(NaiveDate),
    /// Just this moment.
    At(Instant),
}

impl When {
    /// The first moment meant: what "not before" compares with.
    pub fn begins(self) -> Instant {
        match self {
            Self::Day(date) => Instant::midnight(date),
            Self::At(instant) => instant,
        }
    }

    /// The last moment that is in time, on the day it names.
    pub fn last(self) -> Instant {
        match self {
            Self::Day(_) => self.ends().plus(-1),
            Self::At(moment) => moment,
        }
    }

    /// The last moment meant, for a day the midnight that ends it: what "not after" compares with.
    pub fn ends(self) -> Instant {
        match self {
            Self::Day(date) => Instant::midnight(date).plus(SECONDS_PER_DAY),
            Self::At(instant) => instant,
        }
    }

    /// The day it lies in.
    pub fn date(self) -> NaiveDate {
        self.begins().date()
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::At(instant) => write!(f, "{instant}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_from_its_midnight_to_the_next() {
        let day = When::Day(NaiveDate::from_ymd_opt(2027, 9, 30).unwrap());
        assert_eq!(day.begins().to_string(), "2027-09-30T00:00");
        assert_eq!(day.ends().to_string(), "2027-10-01T00:00");
        assert_eq!(day.date(), NaiveDate::from_ymd_opt(2027, 9, 30).unwrap());
    }
}
