//! Plans or scenarios side by side: their S-curves, one over the other.

use crate::forecast::{Column, Comparison, CostForecast, Forecast, Stamp};
use crate::view::fonts;

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::palette::{self, GREY, INK, PAPER, Paint};
use super::ticks::{self, Tick};
use super::words;

/// How high one plot is, in pixels.
const PLOT: f64 = 210.0;
/// Room for the chances beside the plot, in pixels.
const SIDE: f64 = 44.0;
/// How high a row of the key is, in pixels.
const ROW: f64 = 20.0;

/// The S-curves of the finish, and below those of the cost, of all columns.
///
/// The headline is the first column's percentile. Costs are drawn if they are in one currency.
pub fn comparison(comparison: &Comparison) -> String {
    let columns = &comparison.columns;
    let mut canvas = Canvas::default();
    let title = title(columns);
    let subtitle = columns.first().map_or(String::new(), |first| words::runs(&first.forecast));
    canvas.heading(&title, &subtitle);
    let headline = columns.first().map_or(0.8, |first| first.forecast.confidence.value());
    let money = common_currency(columns);
    let mut y = draw_key(&mut canvas, columns, headline, 68.0);
    y = finish_panel(&mut canvas, columns, headline, y + 12.0);
    if let Some(currency) = money {
        y = cost_panel(&mut canvas, columns, headline, currency, y + 14.0);
    } else if columns.iter().any(|column| column.forecast.cost.is_some()) {
        let note = "the costs are in different currencies, and not drawn";
        canvas.text((MARGIN, y + 16.0), Anchor::Left, LABEL, GREY, note);
        y += 30.0;
    }
    canvas.finish(y + 4.0, &title, &description(columns, headline))
}

fn title(columns: &[Column]) -> String {
    let Some(first) = columns.first() else { return "Comparison of nothing".to_owned() };
    let plan = &first.forecast.plan.name;
    if columns.len() == 1 {
        format!("{plan}: finish and cost")
    } else if columns.iter().all(|column| column.forecast.plan.name == *plan) {
        format!("{plan}: {} compared", words::counted(columns.len(), "scenario"))
    } else {
        format!("{} compared", words::counted(columns.len(), "plan"))
    }
}

/// One S-curve, its headline value and how it looks.
struct Curve {
    points: Vec<(f64, f64)>,
    headline: Option<f64>,
    paint: Paint,
    dash: &'static [f64],
}

/// The currency that all costs share, if there is any cost.
fn common_currency(columns: &[Column]) -> Option<&str> {
    let mut priced = columns
        .iter()
        .filter(|column| column.forecast.cost.is_some())
        .map(|column| column.forecast.plan.currency.as_str());
    let first = priced.next()?;
    priced.all(|currency| currency == first).then_some(first)
}

/// One row per column: its line, its name, its headline values. Says where the key ends.
fn draw_key(canvas: &mut Canvas, columns: &[Column], headline: f64, top: f64) -> f64 {
    let cells: Vec<(String, String)> =
        columns.iter().map(|column| headlines(&column.forecast, headline)).collect();
    let widest = |cell: fn(&(String, String)) -> &String| {
        cells.iter().map(|cells| fonts::width(cell(cells), LABEL)).fold(0.0, f64::max)
    };
    let cost_right = WIDTH - MARGIN;
    let finish_right = cost_right - widest(|cells| &cells.1) - 24.0;
    let name_left = MARGIN + 38.0;
    let name_room = finish_right - widest(|cells| &cells.0) - 24.0 - name_left;
    let mut y = top;
    for (position, (column, (finish, cost))) in columns.iter().zip(&cells).enumerate() {
        let middle = y + ROW / 2.0;
        let paint = palette::series(position);
        canvas.dashed(vec![(MARGIN, middle), (MARGIN + 30.0, middle)], palette::dash(position), paint, 2.6);
        let name = match &column.description {
            Some(description) => format!("{} – {description}", column.label),
            None => column.label.clone(),
        };
        canvas.name((name_left, middle), BODY, INK, &name, name_room);
        canvas.text((finish_right, middle), Anchor::Right, LABEL, INK, finish);
        canvas.text((cost_right, middle), Anchor::Right, LABEL, INK, cost);
        y += ROW;
    }
    y
}

/// `P80 27 Aug 2027` and `P80 €291k`, empty where there is none.
fn headlines(forecast: &Forecast, headline: f64) -> (String, String) {
    let name = words::percentile(headline);
    let finish = words::at(&forecast.finish.percentiles, headline)
        .map_or(String::new(), |at| format!("{name} {}", words::stamp(at)));
    let cost =
        forecast.cost.as_ref().and_then(|cost| amount_at(cost, headline)).map_or(String::new(), |amount| {
            format!("{name} {}", words::money(amount, &forecast.plan.currency))
        });
    (finish, cost)
}

fn amount_at(cost: &CostForecast, p: f64) -> Option<f64> {
    cost.percentiles
        .iter()
        .find(|percentile| (percentile.p - p).abs() < 1e-9)
        .map(|percentile| percentile.value)
}

fn finish_panel(canvas: &mut Canvas, columns: &[Column], headline: f64, top: f64) -> f64 {
    let stamps: Vec<Stamp> = columns
        .iter()
        .flat_map(|column| {
            let finish = &column.forecast.finish;
            finish.percentiles.iter().map(|percentile| percentile.at).chain([finish.earliest, finish.latest])
        })
        .collect();
    let unit = TimeUnit::working(&stamps);
    let curves: Vec<Curve> = columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let finish = &column.forecast.finish;
            let between =
                finish.percentiles.iter().map(|percentile| (unit.value(percentile.at), percentile.p));
            Curve {
                points: with_ends(unit.value(finish.earliest), between, unit.value(finish.latest)),
                headline: words::at(&finish.percentiles, headline).map(|at| unit.value(at)),
                paint: palette::series(position),
                dash: palette::dash(position),
            }
        })
        .collect();
    let heading = format!(
        "Finish: chance to be done by then{}",
        unit.title().map_or("", |_| ", in working days since the start")
    );
    let range = unit.widened(range_of(&curves));
    panel(canvas, &curves, (headline, &heading), top, range, |scale| unit.ticks(scale))
}

fn cost_panel(canvas: &mut Canvas, columns: &[Column], headline: f64, currency: &str, top: f64) -> f64 {
    let curves: Vec<Curve> = columns
        .iter()
        .enumerate()
        .filter_map(|(position, column)| {
            let cost = column.forecast.cost.as_ref()?;
            let between = cost.percentiles.iter().map(|percentile| (percentile.value, percentile.p));
            Some(Curve {
                points: with_ends(cost.lowest, between, cost.highest),
                headline: amount_at(cost, headline),
                paint: palette::series(position),
                dash: palette::dash(position),
            })
        })
        .collect();
    let heading = "Cost: chance that it is enough";
    panel(canvas, &curves, (headline, heading), top, range_of(&curves), |scale| {
        let ((from, to), (first, last)) = (scale.range(), scale.pixels());
        ticks::of_amounts(from, to, (last - first) / 80.0, currency)
    })
}

/// The range of all curves, and a little more.
fn range_of(curves: &[Curve]) -> (f64, f64) {
    let values = curves.iter().flat_map(|curve| curve.points.iter().map(|point| point.0));
    let (from, to) = axis::range_with(values, &[], 1.0);
    let around = (to - from) * 0.02;
    (from - around, to + around)
}

fn with_ends(low: f64, between: impl Iterator<Item = (f64, f64)>, high: f64) -> Vec<(f64, f64)> {
    std::iter::once((low, 0.0)).chain(between).chain([(high, 1.0)]).collect()
}

/// One plot of S-curves; says where it ends.
fn panel(
    canvas: &mut Canvas,
    curves: &[Curve],
    (headline, heading): (f64, &str),
    top: f64,
    range: (f64, f64),
    ticks: impl Fn(&Scale) -> Vec<Tick>,
) -> f64 {
    canvas.text((MARGIN, top + 8.0), Anchor::Left, BODY, INK, heading);
    let top = top + 26.0;
    let bottom = top + PLOT;
    let across = Scale::new(range, (MARGIN + SIDE, WIDTH - MARGIN - 8.0));
    let chances = Scale::new((0.0, 1.0), (bottom, top));
    let marks = ticks(&across);
    axis::grid(canvas, &across, &marks, (top, bottom));
    let levels: Vec<Tick> = [0.0, 0.25, 0.5, 0.75, 1.0]
        .map(|value| Tick { value, label: words::share(value), under: None })
        .to_vec();
    axis::level_grid(canvas, &chances, &levels, across.pixels());
    draw_curves(canvas, curves, headline, &across, &chances);
    axis::words_along(canvas, &across, &marks, Edge::Below, bottom);
    // The headline's own label would meet one of a level close by, which then gives way.
    let far = |tick: &Tick| (chances.at(tick.value) - chances.at(headline)).abs() > 13.0;
    let mut shown: Vec<Tick> = levels.into_iter().filter(far).collect();
    shown.push(Tick { value: headline, label: words::percentile(headline), under: None });
    axis::words_up(canvas, &chances, &shown, MARGIN + SIDE - 8.0, Anchor::Right);
    bottom + axis::height_of(&marks)
}

fn draw_curves(canvas: &mut Canvas, curves: &[Curve], headline: f64, across: &Scale, chances: &Scale) {
    let ((left, right), level, bottom) = (across.pixels(), chances.at(headline), chances.at(0.0));
    canvas.dashed(vec![(left, level), (right, level)], &[2.0, 3.0], INK, 1.0);
    for curve in curves {
        let points: Vec<Point> =
            curve.points.iter().map(|&(value, p)| (across.at(value), chances.at(p))).collect();
        canvas.dashed(points, curve.dash, curve.paint, 2.4);
    }
    for curve in curves {
        if let Some(value) = curve.headline {
            let x = across.at(value);
            canvas.dashed(vec![(x, level), (x, bottom)], &[2.0, 3.0], curve.paint.dark(), 1.0);
            canvas.dot((x, level), 5.0, PAPER);
            canvas.dot((x, level), 3.8, curve.paint);
        }
    }
}

fn description(columns: &[Column], headline: f64) -> String {
    let facts: Vec<String> = columns
        .iter()
        .map(|column| {
            let (finish, cost) = headlines(&column.forecast, headline);
            let parts: Vec<String> = [finish, cost].into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}: {}", column.label, parts.join(", "))
        })
        .collect();
    format!("S-curves of the finish and the cost, one over the other. {}.", facts.join("; "))
}
