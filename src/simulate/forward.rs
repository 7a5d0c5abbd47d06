//! The forward pass over one block: draws, spans, starts, finishes and money of every visit.

use crate::model::LinkKind;
use crate::network::{Axis, VisitId};

use super::branch::{PlacedSoFar, place, select};
use super::effects::stretch;
use super::mixing::Scratch;
use super::money::{PurseLane, Spent, spend};
use super::program::{EffectsOp, GeneralLink, Kernel, NONE, Node, NodeDraw, Operand, Program, Span, range};
use super::rows::{CAP_I32, Mask, Row, advance, latest, raise, spans_of, whole_lag, whole_span};
use super::settings::Settings;
use super::settle::{Failures, Until, exists_of, fail};
use super::stream::Streams;
use super::tally::Tally;

/// Where the numbers of a block come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// From every variable's stream, from this position on.
    Streams(u64),
    /// Every variable has its mean.
    Means,
}

/// Everything a thread needs to run blocks.
pub(super) struct Workspace<const B: usize> {
    drawing: Drawing<B>,
    /// By visit. These rows, and those of draws, begin to exist in the first block: a pass over
    /// fresh memory before it would cost as much as a block.
    pub(super) finishes: Vec<Row<i32, B>>,
    /// By start row.
    pub(super) starts: Vec<Row<i32, B>>,
    /// By variable: draws as kept for the sensitivity.
    pub(super) kept_draws: Vec<Row<i16, B>>,
    /// By value row.
    pub(super) values: Vec<Row<f32, B>>,
    /// By cost row.
    pub(super) costs: Vec<Row<f32, B>>,
    pub(super) purses: Vec<PurseLane<B>>,
    /// The plan's finish on its axis.
    pub(super) plan: Row<i32, B>,
    /// The plan's cost; the caller's to fill.
    pub(super) cost: Row<f64, B>,
    /// The latest position of all visits, where a run may reach the cap.
    pub(super) latest: Row<i32, B>,
    /// By visit that may end the plan: the highest of its finishes, on the plan's axis.
    pub(super) highest: Vec<i32>,
    /// By visit that may be absent: where it exists.
    pub(super) exists: Vec<Mask>,
    /// By season of a visit: where it is at work then.
    pub(super) struck: Vec<Mask>,
    pub(super) failure: Failures<B>,
    /// By milestone of several visits: the finish of the last one that exists.
    pub(super) last_finishes: Vec<Row<i32, B>>,
    pub(super) tally: Tally,
}

/// What draws are made of, and pass through.
struct Drawing<const B: usize> {
    streams: Streams,
    /// Scores that correlated variables share.
    scores: Vec<Row<f32, B>>,
    scratch: Scratch<B>,
}

impl<const B: usize> Workspace<B> {
    pub(super) fn new(program: &Program<'_>, settings: &Settings, tally: Tally) -> Self {
        Self {
            drawing: Drawing {
                streams: Streams::of(settings),
                scores: vec![Row::zero(); program.mixing.rows()],
                scratch: Scratch::new(),
            },
            finishes: Vec::with_capacity(program.nodes.len()),
            starts: vec![Row::zero(); program.start_rows],
            kept_draws: Vec::with_capacity(program.variables.len()),
            values: vec![Row::zero(); program.value_rows],
            costs: vec![Row::zero(); program.cost_rows],
            purses: program.purses.iter().map(|_| PurseLane::new()).collect(),
            plan: Row::zero(),
            cost: Row::zero(),
            latest: Row::zero(),
            highest: vec![0; program.nodes.len()],
            exists: vec![Mask::NONE; program.exists_rows],
            struck: vec![Mask::NONE; program.struck_rows],
            failure: Failures::NONE,
            last_finishes: vec![Row::zero(); program.several.len()],
            tally,
        }
    }
}

/// Runs one block forwards. With `TALLY`, the statistics of each visit that always exists are counted
/// while its rows are at hand; `count` iterations of the block are part of the run. Where the plan may
/// fail, money and counts wait until all visits are placed.
#[inline(always)]
pub(super) fn forward<const B: usize, const TALLY: bool>(
    program: &Program<'_>,
    work: &mut Workspace<B>,
    source: Source,
    count: usize,
) {
    let Workspace {
        drawing,
        finishes,
        starts,
        kept_draws,
        values,
        costs,
        purses,
        plan,
        latest,
        highest,
        exists,
        struck,
        failure,
        last_finishes,
        tally,
        ..
    } = work;
    for (purse, beginning) in purses.iter_mut().zip(&program.purses) {
        purse.begin(beginning.constant);
    }
    plan.0 = [0; B];
    latest.0 = [0; B];
    *failure = Failures::NONE;
    if let Source::Streams(first) = source {
        program.mixing.draw_shared(&mut drawing.streams, first, &mut drawing.scores);
    }
    for draw in &program.shared {
        draw_row::<B, TALLY>(program, drawing, *draw, source, kept_draws, values);
    }
    for computed in &program.computed {
        match source {
            Source::Streams(_) => computed.fill(values),
            Source::Means => computed.fill_planned(values),
        }
    }
    let mut start = Row::<i32, B>::zero();
    let mut span = Row::<i32, B>::zero();
    for (position, node) in program.nodes.iter().enumerate() {
        if TALLY {
            tally.warm(position);
        }
        for draw in &program.node_draws[range(node.draws)] {
            draw_row::<B, TALLY>(program, drawing, *draw, source, kept_draws, values);
        }
        span_row(program, node.span, values, &mut span.0);
        if finishes.len() == position {
            finishes.push(Row::zero());
        }
        let (before, rest) = finishes.split_at_mut(position);
        let Some(finish) = rest.first_mut() else { break };
        let factor = program.effects.get(node.effects as usize).and_then(EffectsOp::lone_factor);
        if let (Some(factor), Kernel::Plain) = (factor, node.kernel) {
            // By far the most: one risk with a factor, on a plain milestone.
            stretch(factor, values, &mut span.0);
            plain_start(program, node, before, &mut start.0);
        } else if node.effects != NONE || node.kernel == Kernel::Branch {
            let rows = PlacedSoFar { finishes: before, starts, values, exists, struck };
            place(program, VisitId::new(position), rows, &mut span.0, &mut start.0);
        } else if node.kernel == Kernel::Plain {
            plain_start(program, node, before, &mut start.0);
        } else {
            general_start(program, node, before, starts, values, &span.0, &mut start.0);
        }
        if program.may_reach_cap {
            start.0.iter_mut().for_each(|at| *at = (*at).min(CAP_I32));
        }
        advance(&start.0, &span.0, &mut finish.0);
        if node.start_row != NONE {
            starts[node.start_row as usize].0 = start.0;
        }
        if node.ends_plan {
            let on_axis = match program.axis {
                Axis::Work(_) => &finish.0,
                Axis::Wall => &on_wall(program, node, &finish.0),
            };
            raise(&mut plan.0, on_axis, 0);
            highest[position] = on_axis.iter().copied().fold(0, i32::max);
        }
        if program.may_reach_cap {
            raise(&mut latest.0, &finish.0, 0);
        }
        if node.several != NONE {
            let visits = &program.several[node.several as usize];
            let row = &mut last_finishes[node.several as usize].0;
            let here = if visits[0] as usize == position { Mask::ALL } else { exists_of(node, exists) };
            select(here, &finish.0, row);
        }
        if node.branch != NONE {
            let last = last_finishes.get(node.several as usize).unwrap_or(finish);
            fail(program, position, (&finish.0, &last.0), exists, values, failure);
        }
        if program.can_fail {
            continue;
        }
        if node.costs.0 != node.costs.1 {
            let spent = Spent {
                start: &start.0,
                finish: &finish.0,
                span: &span.0,
                values,
                struck,
                happens: exists_of(node, exists),
                full: &finish.0,
                done: None,
                until: Until { program, position, failure },
            };
            spend(program, node, &spent, purses, costs);
        }
        if TALLY && node.exists == NONE && node.several == NONE {
            tally.visit::<B>(position, node.tallied, &start.0, &finish.0, count);
            if node.timeline != 0 {
                tally.on_plan_calendar(
                    position,
                    program.calendars_of(node),
                    &start.0[..count],
                    &finish.0[..count],
                );
            }
        }
    }
    for purse in purses.iter_mut() {
        purse.flush();
    }
}

/// Draws one variable's row; with `TALLY`, the draws are kept for the sensitivity.
#[inline(always)]
fn draw_row<const B: usize, const TALLY: bool>(
    program: &Program<'_>,
    drawing: &mut Drawing<B>,
    draw: NodeDraw,
    source: Source,
    kept_draws: &mut Vec<Row<i16, B>>,
    values: &mut [Row<f32, B>],
) {
    let variable = &program.variables[draw.variable as usize];
    let Drawing { streams, scores, scratch } = drawing;
    let values = &mut values[draw.row as usize].0;
    let Source::Streams(first) = source else {
        *values = [variable.mean; B];
        return;
    };
    let kept = draw.variable as usize;
    if TALLY && kept_draws.len() <= kept {
        kept_draws.resize(kept + 1, Row::zero());
    }
    if let Some(mix) = variable.mix {
        program.mixing.score_row(mix, streams, first, scores, scratch);
        program.mixing.values(mix, &scratch.scores.0, values);
        if TALLY {
            program.mixing.keep(mix, &scratch.scores.0, &mut kept_draws[kept].0);
        }
    } else {
        let draws = &mut scratch.draws.0;
        streams.fill(variable.stream, first, draws);
        program.samplers.draw(&variable.sampler, draws, values);
        if TALLY {
            program.samplers.keep(&variable.sampler, draws, &mut kept_draws[kept].0);
        }
    }
}

#[inline(always)]
fn span_row<const B: usize>(program: &Program<'_>, span: Span, values: &[Row<f32, B>], spans: &mut [i32; B]) {
    match span {
        Span::Fixed(seconds) => *spans = [seconds; B],
        Span::Row(row, seconds) => spans_of(&values[row as usize].0, seconds, spans),
        Span::Longest(begin, end) => longest(program, range((begin, end)), values, spans),
    }
}

/// The longest of several formulas.
#[inline(never)]
fn longest<const B: usize>(
    program: &Program<'_>,
    formulas: std::ops::Range<usize>,
    values: &[Row<f32, B>],
    spans: &mut [i32; B],
) {
    *spans = [0; B];
    for formula in &program.spans[formulas] {
        for (i, span) in spans.iter_mut().enumerate() {
            let of = |operand| super::money::value(operand, values, i);
            let units = of(formula.units);
            let amount = of(formula.amount) * (1.0 + of(formula.surplus)) * formula.seconds;
            // Without anyone at work there is no end; the cap stands for it.
            let seconds =
                if units > 0.0 || amount <= 0.0 { amount / units.max(f64::MIN_POSITIVE) } else { f64::MAX };
            *span = (*span).max(whole_span(seconds));
        }
    }
}

/// The start of a visit with FS links and fixed lags only.
#[inline(always)]
pub(super) fn plain_start<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    finishes: &[Row<i32, B>],
    start: &mut [i32; B],
) {
    let links = &program.plain_links[range(node.links)];
    latest(start, node.start_floor, links.iter().map(|link| (&finishes[link.from as usize].0, link.lag)));
}

/// The start of any visit: the later of what bounds its start and what bounds its finish, less
/// its span.
#[inline(never)]
pub(super) fn general_start<const B: usize>(
    program: &Program<'_>,
    node: &Node,
    finishes: &[Row<i32, B>],
    starts: &[Row<i32, B>],
    values: &[Row<f32, B>],
    span: &[i32; B],
    start: &mut [i32; B],
) {
    let mut finish = [node.finish_floor; B];
    *start = [node.start_floor; B];
    let mut bound = Row::<i32, B>::zero();
    for link in &program.links[range(node.links)] {
        bound_row(program, link, finishes, starts, values, &mut bound.0);
        raise(if link.kind.bounds_finish() { &mut finish } else { &mut *start }, &bound.0, 0);
    }
    for i in 0..B {
        start[i] = start[i].max(finish[i] - span[i]).min(CAP_I32);
    }
}

/// Where a link holds its successor's start or finish back.
#[inline(always)]
pub(super) fn bound_row<const B: usize>(
    program: &Program<'_>,
    link: &GeneralLink,
    finishes: &[Row<i32, B>],
    starts: &[Row<i32, B>],
    values: &[Row<f32, B>],
    bound: &mut [i32; B],
) {
    let finish = &finishes[link.from as usize].0;
    let leaves_start = matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish);
    match starts.get(link.from_start as usize) {
        Some(start) if leaves_start => *bound = start.0,
        _ => *bound = *finish,
    }
    // A share of the predecessor's span is added before anything converts.
    if let (true, Some(start)) = (link.share != Operand::Fixed(0.0), starts.get(link.from_start as usize)) {
        for i in 0..B {
            let share = super::money::value(link.share, values, i);
            let span = f64::from(finish[i] - start.0[i]);
            bound[i] = (bound[i] + whole_lag(share * span)).clamp(0, CAP_I32);
        }
    }
    if let Some((from, to, elapsed)) = link.convert {
        let (from, to) = (&program.timelines[from as usize], &program.timelines[to as usize]);
        let base_start = starts.get(link.from_start as usize).filter(|_| leaves_start);
        for i in 0..B {
            let position = i64::from(bound[i]);
            let as_start = base_start.is_some_and(|start| start.0[i] == bound[i]);
            let wall = if as_start { from.wall_of_start(position) } else { from.wall_of_finish(position) };
            let wall = wall + i64::from(whole_lag(super::money::value(elapsed, values, i)));
            bound[i] = super::program::clamp_position(to.position_of_wall(wall));
        }
    }
    match link.work {
        Operand::Fixed(0.0) => {}
        Operand::Fixed(lag) => {
            let lag = whole_lag(lag);
            for bound in bound.iter_mut() {
                *bound += lag;
            }
        }
        Operand::Row(row) => {
            let lags = &values[row as usize].0;
            for i in 0..B {
                bound[i] += whole_lag(f64::from(lags[i]));
            }
        }
    }
    for bound in bound.iter_mut() {
        *bound = (*bound).min(CAP_I32);
    }
}

/// A row of finishes in wall seconds since the anchor.
#[inline(never)]
pub(super) fn on_wall<const B: usize>(program: &Program<'_>, node: &Node, finish: &[i32; B]) -> [i32; B] {
    let timeline = &program.timelines[node.timeline as usize];
    finish.map(|position| super::program::clamp_position(timeline.wall_of_finish(i64::from(position))))
}
