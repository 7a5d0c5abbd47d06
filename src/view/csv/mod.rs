//! Answers as comma-separated values, one table a file: headings first, dates as `YYYY-MM-DDTHH:MM`.

mod deciding;
mod headings;
mod rows;

use crate::forecast::{
    BurnBand, Burndown, CashFlow, Comparison, Diff, Difference, DriverReport, Effect, Forecast, PathReport,
    TimePercentile,
};

use super::diffing::plain_sentence;

pub use deciding::{contingency, frontier, optimisation, scope, sequences};
pub use headings::*;
use rows::{Rows, date, number};

/// What is paid in each period and by its end.
pub fn cashflow(flow: &CashFlow) -> String {
    let mut table = Rows::new(CASHFLOW);
    for period in &flow.periods {
        let [from, to] = [period.from, period.to];
        let mut row = vec![date(from), date(to), number(from.days), number(to.days)];
        for (planned, spread) in [(period.planned, period.paid), (period.planned_total, period.total)] {
            row.extend([planned, spread.mean, spread.p10, spread.p50, spread.p80].map(number));
        }
        row.extend([period.band.0, period.band.1].map(number));
        match &period.funding {
            Some(it) => row
                .extend([it.released_total, it.short.share, it.shortfall.p50, it.shortfall.p80].map(number)),
            None => row.extend([const { String::new() }; 4]),
        }
        table.row(row);
    }
    table.text()
}

/// Percentiles of finish and cost with their intervals, then of every milestone's finish.
pub fn percentiles(forecast: &Forecast) -> String {
    let mut table = Rows::new(PERCENTILES);
    let empty = String::new;
    for it in &forecast.finish.percentiles {
        table.row(finish_row("finish".to_owned(), it));
    }
    for it in forecast.cost.iter().flat_map(|cost| &cost.percentiles) {
        let (value, low, high) = (number(it.value), number(it.low), number(it.high));
        table.row(["cost".to_owned(), number(it.p), empty(), empty(), empty(), empty(), value, low, high]);
    }
    for milestone in &forecast.milestones {
        for it in &milestone.finish {
            table.row(finish_row(format!("{}.finish", milestone.key), it));
        }
    }
    table.text()
}

fn finish_row(figure: String, it: &TimePercentile) -> [String; 9] {
    let (low, high) = (number(it.low.days), number(it.high.days));
    let empty = String::new;
    [figure, number(it.p), number(it.at.days), date(it.at), low, high, empty(), empty(), empty()]
}

/// Every milestone, in file order.
pub fn milestones(forecast: &Forecast) -> String {
    let mut table = Rows::new(MILESTONES);
    for milestone in &forecast.milestones {
        let finish = |p: f64| milestone.finish.iter().find(|it| (it.p - p).abs() < 1e-9);
        let in_days = |p| finish(p).map(|it: &TimePercentile| number(it.at.days)).unwrap_or_default();
        let as_date = |p| finish(p).map(|it: &TimePercentile| date(it.at)).unwrap_or_default();
        table.row([
            milestone.key.clone(),
            milestone.name.clone(),
            milestone.stage.clone().unwrap_or_default(),
            number(milestone.criticality),
            milestone.saves.map_or_else(String::new, number),
            date(milestone.planned_start),
            date(milestone.planned_finish),
            number(milestone.planned_start.days),
            number(milestone.planned_finish.days),
            number(milestone.planned_cost),
            number(milestone.start_mean.days),
            number(milestone.finish_mean.days),
            number(milestone.finish_sd_days),
            in_days(0.1),
            in_days(0.5),
            in_days(0.8),
            in_days(0.9),
            as_date(0.1),
            as_date(0.5),
            as_date(0.8),
            as_date(0.9),
            milestone.deadline.map(date).unwrap_or_default(),
        ]);
    }
    table.text()
}

/// Dates and floats of the plan as written.
pub fn path(report: &PathReport) -> String {
    let mut table = Rows::new(PATH);
    for row in &report.milestones {
        table.row([
            row.key.clone(),
            row.name.clone(),
            row.stage.clone().unwrap_or_default(),
            number(row.duration_days),
            date(row.early_start),
            date(row.early_finish),
            date(row.late_start),
            date(row.late_finish),
            number(row.early_start.days),
            number(row.early_finish.days),
            number(row.late_start.days),
            number(row.late_finish.days),
            number(row.total_float_days),
            number(row.free_float_days),
            row.critical.to_string(),
            row.drag_days.map(number).unwrap_or_default(),
            row.driver.clone(),
        ]);
    }
    table.text()
}

/// What remains over time.
pub fn burndown(burndown: &Burndown) -> String {
    let kind = match burndown.kind {
        crate::forecast::BurnKind::Work => "work",
        crate::forecast::BurnKind::Money => "money",
    };
    let mut table = Rows::new(BURNDOWN);
    for (at, point) in burndown.points.iter().enumerate() {
        let failing = burndown.failing.as_ref().and_then(|failing| failing.bands.get(at));
        let of_failing =
            |amount: fn(&BurnBand) -> f64| failing.map(|it| number(amount(it))).unwrap_or_default();
        table.row([
            kind.to_owned(),
            burndown.unit.clone(),
            number(point.at.days),
            date(point.at),
            number(point.planned),
            number(point.p10),
            number(point.p50),
            number(point.p90),
            of_failing(|it| it.p10),
            of_failing(|it| it.p50),
            of_failing(|it| it.p90),
        ]);
    }
    table.text()
}

/// Percentiles of every column, then the differences from the first (of means where there is no `p`), long form.
pub fn comparison(comparison: &Comparison) -> String {
    let mut table = Rows::new(COMPARISON);
    for column in &comparison.columns {
        let label = || column.label.clone();
        for it in &column.forecast.finish.percentiles {
            table.row([
                label(),
                "finish_days".to_owned(),
                number(it.p),
                number(it.at.days),
                number(it.low.days),
                number(it.high.days),
                date(it.at),
            ]);
        }
        for it in column.forecast.cost.iter().flat_map(|cost| &cost.percentiles) {
            table.row([
                label(),
                "cost".to_owned(),
                number(it.p),
                number(it.value),
                number(it.low),
                number(it.high),
                String::new(),
            ]);
        }
    }
    let headline = comparison.columns.first().map_or(0.8, |first| first.forecast.confidence.value());
    for pairing in &comparison.differences {
        let label = || comparison.columns.get(pairing.column).map(|it| it.label.clone()).unwrap_or_default();
        let figures = [("finish_days_difference", Some(pairing.finish)), ("cost_difference", pairing.cost)];
        for (figure, difference) in figures {
            let Some(Difference { mean, p50, headline: at_headline }) = difference else { continue };
            for (p, (value, low, high)) in [(None, mean), (Some(0.5), p50), (Some(headline), at_headline)] {
                let p = p.map(number).unwrap_or_default();
                let (value, low, high) = (number(value), number(low), number(high));
                table.row([label(), figure.to_owned(), p, value, low, high, String::new()]);
            }
        }
    }
    table.text()
}

/// What everything uncertain adds to finish and cost, long form.
pub fn drivers(report: &DriverReport) -> String {
    let mut table = Rows::new(DRIVERS);
    for removal in &report.removals {
        let figures = [("finish_days", removal.adds.finish), ("cost", removal.adds.cost)];
        for (figure, difference) in figures {
            let Some(Difference { mean, p50, headline }) = difference else { continue };
            let statistics = [
                ("mean", None, mean),
                ("percentile", Some(0.5), p50),
                ("percentile", Some(report.confidence.value()), headline),
            ];
            for (statistic, p, (value, low, high)) in statistics {
                table.row([
                    removal.kind.word().to_owned(),
                    removal.key.clone(),
                    removal.name.clone(),
                    figure.to_owned(),
                    statistic.to_owned(),
                    p.map(number).unwrap_or_default(),
                    number(value),
                    number(low),
                    number(high),
                ]);
            }
        }
    }
    table.text()
}

/// What every change did, long form: a row for each percentile it moved, or one without a figure; the total last.
pub fn diff(diff: &Diff) -> String {
    let mut table = Rows::new(DIFF);
    let mut add = |step: String, change: String, effect: Effect| {
        let figures = [("finish_days", effect.finish), ("cost", effect.cost)];
        let levels = [0.5, diff.confidence.value()];
        let shifts = figures.into_iter().filter_map(|(figure, shifts)| Some((figure, shifts?)));
        for (figure, shifts) in shifts {
            for (p, shift) in levels.into_iter().zip(shifts) {
                let (value, low, high) = (number(shift.value()), number(shift.low), number(shift.high));
                let (figure, statistic) = (figure.to_owned(), "percentile".to_owned());
                table.row([step.clone(), change.clone(), figure, statistic, number(p), value, low, high]);
            }
        }
        if effect == Effect::default() {
            let empty = String::new;
            table.row([step, change, empty(), empty(), empty(), empty(), empty(), empty()]);
        }
    };
    for (at, step) in diff.steps.iter().enumerate() {
        let sentences: Vec<String> = step.changes.iter().map(plain_sentence).collect();
        add((at + 1).to_string(), sentences.join("; "), step.effect.unwrap_or_default());
    }
    add("total".to_owned(), String::new(), diff.total);
    table.text()
}
