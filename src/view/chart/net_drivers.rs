//! What the worth of a solution goes with: a bar for each rank correlation.

use crate::scope::{Assessment, ScopeReport};
use crate::view::decisions::driver;
use crate::view::fonts;

use super::axis::{self, Edge, Scale};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, SKY};
use super::scoping::runs;
use super::ticks;
use super::words;

/// How high a row is, in pixels.
const ROW: f64 = 26.0;
/// The widest a name may be, in pixels.
const NAME: f64 = 320.0;
/// Room for the words above the axis, in pixels.
const TOP: f64 = 92.0;
/// How much ink a bar has that may be chance.
const FAINT: f64 = 0.45;

/// Spearman's rank correlation of net present value with what differs from run to run, the strongest first.
pub fn net_drivers(report: &ScopeReport, it: &Assessment) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: what its worth goes with", it.name);
    let subtitle = format!("rank correlation with net present value, −1 to 1 · {}", runs(report));
    canvas.heading(&title, &subtitle);
    let widths = it.drivers.iter().map(|one| fonts::width(&driver(&one.kind), BODY));
    let names = widths.fold(80.0, f64::max).min(NAME) + 1.0;
    let bottom = TOP + ROW * it.drivers.len().max(1) as f64;
    let ends = it.drivers.iter().map(|driver| driver.correlation).chain([0.0]);
    let (from, to) = axis::range_with(ends, &[], 1.0);
    // Room for the numbers at the ends of the bars.
    let around = ((to - from) * 0.14).max(0.05);
    let low = if from < 0.0 { from - around } else { 0.0 };
    let across = Scale::new((low, to + around), (MARGIN + names + 14.0, WIDTH - MARGIN));
    let marks = ticks::of_amounts(across.range().0, across.range().1, 8.0, "");
    axis::grid(&mut canvas, &across, &marks, (TOP, bottom));
    axis::words_along(&mut canvas, &across, &marks, Edge::Above, TOP);
    let zero = across.at(0.0);
    for (row, one) in it.drivers.iter().enumerate() {
        let middle = TOP + ROW * (row as f64 + 0.5);
        let end = across.at(one.correlation);
        let paint = if one.may_be_chance { SKY.fade(FAINT) } else { BLUE };
        canvas.name((MARGIN, middle), BODY, INK, &driver(&one.kind), names);
        canvas.block((zero.min(end), middle - 8.0), (zero.max(end), middle + 8.0), paint);
        let (x, anchor) = if end < zero { (end - 5.0, Anchor::Right) } else { (end + 5.0, Anchor::Left) };
        canvas.text((x, middle), anchor, LABEL, INK, &words::number(one.correlation, 2));
    }
    canvas.line(vec![(zero, TOP), (zero, bottom)], INK, 1.2);
    if it.drivers.is_empty() {
        let none = "nothing that differs from run to run moves it";
        canvas.text((WIDTH / 2.0, TOP + ROW / 2.0), Anchor::Middle, BODY, GREY, none);
    }
    let key = vec![
        (Mark::Block(BLUE), "goes with the net present value".to_owned()),
        (Mark::Block(SKY.fade(FAINT)), "may be chance".to_owned()),
    ];
    let end = legend::draw(&mut canvas, bottom + 12.0, &key);
    canvas.finish(end + 10.0, &title, &description(it))
}

fn description(it: &Assessment) -> String {
    let facts =
        it.drivers.iter().map(|one| format!("{}: {}", driver(&one.kind), words::number(one.correlation, 2)));
    format!(
        "Rank correlations of the net present value of {}. {}.",
        it.key,
        facts.collect::<Vec<_>>().join("; ")
    )
}
