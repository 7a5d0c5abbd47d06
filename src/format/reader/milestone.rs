//! `[milestone]`: what has to happen, what it takes and what it costs.

use super::super::literal::{self, Measure};
use super::super::tree::{Node, Value};
use super::branch::{outcomes, success};
use super::calendar::Calendars;
use super::choice::{chosen, crash};
use super::fields::{Context, Fields, readable};
use super::keys::BASIS;
use super::resource::{plain_date, rate};
use super::rework::rework;
use super::roster::{Roster, Row};
use super::scope::{improve, solution_of};
use super::taken::{Taken, taken};
use crate::model::{Basis, Bounds, Category, Milestone, Payment};
use crate::text::{Code, Diagnostic, did_you_mean};
use crate::units::Share;

/// Reads one milestone; its links and conditions are read apart, for they speak of others.
pub(super) fn milestone(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &mut Calendars,
    row: &Row<'_>,
) -> Milestone {
    let written = substance(context, roster, calendars, row, &row.fields);
    if written.removed { written } else { chosen(context, roster, calendars, row, written) }
}

/// The milestone as these fields have it: its own, or those of one of its options.
pub(super) fn substance(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &mut Calendars,
    row: &Row<'_>,
    fields: &Fields<'_>,
) -> Milestone {
    let key = row.entry.key.name.to_string();
    // The name of the stage is not a default for its milestones.
    let own = Fields { defaults: None, ..*fields };
    let calendar = calendars.of(context, fields);
    let spread = roster.spread_of(context, fields);
    let takes = |context: &mut Context<'_>, fields: &Fields<'_>| {
        taken(context, (roster, calendars), fields, (calendar, spread))
    };
    let Taken { duration, work, uses, consumes, cost } = takes(context, fields);
    let crash = crash(context, fields, calendars.get(calendar), duration.as_ref());
    let mut milestone = Milestone {
        name: context.text(&own, "name").map_or_else(|| readable(&key), str::to_owned),
        key,
        stage: row.stage,
        tags: row.tags.clone(),
        calendar,
        duration,
        work,
        uses,
        consumes,
        cost,
        rate: fields
            .node("rate")
            .and_then(|node| rate(context, node, "rate", Measure::Money, calendars.get(calendar))),
        crash,
        crashed: 0.0,
        ways: Vec::new(),
        way: 0,
        pay: pay(context, fields),
        category: category(context, fields),
        bounds: bounds(context, fields),
        deadline: context.date(fields, "deadline"),
        rework: rework(context, roster, &own),
        outcomes: outcomes(context, &own),
        only_if: Vec::new(),
        solution: solution_of(context, &roster.scope, &own),
        improve: improve(context, &own, takes),
        tool: context.text(fields, "tool").map(str::to_owned),
        success: success(context, fields),
        as_late_as_possible: context.flag(fields, "alap"),
        starts_with_plan: matches!(own.node("after"), Some(Node { value: Value::List(items), .. }) if items.is_empty()),
        removed: row.removed.is_some(),
        note: context.text(fields, "note").map(str::to_owned),
        basis: basis(context, fields),
    };
    if milestone.removed {
        milestone.remove();
    }
    milestone
}

fn bounds(context: &mut Context<'_>, fields: &Fields<'_>) -> Bounds {
    let bounds = Bounds {
        not_before: context.date(fields, "not_before"),
        not_after: context.date(fields, "not_after"),
        must_start: context.date(fields, "must_start"),
        must_finish: context.date(fields, "must_finish"),
    };
    if let (Some(_), Some(_), Some(start), Some(finish)) =
        (bounds.must_start, bounds.must_finish, fields.node("must_start"), fields.node("must_finish"))
    {
        let error = Diagnostic::new(
            Code::ConflictingKeys,
            finish.span,
            "`must_start` and `must_finish` leave no room for a duration",
        );
        context.say(error.related(start.span, "the start is fixed here").help("keep one of them"));
    }
    bounds
}

/// The category of a table's money.
pub(super) fn category(context: &mut Context<'_>, fields: &Fields<'_>) -> Category {
    let Some(word) = context.text(fields, "category") else { return Category::Other };
    let found = Category::ALL.into_iter().find(|category| category.word() == word);
    if let (None, Some(node)) = (found, fields.node("category")) {
        let words = Category::ALL.map(Category::word);
        let help =
            did_you_mean(word, words).unwrap_or_else(|| format!("categories are {}", words.join(", ")));
        context.say(
            Diagnostic::new(Code::OutOfRange, node.span, format!("`{word}` is no category of money"))
                .help(help),
        );
    }
    found.unwrap_or(Category::Other)
}

fn pay(context: &mut Context<'_>, fields: &Fields<'_>) -> Vec<Payment> {
    let Some(node) = fields.node("pay") else { return Vec::new() };
    if let Value::Text(text) = &node.value {
        // `"even"` is all of it.
        let at = context.read(node, text, literal::moment);
        return at.map(|at| Payment { at, share: Share::ALL }).into_iter().collect();
    }
    let Some(table) = node.value.as_table() else {
        context.wrong_type(fields.kind, "pay", node);
        return Vec::new();
    };
    let mut payments = Vec::new();
    let mut is_sound = true;
    for entry in table.entries() {
        let at = match literal::moment(&entry.key.name) {
            Ok(at) => Some(at),
            Err(slip) => {
                context.say(slip.at(entry.key.span, entry.key.name.len()));
                None
            }
        };
        let share = context.share(&entry.node, "milestone", "pay").and_then(|share| Share::new(share).ok());
        match (at, share) {
            (Some(at), Some(share)) => payments.push(Payment { at, share }),
            _ => is_sound = false,
        }
    }
    if !is_sound {
        return Vec::new();
    }
    let total: f64 = payments.iter().map(|payment| payment.share.value()).sum();
    if (total - 1.0).abs() > 1e-9 {
        let percent = (total * 1e4).round() / 100.0;
        let off = ((total - 1.0).abs() * 1e4).round() / 100.0;
        let help =
            if total < 1.0 { format!("{off}% more are to be paid") } else { format!("{off}% are too many") };
        let message = format!("the shares of `pay` add up to {percent}%, not to 100%");
        context.say(Diagnostic::new(Code::OutOfRange, node.span, message).help(help));
    }
    payments
}

fn basis(context: &mut Context<'_>, fields: &Fields<'_>) -> Option<Basis> {
    let node = fields.node("basis")?;
    let Some(table) = node.value.as_table() else {
        context.wrong_type(fields.kind, "basis", node);
        return None;
    };
    for entry in table.entries() {
        if BASIS.iter().all(|row| row.key != &*entry.key.name) {
            let names: Vec<&str> = BASIS.iter().map(|row| row.key).collect();
            context.unknown_key(entry, "`basis`", &names);
        }
    }
    let mut text = |key: &str| match table.value(key) {
        Some(Node { value: Value::Text(text), .. }) => Some(text.to_string()),
        Some(node) => {
            context.not(key, "a text", node);
            None
        }
        None => None,
    };
    let (who, source) = (text("who"), text("source"));
    let when = table.value("when").and_then(|node| plain_date(context, node));
    Some(Basis { who, when, source })
}
