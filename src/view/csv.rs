//! Answers as comma-separated values, one table a file: headings first, dates as `YYYY-MM-DDTHH:MM`.

use crate::forecast::{
    Allotted, Burndown, Candidate, CashFlow, Comparison, ContingencyReport, Diff, Difference, DriverReport,
    Effect, Forecast, Optimisation, PathReport, Stamp, TimePercentile,
};

use super::diffing::plain_sentence;
use crate::scope::ScopeReport;

/// The headings of [`percentiles`].
pub const PERCENTILES: &[&str] =
    &["figure", "p", "days", "date", "low_days", "high_days", "money", "low_money", "high_money"];

/// The headings of [`milestones`].
pub const MILESTONES: &[&str] = &[
    "id",
    "name",
    "stage",
    "criticality",
    "saves",
    "planned_start",
    "planned_finish",
    "planned_start_days",
    "planned_finish_days",
    "planned_cost",
    "mean_start_days",
    "mean_finish_days",
    "sd_finish_days",
    "p10_days",
    "p50_days",
    "p80_days",
    "p90_days",
    "p10",
    "p50",
    "p80",
    "p90",
    "deadline",
];

/// The headings of [`path`].
pub const PATH: &[&str] = &[
    "id",
    "name",
    "stage",
    "duration_days",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "early_start_days",
    "early_finish_days",
    "late_start_days",
    "late_finish_days",
    "total_float_days",
    "free_float_days",
    "critical",
    "drag_days",
    "driver",
];

/// The headings of [`burndown`].
pub const BURNDOWN: &[&str] = &["kind", "unit", "days", "date", "planned", "p10", "p50", "p90"];

/// The headings of [`cashflow`].
pub const CASHFLOW: &[&str] = &[
    "from",
    "to",
    "from_days",
    "to_days",
    "planned",
    "paid_mean",
    "paid_p10",
    "paid_p50",
    "paid_p80",
    "planned_total",
    "total_mean",
    "total_p10",
    "total_p50",
    "total_p80",
    "band_low",
    "band_high",
    "released_total",
    "short",
    "missing_p50",
    "missing_p80",
];

/// The headings of [`comparison`].
pub const COMPARISON: &[&str] = &["label", "figure", "p", "value", "low", "high", "date"];

/// The headings of [`drivers`].
pub const DRIVERS: &[&str] = &["kind", "id", "name", "figure", "statistic", "p", "value", "low", "high"];

/// The headings of [`diff`].
pub const DIFF: &[&str] = &["step", "change", "figure", "statistic", "p", "value", "low", "high"];

/// The headings of [`scope`].
pub const SCOPE: &[&str] = &[
    "solution",
    "name",
    "decision",
    "p_feasible",
    "p_partial",
    "p_launch",
    "cost_p50",
    "cost_p80",
    "effort_p50",
    "enpv",
    "npv_p05",
    "npv_p50",
    "npv_p95",
    "p_gain",
    "worst_twentieth",
    "break_even",
    "evpi",
    "cost_of_delay",
    "launch_p80",
];

/// The headings of [`optimisation`].
pub const CHOICES: &[&str] = &[
    "which",
    "days",
    "date",
    "low_days",
    "high_days",
    "mean_cost",
    "low_mean_cost",
    "high_mean_cost",
    "cost",
    "probability",
    "meets",
    "patch",
];

/// The headings of [`contingency`].
pub const CONTINGENCY: &[&str] = &["of", "kind", "id", "name", "base", "contingency"];

/// The first line of every table, by which it can be known.
pub const HEADINGS: &[&[&str]] = &[
    PERCENTILES,
    MILESTONES,
    PATH,
    BURNDOWN,
    CASHFLOW,
    COMPARISON,
    DRIVERS,
    DIFF,
    SCOPE,
    CHOICES,
    CONTINGENCY,
];

/// The contingency of time (days) and money: the whole, the management reserve, and what each part is
/// allotted.
pub fn contingency(report: &ContingencyReport) -> String {
    let mut table = Rows::new(CONTINGENCY);
    let mut add = |of: &str, whole: [f64; 3], parts: &[Allotted]| {
        let [base, contingency, reserve] = whole.map(number);
        let mut row = |kind: &str, id: &str, name: &str, base: String, amount: String| {
            table.row([of, kind, id, name].map(str::to_owned).into_iter().chain([base, amount]));
        };
        row("whole", "", "", base, contingency);
        row("reserve", "", "", String::new(), reserve);
        for part in parts {
            row(part.kind.word(), &part.key, &part.name, number(part.base), number(part.amount));
        }
    };
    let time = &report.time;
    add("days", [time.base.days, time.contingency, time.reserve], &time.parts);
    if let Some(money) = &report.money {
        add("money", [money.base, money.contingency, money.reserve], &money.parts);
    }
    table.text()
}

/// The plan as it is, the cheapest choice that meets the aim, and what no other choice beats.
pub fn optimisation(answer: &Optimisation) -> String {
    let mut table = Rows::new(CHOICES);
    let mut add = |which: &str, it: &Candidate| {
        let time =
            |of: fn(&TimePercentile) -> f64| it.finish.as_ref().map_or(String::new(), |it| number(of(it)));
        let cost = it.cost;
        table.row([
            which.to_owned(),
            time(|it| it.at.days),
            it.finish.map(|it| date(it.at)).unwrap_or_default(),
            time(|it| it.low.days),
            time(|it| it.high.days),
            number(cost.mean),
            number(cost.low),
            number(cost.high),
            number(cost.headline),
            number(it.chance.share),
            it.meets.to_string(),
            it.patch.join("; "),
        ]);
    };
    add("given", &answer.given);
    answer.best.iter().for_each(|best| add("best", best));
    answer.frontier.iter().for_each(|candidate| add("frontier", candidate));
    table.text()
}

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
    for point in &burndown.points {
        table.row([
            kind.to_owned(),
            burndown.unit.clone(),
            number(point.at.days),
            date(point.at),
            number(point.planned),
            number(point.p10),
            number(point.p50),
            number(point.p90),
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

/// Every solution in a row, the highest expected net present value first.
pub fn scope(report: &ScopeReport) -> String {
    let mut table = Rows::new(SCOPE);
    for it in report.ranking.iter().map(|&index| &report.solutions[index]) {
        let figures = [
            it.p_feasible,
            it.p_partial,
            it.p_launch,
            it.cost.p50,
            it.cost.p80,
            it.effort,
            it.worths.expected,
            it.worths.p05,
            it.worths.p50,
            it.worths.p95,
            it.worths.p_gain,
            it.worths.worst_twentieth,
            it.worths.break_even.unwrap_or(f64::NAN),
            it.worth_of_knowing,
            it.scores.cost_of_delay,
        ];
        let words = [it.key.clone(), it.name.clone(), it.decision.word().to_owned()];
        let launch = it.launch.map(|[_, p80]| date(p80)).unwrap_or_default();
        table.row(words.into_iter().chain(figures.map(number)).chain([launch]));
    }
    table.text()
}

/// Rows below headings.
struct Rows {
    writer: csv::Writer<Vec<u8>>,
}

impl Rows {
    fn new(headings: &[&str]) -> Self {
        let mut rows = Self { writer: csv::Writer::from_writer(Vec::new()) };
        rows.row(headings.iter().map(ToString::to_string));
        rows
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.writer
            .write_record(cells.into_iter().map(harmless))
            .expect("a vector takes every row, and all rows of a table are as long");
    }

    fn text(self) -> String {
        let bytes = self.writer.into_inner().expect("a vector takes every row");
        String::from_utf8(bytes).expect("cells are text, and so are commas")
    }
}

/// A cell that no spreadsheet takes for a formula.
///
/// Plans come from others, and a milestone called `=HYPERLINK(…)` would run where the table is
/// opened. So words that begin with `=`, `+`, `-`, `@`, a tab or a carriage return get an
/// apostrophe in front, as OWASP's page on CSV injection advises; numbers are left as they are. A
/// program that needs such a name to the letter finds it in the JSON.
fn harmless(cell: String) -> String {
    let is_risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_risky { format!("'{cell}") } else { cell }
}

fn date(stamp: Stamp) -> String {
    stamp.date.map(|at| at.to_string()).unwrap_or_default()
}

/// At most six decimals; nothing for what is no number.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_no_needless_zeros() {
        for (value, expected) in
            [(0.8, "0.8"), (100.0, "100"), (-1e-9, "0"), (1.0 / 3.0, "0.333333"), (f64::NAN, "")]
        {
            assert_eq!(number(value), expected, "{value}");
        }
    }

    #[test]
    fn no_name_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-draft-", "'-draft-"),
            ("\tx", "'\tx"),
            ("-1.5", "-1.5"),
            ("plain = x", "plain = x"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.to_owned()), expected, "{cell}");
        }
    }

    #[test]
    fn names_with_commas_stay_one_cell() {
        let mut rows = Rows::new(&["a", "b"]);
        rows.row(["x, y".to_owned(), "1".to_owned()]);
        assert_eq!(rows.text(), "a,b\n\"x, y\",1\n");
    }
}
