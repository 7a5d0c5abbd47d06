//! `rework`: a check at the end of a milestone that may send work back.

use super::super::tree::{Node, Value};
use super::estimate::Scale;
use super::fields::{Context, Fields};
use super::resource::estimate;
use super::roster::Roster;
use crate::model::{Estimate, Otherwise, Redo, Rework};
use crate::text::{Code, Diagnostic, did_you_mean};

/// More repeats than this are more visits than a plan may have.
const MOST_REPEATS: i64 = 1_000_000;

/// Reads `rework` of a milestone. Without `back_to` and `redo` the milestone itself is done again; there
/// are as many repeats as probabilities unless `at_most` says otherwise.
pub(super) fn rework(context: &mut Context<'_>, roster: &Roster<'_>, own: &Fields<'_>) -> Option<Rework> {
    let node = own.node("rework")?;
    let Value::Table(table) = &node.value else {
        context.wrong_type(own.kind, "rework", node);
        return None;
    };
    let fields = Fields { kind: "rework", table, defaults: None, span: node.span };
    context.check_keys(&fields);
    let probability = probability(context, &fields);
    let redo = redo(context, roster, &fields);
    let share = match fields.node("share") {
        Some(node) => estimate(context, node, "rework", "share", Scale::Share),
        None => Some(Estimate { written: "100%".into(), ..Estimate::fixed(1.0) }),
    };
    let at_most = match fields.node("at_most") {
        Some(node) => at_most(context, node),
        None => u32::try_from(probability.len()).ok(),
    };
    let otherwise = otherwise(context, &fields);
    Some(Rework { probability, redo: redo?, share: share?, at_most: at_most?, otherwise })
}

fn probability(context: &mut Context<'_>, fields: &Fields<'_>) -> Vec<f64> {
    let items = context.items(fields, "probability");
    if items.is_empty() {
        let message = "a rework check fails with some `probability`, and there is none";
        let error = Diagnostic::new(Code::MissingKey, fields.span, message);
        if fields.node("probability").is_some() || !fields.has("probability") {
            context.say(
                error.help("`probability = [\"35%\", \"20%\"]` is that of the first check and of later ones"),
            );
        }
        return Vec::new();
    }
    items.iter().filter_map(|node| context.share(node, "rework", "probability")).collect()
}

fn redo(context: &mut Context<'_>, roster: &Roster<'_>, fields: &Fields<'_>) -> Option<Redo> {
    if let (Some(back_to), Some(redo)) = (fields.node("back_to"), fields.node("redo")) {
        let message = "`back_to` and `redo` both say what is done again";
        let error = Diagnostic::new(Code::ConflictingKeys, redo.span, message);
        context.say(error.related(back_to.span, "all on the way from here").help("keep one of them"));
        return None;
    }
    if let Some(node) = fields.node("back_to") {
        let name = context.text(fields, "back_to")?;
        return roster.milestone(context, name, node.span).map(Redo::BackTo);
    }
    Some(Redo::These(roster.selected(context, fields, "redo")))
}

fn at_most(context: &mut Context<'_>, node: &Node) -> Option<u32> {
    let Value::Integer(number) = node.value else {
        context.wrong_type("rework", "at_most", node);
        return None;
    };
    if let (1..=MOST_REPEATS, Ok(at_most)) = (number, u32::try_from(number)) {
        return Some(at_most);
    }
    let error = Diagnostic::new(Code::OutOfRange, node.span, "a check sends work back 1 to 1,000,000 times");
    context.say(error.help_if((number == 0).then_some("without repeats, leave `rework` out".into())));
    None
}

fn otherwise(context: &mut Context<'_>, fields: &Fields<'_>) -> Otherwise {
    match context.text(fields, "otherwise") {
        Some("fail") => Otherwise::Fail,
        Some("continue") | None => Otherwise::Continue,
        Some(word) => {
            let place = fields.node("otherwise").map_or(fields.span, |node| node.span);
            let message = format!("`{word}` is nothing that can happen after the last check");
            let help = did_you_mean(word, ["continue", "fail"])
                .unwrap_or_else(|| "the plan goes on (`continue`) or fails (`fail`)".into());
            context.say(Diagnostic::new(Code::OutOfRange, place, message).help(help));
            Otherwise::Continue
        }
    }
}
