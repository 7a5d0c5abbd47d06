//! The distribution of the plan's cost.

use crate::model::{Category, Plan};
use crate::network::{Costs, Network, Schedule, Values};
use crate::simulate::Samples;
use crate::stats::sample::{Interval, Sorted};

use super::expect::proportion;
use super::figures::{CONFIDENCE, sorted};
use super::time::{bins, listed};
use super::{CostForecast, CostPart, DeterminedCost, MoneyPercentile};

/// The cost of the plan as a schedule has it: as written, or of one iteration.
pub(super) fn planned(network: &Network, schedule: &Schedule) -> Costs {
    let (starts, finishes): (Vec<i64>, Vec<i64>) =
        schedule.early.placed.iter().map(|(_, placed)| (placed.start, placed.finish)).unzip();
    Costs::of(network, Values(&schedule.values), &starts, &finishes)
}

/// The cost of the plan, as forecast; `None` if nothing in it costs anything.
pub(super) fn cost(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    planned: &Costs,
    confidence: f64,
) -> Option<CostForecast> {
    if !network.costs_something() {
        return None;
    }
    let total = planned.total();
    let values = sorted(samples.cost.to_vec());
    let no_more = samples.cost.iter().filter(|&&cost| cost <= total + tolerance(total)).count();
    Some(CostForecast {
        deterministic: DeterminedCost { value: total, chance: proportion(no_more, samples.cost.len()) },
        mean: values.mean(),
        sd: values.sd(),
        lowest: values.lowest(),
        highest: values.highest(),
        percentiles: listed(confidence).into_iter().map(|p| percentile(&values, p)).collect(),
        bins: bins(&values, |value| value),
        categories: categories(network, samples, planned),
        stages: stages(plan, network, samples, planned),
    })
}

/// Sums in single precision differ from the planned sum in the last digits.
fn tolerance(total: f64) -> f64 {
    total.abs() * 1e-6
}

fn percentile(values: &Sorted, p: f64) -> MoneyPercentile {
    let Interval { low, high } = values.percentile_interval(p, CONFIDENCE);
    MoneyPercentile { p, value: values.percentile(p), low, high }
}

fn part(key: &str, name: &str, deterministic: f64, values: &[f64]) -> CostPart {
    let values = sorted(values.to_vec());
    CostPart {
        key: key.to_owned(),
        name: name.to_owned(),
        deterministic,
        mean: values.mean(),
        p50: percentile(&values, 0.5),
        p80: percentile(&values, 0.8),
    }
}

fn categories(network: &Network, samples: &Samples, planned: &Costs) -> Vec<CostPart> {
    let mut sums = [0.0; Category::ALL.len()];
    for (category, _, amount) in planned.parts(network) {
        sums[category] += amount;
    }
    samples
        .categories
        .iter()
        .map(|(category, costs)| {
            part(category.word(), &capitalised(category.word()), sums[category.index()], costs)
        })
        .collect()
}

fn stages(plan: &Plan, network: &Network, samples: &Samples, planned: &Costs) -> Vec<CostPart> {
    if plan.stages.is_empty() {
        return Vec::new();
    }
    let mut sums = vec![0.0; plan.stages.len() + 1];
    for (_, stage, amount) in planned.parts(network) {
        sums[stage.unwrap_or(plan.stages.len())] += amount;
    }
    let mut outside = samples.cost.clone();
    let mut parts = Vec::new();
    for (id, costs) in &samples.stages {
        parts.push(part(&plan[*id].key, &plan[*id].name, sums[id.index()], costs));
        for (rest, cost) in outside.iter_mut().zip(costs) {
            *rest -= cost;
        }
    }
    let unstaged = sums[plan.stages.len()];
    let is_spent = |(rest, cost): (&f64, &f64)| rest.abs() > tolerance(*cost);
    if unstaged != 0.0 || (spends_outside(network) && outside.iter().zip(&*samples.cost).any(is_spent)) {
        parts.push(part("-", "Outside of all stages", unstaged, &outside));
    }
    parts
}

/// Whether any money can fall outside of all stages.
fn spends_outside(network: &Network) -> bool {
    let mut terms = network.visits.iter().flat_map(|visit| &visit.costs);
    !network.hammocks.is_empty() || !network.surcharges.is_empty() || terms.any(|term| term.stage.is_none())
}

pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
