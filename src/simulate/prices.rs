//! What prices make of a cost: how they have risen when it is paid, how much of it is paid before a plan fails,
//! and what its currency is worth.

use super::money::{Spent, value};
use super::program::{CostFormula, Node, Operand, Program};
use super::rows::Row;
use crate::model::Curve;
use crate::network::Index;

/// The price index of a category in one iteration, if its prices rise.
pub(super) fn index_of<const B: usize>(
    program: &Program<'_>,
    category: u32,
    values: &[Row<f32, B>],
    i: usize,
) -> Option<Index> {
    let escalation = program.escalations.get(category as usize)?.as_ref()?;
    Some(escalation.index(|rise| value(rise, values, i)))
}

/// Multiplies a cost by how much of it is paid, and by what prices have risen to when it is.
#[inline(never)]
pub(super) fn rise<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    cost: &CostFormula,
    spent: &Spent<'_, B>,
    amounts: &mut [f32; B],
) {
    let timeline = &program.timelines[node.timeline as usize];
    let is_by_time = cost.formula.is_by_time();
    for (i, amount) in amounts.iter_mut().enumerate().filter(|(i, _)| spent.happens.holds(*i)) {
        let index = index_of(program, cost.rises, spent.values, i);
        let factor = match &cost.payments {
            Some(payments) => spent.until.paid(payments, index.as_ref(), (spent.start[i], spent.full[i]), i),
            None => {
                let done = spent.done.filter(|_| !is_by_time).map_or(1.0, |done| f64::from(done[i]));
                let span = (i64::from(spent.start[i]), i64::from(spent.finish[i]));
                let over = |index: Index| index.along(Curve::Even, timeline.walls(span.0, span.1), 1.0);
                done * index.filter(|_| !cost.formula.is_priced()).map_or(1.0, over)
            }
        };
        *amount *= factor as f32;
    }
}

/// Turns a row of amounts of one currency into the plan's.
#[inline(always)]
pub(super) fn exchange<const B: usize>(rate: Operand, values: &[Row<f32, B>], amounts: &mut [f32; B]) {
    match rate {
        Operand::Fixed(1.0) => {}
        Operand::Fixed(rate) => amounts.iter_mut().for_each(|amount| *amount *= rate as f32),
        Operand::Row(row) => {
            let rates = &values[row as usize].0;
            for i in 0..B {
                amounts[i] *= rates[i];
            }
        }
    }
}
