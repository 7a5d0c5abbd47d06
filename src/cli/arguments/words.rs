//! How the words of the command line are read.

use chrono::NaiveDate;

use crate::forecast::{MoneyTolerance, Period};
use crate::format::literal;
use crate::units::Share;

/// The most iterations of one run.
pub(in crate::cli) const MOST_ITERATIONS: usize = 1_000_000;
/// The iterations of a run unless others are asked for.
pub(in crate::cli) const USUAL_ITERATIONS: usize = 10_000;
/// The most threads that may be asked for.
const MOST_THREADS: u64 = 1_024;

/// A percentile of the finish or of the cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::cli) enum Wanted {
    /// Of the finish.
    Finish(Share),
    /// Of the cost.
    Cost(Share),
}

/// A moment to be done by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::cli) enum ByWord {
    /// This day.
    Date(NaiveDate),
    /// So much working time after the start.
    Span(literal::Quantity),
}

/// One of equal parts of a run, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Shard {
    /// Which.
    pub(in crate::cli) number: u64,
    /// Of how many.
    pub(in crate::cli) of: u64,
}

/// How long a period of money is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum PeriodWord {
    /// From Monday to Monday.
    Week,
    /// A calendar month.
    #[default]
    Month,
}

impl From<PeriodWord> for Period {
    fn from(word: PeriodWord) -> Self {
        match word {
            PeriodWord::Week => Self::Week,
            PeriodWord::Month => Self::Month,
        }
    }
}

/// `10000`, `10_000`, `10,000`, `10k`, `1M`.
pub(super) fn iterations(word: &str) -> Result<usize, String> {
    let digits: String = word.chars().filter(|letter| !matches!(letter, '_' | ',')).collect();
    let (digits, unit) = match digits.strip_suffix(['k', 'M']) {
        Some(rest) if digits.ends_with('k') => (rest, 1_000),
        Some(rest) => (rest, 1_000_000),
        None => (digits.as_str(), 1),
    };
    let count = digits.parse::<usize>().ok().and_then(|count| count.checked_mul(unit));
    count
        .filter(|count| (1..=MOST_ITERATIONS).contains(count))
        .ok_or_else(|| "a whole number from 1 to 1,000,000 is needed".to_owned())
}

/// `P80`, `finish:P80`, `cost:P80`.
pub(super) fn wanted(word: &str) -> Result<Wanted, String> {
    let (of, percentile) = word.split_once(':').unwrap_or(("finish", word));
    let percent = percentile.strip_prefix(['P', 'p']).and_then(|percent| percent.parse::<f64>().ok());
    let share = percent.filter(|percent| (0.0..=100.0).contains(percent));
    let share = share.and_then(|percent| Share::new(percent / 100.0).ok());
    match (of, share) {
        ("finish", Some(share)) => Ok(Wanted::Finish(share)),
        ("cost", Some(share)) => Ok(Wanted::Cost(share)),
        _ => Err("a percentile like `P80` or `cost:P80` is needed".to_owned()),
    }
}

/// `2027-09-30`, `120d`.
pub(super) fn by(word: &str) -> Result<ByWord, String> {
    if let Ok(date) = word.parse() {
        return Ok(ByWord::Date(date));
    }
    let span = literal::duration(word).ok().filter(|span| !span.unit.is_elapsed());
    span.map(ByWord::Span)
        .ok_or_else(|| "a date like `2027-09-30` or working time like `120d` is needed".to_owned())
}

/// `70%`, more than never and less than always.
pub(super) fn chance(word: &str) -> Result<Share, String> {
    let share = literal::share(word).ok().filter(|share| 0.0 < *share && *share < 1.0);
    let share = share.and_then(|share| Share::new(share).ok());
    share.ok_or_else(|| "a share between 0% and 100% is needed, like `70%`".to_owned())
}

/// `0.5d`, `0.5`.
pub(super) fn tolerance(word: &str) -> Result<f64, String> {
    let days = literal::number(word.strip_suffix('d').unwrap_or(word)).ok();
    let days = days.filter(|days| !word.contains('%') && *days > 0.0 && days.is_finite());
    days.ok_or_else(|| "working days are needed, more than none, like 0.5d".to_owned())
}

/// `0.5%`, `2k`.
pub(super) fn tolerance_money(word: &str) -> Result<MoneyTolerance, String> {
    let tolerance = if word.contains('%') {
        literal::number(word).map(|share| (share, MoneyTolerance::Share(share)))
    } else {
        literal::money(word).map(|amount| (amount, MoneyTolerance::Amount(amount)))
    };
    let tolerance = tolerance.ok().filter(|(number, _)| *number > 0.0 && number.is_finite());
    tolerance
        .map(|(_, tolerance)| tolerance)
        .ok_or_else(|| "an amount or a share is needed, more than none, like 2k or 0.5%".to_owned())
}

/// `3/16`.
pub(super) fn shard(word: &str) -> Result<Shard, String> {
    let parts = word.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    parts
        .filter(|(number, of)| (1..=*of).contains(number))
        .map(|(number, of)| Shard { number, of })
        .ok_or_else(|| "which of how many, counted from 1, is needed, like 3/16".to_owned())
}

pub(super) fn seed(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("a whole number from 0 to {} is needed", u64::MAX))
}

pub(super) fn threads(word: &str) -> Result<u64, String> {
    let threads = word.parse().ok().filter(|threads| (1..=MOST_THREADS).contains(threads));
    threads.ok_or_else(|| "a whole number from 1 to 1,024 is needed".to_owned())
}

pub(super) fn scale(word: &str) -> Result<f32, String> {
    let scale = word.parse().ok().filter(|scale| (0.5..=8.0).contains(scale));
    scale.ok_or_else(|| "a number from 0.5 to 8 is needed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_of_the_finish_unless_it_says_otherwise() {
        let share = |value| Share::new(value).unwrap();
        for (word, expected) in [
            ("P80", Some(Wanted::Finish(share(0.8)))),
            ("p97.5", Some(Wanted::Finish(share(0.975)))),
            ("finish:P50", Some(Wanted::Finish(share(0.5)))),
            ("cost:P80", Some(Wanted::Cost(share(0.8)))),
            ("80", None),
            ("P101", None),
            ("price:P80", None),
            ("PNaN", None),
        ] {
            assert_eq!(wanted(word).ok(), expected, "{word}");
        }
    }

    #[test]
    fn tolerances_are_more_than_nothing() {
        for (word, expected) in [
            ("0.5d", Some(0.5)),
            ("2", Some(2.0)),
            ("0d", None),
            ("-1d", None),
            ("5%", None),
            ("2w", None),
            ("", None),
        ] {
            assert_eq!(tolerance(word).ok(), expected, "{word}");
        }
        for (word, expected) in [
            ("0.5%", Some(MoneyTolerance::Share(0.005))),
            ("2k", Some(MoneyTolerance::Amount(2_000.0))),
            ("0%", None),
            ("-3", None),
            ("much", None),
        ] {
            assert_eq!(tolerance_money(word).ok(), expected, "{word}");
        }
    }

    #[test]
    fn shards_count_from_one() {
        for (word, expected) in [
            ("3/16", Some(Shard { number: 3, of: 16 })),
            ("16/16", Some(Shard { number: 16, of: 16 })),
            ("0/16", None),
            ("17/16", None),
            ("3", None),
            ("3/0", None),
            ("-1/3", None),
            ("a/b", None),
        ] {
            assert_eq!(shard(word).ok(), expected, "{word}");
        }
    }

    #[test]
    fn iterations_are_counted_as_people_write_them() {
        for (word, expected) in [
            ("1", Some(1)),
            ("10_000", Some(10_000)),
            ("20k", Some(20_000)),
            ("1M", Some(1_000_000)),
            ("0", None),
            ("1000001", None),
            ("2M", None),
            ("-5", None),
            ("many", None),
            ("99999999999999999999k", None),
        ] {
            assert_eq!(iterations(word).ok(), expected, "{word}");
        }
    }
}
