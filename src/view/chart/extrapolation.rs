//! A metric's history, how it may go on, and its target.

use crate::scope::{Extrapolation, Fan, FanPoint};
use crate::view::scoping::{effort, fine_chance, metric, value, written};

use super::axis::{self, Edge, Scale};
use super::canvas::{Anchor, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, LIMIT, PAPER, Paint, SKY, WRITTEN};
use super::ticks;
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 300.0;
/// Room for the values beside the plot, in pixels.
const SIDE: f64 = 44.0;
/// The bands of the fan: two of the levels each, and how dark they are.
const BANDS: [(usize, usize, f64); 3] = [(0, 6, 0.18), (1, 5, 0.24), (2, 4, 0.34)];
/// The median among the levels.
const MEDIAN: usize = 3;
/// How high the hump of the time of arrival is, in pixels.
const HUMP: f64 = 26.0;

/// The measurements, the fan of what may come, the target, and when it may be met.
pub fn extrapolation(it: &Extrapolation, fan: &Fan) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: {}", it.asked.name, it.verdict.words());
    canvas.heading(&title, &subtitle(it));
    let below_legend = legend::draw(&mut canvas, 60.0, &entries(it));
    let ends = (it.stand.first, it.limit);
    let room = (ends.1 - ends.0) * 0.02;
    let across = Scale::new((ends.0 - room, ends.1 + room), (MARGIN + SIDE, WIDTH - MARGIN));
    let flags = Flags::place(vec![
        Flag::written(&across, it.stand.now, "now".to_owned(), GREY),
        Flag::limit(&across, it.limit, format!("limit {}", effort(&it.asked, it.limit)), INK),
    ]);
    let top = below_legend + 6.0 + flags.height();
    let bottom = top + PLOT;
    let up = Scale::new(value_range(it, fan), (bottom, top));
    let plot = Plot { across: &across, up: &up };

    let marks = ticks::of_amounts(across.range().0, across.range().1, 10.0, "");
    let levels = ticks::of_amounts(up.range().0, up.range().1, 6.0, "");
    axis::grid(&mut canvas, &across, &marks, (top, bottom));
    axis::level_grid(&mut canvas, &up, &levels, across.pixels());
    plot.draw_fan(&mut canvas, fan);
    plot.draw_arrival(&mut canvas, it, fan);
    flags.draw_lines(&mut canvas, (top, bottom));
    plot.draw_lines(&mut canvas, &lines(it), (top, bottom));
    plot.draw_points(&mut canvas, it);
    flags.draw_labels(&mut canvas, top);
    axis::words_along(&mut canvas, &across, &marks, Edge::Below, bottom);
    axis::words_up(&mut canvas, &up, &levels, MARGIN + SIDE - 8.0, Anchor::Right);
    canvas.text((WIDTH / 2.0, bottom + 30.0), Anchor::Middle, LABEL, GREY, &it.asked.unit);
    canvas.finish(bottom + 46.0, &title, &description(it))
}

fn subtitle(it: &Extrapolation) -> String {
    let metric = |level: usize| metric(it.at_limit[level], it.asked.scale.span());
    format!(
        "P(target by {}) = {} · then {} in the middle, 90 % of futures {}–{}",
        written((it.limit * 10.0).round() / 10.0),
        fine_chance(it.p_target),
        metric(MEDIAN),
        metric(0),
        metric(6)
    )
}

fn entries(it: &Extrapolation) -> Vec<(Mark, String)> {
    let bands = ["90 % of futures", "80 %", "50 %"];
    let mut shade = 0.0;
    let mut entries = vec![(Mark::Line(BLUE, &[]), "middle of the forecast".to_owned())];
    for ((_, _, ink), words) in BANDS.iter().zip(bands) {
        // Bands lie over each other.
        shade = 1.0 - (1.0 - shade) * (1.0 - ink);
        entries.push((Mark::Block(SKY.fade(shade)), words.to_owned()));
    }
    if it.p_target > 0.01 {
        entries.push((Mark::Block(LIMIT.fade(0.45)), "when the target may be met".to_owned()));
    }
    entries
}

/// A level line and its words.
struct Level {
    value: f64,
    words: String,
    paint: Paint,
    dash: &'static [f64],
}

fn lines(it: &Extrapolation) -> Vec<Level> {
    let asked = &it.asked;
    let line = |value: f64, words: &str, paint, dash| Level {
        value,
        words: format!("{words} {}", self::value(asked, value)),
        paint,
        dash,
    };
    let mut lines = vec![line(asked.target, "target", LIMIT, &[])];
    if let Some(minimum) = asked.minimum {
        lines.push(line(minimum, "minimum", WRITTEN, &[7.0, 4.0]));
    }
    if let Some((human, _)) = asked.human {
        lines.push(line(human, "people", GREY, &[2.0, 3.0]));
    }
    lines
}

fn value_range(it: &Extrapolation, fan: &Fan) -> (f64, f64) {
    let ahead = fan.ahead.iter().flat_map(|point| [point.values[0], point.values[6]]);
    let measured = it.asked.measured.iter().map(|one| one.value);
    let levels = lines(it).into_iter().map(|line| line.value);
    let (low, high) = axis::range_with(ahead.chain(measured).chain(levels), &[], 1.0);
    let around = ((high - low) * 0.06).max(it.asked.scale.span() * 1e-3);
    (low - around, high + around)
}

struct Plot<'a> {
    across: &'a Scale,
    up: &'a Scale,
}

impl Plot<'_> {
    fn at(&self, point: &FanPoint, level: usize) -> Point {
        (self.across.at(point.effort), self.up.at(point.values[level]))
    }

    fn draw_fan(&self, canvas: &mut Canvas, fan: &Fan) {
        for (low, high, ink) in BANDS {
            let upper = fan.ahead.iter().map(|point| self.at(point, high));
            let lower = fan.ahead.iter().rev().map(|point| self.at(point, low));
            canvas.area(upper.chain(lower).collect(), SKY.fade(ink));
        }
        let behind = fan.behind.iter().map(|point| self.at(point, MEDIAN)).collect();
        canvas.line(behind, BLUE.fade(0.45), 1.2);
        canvas.line(fan.ahead.iter().map(|point| self.at(point, MEDIAN)).collect(), BLUE, 2.4);
    }

    /// The time of arrival as a hump that stands on the target line, its area in proportion to the
    /// chance to arrive.
    fn draw_arrival(&self, canvas: &mut Canvas, it: &Extrapolation, fan: &Fan) {
        let steps: Vec<f64> =
            fan.ahead.windows(2).map(|pair| (pair[1].p_target - pair[0].p_target).max(0.0)).collect();
        let most = steps.iter().copied().fold(0.0, f64::max);
        if it.p_target <= 0.01 || most <= 0.0 {
            return;
        }
        // An arrival that is certain and at any time alike has the full height.
        let height = HUMP * (most * steps.len() as f64).min(1.0) / most;
        let base = self.up.at(it.asked.target);
        let middles = fan.ahead.windows(2).zip(&steps).map(|(pair, step)| {
            let x = self.across.at(f64::midpoint(pair[0].effort, pair[1].effort));
            (x, base - step * height)
        });
        let ends = (self.across.at(it.stand.now), self.across.at(it.limit));
        let outline = [(ends.0, base)].into_iter().chain(middles).chain([(ends.1, base)]);
        canvas.area(outline.collect(), LIMIT.fade(0.45));
    }

    fn draw_points(&self, canvas: &mut Canvas, it: &Extrapolation) {
        for one in &it.asked.measured {
            let centre = (self.across.at(one.effort), self.up.at(one.value));
            canvas.dot(centre, 4.6, PAPER);
            canvas.dot(centre, 3.4, INK);
        }
    }

    /// Level lines with their words at the left, clear of each other.
    fn draw_lines(&self, canvas: &mut Canvas, lines: &[Level], (top, bottom): (f64, f64)) {
        let (left, right) = self.across.pixels();
        let mut taken: Vec<f64> = Vec::new();
        for line in lines {
            let y = self.up.at(line.value);
            canvas.dashed(vec![(left, y), (right, y)], line.dash, line.paint, 1.6);
            let is_free = |words: &f64| {
                (top + 8.0..=bottom - 8.0).contains(words)
                    && taken.iter().all(|other| (other - words).abs() > 13.0)
            };
            let places = [-8.0, 9.0, -22.0, 23.0, -36.0, 37.0].map(|away| y + away);
            let Some(place) = places.into_iter().find(is_free) else { continue };
            taken.push(place);
            canvas.text((left + 8.0, place), Anchor::Left, LABEL, line.paint.dark(), &line.words);
        }
    }
}

fn description(it: &Extrapolation) -> String {
    format!(
        "{} measured from {} to {}, and a fan of how it may go on. {}: {}.",
        words::counted(it.asked.measured.len(), "value"),
        effort(&it.asked, it.stand.first),
        effort(&it.asked, it.stand.now),
        subtitle(it),
        it.verdict.words(),
    )
}
