//! Scoping: `[scope]`, `[problem]`, `[metric]`, `[factor]`, `[solution]`, and what milestones and risks say of
//! solutions.

mod criterion;
mod cycles;
mod evidence;
mod history;
mod improve;
pub(super) mod keys;
mod metric;
mod names;
mod numbers;
mod solution;
mod terms;
mod value;

use super::super::tree::Table;
use super::fields::{Context, Fields};
use super::roster::Roster;
use crate::model::{Metric, Scoping, SolutionEnd, SolutionId};
use crate::text::{Code, Diagnostic};
use crate::units::{Money, When};

pub(super) use improve::{check_improves, improve};
pub(super) use names::ScopeNames;

/// Reads all of it.
pub(super) fn scoping(
    context: &mut Context<'_>,
    tree: &Table,
    names: &ScopeNames<'_>,
    of_plan: (Option<Money>, Option<When>),
) -> Scoping {
    let terms = terms::terms(context, tree, of_plan);
    let mut problems: Vec<_> = names
        .problems
        .rows
        .iter()
        .map(|(entry, fields)| metric::problem(context, names, entry, fields))
        .collect();
    let metrics: Vec<_> =
        names.metrics.rows.iter().map(|(entry, fields)| metric::metric(context, entry, fields)).collect();
    let factors: Vec<_> =
        names.factors.rows.iter().map(|(entry, fields)| metric::factor(context, entry, fields)).collect();
    let criteria = criterion::criteria(context, names);
    let mut solutions = Vec::with_capacity(names.solutions.rows.len());
    for (entry, fields) in &names.solutions.rows {
        let solution = solution::solution(context, names, &metrics, (entry, fields));
        if let Some(metric) = solution.metric {
            open_range(context, fields, &metrics[metric.index()]);
        }
        solutions.push(solution);
    }
    let problem_rows: Vec<Fields<'_>> = names.problems.rows.iter().map(|(_, fields)| *fields).collect();
    let solution_rows: Vec<Fields<'_>> = names.solutions.rows.iter().map(|(_, fields)| *fields).collect();
    cycles::open_parents(context, &problem_rows, &mut problems);
    cycles::open_solutions(context, &solution_rows, &mut solutions);
    Scoping { terms, problems, metrics, factors, criteria, solutions }
}

/// Says that nothing tells how good the metric of a solution can become.
fn open_range(context: &mut Context<'_>, solution: &Fields<'_>, metric: &Metric) {
    if metric.best().is_some() {
        return;
    }
    let place = solution.node("metric").map_or(solution.span, |node| node.span);
    let message = format!("nothing says how good `{}` can become", metric.key);
    let error = Diagnostic::new(Code::OpenRange, place, message);
    context.say(error.help(format!("give it a `range` or a `ceiling` below `[metric.{}]`", metric.key)));
}

/// The solution that a milestone belongs to, unless a scenario removed it.
pub(super) fn solution_of(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    milestone: &Fields<'_>,
) -> Option<SolutionId> {
    let name = context.text(milestone, "solution")?;
    if names.solutions.removed(name).is_some() {
        return None;
    }
    names.solutions.named(context, milestone, "solution")
}

/// How a risk ends a solution.
pub(super) fn end(context: &mut Context<'_>, roster: &Roster<'_>, risk: &Fields<'_>) -> Option<SolutionEnd> {
    let (veto, cleared) = (context.flag(risk, "veto"), context.flag(risk, "cleared"));
    if !risk.has("solution") {
        for key in ["resolved_by", "veto", "cleared"] {
            if let Some(node) = risk.node(key) {
                let message = format!("`{key}` speaks of a solution, and none is named");
                let error = Diagnostic::new(Code::MissingKey, node.span, message);
                context.say(error.help("name the one that fails where this happens: `solution = \"…\"`"));
            }
        }
        return None;
    }
    let name = context.text(risk, "solution")?;
    if roster.scope.solutions.removed(name).is_some() {
        return None;
    }
    let solution = roster.scope.solutions.named(context, risk, "solution")?;
    let Some(node) = risk.node("resolved_by") else {
        let message = format!("nothing says when it is known whether `{name}` fails");
        let error = Diagnostic::new(Code::MissingKey, risk.span, message);
        if !risk.has("resolved_by") && !context.has_strangers(risk) {
            context.say(error.help("name the milestone of it that settles it: `resolved_by = \"…\"`"));
        }
        return None;
    };
    let milestone = context.text(risk, "resolved_by")?;
    let resolved_by = roster.milestone(context, milestone, node.span)?;
    if roster.solution_name(resolved_by) != Some(name) {
        let message = format!("`{milestone}` is no milestone of `{name}`");
        let error = Diagnostic::new(Code::UnknownMilestone, node.span, message);
        context.say(error.help(format!("a risk of `{name}` is settled by one of its milestones")));
        return None;
    }
    Some(SolutionEnd { solution, resolved_by, veto, cleared })
}
