//! `plan.replay/1`.

use serde::Serialize;

use crate::forecast::{DrawUnit, Rank, Replay, ReplayDraw, ReplayRisk, ReplayVisit};

use super::simulation::PlanJson;
use super::{PointJson, days, document, money, share};

/// One iteration as JSON.
pub fn replay(replay: &Replay) -> String {
    let amounts = |list: &'_ [(String, f64)]| -> Vec<AmountJson> {
        list.iter().map(|(name, value)| AmountJson { name: name.clone(), value: money(*value) }).collect()
    };
    document(&ReplayJson {
        schema: "plan.replay/1",
        plan: PlanJson::new(&replay.plan),
        scenario: replay.plan.scenario.as_deref(),
        iteration: replay.number,
        iterations: replay.iterations,
        seed: replay.seed,
        delivered: replay.failure.is_none(),
        finish: PointJson::new(replay.finish),
        finish_rank: replay.finish_rank.map(RankJson::new),
        cost: replay.cost.map(|(cost, _)| money(cost)),
        cost_rank: replay.cost.map(|(_, rank)| RankJson::new(rank)),
        failure: replay.failure.as_ref().map(|it| FailureJson {
            id: &it.key,
            name: &it.name,
            at: PointJson::new(it.at),
        }),
        driving_path: steps(&replay.path),
        visits: replay.visits.iter().map(VisitJson::new).collect(),
        risks: replay.risks.iter().map(RiskJson::new).collect(),
        outcomes: replay
            .outcomes
            .iter()
            .map(|(id, name, outcome)| OutcomeJson { id, name, outcome })
            .collect(),
        rework: replay
            .rework
            .iter()
            .map(|(id, name, repeats)| ReworkJson { id, name, repeats: *repeats })
            .collect(),
        shared: replay.shared.iter().map(DrawJson::new).collect(),
        categories: amounts(&replay.categories),
        stages: amounts(&replay.stages),
    })
}

#[derive(Serialize)]
struct ReplayJson<'a> {
    schema: &'static str,
    plan: PlanJson<'a>,
    scenario: Option<&'a str>,
    iteration: usize,
    iterations: usize,
    seed: u64,
    delivered: bool,
    finish: PointJson,
    finish_rank: Option<RankJson>,
    cost: Option<f64>,
    cost_rank: Option<RankJson>,
    failure: Option<FailureJson<'a>>,
    driving_path: Vec<StepJson<'a>>,
    visits: Vec<VisitJson<'a>>,
    risks: Vec<RiskJson<'a>>,
    outcomes: Vec<OutcomeJson<'a>>,
    rework: Vec<ReworkJson<'a>>,
    shared: Vec<DrawJson<'a>>,
    categories: Vec<AmountJson>,
    stages: Vec<AmountJson>,
}

#[derive(Serialize)]
struct RankJson {
    rank: usize,
    of: usize,
}

impl RankJson {
    fn new(Rank { rank, of }: Rank) -> Self {
        Self { rank, of }
    }
}

#[derive(Serialize)]
struct FailureJson<'a> {
    id: &'a str,
    name: &'a str,
    at: PointJson,
}

#[derive(Serialize)]
struct StepJson<'a> {
    id: &'a str,
    repeat: u32,
}

fn steps(path: &[(String, u32)]) -> Vec<StepJson<'_>> {
    path.iter().map(|(id, repeat)| StepJson { id, repeat: *repeat }).collect()
}

#[derive(Serialize)]
struct VisitJson<'a> {
    id: &'a str,
    name: &'a str,
    repeat: u32,
    start: PointJson,
    finish: PointJson,
    span_days: f64,
    critical: bool,
    cost: f64,
    draws: Vec<DrawJson<'a>>,
}

impl<'a> VisitJson<'a> {
    fn new(it: &'a ReplayVisit) -> Self {
        Self {
            id: &it.key,
            name: &it.name,
            repeat: it.repeat,
            start: PointJson::new(it.start),
            finish: PointJson::new(it.finish),
            span_days: days(it.span_days),
            critical: it.critical,
            cost: money(it.cost),
            draws: it.draws.iter().map(DrawJson::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct DrawJson<'a> {
    name: &'a str,
    value: f64,
    unit: &'static str,
    percentile: f64,
}

impl<'a> DrawJson<'a> {
    fn new(draw: &'a ReplayDraw) -> Self {
        let unit = match draw.unit {
            DrawUnit::Days => "days",
            DrawUnit::Money => "money",
            DrawUnit::Number => "number",
        };
        Self { name: &draw.name, value: share(draw.value), unit, percentile: share(draw.percentile) }
    }
}

#[derive(Serialize)]
struct RiskJson<'a> {
    id: &'a str,
    name: &'a str,
    strikes: Vec<StepJson<'a>>,
    draws: Vec<DrawJson<'a>>,
}

impl<'a> RiskJson<'a> {
    fn new(risk: &'a ReplayRisk) -> Self {
        Self {
            id: &risk.key,
            name: &risk.name,
            strikes: steps(&risk.strikes),
            draws: risk.draws.iter().map(DrawJson::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct OutcomeJson<'a> {
    id: &'a str,
    name: &'a str,
    outcome: &'a str,
}

#[derive(Serialize)]
struct ReworkJson<'a> {
    id: &'a str,
    name: &'a str,
    repeats: usize,
}

#[derive(Serialize)]
struct AmountJson {
    name: String,
    value: f64,
}
