//! What can only be said when a block is placed: which runs fail, what is paid until then, and what
//! counts of visits that do not exist in every run.

use super::forward::{Workspace, on_wall};
use super::money::{Spent, spend};
use super::program::{NEVER, NONE, Node, Operand, Program};
use super::rows::{Mask, Row};
use crate::model::{Moment, Payment, Timeline};
use crate::network::{Axis, Index, done_by};

/// Where a visit exists.
#[inline(always)]
pub(super) fn exists_of(node: &Node, exists: &[Mask]) -> Mask {
    if node.exists == NONE { Mask::ALL } else { exists[node.exists as usize] }
}

/// How the plan fails in each iteration of a block.
pub(super) struct Failures<const B: usize> {
    /// When, on the plan's axis; [`i32::MAX`] where it is delivered.
    pub(super) at: [i32; B],
    /// The visit that fails: of several at once the first.
    visit: [u32; B],
}

impl<const B: usize> Failures<B> {
    /// Nothing has failed yet.
    pub(super) const NONE: Self = Self { at: [i32::MAX; B], visit: [u32::MAX; B] };

    /// The visit that fails in an iteration, and when, if one does.
    pub(super) fn of(&self, i: usize) -> Option<(u32, i32)> {
        (self.at[i] != i32::MAX).then_some((self.visit[i], self.at[i]))
    }

    fn note(&mut self, i: usize, at: i32, visit: u32) {
        if (at, visit) < (self.at[i], self.visit[i]) {
            (self.at[i], self.visit[i]) = (at, visit);
        }
    }
}

/// Notes where a visit fails, if it is the first to. What fails as the last visit of its milestone is known
/// with the last visit there may be.
pub(super) fn fail<const B: usize>(
    program: &Program<'_>,
    position: usize,
    (finish, last_finish): (&[i32; B], &[i32; B]),
    exists: &[Mask],
    values: &[Row<f32, B>],
    failures: &mut Failures<B>,
) {
    let node = &program.nodes[position];
    let branch = &program.branches[node.branch as usize];
    let is_one = |draw: Operand| Mask::of::<B>(|i| super::money::value(draw, values, i) == 1.0);
    let mut fails = Mask::NONE;
    for draw in &branch.failures {
        fails = fails.or(is_one(*draw));
    }
    let own = |_: usize| position as u32;
    note(program, node, (fails.and(exists_of(node, exists)), finish), own, failures);
    let alone = [position as u32];
    let visits = program.several.get(node.several as usize).map_or(&alone[..], Vec::as_slice);
    if visits.last().is_none_or(|&last| last as usize != position) {
        return;
    }
    for draw in &branch.fails_as_last {
        let there = |visit: u32| exists_of(&program.nodes[visit as usize], exists);
        let last = |i: usize| *visits.iter().rev().find(|&&it| there(it).holds(i)).unwrap_or(&visits[0]);
        note(program, node, (is_one(*draw).and(there(visits[0])), last_finish), last, failures);
    }
}

fn note<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    (fails, finish): (Mask, &[i32; B]),
    visit: impl Fn(usize) -> u32,
    failures: &mut Failures<B>,
) {
    if fails.is_none() {
        return;
    }
    let on_axis = match program.axis {
        Axis::Work(_) => *finish,
        Axis::Wall => on_wall(program, node, finish),
    };
    for i in (0..B).filter(|&i| fails.holds(i)) {
        failures.note(i, on_axis[i], visit(i));
    }
}

/// Notes where all of several solutions fail: with the last of them.
pub(super) fn fail_together<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>) {
    for i in 0..B {
        let ends = program.alternatives.iter().map(|ends| first_end(program, work, ends, i));
        let failures: Option<Vec<(i32, u32)>> = ends.collect();
        if let Some((at, visit)) = failures.and_then(|failures| failures.into_iter().max()) {
            work.failure.note(i, at, visit);
        }
    }
}

/// When one of several solutions comes to its end, and with which visit.
pub(super) fn first_end<const B: usize>(
    program: &Program<'_>,
    work: &Workspace<B>,
    ends: &[(Vec<u32>, Operand)],
    i: usize,
) -> Option<(i32, u32)> {
    let there = |visit: &u32| exists_of(&program.nodes[*visit as usize], &work.exists).holds(i);
    let came_about = ends.iter().filter(|(visits, draw)| {
        super::money::value(*draw, &work.values, i) == 1.0 && visits.first().is_some_and(there)
    });
    let last = came_about.filter_map(|(visits, _)| visits.iter().rev().find(|visit| there(visit)));
    last.map(|&visit| (finish_on_axis(program, work, visit, i), visit)).min()
}

fn finish_on_axis<const B: usize>(program: &Program<'_>, work: &Workspace<B>, visit: u32, i: usize) -> i32 {
    let finish = work.finishes[visit as usize].0[i];
    match program.axis {
        Axis::Work(_) => finish,
        Axis::Wall => {
            let timeline = &program.timelines[usize::from(program.nodes[visit as usize].timeline)];
            super::program::clamp_position(timeline.wall_of_finish(i64::from(finish)))
        }
    }
}

/// Where the plan is delivered.
pub(super) fn delivered<const B: usize>(program: &Program<'_>, work: &Workspace<B>) -> Mask {
    if program.can_fail { Mask::of::<B>(|i| work.failure.at[i] == i32::MAX) } else { Mask::ALL }
}

/// Ends the runs that fail, and pays what was done until then.
pub(super) fn settle<const B: usize>(program: &Program<'_>, work: &mut Workspace<B>) {
    for (plan, failure) in work.plan.0.iter_mut().zip(&work.failure.at) {
        *plan = if *failure == i32::MAX { *plan } else { *failure };
    }
    for (position, node) in program.nodes.iter().enumerate() {
        if node.costs.0 == node.costs.1 {
            continue;
        }
        let until = Until { program, position, failure: &work.failure };
        let start = &work.starts[node.start_row as usize].0;
        let full = &work.finishes[position].0;
        let happens = until.happens(start).and(exists_of(node, &work.exists));
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
        let spent = Spent {
            start,
            finish: &finish.0,
            span: &span.0,
            values: &work.values,
            struck: &work.struck,
            happens,
            full,
            done: Some(&done.0),
            until,
        };
        spend(program, node, &spent, &mut work.purses, &mut work.costs);
    }
    work.purses.iter_mut().for_each(super::money::PurseLane::flush);
}

/// How far a visit comes before the plan fails.
pub(super) struct Until<'a, const B: usize> {
    pub(super) program: &'a Program<'a>,
    pub(super) position: usize,
    pub(super) failure: &'a Failures<B>,
}

impl<const B: usize> Until<'_, B> {
    /// Where it starts before the failure, or is the failure.
    pub(super) fn happens(&self, start: &[i32; B]) -> Mask {
        Mask::of::<B>(|i| self.is_before(start[i], i))
    }

    /// Whether it starts before the failure, or is the failure, in one iteration.
    pub(super) fn is_before(&self, start: i32, i: usize) -> bool {
        let at = self.failure.at[i];
        at == i32::MAX
            || self.start_on_axis(start) < i64::from(at)
            || self.failure.visit[i] as usize == self.position
    }

    fn timeline(&self) -> &Timeline {
        &self.program.timelines[self.program.nodes[self.position].timeline as usize]
    }

    /// The failure as a position of the visit's timeline.
    fn end(&self, i: usize) -> i32 {
        match (self.failure.at[i], self.program.axis) {
            (i32::MAX, _) => i32::MAX,
            (at, Axis::Work(_)) => at,
            (at, Axis::Wall) => {
                let timeline = self.timeline();
                super::program::clamp_position(timeline.position_of_wall(i64::from(at)))
            }
        }
    }

    fn start_on_axis(&self, start: i32) -> i64 {
        match self.program.axis {
            Axis::Work(_) => i64::from(start),
            Axis::Wall => self.timeline().wall_of_start(i64::from(start.max(0))),
        }
    }

    fn finish_on_axis(&self, finish: i32) -> i64 {
        match self.program.axis {
            Axis::Work(_) => i64::from(finish),
            Axis::Wall => self.timeline().wall_of_finish(i64::from(finish.max(0))),
        }
    }

    /// How much of a cost is paid by the failure, at the prices of when it is.
    pub(super) fn paid(
        &self,
        payments: &[Payment],
        index: Option<&Index>,
        (start, finish): (i32, i32),
        i: usize,
    ) -> f64 {
        let at = self.failure.at[i];
        if at == i32::MAX && index.is_none() {
            return 1.0;
        }
        let timeline = self.timeline();
        let (from, to) = timeline.walls(i64::from(start), i64::from(finish));
        let rising = |wall: i64| index.map_or(1.0, |index| index.at(wall));
        let paid = |payment: &Payment| match payment.at {
            Moment::AfterStart(wait) if self.is_due(payment.at, (start, finish), i) => rising(from + wait),
            Moment::AfterFinish(wait) if self.is_due(payment.at, (start, finish), i) => rising(to + wait),
            Moment::AfterStart(_) | Moment::AfterFinish(_) => 0.0,
            Moment::Along(curve, wait) => {
                let done = self.done_after(wait, (start, finish), i);
                let along = |index: &Index| index.along(curve, (from + wait, to + wait), done);
                index.map_or_else(|| curve.flowed(done), along)
            }
        };
        payments.iter().map(|payment| payment.share.value() * paid(payment)).sum()
    }

    /// The failure in wall seconds.
    fn wall(&self, i: usize) -> i64 {
        let at = i64::from(self.failure.at[i]);
        match self.program.axis {
            Axis::Work(_) => self.timeline().wall_of_finish(at),
            Axis::Wall => at,
        }
    }

    /// Whether a moment of the visit comes before the failure.
    fn is_due(&self, at: Moment, (start, finish): (i32, i32), i: usize) -> bool {
        if self.failure.at[i] == i32::MAX {
            return true;
        }
        let timeline = self.timeline();
        match at {
            Moment::AfterStart(0) => true,
            Moment::AfterFinish(0) => self.finish_on_axis(finish) <= i64::from(self.failure.at[i]),
            Moment::AfterStart(wait) | Moment::Along(_, wait) => {
                timeline.wall_of_start(i64::from(start)) + wait <= self.wall(i)
            }
            Moment::AfterFinish(wait) => timeline.wall_of_finish(i64::from(finish)) + wait <= self.wall(i),
        }
    }

    /// The share of the span that was done so many elapsed seconds before the failure.
    fn done_after(&self, wait: i64, (start, finish): (i32, i32), i: usize) -> f64 {
        if self.failure.at[i] == i32::MAX {
            return 1.0;
        }
        if wait > 0 {
            let span = (i64::from(start), i64::from(finish));
            return done_by(self.timeline(), span, self.wall(i) - wait);
        }
        let done = self.end(i).clamp(start, finish.max(start)) - start;
        if finish > start { f64::from(done) / f64::from(finish - start) } else { 1.0 }
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
        if node.timeline != 0 {
            let calendars = program.calendars_of(node);
            work.tally.on_plan_calendar(position, calendars, &starts.0[..count], &finishes.0[..count]);
        }
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
