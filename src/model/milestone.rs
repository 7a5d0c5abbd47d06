//! A milestone: something that has to happen, what it takes and what it costs.

use chrono::NaiveDate;

use crate::units::When;

use super::{
    CalendarId, Category, CrashStep, Estimate, Improve, MilestoneId, OnlyIf, Outcome, Payment, Rate,
    ResourceId, Rework, SolutionId, Span, StageId, Way,
};

/// A milestone as it is believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// The stage it belongs to.
    pub stage: Option<StageId>,
    /// Its tags, in file order.
    pub tags: Vec<String>,
    /// The calendar it runs in.
    pub calendar: CalendarId,
    /// How long it takes at least; with `work` and `consumes`, the longest of them all counts.
    pub duration: Option<Span>,
    /// Effort in seconds of work per resource: it is paid, and it makes the duration.
    pub work: Vec<(ResourceId, Estimate)>,
    /// Units of a resource at work for the whole span.
    pub uses: Vec<(ResourceId, Estimate)>,
    /// Pieces of a resource used up.
    pub consumes: Vec<(ResourceId, Estimate)>,
    /// What it costs once.
    pub cost: Option<Estimate>,
    /// What it costs while it runs.
    pub rate: Option<Rate>,
    /// When `cost` is paid: moments and shares that add up to one. Empty means all at the finish.
    pub pay: Vec<Payment>,
    /// The category of `cost` and `rate`.
    pub category: Category,
    /// Bounds by dates.
    pub bounds: Bounds,
    /// The date it should be finished by, if any. A target, not a constraint.
    pub deadline: Option<When>,
    /// A check at its finish that may send work back.
    pub rework: Option<Rework>,
    /// The solution it belongs to.
    pub solution: Option<SolutionId>,
    /// Iterations at its end, until its solution's metric is good enough.
    pub improve: Option<Improve>,
    /// What it is done with.
    pub tool: Option<String>,
    /// The ways it may turn out; empty, or at least two.
    pub outcomes: Vec<Outcome>,
    /// It exists only if all of these hold.
    pub only_if: Vec<OnlyIf>,
    /// How likely it succeeds, 0..=1; else the plan fails at its finish.
    pub success: f64,
    /// The ways it can be done: as written, then its options; empty if it has none.
    pub ways: Vec<Way>,
    /// Which of them it is done in.
    pub way: usize,
    /// The steps in which time can be bought off its duration, the cheapest first.
    pub crash: Vec<CrashStep>,
    /// The seconds that are bought off its duration, at most all that can be.
    pub crashed: f64,
    /// Whether it runs as late as the deterministic plan allows.
    pub as_late_as_possible: bool,
    /// Whether it starts with the plan on purpose (`after = []`).
    pub starts_with_plan: bool,
    /// Whether a scenario removed it: zero time and money, links through it hold, their lags don't count.
    pub removed: bool,
    /// Free words.
    pub note: Option<String>,
    /// Where its estimates come from.
    pub basis: Option<Basis>,
}

impl Milestone {
    /// Leaves of it what is left when a scenario removes it: a name that links lead through.
    pub fn remove(&mut self) {
        self.removed = true;
        self.duration = None;
        self.work.clear();
        self.uses.clear();
        self.consumes.clear();
        self.cost = None;
        self.rate = None;
        self.pay.clear();
        self.bounds = Bounds::default();
        self.deadline = None;
        self.rework = None;
        self.improve = None;
        self.outcomes.clear();
        self.only_if.clear();
        self.success = 1.0;
        self.as_late_as_possible = false;
        self.ways.clear();
        self.crash.clear();
        self.crashed = 0.0;
    }
}

/// Hard constraints by dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// It starts no earlier.
    pub not_before: Option<When>,
    /// It should finish no later: caps late dates; in the simulation a probability.
    pub not_after: Option<When>,
    /// It starts just then: no earlier, and late dates are capped.
    pub must_start: Option<When>,
    /// It finishes just then: no earlier, and late dates are capped.
    pub must_finish: Option<When>,
}

/// Where an estimate comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basis {
    /// Who said it.
    pub who: Option<String>,
    /// When it was said.
    pub when: Option<NaiveDate>,
    /// What it rests on.
    pub source: Option<String>,
}

/// A choice of milestones or of money, as a selector names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Scope {
    /// These milestones (already resolved, in file order).
    Milestones(Vec<MilestoneId>),
    /// All money of these categories.
    Categories(Vec<Category>),
    /// All milestones, all money.
    All,
}
