//! The little languages inside quoted texts: `"8..10..20d"`, `"dig SS+50%"`, `"750/d"`.
//!
//! Each is a pure function from a text to what it says, as written: units are not yet seconds and
//! names not yet milestones, for that takes the calendars and the names of the plan. What can't be
//! read is a [`Slip`]: which part of the text, why, and the way out.

mod condition;
mod currency;
mod date;
mod estimate;
mod expectation;
mod id;
mod link;
mod member;
mod number;
mod pay;
mod quantity;
mod rate;
mod scan;
mod season;
mod selector;
mod spread;
mod week;

use std::ops::Range;

use crate::text::{Code, Diagnostic, Span};

pub use condition::{WrittenOnlyIf, condition};
pub use currency::{currency, is_currency};
pub use date::{DateRange, date, date_range};
pub use estimate::{WrittenEstimate, estimate};
pub use expectation::{WrittenCondition, WrittenFigure, WrittenLimit, WrittenStatement, expectation};
pub use id::{RESERVED_IDS, id};
pub use link::{WrittenLag, WrittenLink, link};
pub use member::{Part, WrittenMember, member};
pub use number::{amount, money, number, share};
pub use pay::moment;
pub use quantity::{Measure, Quantity, Unit, duration};
pub use rate::{WrittenRate, rate};
pub use season::season;
pub use selector::{Selector, selector};
pub use spread::{Spread, spread};
pub use week::{ExtraHours, WeekPattern, extra, week};

/// What can't be read in a text, and the way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// The kind of fact.
    pub code: Code,
    /// Which bytes of the text.
    pub range: Range<usize>,
    /// The fact.
    pub message: String,
    /// What stands under the place; may be empty.
    pub label: String,
    /// Ways out, one a line.
    pub help: Vec<String>,
}

impl Slip {
    fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, range, message: message.into(), label: String::new(), help: Vec::new() }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    fn help_if(mut self, help: Option<String>) -> Self {
        self.help.extend(help);
        self
    }

    /// The slip of a part, in terms of a whole in which the part begins at this byte.
    fn moved(mut self, start: usize) -> Self {
        self.range = self.range.start + start..self.range.end + start;
        self
    }

    /// The slip as a diagnostic, where the text (`length` bytes of it) is the value at `span`.
    ///
    /// A text with escapes has other bytes in the file than in memory; then the whole value is the
    /// place.
    pub fn at(self, span: Span, length: usize) -> Diagnostic<Span> {
        let quotes = span.range().len().checked_sub(length);
        let place = match quotes {
            Some(0) => span.within(self.range),
            Some(2) => span.within(self.range.start + 1..self.range.end + 1),
            _ => span,
        };
        let mut diagnostic = Diagnostic::new(self.code, place, self.message).labelled(self.label);
        diagnostic.help = self.help;
        diagnostic
    }
}

#[cfg(test)]
fn said<T: std::fmt::Debug>(text: &str, result: Result<T, Slip>) -> String {
    let slip = result.expect_err(text);
    let part = text.get(slip.range.clone()).unwrap_or_else(|| panic!("{text:?}: {slip:?}"));
    let help: String = slip.help.iter().map(|help| format!(" | {help}")).collect();
    format!("{} `{part}`: {}{help}", slip.code, slip.message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::SourceId;

    #[test]
    fn a_slip_finds_its_place_in_the_file() {
        let slip = || Slip::new(Code::BadDate, 2..4, "fact");
        let source = SourceId::default();
        for (start, end, length, expected) in [(10, 20, 10, 12..14), (10, 20, 8, 13..15), (10, 20, 5, 10..20)]
        {
            let diagnostic = slip().at(Span::new(source, start..end), length);
            assert_eq!(diagnostic.place.range(), expected, "{length} bytes");
        }
    }

    fn all(text: &str) {
        let slips = [
            date(text).err(),
            date_range(text).err(),
            estimate(text, Measure::Duration).err(),
            estimate(text, Measure::Money).err(),
            estimate(text, Measure::Share).err(),
            estimate(text, Measure::Amount).err(),
            expectation(text).err(),
            condition(text).err(),
            estimate(text, Measure::Factor).err(),
            id(text).err(),
            member(text).err(),
            season(text).err(),
            link(text).err(),
            number(text).err(),
            amount(text).err(),
            money(text).err(),
            share(text).err(),
            moment(text).err(),
            duration(text).err(),
            rate(text, Measure::Money).err(),
            selector(text).err(),
            spread(text).err(),
            week(text).err(),
            extra(text).err(),
        ];
        for slip in slips.into_iter().flatten() {
            assert!(text.get(slip.range.clone()).is_some(), "{text:?}: {slip:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_literal_panic(text in "(?s).{0,40}") {
            all(&text);
        }

        #[test]
        fn no_arrangement_of_words_makes_a_literal_panic(words in prop::collection::vec(prop::sample::select(vec![
            "1", "20", "0.3", "999999999999999999999", "d", "m", "mo", "ed", "%", "±", "+", "-", "..", "to", " ", "k", "/", "P80(", "mean(", ")",
            "P(", "finish", "cost", "and", "<=", "deadline", "stage:", "risk:", "x", ".", "05-01", "start", "FS", "SS", "2027-01-05", "T09:00", "Mon", "-Fri", "09:00", "24:00", ",", "é",
        ]), 0..8)) {
            all(&words.concat());
        }
    }
}
