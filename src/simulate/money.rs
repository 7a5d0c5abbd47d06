//! Money: what each visit costs in every iteration of a block, and the purses it goes into.

use super::effects::{Hits, dearer};
use super::prices::{exchange, index_of, rise};
use super::program::{CostFormula, CostKind, DatedCost, NONE, Node, Operand, Program, TariffOp};
use super::rows::{Mask, Row};
use super::settle::Until;
use crate::model::{Curve, Timeline};
use crate::network::Index;

/// After so many sums in `f32`, a purse is emptied into `f64`.
const SUMS_IN_F32: u32 = 64;

/// One purse over a block.
pub(super) struct PurseLane<const B: usize> {
    recent: Row<f32, B>,
    total: Row<f64, B>,
    sums: u32,
}

impl<const B: usize> PurseLane<B> {
    pub(super) fn new() -> Self {
        Self { recent: Row::zero(), total: Row::zero(), sums: 0 }
    }

    /// Empties the purse but for what never changes.
    #[inline(always)]
    pub(super) fn begin(&mut self, constant: f64) {
        self.recent.0 = [0.0; B];
        self.total.0 = [constant; B];
        self.sums = 0;
    }

    #[inline(always)]
    fn add(&mut self, amounts: &[f32; B]) {
        for i in 0..B {
            self.recent.0[i] += amounts[i];
        }
        self.count();
    }

    #[inline(always)]
    pub(super) fn add_per_second(&mut self, rate: f32, spans: &[i32; B]) {
        for i in 0..B {
            self.recent.0[i] += rate * spans[i] as f32;
        }
        self.count();
    }

    #[inline(always)]
    fn count(&mut self) {
        self.sums += 1;
        if self.sums == SUMS_IN_F32 {
            self.flush();
        }
    }

    /// Moves what was added in `f32` to the total.
    #[inline(always)]
    pub(super) fn flush(&mut self) {
        for i in 0..B {
            self.total.0[i] += f64::from(self.recent.0[i]);
        }
        self.recent.0 = [0.0; B];
        self.sums = 0;
    }

    /// What is in it; call [`Self::flush`] before.
    #[inline(always)]
    pub(super) fn total(&self) -> &[f64; B] {
        &self.total.0
    }

    pub(super) fn add_f64(&mut self, amounts: &[f64; B]) {
        for i in 0..B {
            self.total.0[i] += amounts[i];
        }
    }
}

/// What one visit's costs are computed from.
pub(super) struct Spent<'a, const B: usize> {
    pub(super) start: &'a [i32; B],
    pub(super) finish: &'a [i32; B],
    pub(super) span: &'a [i32; B],
    pub(super) values: &'a [Row<f32, B>],
    pub(super) struck: &'a [Mask],
    /// Where the visit happens.
    pub(super) happens: Mask,
    /// Where it would finish; `finish` and `span` end where the plan fails.
    pub(super) full: &'a [i32; B],
    /// How much of it is done, where the plan may fail before.
    pub(super) done: Option<&'a [f32; B]>,
    pub(super) until: Until<'a, B>,
}

/// Adds one visit's costs to their purses.
#[inline(always)]
pub(super) fn spend<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    spent: &Spent<'_, B>,
    purses: &mut [PurseLane<B>],
    rows: &mut [Row<f32, B>],
) {
    for cost in &program.costs[super::program::range(node.costs)] {
        let targets = &program.targets[super::program::range(cost.targets)];
        let effects = program.effects.get(node.effects as usize);
        let is_plain = rows.is_empty()
            && spent.happens == Mask::ALL
            && cost.is_as_is()
            && !effects.is_some_and(|effects| effects.make_dearer(cost.follows));
        if let (CostKind::PerSecond(rate), true) = (&cost.formula, is_plain) {
            for target in targets {
                purses[*target as usize].add_per_second(*rate, spent.span);
            }
            continue;
        }
        let mut amounts = Row::<f32, B>::zero();
        amounts_of(program, node, cost, spent, &mut amounts.0);
        if let Some(effects) = effects.filter(|effects| effects.make_dearer(cost.follows)) {
            dearer(
                effects,
                Hits { values: spent.values, struck: spent.struck },
                cost.follows,
                &mut amounts.0,
            );
        }
        adjust(program, node, cost, spent, &mut amounts.0);
        for target in targets {
            purses[*target as usize].add(&amounts.0);
        }
        if let Some(row) = rows.get_mut(cost.row as usize) {
            row.0 = amounts.0;
        }
    }
}

/// What a cost comes to after all: at the prices of its time, nothing where the visit does not happen, in part
/// where the plan fails on the way.
#[inline(always)]
fn adjust<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    cost: &CostFormula,
    spent: &Spent<'_, B>,
    amounts: &mut [f32; B],
) {
    if spent.done.is_some() || cost.rises != NONE {
        rise(program, node, cost, spent, amounts);
    }
    exchange(cost.exchange, spent.values, amounts);
    if spent.happens != Mask::ALL {
        for (i, amount) in amounts.iter_mut().enumerate() {
            *amount = if spent.happens.holds(i) { *amount } else { 0.0 };
        }
    }
}

#[inline(always)]
fn amounts_of<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    cost: &CostFormula,
    spent: &Spent<'_, B>,
    amounts: &mut [f32; B],
) {
    match &cost.formula {
        CostKind::Constant(amount) => *amounts = [*amount; B],
        CostKind::PerSecond(rate) => {
            for i in 0..B {
                amounts[i] = rate * spent.span[i] as f32;
            }
        }
        CostKind::Product { factor, rows, surplus, times_span } => {
            *amounts = [*factor; B];
            for row in rows {
                let values = &spent.values[*row as usize].0;
                for i in 0..B {
                    amounts[i] *= values[i];
                }
            }
            if let Some(Operand::Row(row)) = surplus {
                let values = &spent.values[*row as usize].0;
                for i in 0..B {
                    amounts[i] *= 1.0 + values[i];
                }
            }
            if *times_span {
                for i in 0..B {
                    amounts[i] *= spent.span[i] as f32;
                }
            }
        }
        CostKind::Dated(dated_cost) => {
            for (i, amount) in amounts.iter_mut().enumerate() {
                let index = index_of(program, cost.rises, spent.values, i);
                *amount = dated(program, node, dated_cost, spent, index.as_ref(), i) as f32;
            }
        }
    }
}

/// The value of an operand in one iteration.
#[inline(always)]
pub(super) fn value<const B: usize>(operand: Operand, values: &[Row<f32, B>], i: usize) -> f64 {
    match operand {
        Operand::Fixed(value) => value,
        Operand::Row(row) => f64::from(values[row as usize].0[i]),
    }
}

/// A cost that depends on dates, in one iteration.
fn dated<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    cost: &DatedCost,
    spent: &Spent<'_, B>,
    index: Option<&Index>,
    i: usize,
) -> f64 {
    let timeline = &program.timelines[node.timeline as usize];
    let of = |operand: Operand| value(operand, spent.values, i);
    let period = Period {
        timeline: Some(node.timeline),
        start: i64::from(spent.start[i]),
        finish: i64::from(spent.finish[i]),
    };
    match cost {
        DatedCost::Once { amount, surplus, factor, price, changes } => {
            let start = timeline.wall_of_start(period.start);
            let in_force =
                changes.iter().rev().find(|(from, _)| *from <= start).map_or(*price, |(_, price)| *price);
            of(*amount) * (1.0 + of(*surplus)) * factor * of(in_force)
        }
        DatedCost::Running { units, tariff } => {
            of(*units) * integral(program.timelines, tariff, &period, index, of).0
        }
        DatedCost::Effort { effort, surplus, tariff } => {
            let (money, paid) = integral(program.timelines, tariff, &period, index, of);
            let effort = of(*effort) * (1.0 + of(*surplus));
            if paid > 0.0 {
                effort * money / paid
            } else {
                let start = timeline.wall_of_start(period.start);
                let rising = index.map_or(1.0, |index| index.at(start));
                effort * of(tariff.at(start)) * tariff.per_second * rising
            }
        }
    }
}

impl CostFormula {
    /// Whether nothing is made of it after all: it is in the plan's currency, at prices that stay.
    #[inline(always)]
    fn is_as_is(&self) -> bool {
        self.rises == NONE && self.exchange == Operand::Fixed(1.0)
    }
}

impl CostKind {
    /// Whether it is computed at the prices of the time it is worked.
    pub(super) fn is_priced(&self) -> bool {
        matches!(self, Self::Dated(cost) if !matches!(**cost, DatedCost::Once { .. }))
    }

    /// Whether it is paid by the second, so that a shorter span costs less by itself.
    pub(super) fn is_by_time(&self) -> bool {
        match self {
            Self::PerSecond(_) => true,
            Self::Product { times_span, .. } => *times_span,
            Self::Dated(cost) => matches!(**cost, DatedCost::Running { .. }),
            Self::Constant(_) => false,
        }
    }
}

/// From a start to a finish: positions of a timeline, or wall seconds since the anchor.
pub(super) struct Period {
    pub(super) timeline: Option<u16>,
    pub(super) start: i64,
    pub(super) finish: i64,
}

impl TariffOp {
    /// What is in force at a moment.
    fn at(&self, wall: i64) -> Operand {
        self.changes.iter().rev().find(|(from, _)| *from <= wall).map_or(self.first, |(_, value)| *value)
    }
}

/// The money that one unit costs over a period, at the prices of that time, and the seconds paid for.
pub(super) fn integral(
    timelines: &[Timeline],
    tariff: &TariffOp,
    period: &Period,
    index: Option<&Index>,
    of: impl Fn(Operand) -> f64,
) -> (f64, f64) {
    let position = |wall: i64| match tariff.timeline {
        Some(index) => timelines[index as usize].position_of_wall(wall),
        None => wall,
    };
    // A finish shown on Friday may lie before a start shown on Monday: then nothing is paid.
    let walls = || match period.timeline {
        Some(index) => timelines[index as usize].walls(period.start, period.finish),
        None => (period.start, period.finish.max(period.start)),
    };
    // Within one timeline nothing converts; else both ends travel by the wall clock.
    let (start, finish) = if tariff.timeline == period.timeline {
        (period.start, period.finish)
    } else {
        let (start, finish) = walls();
        (position(start), position(finish))
    };
    let (mut since, end) = if index.is_some() { walls() } else { (0, 0) };
    let mut money = 0.0;
    let mut from = start;
    let mut rate = tariff.first;
    let changes = tariff.changes.iter().map(|(change, next)| (position(*change), *change, *next));
    for (until, wall, next) in changes.chain([(finish, end, tariff.first)]) {
        let until = until.clamp(from, finish.max(from));
        let wall = wall.clamp(since, end.max(since));
        let rising = index.map_or(1.0, |index| index.along(Curve::Even, (since, wall), 1.0));
        money += of(rate) * (until - from) as f64 * rising;
        (from, since, rate) = (until, wall, next);
    }
    (money * tariff.per_second, (finish - start).max(0) as f64)
}
