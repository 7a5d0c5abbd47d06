//! The table of feasibility on a terminal: every model in its cell, with its evidence.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::model::{DataKind, System};
use crate::scope::{Assessment, ScopeReport};
use crate::view::cells::{COLUMNS, ROWS, models, others};
use crate::view::decisions::{NO_EVIDENCE, evidence, evidence_item};
use crate::view::table::{Cell, Table, fit, one_line};

use super::{Screen, paragraph};

/// Spaces before the table, and between its columns.
const INDENT: usize = 4;
const GAP: usize = 2;
/// Where cells would be narrower, a list says it better.
const NARROWEST: usize = 24;
/// The widest that a cell needs to be.
const WIDEST: usize = 60;

/// Words side by side, each in its style.
type Line = Vec<(String, Style)>;

/// Every model in its cell with its evidence; where the terminal is narrow, a list.
pub(super) fn feasibility(report: &ScopeReport, screen: &Screen) -> String {
    let names = ROWS.iter().map(|row| row.1.width()).max().unwrap_or(0);
    let room = screen.width.saturating_sub(INDENT + names + 2 * GAP) / 2;
    if room < NARROWEST {
        return list(report, screen);
    }
    let mut table = Table::new("<<<").indent(INDENT).gap(GAP);
    let head = ["", COLUMNS[0].1, COLUMNS[1].1];
    table.row(head.map(|words| Cell::styled(words, screen.palette.faint)));
    for (system, name) in ROWS {
        let cells = COLUMNS.map(|(data_kind, _)| cell(report, (data_kind, system), room.min(WIDEST), screen));
        for row in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let name = if row == 0 { name } else { "" };
            let line = |cell: &Vec<Line>| Cell::parts(cell.get(row).cloned().unwrap_or_default());
            table.row([Cell::styled(name, screen.palette.faint)].into_iter().chain(cells.iter().map(line)));
        }
    }
    let rest: Vec<&str> = others(report).map(|it| it.key.as_str()).collect();
    let rest = if rest.is_empty() { String::new() } else { format!("no models: {}.", rest.join(", ")) };
    let rest = if rest.is_empty() { rest } else { paragraph(&rest, screen.palette.faint, screen) };
    format!("{}{rest}", table.draw(screen.width))
}

fn list(report: &ScopeReport, screen: &Screen) -> String {
    let mut table = Table::new("<~").indent(INDENT);
    for it in &report.solutions {
        table.row([Cell::new(it.key.clone()), Cell::new(evidence(it))]);
    }
    table.draw(screen.width)
}

/// The lines of a cell, none wider than `room`.
fn cell(
    report: &ScopeReport,
    (data_kind, system): (DataKind, System),
    room: usize,
    screen: &Screen,
) -> Vec<Line> {
    let lines: Vec<Line> =
        models(report, data_kind, system).flat_map(|it| solution(it, room, screen)).collect();
    if lines.is_empty() { vec![vec![("—".to_owned(), screen.palette.faint)]] } else { lines }
}

/// A solution and its evidence: in one line where that fits, else the evidence in lines below it.
fn solution(it: &Assessment, room: usize, screen: &Screen) -> Vec<Line> {
    let none = it.evidence.is_empty().then(|| (NO_EVIDENCE.to_owned(), screen.palette.faint));
    let items = it.evidence.iter().map(|item| {
        let style = if item.is_there { screen.palette.faint } else { screen.palette.bad };
        (evidence_item(item), style)
    });
    let items: Vec<(String, Style)> = items.chain(none).collect();
    let width = |line: &Line| line.iter().map(|(words, _)| words.width()).sum::<usize>();
    let name = (fit(&one_line(it.key.clone()), room), Style::new());
    let mut lines = vec![vec![name]];
    let whole = width(&lines[0]) + items.iter().map(|item| item.0.width() + 2).sum::<usize>();
    for (words, style) in items {
        let last = lines.last_mut().expect("there is the name from the start");
        let is_name = last.len() == 1;
        if whole <= room || (!is_name && width(last) + 2 + words.width() <= room) {
            last.extend([("  ".to_owned(), Style::new()), (words, style)]);
        } else {
            lines.push(vec![("  ".to_owned(), Style::new()), (fit(&words, room - 2), style)]);
        }
    }
    lines
}
