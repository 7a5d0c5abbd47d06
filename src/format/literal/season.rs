//! Seasons: `05-01..09-30`, a part of every year.

use std::ops::Range;

use super::Slip;
use super::scan::Scan;
use crate::model::Season;
use crate::text::Code;

/// The days of each month; 29 February exists.
const LAST_DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// A season `MM-DD..MM-DD` that includes both days, or a single day. It may go over the turn of the
/// year.
///
/// # Errors
/// What it is instead.
pub fn season(text: &str) -> Result<Season, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let from = day(&mut scan)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(Season { from, to: from });
    }
    if !scan.take("..") {
        let slip = Slip::new(Code::BadDate, scan.rest_range(), "this can't follow a day of the year");
        return Err(slip.help("a season is written `05-01..09-30`"));
    }
    scan.spaces();
    let to = day(&mut scan)?;
    scan.spaces();
    if scan.is_done() {
        return Ok(Season { from, to });
    }
    Err(Slip::new(Code::BadDate, scan.rest_range(), "this can't follow a season"))
}

/// Month and day at the cursor.
fn day(scan: &mut Scan<'_>) -> Result<(u32, u32), Slip> {
    let start = scan.at();
    let written = scan.take_while(|letter| letter.is_ascii_digit() || letter == '-');
    let range = start..scan.at();
    let parts: Vec<&str> = written.split('-').collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() == 2);
    let found = match parts.as_slice() {
        &[month, day] => number(month).zip(number(day)),
        _ => None,
    };
    let Some((month, day)) = found else { return Err(no_day(scan, &parts, range)) };
    let slip = Slip::new(Code::ImpossibleDate, range, "there is no such day in any year");
    match LAST_DAYS.get((month as usize).wrapping_sub(1)) {
        None => Err(slip.help(format!("there is no month {month}; a day of the year is month-day"))),
        Some(&last) if !(1..=last).contains(&day) => {
            Err(slip.help(format!("that month ends on {month:02}-{last:02}")))
        }
        Some(_) => Ok((month, day)),
    }
}

fn no_day(scan: &Scan<'_>, parts: &[&str], range: Range<usize>) -> Slip {
    match parts {
        [year, month, day] if year.len() == 4 => {
            Slip::new(Code::BadDate, range, "a season is a part of every year, without the year")
                .help(format!("write `{month}-{day}`"))
        }
        _ if range.is_empty() => {
            Slip::new(Code::BadDate, scan.word_range(), "a day of the year is missing here")
                .help("like `05-01`, the first of May")
        }
        _ => Slip::new(
            Code::BadDate,
            range,
            "a day of the year has two digits for the month and two for the day",
        )
        .help("like `05-01`, the first of May"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn seasons_are_read() {
        for (text, from, to) in [
            ("05-01..09-30", (5, 1), (9, 30)),
            (" 11-15 .. 02-29 ", (11, 15), (2, 29)),
            ("12-24", (12, 24), (12, 24)),
        ] {
            assert_eq!(season(text), Ok(Season { from, to }), "{text}");
        }
    }

    #[test]
    fn what_is_no_season_is_said() {
        for (text, expected) in [
            ("", "bad-date ``: a day of the year is missing here | like `05-01`, the first of May"),
            (
                "summer",
                "bad-date `summer`: a day of the year is missing here | like `05-01`, the first of May",
            ),
            (
                "5-1..9-30",
                "bad-date `5-1`: a day of the year has two digits for the month and two for the day | like `05-01`, the first of May",
            ),
            (
                "2027-05-01..2027-09-30",
                "bad-date `2027-05-01`: a season is a part of every year, without the year | write `05-01`",
            ),
            ("02-30", "impossible-date `02-30`: there is no such day in any year | that month ends on 02-29"),
            (
                "13-01",
                "impossible-date `13-01`: there is no such day in any year | there is no month 13; a day of the year is month-day",
            ),
            (
                "00-10",
                "impossible-date `00-10`: there is no such day in any year | there is no month 0; a day of the year is month-day",
            ),
            (
                "05-01 to 09-30",
                "bad-date `to 09-30`: this can't follow a day of the year | a season is written `05-01..09-30`",
            ),
            ("05-01..", "bad-date ``: a day of the year is missing here | like `05-01`, the first of May"),
            ("05-01..06-01..07-01", "bad-date `..07-01`: this can't follow a season"),
        ] {
            assert_eq!(said(text, season(text)), expected, "{text}");
        }
    }
}
