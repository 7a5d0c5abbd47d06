//! Visits that may be absent, visits that may fail, and visits that follow absent ones, over a block.
//!
//! An absent original takes no time and lets time through: it lies where its links put it, and the lags of
//! links from and to it do not count. An absent repeat lies at [`NEVER`], from where no bound holds.

use super::effects::{Hits, Which, lengthen, strikes};
use super::forward::{bound_row, general_start, plain_start};
use super::program::{Branch, BranchLink, ConditionOp, Kernel, NEVER, NONE, Node, Operand, Program};
use super::rows::{CAP_I32, Mask, Row, raise};
use crate::model::{Comparison, End};
use crate::network::VisitId;

/// The rows of what was placed so far.
pub(super) struct Placed<'a, const B: usize> {
    pub(super) finishes: &'a [Row<i32, B>],
    pub(super) starts: &'a [Row<i32, B>],
    pub(super) values: &'a [Row<f32, B>],
    pub(super) exists: &'a [Mask],
}

impl<const B: usize> Placed<'_, B> {
    /// Where a visit exists.
    #[inline(always)]
    pub(super) fn exists(&self, program: &Program<'_>, visit: u32) -> Mask {
        match program.nodes[visit as usize].exists {
            NONE => Mask::ALL,
            row => self.exists[row as usize],
        }
    }
}

/// Where a visit exists: all of its conditions hold, and one of its predecessors exists.
pub(super) fn existence<const B: usize>(
    program: &Program<'_>,
    branch: &Branch,
    placed: &Placed<'_, B>,
) -> Mask {
    let mut exists = Mask::ALL;
    if !branch.one_of.is_empty() {
        exists = Mask::NONE;
        for visit in &branch.one_of {
            exists = exists.or(placed.exists(program, *visit));
        }
    }
    for condition in &branch.conditions {
        exists = exists.and(holds(program, condition, placed));
    }
    exists
}

fn holds<const B: usize>(program: &Program<'_>, condition: &ConditionOp, placed: &Placed<'_, B>) -> Mask {
    match condition {
        ConditionOp::Drawn { by, draw, value } => {
            let drawn = Mask::of::<B>(|i| super::money::value(*draw, placed.values, i) == *value);
            by.map_or(drawn, |by| drawn.and(placed.exists(program, by)))
        }
        ConditionOp::Exceeds { draw, times, above } => {
            let of = |operand: Operand, i: usize| super::money::value(operand, placed.values, i);
            Mask::of::<B>(|i| of(*draw, i) * of(*times, i) > *above)
        }
        ConditionOp::Ended { ends, is_ended } => {
            let mut ended = Mask::NONE;
            for (visit, draw) in ends {
                let drawn = Mask::of::<B>(|i| super::money::value(*draw, placed.values, i) == 1.0);
                ended = ended.or(drawn.and(placed.exists(program, *visit)));
            }
            if *is_ended { ended } else { Mask::first(B).without(ended) }
        }
        ConditionOp::Placed { visits, end, comparison, limit } => {
            let (mut at, mut exists) = (Row::<i32, B>::zero(), Mask::NONE);
            for visit in visits {
                let here = placed.exists(program, *visit);
                let row = match end {
                    End::Start => &placed.starts[program.nodes[*visit as usize].start_row as usize].0,
                    End::Finish => &placed.finishes[*visit as usize].0,
                };
                // The first start, the last finish.
                let new = if *end == End::Start { here.without(exists) } else { here };
                select(new, row, &mut at.0);
                exists = exists.or(here);
            }
            let limit = *limit;
            let met = Mask::of::<B>(|i| match comparison {
                Comparison::Below => at.0[i] < limit,
                Comparison::AtMost => at.0[i] <= limit,
                Comparison::Above => at.0[i] > limit,
                Comparison::AtLeast => at.0[i] >= limit,
            });
            met.and(exists)
        }
    }
}

/// Takes the values of `from` where the mask holds.
pub(super) fn select<const B: usize>(mask: Mask, from: &[i32; B], to: &mut [i32; B]) {
    for i in 0..B {
        to[i] = if mask.holds(i) { from[i] } else { to[i] };
    }
}

/// The start of a visit that knows existence, given its span (0 where it is absent).
pub(super) fn branch_start<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    placed: &Placed<'_, B>,
    exists: Mask,
    span: &[i32; B],
    start: &mut [i32; B],
) {
    let branch = &program.branches[node.branch as usize];
    let mut finish = [node.finish_floor; B];
    *start = [node.start_floor; B];
    if !node.is_sure() {
        let absent = Mask::first(B).without(exists);
        select(absent, &[0; B], start);
        select(absent, &[0; B], &mut finish);
    }
    let mut bound = Row::<i32, B>::zero();
    for link in &branch.links {
        branch_bound(program, link, placed, exists, &mut bound.0);
        raise(if link.link.kind.bounds_finish() { &mut finish } else { &mut *start }, &bound.0, 0);
    }
    for i in 0..B {
        start[i] = start[i].max(finish[i] - span[i]).min(CAP_I32);
    }
    if branch.is_repeat {
        select(Mask::first(B).without(exists), &[NEVER; B], start);
    }
}

/// Where a link holds its successor back, absence considered.
pub(super) fn branch_bound<const B: usize>(
    program: &Program<'_>,
    link: &BranchLink,
    placed: &Placed<'_, B>,
    exists: Mask,
    bound: &mut [i32; B],
) {
    bound_row(program, &link.link, placed.finishes, placed.starts, placed.values, bound);
    let from = placed.exists(program, link.link.from);
    if let Some(bare) = &link.bare {
        let both = exists.and(from);
        if both != Mask::ALL {
            let mut without_lag = Row::<i32, B>::zero();
            bound_row(program, bare, placed.finishes, placed.starts, placed.values, &mut without_lag.0);
            select(Mask::first(B).without(both), &without_lag.0, bound);
        }
    }
    if link.masked {
        select(Mask::first(B).without(from), &[NEVER; B], bound);
    }
}

/// Places a visit that has effects or knows existence: from its base span (in `span`) to its span and start.
pub(super) fn place<const B: usize>(
    program: &Program<'_>,
    visit: VisitId,
    rows: PlacedSoFar<'_, B>,
    span: &mut [i32; B],
    start: &mut [i32; B],
) {
    let node = &program.nodes[visit.index()];
    let PlacedSoFar { finishes, starts, values, exists, struck } = rows;
    let mut here = Mask::ALL;
    if node.is_branch() {
        let placed = Placed { finishes, starts, values, exists };
        here = existence(program, &program.branches[node.branch as usize], &placed);
        if let Some(row) = exists.get_mut(node.exists as usize) {
            *row = here;
        }
    }
    let placed = Placed { finishes, starts, values, exists };
    let start_of = |span: &[i32; B], start: &mut [i32; B]| match node.kernel {
        Kernel::Plain => plain_start(program, node, finishes, start),
        Kernel::General => general_start(program, node, finishes, starts, values, span, start),
        Kernel::Branch => branch_start(program, node, &placed, here, span, start),
    };
    let nobody = |span: &mut [i32; B]| {
        if !node.is_sure() {
            select(Mask::first(B).without(here), &[0; B], span);
        }
    };
    let base = *span;
    let effects = program.effects.get(node.effects as usize);
    if let Some(effects) = effects {
        lengthen(effects, Hits { values, struck }, Which::AllYear, &base, span);
    }
    nobody(span);
    start_of(span, start);
    // Whether it is at work in a season is judged without what would strike it then.
    if let Some(effects) = effects.filter(|effects| !effects.seasons.is_empty()) {
        for season in &effects.seasons {
            struck[season.struck as usize] = strikes(program, visit, *season, start, span);
        }
        lengthen(effects, Hits { values, struck }, Which::Striking, &base, span);
        nobody(span);
        start_of(span, start);
    }
}

/// The rows of what was placed so far, and the masks to fill.
pub(super) struct PlacedSoFar<'a, const B: usize> {
    pub(super) finishes: &'a [Row<i32, B>],
    pub(super) starts: &'a [Row<i32, B>],
    pub(super) values: &'a [Row<f32, B>],
    pub(super) exists: &'a mut [Mask],
    pub(super) struck: &'a mut [Mask],
}
