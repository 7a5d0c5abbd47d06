//! `[calendar]`: from working hours and holidays to calendars, and which one holds where.

use std::collections::HashMap;

use super::super::literal::{self, Unit};
use super::super::tree::{Entry, Table, Value};
use super::fields::{Context, Fields};
use super::named::named;
use crate::model::{Calendar, CalendarBuilder, CalendarId};
use crate::text::{Code, Diagnostic};
use crate::units::When;

/// The calendars of a plan by name; built-in ones join when they are first named.
pub(super) struct Calendars {
    pub(super) all: Vec<Calendar>,
    ids: HashMap<String, CalendarId>,
    /// The calendar of whatever names none.
    pub(super) default: CalendarId,
}

impl Calendars {
    /// Reads `[calendar]`, and which of them is the plan's.
    pub(super) fn read(context: &mut Context<'_>, tree: &Table, plan: Option<&Fields<'_>>) -> Self {
        let mut calendars = Self { all: Vec::new(), ids: HashMap::new(), default: CalendarId::new(0) };
        for (entry, fields) in named(context, tree, "calendar") {
            if entry.removed.is_none() {
                let calendar = calendar(context, entry, &fields);
                calendars.add(&entry.key.name, calendar);
            }
        }
        let only = if calendars.all.len() == 1 { Some(CalendarId::new(0)) } else { None };
        let named = plan.and_then(|plan| calendars.named(context, plan));
        calendars.default = named.or(only).unwrap_or_else(|| calendars.standard());
        calendars
    }

    /// The calendar that a table names, if it does.
    pub(super) fn named(&mut self, context: &mut Context<'_>, fields: &Fields<'_>) -> Option<CalendarId> {
        let name = context.text(fields, "calendar")?;
        if let Some(&id) = self.ids.get(name) {
            return Some(id);
        }
        match name {
            "standard" => Some(self.standard()),
            "always" => Some(self.add("always", Calendar::always())),
            _ => {
                let place = fields.node("calendar")?.span;
                let mut names: Vec<&str> =
                    self.ids.keys().map(String::as_str).chain(["standard", "always"]).collect();
                names.sort_unstable();
                context.unknown(Code::UnknownCalendar, "calendar", name, place, names);
                None
            }
        }
    }

    /// The calendar that a table names, else the plan's.
    pub(super) fn of(&mut self, context: &mut Context<'_>, fields: &Fields<'_>) -> CalendarId {
        self.named(context, fields).unwrap_or(self.default)
    }

    pub(super) fn get(&self, id: CalendarId) -> &Calendar {
        &self.all[id.index()]
    }

    fn standard(&mut self) -> CalendarId {
        match self.ids.get("standard") {
            Some(&id) => id,
            None => self.add("standard", Calendar::standard()),
        }
    }

    fn add(&mut self, name: &str, calendar: Calendar) -> CalendarId {
        let id = CalendarId::new(self.all.len());
        self.all.push(calendar);
        self.ids.insert(name.to_owned(), id);
        id
    }
}

/// One calendar; one that can't be is said, and works as the standard one.
fn calendar(context: &mut Context<'_>, entry: &Entry, fields: &Fields<'_>) -> Calendar {
    let mut builder = Calendar::builder(&*entry.key.name);
    let weeks = context.texts(fields, "week");
    // An empty list says that there are no hours, which is refused below; no word means the usual ones.
    let says_none =
        matches!(fields.node("week").map(|node| &node.value), Some(Value::List(items)) if items.is_empty());
    if weeks.is_empty() && !says_none {
        builder = standard_week(builder);
    }
    for (text, node) in weeks {
        let Some(pattern) = context.read(node, text, literal::week) else {
            // Its hours are unknown now; any will do, for the plan is not believed.
            builder = standard_week(Calendar::builder(&*entry.key.name));
            break;
        };
        for day in pattern.days {
            builder = pattern.hours.iter().fold(builder, |builder, &(from, to)| builder.work(day, from, to));
        }
    }
    for (range, place) in context.date_ranges(fields, "holidays") {
        match (range.first, range.last) {
            (When::Day(first), When::Day(last)) => builder = builder.holidays(first, last),
            _ => context.say(Diagnostic::new(Code::BadDate, place, "a holiday is a whole day")),
        }
    }
    for (text, node) in context.texts(fields, "extra") {
        let Some(extra) = context.read(node, text, literal::extra) else { continue };
        let last = extra.dates.last.date();
        let days = extra.dates.first.date().iter_days().take_while(|day| *day <= last);
        for day in days.take(MOST_EXTRA_DAYS) {
            builder = extra.hours.iter().fold(builder, |builder, &(from, to)| builder.extra(day, from, to));
        }
    }
    if let Some(length) = day_length(context, fields) {
        builder = builder.day_seconds(length);
    }
    builder.build().unwrap_or_else(|error| {
        let place = fields.node("week").map_or(fields.span, |node| node.span);
        context.say(Diagnostic::new(Code::BadWeek, place, error.to_string()));
        Calendar::standard()
    })
}

/// Ten years of extra days; more is a week, not an exception.
const MOST_EXTRA_DAYS: usize = 3_660;

fn standard_week(builder: CalendarBuilder) -> CalendarBuilder {
    use chrono::Weekday::{Fri, Mon, Thu, Tue, Wed};
    [Mon, Tue, Wed, Thu, Fri]
        .into_iter()
        .fold(builder, |builder, day| builder.work(day, 9 * 3_600, 17 * 3_600))
}

/// The length of a day, in seconds.
fn day_length(context: &mut Context<'_>, fields: &Fields<'_>) -> Option<u32> {
    let node = fields.node("day")?;
    let Value::Text(text) = &node.value else {
        context.wrong_type(fields.kind, "day", node);
        return None;
    };
    let length = context.read(node, text, literal::duration)?;
    if !matches!(length.unit, Unit::Minute | Unit::Hour) {
        let error =
            Diagnostic::new(Code::BadDuration, node.span, "the length of a day is counted in `h` or `min`");
        context.say(error);
        return None;
    }
    let seconds = length.seconds(&Calendar::standard()).round();
    if seconds > 0.0 && seconds <= 86_400.0 {
        return Some(seconds as u32);
    }
    context.say(Diagnostic::new(Code::OutOfRange, node.span, "a day has between 1 minute and 24 hours"));
    None
}
