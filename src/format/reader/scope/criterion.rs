//! `[criterion]`: what solutions are judged by besides money, and how important each is.

use super::super::super::literal;
use super::super::super::tree::Value;
use super::super::fields::{Context, Fields, readable};
use super::names::ScopeNames;
use crate::model::{Criteria, Criterion, CriterionId};
use crate::stats::pairwise::{MOST, Pairwise};
use crate::text::{Code, Diagnostic, Span};

/// The best score.
const BEST: f64 = 10.0;

/// Reads all criteria; of too many none is believed.
pub(super) fn criteria(context: &mut Context<'_>, names: &ScopeNames<'_>) -> Criteria {
    let rows = &names.criteria.rows;
    let criterion = |context: &mut Context<'_>, key: &str, fields: &Fields<'_>| {
        context.text(fields, "note");
        let name = context.text(fields, "name").map_or_else(|| readable(key), str::to_owned);
        Criterion { key: key.to_owned(), name }
    };
    let all: Vec<Criterion> =
        rows.iter().map(|(entry, fields)| criterion(context, &entry.key.name, fields)).collect();
    if let Some((_, first)) = rows.get(MOST) {
        let message = format!("{} criteria, more than {MOST}: nobody compares so many in pairs", rows.len());
        let error = Diagnostic::new(Code::OutOfRange, first.span, message);
        context.say(error.help("join some of them, or leave the least important out"));
        return Criteria::default();
    }
    let mut said: Vec<(usize, usize, f64, Span)> = Vec::new();
    for (one, (_, fields)) in rows.iter().enumerate() {
        for (other, ratio, place) in by_criterion(context, names, fields, "over") {
            said.push((one, other.index(), ratio, place));
        }
    }
    let pairwise = compared(context, &all, &said);
    missing_pair(context, names, &all, &said);
    Criteria { all, pairwise }
}

/// The matrix of what is said; what can't be is said, and left out.
fn compared(context: &mut Context<'_>, all: &[Criterion], said: &[(usize, usize, f64, Span)]) -> Pairwise {
    let mut pairwise = Pairwise::equal(all.len());
    for (at, &(one, other, ratio, place)) in said.iter().enumerate() {
        let error = |code: Code, message: String| Diagnostic::new(code, place, message);
        if one == other {
            let message = format!("`{}` is compared with itself", all[one].key);
            context.say(error(Code::OutOfRange, message).help("name another criterion"));
        } else if !(1.0 / 9.0 - 1e-9..=9.0).contains(&ratio) {
            let error = error(Code::OutOfRange, format!("{ratio} times as important is not from 1/9 to 9"));
            context.say(
                error.help("1: as important, 3: more, 5: much more, 7: very much more, 9: beyond doubt"),
            );
        } else if let Some(earlier) = said[..at].iter().find(|it| (it.0, it.1) == (other, one)) {
            let message = format!("`{}` and `{}` are compared twice", all[one].key, all[other].key);
            context.say(error(Code::ConflictingKeys, message).related(earlier.3, "here the other way round"));
        } else {
            pairwise.compare(one, other, ratio);
        }
    }
    pairwise
}

/// Says which two criteria nothing compares.
fn missing_pair(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    all: &[Criterion],
    said: &[(usize, usize, f64, Span)],
) {
    let is_said =
        |one: usize, other: usize| said.iter().any(|it| [(one, other), (other, one)].contains(&(it.0, it.1)));
    for one in 0..all.len() {
        let (_, fields) = &names.criteria.rows[one];
        // What is misspelt there may be the one that is missing.
        let rows = &names.criteria.rows;
        let is_unclear = |context: &Context<'_>, at: usize| context.has_strangers(&rows[at].1);
        if let Some(other) = (one + 1..all.len()).find(|&other| !is_said(one, other))
            && !is_unclear(context, one)
            && !is_unclear(context, other)
        {
            let (one, other) = (&all[one].key, &all[other].key);
            let message = format!("nothing says how important `{one}` is beside `{other}`");
            let error = Diagnostic::new(Code::MissingKey, fields.span, message);
            context.say(
                error.help(format!("like `over.{other} = 3`: three times as important; 1: as important")),
            );
        }
    }
}

/// The scores of a solution by criterion, 0 to 10; nothing for what is not scored.
pub(super) fn scores(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    solution: &Fields<'_>,
) -> Vec<Option<f64>> {
    let mut scores = vec![None; names.criteria.rows.len()];
    for (id, score, place) in by_criterion(context, names, solution, "scores") {
        if (0.0..=BEST).contains(&score) {
            scores[id.index()] = Some(score);
        } else {
            let message = format!("a score is a number from 0 to {BEST}, not {score}");
            context.say(Diagnostic::new(Code::OutOfRange, place, message));
        }
    }
    scores
}

/// Numbers by criterion, without those of criteria that a scenario removed.
fn by_criterion(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    fields: &Fields<'_>,
    key: &'static str,
) -> Vec<(CriterionId, f64, Span)> {
    let Some(node) = fields.node(key) else { return Vec::new() };
    let Value::Table(table) = &node.value else {
        context.wrong_type(fields.kind, key, node);
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in table.entries().iter().filter(|entry| entry.removed.is_none()) {
        let name = &*entry.key.name;
        if names.criteria.removed(name).is_some() {
            continue;
        }
        let number = context.number(&entry.node, fields.kind, key, literal::number);
        if let (Some(id), Some(number)) = (names.criteria.find(context, name, entry.key.span), number) {
            found.push((id, number, entry.node.span));
        }
    }
    found
}
