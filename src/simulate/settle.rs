//! What can only be said when a block is placed: which runs fail, what is paid until then, and what
//! counts of visits that do not exist in every run.

use super::forward::{Workspace, on_wall};
use super::money::{Cut, Spent, spend};
use super::program::{NEVER, NONE, Node, Operand, Program};
use super::rows::{Mask, Row};
use crate::model::{Moment, Payment};
use crate::network::Axis;

/// Where a visit exists.
#[inline(always)]
pub(super) fn exists_of(node: &Node, exists: &[Mask]) -> Mask {
    if node.exists == NONE { Mask::ALL } else { exists[node.exists as usize] }
}

/// Lowers the time of failure to the finish of a visit that fails. What fails as the last visit of its
/// milestone is known with the last visit there may be.
pub(super) fn fail<const B: usize>(
    program: &Program<'_>,
    position: usize,
    (finish, last_finish): (&[i32; B], &[i32; B]),
    exists: &[Mask],
    values: &[Row<f32, B>],
    failure: &mut [i32; B],
) {
    let node = &program.nodes[position];
    let branch = &program.branches[node.branch as usize];
    let is_one = |draw: Operand| Mask::of::<B>(|i| super::money::value(draw, values, i) == 1.0);
    let mut fails = Mask::NONE;
    for draw in &branch.failures {
        fails = fails.or(is_one(*draw));
    }
    lower(program, node, fails.and(exists_of(node, exists)), finish, failure);
    let visits = program.several.get(node.several as usize);
    let is_last = visits.is_none_or(|visits| visits.last().is_some_and(|&last| last as usize == position));
    if let (Some(draw), true) = (branch.fails_as_last, is_last) {
        let first = visits.map_or(node, |visits| &program.nodes[visits[0] as usize]);
        lower(program, node, is_one(draw).and(exists_of(first, exists)), last_finish, failure);
    }
}

fn lower<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    fails: Mask,
    finish: &[i32; B],
    failure: &mut [i32; B],
) {
    if fails.is_none() {
        return;
    }
    let on_axis = match program.axis {
        Axis::Work(_) => *finish,
        Axis::Wall => on_wall(program, node, finish),
    };
    for i in 0..B {
        failure[i] = if fails.holds(i) { failure[i].min(on_axis[i]) } else { failure[i] };
    }
}

/// Where the plan is delivered.
pub(super) fn delivered<const B: usize>(program: &Program<'_>, work: &Workspace<B>) -> Mask {
    if program.can_fail { Mask::of::<B>(|i| work.failure.0[i] == i32::MAX) } else { Mask::ALL }
}

/// Ends the runs that fail, and pays what was done until then.
pub(super) fn settle<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>) {
    for (plan, failure) in work.plan.0.iter_mut().zip(&work.failure.0) {
        *plan = if *failure == i32::MAX { *plan } else { *failure };
    }
    for (position, node) in program.nodes.iter().enumerate() {
        if node.costs.0 == node.costs.1 {
            continue;
        }
        let until = Until { program, node, failure: &work.failure.0 };
        let start = &work.starts[node.start_row as usize].0;
        let full = &work.finishes[position].0;
        let happens = until.happens(start, full).and(exists_of(node, &work.exists));
        let mut finish = Row::<i32, B>::zero();
        let mut span = Row::<i32, B>::zero();
        let mut done = Row([1.0_f32; B]);
        for i in 0..B {
            let end = until.end(i).clamp(start[i], full[i].max(start[i]));
            (finish.0[i], span.0[i]) = (end, end - start[i]);
            if full[i] > start[i] {
                done.0[i] = (f64::from(span.0[i]) / f64::from(full[i] - start[i])) as f32;
            }
        }
        let paid = |payments: &[Payment], i: usize| until.paid(payments, start[i], full[i], i);
        let spent = Spent {
            start,
            finish: &finish.0,
            span: &span.0,
            values: &work.values,
            struck: &work.struck,
            happens,
            cut: Some(Cut { done: &done.0, paid: &paid }),
        };
        spend(program, node, &spent, &mut work.purses, &mut work.costs);
    }
    work.purses.iter_mut().for_each(super::money::PurseLane::flush);
}

/// How far a visit comes before the plan fails.
pub(super) struct Until<'a, const B: usize> {
    pub(super) program: &'a Program<'a>,
    pub(super) node: &'a Node,
    pub(super) failure: &'a [i32; B],
}

impl<const B: usize> Until<'_, B> {
    /// Where it starts before the failure, or is the failure.
    pub(super) fn happens(&self, start: &[i32; B], finish: &[i32; B]) -> Mask {
        let can_fail = self
            .program
            .branches
            .get(self.node.branch as usize)
            .is_some_and(|b| !b.failures.is_empty() || b.fails_as_last.is_some());
        Mask::of::<B>(|i| {
            let at = self.failure[i];
            at == i32::MAX
                || self.start_on_axis(start[i]) < i64::from(at)
                || (can_fail && self.finish_on_axis(finish[i]) == i64::from(at))
        })
    }

    /// The failure as a position of the visit's timeline.
    fn end(&self, i: usize) -> i32 {
        match (self.failure[i], self.program.axis) {
            (i32::MAX, _) => i32::MAX,
            (at, Axis::Work(_)) => at,
            (at, Axis::Wall) => {
                let timeline = &self.program.timelines[self.node.timeline as usize];
                super::program::clamp_position(timeline.position_of_wall(i64::from(at)))
            }
        }
    }

    fn start_on_axis(&self, start: i32) -> i64 {
        match self.program.axis {
            Axis::Work(_) => i64::from(start),
            Axis::Wall => {
                self.program.timelines[self.node.timeline as usize].wall_of_start(i64::from(start.max(0)))
            }
        }
    }

    fn finish_on_axis(&self, finish: i32) -> i64 {
        match self.program.axis {
            Axis::Work(_) => i64::from(finish),
            Axis::Wall => {
                self.program.timelines[self.node.timeline as usize].wall_of_finish(i64::from(finish.max(0)))
            }
        }
    }

    /// Which share of a cost is paid by the failure.
    fn paid(&self, payments: &[Payment], start: i32, finish: i32, i: usize) -> f32 {
        let at = self.failure[i];
        if at == i32::MAX {
            return 1.0;
        }
        let timeline = &self.program.timelines[self.node.timeline as usize];
        let wall = match self.program.axis {
            Axis::Work(_) => timeline.wall_of_finish(i64::from(at)),
            Axis::Wall => i64::from(at),
        };
        let is_paid = |payment: &&Payment| match payment.at {
            Moment::AfterStart(0) => true,
            Moment::AfterFinish(0) => self.finish_on_axis(finish) <= i64::from(at),
            Moment::AfterStart(wait) => timeline.wall_of_start(i64::from(start)) + wait <= wall,
            Moment::AfterFinish(wait) => timeline.wall_of_finish(i64::from(finish)) + wait <= wall,
        };
        payments.iter().filter(is_paid).map(|payment| payment.share.value()).sum::<f64>() as f32
    }
}

/// Counts what the forward pass left: visits that may be absent, milestones of several visits, and all
/// visits where the plan may fail.
pub(super) fn count_rest<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>, counted: Mask) {
    if program.exists_rows == 0 && !program.can_fail {
        return;
    }
    for (position, node) in program.nodes.iter().enumerate() {
        if !program.can_fail && node.exists == NONE && node.several == NONE {
            continue;
        }
        let mask = counted.and(exists_of(node, &work.exists));
        let several = program.several.get(node.several as usize);
        if several.is_some_and(|visits| visits[0] as usize != position) {
            // A repeat has no dates of its own, but is counted.
            work.tally.visits[position].counted += mask.count();
            continue;
        }
        let finish = finishes_of(work, position, node);
        let mut rows = [Row::<i32, B>::zero(), Row::<i32, B>::zero()];
        let mut count = 0;
        for i in (0..B).filter(|&i| mask.holds(i)) {
            rows[0].0[count] = start_of(work, node, i);
            rows[1].0[count] = finish.0[i];
            count += 1;
        }
        let [starts, finishes] = &rows;
        work.tally.visit::<B>(position, node.tallied, &starts.0, &finishes.0, count);
    }
}

fn start_of<const B: usize>(work: &Workspace<B>, node: &Node, i: usize) -> i32 {
    work.starts[node.start_row as usize].0[i]
}

/// The finishes of a visit's milestone: of the last visit that exists.
pub(super) fn finishes_of<'w, const B: usize>(
    work: &'w Workspace<B>,
    position: usize,
    node: &Node,
) -> &'w Row<i32, B> {
    if node.several == NONE { &work.finishes[position] } else { &work.last_finishes[node.several as usize] }
}

/// Copies the first of a kept row's numbers, [`NEVER`] where the milestone does not exist or the plan fails.
pub(super) fn keep<const B: usize>(
    program: &Program<'_>,
    work: &Workspace<B>,
    (position, start): (u32, bool),
    column: &mut [i32],
) {
    let node = &program.nodes[position as usize];
    let row = if start {
        &work.starts[node.start_row as usize]
    } else {
        finishes_of(work, position as usize, node)
    };
    column.copy_from_slice(&row.0[..column.len()]);
    let mask = exists_of(node, &work.exists).and(delivered(program, work));
    if mask != Mask::ALL {
        for (i, kept) in column.iter_mut().enumerate() {
            *kept = if mask.holds(i) { *kept } else { NEVER };
        }
    }
}
