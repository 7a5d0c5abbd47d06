//! `plan.comparison/1`.

use serde::Serialize;

use crate::forecast::{Comparison, Difference, Pairing};

use super::simulation::SimulationJson;
use super::{days, document, money, share};

/// The comparison as JSON: every column's whole forecast, and the paired differences from the first.
pub fn comparison(comparison: &Comparison) -> String {
    let columns = comparison.columns.iter().map(|column| ColumnJson {
        label: &column.label,
        description: column.description.as_deref(),
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
        notes: &comparison.notes,
    })
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    schema: &'static str,
    columns: Vec<ColumnJson<'a>>,
    differences: Vec<PairingJson<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    label: &'a str,
    description: Option<&'a str>,
    forecast: SimulationJson<'a>,
}

#[derive(Serialize)]
struct PairingJson<'a> {
    label: &'a str,
    against: &'a str,
    finish_days: DifferenceJson,
    cost: Option<DifferenceJson>,
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

impl<'a> PairingJson<'a> {
    fn new(pairing: &Pairing, label: &'a str, against: &'a str) -> Self {
        Self {
            label,
            against,
            finish_days: DifferenceJson::new(pairing.finish, days),
            cost: pairing.cost.map(|cost| DifferenceJson::new(cost, money)),
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
