//! `evidence.history`: what was measured so far, written in the plan or in a CSV file beside it.

use std::path::Path;

use super::super::super::literal;
use super::super::super::tree::{Node, Value};
use super::super::fields::{Context, Fields};
use super::names::inner;
use super::numbers::{choice, numbers, rows, share};
use crate::model::{EffortUnit, History, Measured};
use crate::text::{Code, Diagnostic, Span};
use crate::units::SECONDS_PER_DAY;

/// The share of projects that stop getting better for reasons that no curve shows.
const USUAL_STALL: f64 = 0.05;
/// The most measurements of one history.
const MOST_POINTS: usize = 200;

/// Reads the history of a solution.
pub(super) fn history(context: &mut Context<'_>, evidence: &Fields<'_>) -> Option<History> {
    let fields = inner(context, evidence, "history")?;
    let unit = choice(context, &fields, "unit", &EffortUnit::ALL).unwrap_or_default();
    let stall = share(context, &fields, "stall").unwrap_or(USUAL_STALL);
    if let (Some(points), Some(file)) = (fields.node("points"), fields.node("file")) {
        let error = Diagnostic::new(
            Code::ConflictingKeys,
            file.span,
            "`points` and `file` both say what was measured",
        );
        context.say(error.related(points.span, "written out here").help("keep one of them"));
        return None;
    }
    let (read, place) = match (fields.node("points"), fields.node("file")) {
        (Some(node), _) => (written(context, &fields, unit)?, node.span),
        (_, Some(node)) => (from_file(context, &fields, node, unit)?, node.span),
        _ => {
            let error = Diagnostic::new(Code::MissingKey, fields.span, "this history holds no measurement");
            if !fields.has("points") && !fields.has("file") && !context.has_strangers(&fields) {
                context.say(error.help("like `points = [[1, 0.52], [2, 0.60], [3, 0.645]]`"));
            }
            return None;
        }
    };
    let mut points = in_order(context, read, place)?;
    if unit == EffortUnit::Date {
        let first = points[0].effort;
        points.iter_mut().for_each(|point| point.effort -= first);
    }
    Some(History { unit, points, stall })
}

/// The points in the plan: effort or date, metric and perhaps a number of items.
fn written(context: &mut Context<'_>, fields: &Fields<'_>, unit: EffortUnit) -> Option<Vec<Measured>> {
    let mut found = Vec::new();
    let mut is_sound = true;
    for (node, items) in rows(context, fields, "points")? {
        let point = match items {
            [x, rest @ ..] if matches!(rest.len(), 1 | 2) => point(context, x, rest, unit),
            _ => {
                context.wrong_type("history", "points", node);
                None
            }
        };
        is_sound &= point.is_some();
        found.extend(point);
    }
    is_sound.then_some(found)
}

fn point(context: &mut Context<'_>, x: &Node, rest: &[Node], unit: EffortUnit) -> Option<Measured> {
    let effort = if unit == EffortUnit::Date {
        match &x.value {
            Value::Date(text) | Value::Text(text) => context.read(x, text, literal::date).map(days),
            _ => {
                let message = "this history counts in dates, so each point begins with one";
                context.say(Diagnostic::new(Code::BadHistory, x.span, message));
                None
            }
        }
    } else if matches!(x.value, Value::Date(_)) {
        let error = Diagnostic::new(Code::BadHistory, x.span, "a date among efforts");
        context.say(error.help("say `unit = \"date\"` if all points begin with one"));
        None
    } else {
        context.number(x, "history", "points", literal::amount)
    };
    let rest = numbers(context, "history", "points", rest)?;
    let items = rest.get(1).copied();
    if items.is_some_and(|items| items < 1.0) {
        let message = "a metric is measured on at least one item";
        context.say(Diagnostic::new(Code::BadHistory, x.span, message));
        return None;
    }
    Some(Measured { effort: effort?, value: *rest.first()?, items })
}

fn days(when: crate::units::When) -> f64 {
    when.begins().seconds() as f64 / SECONDS_PER_DAY as f64
}

/// The points of a CSV file with the columns x, y and perhaps n.
fn from_file(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    node: &Node,
    unit: EffortUnit,
) -> Option<Vec<Measured>> {
    let file = context.text(fields, "file")?;
    let error = |message: String| Diagnostic::new(Code::BadHistory, node.span, message);
    let is_inside = Path::new(file).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !is_inside {
        context.say(error("a file of measurements lies in the plan's folder or below".into()));
        return None;
    }
    let text = match (context.files)(file) {
        Ok(text) => text,
        Err(reason) => {
            context.say(error(format!("`{file}` can't be read: {reason}")));
            return None;
        }
    };
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split([',', ';', '\t']).map(str::trim).collect();
        match of_cells(&cells, unit) {
            Some(point) => found.push(point),
            None if number == 0 => {}
            None => {
                let message = format!("line {} of `{file}` is no measurement: `{line}`", number + 1);
                context.say(error(message).help("a line holds effort, metric and perhaps a number of items"));
                return None;
            }
        }
    }
    Some(found)
}

fn of_cells(cells: &[&str], unit: EffortUnit) -> Option<Measured> {
    let [x, y, rest @ ..] = cells else { return None };
    let effort = match unit {
        EffortUnit::Date => days(literal::date(x).ok()?),
        _ => literal::amount(x).ok()?,
    };
    let items = match rest {
        [] | [""] => None,
        [items] => Some(literal::amount(items).ok().filter(|items| *items >= 1.0)?),
        _ => return None,
    };
    Some(Measured { effort, value: literal::amount(y).ok()?, items })
}

/// The points by ascending effort.
fn in_order(context: &mut Context<'_>, mut points: Vec<Measured>, place: Span) -> Option<Vec<Measured>> {
    let error = |message: String| Diagnostic::new(Code::BadHistory, place, message);
    if points.len() > MOST_POINTS {
        let message = format!("a history of {} measurements, more than {MOST_POINTS}", points.len());
        context.say(error(message).help("thin it: one measurement per iteration tells all"));
        return None;
    }
    if !points.is_sorted_by(|one, next| one.effort <= next.effort) {
        let message = "these measurements are not in the order of effort, and are taken in it";
        context.say(Diagnostic::new(Code::UnsortedHistory, place, message));
        points.sort_by(|one, next| one.effort.total_cmp(&next.effort));
    }
    if points.windows(2).all(|pair| pair[0].effort == pair[1].effort) {
        let error = error("a history takes measurements at two efforts at least".into());
        context.say(error.help("a single one is a `pilot`"));
        return None;
    }
    Some(points)
}
