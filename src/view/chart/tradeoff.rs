//! Plans or scenarios as clouds of cost over date, and how they differ from the first.

use crate::forecast::{Column, Comparison, Pairing, Stamp, Standing};

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::palette::{self, GREY, INK, PAPER};
use super::{legend, ticks, words};

/// How high the plot is, in pixels.
const PLOT: f64 = 360.0;
/// Room for the amounts beside the plot, in pixels.
const SIDE: f64 = 64.0;
/// How high a row is, in pixels.
const ROW: f64 = 20.0;
/// How high a row of differences is, in pixels.
const STRIPE: f64 = 26.0;

/// Some iterations of every column as points of date and cost, and its headline percentiles; nothing where
/// the columns' money can't be compared. Whoever is on the Pareto front has a ring, and the front is a line.
pub fn tradeoff(comparison: &Comparison) -> Option<String> {
    let tradeoff = comparison.tradeoff.as_ref()?;
    let first = comparison.columns.first()?;
    let points = points(comparison)?;
    let mut canvas = Canvas::default();
    let title = format!("{}: date against cost", first.forecast.plan.name);
    canvas.heading(&title, &words::runs(&first.forecast));
    let headline = words::percentile(first.forecast.confidence.value());
    let top = key(&mut canvas, comparison, &tradeoff.standings, 68.0) + 16.0;
    let (bottom, (left, right)) = (top + PLOT, (MARGIN + SIDE, WIDTH - MARGIN - 8.0));
    let clouds = || tradeoff.standings.iter().flat_map(|standing| &standing.cloud);
    let stamps: Vec<Stamp> = clouds().map(|(at, _)| *at).chain(points.iter().map(|(at, _)| *at)).collect();
    let unit = TimeUnit::working(&stamps);
    let dates = unit.widened(padded(stamps.iter().map(|&stamp| unit.value(stamp))));
    let across = Scale::new(dates, (left, right));
    let costs = clouds().map(|(_, cost)| *cost).chain(points.iter().map(|(_, cost)| *cost));
    let up = Scale::new(padded(costs), (bottom, top));
    let marks = unit.ticks(&across);
    let (from, to) = up.range();
    let amounts = ticks::of_amounts(from, to, PLOT / 50.0, &first.forecast.plan.currency);
    axis::grid(&mut canvas, &across, &marks, (top, bottom));
    axis::level_grid(&mut canvas, &up, &amounts, (left, right));
    for (position, standing) in tradeoff.standings.iter().enumerate() {
        let paint = palette::series(position).fade(0.28);
        for (at, cost) in &standing.cloud {
            canvas.dot((across.at(unit.value(*at)), up.at(*cost)), 1.8, paint);
        }
    }
    let place = |(at, cost): &(Stamp, f64)| (across.at(unit.value(*at)), up.at(*cost));
    let on_front = |position: &usize| tradeoff.standings[*position].behind.is_none();
    let mut front: Vec<(f64, f64)> =
        (0..points.len()).filter(on_front).map(|at| place(&points[at])).collect();
    front.sort_by(|a, b| a.0.total_cmp(&b.0));
    canvas.dashed(front, &[5.0, 4.0], INK, 1.2);
    for (position, point) in points.iter().enumerate() {
        let ink = if on_front(&position) { INK } else { PAPER };
        canvas.dot(place(point), 7.5, ink);
        canvas.dot(place(point), 6.0, palette::series(position));
    }
    axis::words_along(&mut canvas, &across, &marks, Edge::Below, bottom);
    axis::words_up(&mut canvas, &up, &amounts, left - 8.0, Anchor::Right);
    let note = format!("small: iterations; large: {headline} of date and of cost; ringed: on the front");
    let y = bottom + axis::height_of(&marks) + 12.0;
    canvas.text((MARGIN, y), Anchor::Left, LABEL, GREY, &note);
    let description = format!("Cost over date of {} plans.", comparison.columns.len());
    Some(canvas.finish(y + 14.0, &title, &description))
}

/// The headline percentiles of every column.
fn points(comparison: &Comparison) -> Option<Vec<(Stamp, f64)>> {
    let p = comparison.columns.first()?.forecast.confidence.value();
    let point = |column: &Column| {
        let cost = column.forecast.cost.as_ref()?;
        let cost = cost.percentiles.iter().find(|it| (it.p - p).abs() < 1e-9)?;
        Some((words::at(&column.forecast.finish.percentiles, p)?, cost.value))
    };
    comparison.columns.iter().map(point).collect()
}

/// A row per column: its dot, its name, and whom it is behind. Says where the key ends.
fn key(canvas: &mut Canvas, comparison: &Comparison, standings: &[Standing], top: f64) -> f64 {
    let mut y = top;
    for (position, (column, standing)) in comparison.columns.iter().zip(standings).enumerate() {
        let middle = y + ROW / 2.0;
        canvas.dot((MARGIN + 8.0, middle), 6.0, palette::series(position));
        let name = match standing.behind.and_then(|at| comparison.columns.get(at)) {
            Some(other) => format!("{} – behind {}", column.label, other.label),
            None => format!("{} – on the front", column.label),
        };
        canvas.name((MARGIN + 24.0, middle), BODY, INK, &name, WIDTH - 2.0 * MARGIN - 24.0);
        y += ROW;
    }
    y
}

/// The range of some values, and a little more.
fn padded(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (from, to) = axis::range_with(values, &[], 1.0);
    let around = if to > from { (to - from) * 0.03 } else { to.abs().max(1.0) * 0.01 };
    (from - around, to + around)
}

/// How far every column's date and cost lie from the first one's, iteration by iteration: boxes from P25 to P75,
/// whiskers from P5 to P95. Nothing if there is nothing to compare.
pub fn differences(comparison: &Comparison) -> Option<String> {
    let first = comparison.columns.first()?;
    let of_finish: Vec<Row> = rows(comparison, |pairing| pairing.finish_spread);
    let of_cost: Vec<Row> = rows(comparison, |pairing| pairing.cost_spread);
    if of_finish.is_empty() {
        return None;
    }
    let mut canvas = Canvas::default();
    let title = format!("{}: differences from {}", first.forecast.plan.name, first.label);
    canvas.heading(&title, &words::runs(&first.forecast));
    let days = |from: f64, to: f64, most: f64| {
        let (values, step) = ticks::round_numbers(from, to, most);
        let decimals = usize::from(step < 1.0);
        let tick = |&value: &f64| ticks::Tick {
            value,
            label: format!("{} d", words::number(value, decimals)),
            under: None,
        };
        values.iter().map(tick).collect()
    };
    let mut y = panel(&mut canvas, "Finish: days later (right) or earlier (left)", &of_finish, 72.0, days);
    if !of_cost.is_empty() {
        let currency = &first.forecast.plan.currency;
        let heading = "Cost: dearer (right) or cheaper (left)";
        y = panel(&mut canvas, heading, &of_cost, y + 18.0, |from, to, most| {
            ticks::of_amounts(from, to, most, currency)
        });
    }
    let note = "the same draws on both sides; box P25–P75 with the median, whiskers P5–P95";
    canvas.text((MARGIN, y + 14.0), Anchor::Left, LABEL, GREY, note);
    let description = format!("How {} plans differ from {}.", of_finish.len(), first.label);
    Some(canvas.finish(y + 28.0, &title, &description))
}

/// A column's name, its place, and how its differences scatter.
type Row = (String, usize, [f64; 5]);

fn rows(comparison: &Comparison, spread: fn(&Pairing) -> Option<[f64; 5]>) -> Vec<Row> {
    let row = |pairing: &Pairing| {
        let label = comparison.columns.get(pairing.column)?.label.clone();
        Some((label, pairing.column, spread(pairing)?))
    };
    comparison.differences.iter().filter_map(row).collect()
}

fn panel(
    canvas: &mut Canvas,
    heading: &str,
    rows: &[Row],
    top: f64,
    ticks: impl Fn(f64, f64, f64) -> Vec<ticks::Tick>,
) -> f64 {
    const NAMES: f64 = 150.0;
    canvas.text((MARGIN, top + 8.0), Anchor::Left, BODY, INK, heading);
    let top = top + 26.0;
    let bottom = top + STRIPE * rows.len() as f64;
    let ends = rows.iter().flat_map(|(_, _, spread)| *spread).chain([0.0]);
    let range = padded(ends);
    let across = Scale::new(range, (MARGIN + NAMES, WIDTH - MARGIN - 8.0));
    let marks = ticks(range.0, range.1, 7.0);
    axis::grid(canvas, &across, &marks, (top, bottom));
    canvas.line(vec![(across.at(0.0), top), (across.at(0.0), bottom)], INK, 1.4);
    for (place, (label, position, [p5, p25, p50, p75, p95])) in rows.iter().enumerate() {
        let middle = top + STRIPE * (place as f64 + 0.5);
        let paint = palette::series(*position);
        canvas.name((MARGIN, middle), LABEL, INK, label, NAMES - 12.0);
        let (left, right) = (across.at(*p25), across.at(*p75));
        canvas.block((left, middle - 7.0), (right.max(left + 1.0), middle + 7.0), paint.fade(0.55));
        legend::whisker(canvas, (across.at(*p5), across.at(*p95)), middle, 4.0);
        let median = across.at(*p50);
        canvas.line(vec![(median, middle - 7.0), (median, middle + 7.0)], paint.dark(), 2.4);
    }
    axis::words_along(canvas, &across, &marks, Edge::Below, bottom);
    bottom + axis::height_of(&marks)
}
