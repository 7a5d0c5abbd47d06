//! `evidence` of a solution.

use super::super::super::tree::Value;
use super::super::estimate::Scale;
use super::super::fields::{Context, Fields};
use super::super::resource::estimate;
use super::history::history;
use super::names::inner;
use super::numbers::{ABOVE_ZERO, ANY, FROM_ONE, choice, flag, number, numbers, share};
use crate::model::{
    Benchmark, Evidence, Features, HumanLevel, Metric, Pilot, Predictive, Similarity, SourceTerms, System,
};
use crate::text::{Code, Diagnostic};

/// How many items people were measured on, where it is not said.
const USUAL_ITEMS: f64 = 100.0;
/// How much of what a feature knows others know already, where it is not said.
const USUAL_REDUNDANCY: f64 = 0.4;

/// Reads the evidence of a solution.
pub(super) fn evidence(context: &mut Context<'_>, solution: &Fields<'_>, system: System) -> Evidence {
    let Some(fields) = inner(context, solution, "evidence") else { return Evidence::default() };
    if let (System::New, Some(node)) = (system, fields.node("history")) {
        let error = Diagnostic::new(Code::UnfitEvidence, node.span, "a new system has no history");
        context.say(error.help("say `system = \"existing\"`, or that its first results are a `pilot`"));
    }
    Evidence {
        history: history(context, &fields),
        hlp: hlp(context, &fields),
        benchmarks: benchmarks(context, &fields),
        features: features(context, &fields),
        pilot: pilot(context, &fields),
        hard_ceiling: number(context, &fields, "hard_ceiling", ANY),
        data_ready: flag(context, &fields, "data_ready"),
    }
}

/// Says which values of a solution's evidence its metric can't have.
pub(super) fn within_range(
    context: &mut Context<'_>,
    solution: &Fields<'_>,
    evidence: &Evidence,
    metric: &Metric,
) {
    let Some(node) = solution.node("evidence") else { return };
    let Value::Table(table) = &node.value else { return };
    let fields = Fields { kind: "evidence", table, defaults: None, span: node.span };
    let history = evidence.history.iter().flat_map(|it| &it.points).map(|point| ("history", point.value));
    let benchmarks = evidence.benchmarks.iter().map(|it| ("benchmark", it.value));
    let single = [
        ("hlp", evidence.hlp.map(|it| it.value)),
        ("pilot", evidence.pilot.map(|it| it.value)),
        ("hard_ceiling", evidence.hard_ceiling),
    ];
    let single = single.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let (low, high) = metric.range;
    for (key, value) in history.chain(benchmarks).chain(single) {
        if low <= value && value <= high {
            continue;
        }
        let place = fields.node(key).map_or(node.span, |node| node.span);
        let message = format!("{value} lies outside the range {low} to {high} of `{}`", metric.key);
        let error = Diagnostic::new(Code::OutOfRange, place, message);
        context.say(error.help(format!("say where it lies: `range` below `[metric.{}]`", metric.key)));
    }
}

fn source_terms(context: &mut Context<'_>, fields: &Fields<'_>) -> SourceTerms {
    SourceTerms {
        shift: number(context, fields, "shift", ANY),
        spread: number(context, fields, "spread", ABOVE_ZERO),
    }
}

/// The value that a source of evidence can't do without.
fn value(context: &mut Context<'_>, fields: &Fields<'_>) -> Option<f64> {
    if !fields.has("value") && !context.has_strangers(fields) {
        let error = Diagnostic::new(Code::MissingKey, fields.span, "this evidence has no `value`");
        context.say(error.help("the metric that was reached, like `value = 0.92`"));
    }
    number(context, fields, "value", ANY)
}

fn hlp(context: &mut Context<'_>, evidence: &Fields<'_>) -> Option<HumanLevel> {
    let fields = inner(context, evidence, "hlp")?;
    let items = number(context, &fields, "n", FROM_ONE).unwrap_or(USUAL_ITEMS);
    let same_data = flag(context, &fields, "same_data").unwrap_or(true);
    let terms = source_terms(context, &fields);
    Some(HumanLevel { value: value(context, &fields)?, items, same_data, terms })
}

fn benchmarks(context: &mut Context<'_>, evidence: &Fields<'_>) -> Vec<Benchmark> {
    const SIMILARITIES: [Similarity; 3] = [Similarity::Same, Similarity::Similar, Similarity::Distant];
    let Some(node) = evidence.node("benchmark") else { return Vec::new() };
    let Some(table) = node.value.as_table() else {
        context.wrong_type("evidence", "benchmark", node);
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in table.entries().iter().filter(|entry| entry.removed.is_none()) {
        let Value::Table(table) = &entry.node.value else {
            context.not(
                &entry.key.name,
                "a table like `{ value = 0.83, similarity = \"similar\" }`",
                &entry.node,
            );
            continue;
        };
        let fields = Fields { kind: "benchmark", table, defaults: None, span: entry.key.span };
        context.check_keys(&fields);
        let (source, architecture) = (
            context.text(&fields, "source").map(str::to_owned),
            context.text(&fields, "architecture").map(str::to_owned),
        );
        let similarity = choice(context, &fields, "similarity", &SIMILARITIES).unwrap_or(Similarity::Similar);
        let terms = source_terms(context, &fields);
        let key = entry.key.name.to_string();
        found.extend(value(context, &fields).map(|value| Benchmark {
            key,
            source,
            architecture,
            value,
            similarity,
            terms,
        }));
    }
    found
}

fn features(context: &mut Context<'_>, evidence: &Fields<'_>) -> Option<Features> {
    let fields = inner(context, evidence, "features")?;
    let mut single = |key: &'static str| {
        let node = fields.node(key)?;
        let items = context.items(&fields, key);
        let found = numbers(context, "features", key, items)?;
        if !found.is_empty() && found.iter().all(|one| (0.0..=1.0).contains(one)) {
            return Some(found);
        }
        let message = format!("`{key}` is a list of numbers from 0 to 1");
        context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
        None
    };
    let (auc, r2) = (single("auc"), single("r2"));
    if let (Some(auc), Some(r2)) = (fields.node("auc"), fields.node("r2")) {
        let message = "`auc` and `r2` both say how well single features do";
        let error = Diagnostic::new(Code::ConflictingKeys, r2.span, message);
        context.say(
            error.related(auc.span, "said here").help("`auc` is for classes, `r2` for numbers: keep one"),
        );
    }
    let new = context.texts(&fields, "new").into_iter().map(|(text, _)| text.to_owned()).collect();
    let gap_reduction = fields
        .node("gap_reduction")
        .and_then(|node| estimate(context, node, "features", "gap_reduction", Scale::Share));
    if let (Some(reduction), Some(node)) = (&gap_reduction, fields.node("gap_reduction"))
        && reduction.distribution.highest() >= 1.0
    {
        let message = "features can't remove all of the remaining gap";
        context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
    }
    Some(Features {
        single: auc.map(Predictive::Auc).or(r2.map(Predictive::R2)),
        redundancy: share(context, &fields, "redundancy").unwrap_or(USUAL_REDUNDANCY),
        new,
        gap_reduction,
        terms: source_terms(context, &fields),
    })
}

fn pilot(context: &mut Context<'_>, evidence: &Fields<'_>) -> Option<Pilot> {
    let fields = inner(context, evidence, "pilot")?;
    let items = number(context, &fields, "n", FROM_ONE);
    let terms = source_terms(context, &fields);
    Some(Pilot { value: value(context, &fields)?, items, terms })
}
