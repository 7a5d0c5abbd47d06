//! `[solution]`: ways to solve a problem.

use super::super::super::tree::Entry;
use super::super::estimate::Scale;
use super::super::fields::{Context, Fields, readable};
use super::super::resource::estimate;
use super::criterion::scores;
use super::evidence::{evidence, within_range};
use super::names::ScopeNames;
use super::numbers::{choice, share};
use super::value::{monitoring, readiness, value};
use crate::model::{DataKind, Metric, Solution, SolutionKind, System};
use crate::text::{Code, Diagnostic};

/// Reads one solution.
pub(super) fn solution(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    metrics: &[Metric],
    (entry, fields): (&Entry, &Fields<'_>),
) -> Solution {
    const KINDS: [SolutionKind; 4] =
        [SolutionKind::Model, SolutionKind::Rules, SolutionKind::Process, SolutionKind::Buy];
    let key = entry.key.name.to_string();
    context.text(fields, "note");
    let kind = choice(context, fields, "kind", &KINDS).unwrap_or_default();
    let metric = names.metrics.named(context, fields, "metric");
    let measured = metric.and_then(|id| metrics.get(id.index()));
    let system = choice(context, fields, "system", &[System::New, System::Existing]).unwrap_or_default();
    let p_technical = share(context, fields, "p_technical");
    if let (SolutionKind::Model, Some(node)) = (kind, fields.node("p_technical")) {
        let message = "how likely a model works comes from its evidence";
        let error = Diagnostic::new(Code::UnfitEvidence, node.span, message);
        context.say(
            error.help("`p_technical` is for what is no model: `kind = \"rules\"`, `\"process\"`, `\"buy\"`"),
        );
    }
    let evidence = evidence(context, fields, system);
    if let Some(metric) = measured {
        within_range(context, fields, &evidence, metric);
    }
    Solution {
        name: context.text(fields, "name").map_or_else(|| readable(&key), str::to_owned),
        key,
        problem: names.problems.named(context, fields, "problem"),
        kind,
        data_kind: choice(context, fields, "data_kind", &[DataKind::Structured, DataKind::Unstructured])
            .unwrap_or_default(),
        system,
        metric,
        group: context.text(fields, "group").map(str::to_owned),
        depends: names.solutions.listed(context, fields, "depends"),
        fallback: fallback(context, names, fields),
        iterations_80: fields
            .node("iterations_80")
            .and_then(|node| estimate(context, node, "solution", "iterations_80", Scale::Amount)),
        p_technical: p_technical.unwrap_or(1.0),
        evidence,
        scores: scores(context, names, fields),
        value: value(context, names, fields, measured),
        monitoring: monitoring(context, fields),
        readiness: readiness(context, fields),
    }
}

/// The fallback, unless a scenario removed it.
fn fallback(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    fields: &Fields<'_>,
) -> Option<crate::model::SolutionId> {
    let name = context.text(fields, "fallback")?;
    if names.solutions.removed(name).is_some() {
        return None;
    }
    names.solutions.named(context, fields, "fallback")
}
