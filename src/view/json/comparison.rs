//! `plan.comparison/1`.

use serde::Serialize;

use crate::forecast::{Choice, Comparison, Difference, Pairing, SPREAD, Standing, Tradeoff};

use super::simulation::SimulationJson;
use super::{days, document, money, share};

/// The comparison as JSON: every column's whole forecast, and the paired differences from the first.
pub fn comparison(comparison: &Comparison) -> String {
    let columns = comparison.columns.iter().map(|column| ColumnJson {
        label: &column.label,
        description: column.description.as_deref(),
        changes: column.changes.as_deref(),
        forecast: SimulationJson::new(&column.forecast),
    });
    let label = |index: usize| comparison.columns.get(index).map_or("", |column| column.label.as_str());
    document(&ComparisonJson {
        schema: "plan.comparison/1",
        columns: columns.collect(),
        differences: comparison
            .differences
            .iter()
            .map(|pairing| PairingJson::new(pairing, label(pairing.column), label(0)))
            .collect(),
        tradeoff: comparison.tradeoff.as_ref().map(|tradeoff| TradeoffJson::new(tradeoff, &label)),
        notes: &comparison.notes,
    })
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    schema: &'static str,
    columns: Vec<ColumnJson<'a>>,
    differences: Vec<PairingJson<'a>>,
    tradeoff: Option<TradeoffJson<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    label: &'a str,
    description: Option<&'a str>,
    changes: Option<&'a str>,
    forecast: SimulationJson<'a>,
}

#[derive(Serialize)]
struct PairingJson<'a> {
    label: &'a str,
    against: &'a str,
    finish_days: DifferenceJson,
    cost: Option<DifferenceJson>,
    spread: Vec<SpreadJson>,
    earlier: f64,
    cheaper: f64,
    both: f64,
}

/// A difference by its statistics.
#[derive(Serialize)]
pub(super) struct DifferenceJson {
    mean: EstimateJson,
    p50: EstimateJson,
    headline: EstimateJson,
}

#[derive(Serialize)]
struct EstimateJson {
    value: f64,
    low: f64,
    high: f64,
}

/// A percentile of the paired differences.
#[derive(Serialize)]
struct SpreadJson {
    p: f64,
    finish_days: Option<f64>,
    cost: Option<f64>,
}

fn spread(pairing: &Pairing) -> Vec<SpreadJson> {
    let at = |place: usize, p: f64| SpreadJson {
        p,
        finish_days: pairing.finish_spread.map(|spread| days(spread[place])),
        cost: pairing.cost_spread.map(|spread| money(spread[place])),
    };
    SPREAD.into_iter().enumerate().map(|(place, p)| at(place, p)).collect()
}

#[derive(Serialize)]
struct TradeoffJson<'a> {
    standings: Vec<StandingJson<'a>>,
    best_by_price_of_a_day: Vec<ChoiceJson<'a>>,
}

#[derive(Serialize)]
struct StandingJson<'a> {
    label: &'a str,
    on_front: bool,
    behind: Option<&'a str>,
    dominated_by: Option<&'a str>,
}

#[derive(Serialize)]
struct ChoiceJson<'a> {
    label: &'a str,
    up_to: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl<'a> TradeoffJson<'a> {
    fn new(tradeoff: &Tradeoff, label: &impl Fn(usize) -> &'a str) -> Self {
        let standing = |(at, standing): (usize, &Standing)| StandingJson {
            label: label(at),
            on_front: standing.behind.is_none(),
            behind: standing.behind.map(label),
            dominated_by: standing.dominated.map(label),
        };
        let choice = |choice: &Choice| {
            let interval = choice.up_to.and_then(|(_, interval)| interval);
            ChoiceJson {
                label: label(choice.column),
                up_to: choice.up_to.map(|(price, _)| money(price)),
                low: interval.map(|it| money(it.low)),
                high: interval.map(|it| money(it.high)),
            }
        };
        Self {
            standings: tradeoff.standings.iter().enumerate().map(standing).collect(),
            best_by_price_of_a_day: tradeoff.choices.iter().map(choice).collect(),
        }
    }
}

impl<'a> PairingJson<'a> {
    fn new(pairing: &Pairing, label: &'a str, against: &'a str) -> Self {
        Self {
            label,
            against,
            finish_days: DifferenceJson::new(pairing.finish, days),
            cost: pairing.cost.map(|cost| DifferenceJson::new(cost, money)),
            spread: spread(pairing),
            earlier: share(pairing.earlier),
            cheaper: share(pairing.cheaper),
            both: share(pairing.both),
        }
    }
}

impl DifferenceJson {
    pub(super) fn new(difference: Difference, round: fn(f64) -> f64) -> Self {
        let estimate =
            |(value, low, high)| EstimateJson { value: round(value), low: round(low), high: round(high) };
        Self {
            mean: estimate(difference.mean),
            p50: estimate(difference.p50),
            headline: estimate(difference.headline),
        }
    }
}
