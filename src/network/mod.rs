//! The network: visits to milestones and the links between them, in topological order, with the
//! formulas that turn draws into spans and money. Everything after it (both passes, the
//! simulation, its naive twin) reads the same formulas.
//!
//! # Time
//!
//! A *position* is whole seconds of working time since the plan's start, in one timeline (an
//! anchored calendar). Each visit's start and finish are positions of its own timeline, in
//! `0..=`[`CAP`]. A link between visits of one timeline compares positions directly; any other
//! link converts: a finish travels as the moment work stopped, a start as the moment it begins
//! (`Timeline::wall_of_finish`, `Timeline::wall_of_start`), an elapsed lag is added to that
//! moment, the moment becomes a position of the successor's timeline
//! (`Timeline::position_of_wall`), and a working lag is added to that. A share of the
//! predecessor's duration is added to the predecessor's position first, and then travels like a
//! finish (a share of 0 like the end it leaves).

mod cost;
mod formula;

pub use cost::{Costs, Values};
pub use formula::{
    CostTerm, Hammock, Money, PaidOver, Quantity, SpanTerm, Surcharge, Tariff, Units, Variable, VariableId,
};

use crate::model::{LinkKind, MilestoneId, PerMilestone, Timeline};

/// The latest position a simulation may reach: 2³⁰ − 1 s, 143 years of eight-hour days. Sums of a
/// position and a span below it cannot wrap an `i32`.
pub const CAP: i64 = (1 << 30) - 1;

/// A visit to a milestone: today one per milestone; a rework loop adds passes. Ids follow the
/// topological order, so every link leads to a higher id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitId(u32);

/// A visit and what bounds and feeds it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The milestone visited.
    pub milestone: MilestoneId,
    /// The timeline it advances in: an index into [`Network::timelines`].
    pub timeline: u16,
    /// Its start is at no earlier position (the plan's start, `not_before`, `must_start`, `alap`).
    pub start_floor: i64,
    /// Its finish is at no earlier position (`must_finish`); 0 if nothing asks for it.
    pub finish_floor: i64,
    /// Late starts are capped at this position (`must_start`).
    pub start_cap: Option<i64>,
    /// Late finishes are capped at this position (`not_after`, `must_finish`).
    pub finish_cap: Option<i64>,
    /// Its span is the longest of these; none: zero.
    pub spans: Vec<SpanTerm>,
    /// What it costs, in the order of the report's categories.
    pub costs: Vec<CostTerm>,
    /// Whether nothing has to follow its finish: no FS or FF link with a lag that is never
    /// negative leaves it. The plan's finish is the latest finish of such visits.
    pub can_be_last: bool,
}

/// A link between visits.
#[derive(Clone, Debug)]
pub struct VisitLink {
    /// The predecessor.
    pub from: VisitId,
    /// The successor.
    pub to: VisitId,
    /// Which ends it ties.
    pub kind: LinkKind,
    /// Seconds it adds.
    pub lag: VisitLag,
    /// Its position in [`crate::model::Plan::links`].
    pub link: usize,
}

/// The wait of a link between visits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum VisitLag {
    /// None: ends compare directly.
    None,
    /// Working seconds of the successor's timeline.
    Work(Quantity),
    /// Wall-clock seconds.
    Elapsed(Quantity),
    /// A share of the predecessor's span.
    Share(Quantity),
}

impl VisitId {
    /// The visit at this topological position.
    ///
    /// # Panics
    /// Beyond 2³² visits; the network refuses far smaller plans.
    pub fn new(position: usize) -> Self {
        Self(u32::try_from(position).expect("a network has fewer than 2^32 visits"))
    }

    /// The topological position, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The compiled plan: a DAG that cannot hold a cycle.
#[derive(Clone, Debug)]
pub struct Network {
    /// Anchored calendars; the first is the plan's own, in which answers count days.
    pub timelines: Vec<Timeline>,
    /// Visits in topological order.
    pub visits: Vec<Visit>,
    /// Links grouped by successor, in topological order of the successor.
    pub links: Vec<VisitLink>,
    /// `incoming[v]..incoming[v + 1]` are the links into visit `v`.
    pub incoming: Vec<u32>,
    /// The visits of each milestone (one, until rework unrolls).
    pub visit_of: PerMilestone<VisitId>,
    /// Every uncertain quantity, by name; what a [`Quantity::Variable`] refers to.
    pub variables: Vec<Variable>,
    /// The milestone whose finish is the plan's, if one was named.
    pub finish: Option<VisitId>,
    /// What the plan's own finish is counted in.
    pub axis: Axis,
    /// Money per time between the first start and the last finish of some visits; without
    /// visits, from the plan's first working moment (`wall_of_start(0)` of its own timeline) to its finish.
    pub hammocks: Vec<Hammock>,
    /// Shares on other money, applied after it, in order.
    pub surcharges: Vec<Surcharge>,
}

/// What the plan's finish is counted in, so that the finishes of all visits compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// All visits share this one timeline and no link converts: positions in it.
    Work(u16),
    /// Timelines differ: wall-clock seconds since the plan's anchor, in `0..=`[`CAP`].
    Wall,
}
