//! What a milestone's row of the timeline shows: its bar, whisker, check and deadline, and a few words
//! beside them where there is room.

use crate::forecast::{MilestoneForecast, Stamp};
use crate::view::fonts;

use super::axis::{Scale, Side, TimeUnit};
use super::canvas::{Anchor, Canvas};
use super::legend;
use super::palette::{GREY, LIMIT, PAPER, Paint};
use super::words;

/// Between marks and words, in pixels.
const GAP: f64 = 7.0;

/// Where things of a row go.
pub(super) struct Plot<'a> {
    pub(super) unit: &'a TimeUnit,
    pub(super) scale: &'a Scale,
    /// Where the column of names ends.
    pub(super) names: f64,
    /// Where upright lines run.
    pub(super) lines: &'a [f64],
}

impl Plot<'_> {
    fn x(&self, stamp: Stamp) -> f64 {
        self.scale.at(self.unit.value(stamp))
    }
}

/// Draws a milestone around the height `y`, in a row so high, with words of this size.
pub(super) fn draw(
    canvas: &mut Canvas,
    milestone: &MilestoneForecast,
    paint: Paint,
    y: f64,
    (row, text): (f64, f64),
    plot: &Plot<'_>,
) {
    let half = row * 0.29;
    let (start, finish) = (plot.x(milestone.start_mean), plot.x(milestone.finish_mean));
    let ink = ink(milestone.criticality);
    let mut taken = vec![(start, finish.max(start + 1.6))];
    if !is_event(milestone) {
        let (upper_left, lower_right) = ((start, y - half), (finish.max(start + 1.6), y + half));
        legend::bar(canvas, upper_left, lower_right, paint, ink);
        if milestone.iterations.is_some() {
            legend::hatch(canvas, upper_left, lower_right, paint);
        }
    }
    taken.extend(draw_finish(canvas, milestone, y, half * 0.75, plot));
    let diamond = (half * 1.15).min(7.0);
    if milestone.passes.is_some() {
        legend::check(canvas, (finish, y), diamond);
        taken.push((finish - diamond, finish + diamond));
    } else if is_event(milestone) {
        legend::diamond(canvas, (finish, y), diamond, paint, ink);
        taken.push((finish - diamond, finish + diamond));
    }
    if let Some(deadline) = milestone.deadline {
        draw_deadline(canvas, deadline, (y - row * 0.46, y + row * 0.46), plot);
        taken.push((plot.x(deadline) - row * 0.25, plot.x(deadline) + row * 0.25));
    }
    if let Some(note) = note(milestone)
        && let Some(left) = place(fonts::width(&note, text), &taken, plot)
    {
        canvas.text((left, y), Anchor::Left, text, GREY, &note);
    }
}

/// The whisker of the finish; how far it reaches, if there is one.
fn draw_finish(
    canvas: &mut Canvas,
    milestone: &MilestoneForecast,
    y: f64,
    half: f64,
    plot: &Plot<'_>,
) -> Option<(f64, f64)> {
    let at = |p: f64| words::at(&milestone.finish, p).map(|stamp| plot.x(stamp));
    let ends = at(0.1).zip(at(0.9)).filter(|(low, high)| high - low >= 1.0)?;
    legend::whisker(canvas, ends, y, half);
    if let Some(middle) = at(0.5) {
        legend::middle(canvas, (middle, y));
    }
    Some(ends)
}

/// A pennant at the deadline, or an arrow at the edge if it lies beyond the picture.
fn draw_deadline(canvas: &mut Canvas, deadline: Stamp, (top, bottom): (f64, f64), plot: &Plot<'_>) {
    let (x, half) = (plot.x(deadline), (bottom - top) * 0.25);
    let middle = f64::midpoint(top, bottom);
    let towards = match plot.scale.side(plot.unit.value(deadline)) {
        Side::Within => return legend::pennant(canvas, x, (top, bottom), LIMIT),
        Side::Before => -half,
        Side::Beyond => half,
    };
    let arrow = vec![(x - towards, middle - half), (x + towards, middle), (x - towards, middle + half)];
    canvas.area(arrow.clone(), LIMIT);
    canvas.line(arrow.iter().cycle().take(5).copied().collect(), PAPER, 0.6);
}

/// What is said of it beside its bar: `2–8 iterations · passes 65 %`.
pub(super) fn note(milestone: &MilestoneForecast) -> Option<String> {
    let iterations = milestone.iterations.map(|it| {
        if it.p10 == it.p90 {
            words::counted(it.p90 as usize, "iteration")
        } else {
            format!("{}–{} iterations", it.p10, it.p90)
        }
    });
    let passes = milestone.passes.map(|passes| format!("passes {}", words::share(passes)));
    let parts: Vec<String> = iterations.into_iter().chain(passes).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The left end of words that keep clear of what is drawn, off upright lines where they can: to the right
/// of a mark, else to its left, else beyond a line. `None` where there is no room.
fn place(width: f64, taken: &[(f64, f64)], plot: &Plot<'_>) -> Option<f64> {
    let within = (plot.names, plot.scale.pixels().1 + 2.0);
    let clear = |left: f64, (from, to): (f64, f64)| left + width <= from || to <= left;
    let to_the_right = taken.iter().map(|(_, right)| right + GAP);
    let to_the_left = taken.iter().map(|(left, _)| left - GAP - width);
    let last = taken.iter().map(|(_, right)| *right).fold(within.0, f64::max);
    let beyond_lines = plot.lines.iter().filter(|line| **line > last).map(|line| line + GAP);
    let free: Vec<f64> = to_the_right
        .chain(to_the_left)
        .chain(beyond_lines)
        .filter(|&left| left >= within.0 && left + width <= within.1)
        .filter(|&left| taken.iter().all(|&mark| clear(left, mark)))
        .collect();
    let crossed = |left: f64| plot.lines.iter().any(|&line| !clear(left, (line - 3.0, line + 3.0)));
    free.iter().copied().find(|&left| !crossed(left)).or_else(|| free.first().copied())
}

/// Whether it takes no time, as planned and in all iterations.
pub(super) fn is_event(milestone: &MilestoneForecast) -> bool {
    let spans = [
        milestone.planned_finish.days - milestone.planned_start.days,
        milestone.finish_mean.days - milestone.start_mean.days,
    ];
    spans.iter().all(|span| span.abs() < 1e-4)
}

/// How much ink a criticality gets: never none, so that every bar is seen.
pub(super) fn ink(criticality: f64) -> f64 {
    0.12 + 0.88 * criticality.clamp(0.0, 1.0)
}
