//! What changed between two plans, and what it did.

use unicode_width::UnicodeWidthStr;

use crate::forecast::Diff;
use crate::view::diffing::{about, grids, plain_sentence, remarks};
use crate::view::palette::paint;
use crate::view::table::one_line;
use crate::view::words::count;

use super::comparison::hanging;
use super::drivers::drawn;
use super::{Screen, stacked};

/// Every change as a sentence, then what each did to finish and cost.
pub fn diff(diff: &Diff, screen: &Screen) -> String {
    let palette = screen.palette;
    let name = paint(palette.heading, &one_line(diff.before.plan.name.clone()));
    let about = one_line(about(diff));
    // A line of its own where the name leaves too little room.
    let is_long = diff.before.plan.name.width() + 3 + about.width() > screen.width;
    let joint = if is_long { "\n  " } else { " · " };
    let title = format!("{name}{}\n", paint(palette.faint, &format!("{joint}{about}")));
    let remarks = remarks(diff).iter().map(|remark| format!("  {remark}\n")).collect();
    let tables = grids(diff).iter().map(|grid| drawn(grid, screen)).collect::<Vec<_>>();
    let limit = "the intervals are simulation error only: the error of the inputs is larger";
    let caveat =
        if diff.steps.is_empty() { String::new() } else { format!("  {}\n", paint(palette.faint, limit)) };
    stacked([title, changes(diff, screen), remarks].into_iter().chain(tables).chain([caveat]))
}

/// The sentences with the numbers of their steps, in lines that fit.
fn changes(diff: &Diff, screen: &Screen) -> String {
    let numbers = count(diff.steps.len()).width();
    let mut text = String::new();
    for (at, step) in diff.steps.iter().enumerate() {
        for (place, change) in step.changes.iter().enumerate() {
            let number = if place == 0 { count(at + 1) } else { String::new() };
            let number = format!("  {}{number}  ", " ".repeat(numbers - number.width()));
            text.push_str(&hanging(&number, &one_line(plain_sentence(change)), screen.width));
        }
    }
    text
}
