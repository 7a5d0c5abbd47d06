//! What every solution may come to: the S-curves of their net present values.

use crate::scope::{Assessment, ScopeReport};
use crate::view::scoping::chance;

use super::axis::{self, Edge, Scale};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::palette::{self, GREY, INK, SHADE};
use super::scoping::runs;
use super::ticks::{self, Tick};
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 320.0;
/// Room for the chances beside the plot, in pixels.
const SIDE: f64 = 44.0;
/// How high a row of the key is, in pixels.
const ROW: f64 = 20.0;
/// The most curves with a name; the rest are grey.
const NAMED: usize = 8;
/// Points of a curve.
const STEPS: usize = 200;
/// Points at either end of a curve that do not widen the picture: a share in a hundred.
const TAIL: usize = STEPS / 100;

/// The S-curves of net present value, the highest expectation first.
pub fn npv(report: &ScopeReport) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: what each solution may come to", report.plan);
    canvas.heading(&title, &format!("share of runs that stay below a net present value · {}", runs(report)));
    let ranked: Vec<&Assessment> = report.ranking.iter().map(|&index| &report.solutions[index]).collect();
    let curves: Vec<Vec<(f64, f64)>> = ranked.iter().map(|it| it.net_curve(STEPS)).collect();
    let top = draw_key(&mut canvas, report, &ranked) + 14.0;
    let bottom = top + PLOT;
    let ends = curves.iter().flat_map(|curve| [curve[TAIL].0, curve[STEPS - TAIL].0]).chain([0.0]);
    let (from, to) = axis::range_with(ends, &[], 1.0);
    let around = (to - from) * 0.02;
    let across = Scale::new((from - around, to + around), (MARGIN + SIDE, WIDTH - MARGIN));
    let up = Scale::new((0.0, 1.0), (bottom, top));
    let marks = ticks::of_amounts(across.range().0, across.range().1, 9.0, &report.currency);
    let levels = [0.0, 0.25, 0.5, 0.75, 1.0];
    let levels = levels.map(|value| Tick { value, label: words::share(value), under: None });
    axis::grid(&mut canvas, &across, &marks, (top, bottom));
    axis::level_grid(&mut canvas, &up, &levels, across.pixels());
    let zero = across.at(0.0);
    canvas.line(vec![(zero, top), (zero, bottom)], INK, 1.4);
    // The first lie above the others.
    for (position, curve) in curves.iter().enumerate().rev() {
        let (from, to) = across.range();
        let inside = curve.iter().filter(|point| from <= point.0 && point.0 <= to);
        let points = inside.map(|&(value, share)| (across.at(value), up.at(share))).collect();
        if position < NAMED {
            canvas.dashed(points, palette::dash(position), palette::series(position), 2.2);
        } else {
            canvas.line(points, SHADE, 1.2);
        }
    }
    axis::words_along(&mut canvas, &across, &marks, Edge::Below, bottom);
    axis::words_up(&mut canvas, &up, &levels, MARGIN + SIDE - 8.0, Anchor::Right);
    canvas.finish(bottom + 28.0, &title, &description(report, &ranked))
}

/// A row for every curve with a name: its line, its name, its worth and its chance to gain. Says where it ends.
fn draw_key(canvas: &mut Canvas, report: &ScopeReport, ranked: &[&Assessment]) -> f64 {
    let mut y = 62.0;
    let stroke = |y: f64| vec![(MARGIN, y), (MARGIN + 30.0, y)];
    for (position, it) in ranked.iter().take(NAMED).enumerate() {
        let middle = y + ROW / 2.0;
        canvas.dashed(stroke(middle), palette::dash(position), palette::series(position), 2.6);
        canvas.name((MARGIN + 38.0, middle), BODY, INK, &it.name, WIDTH - 2.0 * MARGIN - 278.0);
        canvas.text((WIDTH - MARGIN, middle), Anchor::Right, LABEL, INK, &worth(it, report));
        y += ROW;
    }
    let others = ranked.len().saturating_sub(NAMED);
    if others > 0 {
        let middle = y + ROW / 2.0;
        canvas.line(stroke(middle), SHADE, 1.6);
        let words = format!("{} of lower worth", words::counted(others, "other"));
        canvas.text((MARGIN + 38.0, middle), Anchor::Left, BODY, GREY, &words);
        y += ROW;
    }
    y
}

fn worth(it: &Assessment, report: &ScopeReport) -> String {
    let mean = words::money(it.worths.expected, &report.currency);
    format!("mean {mean} · {} chance to gain", chance(it.worths.p_gain))
}

fn description(report: &ScopeReport, ranked: &[&Assessment]) -> String {
    let money = |value: f64| words::money(value, &report.currency);
    let facts = ranked.iter().map(|it| {
        let ends = (money(it.worths.p05), money(it.worths.p95));
        format!("{}: {}, 90 % of runs {} to {}", it.key, worth(it, report), ends.0, ends.1)
    });
    format!("S-curves of net present value. {}.", facts.collect::<Vec<_>>().join("; "))
}
