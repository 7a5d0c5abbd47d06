//! `[overhead]`: money that no single milestone spends.

use super::super::literal::{self, Measure, Selector};
use super::super::tree::Table;
use super::calendar::Calendars;
use super::estimate::Scale;
use super::fields::{Context, Fields};
use super::milestone::category;
use super::named::named;
use super::resource::{estimate, rate};
use super::roster::Roster;
use crate::model::{Overhead, Scope};
use crate::text::{Code, Diagnostic, Span};

/// Reads every overhead that is not removed, with its name's place.
pub(super) fn overheads(
    context: &mut Context<'_>,
    tree: &Table,
    roster: &Roster<'_>,
    calendars: &Calendars,
) -> Vec<(Overhead, Span)> {
    let mut found = Vec::new();
    for (entry, fields) in named(context, tree, "overhead") {
        let overhead = overhead(context, &entry.key.name, &fields, roster, calendars);
        if entry.removed.is_none() {
            found.extend(overhead.map(|overhead| (overhead, entry.key.span)));
        }
    }
    found
}

fn overhead(
    context: &mut Context<'_>,
    name: &str,
    fields: &Fields<'_>,
    roster: &Roster<'_>,
    calendars: &Calendars,
) -> Option<Overhead> {
    let key = name.to_owned();
    context.text(fields, "note");
    let category = category(context, fields);
    let calendar = calendars.get(calendars.default);
    match (fields.has("rate"), fields.has("share")) {
        (true, false) => {
            refuse(context, fields, "of", "share");
            let rate = rate(context, fields.node("rate")?, "rate", Measure::Money, calendar);
            let over = match fields.node("over") {
                None => None,
                Some(node) => match scope(context, fields, "over", roster) {
                    Some(Scope::Milestones(milestones)) => Some(milestones),
                    Some(Scope::All) => None,
                    Some(Scope::Categories(_)) => {
                        let message = "`over` takes milestones, not kinds of money";
                        let error = Diagnostic::new(Code::BadSelector, node.span, message);
                        context.say(error.help("milestones are an id, `stage:…`, `tag:…` or `all`"));
                        return None;
                    }
                    None => return None,
                },
            };
            Some(Overhead::Hammock { key, rate: rate?, over, category })
        }
        (false, true) => {
            refuse(context, fields, "over", "rate");
            let share = estimate(context, fields.node("share")?, "overhead", "share", Scale::Share);
            let of = if fields.has("of") { scope(context, fields, "of", roster)? } else { Scope::All };
            Some(Overhead::Surcharge { key, share: share?, of, category })
        }
        (true, true) => {
            let place = fields.node("share").map_or(fields.span, |node| node.span);
            context.say(
                Diagnostic::new(
                    Code::ConflictingKeys,
                    place,
                    format!("`{name}` has both a `rate` and a `share`"),
                )
                .help("make two overheads of it"),
            );
            None
        }
        (false, false) => {
            context.say(
                Diagnostic::new(
                    Code::MissingKey,
                    fields.span,
                    format!("`{name}` has neither a `rate` nor a `share`"),
                )
                .help("`rate = \"9k/mo\"` is paid by time, `share = \"15%\"` is added to other money"),
            );
            None
        }
    }
}

fn refuse(context: &mut Context<'_>, fields: &Fields<'_>, key: &str, belongs_to: &str) {
    if let Some(entry) = fields.entry(key) {
        let message = format!("`{key}` belongs to a `{belongs_to}`, and there is none here");
        context.say(Diagnostic::new(Code::ConflictingKeys, entry.key.span, message));
    }
}

/// What the selectors of a key select.
fn scope(context: &mut Context<'_>, fields: &Fields<'_>, key: &str, roster: &Roster<'_>) -> Option<Scope> {
    let mut found: Vec<(Selector, Span)> = Vec::new();
    for (text, node) in context.texts(fields, key) {
        found.extend(context.read(node, text, literal::selector).map(|selector| (selector, node.span)));
    }
    roster.scope(context, &found)
}
