//! The burndown: how much work or money remains, over time, with its band.

use crate::forecast::{BurnBand, BurnKind, BurnPoint, Burndown, Stamp};

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, LIMIT, PAPER, Paint, SHADE, SKY, WRITTEN};
use super::ticks;
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 280.0;
/// Room for the amounts beside the plot, in pixels.
const SIDE: f64 = 56.0;
/// Fewer points than these do not tell days off from working days well enough for an axis.
const FEW: usize = 64;
/// The dashes of the plan as written.
const DASH: &[f64] = &[7.0, 4.0];
/// The dashes of the P50 of runs that fail.
const FAILING_DASH: &[f64] = &[2.0, 3.0];

/// What remains over time: the band from P10 to P90, the P50, and the plan as written.
pub fn burndown(burndown: &Burndown) -> String {
    let mut canvas = Canvas::default();
    let what = match burndown.kind {
        BurnKind::Work => format!("remaining work, in {}", burndown.unit),
        BurnKind::Money => "remaining money".to_owned(),
    };
    let title = format!("{}: {what}", burndown.plan);
    canvas.heading(&title, &subtitle(burndown));
    if let Some(words) = nothing(burndown) {
        canvas.text((WIDTH / 2.0, 110.0), Anchor::Middle, BODY, GREY, words);
        return canvas.finish(160.0, &title, &format!("Nothing to burn down: {words}."));
    }
    let points = shown(burndown);
    let below_legend = legend::draw(&mut canvas, 60.0, &legend_entries(burndown));

    let limits = burndown.deadline.into_iter().chain(burndown.run_out_median);
    let stamps: Vec<Stamp> = points.iter().map(|point| point.at).chain(limits).collect();
    // Few points leave open where in between them a weekend lies.
    let unit = if points.len() < FEW { TimeUnit::of(stamps.iter()) } else { TimeUnit::working(&stamps) };
    let across = Scale::new(time_range(burndown, points, &unit), (MARGIN + SIDE, WIDTH - MARGIN));
    let flags = Flags::place(flags(burndown, &unit, &across));
    let top = below_legend + 6.0 + flags.height();
    let bottom = top + PLOT;
    let up = Scale::new(amount_range(burndown), (bottom, top));

    let marks = unit.ticks_from(&across, points[0].at);
    let currency = if burndown.kind == BurnKind::Money { burndown.unit.as_str() } else { "" };
    let levels = ticks::of_amounts(up.range().0, up.range().1, 5.0, currency);
    axis::grid(&mut canvas, &across, &marks, (top, bottom));
    axis::level_grid(&mut canvas, &up, &levels, across.pixels());
    let plot = Plot { unit: &unit, across: &across, up: &up };
    draw_ground(&mut canvas, &plot);
    draw_failing(&mut canvas, burndown, points, &plot);
    draw_lines(&mut canvas, burndown, points, &plot);
    flags.draw_lines(&mut canvas, (top, bottom));
    flags.draw_labels(&mut canvas, top);
    axis::words_along(&mut canvas, &across, &marks, Edge::Below, bottom);
    axis::words_up(&mut canvas, &up, &levels, MARGIN + SIDE - 8.0, Anchor::Right);
    let mut height = bottom + axis::height_of(&marks) + 12.0;
    if let Some(words) = unit.title() {
        canvas.text((WIDTH / 2.0, bottom + 30.0), Anchor::Middle, LABEL, GREY, words);
        height += 14.0;
    }
    canvas.finish(height, &title, &description(burndown, &what))
}

/// Why there is nothing to draw, if so.
fn nothing(burndown: &Burndown) -> Option<&'static str> {
    let is_nothing = burndown.total == 0.0 && !burndown.points.iter().any(|point| is_left(point, 0.0));
    match burndown.kind {
        _ if !is_nothing && !burndown.points.is_empty() => None,
        BurnKind::Work => Some("there is no work in this plan"),
        BurnKind::Money => Some("there is no money in this plan"),
    }
}

/// Whether more than a sliver remains, or is overspent.
fn is_left(point: &BurnPoint, sliver: f64) -> bool {
    [point.p10, point.p50, point.p90, point.planned].iter().any(|amount| amount.abs() > sliver)
}

/// The points to draw: work until it is done and a little further, all of money.
fn shown(burndown: &Burndown) -> &[BurnPoint] {
    let points = &burndown.points;
    let last = points.iter().rposition(|point| is_left(point, burndown.total.abs() * 1e-3));
    match (burndown.kind, last) {
        (BurnKind::Work, Some(last)) => &points[..points.len().min(last + 2 + last / 24)],
        _ => points,
    }
}

struct Plot<'a> {
    unit: &'a TimeUnit,
    across: &'a Scale,
    up: &'a Scale,
}

impl Plot<'_> {
    fn point(&self, at: Stamp, amount: f64) -> Point {
        (self.across.at(self.unit.value(at)), self.up.at(amount))
    }
}

fn subtitle(burndown: &Burndown) -> String {
    let total = match burndown.kind {
        BurnKind::Work => format!("{} {}", words::quantity(burndown.total), burndown.unit),
        BurnKind::Money => words::money(burndown.total, &burndown.unit),
    };
    let iterations = words::counted(burndown.iterations, "iteration");
    format!(
        "{total} at the start · {iterations}{}",
        run_out(burndown).map_or(String::new(), |words| format!(" · {words}"))
    )
}

/// How likely the money is to run out, and when; nothing for work.
fn run_out(burndown: &Burndown) -> Option<String> {
    let share = burndown.runs_out?;
    if share <= 0.0 {
        return Some("never runs out".to_owned());
    }
    let when = burndown
        .run_out_median
        .map_or(String::new(), |median| format!(", half of those by {}", words::stamp(median)));
    Some(format!("runs out in {} of iterations{when}", words::share(share)))
}

fn legend_entries(burndown: &Burndown) -> Vec<(Mark, String)> {
    let mut entries = Vec::new();
    if is_ever_delivered(burndown) {
        let of = if burndown.failing.is_some() { "delivered runs: " } else { "" };
        entries.push((Mark::Block(SKY.fade(0.35)), format!("{of}P10 to P90")));
        entries.push((Mark::Line(BLUE, &[]), "P50".to_owned()));
    }
    if let Some(words) = failing(burndown) {
        entries.push((Mark::Block(SHADE.fade(0.6)), format!("{words}: P10 to P90")));
        entries.push((Mark::Line(GREY, FAILING_DASH), "P50".to_owned()));
    }
    entries.push((Mark::Line(WRITTEN, DASH), "the plan as written".to_owned()));
    entries
}

/// How many runs fail, if any do.
fn failing(burndown: &Burndown) -> Option<String> {
    burndown.failing.as_ref().map(|failing| format!("runs that fail ({})", words::share(failing.share)))
}

/// Whether there is a band of delivered runs.
fn is_ever_delivered(burndown: &Burndown) -> bool {
    burndown.failing.as_ref().is_none_or(|failing| failing.share < 1.0)
}

fn time_range(burndown: &Burndown, points: &[BurnPoint], unit: &TimeUnit) -> (f64, f64) {
    let limits: Vec<f64> =
        burndown.deadline.into_iter().chain(burndown.run_out_median).map(|stamp| unit.value(stamp)).collect();
    let values = points.iter().map(|point| unit.value(point.at));
    let (from, to) = axis::range_with(values, &limits, 1.4);
    unit.widened((from, to + (to - from) * 0.02))
}

fn amount_range(burndown: &Burndown) -> (f64, f64) {
    let failing = burndown.failing.iter().flat_map(|failing| &failing.bands);
    let amounts = burndown.points.iter().flat_map(|point| [point.p10, point.p50, point.p90, point.planned]);
    let amounts = amounts.chain(failing.flat_map(|band| [band.p10, band.p90]));
    let (low, high) = axis::range_with(amounts.chain([0.0, burndown.total]), &[], 1.0);
    let around = (high - low) * 0.04;
    // Less than a thousandth below zero is the rounding of sums, not money overspent.
    (if low < -0.001 * high { low - around } else { 0.0 }, high + around)
}

fn flags(burndown: &Burndown, unit: &TimeUnit, across: &Scale) -> Vec<Flag> {
    let mut flags = Vec::new();
    if let Some(deadline) = burndown.deadline {
        let label = format!("deadline {}", words::limit(deadline));
        flags.push(Flag::limit(across, unit.value(deadline), label, LIMIT));
    }
    if let (Some(median), Some(share)) = (burndown.run_out_median, burndown.runs_out)
        && share > 0.0
    {
        let label = format!("if it runs out, P50 {}", words::stamp(median));
        flags.push(Flag::percentile(across, unit.value(median), label, INK));
    }
    flags
}

fn draw_ground(canvas: &mut Canvas, plot: &Plot<'_>) {
    let ((left, right), zero) = (plot.across.pixels(), plot.up.at(0.0));
    let bottom = plot.up.pixels().0;
    if bottom > zero + 0.5 {
        canvas.block((left, zero), (right, bottom), LIMIT.fade(0.07));
    }
}

/// What remains in runs that fail, behind all others.
fn draw_failing(canvas: &mut Canvas, burndown: &Burndown, points: &[BurnPoint], plot: &Plot<'_>) {
    let Some(failing) = &burndown.failing else { return };
    let bands: Vec<(Stamp, BurnBand)> =
        points.iter().zip(&failing.bands).map(|(point, band)| (point.at, *band)).collect();
    draw_band(canvas, &bands, SHADE.fade(0.6), plot);
    let median = bands.iter().map(|(at, band)| plot.point(*at, band.p50)).collect();
    canvas.dashed(median, FAILING_DASH, GREY, 1.8);
}

/// From P10 to P90.
fn draw_band(canvas: &mut Canvas, bands: &[(Stamp, BurnBand)], paint: Paint, plot: &Plot<'_>) {
    let upper = bands.iter().map(|(at, band)| plot.point(*at, band.p90));
    let lower = bands.iter().rev().map(|(at, band)| plot.point(*at, band.p10));
    canvas.area(upper.chain(lower).collect(), paint);
}

fn draw_lines(canvas: &mut Canvas, burndown: &Burndown, points: &[BurnPoint], plot: &Plot<'_>) {
    let ((left, right), zero) = (plot.across.pixels(), plot.up.at(0.0));
    let band = |point: &BurnPoint| BurnBand { p10: point.p10, p50: point.p50, p90: point.p90 };
    let bands: Vec<(Stamp, BurnBand)> = points.iter().map(|point| (point.at, band(point))).collect();
    let is_ever_delivered = is_ever_delivered(burndown);
    if is_ever_delivered {
        draw_band(canvas, &bands, SKY.fade(0.35), plot);
    }
    canvas.line(vec![(left, zero), (right, zero)], GREY, 1.2);
    let planned = points.iter().map(|point| plot.point(point.at, point.planned)).collect();
    canvas.dashed(planned, DASH, WRITTEN, 1.8);
    if is_ever_delivered {
        let median: Vec<Point> = points.iter().map(|point| plot.point(point.at, point.p50)).collect();
        canvas.line(median.clone(), PAPER.fade(0.7), 4.6);
        canvas.line(median, BLUE, 2.4);
    }
}

fn description(burndown: &Burndown, what: &str) -> String {
    let deadline = burndown
        .deadline
        .map_or(String::new(), |deadline| format!(" The deadline is {}.", words::limit(deadline)));
    let failing = failing(burndown).map_or(String::new(), |words| {
        format!(" A grey band of its own is of {words}; the other is of the rest.")
    });
    format!(
        "The {what} over time: a band from P10 to P90, the P50, and the plan as written. {}.{deadline}{failing}",
        subtitle(burndown)
    )
}
