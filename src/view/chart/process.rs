//! The process of scoping as a funnel: what is left after each step, and what the step lacks.

use crate::scope::{ScopeReport, Step};
use crate::view::decisions::{funnel, gap};

use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, TITLE, WIDTH};
use super::palette::{GREY, INK, LIMIT, PAPER, SKY, series};
use super::scoping::wrapped;
use super::words;

/// How high the funnel is at its beginning and at its end, in pixels.
const HEIGHT: (f64, f64) = (150.0, 62.0);
/// Between two steps, in pixels.
const GAP: f64 = 14.0;
/// How high a line of words is, in pixels.
const LINE: f64 = 15.0;
/// The most gaps of a step that are written out.
const MOST: usize = 8;
/// The radius of the mark at a step.
const MARK: f64 = 9.0;

/// Four steps from problems to what is funded: ✓ where nothing is missing, ! and what is missing below.
pub fn process(report: &ScopeReport) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: from problems to what is funded", report.plan);
    let steps = report.steps();
    canvas.heading(&title, &funnel(report));
    let width = (WIDTH - 2.0 * MARGIN - 3.0 * GAP) / 4.0;
    let (top, middle) = (74.0, 74.0 + HEIGHT.0 / 2.0);
    let below = top + HEIGHT.0 + 30.0;
    let mut end = below;
    for (position, (step, words)) in (0_u8..).zip(steps.iter().zip(names(&steps))) {
        let left = MARGIN + (width + GAP) * f64::from(position);
        let half = |share: f64| (HEIGHT.0 + (HEIGHT.1 - HEIGHT.0) * share) / 2.0;
        let (first, last) = (half(f64::from(position) / 4.0), half(f64::from(position + 1) / 4.0));
        let right = left + width;
        let outline = vec![
            (left, middle - first),
            (right, middle - last),
            (right, middle + last),
            (left, middle + first),
        ];
        canvas.area(outline, SKY.fade(0.18 + 0.1 * f64::from(position)));
        let centre = left + width / 2.0;
        canvas.text((centre, middle - 10.0), Anchor::Middle, TITLE, INK, &words::count(step.left));
        canvas.text((centre, middle + 12.0), Anchor::Middle, BODY, INK, &words);
        draw_mark(&mut canvas, (left + MARK, below), step.missing.is_empty());
        end = end.max(draw_missing(&mut canvas, (left, below), width, step));
    }
    canvas.finish(end + 14.0, &title, &description(report, &steps))
}

/// What is counted at each step.
fn names(steps: &[Step; 4]) -> [String; 4] {
    let plural = |count: usize, word: &str| format!("{word}{}", if count == 1 { "" } else { "s" });
    [
        plural(steps[0].left, "problem"),
        plural(steps[1].left, "solution"),
        "feasible".to_owned(),
        "funded".to_owned(),
    ]
}

fn draw_mark(canvas: &mut Canvas, centre: (f64, f64), is_done: bool) {
    let (paint, word) = if is_done { (series(2), "✓") } else { (LIMIT, "!") };
    canvas.dot(centre, MARK, paint.dark());
    canvas.dot(centre, MARK - 1.2, PAPER);
    canvas.text(centre, Anchor::Middle, BODY, paint.dark(), word);
}

/// What is missing at a step, below its mark; says where it ends.
fn draw_missing(canvas: &mut Canvas, (left, top): (f64, f64), width: f64, step: &Step) -> f64 {
    let mut y = top;
    let inset = 2.0 * MARK + 6.0;
    let left_out = step.missing.len().saturating_sub(MOST);
    let more = (left_out > 0).then(|| format!("and {} more", words::count(left_out)));
    let said = if step.missing.is_empty() { Some("nothing missing".to_owned()) } else { more };
    for words in step.missing.iter().take(MOST).map(gap).chain(said) {
        for line in wrapped(&words, LABEL, width - inset) {
            canvas.text((left + inset, y), Anchor::Left, LABEL, GREY, &line);
            y += LINE;
        }
        y += 4.0;
    }
    y
}

fn description(report: &ScopeReport, steps: &[Step; 4]) -> String {
    let fact = |(step, name): (&Step, String)| {
        let missing: Vec<String> = step.missing.iter().map(gap).collect();
        let missing = if missing.is_empty() { "✓".to_owned() } else { format!("! {}", missing.join(", ")) };
        format!("{} {name}: {missing}", words::count(step.left))
    };
    let facts: Vec<String> = steps.iter().zip(names(steps)).map(fact).collect();
    format!("{}. {}.", funnel(report), facts.join("; "))
}
