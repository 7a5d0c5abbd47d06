//! The rows of a comparison, in words: the terminal and Markdown show the same ones.

use crate::forecast::{
    Choice, Column, Comparison, Difference, Forecast, Pairing, TargetKind, shown_percentiles,
};
use crate::stats::sample::Interval;

use super::text::words_of::{cost_at, finish_at, judged_on};
use super::words::{chance, money, money_interval, percent, percentile, signed_days, signed_money, stamp};

/// A table whose first column is labels.
pub(super) struct Block {
    /// What its rows are.
    pub(super) labels: Vec<String>,
    /// Its other columns.
    pub(super) lanes: Vec<Lane>,
}

/// A column: its heading and one cell per row.
pub(super) struct Lane {
    /// The label of the plan or scenario.
    pub(super) heading: String,
    /// As many as there are labels; empty where there is nothing to say.
    pub(super) cells: Vec<String>,
}

/// Whether a target is of the kind wanted.
pub(super) type Wanted = fn(&TargetKind) -> bool;

pub(super) const TARGETS: [(&str, Wanted); 3] = [
    ("deadline", |kind| matches!(kind, TargetKind::Deadline(_))),
    ("budget", |kind| matches!(kind, TargetKind::Budget(_))),
    ("both", |kind| matches!(kind, TargetKind::Both)),
];

/// Finish, cost and chances of every column; percentiles are those the first one shows.
pub(super) fn figures(comparison: &Comparison, first: &Forecast) -> Block {
    let shown = shown_percentiles(first.confidence.value());
    let mut labels = vec!["finish, as written".to_owned()];
    labels.extend(shown.iter().map(|&p| format!("finish, {}", percentile(p))));
    let has_cost = comparison.columns.iter().any(|column| column.forecast.cost.is_some());
    if has_cost {
        labels.push("cost, as written".to_owned());
        labels.extend(shown.iter().map(|&p| format!("cost, {}", percentile(p))));
    }
    let is_asked = |wanted: Wanted| {
        let mut targets = comparison.columns.iter().flat_map(|column| &column.forecast.targets);
        targets.any(|target| wanted(&target.kind))
    };
    let targets: Vec<_> = TARGETS.into_iter().filter(|&(_, wanted)| is_asked(wanted)).collect();
    labels.extend(targets.iter().map(|(label, _)| (*label).to_owned()));
    let may_fail = comparison.columns.iter().any(|column| column.forecast.delivered.share < 1.0);
    labels.extend(may_fail.then(|| "delivered; dates are of those".to_owned()));
    let expected = expected(comparison);
    labels.extend(expected.iter().map(|key| format!("expected: {key}")));
    if comparison.tradeoff.is_some() {
        let headline = percentile(first.confidence.value());
        labels.extend([format!("{headline} of date and cost"), "at every percentile".to_owned()]);
    }
    let lane = |(at, column): (usize, &Column)| {
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
        cells.extend(may_fail.then(|| chance(forecast.delivered)));
        cells.extend(expected.iter().map(|key| met(forecast, key).unwrap_or_default().to_owned()));
        if let Some(standing) = comparison.tradeoff.as_ref().and_then(|it| it.standings.get(at)) {
            let name = |at: usize| comparison.columns.get(at).map_or("", |column| column.label.as_str());
            let behind = standing.behind.map(|at| format!("behind {}", name(at)));
            let dominated = standing.dominated.map(|at| format!("behind {}", name(at)));
            cells.push(behind.unwrap_or_else(|| "on the front".to_owned()));
            cells.push(dominated.unwrap_or_else(|| "not beaten".to_owned()));
        }
        Lane { heading: column.label.clone(), cells }
    };
    Block { labels, lanes: comparison.columns.iter().enumerate().map(lane).collect() }
}

/// How every other column differs from the first.
pub(super) fn differences(comparison: &Comparison, first: &Forecast) -> Block {
    let headline = percentile(first.confidence.value());
    let has_cost = comparison.differences.iter().any(|pairing| pairing.cost.is_some());
    let mut labels = vec!["finish, mean".to_owned(), "finish, P50".to_owned(), format!("finish, {headline}")];
    if has_cost {
        labels.extend(["cost, mean".to_owned(), "cost, P50".to_owned(), format!("cost, {headline}")]);
    }
    labels.push("finishes earlier in".to_owned());
    if has_cost {
        labels.extend(["costs less in".to_owned(), "both in".to_owned()]);
    }
    let currency = &first.plan.currency;
    let lane = |pairing: &Pairing| {
        let mut cells = three(pairing.finish, signed_days).to_vec();
        if has_cost {
            let cost = pairing.cost.map(|cost| three(cost, |value| signed_money(value, currency)));
            cells.extend(cost.unwrap_or_default());
        }
        cells.push(percent(pairing.earlier));
        if has_cost {
            cells.extend([percent(pairing.cheaper), percent(pairing.both)]);
        }
        let label = comparison.columns.get(pairing.column).map(|column| column.label.clone());
        Lane { heading: label.unwrap_or_default(), cells }
    };
    Block { labels, lanes: comparison.differences.iter().map(lane).collect() }
}

/// The expectations of all columns, in the order of the first that has each.
fn expected(comparison: &Comparison) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    for verdict in comparison.columns.iter().flat_map(|column| &column.forecast.expectations) {
        if !keys.contains(&verdict.key.as_str()) {
            keys.push(&verdict.key);
        }
    }
    keys
}

/// Whether an expectation of a forecast is met; `None` if it has none of this key.
fn met(forecast: &Forecast, key: &str) -> Option<&'static str> {
    let verdict = forecast.expectations.iter().find(|verdict| verdict.key == key)?;
    Some(match (verdict.too_close, verdict.met) {
        (true, _) => "too close to call",
        (false, true) => "met",
        (false, false) => "not met",
    })
}

/// Which column is best as long as a day of delay costs how much; empty where that can't be said.
pub(super) fn choices(comparison: &Comparison, first: &Forecast) -> Vec<(String, String)> {
    let Some(tradeoff) = &comparison.tradeoff else { return Vec::new() };
    let currency = &first.plan.currency;
    let last = tradeoff.choices.len().saturating_sub(1);
    let words = |(at, choice): (usize, &Choice)| {
        let label = comparison.columns.get(choice.column).map(|column| column.label.clone());
        let words = match choice.up_to {
            None if last == 0 => "whatever a day of delay costs".to_owned(),
            None => "where it costs more".to_owned(),
            Some((price, interval)) => {
                let interval = interval.map_or_else(String::new, |Interval { low, high }| {
                    format!(" ({})", money_interval(low, high, currency))
                });
                let price = money(price, currency);
                let before = if at == 0 { "as long as a day of delay costs less than" } else { "up to" };
                format!("{before} {price}{interval}")
            }
        };
        (label.unwrap_or_default(), words)
    };
    tradeoff.choices.iter().enumerate().map(words).collect()
}

/// Above [`choices`].
pub(super) const CHOICES: &str = "Best by mean cost and mean finish";

/// What each column is about and what its scenario changes, where it is one.
pub(super) fn legends(comparison: &Comparison) -> Vec<(&str, Vec<&str>)> {
    let all = comparison.columns.iter().map(|Column { label, description, changes, .. }| {
        let lines: Vec<&str> = description.iter().chain(changes).map(String::as_str).collect();
        (label.as_str(), lines)
    });
    all.filter(|(_, lines)| !lines.is_empty()).collect()
}

/// How one expectation of a forecast is judged, and on what: `met: 24 Jun 2027 (24–25 Jun)`.
pub(super) fn expectation(forecast: &Forecast, key: &str) -> Option<String> {
    let verdict = forecast.expectations.iter().find(|verdict| verdict.key == key)?;
    Some(format!("{}: {}", met(forecast, key)?, judged_on(verdict, &forecast.plan.currency)))
}

/// Mean, P50 and headline: `+12.3 d (+11.9 to +12.7 d)`, without an interval that shows no width.
fn three(difference: Difference, show: impl Fn(f64) -> String) -> [String; 3] {
    [difference.mean, difference.p50, difference.headline].map(|(value, low, high)| {
        let (value, low, high) = (show(value), show(low), show(high));
        if low == high { value } else { format!("{value} ({} to {high})", low.trim_end_matches(" d")) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_without_width_is_not_shown() {
        let difference =
            Difference { mean: (10.0, 10.0, 10.0), p50: (10.0, 9.0, 11.0), headline: (0.0, 0.0, 0.01) };
        let expected = ["+10.0 d", "+10.0 d (+9.0 to +11.0 d)", "0.0 d (0.0 to +0.01 d)"];
        assert_eq!(three(difference, signed_days), expected);
    }
}
