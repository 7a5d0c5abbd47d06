//! Months and weeks.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::model::Plan;
use crate::units::{Instant, SECONDS_PER_DAY};

/// How long a period of money is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// From Monday to Monday; without dates, seven days from the plan's start.
    Week,
    /// A calendar month; without dates, the twelfth of a year of 365.25 days from the plan's start.
    Month,
}

/// Money is told apart in so many periods at most; what comes later is paid in the last one.
const MOST_PERIODS: u32 = 1_200;

impl Period {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// When each period begins, in wall seconds since the plan's anchor: the first one at 0.
    pub(super) fn begins(self, plan: &Plan) -> Vec<i64> {
        let anchor = plan.anchor();
        let begin = |number: u32| match (plan.start, self) {
            (None, Self::Week) => i64::from(number) * 7 * SECONDS_PER_DAY,
            (None, Self::Month) => i64::from(number) * SECONDS_PER_MONTH,
            (Some(start), _) => self
                .date(start.date(), number)
                .map_or(i64::MAX, |date| Instant::midnight(date).seconds() - anchor.seconds()),
        };
        let later = (1..MOST_PERIODS).map(begin).take_while(|&wall| wall < i64::MAX);
        std::iter::once(0).chain(later).collect()
    }

    /// The day on which the period begins that is so many after the one of a day.
    fn date(self, day: NaiveDate, number: u32) -> Option<NaiveDate> {
        match self {
            Self::Week => {
                let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
                monday.checked_add_days(Days::new(7 * u64::from(number)))
            }
            Self::Month => day.with_day(1)?.checked_add_months(Months::new(number)),
        }
    }
}

/// The twelfth of a year of 365.25 days.
const SECONDS_PER_MONTH: i64 = 2_629_800;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_on_mondays_and_firsts() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (period, number, expected) in [
            (Period::Week, 0, "2027-01-11"),
            (Period::Week, 1, "2027-01-18"),
            (Period::Month, 1, "2027-02-01"),
            (Period::Month, 13, "2028-02-01"),
        ] {
            assert_eq!(period.date(day("2027-01-14"), number), Some(day(expected)), "{period:?} {number}");
        }
    }
}
