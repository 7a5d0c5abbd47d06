//! `plan.optimisation/1`.

use serde::Serialize;

use crate::forecast::{Candidate, Method, Optimisation, Picked};

use super::simulation::PlanJson;
use super::{PointJson, days, document, money, share};

/// The choices as JSON.
pub fn optimisation(answer: &Optimisation) -> String {
    let (method, tried) = match answer.method {
        Method::Exact => ("exact", None),
        Method::Exhaustive(all) => ("exhaustive", Some(all)),
        Method::Searched(some) => ("search", Some(some)),
    };
    document(&OptimisationJson {
        schema: "plan.optimisation/1",
        plan: PlanJson::new(&answer.plan),
        scenario: answer.plan.scenario.as_deref(),
        iterations: answer.iterations,
        seed: answer.seed,
        sampling: answer.sampling,
        confidence: share(answer.confidence.value()),
        by: PointJson::new(answer.by),
        within: answer.within.map(money),
        method,
        tried,
        given: CandidateJson::new(&answer.given),
        best: answer.best.as_ref().map(CandidateJson::new),
        frontier: answer.frontier.iter().map(CandidateJson::new).collect(),
    })
}

#[derive(Serialize)]
struct OptimisationJson<'a> {
    schema: &'static str,
    plan: PlanJson<'a>,
    scenario: Option<&'a str>,
    iterations: usize,
    seed: u64,
    sampling: &'a str,
    confidence: f64,
    by: PointJson,
    within: Option<f64>,
    method: &'static str,
    tried: Option<usize>,
    given: CandidateJson<'a>,
    best: Option<CandidateJson<'a>>,
    frontier: Vec<CandidateJson<'a>>,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    finish: Option<PointJson>,
    finish_interval: Option<[f64; 2]>,
    mean_cost: f64,
    mean_cost_interval: [f64; 2],
    cost: f64,
    probability: f64,
    probability_interval: [f64; 2],
    meets: bool,
    choices: Vec<PickedJson<'a>>,
    patch: &'a [String],
}

#[derive(Serialize)]
struct PickedJson<'a> {
    id: &'a str,
    name: &'a str,
    option: Option<&'a str>,
    crashed_days: f64,
}

impl<'a> CandidateJson<'a> {
    fn new(candidate: &'a Candidate) -> Self {
        let choice = |picked: &'a Picked| PickedJson {
            id: &picked.key,
            name: &picked.name,
            option: picked.option.as_ref().map(|(key, _)| key.as_str()),
            crashed_days: days(picked.crashed_days),
        };
        Self {
            finish: candidate.finish.map(|it| PointJson::new(it.at)),
            finish_interval: candidate.finish.map(|it| [days(it.low.days), days(it.high.days)]),
            mean_cost: money(candidate.cost.mean),
            mean_cost_interval: [money(candidate.cost.low), money(candidate.cost.high)],
            cost: money(candidate.cost.headline),
            probability: share(candidate.chance.share),
            probability_interval: [share(candidate.chance.low), share(candidate.chance.high)],
            meets: candidate.meets,
            choices: candidate.picks.iter().map(choice).collect(),
            patch: &candidate.patch,
        }
    }
}
