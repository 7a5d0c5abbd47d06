//! Answers for the terminal: aligned tables, one screen first.

mod cashflow;
mod choosing;
mod comparison;
mod contingency;
mod costs;
mod diff;
mod drivers;
mod events;
mod expectations;
mod extrapolation;
mod feasibility;
mod forecast;
mod headline;
mod milestones;
mod path;
mod reading;
mod replay;
mod scope;
mod sequences;
mod sets;

pub use cashflow::cashflow;
pub use choosing::optimisation;
pub use comparison::comparison;
pub use contingency::contingency;
pub use diff::diff;
pub use drivers::drivers;
pub use extrapolation::{extrapolation, measured};
pub use forecast::forecast;
pub use path::path;
pub use reading::{explained, readings};
pub use replay::replay;
pub use scope::{scope, solution};
pub use sequences::sequences;
pub use sets::{frontier, scores};

use super::Palette;
use super::palette::paint;

/// Words that Markdown shares with the terminal.
pub(in crate::view) mod words_of {
    pub(in crate::view) use super::comparison::{cost_at, finish_at};
    pub(in crate::view) use super::events::{likelihood, meaning};
    pub(in crate::view) use super::expectations::{judged_on, too_close};
    pub(in crate::view) use super::forecast::{OF_FAILURES, delivery};
    pub(in crate::view) use super::headline::{asked, money_with_interval, plan_size, stamp_in_brackets};
    pub(in crate::view) use super::milestones::{most_critical_first, saves};
    pub(in crate::view) use super::path::WHOSE_DAYS;
}

/// What the text is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// How many letters fit in a line.
    pub width: usize,
    /// Its colours.
    pub palette: Palette,
    /// Whether every milestone is listed, not the most important only.
    pub all: bool,
}

impl Default for Screen {
    /// A plain page of 100 letters.
    fn default() -> Self {
        Self { width: 100, palette: Palette::PLAIN, all: false }
    }
}

impl Screen {
    /// How many of `count` rows are listed when `usual` are listed usually.
    fn listed(&self, count: usize, usual: usize) -> usize {
        // One row more takes no more space than the line that says so.
        if self.all || count <= usual + 1 { count } else { usual }
    }

    /// The line that says how many rows are left out; empty if none is.
    fn left_out(&self, count: usize) -> String {
        if count == 0 {
            return String::new();
        }
        let words = format!("… and {} more (--all)", super::words::count(count));
        format!("  {}\n", paint(self.palette.faint, &words))
    }
}

/// A paragraph, indented and broken at the terminal's edge.
fn paragraph(words: &str, style: anstyle::Style, screen: &Screen) -> String {
    let room = screen.width.saturating_sub(2).min(96);
    super::table::lines(words, room).iter().map(|line| format!("  {}\n", paint(style, line))).collect()
}

/// Blocks with one blank line between them; empty ones are left out.
fn stacked(blocks: impl IntoIterator<Item = String>) -> String {
    let blocks: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    blocks.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_not_cut_for_a_single_row() {
        let screen = Screen::default();
        for (count, listed) in [(3, 3), (11, 11), (12, 10), (500, 10)] {
            assert_eq!(screen.listed(count, 10), listed, "{count}");
        }
        assert_eq!(Screen { all: true, ..screen }.listed(500, 10), 500);
        assert_eq!(screen.left_out(490), "  … and 490 more (--all)\n");
    }
}
