//! `outcomes`, `success` and `only_if`: how a milestone may turn out, and whether it exists.

use super::super::literal::{self, WrittenOnlyIf};
use super::super::tree::{Node, Value};
use super::expect::{Measures, Sentence};
use super::fields::{Context, Fields};
use crate::model::{MilestoneId, OnlyIf, Outcome};
use crate::text::{Code, Diagnostic, Span};

/// The word for what the other outcomes leave.
const REST: &str = "rest";
/// How far the shares of all outcomes may be from 1.
const ROUNDING: f64 = 1e-9;

/// Reads `outcomes` of a milestone.
pub(super) fn outcomes(context: &mut Context<'_>, own: &Fields<'_>) -> Vec<Outcome> {
    let Some(node) = own.node("outcomes") else { return Vec::new() };
    let Some(table) = node.value.as_table() else {
        context.wrong_type(own.kind, "outcomes", node);
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut rest: Option<(usize, Span)> = None;
    let mut is_sound = true;
    for entry in table.entries() {
        let key = entry.key.name.to_string();
        if let Err(slip) = literal::id(&key) {
            context.say(slip.at(entry.key.span, key.len()));
            is_sound = false;
        }
        let share = match (&entry.node.value, rest) {
            (Value::Text(text), None) if text.trim() == REST => {
                rest = Some((found.len(), entry.node.span));
                Some(0.0)
            }
            (Value::Text(text), Some((_, first))) if text.trim() == REST => {
                let message = "only one outcome can be the rest of the others";
                let error = Diagnostic::new(Code::ConflictingKeys, entry.node.span, message);
                context.say(error.related(first, "the rest is here"));
                None
            }
            _ => context.share(&entry.node, own.kind, "outcomes"),
        };
        is_sound &= share.is_some();
        found.push(Outcome { key, share: share.unwrap_or_default() });
    }
    if !is_sound {
        return found;
    }
    if found.len() < 2 {
        let error =
            Diagnostic::new(Code::MissingKey, node.span, "a milestone turns out in at least two ways");
        context.say(error.help("like `{ go = \"70%\", pivot = \"rest\" }`"));
        return found;
    }
    add_up(context, &mut found, rest.map(|rest| rest.0), node);
    found
}

/// Makes the shares add up to 1, or says that they don't.
fn add_up(context: &mut Context<'_>, outcomes: &mut [Outcome], rest: Option<usize>, node: &Node) {
    let total: f64 = outcomes.iter().map(|outcome| outcome.share).sum();
    match rest {
        Some(rest) if total <= 1.0 + ROUNDING => outcomes[rest].share = (1.0 - total).max(0.0),
        None if (total - 1.0).abs() <= ROUNDING => {}
        _ => {
            let percent = (total * 1e4).round() / 100.0;
            let message = match rest {
                Some(_) => format!("the outcomes beside the rest add up to {percent}%, more than 100%"),
                None => format!("the outcomes add up to {percent}%, not to 100%"),
            };
            let error = Diagnostic::new(Code::OutOfRange, node.span, message);
            let is_open = rest.is_none() && total < 1.0;
            context.say(error.help_if(is_open.then(|| "one of them may be `\"rest\"`".into())));
        }
    }
}

/// Reads `success` of a milestone.
pub(super) fn success(context: &mut Context<'_>, fields: &Fields<'_>) -> f64 {
    let Some(node) = fields.node("success") else { return 1.0 };
    context.share(node, fields.kind, "success").unwrap_or(1.0)
}

/// Reads `only_if` of every milestone, once all outcomes are known. What a removed milestone says is
/// taken down, but not held against it.
pub(super) fn conditions(context: &mut Context<'_>, measures: &Measures<'_>) -> Vec<Vec<OnlyIf>> {
    let rows = measures.roster.milestones.iter();
    let read = rows.map(|row| {
        let said = context.said.len();
        let found = of_milestone(context, measures, &row.fields);
        if row.removed.is_some() {
            context.said.truncate(said);
        }
        found
    });
    read.collect()
}

fn of_milestone(context: &mut Context<'_>, measures: &Measures<'_>, fields: &Fields<'_>) -> Vec<OnlyIf> {
    let mut found = Vec::new();
    for (text, node) in context.texts(fields, "only_if") {
        let Some(written) = context.read(node, text, literal::condition) else { continue };
        let mut sentence = Sentence::new(context, measures, node, text, Code::BadCondition);
        found.extend(condition(&mut sentence, &written));
    }
    found
}

fn condition(sentence: &mut Sentence<'_, '_, '_>, written: &WrittenOnlyIf) -> Option<OnlyIf> {
    match written {
        WrittenOnlyIf::Risk(name, range) => {
            let place = sentence.place(range.clone());
            sentence.measures.roster.risk(sentence.context, name, place).map(OnlyIf::Risk)
        }
        WrittenOnlyIf::Outcome { milestone: (name, range), outcome: (outcome, part) } => {
            let milestone = sentence.milestone(name, range)?;
            let place = sentence.place(part.clone());
            let index = self::outcome(sentence, milestone, outcome, place)?;
            Some(OnlyIf::Outcome(milestone, index))
        }
        WrittenOnlyIf::Date { milestone: (name, range), end, comparison, limit } => {
            let milestone = sentence.milestone(name, range);
            let limit = sentence.limit(limit);
            Some(OnlyIf::Date { milestone: milestone?, end: *end, comparison: *comparison, limit: limit? })
        }
    }
}

/// The index of an outcome; one that is not there is said.
fn outcome(
    sentence: &mut Sentence<'_, '_, '_>,
    milestone: MilestoneId,
    name: &str,
    place: Span,
) -> Option<usize> {
    let measures = sentence.measures;
    let whose = &measures.milestones[milestone.index()];
    if let Some(found) = whose.outcomes.iter().position(|outcome| outcome.key == name) {
        return Some(found);
    }
    let key = &whose.key;
    let row = &measures.roster.milestones[milestone.index()];
    let error =
        |message: String| Diagnostic::new(Code::UnknownOutcome, place, message).labelled("named here");
    if let Some(removed) = row.removed {
        let error = error(format!("`{key}` has no outcome `{name}`, for it is removed"));
        let way_out =
            "remove what depends on it, too, or take away its condition: `milestone.ID.only_if = false`";
        sentence.context.say(error.related(removed, "removed here").help(way_out));
        return None;
    }
    if row.fields.has("outcomes") && whose.outcomes.is_empty() {
        // They are there, and what is wrong with them was said.
        return None;
    }
    let names: Vec<&str> = whose.outcomes.iter().map(|outcome| outcome.key.as_str()).collect();
    let help = match names.as_slice() {
        [] => Some(format!(
            "it has none: `outcomes = {{ {name} = \"70%\", … = \"rest\" }}` below `[milestone.{key}]`"
        )),
        names => sentence
            .context
            .near(name, names.iter().copied())
            .or_else(|| Some(format!("its outcomes are `{}`", names.join("`, `")))),
    };
    sentence.context.say(error(format!("`{key}` has no outcome `{name}`")).help_if(help));
    None
}
