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
//!
//! # Use
//!
//! ```text
//! Network::of(&plan)? ──► schedule()          the plan as written: Schedule
//!                         schedule_of(values) one iteration, opened
//!                         early(Values)       the forward pass alone
//! Schedule ──► early, late_finish, total_float, free_float, drivers, marks
//! network.critical_paths(&schedule), near_critical(…), drag(…), merge_points()
//! network.start_instant(visit, position), finish_instant(…), axis_instant(finish)
//! ```

mod alternative;
mod build;
mod clock;
mod computed;
mod cost;
mod drag;
mod effect;
mod escalation;
mod existence;
mod formula;
mod frozen;
mod improvement;
mod mixing;
mod order;
mod overrun;
mod pass;
mod paths;
mod schedule;
mod season;
mod tie;

pub use alternative::{Alternative, End};
pub use build::{CorrelationError, DATA_FAILS, NetworkError, NotBefore};
pub use computed::{Computed, Rule};
pub use cost::{Costs, Flow, Paid, RiskPayment, Stretch, Values, done_by};
pub use effect::{Effect, Effects, Hit, RiskCost, Seasonal, Seasons, Together};
pub use escalation::{Escalation, Index};
pub use existence::Condition;
pub use formula::{
    CostTerm, Follows, Hammock, Money, Owner, PaidOver, Quantity, SpanTerm, Surcharge, Tariff, Units,
    Variable, VariableId,
};
pub use improvement::{Curves, Improvement, Progress, ProgressEnd};
pub use mixing::{Factor, Mix, Normal, Repair};
pub use order::Cycle;
pub use overrun::Overrun;
pub use pass::{Early, Failure, Placed};
pub use paths::CriticalPaths;
pub use schedule::{Driver, Marks, Schedule};

use std::ops::IndexMut;

use crate::model::{Category, LinkKind, MilestoneId, PerMilestone, Timeline};

/// The latest position a simulation may reach: 2³⁰ − 1 s, 143 years of eight-hour days. Sums of a
/// position and a span below it cannot wrap an `i32`.
pub const CAP: i64 = (1 << 30) - 1;

/// A visit to a milestone: one per milestone, and one more for every repeat that rework may order. Ids
/// follow the topological order, so every link leads to a higher id.
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
    /// Where `start_floor` comes from.
    pub start_reason: Floor,
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
    /// negative leads from it to an original within its timeline (a repeat may not exist, and then waits for
    /// nothing). The plan's finish is the latest finish of such visits.
    pub can_be_last: bool,
    /// Whether a scenario removed its milestone: it takes no time and lets time through.
    pub removed: bool,
    /// Which pass over its milestone it is: 0 the original, from 1 on the repeats and iterations.
    pub pass: u32,
    /// Which iteration of an improve milestone it is, from 1; 0 for what comes before them.
    pub iteration: u32,
    /// How much of the original span and work a repeat takes.
    pub share: Option<Quantity>,
    /// What risks do to it.
    pub effects: Effects,
    /// It exists only where all of these hold (and, if it has predecessors, one of them exists).
    ///
    /// What does not exist takes no time and costs nothing. An original lets time through: it is placed
    /// where its links alone put it, and the lags of links from and to it don't count. A repeat that
    /// doesn't exist bounds nothing at all. Neither is ever critical.
    pub conditions: Vec<Condition>,
    /// Whether there may be runs in which it does not exist.
    pub may_be_absent: bool,
    /// Where one of these is 1 (and the visit exists), it fails at its finish, and the plan with it.
    pub failures: Vec<Quantity>,
    /// Where one of these is 1, it fails, too, if no later visit to its milestone exists: what may be done
    /// again is judged when it was done for the last time. The same for all visits of a milestone.
    pub fails_as_last: Vec<Quantity>,
}

/// What holds a start back, links aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floor {
    /// The plan's start.
    PlanStart,
    /// `not_before`.
    NotBefore,
    /// `must_start`.
    MustStart,
    /// `alap`, as the deterministic plan fixed it.
    AsLateAsPossible,
}

impl Visit {
    /// Whether there may be runs in which it fails.
    pub fn may_fail(&self) -> bool {
        !self.failures.is_empty() || !self.fails_as_last.is_empty()
    }

    /// How long it takes before any risk, in seconds of its timeline, given one number for each variable;
    /// at most [`CAP`].
    pub fn base_span(&self, values: Values<'_>) -> i64 {
        self.spans.iter().map(|term| term.whole_seconds(values)).max().unwrap_or(0)
    }
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
    /// Its position in [`crate::model::Plan::links`]; `None`: a repeat waits for the check that orders it,
    /// or for what leads to it by ways that are not repeated.
    pub link: Option<usize>,
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

/// One value for each visit of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerVisit<T>(Vec<T>);

impl<T: Clone> PerVisit<T> {
    /// The same value for so many visits.
    pub fn filled(value: T, visits: usize) -> Self {
        Self(vec![value; visits])
    }
}

impl<T> PerVisit<T> {
    /// The values in topological order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (VisitId, &T)> {
        self.0.iter().enumerate().map(|(position, value)| (VisitId::new(position), value))
    }

    /// The values in topological order.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> std::ops::Index<VisitId> for PerVisit<T> {
    type Output = T;
    fn index(&self, id: VisitId) -> &T {
        &self.0[id.index()]
    }
}

impl<T> IndexMut<VisitId> for PerVisit<T> {
    fn index_mut(&mut self, id: VisitId) -> &mut T {
        &mut self.0[id.index()]
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
    /// The original visit of each milestone.
    pub visit_of: PerMilestone<VisitId>,
    /// All visits of each milestone in topological order, the original first.
    pub visits_of: PerMilestone<Vec<VisitId>>,
    /// Every uncertain quantity, by name; what a [`Quantity::Variable`] refers to.
    pub variables: Vec<Variable>,
    /// Those of the variables that are computed from others, and how.
    pub computed: Vec<Computed>,
    /// The solutions of a plan that has several: it fails where all of them do.
    pub alternatives: Vec<Alternative>,
    /// Standard normals that correlated variables share.
    pub factors: Vec<Factor>,
    /// How the correlated variables hang together, ascending by variable; all others are independent.
    pub mixes: Vec<Mix>,
    /// Matrices of correlations that had to be changed.
    pub repairs: Vec<Repair>,
    /// Seasons that effects of risks look at.
    pub seasons: Vec<Seasons>,
    /// What risks and responses cost once, in file order of the risks.
    pub risk_costs: Vec<RiskCost>,
    /// The visits of the milestone whose finish is the plan's, if one was named: the finish of the last
    /// one that exists is the plan's.
    pub finish: Option<MilestoneId>,
    /// What the plan's own finish is counted in.
    pub axis: Axis,
    /// Money per time between the first start and the last finish of some visits; without
    /// visits, from the plan's first working moment (`wall_of_start(0)` of its own timeline) to its finish.
    pub hammocks: Vec<Hammock>,
    /// Shares on other money, applied after it, in order.
    pub surcharges: Vec<Surcharge>,
    /// How prices rise, by category (an index of [`Category::ALL`]). A surcharge rises with the money it is on.
    pub escalations: [Option<Escalation<Quantity>>; Category::ALL.len()],
}

/// What the plan's finish is counted in, so that the finishes of all visits compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// All visits share this one timeline and no link converts: positions in it.
    Work(u16),
    /// Timelines differ: wall-clock seconds since the plan's anchor, in `0..=`[`CAP`].
    Wall,
}

impl Network {
    /// The ids of all visits, in topological order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = VisitId> + ExactSizeIterator + use<> {
        (0..self.visits.len()).map(VisitId::new)
    }

    /// The links into a visit.
    pub fn links_into(&self, visit: VisitId) -> &[VisitLink] {
        let [from, to] = [0, 1].map(|next| self.incoming[visit.index() + next] as usize);
        &self.links[from..to]
    }

    /// Whether there may be runs in which the plan fails.
    pub fn can_fail(&self) -> bool {
        !self.alternatives.is_empty() || self.visits.iter().any(Visit::may_fail)
    }

    /// The price index of a category in a run with these values; `None`: its prices stay.
    pub fn index(&self, category: Category, values: Values<'_>) -> Option<Index> {
        let escalation = self.escalations[category.index()].as_ref()?;
        Some(escalation.index(|rise| values.of(rise)))
    }

    /// The planned number of each variable.
    pub fn planned(&self) -> Vec<f64> {
        self.variables.iter().map(|variable| variable.planned).collect()
    }

    /// The visits with at least two predecessors, in topological order.
    pub fn merge_points(&self) -> impl Iterator<Item = VisitId> {
        self.ids().filter(|&visit| {
            let links = self.links_into(visit);
            links.iter().any(|link| link.from != links[0].from)
        })
    }
}

impl std::ops::Index<VisitId> for Network {
    type Output = Visit;
    fn index(&self, id: VisitId) -> &Visit {
        &self.visits[id.index()]
    }
}

/// A number of seconds to the nearest second, halves to the even one (as vector units round); within
/// ±[`CAP`], and 0 for what is no number.
fn whole_seconds(seconds: f64) -> i64 {
    (seconds.round_ties_even() as i64).clamp(-CAP, CAP)
}
