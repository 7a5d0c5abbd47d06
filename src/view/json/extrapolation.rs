//! `plan.extrapolation/1`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::scope::{Extrapolation, LEVELS};
use crate::view::scoping::remark;

use super::{document, rounded, share};

/// Whether a metric will get to its target, as JSON. Chances are 0 to 1, values in the metric's unit.
pub fn extrapolation(it: &Extrapolation) -> String {
    let levels = LEVELS.iter().zip(it.at_limit);
    let at_limit: Map<String, Value> =
        levels.map(|(level, value)| (format!("p{:02.0}", level * 100.0), json!(metric(value)))).collect();
    document(&ExtrapolationJson {
        schema: "plan.extrapolation/1",
        name: &it.asked.name,
        unit: &it.asked.unit,
        target: it.asked.target,
        limit: it.limit,
        p_curve: share(it.p_curve),
        p_target: share(it.p_target),
        p_ever: share(it.p_ever),
        p_now: share(it.p_now),
        verdict: it.verdict.words(),
        metric_at_limit: at_limit,
        within_reach: it.promises.iter().map(|one| (one.chance, one.value).into()).collect(),
        chances: it
            .chances
            .iter()
            .map(|&(effort, chance)| ChanceJson { effort, p_target: share(chance) })
            .collect(),
        families: FamiliesJson {
            exponential: share(it.families[0]),
            power: share(it.families[1]),
            hill: share(it.families[2]),
        },
        mean_floor: share(it.mean_floor),
        points: it.asked.measured.iter().map(|one| [one.effort, one.value]).collect(),
        remarks: it.remarks.iter().map(|one| remark(*one)).collect(),
    })
}

#[derive(Serialize)]
struct ExtrapolationJson<'a> {
    schema: &'static str,
    name: &'a str,
    unit: &'a str,
    target: f64,
    limit: f64,
    p_curve: f64,
    p_target: f64,
    p_ever: f64,
    p_now: f64,
    verdict: &'static str,
    metric_at_limit: Map<String, Value>,
    within_reach: Vec<PromiseJson>,
    chances: Vec<ChanceJson>,
    families: FamiliesJson,
    mean_floor: f64,
    points: Vec<[f64; 2]>,
    remarks: Vec<&'static str>,
}

#[derive(Serialize)]
struct PromiseJson {
    chance: f64,
    value: f64,
}

impl From<(f64, f64)> for PromiseJson {
    fn from((chance, value): (f64, f64)) -> Self {
        Self { chance, value: metric(value) }
    }
}

#[derive(Serialize)]
struct ChanceJson {
    effort: f64,
    p_target: f64,
}

#[derive(Serialize)]
struct FamiliesJson {
    exponential: f64,
    power: f64,
    hill: f64,
}

/// A metric to a billionth.
fn metric(value: f64) -> f64 {
    rounded(value, 1e9)
}
