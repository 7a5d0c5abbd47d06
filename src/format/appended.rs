//! The document of a plan with one more measurement in a history: comments, order and layout stay its author's.
//!
//! A history stands in the plan (`points`), in whatever form TOML offers, or in a CSV file beside it
//! (`file`). One that is not there yet is begun as deep in the document as tables of it are.

use toml_edit::{Array, DocumentMut, InlineTable, Item, RawString, TableLike, TomlError, Value};

use super::literal;
use super::measurements::number;

/// The way from the top of a plan file to the history of a solution.
const fn way(solution: &str) -> [&str; 4] {
    ["solution", solution, "evidence", "history"]
}

/// A measurement to add: `6,0.801` or `2027-03-01,0.801,400`.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPoint {
    /// As TOML writes them: effort, metric and perhaps a number of items.
    cells: Vec<String>,
    /// Whether the effort is a date.
    pub is_date: bool,
}

impl NewPoint {
    /// Reads a measurement as it is written on one line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of(words: &str) -> Result<Self, String> {
        let cells: Vec<&str> = words.split([',', ';']).map(str::trim).collect();
        let [effort, rest @ ..] = cells.as_slice() else {
            unreachable!("splitting gives one piece at least")
        };
        if !matches!(rest.len(), 1 | 2) {
            return Err("effort, metric and perhaps a number of items are needed, like 6,0.801".to_owned());
        }
        let is_date = number(effort).is_none() && literal::date(effort).is_ok();
        let first = if is_date { format!("\"{effort}\"") } else { written(effort)? };
        let rest: Result<Vec<String>, String> = rest.iter().map(|cell| written(cell)).collect();
        Ok(Self { cells: [vec![first], rest?].concat(), is_date })
    }

    /// The point as a list of a plan file. A date is bare where the last one is.
    fn value(&self, last: Option<&Value>) -> Value {
        let is_bare =
            last.and_then(Value::as_array).and_then(|point| point.get(0)).is_some_and(Value::is_datetime);
        let cell = |cell: &String| {
            let bare = cell.trim_matches('"');
            let value = if is_bare { bare.parse().or_else(|_| cell.parse()) } else { cell.parse() };
            value.unwrap_or_else(|_| Value::from(bare))
        };
        Array::from_iter(self.cells.iter().map(cell)).into()
    }

    /// The point as a line of a CSV file.
    fn line(&self, separator: char) -> String {
        let cells: Vec<&str> = self.cells.iter().map(|cell| cell.trim_matches('"')).collect();
        cells.join(&separator.to_string())
    }
}

/// A number as TOML writes it: as it was written if that is one.
fn written(cell: &str) -> Result<String, String> {
    let value = number(cell).ok_or_else(|| format!("`{cell}` is no number"))?;
    let is_toml = cell.parse::<Value>().is_ok_and(|value| value.is_float() || value.is_integer());
    Ok(if is_toml { cell.to_owned() } else { value.to_string() })
}

/// The CSV file that the history of a solution is kept in, if it is.
///
/// # Errors
/// The text is no TOML.
pub fn history_file(text: &str, solution: &str) -> Result<Option<String>, TomlError> {
    let document: DocumentMut = text.parse()?;
    let mut table: &dyn TableLike = document.as_table();
    for key in way(solution) {
        let Some(inner) = table.get(key).and_then(Item::as_table_like) else { return Ok(None) };
        table = inner;
    }
    Ok(table.get("file").and_then(Item::as_str).map(str::to_owned))
}

/// The text of a plan with these points at the end of the history of a solution.
///
/// # Errors
/// The text is no TOML.
pub fn with_points(text: &str, solution: &str, points: &[NewPoint]) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    append(document.as_table_mut(), &way(solution), points);
    Ok(with_endings_of(text, document.to_string()))
}

/// The lines of an edited text, ended as those of the one before: TOML is written with line feeds alone.
pub(super) fn with_endings_of(before: &str, after: String) -> String {
    let lines = before.matches('\n').count();
    let is_windows = lines > 0 && before.matches("\r\n").count() == lines;
    if is_windows { after.replace("\r\n", "\n").replace('\n', "\r\n") } else { after }
}

/// Goes down as far as there are tables, and appends or begins the history there.
fn append(table: &mut dyn TableLike, way: &[&str], points: &[NewPoint]) {
    let [key, rest @ ..] = way else { return append_here(table, points) };
    match table.get_mut(key).and_then(Item::as_table_like_mut) {
        Some(inner) => append(inner, rest, points),
        None => begin(table, way, points),
    }
}

fn append_here(history: &mut dyn TableLike, points: &[NewPoint]) {
    match history.get_mut("points").and_then(Item::as_array_mut) {
        Some(list) => points.iter().for_each(|point| push(list, point)),
        None => {
            history.insert("points", Item::Value(list(points).into()));
        }
    }
}

/// Begins a history where there is none, and the tables around it.
fn begin(table: &mut dyn TableLike, way: &[&str], points: &[NewPoint]) {
    let [key, inner @ ..] = way else { return };
    let mut history = InlineTable::new();
    if points.first().is_some_and(|point| point.is_date) {
        history.insert("unit", "date".into());
    }
    history.insert("points", list(points).into());
    let begun = inner.iter().rev().fold(history, |inner, key| InlineTable::from_iter([(*key, inner)]));
    table.insert(key, Item::Value(begun.into()));
}

fn list(points: &[NewPoint]) -> Array {
    Array::from_iter(points.iter().map(|point| point.value(None)))
}

/// Appends a point as the last ones are set: on a line of its own if they are, comments where they were.
fn push(list: &mut Array, point: &NewPoint) {
    let value = point.value(list.iter().last());
    let Some(last) = list.len().checked_sub(1) else { return list.push(value) };
    let Some(before) = list.get_mut(last) else { return };
    let prefix = text_of(before.decor().prefix());
    let suffix = text_of(before.decor().suffix());
    let own_line = prefix.rfind('\n').map(|at| prefix[at..].to_owned());
    let trailing = list.trailing().as_str().unwrap_or_default().to_owned();
    // What stands behind the last point: its comment, and the way to the bracket.
    let behind = format!("{suffix}{trailing}");
    let (comment, to_bracket) = match behind.rfind('\n') {
        Some(at) if own_line.is_some() => behind.split_at(at),
        _ => ("", behind.as_str()),
    };
    let space = own_line
        .unwrap_or_else(|| if last > 0 && prefix.is_empty() { String::new() } else { " ".to_owned() });
    if let Some(before) = list.get_mut(last) {
        before.decor_mut().set_suffix("");
    }
    let has_comma = list.trailing_comma();
    let mut value = value;
    value.decor_mut().set_prefix(format!("{comment}{space}"));
    value.decor_mut().set_suffix(if has_comma { "" } else { to_bracket });
    list.push_formatted(value);
    list.set_trailing(if has_comma { to_bracket } else { "" });
}

fn text_of(raw: Option<&RawString>) -> String {
    raw.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned()
}

/// The text of a CSV file with these points as its last lines, cells apart as they are there.
pub fn csv_with_points(text: &str, points: &[NewPoint]) -> String {
    let separator =
        text.lines().rev().find_map(|line| line.chars().find(|letter| [',', ';', '\t'].contains(letter)));
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(end);
    }
    for point in points {
        text.push_str(&point.line(separator.unwrap_or(',')));
        text.push_str(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appended(text: &str) -> String {
        let points = [NewPoint::of("6,.801").unwrap()];
        with_points(text, "a", &points).unwrap()
    }

    #[test]
    fn points_are_read_as_people_write_them() {
        for (words, expected) in [
            ("6,0.801", Ok(vec!["6", "0.801"])),
            ("6, .801, 400", Ok(vec!["6", "0.801", "400"])),
            ("4k;80%", Ok(vec!["4000", "0.8"])),
            ("2027-03-01,0.80", Ok(vec!["\"2027-03-01\"", "0.80"])),
            ("6", Err("effort, metric and perhaps a number of items are needed, like 6,0.801".to_owned())),
            ("6,much", Err("`much` is no number".to_owned())),
            ("", Err("effort, metric and perhaps a number of items are needed, like 6,0.801".to_owned())),
        ] {
            let cells = NewPoint::of(words).map(|point| point.cells);
            assert_eq!(
                cells,
                expected.map(|cells| cells.into_iter().map(str::to_owned).collect()),
                "{words}"
            );
        }
    }

    #[test]
    fn every_form_of_a_history_keeps_its_layout() {
        for (before, after) in [
            (
                "[solution.a]\nevidence.history.points = [[1, 0.5], [2, 0.60]]  # so far\n",
                "[solution.a]\nevidence.history.points = [[1, 0.5], [2, 0.60], [6, 0.801]]  # so far\n",
            ),
            (
                "[solution]\na = { evidence = { history = { points = [[1,0.5],[2,0.6]] } } }\n",
                "[solution]\na = { evidence = { history = { points = [[1,0.5],[2,0.6],[6, 0.801]] } } }\n",
            ),
            (
                "solution.a.evidence.history.points = [[1, 0.5]]",
                "solution.a.evidence.history.points = [[1, 0.5], [6, 0.801]]\n",
            ),
            (
                "[solution.a.evidence.history]\npoints = [\n  [1, 0.5], # first\n  [2, 0.6], # second\n]\nstall = \"5%\"\n",
                "[solution.a.evidence.history]\npoints = [\n  [1, 0.5], # first\n  [2, 0.6], # second\n  [6, 0.801],\n]\nstall = \"5%\"\n",
            ),
            (
                "[solution.a.evidence]\nhistory.points = [\n\t[1, 0.5],\n\t[2, 0.6] # last\n]\n",
                "[solution.a.evidence]\nhistory.points = [\n\t[1, 0.5],\n\t[2, 0.6], # last\n\t[6, 0.801]\n]\n",
            ),
            (
                "[solution.a.evidence]\nhistory.points = [\n  [1, 0.5], [2, 0.6],\n]\n",
                "[solution.a.evidence]\nhistory.points = [\n  [1, 0.5], [2, 0.6], [6, 0.801],\n]\n",
            ),
            (
                "[solution.a.evidence]\nhistory.points = [ [1, 0.5], [2, 0.6] ]\n",
                "[solution.a.evidence]\nhistory.points = [ [1, 0.5], [2, 0.6], [6, 0.801] ]\n",
            ),
        ] {
            assert_eq!(appended(before), after, "{before}");
        }
    }

    #[test]
    fn lines_end_as_they_did() {
        let text = "[solution.a]\r\nevidence.history.points = [[1, 0.5]]\r\n# end\r\n";
        assert_eq!(appended(text), text.replace("]]", "], [6, 0.801]]"));
        let mixed = "[solution.a]\nevidence.history.points = [[1, 0.5]]\r\n";
        assert!(!appended(mixed).contains('\r'));
    }

    #[test]
    fn a_history_is_begun_where_there_is_none() {
        for (before, after) in [
            (
                "[solution.a]\nsystem = \"existing\"\n\n[milestone.x]\n",
                "[solution.a]\nsystem = \"existing\"\nevidence = { history = { points = [[6, 0.801]] } }\n\n[milestone.x]\n",
            ),
            (
                "[solution.a]\nevidence.data_ready = true\n",
                "[solution.a]\nevidence.data_ready = true\nevidence.history = { points = [[6, 0.801]] }\n",
            ),
            (
                "[solution.a.evidence]\nhistory.stall = \"3%\"\n",
                "[solution.a.evidence]\nhistory.stall = \"3%\"\nhistory.points = [[6, 0.801]]\n",
            ),
        ] {
            assert_eq!(appended(before), after, "{before}");
        }
        let dated = with_points("[solution.a]\n", "a", &[NewPoint::of("2027-03-01,0.8").unwrap()]).unwrap();
        assert!(dated.contains("{ unit = \"date\", points = [[\"2027-03-01\", 0.8]] }"), "{dated}");
    }

    #[test]
    fn dates_are_written_as_the_others_are() {
        let dated = |point: &str| {
            let text = format!("solution.a.evidence.history = {{ points = [[{point}, 0.5]] }}\n");
            with_points(&text, "a", &[NewPoint::of("2027-03-01,0.8").unwrap()]).unwrap()
        };
        assert!(dated("2027-01-01").contains(", [2027-03-01, 0.8]]"));
        assert!(dated("\"2027-01-01\"").contains(", [\"2027-03-01\", 0.8]]"));
    }

    #[test]
    fn a_file_is_named_and_goes_on_as_it_began() {
        let text = "[solution.a.evidence]\nhistory = { file = \"h.csv\" }\n";
        assert_eq!(history_file(text, "a").unwrap().as_deref(), Some("h.csv"));
        assert_eq!(history_file(text, "b").unwrap(), None);
        let points = [NewPoint::of("6,.801,400").unwrap()];
        for (before, after) in [
            ("x,y\n1,0.5\n", "x,y\n1,0.5\n6,0.801,400\n"),
            ("1;0.5", "1;0.5\n6;0.801;400\n"),
            ("1\t0.5\r\n", "1\t0.5\r\n6\t0.801\t400\r\n"),
            ("", "6,0.801,400\n"),
        ] {
            assert_eq!(csv_with_points(before, &points), after, "{before:?}");
        }
    }
}
