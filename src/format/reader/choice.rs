//! `option`, `choose`, `crash` and `crashed` of a milestone: other ways to do it, and time that money buys.
//!
//! An option is a patch of the milestone: tables merge, values replace, `KEY = false` takes away. All
//! options are read, also those that nobody chooses.

use super::super::literal::Measure;
use super::super::patch;
use super::super::tree::{Entry, Node, Table, Value};
use super::calendar::Calendars;
use super::estimate::{Reader, Scale};
use super::fields::{Context, Fields, readable};
use super::keys::key_row;
use super::milestone::substance;
use super::resource::rate;
use super::roster::{Roster, Row};
use crate::model::{Calendar, CrashStep, Milestone, Rate, RateUnit, Span, SpanUnit, Way};
use crate::text::{Code, Diagnostic, did_you_mean};
use crate::units::seconds;

/// Keys of a milestone that are no part of how it is done.
const NOT_CHANGED: [&str; 6] = ["name", "note", "option", "choose", "crash", "crashed"];

/// Seconds of a day of `by` that have become a fraction by rounding.
const ROUNDING: f64 = 0.5;

/// The milestone as it is chosen: as written, or in one of its options, with the time bought off it.
pub(super) fn chosen(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &mut Calendars,
    row: &Row<'_>,
    written: Milestone,
) -> Milestone {
    let own = Fields { defaults: None, ..row.fields };
    let options = options(context, roster, calendars, row, &written);
    let way = way(context, &own, &options, &written.key);
    let mut ways = Vec::new();
    if !options.is_empty() {
        ways.push(Way { key: None, name: "as written".to_owned(), milestone: written.clone() });
        ways.extend(options);
    }
    let milestone = Milestone { ways, ..written }.in_way(way, 0.0);
    let crashed = crashed(context, &own, &milestone, calendars.get(milestone.calendar));
    Milestone { crashed, ..milestone }
}

fn options(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &mut Calendars,
    row: &Row<'_>,
    written: &Milestone,
) -> Vec<Way> {
    let Some(node) = row.fields.table.value("option") else { return Vec::new() };
    let Value::Table(table) = &node.value else {
        context.wrong_type("milestone", "option", node);
        return Vec::new();
    };
    let there = table.entries().iter().filter(|entry| entry.removed.is_none());
    there.filter_map(|entry| option(context, roster, calendars, row, (entry, written))).collect()
}

fn option(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &mut Calendars,
    row: &Row<'_>,
    (entry, written): (&Entry, &Milestone),
) -> Option<Way> {
    let key = entry.key.name.to_string();
    let Value::Table(table) = &entry.node.value else {
        context.not(&key, "a table like `{ duration = \"3d\", cost = \"8k\" }`", &entry.node);
        return None;
    };
    let fields = Fields { kind: "option", table, defaults: None, span: entry.key.span };
    context.check_keys(&fields);
    let name = context.text(&fields, "name").map_or_else(|| readable(&key), str::to_owned);
    context.text(&fields, "note");
    let table = patched(row.fields.table, table);
    let milestone = substance(context, roster, calendars, row, &Fields { table: &table, ..row.fields });
    if is_same(&milestone, written) && !context.has_strangers(&fields) {
        let message = format!("the option `{key}` does nothing else than `{}` as written", written.key);
        let error = Diagnostic::new(Code::IdleOption, entry.key.span, message);
        context.say(error.help("say what is different: its `duration`, `work`, `uses`, `cost`, …"));
    }
    Some(Way { key: Some(key), name, milestone })
}

/// The table of a milestone as an option has it.
fn patched(milestone: &Table, option: &Table) -> Table {
    let (mut milestone, mut option) = (milestone.clone(), option.clone());
    NOT_CHANGED.iter().for_each(|key| drop(milestone.remove(key)));
    ["name", "note"].iter().for_each(|key| drop(option.remove(key)));
    patch::merged(&milestone, &option)
}

/// Whether two ways take and cost the same.
fn is_same(one: &Milestone, other: &Milestone) -> bool {
    one.duration == other.duration
        && (&one.work, &one.uses, &one.consumes) == (&other.work, &other.uses, &other.consumes)
        && (&one.cost, &one.rate, &one.pay) == (&other.cost, &other.rate, &other.pay)
        && (one.category, one.calendar) == (other.category, other.calendar)
        && one.success == other.success
        && one.crash == other.crash
}

/// Which way is chosen: 0 as written, else the option's place from 1 on.
fn way(context: &mut Context<'_>, own: &Fields<'_>, options: &[Way], milestone: &str) -> usize {
    let (Some(word), Some(node)) = (context.text(own, "choose"), own.node("choose")) else { return 0 };
    let keys = || options.iter().filter_map(|way| way.key.as_deref());
    if let Some(place) = keys().position(|key| key == word) {
        return place + 1;
    }
    // An option that could not be read has been said.
    let is_written = own.node("option").and_then(|node| node.value.as_table()?.get(word)).is_some();
    if !is_written && context.is_whole {
        let message = format!("`{milestone}` has no option `{word}`");
        let there_is = match keys().collect::<Vec<_>>().as_slice() {
            [] => format!("options stand below `[milestone.{milestone}.option.NAME]`"),
            keys => format!("its options are {}", keys.join(", ")),
        };
        let help = did_you_mean(word, keys()).unwrap_or(there_is);
        context.say(Diagnostic::new(Code::UnknownOption, node.span, message).help(help));
    }
    0
}

/// Reads `crash`: the steps in which time can be bought off a duration.
pub(super) fn crash(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    calendar: &Calendar,
    duration: Option<&Span>,
) -> Vec<CrashStep> {
    let Some(node) = fields.table.value("crash") else { return Vec::new() };
    let Some(duration) = duration else {
        // A duration that could not be read has been said.
        if !fields.has("duration") {
            let message = "only a `duration` can be crashed, and there is none";
            let error = Diagnostic::new(Code::MissingKey, node.span, message);
            context.say(error.help("an option with more `uses` shortens what follows from `work`"));
        }
        return Vec::new();
    };
    let mut steps: Vec<CrashStep> = Vec::new();
    for item in context.items(fields, "crash") {
        let Some(step) = step(context, item, calendar, duration.unit) else { continue };
        if steps.last().is_some_and(|before| step.price < before.price) {
            let message = "this step of the crash is cheaper than the one before";
            let error = Diagnostic::new(Code::OutOfRange, item.span, message);
            context.say(error.help("the cheapest time is bought first: write the steps in that order"));
        }
        steps.push(step);
    }
    let most: f64 = steps.iter().map(|step| step.seconds).sum();
    if most > duration.seconds.planned + ROUNDING {
        let day = day_of(duration.unit, calendar);
        let message = format!(
            "{} days are to be bought off a duration of {}",
            short(most / day),
            short(duration.seconds.planned / day)
        );
        let error = Diagnostic::new(Code::CrashTooFar, node.span, message);
        context.say(error.help("all steps together buy no more than the planned duration"));
    }
    steps
}

fn step(context: &mut Context<'_>, node: &Node, calendar: &Calendar, unit: SpanUnit) -> Option<CrashStep> {
    let Value::Table(table) = &node.value else {
        context.wrong_type("milestone", "crash", node);
        return None;
    };
    let fields = Fields { kind: "crash", table, defaults: None, span: node.span };
    context.check_keys(&fields);
    for key in ["by", "cost"] {
        if !fields.has(key) {
            let error = Diagnostic::new(Code::MissingKey, node.span, format!("this crash has no `{key}`"));
            context.say(error.help("like `crash = { by = \"5d\", cost = \"2k/d\" }`"));
        }
    }
    let seconds = fields.node("by").and_then(|node| time(context, node, "by", calendar, unit));
    let cost = fields.node("cost").and_then(|node| rate(context, node, "cost", Measure::Money, calendar));
    let cost = cost.filter(|cost| {
        let is_own = cost.amount.currency.is_none();
        let is_sure = cost.amount.is_fixed() && cost.amount.planned >= 0.0 && is_own;
        if let (false, Some(node)) = (is_sure, fields.node("cost")) {
            let message =
                "what a day of a crash costs is a number without doubt in the plan's own money, not below 0";
            context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
        }
        is_sure
    })?;
    Some(CrashStep { seconds: seconds?, price: cost.amount.planned / seconds_per(&cost, unit, calendar) })
}

/// Seconds of a duration that one unit of a rate stands for.
fn seconds_per(rate: &Rate, unit: SpanUnit, calendar: &Calendar) -> f64 {
    let works = |working: i64, elapsed: f64| if unit == SpanUnit::Work { working as f64 } else { elapsed };
    match rate.unit {
        RateUnit::Hour => seconds::HOUR,
        RateUnit::Day => day_of(unit, calendar),
        RateUnit::Week => works(calendar.week_seconds(), seconds::WEEK),
        RateUnit::Month => works(calendar.month_seconds(), rate.seconds),
        RateUnit::Year => works(12 * calendar.month_seconds(), rate.seconds),
    }
}

fn day_of(unit: SpanUnit, calendar: &Calendar) -> f64 {
    if unit == SpanUnit::Work { calendar.day_seconds() as f64 } else { seconds::DAY }
}

/// A time without doubt, of the same kind as the duration it is taken off.
fn time(
    context: &mut Context<'_>,
    node: &Node,
    key: &'static str,
    calendar: &Calendar,
    unit: SpanUnit,
) -> Option<f64> {
    let takes = key_row("crash", "by").map_or("", |row| row.takes.words());
    let read = Reader { context, scale: Scale::Time(calendar), spread: None, key, takes }.read(node)?;
    if read.unit != unit {
        let error = Diagnostic::new(Code::MixedUnits, node.span, "working and elapsed time can't be mixed");
        context.say(error.help("write it in the kind of time that the duration is written in"));
        return None;
    }
    if read.estimate.is_fixed() && read.estimate.planned > 0.0 {
        return Some(read.estimate.planned);
    }
    let message = "what is bought off a duration is a time without doubt, and more than none";
    context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
    None
}

/// Reads `crashed`: how much time is bought off the duration.
fn crashed(context: &mut Context<'_>, own: &Fields<'_>, milestone: &Milestone, calendar: &Calendar) -> f64 {
    let (Some(node), Some(duration)) = (own.node("crashed"), &milestone.duration) else {
        if let Some(node) = own.node("crashed").filter(|_| !own.has("crash")) {
            context.say(Diagnostic::new(Code::MissingKey, node.span, "there is no `crash` to buy time with"));
        }
        return 0.0;
    };
    let Some(seconds) = time(context, node, "crashed", calendar, duration.unit) else { return 0.0 };
    let most = milestone.most_crash();
    if seconds <= most + ROUNDING {
        return seconds.min(most);
    }
    // Steps that could not be read have been said.
    if most > 0.0 || !own.has("crash") {
        let day = day_of(duration.unit, calendar);
        let message = match most {
            most if most > 0.0 => format!("no more than {} days can be bought here", short(most / day)),
            _ => "no time can be bought here".to_owned(),
        };
        let error = Diagnostic::new(Code::CrashTooFar, node.span, message);
        context.say(error.help("`crash` of the milestone, or of the option chosen, says how much there is"));
    }
    0.0
}

/// A number with no more decimals than it needs, two at most.
fn short(number: f64) -> String {
    ((number * 100.0).round() / 100.0).to_string()
}
