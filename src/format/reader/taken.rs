//! What a milestone, or an iteration of it, takes: time, effort, resources, money.

use super::super::literal;
use super::super::tree::Node;
use super::calendar::Calendars;
use super::estimate::{Reader, Scale};
use super::fields::{Context, Fields};
use super::keys::key_row;
use super::resource::{by_resource, estimate};
use super::roster::Roster;
use crate::model::{CalendarId, Estimate, ResourceId, Span};

/// What something takes.
pub(super) struct Taken {
    pub(super) duration: Option<Span>,
    pub(super) work: Vec<(ResourceId, Estimate)>,
    pub(super) uses: Vec<(ResourceId, Estimate)>,
    pub(super) consumes: Vec<(ResourceId, Estimate)>,
    pub(super) cost: Option<Estimate>,
}

/// Reads what a table says it takes, in a calendar and with a spread.
pub(super) fn taken(
    context: &mut Context<'_>,
    (roster, calendars): (&Roster<'_>, &Calendars),
    fields: &Fields<'_>,
    (calendar, spread): (CalendarId, Option<literal::Spread>),
) -> Taken {
    let duration = duration(context, fields, calendars.get(calendar), spread);
    let work = by_resource(context, roster, fields, "work", |context, node, resource| {
        let scale = Scale::Work(calendars.get(roster.resource_calendars[resource.index()]));
        let takes = "efforts like `\"30..40..70d\"`";
        Reader { context, scale, spread, key: "work", takes }.read(node).map(|read| read.estimate)
    });
    let uses = by_resource(context, roster, fields, "uses", |context, node, _| amount(context, node, "uses"));
    let consumes = by_resource(context, roster, fields, "consumes", |context, node, _| {
        amount(context, node, "consumes")
    });
    let cost =
        fields.node("cost").and_then(|node| estimate(context, node, fields.kind, "cost", Scale::Money));
    Taken { duration, work, uses, consumes, cost }
}

fn amount(context: &mut Context<'_>, node: &Node, key: &'static str) -> Option<Estimate> {
    let takes = "amounts like `2` or `\"10k..12k..15k\"`";
    Reader { context, scale: Scale::Amount, spread: None, key, takes }.read(node).map(|read| read.estimate)
}

fn duration(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    calendar: &crate::model::Calendar,
    spread: Option<literal::Spread>,
) -> Option<Span> {
    let node = fields.node("duration")?;
    let takes = key_row("milestone", "duration").map_or("", |row| row.takes.words());
    let read = Reader { context, scale: Scale::Time(calendar), spread, key: "duration", takes }.read(node)?;
    Some(Span { seconds: read.estimate, unit: read.unit })
}
