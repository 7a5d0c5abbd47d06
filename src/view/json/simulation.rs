//! `plan.simulation/1`.

mod asked;
mod milestone;

use serde::Serialize;

use crate::forecast::{
    CostForecast, CostPart, Ending, Event, EventKind, Forecast, MoneyPercentile, PlanSummary, TimeForecast,
    TimePercentile,
};

use super::joint::JointJson;
use super::{date, days, document, money, share};
use asked::{ExpectationJson, TargetJson};
use milestone::MilestoneJson;

/// The forecast as JSON.
pub fn simulation(forecast: &Forecast) -> String {
    document(&SimulationJson::new(forecast))
}

/// The whole document; a part of `plan.comparison/1`, too.
#[derive(Serialize)]
pub(super) struct SimulationJson<'a> {
    schema: &'static str,
    plan: PlanJson<'a>,
    scenario: Option<&'a str>,
    iterations: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled: Option<bool>,
    seed: u64,
    sampling: &'a str,
    delivered: f64,
    delivered_interval: [f64; 2],
    confidence: f64,
    finish: FinishJson,
    cost: Option<CostJson<'a>>,
    events: Vec<EventJson<'a>>,
    targets: Vec<TargetJson>,
    joint: Option<JointJson>,
    expectations: Vec<ExpectationJson<'a>>,
    contingency: ContingencyJson,
    merge_bias_days: Option<f64>,
    merge_bias_interval: Option<[f64; 2]>,
    capped: u64,
    milestones: Vec<MilestoneJson<'a>>,
    drivers: Vec<DriverJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct PlanJson<'a> {
    name: &'a str,
    start: Option<String>,
    currency: Option<&'a str>,
    milestones: usize,
}

#[derive(Serialize)]
struct FinishJson {
    deterministic: DeterministicJson,
    mean_days: f64,
    sd_days: f64,
    percentiles: Vec<TimePercentileJson>,
}

#[derive(Serialize)]
struct DeterministicJson {
    date: Option<String>,
    days: f64,
    probability: f64,
}

#[derive(Serialize)]
struct TimePercentileJson {
    p: f64,
    days: f64,
    date: Option<String>,
    low_days: f64,
    high_days: f64,
}

#[derive(Serialize)]
struct CostJson<'a> {
    deterministic: f64,
    probability: f64,
    mean: f64,
    sd: f64,
    percentiles: Vec<MoneyPercentileJson>,
    categories: Vec<PartJson<'a>>,
    stages: Vec<PartJson<'a>>,
    by_delivery: Vec<PartJson<'a>>,
}

#[derive(Serialize)]
struct MoneyPercentileJson {
    p: f64,
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct PartJson<'a> {
    name: &'a str,
    title: &'a str,
    deterministic: f64,
    mean: f64,
    p50: f64,
    p80: f64,
    intervals: [[f64; 2]; 2],
}

#[derive(Serialize)]
struct ContingencyJson {
    p: f64,
    days: f64,
    money: Option<f64>,
    reserve_days: f64,
    reserve_money: Option<f64>,
}

#[derive(Serialize)]
struct DriverJson<'a> {
    name: &'a str,
    with_finish: f64,
    with_cost: f64,
}

impl<'a> SimulationJson<'a> {
    pub(super) fn new(forecast: &'a Forecast) -> Self {
        Self {
            schema: "plan.simulation/1",
            plan: PlanJson::new(&forecast.plan),
            scenario: forecast.plan.scenario.as_deref(),
            iterations: forecast.iterations,
            settled: forecast.settled,
            seed: forecast.seed,
            sampling: forecast.sampling,
            delivered: share(forecast.delivered.share),
            delivered_interval: [forecast.delivered.low, forecast.delivered.high].map(share),
            confidence: share(forecast.confidence.value()),
            finish: FinishJson::new(&forecast.finish),
            cost: forecast.cost.as_ref().map(CostJson::new),
            events: forecast.events.iter().map(EventJson::new).collect(),
            targets: forecast.targets.iter().map(TargetJson::new).collect(),
            joint: forecast.joint.as_ref().map(JointJson::new),
            expectations: forecast.expectations.iter().map(ExpectationJson::new).collect(),
            contingency: ContingencyJson {
                p: share(forecast.confidence.value()),
                days: days(forecast.contingency.days),
                money: forecast.cost.as_ref().map(|_| money(forecast.contingency.money)),
                reserve_days: days(forecast.contingency.reserve_days),
                reserve_money: forecast.cost.as_ref().map(|_| money(forecast.contingency.reserve_money)),
            },
            merge_bias_days: forecast.merge_bias.map(|bias| days(bias.days)),
            merge_bias_interval: forecast.merge_bias.map(|bias| [days(bias.low), days(bias.high)]),
            capped: forecast.capped,
            milestones: forecast.milestones.iter().map(MilestoneJson::new).collect(),
            drivers: forecast
                .drivers
                .iter()
                .map(|driver| DriverJson {
                    name: &driver.name,
                    with_finish: share(driver.with_finish),
                    with_cost: share(driver.with_cost),
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct EventJson<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    probability: Option<f64>,
    seen: Option<f64>,
    ends: Option<&'static str>,
    solution: Option<&'a str>,
    fallback: Option<&'a str>,
}

impl<'a> EventJson<'a> {
    fn new(event: &'a Event) -> Self {
        let (ends, solution, fallback) = match &event.ends {
            None => (None, None, None),
            Some(Ending::Plan) => (Some("plan"), None, None),
            Some(Ending::Solution { solution, fallback }) => {
                let fallback = fallback.as_ref().map(|it| it.0.as_str());
                (Some("solution"), Some(solution.0.as_str()), fallback)
            }
        };
        Self {
            kind: match event.kind {
                EventKind::Risk => "risk",
                EventKind::TreatedRisk => "treated-risk",
                EventKind::Rework => "rework",
                EventKind::Branch => "branch",
                EventKind::Failure => "failure",
                EventKind::LastCheck => "last-check",
                EventKind::Metric => "metric",
                EventKind::Data => "data",
                EventKind::Technical => "technical",
            },
            id: &event.key,
            name: &event.name,
            probability: event.probability.map(share),
            seen: event.seen.map(share),
            ends,
            solution,
            fallback,
        }
    }
}

impl<'a> PlanJson<'a> {
    pub(super) fn new(plan: &'a PlanSummary) -> Self {
        Self {
            name: &plan.name,
            start: date(plan.start),
            currency: Some(plan.currency.as_str()).filter(|currency| !currency.is_empty()),
            milestones: plan.milestones,
        }
    }
}

impl FinishJson {
    fn new(finish: &TimeForecast) -> Self {
        let written = finish.deterministic;
        Self {
            deterministic: DeterministicJson {
                date: date(written.at.date),
                days: days(written.at.days),
                probability: share(written.chance.share),
            },
            mean_days: days(finish.mean_days),
            sd_days: days(finish.sd_days),
            percentiles: finish.percentiles.iter().map(TimePercentileJson::new).collect(),
        }
    }
}

impl TimePercentileJson {
    fn new(percentile: &TimePercentile) -> Self {
        Self {
            p: share(percentile.p),
            days: days(percentile.at.days),
            date: date(percentile.at.date),
            low_days: days(percentile.low.days),
            high_days: days(percentile.high.days),
        }
    }
}

impl<'a> CostJson<'a> {
    fn new(cost: &'a CostForecast) -> Self {
        Self {
            deterministic: money(cost.deterministic.value),
            probability: share(cost.deterministic.chance.share),
            mean: money(cost.mean),
            sd: money(cost.sd),
            percentiles: cost.percentiles.iter().map(MoneyPercentileJson::new).collect(),
            categories: cost.categories.iter().map(PartJson::new).collect(),
            stages: cost.stages.iter().map(PartJson::new).collect(),
            by_delivery: cost.by_delivery.iter().map(PartJson::new).collect(),
        }
    }
}

impl MoneyPercentileJson {
    fn new(percentile: &MoneyPercentile) -> Self {
        Self {
            p: share(percentile.p),
            value: money(percentile.value),
            low: money(percentile.low),
            high: money(percentile.high),
        }
    }
}

impl<'a> PartJson<'a> {
    fn new(part: &'a CostPart) -> Self {
        let interval = |percentile: &MoneyPercentile| [money(percentile.low), money(percentile.high)];
        Self {
            name: &part.key,
            title: &part.name,
            deterministic: money(part.deterministic),
            mean: money(part.mean),
            p50: money(part.p50.value),
            p80: money(part.p80.value),
            intervals: [interval(&part.p50), interval(&part.p80)],
        }
    }
}
