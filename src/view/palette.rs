//! Colours of the terminal, chosen by the caller.

use anstyle::{AnsiColor, Style};

/// How each kind of words is painted. Views never look at the terminal; they are handed one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// The plan's name and headings.
    pub heading: Style,
    /// The numbers people came for.
    pub strong: Style,
    /// What may be overlooked.
    pub faint: Style,
    /// What is well.
    pub good: Style,
    /// What is not.
    pub bad: Style,
    /// What can't be told.
    pub doubtful: Style,
    /// Bars and little pictures.
    pub ink: Style,
}

impl Palette {
    /// No colours: plain text.
    pub const PLAIN: Self = Self {
        heading: Style::new(),
        strong: Style::new(),
        faint: Style::new(),
        good: Style::new(),
        bad: Style::new(),
        doubtful: Style::new(),
        ink: Style::new(),
    };

    /// The sixteen colours every terminal has, so that its theme decides the shade.
    pub const TERMINAL: Self = Self {
        heading: Style::new().bold(),
        strong: Style::new().bold(),
        faint: Style::new().dimmed(),
        good: AnsiColor::Green.on_default(),
        bad: AnsiColor::Red.on_default().bold(),
        doubtful: AnsiColor::Yellow.on_default(),
        ink: AnsiColor::Blue.on_default(),
    };
}

/// Words in a style; without one just the words.
pub(super) fn paint(style: Style, words: &str) -> String {
    if style == Style::new() || words.is_empty() {
        words.to_owned()
    } else {
        format!("{style}{words}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_carry_no_escape_codes() {
        assert_eq!(paint(Palette::PLAIN.bad, "late"), "late");
        assert_eq!(paint(Palette::TERMINAL.faint, "late"), "\u{1b}[2mlate\u{1b}[0m");
    }
}
