//! What a tariff costs over a span, at the prices of that time.

use crate::model::{Curve, Timeline};
use crate::network::{Index, Network, Quantity, Tariff, Values};
use crate::units::Instant;

/// A part of it: between two changes of the tariff, what is paid flows evenly.
pub(super) struct Piece {
    /// From when to when, in wall seconds.
    pub(super) span: (i64, i64),
    /// What one unit costs, times the tariff's `per`.
    pub(super) money: f64,
}

/// What one unit costs over a span of wall-clock time, piece by piece.
pub(super) fn pieces(
    network: &Network,
    tariff: &Tariff,
    values: Values<'_>,
    (from, to): (i64, i64),
    index: Option<&Index>,
) -> impl Iterator<Item = Piece> {
    let anchor = network.timelines[0].start().seconds();
    let changes = tariff.changes.iter().map(move |&(change, next)| (change.seconds() - anchor, next));
    let mut since = from;
    let mut rate = tariff.first;
    changes.chain([(to.max(from), tariff.first)]).map(move |(until, next)| {
        let span = (since, until.clamp(since, to.max(since)));
        let seconds = paid_seconds(network, tariff, span) as f64;
        let rising = index.map_or(1.0, |index| index.along(Curve::Even, span, 1.0));
        let money = values.of(rate) * seconds * rising;
        (since, rate) = (span.1, next);
        Piece { span, money }
    })
}

/// The money that one unit costs over a span of wall-clock time.
pub(super) fn over(
    network: &Network,
    tariff: &Tariff,
    values: Values<'_>,
    span: (i64, i64),
    index: Option<&Index>,
) -> f64 {
    pieces(network, tariff, values, span, index).map(|piece| piece.money).sum::<f64>() / tariff.per
}

/// What a second of effort costs, averaged over the paid time of a span.
pub(super) fn effort_rate(
    network: &Network,
    tariff: &Tariff,
    values: Values<'_>,
    span: (i64, i64),
    index: Option<&Index>,
) -> f64 {
    let worked = paid_seconds(network, tariff, span);
    if tariff.changes.is_empty() || worked <= 0 {
        let rate = in_force(&network.timelines[0], tariff.first, &tariff.changes, span.0);
        let rising = index.map_or(1.0, |index| index.along(Curve::Even, span, 1.0));
        return values.of(rate) / tariff.per * rising;
    }
    over(network, tariff, values, span, index) / worked as f64
}

/// The price in force at a wall second.
pub(super) fn in_force(
    timeline: &Timeline,
    first: Quantity,
    changes: &[(Instant, Quantity)],
    wall: i64,
) -> Quantity {
    let moment = timeline.start().plus(wall);
    changes.iter().rev().find(|(from, _)| *from <= moment).map_or(first, |&(_, price)| price)
}

fn paid_seconds(network: &Network, tariff: &Tariff, (from, to): (i64, i64)) -> i64 {
    let worked = |timeline: &Timeline| timeline.position_of_wall(to) - timeline.position_of_wall(from);
    tariff.timeline.map_or(to - from, |timeline| worked(&network.timelines[usize::from(timeline)])).max(0)
}
