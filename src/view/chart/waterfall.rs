//! What the plan as written hides: steps from its date and its cost to the headline.

use crate::forecast::{DriverReport, Stamp, StepKind, Waterfall};
use crate::view::driving::step;
use crate::view::fonts;

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::legend;
use super::palette::{BLUE, GREY, INK, LIMIT, Paint, SKY, WRITTEN};
use super::ticks::{self, Tick};
use super::words;

/// How high a row is, in pixels.
const ROW: f64 = 26.0;
/// Half the height of a bar.
const HALF: f64 = 8.0;

/// The way from the plan as written to the headline: of the finish, and of the cost if there is any.
pub fn waterfall(report: &DriverReport) -> String {
    let p = words::percentile(report.confidence.value());
    let title = format!("{}: what the plan as written hides", report.plan.name);
    let mut canvas = Canvas::default();
    canvas.heading(&title, &words::report_runs(report));
    let finish = report.finish.as_ref().map(|waterfall| panel_of_finish(waterfall, report, &p));
    let cost = report.cost.as_ref().map(|waterfall| panel_of_cost(waterfall, report, &p));
    let panels: Vec<Panel> = [finish, cost].into_iter().flatten().collect();
    let widest = |words: fn(&Row) -> &str, size: f64| {
        let rows = panels.iter().flat_map(|panel| &panel.rows);
        rows.map(|row| fonts::width(words(row), size)).fold(0.0, f64::max)
    };
    let left = MARGIN + widest(|row| &row.label, BODY) + 16.0;
    let right = WIDTH - MARGIN - widest(|row| &row.value, LABEL) - 16.0;
    let mut y = 66.0;
    for panel in &panels {
        y = panel.draw(&mut canvas, (left, right), y) + 26.0;
    }
    if panels.is_empty() {
        canvas.text((WIDTH / 2.0, 90.0), Anchor::Middle, BODY, GREY, "the plan is never delivered");
        y = 120.0;
    }
    let key = [
        (legend::Mark::Block(LIMIT), "later or dearer".to_owned()),
        (legend::Mark::Block(SKY), "earlier or cheaper".to_owned()),
    ];
    let end = legend::draw(&mut canvas, y - 8.0, &key);
    canvas.finish(end + 14.0, &title, &description(&panels))
}

/// A row: a level, or a step between two.
struct Row {
    label: String,
    value: String,
    kind: RowKind,
}

enum RowKind {
    Level(f64, Paint),
    Step(f64, f64),
}

/// The marks of an axis, by its scale.
type Marks = dyn Fn(&Scale) -> Vec<Tick>;

/// The way of one figure.
struct Panel {
    title: String,
    rows: Vec<Row>,
    /// The marks of its axis.
    ticks: Box<Marks>,
}

fn panel_of_finish(waterfall: &Waterfall<Stamp>, report: &DriverReport, p: &str) -> Panel {
    let stamps: Vec<Stamp> =
        [waterfall.written].into_iter().chain(waterfall.steps.iter().map(|step| step.to)).collect();
    // Levels are known in days; where days do not stand for dates one to one, they are days.
    let unit = match TimeUnit::working(&stamps) {
        TimeUnit::Dates => TimeUnit::Days,
        unit => unit,
    };
    let days = unit.title().map_or("", |_| ", in working days since the start");
    let rows = rows(waterfall, report, p, |stamp| stamp.days, words::stamp, words::signed_days);
    Panel { title: format!("Finish{days}"), rows, ticks: Box::new(move |scale| unit.ticks(scale)) }
}

fn panel_of_cost(waterfall: &Waterfall<f64>, report: &DriverReport, p: &str) -> Panel {
    let currency = report.plan.currency.clone();
    let level = |value: f64| words::money(value, &currency);
    let step = |value: f64| words::signed_money(value, &currency);
    let rows = rows(waterfall, report, p, |&value| value, level, step);
    let ticks = move |scale: &Scale| {
        let ((from, to), (first, last)) = (scale.range(), scale.pixels());
        ticks::of_amounts(from, to, (last - first) / 80.0, &currency)
    };
    Panel { title: "Cost".to_owned(), rows, ticks: Box::new(ticks) }
}

fn rows<T: Copy>(
    waterfall: &Waterfall<T>,
    report: &DriverReport,
    p: &str,
    number: impl Fn(&T) -> f64,
    level: impl Fn(T) -> String,
    change: impl Fn(f64) -> String,
) -> Vec<Row> {
    let at = |label: &str, value: T, paint| Row {
        label: label.to_owned(),
        value: level(value),
        kind: RowKind::Level(number(&value), paint),
    };
    let mut rows = vec![at("as written", waterfall.written, WRITTEN)];
    let mut from = number(&waterfall.written);
    for it in &waterfall.steps {
        if it.kind == StepKind::Confidence {
            rows.push(at("mean", waterfall.mean, INK));
        }
        rows.push(Row {
            label: step(it.kind, report.confidence.value()),
            value: change(it.amount),
            kind: RowKind::Step(from, from + it.amount),
        });
        from += it.amount;
    }
    rows.push(at(p, waterfall.headline, BLUE));
    rows
}

impl Panel {
    /// Draws it from `top` on and says where it ends.
    fn draw(&self, canvas: &mut Canvas, (left, right): (f64, f64), top: f64) -> f64 {
        canvas.text((MARGIN, top + 8.0), Anchor::Left, BODY, INK, &self.title);
        let top = top + 24.0;
        let bottom = top + ROW * self.rows.len() as f64;
        let values = self.rows.iter().flat_map(|row| match row.kind {
            RowKind::Level(at, _) => [at, at],
            RowKind::Step(from, to) => [from, to],
        });
        let (from, to) = axis::range_with(values, &[], 1.0);
        let around = (to - from) * 0.05;
        let across = Scale::new((from - around, to + around), (left, right));
        let marks = (self.ticks)(&across);
        axis::grid(canvas, &across, &marks, (top, bottom));
        axis::words_along(canvas, &across, &marks, Edge::Below, bottom);
        for (at, row) in self.rows.iter().enumerate() {
            let middle = top + ROW * (at as f64 + 0.5);
            row.draw(canvas, &across, middle, at + 1 < self.rows.len());
        }
        bottom + axis::height_of(&marks)
    }
}

impl Row {
    fn draw(&self, canvas: &mut Canvas, across: &Scale, middle: f64, has_next: bool) {
        let end = match self.kind {
            RowKind::Level(at, paint) => {
                let x = across.at(at);
                canvas.line(vec![(x, middle - HALF - 2.0), (x, middle + HALF + 2.0)], paint, 3.0);
                canvas.dot((x, middle), 4.5, paint);
                x
            }
            RowKind::Step(from, to) => {
                let (first, last) = (across.at(from), across.at(to));
                let paint = if to >= from { LIMIT.fade(0.85) } else { SKY };
                let (low, high) = (first.min(last), first.max(last).max(first.min(last) + 1.0));
                if to != from {
                    canvas.block((low, middle - HALF), (high, middle + HALF), paint);
                }
                last
            }
        };
        if has_next {
            let down = vec![(end, middle + HALF), (end, middle + ROW - HALF)];
            canvas.dashed(down, &[2.0, 2.0], GREY, 1.0);
        }
        let is_level = matches!(self.kind, RowKind::Level(..));
        canvas.text((MARGIN, middle), Anchor::Left, BODY, if is_level { INK } else { GREY }, &self.label);
        let paint = if is_level { INK } else { GREY };
        canvas.text((WIDTH - MARGIN, middle), Anchor::Right, LABEL, paint, &self.value);
    }
}

fn description(panels: &[Panel]) -> String {
    let panel = |panel: &Panel| {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{} {}", row.label, row.value)).collect();
        format!("{}: {}", panel.title, rows.join(", "))
    };
    panels.iter().map(panel).collect::<Vec<String>>().join(". ")
}
