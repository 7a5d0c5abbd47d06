//! Links between visits: those of the plan without repetitions, grouped by successor.

use crate::model::{Lag, Link, PerMilestone, Plan, SpanUnit};

use super::Variables;
use crate::network::{Owner, VisitId, VisitLag, VisitLink};

/// The links, in topological order of the successor and then in file order. A link through a
/// removed milestone holds without its lag. Of links between the same ends only those are kept
/// that another doesn't make superfluous.
pub(super) fn compile(
    plan: &Plan,
    visit_of: &PerMilestone<VisitId>,
    variables: &mut Variables,
) -> Vec<VisitLink> {
    let mut chosen: Vec<usize> = (0..plan.links.len()).collect();
    let ends = |&position: &usize| {
        let Link { from, to, kind, .. } = &plan.links[position];
        (visit_of[*to], visit_of[*from], *kind)
    };
    chosen.sort_by_key(ends);
    let groups = chosen.chunk_by(|one, other| ends(one) == ends(other));
    let mut kept: Vec<usize> = groups.flat_map(|group| needed(plan, group)).collect();
    kept.sort_by_key(|&position| (visit_of[plan.links[position].to], position));
    kept.into_iter().map(|position| link(plan, visit_of, position, variables)).collect()
}

/// Of links that tie the same ends, those that may bind: an equal lag is dropped, and so is a
/// fixed one that isn't the longest of its unit.
fn needed(plan: &Plan, group: &[usize]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::with_capacity(group.len());
    for &position in group {
        let lag = effective_lag(plan, position);
        let same = kept.iter_mut().find(|other| supersedes(effective_lag(plan, **other), lag).is_some());
        match same {
            None => kept.push(position),
            Some(other) => {
                if supersedes(effective_lag(plan, *other), lag) == Some(false) {
                    *other = position;
                }
            }
        }
    }
    kept
}

/// Whether one of two lags is never shorter than the other: `Some(true)` if it is the first.
fn supersedes(first: &Lag, second: &Lag) -> Option<bool> {
    if first == second {
        return Some(true);
    }
    match (fixed(first)?, fixed(second)?) {
        ((unit, seconds), (other_unit, other)) if unit == other_unit => Some(seconds >= other),
        _ => None,
    }
}

/// The unit and the number of a lag without doubt; none is a working span of 0.
fn fixed(lag: &Lag) -> Option<(Option<SpanUnit>, f64)> {
    match lag {
        Lag::None => Some((Some(SpanUnit::Work), 0.0)),
        Lag::Span(span) => span.seconds.is_fixed().then_some((Some(span.unit), span.seconds.planned)),
        Lag::Share(share) => share.is_fixed().then_some((None, share.planned)),
    }
}

fn effective_lag(plan: &Plan, position: usize) -> &Lag {
    let Link { from, to, lag, .. } = &plan.links[position];
    if plan[*from].removed || plan[*to].removed { &Lag::None } else { lag }
}

fn link(
    plan: &Plan,
    visit_of: &PerMilestone<VisitId>,
    position: usize,
    variables: &mut Variables,
) -> VisitLink {
    let Link { from, to, kind, .. } = plan.links[position];
    let base = || format!("lag:{}:{}:{}", plan[from].key, plan[to].key, kind.letters());
    let name = |variables: &Variables| {
        let base = base();
        let mut names = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}:{number}")));
        names.find(|name| !variables.contains(name)).unwrap_or(base)
    };
    let lag = match effective_lag(plan, position) {
        Lag::None => VisitLag::None,
        Lag::Span(span) => {
            let name = name(variables);
            let seconds = variables.quantity(Owner::Milestone(to), &span.seconds, || name);
            match span.unit {
                SpanUnit::Work => VisitLag::Work(seconds),
                SpanUnit::Elapsed => VisitLag::Elapsed(seconds),
            }
        }
        Lag::Share(share) => {
            let name = name(variables);
            VisitLag::Share(variables.quantity(Owner::Milestone(to), share, || name))
        }
    };
    VisitLink { from: visit_of[from], to: visit_of[to], kind, lag, link: position }
}
