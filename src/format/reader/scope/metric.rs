//! `[metric]`, `[problem]` and `[factor]`.

use super::super::super::tree::{Entry, Node, Value};
use super::super::estimate::Scale;
use super::super::fields::{Context, Fields, readable};
use super::super::resource::estimate;
use super::names::ScopeNames;
use super::numbers::{ANY, choice, number};
use crate::model::{Direction, Metric, MetricKind, Problem, ValueFactor};
use crate::text::{Code, Diagnostic};

/// Reads one metric.
pub(super) fn metric(context: &mut Context<'_>, entry: &Entry, fields: &Fields<'_>) -> Metric {
    const KINDS: [MetricKind; 3] = [MetricKind::Model, MetricKind::Software, MetricKind::Business];
    let key = entry.key.name.to_string();
    context.text(fields, "note");
    let kind = choice(context, fields, "kind", &KINDS).unwrap_or_default();
    let metric = Metric {
        name: context.text(fields, "name").map_or_else(|| readable(&key), str::to_owned),
        key,
        kind,
        direction: choice(context, fields, "direction", &[Direction::Up, Direction::Down])
            .unwrap_or_default(),
        unit: context.text(fields, "unit").map(str::to_owned),
        range: range(context, fields).unwrap_or(match kind {
            MetricKind::Model => (0.0, 1.0),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        }),
        ceiling: number(context, fields, "ceiling", ANY),
        baseline: number(context, fields, "baseline", ANY),
        minimum: number(context, fields, "minimum", ANY),
        target: number(context, fields, "target", ANY),
    };
    check(context, fields, &metric);
    metric
}

/// Two numbers in order, of which the first may be `-inf` and the second `inf`.
fn range(context: &mut Context<'_>, fields: &Fields<'_>) -> Option<(f64, f64)> {
    let node = fields.node("range")?;
    let Value::List(items) = &node.value else {
        context.wrong_type(fields.kind, "range", node);
        return None;
    };
    let end = |item: &Node| match item.value {
        Value::Integer(number) => Some(number as f64),
        Value::Float(number) if !number.is_nan() => Some(number),
        _ => None,
    };
    match items.iter().map(end).collect::<Option<Vec<f64>>>().as_deref() {
        Some(&[low, high]) if low < high => Some((low, high)),
        Some(&[_, _]) => {
            let message = "the range of a metric begins below its end";
            context.say(Diagnostic::new(Code::BadMetric, node.span, message));
            None
        }
        _ => {
            context.wrong_type(fields.kind, "range", node);
            None
        }
    }
}

/// The values of a metric lie within its range, and each is better than the one before.
fn check(context: &mut Context<'_>, fields: &Fields<'_>, metric: &Metric) {
    let named = [
        ("baseline", metric.baseline),
        ("minimum", metric.minimum),
        ("target", metric.target),
        ("ceiling", metric.ceiling),
    ];
    let (low, high) = metric.range;
    let mut before: Option<(&str, f64)> = None;
    for (key, value) in named {
        let (Some(value), Some(node)) = (value, fields.node(key)) else { continue };
        if !(low <= value && value <= high) {
            let message = format!("the {key} {value} lies outside the range {low} to {high}");
            context.say(Diagnostic::new(Code::BadMetric, node.span, message));
            continue;
        }
        if let Some((other, earlier)) = before
            && !(metric.is_better(value, earlier)
                || (key == "target" && other == "minimum" && value == earlier))
        {
            let message = format!("the {key} {value} is not better than the {other} {earlier}");
            let error = Diagnostic::new(Code::BadMetric, node.span, message);
            let place = fields.node(other).map_or(fields.span, |node| node.span);
            let lower = (metric.direction == Direction::Up)
                .then(|| "where lower is better, say `direction = \"down\"`".to_owned());
            context.say(error.related(place, format!("the {other} is here")).help_if(lower));
        }
        before = Some((key, value));
    }
}

/// Reads one problem.
pub(super) fn problem(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    entry: &Entry,
    fields: &Fields<'_>,
) -> Problem {
    let key = entry.key.name.to_string();
    context.text(fields, "note");
    let priority = number(
        context,
        fields,
        "priority",
        (|it| (1.0..=1e6).contains(&it) && it.fract() == 0.0, "that is whole and from 1"),
    );
    Problem {
        name: context.text(fields, "name").map_or_else(|| readable(&key), str::to_owned),
        key,
        statement: context.text(fields, "statement").map(str::to_owned),
        metric: names.metrics.named(context, fields, "metric"),
        parent: names.problems.named(context, fields, "parent"),
        asked: context.text(fields, "asked").map(str::to_owned),
        priority: priority.map(|number| number as u32),
    }
}

/// Reads one factor of value; one without a value is said, and counts as 1.
pub(super) fn factor(context: &mut Context<'_>, entry: &Entry, fields: &Fields<'_>) -> ValueFactor {
    let key = entry.key.name.to_string();
    context.text(fields, "note");
    let value = match fields.node("value") {
        Some(node) => estimate(context, node, "factor", "value", Scale::Amount),
        None => {
            let message = format!("`{key}` has no `value`");
            let error = Diagnostic::new(Code::MissingKey, fields.span, message);
            if !fields.has("value") && !context.has_strangers(fields) {
                context.say(error.help("like `value = \"18M..20M..23M\"`"));
            }
            None
        }
    };
    ValueFactor {
        name: context.text(fields, "name").map_or_else(|| readable(&key), str::to_owned),
        key,
        unit: context.text(fields, "unit").map(str::to_owned),
        value: value.unwrap_or_else(|| crate::model::Estimate::fixed(1.0)),
    }
}
