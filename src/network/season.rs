//! Which seasons a visit is at work in.

use chrono::{Datelike, NaiveDate};

use super::{Network, Placed, VisitId};
use crate::model::Season;

/// After so many years every day of the year has been, 29 February included.
const EVERY_DAY: i32 = 9;

impl Network {
    /// Bit by bit, whether a visit that is put there is at work on a day of each of its seasons.
    pub(super) fn struck(&self, visit: VisitId, placed: &Placed) -> u64 {
        let seasons = self[visit].effects.seasons.iter().enumerate();
        seasons
            .filter(|(_, season)| self.is_in_season(**season, visit, placed.start, placed.finish))
            .fold(0, |struck, (bit, _)| struck | 1 << bit)
    }

    /// Whether a visit with this start and finish is at work on a day of a season: from the moment it
    /// starts to just before the moment it finishes; at its start if it takes no time.
    pub fn is_in_season(&self, season: u32, visit: VisitId, start: i64, finish: i64) -> bool {
        let first = self.start_instant(visit, start);
        let last = if finish > start { self.finish_instant(visit, finish).plus(-1) } else { first };
        let (first, last) = (first.date(), last.date());
        self.seasons[season as usize].iter().any(|season| touches(season, first, last))
    }
}

/// Whether any of the days `first..=last` lies in the season of any year.
fn touches(season: &Season, first: NaiveDate, last: NaiveDate) -> bool {
    let wraps = i32::from(season.from > season.to);
    (first.year() - wraps..=last.year().min(first.year() + EVERY_DAY)).any(|year| {
        // In a year without 29 February, a season that begins then begins a day later, and one that ends
        // then ends a day earlier.
        let begins = day(year, season.from).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1));
        let ends = day(year + wraps, season.to).or_else(|| NaiveDate::from_ymd_opt(year + wraps, 2, 28));
        begins.zip(ends).is_some_and(|(begins, ends)| begins <= last && first <= ends && begins <= ends)
    })
}

fn day(year: i32, (month, day): (u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_meet_seasons_of_any_year() {
        let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let (summer, turn, leap) = (((5, 1), (9, 30)), ((12, 20), (1, 6)), ((2, 29), (2, 29)));
        for (season, first, last, expected) in [
            (summer, date(2027, 4, 30), date(2027, 4, 30), false),
            (summer, date(2027, 4, 30), date(2027, 5, 1), true),
            (summer, date(2027, 9, 30), date(2027, 10, 4), true),
            (summer, date(2027, 10, 1), date(2028, 4, 30), false),
            (summer, date(2027, 10, 1), date(2028, 5, 1), true),
            (summer, date(2027, 10, 1), date(2037, 1, 1), true),
            (turn, date(2027, 12, 19), date(2027, 12, 19), false),
            (turn, date(2027, 12, 20), date(2027, 12, 20), true),
            (turn, date(2028, 1, 6), date(2028, 1, 9), true),
            (turn, date(2028, 1, 7), date(2028, 12, 19), false),
            (leap, date(2027, 1, 1), date(2027, 12, 31), false),
            (leap, date(2028, 2, 29), date(2028, 2, 29), true),
            (leap, date(2096, 3, 1), date(2104, 2, 28), false),
            (leap, date(2096, 3, 1), date(2104, 2, 29), true),
        ] {
            let season = Season { from: season.0, to: season.1 };
            assert_eq!(touches(&season, first, last), expected, "{season:?} {first} {last}");
        }
    }
}
