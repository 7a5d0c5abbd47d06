//! `plan.scope-sequences/1`.

use serde::Serialize;

use crate::scope::{Sequence, Sequences};

use super::{document, money, share};

/// Orders in which solutions of a group are tried, as JSON.
pub fn sequences(answer: &Sequences) -> String {
    document(&SequencesJson {
        schema: "plan.scope-sequences/1",
        plan: &answer.plan,
        currency: &answer.currency,
        iterations: answer.iterations,
        seed: answer.seed,
        groups: answer
            .groups
            .iter()
            .map(|it| GroupJson {
                id: &it.group,
                members: it.members,
                sequences: it.sequences.iter().map(SequenceJson::new).collect(),
            })
            .collect(),
    })
}

#[derive(Serialize)]
struct SequencesJson<'a> {
    schema: &'static str,
    plan: &'a str,
    currency: &'a str,
    iterations: usize,
    seed: u64,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    id: &'a str,
    members: usize,
    sequences: Vec<SequenceJson<'a>>,
}

#[derive(Serialize)]
struct SequenceJson<'a> {
    solutions: &'a [String],
    p_launch: f64,
    cost_p80: f64,
    enpv: f64,
    enpv_error: f64,
    npv_p05: f64,
    npv_p95: f64,
    p_gain: f64,
    worst_twentieth: f64,
}

impl<'a> SequenceJson<'a> {
    fn new(it: &'a Sequence) -> Self {
        Self {
            solutions: &it.keys,
            p_launch: share(it.p_launch),
            cost_p80: money(it.p80_cost),
            enpv: money(it.worths.expected),
            enpv_error: money(it.worths.error),
            npv_p05: money(it.worths.p05),
            npv_p95: money(it.worths.p95),
            p_gain: share(it.worths.p_gain),
            worst_twentieth: money(it.worths.worst_twentieth),
        }
    }
}
