//! Money that no single visit spends: what risks and responses cost once, hammocks, surcharges.

use super::money::{Period, PurseLane, integral, value};
use super::prices::index_of;
use super::program::{HammockOp, Program, RiskCostOp};
use super::rows::{Mask, Row};
use super::settle::{Failures, Until, exists_of};
use crate::model::Category;
use crate::network::Axis;

/// Where the visits that a hammock or the plan's finish asks for began and ended.
pub(super) struct Ends<'a, const B: usize> {
    pub(super) starts: &'a [Row<i32, B>],
    pub(super) finishes: &'a [Row<i32, B>],
    pub(super) plan: &'a [i32; B],
    pub(super) values: &'a [Row<f32, B>],
    pub(super) exists: &'a [Mask],
    pub(super) struck: &'a [Mask],
    pub(super) failure: &'a Failures<B>,
}

impl<const B: usize> Ends<'_, B> {
    /// Where a visit happens: it exists, and starts before the plan fails.
    fn happens(&self, program: &Program<'_>, visit: u32) -> Mask {
        let node = &program.nodes[visit as usize];
        let exists = exists_of(node, self.exists);
        if !program.can_fail {
            return exists;
        }
        let until = Until { program, position: visit as usize, failure: self.failure };
        let start = &self.starts[node.start_row as usize].0;
        until.happens(start).and(exists)
    }

    /// When the money of a risk that strikes is due, in wall seconds: at the first start of what it strikes; of
    /// a response, when the plan starts.
    fn due(&self, program: &Program<'_>, cost: &RiskCostOp, i: usize) -> i64 {
        if cost.happens.is_none() {
            return program.timelines[0].wall_of_start(0);
        }
        let strikes = |&&(visit, season): &&(u32, u32)| {
            self.struck.get(season as usize).is_none_or(|struck| struck.holds(i))
                && self.happens(program, visit).holds(i)
        };
        let start = |&(visit, _): &(u32, u32)| {
            let node = &program.nodes[visit as usize];
            let start = self.starts[node.start_row as usize].0[i];
            program.timelines[node.timeline as usize].wall_of_start(i64::from(start))
        };
        cost.hits.iter().filter(strikes).map(start).min().unwrap_or(0)
    }
}

/// Adds what risks cost once, where they happen and strike something, and what responses cost.
fn risk_costs<const B: usize>(program: &Program<'_>, ends: &Ends<'_, B>, purses: &mut [PurseLane<B>]) {
    for cost in &program.risk_costs {
        let mut paid = Mask::ALL;
        if let Some(happens) = cost.happens {
            let mut struck = Mask::NONE;
            for &(visit, season) in &cost.hits {
                let in_season = ends.struck.get(season as usize).copied().unwrap_or(Mask::ALL);
                struck = struck.or(ends.happens(program, visit).and(in_season));
            }
            paid = struck.and(Mask::of::<B>(|i| value(happens, ends.values, i) == 1.0));
        }
        let amount = |i: usize| {
            let amount = value(cost.amount, ends.values, i) * value(cost.exchange, ends.values, i);
            let index = index_of(program, Category::Risk as u32, ends.values, i);
            amount * index.map_or(1.0, |index| index.at(ends.due(program, cost, i)))
        };
        let amounts: [f64; B] = std::array::from_fn(|i| if paid.holds(i) { amount(i) } else { 0.0 });
        for purse in std::iter::once(&cost.purse).chain(&cost.also) {
            purses[*purse as usize].add_f64(&amounts);
        }
    }
}

/// Adds what risks cost once, hammocks, then surcharges, to their purses; all purses are flushed before.
pub(super) fn overheads<const B: usize>(
    program: &Program<'_>,
    ends: &Ends<'_, B>,
    purses: &mut [PurseLane<B>],
) {
    risk_costs(program, ends, purses);
    for hammock in &program.hammocks {
        let happens: Vec<Mask> = match &hammock.over {
            Some(over) => over.iter().map(|visit| ends.happens(program, *visit)).collect(),
            None => Vec::new(),
        };
        let amounts: [f64; B] = std::array::from_fn(|i| {
            let of = |operand| value(operand, ends.values, i);
            let period = hammock_period(program, hammock, ends, &happens, i);
            let index = index_of(program, hammock.category as u32, ends.values, i);
            let money = integral(program.timelines, &hammock.tariff, &period, index.as_ref(), of).0;
            money * of(hammock.exchange)
        });
        for purse in std::iter::once(&hammock.purse).chain(&hammock.also) {
            purses[*purse as usize].add_f64(&amounts);
        }
    }
    for surcharge in &program.surcharges {
        let mut amounts = [0.0; B];
        for purse in &surcharge.on {
            for (amount, money) in amounts.iter_mut().zip(purses[*purse as usize].total()) {
                *amount += money;
            }
        }
        for (i, amount) in amounts.iter_mut().enumerate() {
            *amount *= value(surcharge.share, ends.values, i);
        }
        purses[surcharge.purse as usize].add_f64(&amounts);
    }
}

/// The first start to the last finish of what a hammock spans.
fn hammock_period<const B: usize>(
    program: &Program<'_>,
    hammock: &HammockOp,
    ends: &Ends<'_, B>,
    happens: &[Mask],
    i: usize,
) -> Period {
    let axis = match program.axis {
        Axis::Work(timeline) => Some(timeline),
        Axis::Wall => None,
    };
    let Some(over) = &hammock.over else {
        // The plan begins where its first second of work does.
        let start = match program.axis {
            Axis::Work(_) => 0,
            Axis::Wall => program.timelines.first().map_or(0, |timeline| timeline.wall_of_start(0)),
        };
        return Period { timeline: axis, start, finish: i64::from(ends.plan[i]) };
    };
    let mut period = Period { timeline: axis, start: i64::MAX, finish: 0 };
    for (visit, happens) in over.iter().zip(happens) {
        if !happens.holds(i) {
            continue;
        }
        let node = &program.nodes[*visit as usize];
        let start = i64::from(ends.starts[node.start_row as usize].0[i]);
        let finish = i64::from(ends.finishes[*visit as usize].0[i]);
        let (start, finish) = match program.axis {
            Axis::Work(_) => (start, finish),
            Axis::Wall => {
                let timeline = &program.timelines[node.timeline as usize];
                (timeline.wall_of_start(start), timeline.wall_of_finish(finish))
            }
        };
        period.start = period.start.min(start);
        period.finish = period.finish.max(finish);
    }
    period.finish = period.finish.min(i64::from(ends.failure.at[i]));
    period.start = period.start.min(period.finish);
    period
}
