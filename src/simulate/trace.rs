//! Criticality: which visits hold the plan's finish, iteration by iteration, as bits.
//!
//! The trace goes backwards from the visits that finish last, over links that bind (whose bound
//! *is* the start or the finish it bounds). Two marks travel: a visit is *finish-critical* where a
//! binding link leaves its finish, *start-critical* where one leaves its start. A second less of
//! work brings the plan's finish forward where the visit is finish-critical and its start is held
//! by a start bound; it puts it off where the visit is start-critical and its finish is held by
//! a finish bound, for then it starts later.

use super::branch::{Placed, branch_bound};
use super::forward::{Workspace, bound_row, on_wall, plain_start};
use super::program::{Kernel, NONE, Node, Operand, Program, range};
use super::rows::{Mask, Row, agree};
use super::settle::exists_of;
use super::tally::SAVES_ONE;
use crate::network::Axis;

/// The marks of all visits.
pub(super) struct Marks {
    finish: Vec<Mask>,
    /// By start row.
    start: Vec<Mask>,
    /// By milestone of several visits: what they have so far.
    several: Vec<Criticality>,
}

/// Where a milestone is critical: at its start, at its finish.
#[derive(Clone, Copy, Default)]
struct Criticality {
    start: Mask,
    finish: Mask,
}

impl Marks {
    pub(super) fn new(program: &Program<'_>) -> Self {
        Self {
            finish: vec![Mask::NONE; program.nodes.len()],
            start: vec![Mask::NONE; program.start_rows],
            several: vec![Criticality::default(); program.several.len()],
        }
    }
}

/// Traces one block backwards and counts; `valid` are the iterations that are part of the run,
/// `near` those of them that finish near the headline.
#[inline(always)]
pub(super) fn trace<const B: usize>(
    program: &Program<'_>,
    work: &mut Workspace<B>,
    marks: &mut Marks,
    valid: Mask,
    near: Mask,
) {
    // Below the soonest of the plan's finishes none can be the last.
    let soonest = work.plan.0.iter().copied().fold(i32::MAX, i32::min);
    for (position, node) in program.nodes.iter().enumerate().rev() {
        let mut finish_mark = marks.finish[position];
        if !finish_mark.is_none() {
            marks.finish[position] = Mask::NONE;
        }
        if node.ends_plan && work.highest[position] >= soonest {
            let finish = &work.finishes[position].0;
            let last = match program.axis {
                Axis::Work(_) => agree(finish, 0, &work.plan.0),
                Axis::Wall => agree(&on_wall(program, node, finish), 0, &work.plan.0),
            };
            finish_mark = finish_mark.or(last.and(valid));
        }
        let start_mark = match node.start_row {
            NONE => Mask::NONE,
            row => std::mem::take(&mut marks.start[row as usize]),
        };
        let critical = finish_mark.or(start_mark);
        if critical.is_none() && node.several == NONE {
            continue;
        }
        let exists = exists_of(node, &work.exists);
        let mut here = Criticality { start: start_mark.and(exists), finish: finish_mark.and(exists) };
        if node.several != NONE {
            // Later visits come first; with the original its milestone is complete.
            let all = &mut marks.several[node.several as usize];
            all.start = all.start.or(here.start);
            all.finish = all.finish.or(here.finish);
            let is_original = program.several[node.several as usize][0] as usize == position;
            here = if is_original { std::mem::take(all) } else { Criticality::default() };
        }
        let sums = &mut work.tally.visits[position];
        let either = here.start.or(here.finish);
        sums.critical += either.count();
        sums.start_critical += here.start.count();
        sums.finish_critical += here.finish.count();
        sums.near += either.and(near).count();
        if node.kernel == Kernel::Branch {
            trace_branch(program, position, work, marks, (start_mark, finish_mark), near);
        } else if node.kernel == Kernel::Plain {
            sums.saves += SAVES_ONE * i64::from(finish_mark.and(near).count());
            trace_plain(program, node, &work.finishes, marks, critical);
        } else {
            trace_general(program, position, work, marks, finish_mark, start_mark, near);
        }
    }
}

/// Marks the predecessors that hold the start of a visit with FS links only.
#[inline(always)]
fn trace_plain<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    finishes: &[Row<i32, B>],
    marks: &mut Marks,
    critical: Mask,
) {
    let links = &program.plain_links[range(node.links)];
    match links {
        [] => {}
        // A single predecessor binds wherever nothing else can.
        [link] if node.start_floor == 0 && link.lag >= 0 => {
            let mark = &mut marks.finish[link.from as usize];
            *mark = mark.or(critical);
        }
        _ => {
            let mut start = Row::<i32, B>::zero();
            plain_start(program, node, finishes, &mut start.0);
            for link in links {
                let binds = agree(&finishes[link.from as usize].0, link.lag, &start.0);
                let mark = &mut marks.finish[link.from as usize];
                *mark = mark.or(binds.and(critical));
            }
        }
    }
}

/// Marks the predecessors that hold the start or the finish of any visit.
#[inline(never)]
fn trace_general<const B: usize>(
    program: &Program<'_>,
    position: usize,
    work: &mut Workspace<B>,
    marks: &mut Marks,
    finish_mark: Mask,
    start_mark: Mask,
    near: Mask,
) {
    let node = &program.nodes[position];
    let critical = finish_mark.or(start_mark);
    let start = &work.starts[node.start_row as usize].0;
    let finish = &work.finishes[position].0;
    let mut start_bound = Mask::of::<B>(|i| start[i] == node.start_floor);
    let mut bound = Row::<i32, B>::zero();
    for link in &program.links[range(node.links)] {
        bound_row(program, link, &work.finishes, &work.starts, &work.values, &mut bound.0);
        let binds = if link.kind.bounds_finish() {
            agree(&bound.0, 0, finish)
        } else {
            let binds = agree(&bound.0, 0, start);
            start_bound = start_bound.or(binds);
            binds
        };
        let binds = binds.and(critical);
        let from = if link.kind.leaves_start() {
            &mut marks.start[link.from_start as usize]
        } else {
            &mut marks.finish[link.from as usize]
        };
        *from = from.or(binds);
        // Its bound moves with the predecessor's span, too.
        if link.share != Operand::Fixed(0.0) {
            let share = |i| super::money::value(link.share, &work.values, i);
            let binds = binds.and(near);
            let more: i64 = (0..B)
                .filter(|&i| binds.holds(i))
                .map(|i| (share(i) * SAVES_ONE as f64).round() as i64)
                .sum();
            work.tally.visits[link.from as usize].saves += more;
        }
    }
    let saved = finish_mark.and(start_bound).and(near).count();
    let lost = start_mark.without(start_bound).and(near).count();
    work.tally.visits[position].saves += SAVES_ONE * (i64::from(saved) - i64::from(lost));
}

/// The same for a visit that knows existence: an absent original passes its marks on, an absent repeat has
/// none, and a second saved in the original saves a repeat its share of it.
#[inline(never)]
fn trace_branch<const B: usize>(
    program: &Program<'_>,
    position: usize,
    work: &mut Workspace<B>,
    marks: &mut Marks,
    (start_mark, finish_mark): (Mask, Mask),
    near: Mask,
) {
    let node = &program.nodes[position];
    let branch = &program.branches[node.branch as usize];
    let Workspace { finishes, starts, values, exists: existing, tally, .. } = work;
    let (start, finish) = (&starts[node.start_row as usize].0, &finishes[position].0);
    let exists = exists_of(node, existing);
    let critical =
        if branch.is_repeat { start_mark.or(finish_mark).and(exists) } else { start_mark.or(finish_mark) };
    let mut start_bound = Mask::of::<B>(|i| start[i] == node.start_floor);
    let mut bound = Row::<i32, B>::zero();
    let placed = Placed { finishes, starts, values, exists: existing };
    for link in &branch.links {
        branch_bound(program, link, &placed, exists, &mut bound.0);
        let binds = if link.link.kind.bounds_finish() {
            agree(&bound.0, 0, finish)
        } else {
            let binds = agree(&bound.0, 0, start);
            start_bound = start_bound.or(binds);
            binds
        };
        let binds = binds.and(critical);
        let from = if link.link.kind.leaves_start() {
            &mut marks.start[link.link.from_start as usize]
        } else {
            &mut marks.finish[link.link.from as usize]
        };
        *from = from.or(binds);
        if link.link.share != Operand::Fixed(0.0) {
            // A bare link has lost its share.
            let binds = binds.and(near).and(exists).and(placed.exists(program, link.link.from));
            let more = weighed::<B>(binds, |i| super::money::value(link.link.share, values, i));
            tally.visits[original(program, link.link.from as usize)].saves += more;
        }
    }
    let near = near.and(exists);
    let effects = program.effects.get(node.effects as usize);
    let share = effects.map_or(Operand::Fixed(1.0), |effects| effects.share);
    let share = |i| super::money::value(share, values, i);
    let saved = weighed::<B>(finish_mark.and(start_bound).and(near), share);
    let lost = weighed::<B>(start_mark.without(start_bound).and(near), share);
    tally.visits[original(program, position)].saves += saved - lost;
}

/// The sum of weights where a mask holds.
fn weighed<const B: usize>(mask: Mask, weight: impl Fn(usize) -> f64) -> i64 {
    (0..B).filter(|&i| mask.holds(i)).map(|i| (weight(i) * SAVES_ONE as f64).round() as i64).sum()
}

/// The first visit of a visit's milestone, under which all are counted.
fn original(program: &Program<'_>, position: usize) -> usize {
    let several = program.nodes[position].several as usize;
    program.several.get(several).map_or(position, |visits| visits[0] as usize)
}
