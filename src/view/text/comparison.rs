//! Forecasts side by side, and how they differ under the same draws.

use unicode_width::UnicodeWidthStr;

use crate::forecast::{Column, Comparison, Difference, Forecast, Pairing, TargetKind};
use crate::view::palette::paint;
use crate::view::table::{Cell, Table, one_line};
use crate::view::words::{chance, count, money, percent, percentile, signed_days, signed_money, stamp};

use super::headline::{at_p, money_with_interval, shown_percentiles, stamp_in_brackets};
use super::{Screen, stacked};

/// The columns side by side and their differences from the first.
pub fn comparison(comparison: &Comparison, screen: &Screen) -> String {
    let Some(first) = comparison.columns.first() else { return String::new() };
    let palette = screen.palette;
    let run = format!("{} iterations, seed {}", count(first.forecast.iterations), first.forecast.seed);
    let title = paint(palette.heading, &one_line(first.forecast.plan.name.clone()));
    let run = paint(palette.faint, &format!("· {run}, the same draws in every column"));
    let caveat = "95 % intervals are simulation error only: the error of the inputs is larger";
    let mut blocks = vec![format!("{title} {run}\n")];
    blocks.extend(side_by_side(comparison, &first.forecast, screen));
    blocks.extend(differences(comparison, first, screen));
    blocks.push(descriptions(comparison));
    blocks.push(comparison.notes.iter().map(|note| format!("  {note}\n")).collect());
    blocks.push(format!("  {}\n", paint(palette.faint, caveat)));
    stacked(blocks)
}

/// Whether a target is of the kind wanted.
type Wanted = fn(&TargetKind) -> bool;

/// A column to be: its heading and one cell per row.
struct Lane {
    heading: String,
    cells: Vec<String>,
}

/// Lanes below one another in as many tables as the terminal's width asks for.
fn tables(title: &str, labels: &[String], lanes: &[Lane], screen: &Screen) -> Vec<String> {
    let label_width = labels.iter().map(|label| label.width()).chain([title.width()]).max().unwrap_or(0);
    let mut tables = Vec::new();
    let mut rest = lanes;
    while !rest.is_empty() {
        let mut used = 2 + label_width;
        let fitting = rest.iter().take_while(|lane| {
            let cells = lane.cells.iter().chain([&lane.heading]);
            used += 3 + cells.map(|cell| cell.width()).max().unwrap_or(0);
            used <= screen.width
        });
        let (now, later) = rest.split_at(fitting.count().max(1));
        rest = later;
        let mut table = Table::new(&"<".repeat(1 + now.len()));
        let headings = now.iter().map(|lane| Cell::styled(lane.heading.as_str(), screen.palette.strong));
        table.row([Cell::styled(title, screen.palette.heading)].into_iter().chain(headings));
        for (row, label) in labels.iter().enumerate() {
            let label = Cell::styled(label.as_str(), screen.palette.faint);
            table.row([label].into_iter().chain(now.iter().map(|lane| Cell::new(lane.cells[row].as_str()))));
        }
        tables.push(table.draw(usize::MAX));
    }
    tables
}

fn side_by_side(comparison: &Comparison, first: &Forecast, screen: &Screen) -> Vec<String> {
    let shown = shown_percentiles(first.confidence.value());
    let mut labels = vec!["finish, as written".to_owned()];
    labels.extend(shown.iter().map(|&p| format!("finish, {}", percentile(p))));
    let has_cost = comparison.columns.iter().any(|column| column.forecast.cost.is_some());
    if has_cost {
        labels.push("cost, as written".to_owned());
        labels.extend(shown.iter().map(|&p| format!("cost, {}", percentile(p))));
    }
    let targets: [(&str, Wanted); 3] = [
        ("deadline", |kind| matches!(kind, TargetKind::Deadline(_))),
        ("budget", |kind| matches!(kind, TargetKind::Budget(_))),
        ("both", |kind| matches!(kind, TargetKind::Both)),
    ];
    let is_asked = |wanted: Wanted| {
        comparison
            .columns
            .iter()
            .any(|column| column.forecast.targets.iter().any(|target| wanted(&target.kind)))
    };
    let targets: Vec<_> = targets.into_iter().filter(|&(_, wanted)| is_asked(wanted)).collect();
    labels.extend(targets.iter().map(|(label, _)| (*label).to_owned()));
    let lane = |column: &Column| {
        let forecast = &column.forecast;
        let mut cells = vec![stamp(forecast.finish.deterministic.at)];
        cells.extend(shown.iter().map(|&p| finish_at(forecast, p)));
        if has_cost {
            let written =
                forecast.cost.as_ref().map(|cost| money(cost.deterministic.value, &forecast.plan.currency));
            cells.push(written.unwrap_or_default());
            cells.extend(shown.iter().map(|&p| cost_at(forecast, p)));
        }
        cells.extend(targets.iter().map(|&(_, wanted)| {
            let target = forecast.targets.iter().find(|target| wanted(&target.kind));
            target.map(|target| chance(target.chance)).unwrap_or_default()
        }));
        Lane { heading: column.label.clone(), cells }
    };
    let lanes: Vec<Lane> = comparison.columns.iter().map(lane).collect();
    tables("", &labels, &lanes, screen)
}

/// A percentile of the finish with its interval; nothing if it is not known.
pub(in crate::view) fn finish_at(forecast: &Forecast, p: f64) -> String {
    at_p(&forecast.finish.percentiles, p, |it| it.p).map(stamp_in_brackets).unwrap_or_default()
}

/// A percentile of the cost with its interval; nothing if it is not known.
pub(in crate::view) fn cost_at(forecast: &Forecast, p: f64) -> String {
    let currency = &forecast.plan.currency;
    let cost = forecast.cost.as_ref();
    cost.and_then(|cost| at_p(&cost.percentiles, p, |it| it.p))
        .map(|it| money_with_interval(it, currency))
        .unwrap_or_default()
}

fn differences(comparison: &Comparison, first: &Column, screen: &Screen) -> Vec<String> {
    let headline = percentile(first.forecast.confidence.value());
    let has_cost = comparison.differences.iter().any(|pairing| pairing.cost.is_some());
    let mut labels = vec!["finish, mean".to_owned(), "finish, P50".to_owned(), format!("finish, {headline}")];
    if has_cost {
        labels.extend(["cost, mean".to_owned(), "cost, P50".to_owned(), format!("cost, {headline}")]);
    }
    labels.push("finishes earlier in".to_owned());
    if has_cost {
        labels.extend(["costs less in".to_owned(), "both in".to_owned()]);
    }
    let currency = &first.forecast.plan.currency;
    let lane =
        |pairing: &Pairing| {
            let mut cells = three(pairing.finish, signed_days).to_vec();
            if has_cost {
                cells.extend(pairing.cost.map_or_else(Default::default, |cost| {
                    three(cost, |value| signed_money(value, currency))
                }));
            }
            cells.push(percent(pairing.earlier));
            if has_cost {
                cells.extend([percent(pairing.cheaper), percent(pairing.both)]);
            }
            let label = comparison.columns.get(pairing.column).map(|column| column.label.clone());
            Lane { heading: label.unwrap_or_default(), cells }
        };
    let lanes: Vec<Lane> = comparison.differences.iter().map(lane).collect();
    tables(&format!("Against {}", first.label), &labels, &lanes, screen)
}

/// Mean, P50 and headline: `+12.3 d (+11.9 to +12.7 d)`.
fn three(difference: Difference, show: impl Fn(f64) -> String) -> [String; 3] {
    [difference.mean, difference.p50, difference.headline].map(|(value, low, high)| {
        let (value, low, high) = (show(value), show(low), show(high));
        if low == high { value } else { format!("{value} ({} to {high})", low.trim_end_matches(" d")) }
    })
}

/// What each scenario changes, where it says so.
fn descriptions(comparison: &Comparison) -> String {
    let mut table = Table::new("<<");
    let mut any = false;
    for column in &comparison.columns {
        if let Some(description) = &column.description {
            any = true;
            table.row([column.label.as_str().into(), description.as_str().into()]);
        }
    }
    if any { table.draw(usize::MAX) } else { String::new() }
}
