//! Value against effort: a bubble for every solution.

use crate::scope::decision::Decision;
use crate::scope::{Assessment, Place, Quadrant, ScopeReport, ValueMap, ValueOf};
use crate::view::fonts;
use crate::view::scoping::chance;

use super::axis::{self, Edge, Scale};
use super::canvas::{Anchor, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::labels::Labels;
use super::legend::{self, Mark};
use super::palette::{GREY, INK, PAPER, Paint};
use super::scoping::{paint, runs};
use super::ticks::{self, Tick};
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 380.0;
/// Room for amounts at the left of the plot, in pixels.
const SIDE: f64 = 56.0;
/// The radius of what is certainly feasible, and the least there is, in pixels.
const RADII: (f64, f64) = (26.0, 4.0);
/// The widest a name may be, in pixels.
const NAME: f64 = 190.0;
/// The productivity indices of which lines are drawn, where they pass through the picture.
const INDICES: [f64; 8] = [-1.0, -0.3, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];
/// Points of such a line.
const STEPS: u32 = 60;
/// A line of equal productivity that stays this near to 0 can't be told from it: a share of the plot.
const FLAT: f64 = 0.12;

/// Every solution as a bubble: effort across, value up, its area the chance to be feasible.
pub fn value_effort(report: &ScopeReport, map: &ValueMap) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: value against effort", report.plan);
    let subtitle =
        format!("{}; the area is the chance to be feasible · {}", value_name(map.of), runs(report));
    canvas.heading(&title, &subtitle);
    let top = legend::draw(&mut canvas, 60.0, &entries(report, map)) + 12.0;
    let plot = Plot::new(map, (top, top + PLOT));
    plot.draw_grid(&mut canvas, &report.currency);
    let mut labels = Labels::new(plot.across.pixels(), (top, top + PLOT), plot.points(report, map));
    labels.avoid(&plot.zero());
    plot.draw_quadrants(&mut canvas, map, &mut labels);
    plot.draw_indices(&mut canvas, map, &mut labels);
    let unnamed = plot.draw_bubbles(&mut canvas, report, map, &mut labels);
    let mut y = top + PLOT + 30.0;
    canvas.text((WIDTH / 2.0, y), Anchor::Middle, LABEL, GREY, "effort in person-days, P50, on a log scale");
    let never: Vec<&str> = map.without.iter().map(|&index| report.solutions[index].key.as_str()).collect();
    for (names, why) in [(never, "never launched"), (unnamed, "no room for the name of")] {
        if !names.is_empty() {
            y += 18.0;
            let words = format!("{why}: {}", names.join(", "));
            canvas.name((MARGIN, y), LABEL, GREY, &words, WIDTH - 2.0 * MARGIN);
        }
    }
    canvas.finish(y + 16.0, &title, &description(report, map))
}

const fn value_name(of: ValueOf) -> &'static str {
    match of {
        ValueOf::AllRuns => "expected net present value",
        ValueOf::Launched => "mean net present value if launched",
    }
}

fn entries(report: &ScopeReport, map: &ValueMap) -> Vec<(Mark, String)> {
    let all = [Decision::Fund, Decision::Hold, Decision::Probe, Decision::Reject, Decision::Blocked];
    let is_there = |decision: &Decision| report.solutions.iter().any(|it| it.decision == *decision);
    let mut entries: Vec<(Mark, String)> = all
        .into_iter()
        .filter(is_there)
        .map(|decision| (Mark::Block(paint(decision).fade(INKED)), decision.word().to_owned()))
        .collect();
    if map.split.is_some() {
        entries.push((Mark::Line(GREY.fade(0.45), &[]), "medians".to_owned()));
    }
    if map.of == ValueOf::AllRuns && map.day_cost.is_some() {
        entries.push((Mark::Line(GREY, DASH), "equal productivity index: so much worth per cost".to_owned()));
    }
    entries
}

/// The least that the axis of effort spans, in powers of ten: what is nearly alike should look so.
const LEAST: f64 = 0.7;
/// How much ink a bubble has.
const INKED: f64 = 0.6;
const DASH: &[f64] = &[4.0, 4.0];

/// The scales, and how effort becomes a logarithm: what takes none stands at the left of all others.
struct Plot {
    across: Scale,
    up: Scale,
    /// The effort at which what takes none is drawn, if anything takes none.
    none: Option<f64>,
}

impl Plot {
    fn new(map: &ValueMap, (top, bottom): (f64, f64)) -> Self {
        let efforts = || map.places.iter().map(|place| place.effort);
        let least = efforts().filter(|&effort| effort > 0.0).fold(f64::INFINITY, f64::min);
        let least = if least.is_finite() { least } else { 1.0 };
        let none = efforts().any(|effort| effort <= 0.0).then_some(least / 4.0);
        let (from, to) = axis::range_with(efforts().map(|effort| logarithm(effort, none)), &[], 1.0);
        // Room for bubbles and names at either side, and a range of some width where all efforts are alike.
        let around = ((to - from) * 0.12).max((LEAST - (to - from)) / 2.0);
        let across = Scale::new((from - around, to + around), (MARGIN + SIDE, WIDTH - MARGIN));
        let values = map.places.iter().map(|place| place.value).chain([0.0]);
        let (low, high) = axis::range_with(values, &[], 1.0);
        let around = (high - low) * 0.12;
        Self { across, up: Scale::new((low - around, high + around), (bottom, top)), none }
    }

    fn at(&self, place: &Place) -> Point {
        (self.across.at(logarithm(place.effort, self.none)), self.up.at(place.value))
    }

    /// The line of no value.
    fn zero(&self) -> Vec<Point> {
        let ((left, right), y) = (self.across.pixels(), self.up.at(0.0));
        vec![(left, y), (right, y)]
    }

    fn points(&self, report: &ScopeReport, map: &ValueMap) -> Vec<(Point, f64)> {
        map.places.iter().map(|place| (self.at(place), radius(&report.solutions[place.index]))).collect()
    }

    fn draw_grid(&self, canvas: &mut Canvas, currency: &str) {
        let (bottom, top) = self.up.pixels();
        let ((low, high), (from, to)) = (self.up.range(), self.across.range());
        let mut marks = ticks::of_powers(from, to);
        if let Some(none) = self.none {
            let value = none.log10();
            marks.retain(|mark| mark.value > value + 0.2);
            marks.push(Tick { value, label: "0".to_owned(), under: None });
        }
        let amounts = ticks::of_amounts(low, high, PLOT / 50.0, currency);
        axis::grid(canvas, &self.across, &marks, (top, bottom));
        axis::level_grid(canvas, &self.up, &amounts, self.across.pixels());
        canvas.line(self.zero(), INK, 1.2);
        let left = self.across.pixels().0;
        axis::words_along(canvas, &self.across, &marks, Edge::Below, bottom);
        axis::words_up(canvas, &self.up, &amounts, left - 8.0, Anchor::Right);
    }

    /// The lines between the quadrants, and their names in the corners where they have room.
    fn draw_quadrants(&self, canvas: &mut Canvas, map: &ValueMap, labels: &mut Labels) {
        let Some((effort, value)) = map.split else { return };
        let (x, y) = (self.across.at(logarithm(effort, self.none)), self.up.at(value));
        let ((left, right), (bottom, top)) = (self.across.pixels(), self.up.pixels());
        canvas.line(vec![(x, top), (x, bottom)], GREY.fade(0.45), 1.0);
        canvas.line(vec![(left, y), (right, y)], GREY.fade(0.45), 1.0);
        let (upper, lower) = ((top + 10.0, y - top), (bottom - 10.0, bottom - y));
        for (quadrant, is_left, (at, height)) in [
            (Quadrant::QuickWin, true, upper),
            (Quadrant::BigBet, false, upper),
            (Quadrant::FillIn, true, lower),
            (Quadrant::MoneyPit, false, lower),
        ] {
            let words = format!("{}s", quadrant.name());
            let width = if is_left { x - left } else { right - x };
            if width < fonts::width(&words, LABEL) + 12.0 || height < 20.0 {
                continue;
            }
            let (place, anchor) =
                if is_left { ((left + 6.0, at), Anchor::Left) } else { ((right - 6.0, at), Anchor::Right) };
            canvas.text(place, anchor, LABEL, GREY, &words);
            labels.keep_free(place, anchor, &words);
        }
    }

    /// Lines on which so much effort buys the same net present value per cost.
    fn draw_indices(&self, canvas: &mut Canvas, map: &ValueMap, labels: &mut Labels) {
        let (ValueOf::AllRuns, Some(day_cost)) = (map.of, map.day_cost) else { return };
        let ((from, to), (low, high)) = (self.across.range(), self.up.range());
        for index in INDICES {
            let curve = (0..=STEPS).map(|step| {
                let x = from + (to - from) * f64::from(step) / f64::from(STEPS);
                (x, index * day_cost * 10_f64.powf(x))
            });
            let inside: Vec<(f64, f64)> = curve.filter(|&(_, y)| low <= y && y <= high).collect();
            let is_apart = |&(_, y): &(f64, f64)| y.abs() > FLAT * (high - low);
            let Some(&(x, y)) = inside.last().filter(|end| inside.len() > 1 && is_apart(end)) else {
                continue;
            };
            let line: Vec<Point> = inside.iter().map(|&(x, y)| (self.across.at(x), self.up.at(y))).collect();
            labels.avoid(&line);
            canvas.dashed(line, DASH, GREY.fade(0.7), 1.0);
            let end = ((self.across.at(x), self.up.at(y)), 1.0);
            labels.write(
                canvas,
                end,
                GREY,
                &format!("index {}", words::number(index, usize::from(index.fract() != 0.0))),
            );
        }
    }

    /// The bubbles, the largest at the back; the names that found no room.
    fn draw_bubbles<'a>(
        &self,
        canvas: &mut Canvas,
        report: &'a ScopeReport,
        map: &ValueMap,
        labels: &mut Labels,
    ) -> Vec<&'a str> {
        let mut places: Vec<&Place> = map.places.iter().collect();
        let solution = |place: &Place| &report.solutions[place.index];
        places.sort_by(|a, b| radius(solution(b)).total_cmp(&radius(solution(a))));
        for place in &places {
            bubble(canvas, self.at(place), radius(solution(place)), paint(solution(place).decision));
        }
        let mut unnamed = Vec::new();
        for place in &map.places {
            let it = solution(place);
            let words = format!("{} {}", fonts::fit(&it.key, LABEL, NAME), chance(it.p_feasible));
            if !labels.write(canvas, (self.at(place), radius(it)), INK, &words) {
                unnamed.push(it.key.as_str());
            }
        }
        unnamed
    }
}

fn logarithm(effort: f64, none: Option<f64>) -> f64 {
    none.map_or(effort, |none| effort.max(none)).log10()
}

fn radius(it: &Assessment) -> f64 {
    (RADII.0 * it.p_feasible.sqrt()).max(RADII.1)
}

fn bubble(canvas: &mut Canvas, centre: Point, radius: f64, paint: Paint) {
    canvas.dot(centre, radius + 1.0, paint.dark());
    canvas.dot(centre, radius, PAPER);
    canvas.dot(centre, radius, paint.fade(INKED));
}

fn description(report: &ScopeReport, map: &ValueMap) -> String {
    let facts = map.places.iter().map(|place| {
        let it = &report.solutions[place.index];
        format!(
            "{}: {}, {:.0} person-days, {}, feasible {}, {}",
            it.key,
            it.decision.word(),
            place.effort,
            words::money(place.value, &report.currency),
            chance(it.p_feasible),
            place.quadrant.name(),
        )
    });
    format!("{} over effort. {}.", value_name(map.of), facts.collect::<Vec<_>>().join("; "))
}
