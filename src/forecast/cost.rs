//! The distribution of the plan's cost.

use crate::model::{Category, Plan};
use crate::network::{Costs, Network, Schedule, Values};
use crate::simulate::Samples;
use crate::stats::sample::{Interval, Sampled};

use super::figures::{CONFIDENCE, chance, sampled};
use super::time::{bins, listed};
use super::{CostForecast, CostPart, DeterminedCost, MoneyPercentile};

/// The cost of the plan as a schedule has it: as written, or of one iteration.
pub(super) fn planned(network: &Network, schedule: &Schedule) -> Costs {
    Costs::of(network, Values(&schedule.values), &schedule.early)
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
    let values = sampled(samples, &samples.cost);
    Some(CostForecast {
        deterministic: DeterminedCost {
            value: total,
            chance: chance(samples, |at| samples.cost[at] <= total + tolerance(total)),
        },
        mean: values.mean(),
        sd: values.sorted().sd(),
        lowest: values.sorted().lowest(),
        highest: values.sorted().highest(),
        percentiles: listed(confidence).into_iter().map(|p| percentile(&values, p)).collect(),
        bins: bins(values.sorted(), |value| value),
        categories: categories(network, samples, planned),
        stages: stages(plan, network, samples, planned),
        by_delivery: by_delivery(samples, total),
    })
}

/// Sums in single precision differ from the planned sum in the last digits.
fn tolerance(total: f64) -> f64 {
    total.abs() * 1e-6
}

fn percentile(values: &Sampled, p: f64) -> MoneyPercentile {
    let Interval { low, high } = values.percentile_interval(p, CONFIDENCE);
    MoneyPercentile { p, value: values.percentile(p), low, high }
}

fn part(key: &str, name: &str, deterministic: f64, values: &Sampled) -> CostPart {
    CostPart {
        key: key.to_owned(),
        name: name.to_owned(),
        deterministic,
        mean: values.mean(),
        p50: percentile(values, 0.5),
        p80: percentile(values, 0.8),
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
            let values = sampled(samples, costs);
            part(category.word(), &capitalised(category.word()), sums[category.index()], &values)
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
        let values = sampled(samples, costs);
        parts.push(part(&plan[*id].key, &plan[*id].name, sums[id.index()], &values));
        for (rest, cost) in outside.iter_mut().zip(costs) {
            *rest -= cost;
        }
    }
    let unstaged = sums[plan.stages.len()];
    let is_spent = |(rest, cost): (&f64, &f64)| rest.abs() > tolerance(*cost);
    if unstaged != 0.0 || (spends_outside(network) && outside.iter().zip(&*samples.cost).any(is_spent)) {
        parts.push(part("-", "Outside of all stages", unstaged, &sampled(samples, &outside)));
    }
    parts
}

/// The cost of the runs that deliver the plan, and of those that don't.
fn by_delivery(samples: &Samples, planned: f64) -> Vec<CostPart> {
    if samples.delivered.is_none() {
        return Vec::new();
    }
    let of = |wanted: bool| {
        let cost = |at: usize| (samples.is_delivered(at) == wanted).then(|| samples.cost[at]);
        Sampled::of(samples.cost.len(), samples.scheme(), cost)
    };
    [("delivered", "Delivered", of(true)), ("failed", "Failed", of(false))]
        .into_iter()
        .filter_map(|(key, name, costs)| Some(part(key, name, planned, &costs?)))
        .collect()
}

/// Whether any money can fall outside of all stages.
fn spends_outside(network: &Network) -> bool {
    let mut terms = network.visits.iter().flat_map(|visit| &visit.costs);
    !network.hammocks.is_empty()
        || !network.surcharges.is_empty()
        || network.risk_costs.iter().any(|cost| cost.stage.is_none())
        || terms.any(|term| term.stage.is_none())
}

pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
