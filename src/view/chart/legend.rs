//! The legend: what each mark of a picture means, in a row that wraps.

use crate::view::fonts;

use super::canvas::{Anchor, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::palette::{GREY, INK, PAPER, Paint};

/// How high a row of the legend is, in pixels.
const ROW: f64 = 20.0;
/// Between two entries.
const GAP: f64 = 20.0;
/// Between a mark and its words.
const SPACE: f64 = 6.0;

/// A mark as it looks in the picture.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A filled box.
    Block(Paint),
    /// A line with its dashes.
    Line(Paint, &'static [f64]),
    /// A bar of the timeline.
    Bar(Paint),
    /// A bar of the timeline that is hatched.
    Hatched(Paint),
    /// From P10 to P90.
    Whisker,
    /// From P10 to P90, and P50.
    WhiskerWithMiddle,
    /// Bars of rising criticality, from least to most.
    Inks(Vec<Paint>),
    /// A milestone without duration.
    Diamond(Paint),
    /// A check.
    Check,
    /// A deadline.
    Pennant(Paint),
}

impl Mark {
    fn width(&self) -> f64 {
        match self {
            Self::Block(_) => 12.0,
            Self::Line(..) => 26.0,
            Self::Bar(_) | Self::Hatched(_) | Self::Whisker | Self::WhiskerWithMiddle => 24.0,
            #[expect(clippy::cast_precision_loss, reason = "a handful of inks")]
            Self::Inks(inks) => inks.len() as f64 * 14.0,
            Self::Diamond(_) | Self::Check | Self::Pennant(_) => 10.0,
        }
    }

    fn draw(&self, canvas: &mut Canvas, (x, y): Point) {
        let right = x + self.width();
        match self {
            Self::Block(paint) => canvas.block((x, y - 5.0), (right, y + 5.0), *paint),
            Self::Line(paint, dash) => canvas.dashed(vec![(x, y), (right, y)], dash, *paint, 2.0),
            Self::Bar(paint) => bar(canvas, (x, y - 5.0), (right, y + 5.0), *paint, 0.55),
            Self::Hatched(paint) => {
                bar(canvas, (x, y - 5.0), (right, y + 5.0), *paint, 0.55);
                hatch(canvas, (x, y - 5.0), (right, y + 5.0), *paint);
            }
            Self::Whisker => whisker(canvas, (x, right), y, 4.0),
            Self::WhiskerWithMiddle => {
                whisker(canvas, (x, right), y, 4.0);
                middle(canvas, (x + 9.0, y));
            }
            Self::Inks(inks) => {
                for (position, paint) in (0_u32..).zip(inks) {
                    let left = x + 14.0 * f64::from(position);
                    canvas.block((left, y - 5.0), (left + 14.0, y + 5.0), *paint);
                }
                canvas.frame((x, y - 5.0), (right, y + 5.0), INK.fade(0.5), 0.7);
            }
            Self::Diamond(paint) => diamond(canvas, (x + 5.0, y), 5.0, *paint, 0.8),
            Self::Check => check(canvas, (x + 5.0, y), 5.0),
            Self::Pennant(paint) => pennant(canvas, x + 5.0, (y - 5.0, y + 5.0), *paint),
        }
    }
}

/// Draws the entries from `top` on and says where they end.
pub(super) fn draw(canvas: &mut Canvas, top: f64, entries: &[(Mark, String)]) -> f64 {
    let (mut x, mut y) = (MARGIN, top + ROW / 2.0);
    for (mark, words) in entries {
        let width = mark.width() + SPACE + fonts::width(words, LABEL);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + ROW);
        }
        mark.draw(canvas, (x, y));
        canvas.text((x + mark.width() + SPACE, y), Anchor::Left, LABEL, GREY, words);
        x += width + GAP;
    }
    y + ROW / 2.0
}

/// A bar of the timeline: the more critical, the more ink.
pub(super) fn bar(canvas: &mut Canvas, upper_left: Point, lower_right: Point, paint: Paint, ink: f64) {
    canvas.block(upper_left, lower_right, paint.fade(ink));
    canvas.frame(upper_left, lower_right, paint.dark().fade(0.35 + 0.65 * ink), 0.8);
}

/// Slanting strokes over a bar.
pub(super) fn hatch(canvas: &mut Canvas, (left, top): Point, (right, bottom): Point, paint: Paint) {
    const APART: f64 = 5.0;
    let height = bottom - top;
    let mut foot = left - height + APART;
    while foot < right {
        let (from, to) = (foot.max(left), (foot + height).min(right));
        canvas.line(vec![(from, bottom - (from - foot)), (to, bottom - (to - foot))], paint.dark(), 0.9);
        foot += APART;
    }
}

/// The P50 on a whisker.
pub(super) fn middle(canvas: &mut Canvas, at: Point) {
    canvas.dot(at, 3.6, PAPER.fade(0.75));
    canvas.dot(at, 2.4, INK);
}

/// A check, hollow where milestones without duration are filled.
pub(super) fn check(canvas: &mut Canvas, (x, y): Point, half: f64) {
    let corners = vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
    canvas.area(corners.clone(), PAPER);
    canvas.line(corners.iter().cycle().take(6).copied().collect(), INK, 1.5);
}

/// A whisker with ends, on a light ground so that it shows on every bar.
pub(super) fn whisker(canvas: &mut Canvas, (from, to): (f64, f64), y: f64, half: f64) {
    canvas.line(vec![(from, y), (to, y)], PAPER.fade(0.75), 3.2);
    for x in [from, to] {
        canvas.line(vec![(x, y - half), (x, y + half)], PAPER.fade(0.75), 3.0);
    }
    canvas.line(vec![(from, y), (to, y)], INK, 1.2);
    for x in [from, to] {
        canvas.line(vec![(x, y - half), (x, y + half)], INK, 1.2);
    }
}

/// A milestone without duration.
pub(super) fn diamond(canvas: &mut Canvas, (x, y): Point, half: f64, paint: Paint, ink: f64) {
    let corners = vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
    canvas.area(corners.clone(), PAPER);
    canvas.area(corners.clone(), paint.fade(ink));
    let around = corners.iter().cycle().take(6).copied().collect();
    canvas.line(around, paint.dark(), 0.9);
}

/// The mark of a milestone's deadline: a line with a pennant at its top.
pub(super) fn pennant(canvas: &mut Canvas, x: f64, (top, bottom): (f64, f64), paint: Paint) {
    let half = ((bottom - top) * 0.32).min(4.5);
    canvas.line(vec![(x, top), (x, bottom)], PAPER, 3.6);
    canvas.line(vec![(x, top), (x, bottom)], paint, 1.6);
    canvas.area(vec![(x - half, top), (x + half, top), (x, top + 1.6 * half)], paint);
}
