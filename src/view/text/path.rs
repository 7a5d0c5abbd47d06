//! The critical path of the plan as written.

use crate::forecast::{PathReport, PathRow};
use crate::view::palette::paint;
use crate::view::table::{Cell, Table, fit, one_line};
use crate::view::words::{days, long_stamp, stamp};

use super::headline::plan_size;
use super::{Screen, stacked};

/// How many milestones are listed at most.
const LISTED: usize = 40;
/// How many keys of a path are shown at each end of a long one.
const ENDS: usize = 8;
/// Said where milestones keep several calendars.
pub(in crate::view) const WHOSE_DAYS: &str =
    "durations and floats are days of the milestone's own calendar, drag is days of the plan's";
/// Terminals at least so wide see late dates and free float, too.
const WIDE: usize = 140;

/// Dates, floats and drivers of every milestone, and the critical paths.
pub fn path(report: &PathReport, screen: &Screen) -> String {
    stacked([title(report, screen), paths(report, screen), table(report, screen), whose_days(report, screen)])
}

fn title(report: &PathReport, screen: &Screen) -> String {
    let name = paint(screen.palette.heading, &one_line(report.plan.name.clone()));
    let size = paint(screen.palette.faint, &format!("· {} · as written", plan_size(&report.plan)));
    let finish = paint(screen.palette.strong, &long_stamp(report.finish));
    let span = report.finish.date.map(|_| format!(", {} after the start", days(report.finish.days)));
    format!("{name} {size}\n\n  finish  {finish}{}\n", span.unwrap_or_default())
}

/// Whose days are meant, where milestones keep several calendars.
fn whose_days(report: &PathReport, screen: &Screen) -> String {
    if !report.several_calendars {
        return String::new();
    }
    format!("  {}\n", paint(screen.palette.faint, WHOSE_DAYS))
}

/// Critical paths and those who nearly are.
fn paths(report: &PathReport, screen: &Screen) -> String {
    let palette = screen.palette;
    let mut text = String::new();
    if !report.critical_paths.is_empty() {
        let plural = if report.critical_paths.len() == 1 { "" } else { "s" };
        text.push_str(&format!("  {}\n", paint(palette.heading, &format!("Critical path{plural}"))));
        for path in &report.critical_paths {
            text.push_str(&wrapped(&shortened(path, screen.all), " → ", screen.width));
        }
        if report.more_paths {
            text.push_str(&format!("  {}\n", paint(palette.faint, "… and more, equally long")));
        }
    }
    if !report.near_critical.is_empty() {
        let heading = format!("Less than {} of float", days(report.near_days));
        text.push_str(&format!("\n  {}\n", paint(palette.heading, &heading)));
        text.push_str(&wrapped(&shortened(&report.near_critical, screen.all), ", ", screen.width));
    }
    text
}

/// Keys with the middle of a long row left out.
pub(super) fn shortened(keys: &[String], all: bool) -> Vec<String> {
    if all || keys.len() <= 2 * ENDS + 1 {
        return keys.to_vec();
    }
    let left_out = format!("… {} more …", keys.len() - 2 * ENDS);
    let (head, tail) = (&keys[..ENDS], &keys[keys.len() - ENDS..]);
    head.iter().cloned().chain([left_out]).chain(tail.iter().cloned()).collect()
}

/// Words joined and broken at the terminal's edge, indented.
pub(super) fn wrapped(words: &[String], joint: &str, width: usize) -> String {
    use unicode_width::UnicodeWidthStr;
    let mut text = String::from("    ");
    let mut used = 4;
    for (index, word) in words.iter().enumerate() {
        let piece = if index + 1 < words.len() { format!("{word}{joint}") } else { word.clone() };
        if used > 4 && used + piece.trim_end().width() > width {
            text.truncate(text.trim_end().len());
            text.push_str("\n      ");
            used = 6;
        }
        used += piece.width();
        text.push_str(&piece);
    }
    text.push('\n');
    text
}

/// One row per milestone, critical ones marked, in file order; too many to list: the least float first.
fn table(report: &PathReport, screen: &Screen) -> String {
    let palette = screen.palette;
    let is_wide = screen.width >= WIDE;
    let mut table = Table::new(if is_wide { "<>>>>>>>>~" } else { "<>>>>>~" });
    let heading = |words: &&str| Cell::styled(*words, palette.faint);
    let mut headings = vec![Cell::styled("  Milestone", palette.heading)];
    let (dates, floats): (&[&str], &[&str]) = if is_wide {
        (
            &["duration", "early start", "early finish", "late start", "late finish"],
            &["total float", "free float", "drag", "driven by"],
        )
    } else {
        (&["duration", "early start", "early finish"], &["float", "drag", "driven by"])
    };
    headings.extend(dates.iter().chain(floats).map(heading));
    table.row(headings);
    let mut rows: Vec<&PathRow> = report.milestones.iter().collect();
    let listed = screen.listed(rows.len(), LISTED);
    if listed < rows.len() {
        rows.sort_by(|a, b| a.total_float_days.total_cmp(&b.total_float_days));
    }
    for row in &rows[..listed] {
        table.row(cells(row, is_wide, screen));
    }
    table.indent(0).gap(2).draw(screen.width) + &screen.left_out(rows.len() - listed)
}

fn cells(row: &PathRow, is_wide: bool, screen: &Screen) -> Vec<Cell> {
    let style = if row.critical { screen.palette.strong } else { anstyle::Style::new() };
    let mark = if row.critical { "●" } else { " " };
    let mut cells = vec![
        Cell::styled(format!("{mark} {}", fit(&row.name, if is_wide { 32 } else { 26 })), style),
        days(row.duration_days).into(),
        stamp(row.early_start).into(),
        stamp(row.early_finish).into(),
    ];
    if is_wide {
        cells.extend([stamp(row.late_start).into(), stamp(row.late_finish).into()]);
    }
    cells.push(days(row.total_float_days).into());
    if is_wide {
        cells.push(days(row.free_float_days).into());
    }
    cells.push(row.drag_days.map(days).unwrap_or_default().into());
    cells.push(Cell::styled(row.driver.as_str(), screen.palette.faint));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: usize) -> Vec<String> {
        (0..count).map(|index| format!("m{index}")).collect()
    }

    #[test]
    fn a_long_path_shows_both_ends() {
        assert_eq!(shortened(&keys(3), false), keys(3));
        let short = shortened(&keys(100_000), false);
        assert_eq!((short.len(), short[8].as_str(), short[16].as_str()), (17, "… 99984 more …", "m99999"));
    }

    #[test]
    fn a_path_is_broken_before_the_edge() {
        let text = wrapped(&keys(4), " → ", 16);
        assert_eq!(text, "    m0 → m1 →\n      m2 → m3\n");
    }
}
