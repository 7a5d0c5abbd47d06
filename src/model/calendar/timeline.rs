//! A calendar anchored at a plan's start: wall clock to working time and back.
//!
//! *Position* is whole seconds of working time since the start. Work is done second by second, so
//! with w(t) the work done before the moment t
//!
//! ```text
//! position(t)       = w(t)                        never below 0
//! start_instant(p)  = the last t with w(t) <= p   the next second of work begins
//! finish_instant(p) = the first t with w(t) >= p  the work has just stopped
//! ```
//!
//! and `finish_instant(p) = start_instant(p - 1) + 1 s`. From Friday 17:00 to Monday 09:00 both are the
//! same position: a finish there shows Friday evening, a start Monday morning.
//!
//! The weeks around the exceptions are one table of intervals; before and after it the plain week
//! repeats for ever, in closed form. A lookup takes a few nanoseconds wherever it falls.

use super::spell::Spell;
use super::{Calendar, SECONDS_PER_WEEK, weekday_of};
use crate::units::{Instant, SECONDS_PER_DAY};

/// Positions are kept within ±2^40 s, 34,000 years of work, so that no product can overflow.
const FARTHEST_POSITION: i64 = 1 << 40;
/// Wall seconds are kept within ±2^61 s.
const FARTHEST_WALL: i64 = 1 << 61;

/// The working time of a calendar since a start.
///
/// ```
/// use plan::model::Calendar;
/// use plan::units::Instant;
/// let friday_midnight = Instant::from_seconds(86_400);
/// let timeline = Calendar::standard().timeline(friday_midnight);
/// assert_eq!(timeline.finish_instant(8 * 3600).to_string(), "1970-01-02T17:00");
/// assert_eq!(timeline.start_instant(8 * 3600).to_string(), "1970-01-05T09:00");
/// ```
#[derive(Clone, Debug)]
pub struct Timeline {
    start: Instant,
    /// The weeks from the first to the last exception; without any, empty.
    irregular: Spell,
    /// One plain week, from Monday.
    week: Spell,
    /// Wall seconds from the beginning of `irregular` to the start.
    offset: i64,
    /// Work from the beginning of `irregular` to the start.
    done: i64,
}

impl Timeline {
    pub(super) fn new(calendar: &Calendar, start: Instant) -> Self {
        let mut dates = calendar.exceptions.keys().copied();
        let first = dates.next().unwrap_or(0);
        let last = dates.next_back().unwrap_or(first);
        let monday = first - weekday_of(first) as i64;
        let weeks = if calendar.exceptions.is_empty() { 0 } else { (last - monday) / 7 + 1 };
        let days = weeks * 7;
        let mut timeline = Self {
            start,
            irregular: Spell::new(days * SECONDS_PER_DAY, intervals(calendar, monday, days, true)),
            week: Spell::new(SECONDS_PER_WEEK, intervals(calendar, monday, 7, false)),
            offset: start
                .seconds()
                .saturating_sub(monday * SECONDS_PER_DAY)
                .clamp(-FARTHEST_WALL, FARTHEST_WALL),
            done: 0,
        };
        timeline.done = timeline.work_before(timeline.offset);
        timeline
    }

    /// The moment that is position 0.
    pub fn start(&self) -> Instant {
        self.start
    }

    /// Work done before a moment, in seconds since the start; 0 for any moment before the start.
    pub fn position(&self, wall: Instant) -> i64 {
        self.position_of_wall(wall.seconds().saturating_sub(self.start.seconds()))
    }

    /// The earliest moment by which that much work is done: where a finish is shown.
    ///
    /// At position 0, where nothing has been done, this is the moment at which work begins, so that
    /// an event at the start of a plan shows its first working morning. Negative positions lie
    /// before the start.
    pub fn finish_instant(&self, position: i64) -> Instant {
        self.start.plus(self.wall_of_finish(position))
    }

    /// The moment at which the next second of work begins: where a start is shown.
    pub fn start_instant(&self, position: i64) -> Instant {
        self.start.plus(self.wall_of_start(position))
    }

    /// [`Self::finish_instant`], in wall seconds since the start.
    #[inline]
    pub fn wall_of_finish(&self, position: i64) -> i64 {
        let position = position.clamp(-FARTHEST_POSITION, FARTHEST_POSITION);
        if position == 0 { self.work_begins(0) } else { self.work_begins(position - 1) + 1 }
    }

    /// [`Self::start_instant`], in wall seconds since the start.
    #[inline]
    pub fn wall_of_start(&self, position: i64) -> i64 {
        self.work_begins(position.clamp(-FARTHEST_POSITION, FARTHEST_POSITION))
    }

    /// From when to when what lies between two positions is at work, in wall seconds since the start. What takes
    /// no time begins where it is shown to start.
    #[inline]
    pub fn walls(&self, start: i64, finish: i64) -> (i64, i64) {
        let from = self.wall_of_start(start);
        (from, self.wall_of_finish(finish).max(from))
    }

    #[inline]
    fn work_begins(&self, position: i64) -> i64 {
        let position = self.done + position;
        let beyond = position - self.irregular.work();
        let wall = if position < 0 {
            self.regular_moment(position)
        } else if beyond < 0 {
            self.irregular.moment_of(position)
        } else {
            self.irregular.length() + self.regular_moment(beyond)
        };
        wall - self.offset
    }

    /// [`Self::position`], from wall seconds since the start.
    #[inline]
    pub fn position_of_wall(&self, wall: i64) -> i64 {
        self.signed_position_of_wall(wall).max(0)
    }

    /// Like [`Self::position_of_wall`], but negative before the start: minus the work that lies
    /// between the moment and the start.
    #[inline]
    pub fn signed_position_of_wall(&self, wall: i64) -> i64 {
        self.work_before(self.offset + wall.clamp(-FARTHEST_WALL, FARTHEST_WALL)) - self.done
    }

    /// The latest position whose finish is not after a wall second: what "not after" caps a finish with.
    pub fn latest_finish_by(&self, wall: i64) -> i64 {
        let position = self.signed_position_of_wall(wall);
        position - i64::from(self.wall_of_finish(position) > wall)
    }

    /// The latest position whose start is not after a wall second.
    pub fn latest_start_by(&self, wall: i64) -> i64 {
        let position = self.signed_position_of_wall(wall);
        position - i64::from(self.wall_of_start(position) > wall)
    }

    /// Work between the beginning of the irregular weeks and a moment counted from there.
    #[inline]
    fn work_before(&self, wall: i64) -> i64 {
        let beyond = wall - self.irregular.length();
        if wall < 0 {
            self.regular_work(wall)
        } else if beyond < 0 {
            self.irregular.work_before(wall)
        } else {
            self.irregular.work() + self.regular_work(beyond)
        }
    }

    /// Work in plain weeks up to a moment counted from a Monday, negative before it.
    #[inline]
    fn regular_work(&self, wall: i64) -> i64 {
        let weeks = wall.div_euclid(SECONDS_PER_WEEK);
        weeks * self.week.work() + self.week.work_before(wall.rem_euclid(SECONDS_PER_WEEK))
    }

    /// Where the next second of work begins in plain weeks, counted from a Monday.
    #[inline]
    fn regular_moment(&self, position: i64) -> i64 {
        let weeks = position.div_euclid(self.week.work());
        weeks * SECONDS_PER_WEEK + self.week.moment_of(position.rem_euclid(self.week.work()))
    }
}

/// The working intervals of so many days from a Monday, in seconds from its midnight.
fn intervals(calendar: &Calendar, monday: i64, days: i64, dated: bool) -> impl Iterator<Item = (i64, i64)> {
    (0..days).flat_map(move |day| {
        let hours =
            if dated { calendar.hours_on_day(monday + day) } else { &calendar.week[(day % 7) as usize] };
        let midnight = day * SECONDS_PER_DAY;
        let seconds = move |second: u32| midnight + i64::from(second);
        hours.intervals().iter().map(move |interval| (seconds(interval.from()), seconds(interval.to())))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Hours, Interval};
    use super::*;
    use chrono::{NaiveDate, Weekday};
    use proptest::prelude::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Mon–Fri 09–12 and 13–17, Good Friday off, one Saturday morning on.
    fn team() -> Calendar {
        let mut builder = Calendar::builder("team");
        let mut weekday = Weekday::Mon;
        for _ in 0..5 {
            builder = builder.work(weekday, 9 * 3600, 12 * 3600).work(weekday, 13 * 3600, 17 * 3600);
            weekday = weekday.succ();
        }
        builder.holiday(date(2027, 3, 26)).extra(date(2027, 4, 3), 8 * 3600, 12 * 3600).build().unwrap()
    }

    #[test]
    fn lunch_holidays_and_saturdays_are_exact() {
        let timeline = team().timeline(Instant::midnight(date(2027, 3, 25)));
        for (hours, finish, start) in [
            (0, "2027-03-25T09:00", "2027-03-25T09:00"),
            (3, "2027-03-25T12:00", "2027-03-25T13:00"),
            (4, "2027-03-25T14:00", "2027-03-25T14:00"),
            (7, "2027-03-25T17:00", "2027-03-29T09:00"),
            (42, "2027-04-02T17:00", "2027-04-03T08:00"),
            (46, "2027-04-03T12:00", "2027-04-05T09:00"),
            (46 + 35, "2027-04-09T17:00", "2027-04-12T09:00"),
            (-7, "2027-03-23T17:00", "2027-03-24T09:00"),
            (46 + 35 * 52_000, "3023-11-07T17:00", "3023-11-10T09:00"),
        ] {
            assert_eq!(timeline.finish_instant(hours * 3600).to_string(), finish, "{hours} h");
            assert_eq!(timeline.start_instant(hours * 3600).to_string(), start, "{hours} h");
        }
    }

    #[test]
    fn a_plan_that_starts_in_the_middle_of_work_counts_from_there() {
        let timeline = team().timeline(Instant::midnight(date(2027, 3, 25)).plus(11 * 3600));
        assert_eq!(timeline.finish_instant(3600).to_string(), "2027-03-25T12:00");
        assert_eq!(timeline.finish_instant(0), timeline.start());
        assert_eq!(timeline.position(Instant::midnight(date(2027, 3, 1))), 0);
        assert_eq!(timeline.signed_position_of_wall(-3600), -3600);
    }

    #[test]
    fn around_the_clock_position_is_the_wall_clock() {
        let timeline = Calendar::always().timeline(Instant::from_seconds(12_345));
        for position in [0, 1, 86_400, 1 << 30, 1 << 39] {
            assert_eq!(timeline.wall_of_finish(position), position);
            assert_eq!(timeline.wall_of_start(position), position);
            assert_eq!(timeline.position_of_wall(position), position);
        }
    }

    /// Monday 2026-03-02, whole days, a holiday on Friday 6 March.
    #[test]
    fn the_published_finish_dates_come_out() {
        let calendar = Calendar::builder("case");
        let mut builder = calendar.holiday(date(2026, 3, 6));
        for weekday in [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri] {
            builder = builder.work(weekday, 9 * 3600, 17 * 3600);
        }
        let timeline = builder.build().unwrap().timeline(Instant::midnight(date(2026, 3, 2)));
        let finish = |days: i64| timeline.finish_instant(days * 8 * 3600).date();
        let dates: Vec<_> = (1..=10).map(finish).collect();
        assert_eq!(dates, [2, 3, 4, 5, 9, 10, 11, 12, 13, 16].map(|day| date(2026, 3, day)));
    }

    #[test]
    fn no_number_is_too_large_to_ask_about() {
        for calendar in [team(), Calendar::builder("second").work(Weekday::Sun, 0, 1).build().unwrap()] {
            for start in [i64::MIN, -1, 0, i64::MAX] {
                let timeline = calendar.timeline(Instant::from_seconds(start));
                for number in [i64::MIN, -1, 0, 1, 1 << 30, i64::MAX] {
                    timeline.position(Instant::from_seconds(number));
                    timeline.finish_instant(number);
                    timeline.start_instant(number);
                    assert!(timeline.wall_of_finish(number) <= timeline.wall_of_start(number));
                }
            }
        }
    }

    const DAYS: i64 = 60;
    const FIRST: i64 = 20_500;

    /// A calendar with up to three intervals a day and exceptions in the first weeks; in minutes
    /// of five, so that a twin can walk through it.
    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let interval =
            (0u32..288, 1u32..100).prop_map(|(from, length)| (from * 300, (from + length).min(288) * 300));
        let week = prop::collection::vec((0u8..7, interval.clone()), 1..12);
        let holidays = prop::collection::vec((-10i64..40, 0i64..4), 0..5);
        let extra = prop::collection::vec((-10i64..40, interval), 0..5);
        (week, holidays, extra, any::<bool>()).prop_map(|(week, holidays, extra, all)| {
            let day = |day: i64| super::super::date_of(FIRST + day);
            let mut builder = Calendar::builder("any");
            let mut worked: [Hours; 7] = Default::default();
            for (weekday, (from, to)) in week {
                let hours = &mut worked[weekday as usize];
                *hours = hours.or(&Interval::new(from, to).into_iter().collect());
            }
            for (weekday, hours) in worked.iter().enumerate() {
                let hours = if all { &Hours::from(Interval::WHOLE_DAY) } else { hours };
                for interval in hours.intervals() {
                    let weekday = Weekday::try_from(weekday as u8).unwrap();
                    builder = builder.work(weekday, interval.from(), interval.to());
                }
            }
            for (first, length) in holidays {
                builder = builder.holidays(day(first), day(first + length));
            }
            for (date, (from, to)) in extra {
                builder = builder.extra(day(date), from, to);
            }
            builder.build().unwrap()
        })
    }

    proptest! {
        /// The twin walks through the calendar in steps of five minutes and counts.
        #[test]
        fn positions_agree_with_counting(calendar in any_calendar(), start in 0i64..(288 * 20)) {
            let start = Instant::from_seconds(FIRST * SECONDS_PER_DAY + start * 300);
            let timeline = calendar.timeline(start);
            let mut done = 0;
            for step in 0..(DAYS * 288) {
                let wall = start.plus(step * 300);
                prop_assert_eq!(timeline.position(wall), done, "{}", wall);
                let second = wall.seconds().rem_euclid(SECONDS_PER_DAY) as u32;
                let hours = calendar.hours_on(wall.date());
                if hours.intervals().iter().any(|hours| hours.from() <= second && second < hours.to()) {
                    prop_assert_eq!(timeline.start_instant(done), wall);
                    prop_assert_eq!(timeline.start_instant(done + 299), wall.plus(299));
                    prop_assert_eq!(timeline.finish_instant(done + 300), wall.plus(300));
                    prop_assert_eq!(timeline.position(wall.plus(123)), done + 123);
                    done += 300;
                }
            }
        }

        /// Position and its two inverses are a Galois connection, and all three are monotone.
        #[test]
        fn the_inverses_fit(
            calendar in any_calendar(),
            start in -200_000i64..2_000_000,
            position in prop_oneof![-1_000i64..200_000, -(1i64 << 31)..(1 << 31)],
            step in 0i64..1_000_000,
        ) {
            let timeline = calendar.timeline(Instant::from_seconds(FIRST * SECONDS_PER_DAY + start));
            let (finish, begin) = (timeline.wall_of_finish(position), timeline.wall_of_start(position));
            prop_assert_eq!(timeline.signed_position_of_wall(finish), position);
            prop_assert_eq!(timeline.signed_position_of_wall(begin), position);
            prop_assert!(finish <= begin);
            prop_assert!(timeline.signed_position_of_wall(begin + 1) == position + 1);
            prop_assert!(position == 0 || timeline.signed_position_of_wall(finish - 1) == position - 1);
            prop_assert!(finish <= timeline.wall_of_finish(position + step));
            prop_assert!(begin <= timeline.wall_of_start(position + step));
            prop_assert!(timeline.position_of_wall(begin) <= timeline.position_of_wall(begin + step));
        }

        /// The bounds are the last and the first positions that keep them.
        #[test]
        fn bounds_are_tight(calendar in any_calendar(), wall in 0i64..3_000_000) {
            let timeline = calendar.timeline(Instant::from_seconds(FIRST * SECONDS_PER_DAY));
            let (finish, start) = (timeline.latest_finish_by(wall), timeline.latest_start_by(wall));
            prop_assert!(timeline.wall_of_finish(finish) <= wall && wall < timeline.wall_of_finish(finish + 1));
            prop_assert!(timeline.wall_of_start(start) <= wall && wall < timeline.wall_of_start(start + 1));
            let start = timeline.position_of_wall(wall);
            prop_assert!(timeline.wall_of_start(start) >= wall);
            prop_assert!(start == 0 || timeline.wall_of_start(start - 1) < wall);
        }
    }
}
