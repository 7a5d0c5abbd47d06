//! What a risk is, hits and does: its `probability`, `on`, `season`, and its impacts, shared or of one
//! milestone.

use super::super::literal;
use super::super::tree::{Entry, Node, Table, Value};
use super::calendar::Calendars;
use super::estimate::{Reader, Scale, Units};
use super::fields::{Context, Fields};
use super::keys::{IMPACT, key_row};
use super::resource::estimate;
use super::roster::Roster;
use crate::model::{Calendar, Delay, Impact, MilestoneId, RiskTerms, Season, Span, SpanUnit};
use crate::text::{Code, Diagnostic};
use crate::units::seconds::WEEK;

/// What risks are read with.
pub(super) struct Known<'r, 'a> {
    pub(super) roster: &'r Roster<'a>,
    pub(super) calendars: &'r Calendars,
}

/// Reads what a risk is, or what a response leaves of it.
pub(super) fn terms(context: &mut Context<'_>, known: &Known<'_, '_>, fields: &Fields<'_>) -> RiskTerms {
    let probability = fields.node("probability");
    let probability = probability.and_then(|node| context.share(node, "risk", "probability"));
    let mut on = known.roster.selected(context, fields, "on");
    let impact = impact(context, known, fields);
    let own = own_impacts(context, known, fields);
    on.extend(own.iter().map(|(id, _)| *id));
    on.sort_unstable();
    on.dedup();
    RiskTerms {
        probability: probability.unwrap_or(0.0),
        on,
        impact,
        own,
        seasons: seasons(context, fields),
        parallel: context.text(fields, "parallel").map(str::to_owned),
    }
}

/// Whether a table says that anything happens.
pub(super) fn has_impact(fields: &Fields<'_>) -> bool {
    IMPACT.iter().any(|row| fields.has(row.key))
}

fn impact(context: &mut Context<'_>, known: &Known<'_, '_>, fields: &Fields<'_>) -> Impact {
    let mut read = |key: &str, scale: Scale<'_>| {
        fields.node(key).and_then(|node| estimate(context, node, fields.kind, key, scale))
    };
    let factor = read("factor", Scale::Factor);
    let cost = read("cost", Scale::Money);
    let cost_factor = read("cost_factor", Scale::Factor);
    Impact { delay: delay(context, known.calendars, fields), factor, cost, cost_factor }
}

/// `impact.ID`: what the risk does to single milestones, in file order.
fn own_impacts(
    context: &mut Context<'_>,
    known: &Known<'_, '_>,
    fields: &Fields<'_>,
) -> Vec<(MilestoneId, Impact)> {
    let Some(node) = fields.node("impact") else { return Vec::new() };
    let Some(table): Option<&Table> = node.value.as_table() else {
        context.wrong_type(fields.kind, "impact", node);
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in table.entries() {
        if is_misplaced(known, entry) {
            let (key, value) = (&entry.key.name, context.sources.slice(entry.node.span));
            let message = format!("`{key}` stands here as if it was a milestone");
            let error = Diagnostic::new(Code::MisplacedKey, entry.key.span, message);
            context.say(error.help(format!(
                "what strikes all that the risk is `on` stands beside that: `{key} = {value}`"
            )));
            continue;
        }
        let id = known.roster.milestone(context, &entry.key.name, entry.key.span);
        let Some(impact) = own_impact(context, known, entry) else { continue };
        found.extend(id.filter(|&id| !known.roster.is_removed(id)).map(|id| (id, impact)));
    }
    found.sort_by_key(|(id, _)| *id);
    found
}

/// Whether `impact` holds a key of the risk itself.
pub(super) fn has_misplaced(known: &Known<'_, '_>, impacts: &Table) -> bool {
    impacts.entries().iter().any(|entry| is_misplaced(known, entry))
}

/// Whether an entry of `impact` is a key of the risk itself, one level too deep.
fn is_misplaced(known: &Known<'_, '_>, entry: &Entry) -> bool {
    let key = &*entry.key.name;
    IMPACT.iter().any(|row| row.key == key)
        && entry.node.value.as_table().is_none()
        && !known.roster.has_milestone(key)
}

fn own_impact(context: &mut Context<'_>, known: &Known<'_, '_>, entry: &Entry) -> Option<Impact> {
    let Value::Table(table) = &entry.node.value else {
        context.not(&entry.key.name, "a table like `{ delay = \"2..4..9d\" }`", &entry.node);
        return None;
    };
    let fields = Fields { kind: "impact", table, defaults: None, span: entry.key.span };
    context.check_keys(&fields);
    if table.is_empty() {
        let message = format!("this impact does nothing to `{}`", entry.key.name);
        let error = Diagnostic::new(Code::MissingKey, entry.node.span, message);
        context.say(error.help("an impact is a `delay`, a `factor`, a `cost` or a `cost_factor`"));
    }
    Some(impact(context, known, &fields))
}

/// How much longer whatever is hit takes. Its days and weeks are those of each milestone it hits.
fn delay(context: &mut Context<'_>, calendars: &Calendars, fields: &Fields<'_>) -> Option<Delay> {
    let node = fields.node("delay")?;
    let takes = key_row(fields.kind, "delay").map_or("", |row| row.takes.words());
    let own = calendars.get(calendars.default);
    let read = Reader { context, scale: Scale::Time(own), spread: None, key: "delay", takes }.read(node)?;
    let scales = calendars.all.iter().map(|other| scale(read.unit, read.units, own, other));
    let Some(scale) = scales.collect::<Option<Vec<f64>>>() else {
        mixed(context, node);
        return None;
    };
    Some(Delay { span: Span { seconds: read.estimate, unit: read.unit }, scale })
}

/// How many seconds of another calendar one of the plan's stands for, where time is written in these
/// units; `None` if not the same for all of them.
fn scale(unit: SpanUnit, units: Units, own: &Calendar, other: &Calendar) -> Option<f64> {
    if unit == SpanUnit::Elapsed {
        return Some(other.week_seconds() as f64 / WEEK);
    }
    let days = other.day_seconds() as f64 / own.day_seconds() as f64;
    let weeks = other.week_seconds() as f64 / own.week_seconds() as f64;
    let written = [(units.hours, 1.0), (units.days, days), (units.weeks, weeks)];
    let mut ratios = written.into_iter().filter(|row| row.0).map(|row| row.1);
    let first = ratios.next().unwrap_or(1.0);
    ratios.all(|ratio| (ratio - first).abs() < 1e-12).then_some(first)
}

fn mixed(context: &mut Context<'_>, node: &Node) {
    let message = "this delay has several units, which differ from calendar to calendar";
    let help = "write all of it in hours, in days or in weeks";
    context.say(Diagnostic::new(Code::MixedUnits, node.span, message).help(help));
}

fn seasons(context: &mut Context<'_>, fields: &Fields<'_>) -> Vec<Season> {
    let texts = context.texts(fields, "season");
    texts.into_iter().filter_map(|(text, node)| context.read(node, text, literal::season)).collect()
}
