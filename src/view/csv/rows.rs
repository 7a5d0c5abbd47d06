//! Rows and cells: what a spreadsheet reads without harm.

use crate::forecast::Stamp;

/// Rows below headings.
pub(super) struct Rows {
    writer: csv::Writer<Vec<u8>>,
}

impl Rows {
    pub(super) fn new(headings: &[&str]) -> Self {
        let mut rows = Self { writer: csv::Writer::from_writer(Vec::new()) };
        rows.row(headings.iter().map(ToString::to_string));
        rows
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.writer
            .write_record(cells.into_iter().map(harmless))
            .expect("a vector takes every row, and all rows of a table are as long");
    }

    pub(super) fn text(self) -> String {
        let bytes = self.writer.into_inner().expect("a vector takes every row");
        String::from_utf8(bytes).expect("cells are text, and so are commas")
    }
}

/// A cell that no spreadsheet takes for a formula.
///
/// Plans come from others, and a milestone called `=HYPERLINK(…)` would run where the table is
/// opened. So words that begin with `=`, `+`, `-`, `@`, a tab or a carriage return get an
/// apostrophe in front, as OWASP's page on CSV injection advises; numbers are left as they are. A
/// program that needs such a name to the letter finds it in the JSON.
fn harmless(cell: String) -> String {
    let is_risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_risky { format!("'{cell}") } else { cell }
}

pub(super) fn date(stamp: Stamp) -> String {
    stamp.date.map(|at| at.to_string()).unwrap_or_default()
}

/// At most six decimals; nothing for what is no number.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_no_needless_zeros() {
        for (value, expected) in
            [(0.8, "0.8"), (100.0, "100"), (-1e-9, "0"), (1.0 / 3.0, "0.333333"), (f64::NAN, "")]
        {
            assert_eq!(number(value), expected, "{value}");
        }
    }

    #[test]
    fn no_name_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-draft-", "'-draft-"),
            ("\tx", "'\tx"),
            ("-1.5", "-1.5"),
            ("plain = x", "plain = x"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.to_owned()), expected, "{cell}");
        }
    }

    #[test]
    fn names_with_commas_stay_one_cell() {
        let mut rows = Rows::new(&["a", "b"]);
        rows.row(["x, y".to_owned(), "1".to_owned()]);
        assert_eq!(rows.text(), "a,b\n\"x, y\",1\n");
    }
}
