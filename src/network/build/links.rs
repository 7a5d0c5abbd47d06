//! Links between visits: those of the plan without repetitions, grouped by successor.

use crate::model::{Lag, Link, LinkKind, Plan, Span, SpanUnit};

use super::unroll::{Edge, Unrolled};
use super::{Variables, Visits};
use crate::network::{Owner, VisitLag, VisitLink};

/// The links that count, in file order: of links between the same ends only those that another doesn't
/// make superfluous.
pub(super) fn needed(plan: &Plan) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..plan.links.len()).collect();
    let ends = |&position: &usize| {
        let Link { from, to, kind, .. } = &plan.links[position];
        (*to, *from, *kind)
    };
    chosen.sort_by_key(ends);
    let groups = chosen.chunk_by(|one, other| ends(one) == ends(other));
    let mut kept: Vec<usize> = groups.flat_map(|group| binding(plan, group)).collect();
    kept.sort_unstable();
    kept
}

/// The links between visits, in topological order of the successor and then in file order. A link through a
/// removed milestone holds without its lag.
pub(super) fn compile(
    plan: &Plan,
    unrolled: &Unrolled,
    visits: &Visits,
    variables: &mut Variables,
) -> Vec<VisitLink> {
    let mut edges: Vec<&Edge> = unrolled.edges.iter().collect();
    edges.sort_by_key(|edge| (visits.of[edge.to], edge.link.unwrap_or(usize::MAX), visits.of[edge.from]));
    let mut lags = vec![None; plan.links.len()];
    let mut lag_of = |link: usize| *lags[link].get_or_insert_with(|| lag(plan, link, variables));
    let link = |edge: &Edge| VisitLink {
        from: visits.of[edge.from],
        to: visits.of[edge.to],
        kind: edge.link.map_or(LinkKind::FinishStart, |link| plan.links[link].kind),
        lag: edge.link.map_or(VisitLag::None, &mut lag_of),
        link: edge.link,
    };
    edges.into_iter().map(link).collect()
}

/// Of links that tie the same ends, those that may bind: an equal lag is dropped, and so is a
/// fixed one that isn't the longest of its unit.
fn binding(plan: &Plan, group: &[usize]) -> Vec<usize> {
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

/// The lag of a link; none through a removed milestone.
pub(super) fn effective_lag(plan: &Plan, position: usize) -> &Lag {
    let Link { from, to, lag, .. } = &plan.links[position];
    if plan[*from].removed || plan[*to].removed { &Lag::None } else { lag }
}

/// Whether a lag can't be negative.
pub(super) fn is_never_negative(lag: &Lag) -> bool {
    match lag {
        Lag::None => true,
        Lag::Span(Span { seconds: lag, .. }) | Lag::Share(lag) => lag.distribution.lowest() >= 0.0,
    }
}

fn lag(plan: &Plan, position: usize, variables: &mut Variables) -> VisitLag {
    let Link { from, to, kind, .. } = plan.links[position];
    let base = || format!("lag:{}:{}:{}", plan[from].key, plan[to].key, kind.letters());
    let name = |variables: &Variables| {
        let base = base();
        let mut names = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}:{number}")));
        names.find(|name| !variables.contains(name)).unwrap_or(base)
    };
    match effective_lag(plan, position) {
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
    }
}
