//! Links in words: `starts once collect has done 50 % of its duration`.

use crate::model::{Lag, Link, LinkKind, Plan, Span, SpanUnit};
use crate::units::SECONDS_PER_DAY;
use crate::view::words::percent;

use super::estimate::{in_brief, trimmed};

/// The link as it would be written in `after`.
pub(super) fn written(plan: &Plan, link: &Link) -> String {
    let from = &plan[link.from].key;
    let letters = link.kind.letters();
    match &link.lag {
        Lag::None if link.kind == LinkKind::FinishStart => from.clone(),
        Lag::None => format!("{from} {letters}"),
        Lag::Span(Span { seconds: lag, .. }) | Lag::Share(lag) => {
            format!("{from} {letters}{}", lag.written)
        }
    }
}

/// What the link asks of its successor.
pub(super) fn words(plan: &Plan, link: &Link) -> String {
    let from = &plan[link.from].key;
    let does = if link.kind.bounds_finish() { "finishes" } else { "starts" };
    let event = if link.kind.leaves_start() { "starts" } else { "finishes" };
    let done = if link.kind.leaves_start() { "has started" } else { "is finished" };
    match &link.lag {
        Lag::None => format!("{does} once `{from}` {done}"),
        Lag::Share(share) => {
            let part = in_brief(&share.distribution, &percent);
            match link.kind {
                LinkKind::StartStart => format!("{does} once `{from}` has done {part} of its duration"),
                _ => format!("{does} no earlier than `{from}`, plus {part} of the duration of `{from}`"),
            }
        }
        Lag::Span(lag) => {
            let distribution = &lag.seconds.distribution;
            let is_lead = distribution.highest() <= 0.0;
            let (day, unit) = match lag.unit {
                SpanUnit::Work => (plan[plan[link.to].calendar].day_seconds(), "d"),
                SpanUnit::Elapsed => (SECONDS_PER_DAY, "ed"),
            };
            let sign = if is_lead && distribution.is_fixed() { -1.0 } else { 1.0 };
            let show = |seconds: f64| format!("{} {unit}", trimmed(sign * seconds / day as f64));
            let amount = in_brief(distribution, &show);
            match (distribution.is_fixed(), is_lead) {
                (true, true) => format!("{does} no earlier than {amount} before `{from}` {event}"),
                (true, false) => format!("{does} no earlier than {amount} after `{from}` {event}"),
                _ => format!("{does} no earlier than `{from}` {event} plus a wait: {amount}"),
            }
        }
    }
}
