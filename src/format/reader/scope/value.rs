//! `value`, `monitoring` and `readiness` of a solution.

use super::super::fields::{Context, Fields};
use super::names::{ScopeNames, inner};
use super::numbers::{ABOVE_ZERO, Bound, FROM_ZERO, money, number, numbers, rows, share};
use crate::model::{Direction, Metric, MetricLink, Monitoring, Readiness, SolutionValue};
use crate::text::{Code, Diagnostic};
use crate::units::Money;

const USUAL_P_COMMERCIAL: f64 = 0.7;
const USUAL_RAMP_MONTHS: f64 = 3.0;
/// The share of the value at the metric's minimum.
const SHARE_AT_MINIMUM: f64 = 0.6;
/// Points that every section of the ML Test Score should have.
const USUAL_TARGET_SCORE: f64 = 3.0;

/// Reads what a solution with this metric is worth.
pub(super) fn value(
    context: &mut Context<'_>,
    names: &ScopeNames<'_>,
    solution: &Fields<'_>,
    metric: Option<&Metric>,
) -> Option<SolutionValue> {
    let fields = inner(context, solution, "value")?;
    let factors = names.factors.listed(context, &fields, "factors");
    if fields.node("factors").is_none() && !context.has_strangers(&fields) {
        let error = Diagnostic::new(Code::MissingKey, fields.span, "this value has no `factors`");
        context.say(
            error.help("their product is the value of a year, like `factors = [\"orders\", \"margin\"]`"),
        );
    }
    Some(SolutionValue {
        factors,
        metric_links: links(context, &fields, metric),
        p_commercial: share(context, &fields, "p_commercial").unwrap_or(USUAL_P_COMMERCIAL),
        launch_cost: money(context, &fields, "launch_cost").unwrap_or(Money(0.0)),
        run_cost_per_year: money(context, &fields, "run_cost_per_year").unwrap_or(Money(0.0)),
        ramp_months: number(context, &fields, "ramp_months", FROM_ZERO).unwrap_or(USUAL_RAMP_MONTHS),
    })
}

/// The share of the value by the metric, by ascending metric.
fn links(context: &mut Context<'_>, fields: &Fields<'_>, metric: Option<&Metric>) -> Vec<MetricLink> {
    let Some(node) = fields.node("metric_links") else { return usual_links(metric) };
    let mut links = Vec::new();
    for (row, items) in rows(context, fields, "metric_links").unwrap_or_default() {
        match numbers(context, "value", "metric_links", items).as_deref() {
            Some(&[metric, share]) => links.push(MetricLink { metric, share }),
            Some(_) => context.wrong_type("value", "metric_links", row),
            None => {}
        }
    }
    if let Some(message) = wrong(&links, metric) {
        let error = Diagnostic::new(Code::BadMetricLinks, node.span, message);
        context.say(
            error.help("like `[[0.75, 0.6], [0.80, 1.0]]`: at 0.75 60% of the value, at 0.80 all of it"),
        );
        return usual_links(metric);
    }
    links
}

/// All at the target, and some at the minimum.
fn usual_links(metric: Option<&Metric>) -> Vec<MetricLink> {
    let Some(target) = metric.and_then(|metric| metric.target) else { return Vec::new() };
    let minimum = metric.and_then(|metric| metric.minimum).filter(|minimum| *minimum != target);
    let mut links = vec![MetricLink { metric: target, share: 1.0 }];
    links.extend(minimum.map(|metric| MetricLink { metric, share: SHARE_AT_MINIMUM }));
    links.sort_by(|one, other| one.metric.total_cmp(&other.metric));
    links
}

/// What is wrong with links: the metric ascends, the share never falls towards the good side.
fn wrong(links: &[MetricLink], metric: Option<&Metric>) -> Option<&'static str> {
    if links.windows(2).any(|pair| pair[0].metric >= pair[1].metric) {
        return Some("the metric ascends from link to link");
    }
    if links.iter().any(|link| link.share < 0.0) {
        return Some("a share of the value is at least 0");
    }
    let metric = metric?;
    let falls = |pair: &[MetricLink]| match metric.direction {
        Direction::Up => pair[0].share > pair[1].share,
        Direction::Down => pair[0].share < pair[1].share,
    };
    if links.windows(2).any(falls) {
        return Some("a better metric is worth no less");
    }
    let (low, high) = metric.range;
    let is_outside = links.iter().any(|link| !(low <= link.metric && link.metric <= high));
    is_outside.then_some("a link lies outside the range of the metric")
}

/// Reads how a solution ages.
pub(super) fn monitoring(context: &mut Context<'_>, solution: &Fields<'_>) -> Option<Monitoring> {
    let fields = inner(context, solution, "monitoring")?;
    Some(Monitoring {
        drift_half_life_days: number(context, &fields, "drift_half_life_days", ABOVE_ZERO),
        retrain_every_days: number(context, &fields, "retrain_every_days", ABOVE_ZERO),
        retrain_cost: money(context, &fields, "retrain_cost").unwrap_or(Money(0.0)),
    })
}

/// Reads how ready a solution is.
pub(super) fn readiness(context: &mut Context<'_>, solution: &Fields<'_>) -> Option<Readiness> {
    const POINTS: Bound = (|points| (0.0..=7.0).contains(&points), "from 0 to 7");
    let fields = inner(context, solution, "readiness")?;
    let mut points = |key: &str, usual: f64| number(context, &fields, key, POINTS).unwrap_or(usual);
    Some(Readiness {
        data: points("data", 0.0),
        model: points("model", 0.0),
        infra: points("infra", 0.0),
        monitoring: points("monitoring", 0.0),
        target_score: points("target_score", USUAL_TARGET_SCORE),
    })
}
