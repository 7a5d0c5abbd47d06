//! Columns that line up, by the width a terminal gives to each letter.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::palette::paint;
use super::words::pieces;

/// Columns that may be cut are left out where they would be narrower.
const NARROWEST: usize = 12;

/// Which edge of its column a cell keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    /// Left, and cut rather than left out where the terminal is narrow.
    Cut,
    /// Left, and in several lines where the terminal is narrow: the last column, of sentences.
    Broken,
}

/// Words in a table with their styles.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    parts: Vec<(String, Style)>,
}

impl Cell {
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self::styled(words, Style::new())
    }

    pub(super) fn styled(words: impl Into<String>, style: Style) -> Self {
        Self { parts: vec![(one_line(words.into()), style)] }
    }

    /// A cell whose words are not all in one style.
    pub(super) fn parts(parts: impl IntoIterator<Item = (String, Style)>) -> Self {
        Self { parts: parts.into_iter().collect() }
    }

    fn width(&self) -> usize {
        self.parts.iter().map(|(words, _)| words.width()).sum()
    }

    /// The same in at most so many letters.
    fn cut(&self, width: usize) -> Self {
        let words: String = self.parts.iter().map(|(words, _)| words.as_str()).collect();
        Self::styled(fit(&words, width), self.parts.first().map(|part| part.1).unwrap_or_default())
    }

    /// The same in lines of at most so many letters.
    fn broken(&self, width: usize) -> Vec<Self> {
        let words: String = self.parts.iter().map(|(words, _)| words.as_str()).collect();
        let style = self.parts.first().map(|part| part.1).unwrap_or_default();
        lines(&words, width).into_iter().map(|line| Self::styled(fit(&line, width), style)).collect()
    }

    fn paint(&self) -> String {
        self.parts.iter().map(|(words, style)| paint(*style, words)).collect()
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::new(words)
    }
}

/// Rows of cells below headings.
#[derive(Clone, Debug)]
pub(super) struct Table {
    sides: Vec<Side>,
    rows: Vec<Vec<Cell>>,
    gap: usize,
    indent: usize,
}

impl Table {
    /// A table with a column per letter: `<` for left, `>` for right, `~` for left and cut rather than
    /// left out, `/` for left and broken into lines.
    pub(super) fn new(columns: &str) -> Self {
        let side = |letter| match letter {
            '>' => Side::Right,
            '~' => Side::Cut,
            '/' => Side::Broken,
            _ => Side::Left,
        };
        Self { sides: columns.chars().map(side).collect(), rows: Vec::new(), gap: 3, indent: 2 }
    }

    /// Spaces before each row.
    pub(super) fn indent(mut self, indent: usize) -> Self {
        self.indent = indent;
        self
    }

    /// Spaces between columns.
    pub(super) fn gap(mut self, gap: usize) -> Self {
        self.gap = gap;
        self
    }

    /// Adds a row; cells it lacks are empty.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The widths of the columns.
    fn widths(&self) -> Vec<usize> {
        let width = |column: usize| {
            self.rows.iter().map(|row| row.get(column).map_or(0, |cell| cell.width())).max().unwrap_or(0)
        };
        (0..self.sides.len()).map(width).collect()
    }

    /// How many columns from the left fit in this terminal, at least one; the last may be made narrower.
    fn fitting(&self, widths: &mut [usize], terminal: usize) -> usize {
        let mut used = self.indent;
        let mut fitting = 0;
        for (index, width) in widths.iter_mut().enumerate() {
            let gap = if index > 0 && *width > 0 { self.gap } else { 0 };
            let room = terminal.saturating_sub(used + gap);
            let is_elastic = matches!(self.sides[index], Side::Cut | Side::Broken);
            if *width > room && is_elastic && room >= NARROWEST {
                *width = room;
            }
            used += *width + gap;
            if used > terminal {
                break;
            }
            fitting = index + 1;
        }
        fitting.max(1)
    }

    /// A row in as many lines as its last cell takes.
    fn broken(&self, row: &[Cell], widths: &[usize]) -> Vec<Vec<Cell>> {
        let last = row.len().saturating_sub(1);
        let Some(cell) = row
            .last()
            .filter(|cell| self.sides.get(last) == Some(&Side::Broken) && cell.width() > widths[last])
        else {
            return vec![row.to_vec()];
        };
        let mut before = row[..last].to_vec();
        let lines = cell.broken(widths[last]).into_iter().map(|line| {
            let rest = vec![Cell::default(); last];
            let mut row = std::mem::replace(&mut before, rest);
            row.push(line);
            row
        });
        lines.collect()
    }

    /// The table as text; columns that do not fit the terminal are dropped from the right.
    pub(super) fn draw(&self, terminal: usize) -> String {
        let mut widths = self.widths();
        let fitting = self.fitting(&mut widths, terminal);
        let mut text = String::new();
        for row in self.rows.iter().flat_map(|row| self.broken(row, &widths)) {
            let mut line = " ".repeat(self.indent);
            for (column, cell) in row.iter().take(fitting).enumerate() {
                let width = widths[column];
                let gap = if column > 0 && width > 0 { self.gap } else { 0 };
                let cut = (cell.width() > width).then(|| cell.cut(width));
                let cell = cut.as_ref().unwrap_or(cell);
                let space = width - cell.width();
                let (before, after) = if self.sides[column] == Side::Right { (space, 0) } else { (0, space) };
                let _ = write!(line, "{:gap$}{:before$}{}{:after$}", "", "", cell.paint(), "");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Words without line breaks and escape codes: what a plan is called can't move the terminal's cursor.
pub(super) fn one_line(words: String) -> String {
    if words.contains(char::is_control) { words.replace(char::is_control, " ") } else { words }
}

/// Words in lines of at most so many letters, if no single one is longer; one empty line without words.
pub(super) fn lines(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(words) {
        let line = lines.last_mut().expect("there is a line from the start");
        if line.is_empty() {
            line.push_str(&piece);
        } else if line.width() + 1 + piece.width() > width {
            lines.push(piece);
        } else {
            line.push(' ');
            line.push_str(&piece);
        }
    }
    lines
}

/// Words cut to a width, with `…` at the end if something was cut.
pub(super) fn fit(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for letter in words.chars() {
        let wide = letter.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        cut.push(letter);
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("<><");
        table.row(["name".into(), "days".into(), "finish".into()]);
        table.row(["設計".into(), "3.0".into(), "Fri".into()]);
        table.row(["launch".into(), "".into(), "Mon".into()]);
        table
    }

    #[test]
    fn columns_line_up_by_what_the_terminal_shows() {
        assert_eq!(
            table().draw(80),
            "  name     days   finish\n  設計      3.0   Fri\n  launch          Mon\n"
        );
    }

    #[test]
    fn columns_that_do_not_fit_are_dropped_from_the_right() {
        assert_eq!(table().draw(18), "  name     days\n  設計      3.0\n  launch\n");
        assert_eq!(table().draw(1), "  name\n  設計\n  launch\n");
    }

    #[test]
    fn a_column_of_words_is_cut_to_the_edge() {
        let mut table = Table::new("<~");
        table.row(["launch".into(), "after the long evaluation".into()]);
        assert_eq!(table.draw(28), "  launch   after the long e…\n");
        assert_eq!(table.draw(20), "  launch\n");
    }

    #[test]
    fn a_column_of_sentences_is_broken_at_the_edge() {
        let mut table = Table::new("</");
        table.row(["chances".into(), "feasible 47 %, partial 30 %".into()]);
        table.row(["cost".into(), "$5".into()]);
        assert_eq!(
            table.draw(24),
            "  chances   feasible\n            47 %,\n            partial 30 %\n  cost      $5\n"
        );
        assert_eq!(table.draw(80), "  chances   feasible 47 %, partial 30 %\n  cost      $5\n");
    }

    #[test]
    fn a_number_keeps_its_unit_at_the_end_of_a_line() {
        assert_eq!(
            lines("worth 5; 54 % chance at 0.3 × all", 11),
            ["worth 5;", "54 % chance", "at 0.3 ×", "all"]
        );
    }

    #[test]
    fn names_cannot_move_the_cursor() {
        let mut table = Table::new("<<");
        table.row(["a\u{1b}[2J\nb".into(), "c".into()]);
        assert_eq!(table.draw(80), "  a [2J b   c\n");
    }

    #[test]
    fn long_words_end_in_dots() {
        for (words, width, expected) in
            [("launch", 6, "launch"), ("launch", 5, "laun…"), ("設計書", 5, "設計…"), ("a b", 2, "a…")]
        {
            assert_eq!(fit(words, width), expected);
        }
    }
}
