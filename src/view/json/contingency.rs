//! `plan.contingency/1`.

use serde::Serialize;

use crate::forecast::{Allotted, ContingencyReport};

use super::simulation::PlanJson;
use super::{PointJson, days, document, money, share};

/// Contingency and reserve as JSON.
pub fn contingency(report: &ContingencyReport) -> String {
    let (time, cost) = (&report.time, report.money.as_ref());
    document(&ContingencyJson {
        schema: "plan.contingency/1",
        plan: PlanJson::new(&report.plan),
        scenario: report.plan.scenario.as_deref(),
        iterations: report.iterations,
        seed: report.seed,
        sampling: report.sampling,
        p: share(report.confidence.value()),
        time: TimeJson {
            base: PointJson::new(time.base),
            headline: PointJson::new(time.headline.at),
            headline_interval: [days(time.headline.low.days), days(time.headline.high.days)],
            contingency_days: days(time.contingency),
            reserve_days: days(time.reserve),
            runs: report.time_runs,
            parts: time.parts.iter().map(|part| PartJson::new(part, days)).collect(),
        },
        money: cost.map(|it| MoneyJson {
            base: money(it.base),
            headline: money(it.headline.value),
            headline_interval: [money(it.headline.low), money(it.headline.high)],
            contingency: money(it.contingency),
            reserve: money(it.reserve),
            runs: report.money_runs,
            parts: it.parts.iter().map(|part| PartJson::new(part, money)).collect(),
        }),
    })
}

#[derive(Serialize)]
struct ContingencyJson<'a> {
    schema: &'static str,
    plan: PlanJson<'a>,
    scenario: Option<&'a str>,
    iterations: usize,
    seed: u64,
    sampling: &'a str,
    p: f64,
    time: TimeJson<'a>,
    money: Option<MoneyJson<'a>>,
}

#[derive(Serialize)]
struct TimeJson<'a> {
    base: PointJson,
    headline: PointJson,
    headline_interval: [f64; 2],
    contingency_days: f64,
    reserve_days: f64,
    runs: usize,
    parts: Vec<PartJson<'a>>,
}

#[derive(Serialize)]
struct MoneyJson<'a> {
    base: f64,
    headline: f64,
    headline_interval: [f64; 2],
    contingency: f64,
    reserve: f64,
    runs: usize,
    parts: Vec<PartJson<'a>>,
}

#[derive(Serialize)]
struct PartJson<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    base: f64,
    amount: f64,
}

impl<'a> PartJson<'a> {
    fn new(part: &'a Allotted, rounded: fn(f64) -> f64) -> Self {
        Self {
            kind: part.kind.word(),
            id: &part.key,
            name: &part.name,
            base: rounded(part.base),
            amount: rounded(part.amount),
        }
    }
}
