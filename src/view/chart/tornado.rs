//! What each uncertain thing adds to the headline: a bar to the left or the right, with its interval.

use crate::forecast::{Difference, DriverReport, Removal};
use crate::view::driving::tried_removals;
use crate::view::fonts;

use super::axis::{self, Edge, Scale};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, Paint, SKY};
use super::ticks::{self, Tick};
use super::words;

/// The most rows of a tornado.
const MOST: usize = 30;
/// How high a row is, in pixels.
const ROW: f64 = 22.0;
/// The widest a name may be, in pixels.
const NAME: f64 = 210.0;
/// Room for the words above a panel's axis, in pixels.
const TOP: f64 = 104.0;
/// Between two panels.
const GAP: f64 = 34.0;

/// The bars of finish, and of cost where there is any, of everything that was taken away in turn; those
/// that move the finish most first, at most thirty.
pub fn tornado(report: &DriverReport) -> String {
    let p = words::percentile(report.confidence.value());
    let title = format!("{}: what the {p} hangs on", report.plan.name);
    let mut canvas = Canvas::default();
    canvas.heading(&title, &words::report_runs(report));
    let shown: Vec<&Removal> = report.removals.iter().filter(|removal| moves(removal)).take(MOST).collect();
    let left = MARGIN + names(&mut canvas, &shown) + 18.0;
    let panels = panels(report, &p);
    let width =
        (WIDTH - MARGIN - left - GAP * (panels.len().max(1) as f64 - 1.0)) / panels.len().max(1) as f64;
    let bottom = TOP + ROW * shown.len().max(1) as f64;
    for (at, panel) in panels.iter().enumerate() {
        let from = left + (width + GAP) * at as f64;
        panel.draw(&mut canvas, &shown, (from, from + width), bottom);
    }
    if shown.is_empty() {
        let none = match report.delivered.share {
            0.0 => "the plan is never delivered",
            _ => "nothing uncertain moves the finish or the cost",
        };
        canvas.text((WIDTH / 2.0, TOP + ROW / 2.0), Anchor::Middle, BODY, GREY, none);
    }
    let mut key = vec![(Mark::Block(BLUE), "adds, or takes away".to_owned())];
    key.push((Mark::Block(SKY.fade(FAINT)), "may be chance".to_owned()));
    key.push((Mark::Whisker, "95 % interval".to_owned()));
    let left_out = report.removals.iter().filter(|removal| moves(removal)).count() - shown.len();
    let end = legend::draw(&mut canvas, bottom + 10.0, &key);
    let mut note = "each taken away in turn under the same draws; they overlap and do not add up".to_owned();
    if left_out > 0 {
        note = format!("{note}; {} more move it less", words::count(left_out));
    }
    canvas.name((MARGIN, end + 12.0), LABEL, GREY, &note, WIDTH - 2.0 * MARGIN);
    let mut end = end + 28.0;
    if let Some(tried) = tried_removals(report) {
        canvas.name((MARGIN, end), LABEL, GREY, &tried, WIDTH - 2.0 * MARGIN);
        end += 16.0;
    }
    canvas.finish(end, &title, &description(&shown, &p))
}

/// How much ink a bar has that may be chance.
const FAINT: f64 = 0.45;

/// Whether finish or cost move at all.
fn moves(removal: &Removal) -> bool {
    let size = |difference: Option<Difference>| difference.map_or(0.0, |it| it.headline.0.abs());
    size(removal.adds.finish) > 0.0 || size(removal.adds.cost) > 0.0
}

/// The names beside the bars, and how wide they are.
fn names(canvas: &mut Canvas, shown: &[&Removal]) -> f64 {
    let kind = shown.iter().map(|it| fonts::width(it.kind.word(), LABEL)).fold(0.0, f64::max) + 10.0;
    let width = shown.iter().map(|it| fonts::width(&it.name, BODY)).fold(0.0, f64::max).min(NAME);
    for (row, removal) in shown.iter().enumerate() {
        let middle = TOP + ROW * (row as f64 + 0.5);
        canvas.text((MARGIN, middle), Anchor::Left, LABEL, GREY, removal.kind.word());
        canvas.name((MARGIN + kind, middle), BODY, INK, &removal.name, width + 1.0);
    }
    kind + width
}

/// Bars of one figure.
struct Panel {
    title: String,
    of: fn(&Removal) -> Option<Difference>,
    /// Money's currency; days have none.
    currency: Option<String>,
}

fn panels(report: &DriverReport, p: &str) -> Vec<Panel> {
    let finish = (report.delivered.share > 0.0).then(|| Panel {
        title: format!("days of the finish, {p}"),
        of: |it| it.adds.finish,
        currency: None,
    });
    let cost = report.cost.as_ref().map(|_| Panel {
        title: format!("cost, {p}"),
        of: |it| it.adds.cost,
        currency: Some(report.plan.currency.clone()),
    });
    finish.into_iter().chain(cost).collect()
}

impl Panel {
    fn draw(&self, canvas: &mut Canvas, shown: &[&Removal], (left, right): (f64, f64), bottom: f64) {
        let bars: Vec<Option<(f64, f64, f64)>> =
            shown.iter().map(|removal| (self.of)(removal).map(|it| it.headline)).collect();
        let ends = bars.iter().flatten().flat_map(|&(value, low, high)| [value, low, high]).chain([0.0]);
        let (from, to) = axis::range_with(ends, &[], 1.0);
        let around = (to - from) * 0.04;
        let across = Scale::new((from - around, to + around), (left, right));
        let marks = self.marks(&across);
        canvas.text((left, TOP - 32.0), Anchor::Left, BODY, INK, &self.title);
        axis::grid(canvas, &across, &marks, (TOP, bottom));
        axis::words_along(canvas, &across, &marks, Edge::Above, TOP);
        for (row, bar) in bars.iter().enumerate() {
            let Some((value, low, high)) = *bar else { continue };
            let middle = TOP + ROW * (row as f64 + 0.5);
            let ends = [across.at(0.0), across.at(value)];
            let (first, last) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let paint: Paint = if low <= 0.0 && high >= 0.0 { SKY.fade(FAINT) } else { BLUE };
            canvas.block((first, middle - 7.0), (last, middle + 7.0), paint);
            if high > low {
                legend::whisker(canvas, (across.at(low), across.at(high)), middle, 4.0);
            }
        }
        let zero = across.at(0.0);
        canvas.line(vec![(zero, TOP), (zero, bottom)], INK, 1.2);
    }

    fn marks(&self, scale: &Scale) -> Vec<Tick> {
        let ((from, to), (first, last)) = (scale.range(), scale.pixels());
        let currency = self.currency.as_deref().unwrap_or("");
        ticks::of_amounts(from, to, (last - first) / 62.0, currency)
    }
}

fn description(shown: &[&Removal], p: &str) -> String {
    let facts: Vec<String> = shown
        .iter()
        .filter_map(|removal| {
            let days = removal.adds.finish?.headline.0;
            Some(format!("{} {}: {}", removal.kind.word(), removal.name, words::signed_days(days)))
        })
        .collect();
    format!("What each uncertain thing adds to the {p} of the finish. {}.", facts.join("; "))
}
