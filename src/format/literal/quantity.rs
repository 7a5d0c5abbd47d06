//! A number with its unit: `10d`, `12k`, `30%`.

use super::Slip;
use super::scan::Scan;
use crate::model::Calendar;
use crate::text::Code;
use crate::units::{SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE};

/// What a number measures, and so which units may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Time: `min h d w mo` worked, `eh ed ew` elapsed; a bare number is days.
    Duration,
    /// Money: `k`, `M`.
    Money,
    /// Pieces: `k`, `M`.
    Amount,
    /// A number or a share: `%`.
    Share,
    /// What something is multiplied with: a plain number.
    Factor,
    /// A lag: time, or a share of a duration.
    Lag,
}

/// The unit behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// None: pieces, money, a plain number.
    One,
    /// `k`
    Thousand,
    /// `M`
    Million,
    /// `%`
    Percent,
    /// `min`, worked
    Minute,
    /// `h`, worked
    Hour,
    /// `d`, worked
    Day,
    /// `w`, worked
    Week,
    /// `mo`, worked
    Month,
    /// `eh`
    ElapsedHour,
    /// `ed`
    ElapsedDay,
    /// `ew`
    ElapsedWeek,
}

/// Every unit with its letters.
const UNITS: [(Unit, &str); 12] = [
    (Unit::One, ""),
    (Unit::Thousand, "k"),
    (Unit::Million, "M"),
    (Unit::Percent, "%"),
    (Unit::Minute, "min"),
    (Unit::Hour, "h"),
    (Unit::Day, "d"),
    (Unit::Week, "w"),
    (Unit::Month, "mo"),
    (Unit::ElapsedHour, "eh"),
    (Unit::ElapsedDay, "ed"),
    (Unit::ElapsedWeek, "ew"),
];

impl Unit {
    /// Its letters.
    pub fn letters(self) -> &'static str {
        UNITS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Whether it counts wall-clock time.
    pub const fn is_elapsed(self) -> bool {
        matches!(self, Self::ElapsedHour | Self::ElapsedDay | Self::ElapsedWeek)
    }

    /// Whether it counts time at all.
    pub const fn is_time(self) -> bool {
        self.is_elapsed() || matches!(self, Self::Minute | Self::Hour | Self::Day | Self::Week | Self::Month)
    }

    fn fits(self, measure: Measure) -> bool {
        match measure {
            Measure::Duration => self.is_time(),
            Measure::Money | Measure::Amount => matches!(self, Self::One | Self::Thousand | Self::Million),
            Measure::Share => matches!(self, Self::One | Self::Percent),
            Measure::Factor => self == Self::One,
            Measure::Lag => self.is_time() || self == Self::Percent,
        }
    }
}

impl Measure {
    /// The unit of a bare number.
    pub const fn bare(self) -> Unit {
        match self {
            Self::Duration | Self::Lag => Unit::Day,
            Self::Money | Self::Amount | Self::Share | Self::Factor => Unit::One,
        }
    }

    const fn code(self) -> Code {
        match self {
            Self::Duration | Self::Lag => Code::BadDuration,
            Self::Money | Self::Amount | Self::Share | Self::Factor => Code::BadNumber,
        }
    }

    /// That there is nothing below zero, as a fact.
    pub const fn never_negative(self) -> &'static str {
        match self {
            Self::Duration | Self::Lag => "a duration can't be negative",
            Self::Money => "money can't be negative",
            Self::Amount => "an amount can't be negative",
            Self::Share => "a share can't be negative",
            Self::Factor => "a factor can't be negative",
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Duration | Self::Lag => "a duration",
            Self::Money | Self::Amount | Self::Share | Self::Factor => "a number",
        }
    }
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The number as written, not negative.
    pub value: f64,
    /// The unit; what a bare number means is already put in.
    pub unit: Unit,
}

impl Quantity {
    /// The number with its suffix carried out; time keeps its unit's count.
    pub fn plain(self) -> f64 {
        match self.unit {
            Unit::Thousand => self.value * 1e3,
            Unit::Million => self.value * 1e6,
            Unit::Percent => self.value / 100.0,
            _ => self.value,
        }
    }

    /// Seconds of a time, by the days, weeks and months of this calendar; else the number.
    pub fn seconds(self, calendar: &Calendar) -> f64 {
        let unit = match self.unit {
            Unit::Minute => SECONDS_PER_MINUTE,
            Unit::Hour | Unit::ElapsedHour => SECONDS_PER_HOUR,
            Unit::Day => calendar.day_seconds(),
            Unit::Week => calendar.week_seconds(),
            Unit::Month => calendar.month_seconds(),
            Unit::ElapsedDay => SECONDS_PER_DAY,
            Unit::ElapsedWeek => 7 * SECONDS_PER_DAY,
            Unit::One | Unit::Thousand | Unit::Million | Unit::Percent => return self.plain(),
        };
        self.value * unit as f64
    }
}

/// Larger numbers than this are refused: nothing a plan counts is so large, and sums stay exact.
const LARGEST: f64 = 1e15;

/// One duration without doubt: `10d`.
///
/// # Errors
/// What it is instead.
pub fn duration(text: &str) -> Result<Quantity, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let found = quantity(&mut scan, Measure::Duration)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(found);
    }
    Err(Slip::new(Code::BadDuration, scan.rest_range(), "this can't follow a duration"))
}

/// A number and its unit, which may be left out.
pub(super) fn quantity(scan: &mut Scan<'_>, measure: Measure) -> Result<Quantity, Slip> {
    let (value, unit) = open_quantity(scan, measure)?;
    Ok(Quantity { value, unit: unit.unwrap_or(measure.bare()) })
}

/// A number and its unit, if there is one.
pub(super) fn open_quantity(scan: &mut Scan<'_>, measure: Measure) -> Result<(f64, Option<Unit>), Slip> {
    let start = scan.at();
    let Some(value) = scan.number() else { return Err(no_number(scan, measure)) };
    let number_end = scan.at();
    if value > LARGEST {
        return Err(Slip::new(
            Code::NumberTooLarge,
            start..number_end,
            "this number is too large to count with",
        ));
    }
    if scan.rest().starts_with(',') {
        return Err(comma(scan, start));
    }
    // One space may stand between: "10 d".
    let mut ahead = scan.clone();
    let has_space = ahead.spaces();
    let unit_start = ahead.at();
    let word =
        ahead.take_while(|letter| letter.is_alphanumeric() || matches!(letter, '%' | '_' | '€' | '$' | '£'));
    let is_unit =
        !word.is_empty() && !(has_space && (word == "to" || word.starts_with(|c: char| c.is_ascii_digit())));
    if !is_unit {
        return Ok((value, None));
    }
    let found = UNITS.iter().find(|row| row.1 == word && row.0.fits(measure));
    if is_exponent(word) {
        let end = unit_start + word.len();
        return Err(Slip::new(Code::BadNumber, start..end, "a number has no exponent")
            .help("write it in full, with `_` between its thousands: `20_000`"));
    }
    match found {
        Some(&(unit, _)) => {
            *scan = ahead;
            Ok((value, Some(unit)))
        }
        None => Err(no_unit(word, unit_start, scan.text(start..number_end), measure)),
    }
}

/// Whether a word behind a number is the `e5` of `1e5`, as no unit is.
fn is_exponent(word: &str) -> bool {
    let rest = word.strip_prefix(['e', 'E']);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn no_number(scan: &Scan<'_>, measure: Measure) -> Slip {
    let rest = scan.word_range();
    let word = scan.text(rest.clone());
    let unsigned = word.trim_start_matches(['-', '−', '+']);
    if ["nan", "inf", "infinity"].contains(&unsigned.to_ascii_lowercase().as_str()) {
        return Slip::new(measure.code(), rest, "a plan counts with finite numbers");
    }
    let is_number = unsigned.starts_with(|letter: char| letter.is_ascii_digit());
    if measure == Measure::Lag && unsigned.len() < word.len() && is_number {
        return Slip::new(Code::BadLink, rest, "a lag has one sign")
            .help(format!("`+{unsigned}` is so much later, `-{unsigned}` so much earlier"));
    }
    if word.starts_with(['-', '−']) && is_number {
        return Slip::new(measure.code(), rest, measure.never_negative());
    }
    let slip = Slip::new(measure.code(), rest, format!("{} is missing here", measure.noun()));
    let bare = word.trim_start_matches(['€', '$', '£']);
    let has_sign = bare.len() < word.len() && bare.starts_with(|letter: char| letter.is_ascii_digit());
    slip.help_if(has_sign.then(|| format!("the currency stands once, in `[plan]`: write `{bare}`")))
}

fn comma(scan: &Scan<'_>, start: usize) -> Slip {
    let mut ahead = scan.clone();
    ahead.take_while(|letter| letter.is_ascii_digit() || letter == ',' || letter == '.');
    let (range, text) = (start..ahead.at(), scan.text(start..ahead.at()));
    let slip = Slip::new(
        Code::BadNumber,
        range,
        "a number has a point, and `_` between its thousands, but no comma",
    );
    let thousands = text.replace(',', "_");
    let help = match text.matches([',', '.']).count() {
        1 if text.len() - text.find(',').unwrap_or(0) == 4 => {
            Some(format!("write `{thousands}` or `{}`", text.replace(',', ".")))
        }
        1 if !text.ends_with(',') => Some(format!("write `{}`", text.replace(',', "."))),
        _ => None,
    };
    slip.help_if(help)
}

/// Other ways of writing a unit of time, and ours.
const WORDS_OF_TIME: [(&[&str], &str); 6] = [
    (&["minute", "minutes", "mins", "Min", "MIN"], "min"),
    (&["hour", "hours", "hr", "hrs", "H", "Std"], "h"),
    (&["day", "days", "D", "Tag", "Tage", "wd", "bd", "pd"], "d"),
    (&["week", "weeks", "wk", "wks", "W", "Wochen"], "w"),
    (&["month", "months", "mon", "mth", "Mo", "MO"], "mo"),
    (&["elapsed", "cd"], "ed"),
];

fn no_unit(word: &str, start: usize, number: &str, measure: Measure) -> Slip {
    let range = start..start + word.len();
    match measure {
        Measure::Duration | Measure::Lag => {
            if word == "m" {
                return Slip::new(Code::AmbiguousUnit, range, "`m` may mean minutes or months")
                    .help(format!("`{number}min` is minutes, `{number}mo` is months"));
            }
            let slip = Slip::new(Code::BadDuration, range, format!("`{word}` is no unit of time"));
            let known = WORDS_OF_TIME.iter().find(|row| row.0.contains(&word)).map(|row| row.1);
            match (known, word) {
                (Some(unit), _) => slip.help(format!("write `{number}{unit}`")),
                (None, "s" | "sec" | "seconds") => slip.help("the smallest unit is `min`"),
                (None, "y" | "yr" | "year" | "years" | "a") => {
                    slip.help("the largest unit is `mo`: 12 of them a year")
                }
                _ => slip.help("units are `min h d w mo` for working time, `eh ed ew` for elapsed time"),
            }
        }
        Measure::Money => {
            let slip = Slip::new(Code::BadNumber, range, format!("`{word}` is no unit of money"));
            match word {
                "K" | "tsd" => slip.help(format!("write `{number}k`")),
                "m" | "Mio" | "mio" | "mn" => slip.help(format!("write `{number}M`")),
                "%" => slip,
                _ if word.chars().all(char::is_alphabetic) || word.len() == '€'.len_utf8() => {
                    slip.help(format!("the currency stands once, in `[plan]`: write `{number}`"))
                }
                _ => slip.help("units are `k` and `M`"),
            }
        }
        Measure::Amount => {
            let slip = Slip::new(Code::BadNumber, range, format!("`{word}` is no unit of pieces"));
            match word {
                "K" => slip.help(format!("write `{number}k`")),
                "m" => slip.help(format!("write `{number}M`")),
                _ => slip.help("units are `k` and `M`"),
            }
        }
        Measure::Share => Slip::new(Code::BadNumber, range, format!("`{word}` is no unit here")),
        Measure::Factor => {
            let slip = Slip::new(Code::BadNumber, range, "a factor is a plain number: 1 changes nothing");
            let percent = number.parse::<f64>().ok().filter(|_| word == "%");
            slip.help_if(percent.map(|percent| {
                let (more, of_it) = (1.0 + percent / 100.0, percent / 100.0);
                format!("`{more}` is {number} % more, `{of_it}` is {number} % of it")
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn durations_are_read() {
        for (text, value, unit) in [
            ("10d", 10.0, Unit::Day),
            ("10", 10.0, Unit::Day),
            ("1.5w", 1.5, Unit::Week),
            (" 90 min ", 90.0, Unit::Minute),
            ("4h", 4.0, Unit::Hour),
            ("2mo", 2.0, Unit::Month),
            ("12eh", 12.0, Unit::ElapsedHour),
            ("30ed", 30.0, Unit::ElapsedDay),
            ("2ew", 2.0, Unit::ElapsedWeek),
            ("1_000h", 1_000.0, Unit::Hour),
        ] {
            assert_eq!(duration(text), Ok(Quantity { value, unit }), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_said() {
        for (text, expected) in [
            ("3m", "ambiguous-unit `m`: `m` may mean minutes or months | `3min` is minutes, `3mo` is months"),
            ("3 days", "bad-duration `days`: `days` is no unit of time | write `3d`"),
            ("3weeks", "bad-duration `weeks`: `weeks` is no unit of time | write `3w`"),
            ("3D", "bad-duration `D`: `D` is no unit of time | write `3d`"),
            ("3y", "bad-duration `y`: `y` is no unit of time | the largest unit is `mo`: 12 of them a year"),
            ("3s", "bad-duration `s`: `s` is no unit of time | the smallest unit is `min`"),
            (
                "3k",
                "bad-duration `k`: `k` is no unit of time | units are `min h d w mo` for working time, `eh ed ew` for elapsed time",
            ),
            ("-3d", "bad-duration `-3d`: a duration can't be negative"),
            ("nan", "bad-duration `nan`: a plan counts with finite numbers"),
            ("-Inf", "bad-duration `-Inf`: a plan counts with finite numbers"),
            (
                "1e400d",
                "bad-number `1e400d`: a number has no exponent | write it in full, with `_` between its thousands: `20_000`",
            ),
            ("soon", "bad-duration `soon`: a duration is missing here"),
            ("", "bad-duration ``: a duration is missing here"),
            ("3d 4h", "bad-duration `4h`: this can't follow a duration"),
            (
                "2,5d",
                "bad-number `2,5`: a number has a point, and `_` between its thousands, but no comma | write `2.5`",
            ),
        ] {
            assert_eq!(said(text, duration(text)), expected, "{text}");
        }
    }
}
