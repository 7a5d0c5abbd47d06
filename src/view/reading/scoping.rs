//! Scoping in words: its terms, problems, metrics, factors and criteria.

use crate::model::{Direction, Goal, Metric, MetricKind, Plan, Problem, ValueFactor};
use crate::network::Network;
use crate::view::scoping::{value_of, written};
use crate::view::words::{date, last_moment, money, percent};

use super::Reading;
use super::estimate::{significant, trimmed, words};
use super::solution::solution_readings;

/// One thing of scoping with all that it says.
#[derive(Clone, Debug)]
pub struct Scoped {
    /// What it is: `solution`; for the terms themselves `scope`.
    pub kind: &'static str,
    /// Its key in the plan file; of the terms `scope`.
    pub key: String,
    /// What it says.
    pub said: Vec<Reading>,
}

/// All of scoping, in the order in which it is usually written; nothing in a plan without any.
pub fn scoping_readings(plan: &Plan, network: &Network) -> Vec<Scoped> {
    let scoping = &plan.scoping;
    let mut all = Vec::new();
    let mut add = |kind, key: &str, said| all.push(Scoped { kind, key: key.to_owned(), said });
    if scoping.terms.is_given || !scoping.solutions.is_empty() {
        add("scope", "scope", terms(plan));
    }
    scoping.problems.iter().for_each(|it| add("problem", &it.key, problem(plan, it)));
    scoping.metrics.iter().for_each(|it| add("metric", &it.key, metric(it)));
    scoping.factors.iter().for_each(|it| add("factor", &it.key, factor(plan, it)));
    let weights = scoping.criteria.pairwise.weights();
    for (criterion, weight) in scoping.criteria.all.iter().zip(&weights.weights) {
        let words = format!("weighs {} of all criteria, by their comparison in pairs", percent(*weight));
        add(
            "criterion",
            &criterion.key,
            vec![row("name", "", criterion.name.clone()), row("weight", "", words)],
        );
    }
    scoping.ids().for_each(|id| add("solution", &scoping[id].key, solution_readings(plan, network, id)));
    all
}

fn row(key: &str, written: impl Into<String>, words: impl Into<String>) -> Reading {
    Reading { key: key.to_owned(), written: written.into(), words: words.into() }
}

fn terms(plan: &Plan) -> Vec<Reading> {
    let it = &plan.scoping.terms;
    let mut said = vec![
        row(
            "horizon_months",
            written(it.horizon_months),
            "months from the plan's start in which value counts",
        ),
        row("discount_rate", percent(it.discount_rate), "a year, by which later money counts less"),
    ];
    let budget = it.budget.or(plan.budget).map(|budget| money(budget.0, &plan.currency));
    said.extend(budget.map(|budget| {
        let whose =
            if it.budget.is_some() { "to choose within" } else { "to choose within, the plan's budget" };
        row("budget", budget, whose)
    }));
    let deadline = it.deadline.or(plan.deadline).map(|by| date(last_moment(by.ends())));
    said.extend(deadline.map(|by| {
        let whose = if it.deadline.is_some() { "to launch by" } else { "to launch by, the plan's deadline" };
        row("deadline", by, whose)
    }));
    let goal = match it.goal {
        Goal::ExpectedValue => "the expected net present value",
        Goal::ChanceOfGain => "the chance of a gain",
        Goal::WorstTwentieth => "the mean of the worst twentieth",
    };
    said.extend([
        row("goal", "", format!("the choice makes {goal} largest")),
        row("min_p_feasible", percent(it.min_p_feasible), "what is less likely feasible is rejected"),
        row("overlap", percent(it.overlap), "of each other's value solutions of one problem take"),
        row("contingency", percent(it.contingency), "of the P50 cost is held in reserve at least"),
    ]);
    if it.problem_given {
        said.push(row("problem_given", "true", "the problem is given and need not be looked for"));
    }
    let tail = &it.tail;
    let overruns = if tail.is_off() {
        "efforts do not overrun".to_owned()
    } else {
        format!(
            "efforts run away with a chance of {}: × {} to × {}, with exponent {}; else they scatter by {}; durations \
             take that to the power {}",
            percent(tail.probability),
            trimmed(tail.from),
            trimmed(tail.cap),
            trimmed(tail.alpha),
            trimmed(tail.sigma),
            trimmed(tail.schedule_exponent)
        )
    };
    said.push(row("tail", "", overruns));
    said
}

fn problem(plan: &Plan, it: &Problem) -> Vec<Reading> {
    let scoping = &plan.scoping;
    let mut said = vec![row("name", "", it.name.clone())];
    said.extend(it.statement.clone().map(|words| row("statement", "", words)));
    said.extend(it.metric.map(|id| row("metric", scoping[id].key.clone(), "tells whether it is solved")));
    said.extend(
        it.parent.map(|id| row("parent", scoping[id].key.clone(), "the wider problem it is a part of")),
    );
    said.extend(it.asked.clone().map(|words| row("asked", "", words)));
    said.extend(it.priority.map(|at| row("priority", at.to_string(), "1 matters most")));
    if scoping.is_vague(it) {
        said.push(row("vague", "", "no metric with a baseline and a target tells whether it is solved"));
    }
    said
}

fn metric(it: &Metric) -> Vec<Reading> {
    let kind = match it.kind {
        MetricKind::Model => ("ml", "of a model"),
        MetricKind::Software => ("software", "of a running system"),
        MetricKind::Business => ("business", "of the business"),
    };
    let direction = match it.direction {
        Direction::Up => ("up", "higher is better"),
        Direction::Down => ("down", "lower is better"),
    };
    let mut said = vec![
        row("name", "", it.name.clone()),
        row("kind", kind.0, kind.1),
        row("direction", direction.0, direction.1),
    ];
    said.extend(it.unit.clone().map(|unit| row("unit", unit, "what it is counted in")));
    said.push(row("range", "", range(it)));
    let shown = |value| value_of(it, value);
    for (key, value, words) in [
        ("ceiling", it.ceiling, "the best value to count with"),
        ("baseline", it.baseline, "its value today"),
        ("minimum", it.minimum, "the least that is worth a launch"),
        ("target", it.target, "the value wanted"),
    ] {
        said.extend(value.map(|value| row(key, shown(value), words)));
    }
    said
}

/// `from 0 to 1`, `0 or more`
fn range(it: &Metric) -> String {
    let (low, high) = it.range;
    match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("from {} to {}", written(low), written(high)),
        (true, false) => format!("{} or more", written(low)),
        (false, true) => format!("at most {}", written(high)),
        (false, false) => "any number".to_owned(),
    }
}

fn factor(plan: &Plan, it: &ValueFactor) -> Vec<Reading> {
    let unit = it.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    let show = |value: f64| format!("{}{unit}", significant(value));
    let read = words(plan, &it.value, &show);
    let written = it.value.written.to_string();
    vec![
        row("name", "", it.name.clone()),
        row("value", written, format!("{read}; one draw wherever it is named")),
    ]
}
