//! The first lines: when, how much, how sure.
//!
//! Percentiles stand below one another, so that dates, money and their intervals line up and every
//! percentile can carry its interval on a terminal of 80 letters.

use crate::forecast::{
    CostForecast, Forecast, MoneyPercentile, PlanSummary, TargetKind, TimeForecast, TimePercentile,
    shown_percentiles,
};
use crate::view::palette::paint;
use crate::view::spark::spark;
use crate::view::table::{Cell, Table, one_line};
use crate::view::together;
use crate::view::words::{
    self, bound, chance, count, interval, long_stamp, money, money_interval, percentile, year,
};

use super::Screen;

/// The plan's name, its size, the scenario, and what makes the run repeatable.
pub(super) fn title(forecast: &Forecast, screen: &Screen) -> String {
    let size = plan_size(&forecast.plan);
    let run = words::forecast_run(forecast);
    let name = paint(screen.palette.heading, &one_line(forecast.plan.name.clone()));
    format!("{name} {}\n", paint(screen.palette.faint, &format!("· {size} · {run}")))
}

/// `5 milestones · scenario lean`.
pub(in crate::view) fn plan_size(plan: &PlanSummary) -> String {
    let plural = if plan.milestones == 1 { "" } else { "s" };
    let scenario = plan.scenario.as_ref().map(|name| format!(" · scenario {name}")).unwrap_or_default();
    format!("{} milestone{plural}{scenario}", count(plan.milestones))
}

/// The percentile `p` of some.
pub(super) fn at_p<T>(percentiles: &[T], p: f64, p_of: impl Fn(&T) -> f64) -> Option<&T> {
    percentiles.iter().find(|percentile| (p_of(percentile) - p).abs() < 1e-9)
}

/// Percentiles, the plan as written, and the targets; finish beside cost.
pub(super) fn table(forecast: &Forecast, screen: &Screen) -> String {
    let palette = screen.palette;
    let mut table = Table::new("<<<<<");
    let unit = if forecast.plan.start.is_some() { "finish" } else { "finish, in working days" };
    let cost_heading = if forecast.cost.is_some() { "cost" } else { "" };
    let headings = ["", unit, "", cost_heading, ""];
    table.row(headings.map(|words| Cell::styled(words, palette.faint)));
    for p in shown_percentiles(forecast.confidence.value()) {
        let is_headline = p == forecast.confidence.value();
        let style = if is_headline { palette.strong } else { anstyle::Style::new() };
        let mut row = vec![Cell::styled(percentile(p), style)];
        row.extend(finish_cells(&forecast.finish, p).map(|words| Cell::styled(words, style)));
        if let Some(cost) = &forecast.cost {
            row.extend(cost_cells(cost, p, &forecast.plan.currency).map(|words| Cell::styled(words, style)));
        }
        table.row(row);
    }
    table.row(as_written(forecast).into_iter().map(Cell::new));
    for row in targets(forecast) {
        table.row(row.into_iter().map(Cell::new));
    }
    for row in together::rows(forecast) {
        table.row(row.map(Cell::new));
    }
    table.draw(screen.width)
}

fn finish_cells(finish: &TimeForecast, p: f64) -> [String; 2] {
    at_p(&finish.percentiles, p, |it| it.p)
        .map_or_else(Default::default, |it| [long_stamp(it.at), in_brackets(it)])
}

/// The interval of a percentile of time: `(26–31 Aug)`.
pub(super) fn in_brackets(percentile: &TimePercentile) -> String {
    format!("({})", interval(percentile.low, percentile.high, year(percentile.at)))
}

fn cost_cells(cost: &CostForecast, p: f64, currency: &str) -> [String; 2] {
    at_p(&cost.percentiles, p, |it| it.p)
        .map_or_else(Default::default, |it| [money(it.value, currency), money_in_brackets(it, currency)])
}

/// The interval of a percentile of money: `(€289–293k)`.
pub(super) fn money_in_brackets(percentile: &MoneyPercentile, currency: &str) -> String {
    format!("({})", money_interval(percentile.low, percentile.high, currency))
}

/// A percentile of time with its interval: `27 Aug 2027 (26–31 Aug)`.
pub(in crate::view) fn stamp_in_brackets(percentile: &TimePercentile) -> String {
    format!("{} {}", words::stamp(percentile.at), in_brackets(percentile))
}

/// A percentile of money with its interval: `€291k (€289–293k)`.
pub(in crate::view) fn money_with_interval(percentile: &MoneyPercentile, currency: &str) -> String {
    format!("{} {}", money(percentile.value, currency), money_in_brackets(percentile, currency))
}

/// The deterministic answer and how likely it is to hold.
fn as_written(forecast: &Forecast) -> Vec<String> {
    let written = forecast.finish.deterministic;
    let mut row = vec!["as written".to_owned(), long_stamp(written.at), chance(written.chance)];
    if let Some(cost) = &forecast.cost {
        row.push(money(cost.deterministic.value, &forecast.plan.currency));
        row.push(chance(cost.deterministic.chance));
    }
    row
}

/// The deadline, the budget, and both.
fn targets(forecast: &Forecast) -> Vec<Vec<String>> {
    let find = |wanted: fn(&TargetKind) -> bool| forecast.targets.iter().find(|target| wanted(&target.kind));
    let deadline = find(|kind| matches!(kind, TargetKind::Deadline(_)));
    let budget = find(|kind| matches!(kind, TargetKind::Budget(_)));
    let both = find(|kind| matches!(kind, TargetKind::Both));
    let mut rows = Vec::new();
    if deadline.is_some() || budget.is_some() {
        let label = match (deadline, budget) {
            (Some(_), None) => "deadline",
            (None, Some(_)) => "budget",
            _ => "target",
        };
        let mut row = vec![label.to_owned()];
        row.extend(
            deadline.map_or_else(Default::default, |it| [asked(&it.kind, forecast), chance(it.chance)]),
        );
        row.extend(budget.map_or_else(Default::default, |it| [asked(&it.kind, forecast), chance(it.chance)]));
        rows.push(row);
    }
    if let Some(both) = both {
        rows.push(vec!["both".to_owned(), "date and budget".to_owned(), chance(both.chance)]);
    }
    rows
}

/// What a target asks, in words.
pub(in crate::view) fn asked(kind: &TargetKind, forecast: &Forecast) -> String {
    match kind {
        TargetKind::Deadline(stamp) => {
            stamp.date.map_or_else(|| bound(*stamp), |at| words::long_date(words::last_moment(at)))
        }
        TargetKind::MilestoneDeadline(_, stamp) | TargetKind::Constraint(_, _, stamp) => bound(*stamp),
        TargetKind::Budget(value) => money(*value, &forecast.plan.currency),
        TargetKind::Both => String::new(),
    }
}

/// The distributions of finish and cost, each in one line from the least to the most seen; what lies
/// beyond the headline percentile is faint.
pub(super) fn shapes(forecast: &Forecast, screen: &Screen) -> String {
    let width = screen.width.saturating_sub(46).clamp(16, 48);
    let p = forecast.confidence.value();
    let mut table = Table::new("<><<");
    let finish = &forecast.finish;
    let bins: Vec<_> = finish.bins.iter().map(|bin| (bin.from.days, bin.to.days, bin.share)).collect();
    let limit = at_p(&finish.percentiles, p, |it| it.p).map(|it| it.at.days);
    if let Some(shape) = shape(&bins, limit, width, screen) {
        table.row([
            "finish".into(),
            words::stamp(finish.earliest).into(),
            shape,
            words::stamp(finish.latest).into(),
        ]);
    }
    if let Some(cost) = &forecast.cost {
        let bins: Vec<_> = cost.bins.iter().map(|bin| (bin.from, bin.to, bin.share)).collect();
        let limit = at_p(&cost.percentiles, p, |it| it.p).map(|it| it.value);
        if let Some(shape) = shape(&bins, limit, width, screen) {
            let show = |value| Cell::new(money(value, &forecast.plan.currency));
            table.row(["cost".into(), show(cost.lowest), shape, show(cost.highest)]);
        }
    }
    table.draw(screen.width)
}

/// A line of blocks; nothing if there is but one value.
fn shape(bins: &[(f64, f64, f64)], limit: Option<f64>, width: usize, screen: &Screen) -> Option<Cell> {
    let (from, to) = (bins.first()?.0, bins.last()?.1);
    if to <= from {
        return None;
    }
    let blocks = spark(bins, from, to, width);
    let step = (to - from) / width as f64;
    let beyond =
        limit.map_or(width, |limit| ((limit - from) / step).ceil().clamp(0.0, width as f64) as usize);
    let likely: String = blocks[..beyond].iter().collect();
    let unlikely: String = blocks[beyond..].iter().collect();
    Some(Cell::parts([(likely, screen.palette.ink), (unlikely, screen.palette.faint)]))
}
