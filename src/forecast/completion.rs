//! The forecast: when the plan is done, what it costs, how sure that is, and what drives it.

use crate::model::Subject;
use crate::text::Diagnostic;
use crate::units::{Instant, Share};

use super::{Joint, MilestoneForecast, Stamp};

/// Everything `plan simulate` says.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// How many iterations were run.
    pub iterations: usize,
    /// Whether the answers had settled when the run ended; `None` for a run of so many iterations as
    /// were asked for.
    pub settled: Option<bool>,
    /// The seed of all draws.
    pub seed: u64,
    /// The sampling scheme: `mc`.
    pub sampling: &'static str,
    /// The chance that the plan is delivered. All dates are of delivered runs; chances count a run that
    /// fails as one that misses its date.
    pub delivered: Proportion,
    /// What may happen or not: risks, checks, branches.
    pub events: Vec<Event>,
    /// The percentile that headlines.
    pub confidence: Share,
    /// When the plan is done.
    pub finish: TimeForecast,
    /// What it costs; `None` if nothing in the plan costs anything.
    pub cost: Option<CostForecast>,
    /// Deadlines, the budget, and both.
    pub targets: Vec<Target>,
    /// Date and budget together; `None` if nothing in the plan costs anything.
    pub joint: Option<Joint>,
    /// The plan's expectations, in file order.
    pub expectations: Vec<Verdict>,
    /// Every milestone, in file order; removed ones left out.
    pub milestones: Vec<MilestoneForecast>,
    /// Uncertain quantities, the one that moves the finish most first.
    pub drivers: Vec<Driver>,
    /// What the deterministic plan lacks at the headline percentile.
    pub contingency: Contingency,
    /// By how much merging paths delay the mean finish; `None` for a single iteration, and where anything may
    /// happen or not.
    pub merge_bias: Option<MergeBias>,
    /// Iterations that touched the engine's time limit.
    pub capped: u64,
    /// Remarks that only samples can give.
    pub remarks: Vec<Diagnostic<Subject>>,
}

/// What is being forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanSummary {
    /// Its name.
    pub name: String,
    /// Its start, if it has one.
    pub start: Option<Instant>,
    /// Its currency, as written.
    pub currency: String,
    /// How many milestones it has, removed ones not counted.
    pub milestones: usize,
    /// The scenario chosen.
    pub scenario: Option<String>,
    /// The date it should be finished by, if any.
    pub deadline: Option<Stamp>,
    /// The money it should not exceed.
    pub budget: Option<f64>,
    /// Stages in the order of reports: key and name.
    pub stages: Vec<(String, String)>,
}

/// A distribution of points in time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeForecast {
    /// What the plan as written says.
    pub deterministic: Determined,
    /// Mean, in days since the start.
    pub mean_days: f64,
    /// Standard deviation, in days.
    pub sd_days: f64,
    /// Earliest seen.
    pub earliest: Stamp,
    /// Latest seen.
    pub latest: Stamp,
    /// P1 to P99, ascending, and the headline's.
    pub percentiles: Vec<TimePercentile>,
    /// Histogram, ascending, without gaps; shares add up to 1.
    pub bins: Vec<Bin<Stamp>>,
}

/// The deterministic answer and how likely it is to hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Determined {
    /// The point in time.
    pub at: Stamp,
    /// The chance to be no later.
    pub chance: Proportion,
}

/// A percentile of time with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimePercentile {
    /// Which, in 0..1.
    pub p: f64,
    /// The estimate: an observed value.
    pub at: Stamp,
    /// Lower end of its interval.
    pub low: Stamp,
    /// Upper end of its interval.
    pub high: Stamp,
}

/// A percentile of money with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyPercentile {
    /// Which, in 0..1.
    pub p: f64,
    /// The estimate: an observed value.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
}

/// A share of iterations with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// The share, in 0..1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin<T> {
    /// Where it begins.
    pub from: T,
    /// Where it ends.
    pub to: T,
    /// The share of iterations in it.
    pub share: f64,
}

/// The distribution of the plan's cost.
#[derive(Clone, Debug, PartialEq)]
pub struct CostForecast {
    /// What the plan as written says.
    pub deterministic: DeterminedCost,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Least seen.
    pub lowest: f64,
    /// Most seen.
    pub highest: f64,
    /// P1 to P99, ascending, and the headline's.
    pub percentiles: Vec<MoneyPercentile>,
    /// Histogram, ascending, without gaps; shares add up to 1.
    pub bins: Vec<Bin<f64>>,
    /// By category, in the order of reports, those without money left out.
    pub categories: Vec<CostPart>,
    /// By stage, in the order of reports; money outside of all stages last, as `-`.
    pub stages: Vec<CostPart>,
    /// The whole cost of runs that are delivered, and of those that fail; empty if none may fail. The
    /// planned cost of both is that of the plan as written.
    pub by_delivery: Vec<CostPart>,
}

/// Something that may happen or not, and how often it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it is.
    pub kind: EventKind,
    /// The key of the risk or the milestone.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// How likely it is, as written: that a risk happens, the first check fails, all of them do, a milestone fails;
    /// nothing of what no single number of the plan says.
    pub probability: Option<f64>,
    /// How often it was seen over the runs that deliver: a milestone that exists; how many repeats a check
    /// ordered on average. `None` if none delivers.
    pub seen: Option<f64>,
    /// What comes to its end where it happens, if anything does.
    pub ends: Option<Ending>,
}

/// What comes to its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// The plan.
    Plan,
    /// One of several solutions; the plan goes on with the others.
    Solution {
        /// Its key and name.
        solution: (String, String),
        /// Key and name of what is begun then.
        fallback: Option<(String, String)>,
    },
}

/// What may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A risk without a response in force.
    Risk,
    /// A risk with its response in force.
    TreatedRisk,
    /// A check that may send work back.
    Rework,
    /// A milestone that only exists in some runs.
    Branch,
    /// A milestone that may fail.
    Failure,
    /// The last check of a milestone, which fails as all before it.
    LastCheck,
    /// The metric of a milestone that improves, which misses its minimum or its stop line.
    Metric,
    /// Data of a solution that turns out not to be usable.
    Data,
    /// A solution that turns out not to work.
    Technical,
}

/// The deterministic cost and how likely it is to hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeterminedCost {
    /// The amount.
    pub value: f64,
    /// The chance to cost no more.
    pub chance: Proportion,
}

/// A part of the cost: each percentile is the part's own and does not add up.
#[derive(Clone, Debug, PartialEq)]
pub struct CostPart {
    /// The category's word or the stage's key.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What the plan as written says.
    pub deterministic: f64,
    /// Mean.
    pub mean: f64,
    /// P50 with its interval.
    pub p50: MoneyPercentile,
    /// P80 with its interval.
    pub p80: MoneyPercentile,
}

/// A target and the chance to meet it.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What is asked.
    pub kind: TargetKind,
    /// The chance, with its interval.
    pub chance: Proportion,
}

/// What a target asks.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetKind {
    /// The plan is done by its deadline.
    Deadline(Stamp),
    /// A milestone (key) is done by its deadline.
    MilestoneDeadline(String, Stamp),
    /// A milestone (key) is done by its `not_after` or `must_finish`, or started by its `must_start`.
    Constraint(String, &'static str, Stamp),
    /// The cost stays within the budget.
    Budget(f64),
    /// Deadline and budget together.
    Both,
}

/// Whether an expectation holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Its key in the plan file.
    pub key: String,
    /// As written.
    pub text: String,
    /// Whether the point estimate meets it.
    pub met: bool,
    /// Whether the limit lies inside the estimate's interval.
    pub too_close: bool,
    /// The estimate.
    pub value: VerdictValue,
}

/// What an expectation was judged on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum VerdictValue {
    /// A point in time with its interval, asked as a date.
    Time(Stamp, Stamp, Stamp),
    /// Working days of the plan's calendar since its start, with their interval, asked as a span.
    Days(f64, f64, f64),
    /// Money with its interval.
    Money(f64, f64, f64),
    /// A chance with its interval.
    Chance(Proportion),
    /// Nothing: what it speaks of is not seen in any run.
    Never,
}

/// An uncertain quantity and how the finish and the cost follow it.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The quantity's name, like `duration:train`.
    pub name: String,
    /// Spearman's rank correlation with the plan's finish, −1..1.
    pub with_finish: f64,
    /// Spearman's rank correlation with the plan's cost, −1..1.
    pub with_cost: f64,
}

/// The mean finish minus the finish with every quantity at its mean, with its 95 % interval: the
/// maximum of several paths is later than the path of the means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MergeBias {
    /// Days.
    pub days: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What the deterministic plan lacks at the headline percentile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contingency {
    /// Days between the deterministic finish and the percentile.
    pub days: f64,
    /// Money between the deterministic cost and the percentile.
    pub money: f64,
    /// Days between P80 and P95: the management reserve, part of nothing else.
    pub reserve_days: f64,
    /// Money between P80 and P95.
    pub reserve_money: f64,
}
