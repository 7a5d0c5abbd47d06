//! What the pictures of scoping share.

use crate::scope::ScopeReport;
use crate::scope::decision::Decision;
use crate::view::fonts;
use crate::view::words::{pieces, run};

use super::palette::{Paint, SKY, WRITTEN, series};

/// The colour of a decision.
pub(super) const fn paint(decision: Decision) -> Paint {
    match decision {
        Decision::Fund => series(2),
        Decision::Hold => series(1),
        Decision::Probe => SKY,
        Decision::Reject => series(5),
        Decision::Blocked => WRITTEN,
    }
}

/// The line below a title: `20,000 iterations, seed 1`.
pub(super) fn runs(report: &ScopeReport) -> String {
    run(report.iterations, "mc", report.seed)
}

/// Words in lines of at most this width; a single word that is wider is cut.
pub(super) fn wrapped(words: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(words) {
        match lines.last_mut() {
            Some(line) if fonts::width(&format!("{line} {piece}"), size) <= width => {
                line.push(' ');
                line.push_str(&piece);
            }
            _ => lines.push(fonts::fit(&piece, size, width)),
        }
    }
    lines
}

#[cfg(test)]
pub(super) mod tests;
