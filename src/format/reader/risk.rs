//! `[risk]`: what may happen, and what would be done about it.

use std::collections::BTreeSet;

use super::super::patch;
use super::super::tree::{Entry, Table, Value};
use super::estimate::Scale;
use super::fields::{Context, Fields, readable};
use super::impact::{Known, has_impact, has_misplaced, terms};
use super::resource::estimate;
use super::scope::end;
use crate::model::{MilestoneId, OnlyIf, Response, Risk, RiskId, RiskTerms};
use crate::text::{Code, Diagnostic};

/// Keys of a risk that a response can't change.
const NOT_CHANGED: [&str; 8] =
    ["name", "note", "response", "respond", "solution", "resolved_by", "veto", "cleared"];

/// The risks that decide over a branch, and so need no other impact.
pub(super) fn deciding(conditions: &[Vec<OnlyIf>]) -> BTreeSet<RiskId> {
    let all = conditions.iter().flatten();
    all.filter_map(|condition| if let OnlyIf::Risk(id) = condition { Some(*id) } else { None }).collect()
}

/// Reads every risk; the plan says whether responses are in force by default.
pub(super) fn risks(
    context: &mut Context<'_>,
    known: &Known<'_, '_>,
    deciding: &BTreeSet<RiskId>,
    responds: bool,
) -> Vec<Risk> {
    let rows = known.roster.risks.iter().enumerate();
    rows.map(|(at, (entry, fields))| {
        let decides = deciding.contains(&RiskId::new(at));
        risk(context, known, entry, fields, (decides, responds))
    })
    .collect()
}

fn risk(
    context: &mut Context<'_>,
    known: &Known<'_, '_>,
    entry: &Entry,
    fields: &Fields<'_>,
    (decides, responds): (bool, bool),
) -> Risk {
    let key = entry.key.name.to_string();
    let name = context.text(fields, "name").map_or_else(|| readable(&key), str::to_owned);
    context.text(fields, "note");
    let untreated = terms(context, known, fields);
    check(context, known, fields, (&key, decides), &untreated);
    let ends = end(context, known.roster, fields);
    let response = response(context, known, fields);
    let responds = match fields.node("respond") {
        Some(node) => {
            let responds = context.flag(fields, "respond");
            if responds && !fields.has("response") {
                context.say(
                    Diagnostic::new(Code::MissingKey, node.span, format!("`{key}` has no `response`"))
                        .help("like `response = { price = \"6k\", probability = \"5%\" }`"),
                );
            }
            responds
        }
        None => responds,
    };
    Risk { key, name, untreated, response, responds, ends }
}

/// What has to be said so that a risk can happen and does something.
fn check(
    context: &mut Context<'_>,
    known: &Known<'_, '_>,
    fields: &Fields<'_>,
    (key, decides): (&str, bool),
    terms: &RiskTerms,
) {
    let missing = |message: String| Diagnostic::new(Code::MissingKey, fields.span, message);
    if !fields.has("probability") {
        let error = missing(format!("`{key}` has no `probability`"));
        context.say(error.help("how likely it happens, like `probability = \"25%\"`"));
    }
    let (hits, is_shared, has_own) = (fields.has("on"), has_impact(fields), fields.has("impact"));
    match (hits, is_shared, has_own) {
        // A key that is misspelt has been said, and may be the impact.
        (_, false, false) if !decides && !fields.has("solution") && !context.has_strangers(fields) => {
            let error = missing(format!("`{key}` does nothing when it happens"));
            context.say(error.help("its `delay`, `factor`, `cost` or `cost_factor` strikes the milestones it is `on`, `impact.ID` a single one"));
        }
        (false, true, _) => {
            let error = missing(format!("`{key}` hits no milestone"));
            context.say(error.help("name those it hits: `on = [\"…\"]`"));
        }
        (true, false, true) => unhurt(context, known, fields, key, terms),
        _ => {}
    }
}

/// Says which milestones a risk is on without doing anything to them.
fn unhurt(
    context: &mut Context<'_>,
    known: &Known<'_, '_>,
    fields: &Fields<'_>,
    key: &str,
    terms: &RiskTerms,
) {
    let is_hurt = |id: &MilestoneId| terms.own.iter().any(|(own, _)| own == id);
    let unhurt = terms.on.iter().find(|id| !is_hurt(id));
    if let (Some(id), Some(node)) = (unhurt, fields.node("on")) {
        let name = &known.roster.milestones[id.index()].entry.key.name;
        // An impact that could not be read has been said.
        let impacts = fields.node("impact").and_then(|node| node.value.as_table());
        let is_written = impacts.is_some_and(|impacts| impacts.get(name).is_some());
        let is_misplaced = impacts.is_some_and(|impacts| has_misplaced(known, impacts));
        if !is_written && !is_misplaced {
            let message = format!("`{key}` is on `{name}` and does nothing to it");
            let error = Diagnostic::new(Code::MissingKey, node.span, message);
            context.say(error.help(format!("say what in `impact.{name}`, or take it out of `on`")));
        }
    }
}

/// Reads what is done about a risk: its price, and the risk's own table as the response changes it. (What
/// was said of the risk is said again, word for word, and so kept once.)
fn response(context: &mut Context<'_>, known: &Known<'_, '_>, risk: &Fields<'_>) -> Option<Response> {
    let node = risk.node("response")?;
    let Value::Table(table) = &node.value else {
        context.wrong_type("risk", "response", node);
        return None;
    };
    let fields = Fields { kind: "response", table, defaults: None, span: node.span };
    context.check_keys(&fields);
    context.text(&fields, "note");
    if table.is_empty() {
        let error = Diagnostic::new(Code::MissingKey, node.span, "this response changes nothing");
        context.say(error.help("like `{ price = \"6k\", probability = \"5%\" }`"));
    }
    let price =
        fields.node("price").and_then(|node| estimate(context, node, "response", "price", Scale::Money));
    let treated = treated(risk.table, table);
    let treated = terms(context, known, &Fields { table: &treated, ..*risk });
    Some(Response { price, treated })
}

/// The table of a risk as its response leaves it: tables merge, values replace.
fn treated(risk: &Table, response: &Table) -> Table {
    let (mut risk, mut response) = (risk.clone(), response.clone());
    NOT_CHANGED.iter().for_each(|key| drop(risk.remove(key)));
    ["price", "note"].iter().for_each(|key| drop(response.remove(key)));
    patch::merged(&risk, &response)
}
