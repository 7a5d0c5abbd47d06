//! `[resource]`: people, machines and things.

use chrono::NaiveDate;

use super::super::literal::{self, Measure};
use super::super::tree::{Entry, Node, Table, Value};
use super::calendar::Calendars;
use super::estimate::{Reader, Scale, is_estimate};
use super::fields::{Context, Fields, readable};
use super::keys::key_row;
use super::roster::Roster;
use crate::model::{Calendar, Dated, Estimate, Rate, RateUnit, Resource, ResourceId, ResourceKind};
use crate::text::{Code, Diagnostic, did_you_mean};
use crate::units::{Instant, seconds};

/// Reads one resource.
pub(super) fn resource(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &Calendars,
    id: ResourceId,
    entry: &Entry,
    fields: &Fields<'_>,
) -> Resource {
    let key = entry.key.name.to_string();
    let calendar = roster.resource_calendars[id.index()];
    let clock = calendars.get(calendar);
    let resource = Resource {
        name: context.text(fields, "name").map_or_else(|| readable(&key), str::to_owned),
        kind: kind(context, fields),
        capacity: dated(context, fields, "capacity", &mut |context, node| {
            let units = context.number(node, "resource", "capacity", literal::number)?;
            above_zero(context, node, units, "a capacity is above 0")
        }),
        availability: dated(context, fields, "availability", &mut |context, node| {
            let share = context.share(node, "resource", "availability")?;
            above_zero(
                context,
                node,
                share,
                "an availability is above 0%; when it is 0, the resource is `away`",
            )
        })
        .unwrap_or(Dated::constant(1.0)),
        rate: dated(context, fields, "rate", &mut |context, node| {
            rate(context, node, "rate", Measure::Money, clock)
        })
        .and_then(|rate| of_one_currency(context, fields, "rate", rate, |rate| &rate.amount)),
        price: dated(context, fields, "price", &mut |context, node| {
            estimate(context, node, "resource", "price", Scale::Money)
        })
        .and_then(|price| of_one_currency(context, fields, "price", price, |price| price)),
        calendar,
        away: away(context, fields),
        throughput: Vec::new(),
        allowance: fields
            .node("allowance")
            .and_then(|node| estimate(context, node, "resource", "allowance", Scale::Share)),
        is_idle: false,
        key,
    };
    context.text(fields, "note");
    let throughput = throughput(context, roster, calendars, fields);
    Resource { throughput, ..resource }
}

/// An estimate without a spread.
pub(super) fn estimate(
    context: &mut Context<'_>,
    node: &Node,
    kind: &str,
    key: &str,
    scale: Scale<'_>,
) -> Option<Estimate> {
    let takes = key_row(kind, key).map_or("an estimate", |row| row.takes.words());
    Reader { context, scale, spread: None, key, takes }.read(node).map(|read| read.estimate)
}

/// A rate: how much per time, by the calendar whose working time it is paid for.
pub(super) fn rate(
    context: &mut Context<'_>,
    node: &Node,
    key: &str,
    measure: Measure,
    calendar: &Calendar,
) -> Option<Rate> {
    let Value::Text(text) = &node.value else {
        context.not(key, "a rate like `\"750/d\"`", node);
        return None;
    };
    let written = context.read(node, text, |text| literal::rate(text, measure))?;
    // The amount is read again as an estimate of its own, with its place in the text.
    let end = text.rfind('/').unwrap_or(text.len());
    let inner = Node { span: node.span.within(1..1 + end), value: Value::Text(text[..end].into()) };
    let scale = if measure == Measure::Money { Scale::Money } else { Scale::Amount };
    let amount = Reader { context, scale, spread: None, key, takes: "a rate" }.read(&inner)?.estimate;
    let amount = Estimate { written: text.to_string(), ..amount };
    Some(Rate { amount, unit: written.per, seconds: seconds_per(written.per, calendar) })
}

fn seconds_per(unit: RateUnit, calendar: &Calendar) -> f64 {
    match unit {
        RateUnit::Hour => seconds::HOUR,
        RateUnit::Day => calendar.day_seconds() as f64,
        RateUnit::Week => seconds::WEEK,
        RateUnit::Month => seconds::YEAR / 12.0,
        RateUnit::Year => seconds::YEAR,
    }
}

fn above_zero(context: &mut Context<'_>, node: &Node, value: f64, message: &str) -> Option<f64> {
    if value > 0.0 {
        return Some(value);
    }
    context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
    None
}

const KINDS: [ResourceKind; 4] =
    [ResourceKind::People, ResourceKind::Compute, ResourceKind::Data, ResourceKind::Other];

fn kind(context: &mut Context<'_>, fields: &Fields<'_>) -> ResourceKind {
    let Some(word) = context.text(fields, "kind") else { return ResourceKind::Other };
    let found = KINDS.into_iter().find(|kind| kind.category().word() == word);
    if let (None, Some(node)) = (found, fields.node("kind")) {
        let words = KINDS.map(|kind| kind.category().word());
        let help = did_you_mean(word, words).unwrap_or_else(|| format!("kinds are {}", words.join(", ")));
        context.say(
            Diagnostic::new(Code::OutOfRange, node.span, format!("`{word}` is no kind of resource"))
                .help(help),
        );
    }
    found.unwrap_or(ResourceKind::Other)
}

/// A value, or values by the dates from which they hold; the first holds before its date too.
pub(super) fn dated<T>(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    key: &str,
    read: &mut dyn FnMut(&mut Context<'_>, &Node) -> Option<T>,
) -> Option<Dated<T>> {
    let node = fields.node(key)?;
    let table = match &node.value {
        Value::Table(table) if !is_estimate(table) => table,
        _ => return read(context, node).map(Dated::constant),
    };
    let mut values: Vec<(Instant, T)> = Vec::new();
    for entry in table.entries() {
        let from = date_key(context, entry, key);
        let value = read(context, &entry.node);
        if let (Some(from), Some(value)) = (from, value) {
            values.push((from, value));
        }
    }
    values.sort_by_key(|(from, _)| *from);
    if let Some(pair) = values.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let date = pair[0].0.date();
        context.say(Diagnostic::new(
            Code::DuplicateKey,
            node.span,
            format!("`{key}` has two values from {date}"),
        ));
    }
    let mut values = values.into_iter();
    match values.next() {
        Some((_, first)) => Some(Dated { first, changes: values.collect() }),
        None => {
            if table.is_empty() {
                context.wrong_type(fields.kind, key, node);
            }
            None
        }
    }
}

/// Values by date that are all in one currency.
fn of_one_currency<T>(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    key: &str,
    values: Dated<T>,
    estimate: impl Fn(&T) -> &Estimate,
) -> Option<Dated<T>> {
    let currency = estimate(&values.first).currency;
    if values.values().all(|value| estimate(value).currency == currency) {
        return Some(values);
    }
    let message = format!("all values of one `{key}` are in one currency");
    context.say(Diagnostic::new(Code::MixedUnits, fields.node(key)?.span, message));
    None
}

fn date_key(context: &mut Context<'_>, entry: &Entry, key: &str) -> Option<Instant> {
    let name = &entry.key.name;
    match literal::date(name) {
        Ok(date) => context.dates_are_allowed(entry.key.span).then(|| date.begins()),
        Err(slip) if name.starts_with(|letter: char| letter.is_ascii_digit()) => {
            context.say(slip.at(entry.key.span, name.len()));
            None
        }
        Err(_) => {
            let error = Diagnostic::new(
                Code::UnknownKey,
                entry.key.span,
                format!("`{name}` is no date from which `{key}` could hold"),
            );
            context.say(error.help(format!("write `{key} = {{ 2027-01-11 = … }}`")));
            None
        }
    }
}

fn away(context: &mut Context<'_>, fields: &Fields<'_>) -> Vec<(Instant, Instant)> {
    let ranges = context.date_ranges(fields, "away");
    let mut away = Vec::with_capacity(ranges.len());
    for (range, place) in ranges {
        if context.dates_are_allowed(place) {
            away.push((range.first.begins(), range.last.ends()));
        }
    }
    away.sort_unstable();
    away
}

fn throughput(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    calendars: &Calendars,
    fields: &Fields<'_>,
) -> Vec<(ResourceId, Rate)> {
    let Some(node) = fields.node("throughput") else { return Vec::new() };
    let Some(table) = node.value.as_table() else {
        context.wrong_type(fields.kind, "throughput", node);
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in table.entries() {
        let Some(by) = roster.resource(context, &entry.key.name, entry.key.span) else { continue };
        // Its day is a day of whoever turns the pieces out.
        let calendar = roster.resource_calendars[by.index()];
        let rate = rate(context, &entry.node, "throughput", Measure::Amount, calendars.get(calendar));
        if let Some(rate) = rate {
            if rate.amount.distribution.lowest() > 0.0 || !rate.amount.is_fixed() {
                found.push((by, rate));
            } else {
                context.say(Diagnostic::new(Code::OutOfRange, entry.node.span, "a throughput is above 0"));
            }
        }
    }
    found
}

/// Estimates by resource: `uses`, `work`, `consumes`.
pub(super) fn by_resource(
    context: &mut Context<'_>,
    roster: &Roster<'_>,
    fields: &Fields<'_>,
    key: &'static str,
    mut read: impl FnMut(&mut Context<'_>, &Node, ResourceId) -> Option<Estimate>,
) -> Vec<(ResourceId, Estimate)> {
    let Some(node) = fields.node(key) else { return Vec::new() };
    let Some(table): Option<&Table> = node.value.as_table() else {
        context.wrong_type(fields.kind, key, node);
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in table.entries().iter().filter(|entry| entry.removed.is_none()) {
        let resource = roster.resource(context, &entry.key.name, entry.key.span);
        let Some(resource) = resource else { continue };
        found.extend(read(context, &entry.node, resource).map(|estimate| (resource, estimate)));
    }
    found
}

/// The calendar date of a moment or day, for what is no part of the schedule.
pub(super) fn plain_date(context: &mut Context<'_>, node: &Node) -> Option<NaiveDate> {
    match &node.value {
        Value::Date(text) | Value::Text(text) => {
            context.read(node, text, literal::date).map(|date| date.date())
        }
        _ => {
            context.not("when", "a date", node);
            None
        }
    }
}
