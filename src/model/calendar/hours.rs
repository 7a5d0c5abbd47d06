//! The working hours of one day, as a set of seconds.

use std::fmt;

use crate::units::SECONDS_PER_DAY;

const DAY: u32 = SECONDS_PER_DAY as u32;

/// A part of a day, from its first second up to (not including) another: `from < to <= 86400`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    from: u32,
    to: u32,
}

impl Interval {
    /// All of a day.
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };
    /// From 09:00 to 17:00.
    pub const HOURS_9_TO_17: Self = Self { from: 9 * 3600, to: 17 * 3600 };

    /// The part of a day between two seconds of it, if it holds any.
    pub fn new(from: u32, to: u32) -> Option<Self> {
        (from < to && to <= DAY).then_some(Self { from, to })
    }

    /// Its first second, counted from midnight.
    pub const fn from(self) -> u32 {
        self.from
    }

    /// The second that ends it, counted from midnight.
    pub const fn to(self) -> u32 {
        self.to
    }

    /// How many seconds it lasts.
    pub const fn seconds(self) -> u32 {
        self.to - self.from
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |seconds: u32| (seconds / 3600, seconds / 60 % 60);
        let ((from_hour, from_minute), (to_hour, to_minute)) = (clock(self.from), clock(self.to));
        write!(f, "{from_hour:02}:{from_minute:02}-{to_hour:02}:{to_minute:02}")
    }
}

/// The seconds worked in a day: intervals in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours(Vec<Interval>);

impl Hours {
    /// A day off.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The intervals, in order.
    pub fn intervals(&self) -> &[Interval] {
        &self.0
    }

    /// Whether nothing is worked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Seconds worked.
    pub fn seconds(&self) -> u32 {
        self.0.iter().map(|interval| interval.seconds()).sum()
    }

    /// What is worked in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        self.0.iter().chain(&other.0).copied().collect()
    }

    /// What is worked in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let common = |a: &Interval, b: &Interval| Interval::new(a.from.max(b.from), a.to.min(b.to));
        self.0.iter().flat_map(|a| other.0.iter().filter_map(move |b| common(a, b))).collect()
    }

    /// What is worked here and not there.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.and(&other.complement())
    }

    /// The seconds of a day that lie between two moments, counted from its midnight.
    pub(super) fn within_day(from: i64, to: i64) -> Self {
        let clamp = |seconds: i64| seconds.clamp(0, SECONDS_PER_DAY) as u32;
        Interval::new(clamp(from), clamp(to)).into_iter().collect()
    }

    fn complement(&self) -> Self {
        let ends = std::iter::once(0).chain(self.0.iter().map(|interval| interval.to));
        let begins = self.0.iter().map(|interval| interval.from).chain([DAY]);
        ends.zip(begins).filter_map(|(from, to)| Interval::new(from, to)).collect()
    }
}

impl From<Interval> for Hours {
    fn from(interval: Interval) -> Self {
        Self(vec![interval])
    }
}

/// In any order; what overlaps or touches becomes one interval.
impl FromIterator<Interval> for Hours {
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        let mut sorted: Vec<_> = intervals.into_iter().collect();
        sorted.sort_by_key(|interval| interval.from);
        let mut merged: Vec<Interval> = Vec::with_capacity(sorted.len());
        for interval in sorted {
            match merged.last_mut() {
                Some(last) if interval.from <= last.to => last.to = last.to.max(interval.to),
                _ => merged.push(interval),
            }
        }
        Self(merged)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("free");
        }
        for (index, interval) in self.0.iter().enumerate() {
            write!(f, "{}{interval}", if index > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(intervals: &[(u32, u32)]) -> Hours {
        intervals.iter().filter_map(|&(from, to)| Interval::new(from * 3600, to * 3600)).collect()
    }

    #[test]
    fn hours_add_cut_and_meet_like_sets() {
        let (day, late) = (hours(&[(9, 12), (13, 17)]), hours(&[(11, 14), (16, 20)]));
        for (result, expected) in [
            (day.or(&late), hours(&[(9, 20)])),
            (day.and(&late), hours(&[(11, 12), (13, 14), (16, 17)])),
            (day.minus(&late), hours(&[(9, 11), (14, 16)])),
            (late.minus(&day), hours(&[(12, 13), (17, 20)])),
            (hours(&[(9, 12), (12, 13)]), hours(&[(9, 13)])),
            (day.minus(&day), Hours::none()),
            (Hours::none().or(&day), day.clone()),
            (day.minus(&Hours::none()), day.clone()),
        ] {
            assert_eq!(result, expected, "{result}");
        }
        assert_eq!(day.to_string(), "09:00-12:00 13:00-17:00");
    }
}
