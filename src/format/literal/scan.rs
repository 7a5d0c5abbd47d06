//! A cursor over a text: what all the little languages read with.

use std::ops::Range;

/// A place in a text, moving forward only.
#[derive(Clone, Debug)]
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte the cursor stands at.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// A part of the text.
    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    /// The bytes from here to the end, without spaces around.
    pub(super) fn rest_range(&self) -> Range<usize> {
        let rest = self.rest();
        let start = self.at + rest.len() - rest.trim_start().len();
        start..start + rest.trim().len()
    }

    /// The bytes of the word at the cursor: up to the next space.
    pub(super) fn word_range(&self) -> Range<usize> {
        let rest = self.rest_range();
        let word = &self.text[rest.clone()];
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        rest.start..rest.start + length
    }

    /// Skips spaces and says whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let before = self.at;
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at > before
    }

    /// Takes these letters, if they come next.
    pub(super) fn take(&mut self, letters: &str) -> bool {
        let is_next = self.rest().starts_with(letters);
        if is_next {
            self.at += letters.len();
        }
        is_next
    }

    /// Takes all that comes next and fits.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Takes the letters a to z that come next.
    pub(super) fn letters(&mut self) -> &'a str {
        self.take_while(|letter| letter.is_ascii_alphabetic())
    }

    /// Takes an id, which may be empty.
    pub(super) fn id(&mut self) -> &'a str {
        self.take_while(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
    }

    /// Takes a number without sign: `12`, `1_200`, `0.3`. A point not followed by a digit is not
    /// part of it.
    pub(super) fn number(&mut self) -> Option<f64> {
        let start = self.at;
        self.digits()?;
        let before_point = self.at;
        if self.take(".") && self.digits().is_none() {
            self.at = before_point;
        }
        let digits = &self.text[start..self.at];
        if digits.contains('_') { digits.replace('_', "").parse().ok() } else { digits.parse().ok() }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        if !self.rest().starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let digits = self.take_while(|letter| letter.is_ascii_digit() || letter == '_');
        if !digits.contains('_') {
            return Some(());
        }
        // `1_` and `1__2` are slips, not numbers.
        let sound = digits.trim_end_matches('_').len();
        self.at = start + digits.find("__").map_or(sound, |double| sound.min(double));
        Some(())
    }
}
