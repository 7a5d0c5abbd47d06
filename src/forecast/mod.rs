//! Answers as values: dates, budgets, criticality, burndown, comparison. Every view shows these
//! numbers and computes none of its own.

mod burn;
mod burndown;
mod burner;
mod cashflow;
mod choosing;
mod clock;
mod comparison;
mod completion;
mod cost;
mod diff;
mod drivers;
mod events;
mod expect;
mod figures;
mod fuel;
mod iterations;
mod joint;
mod milestones;
mod moment;
mod occurrence;
mod path;
mod replay;
mod reserve;
mod settle;
mod targets;
mod time;
mod tradeoff;
mod whole;

pub use burndown::{BurnBand, BurnKind, BurnPoint, Burndown, FailingBurndown};
pub use cashflow::{CashFlow, CashPeriod, Funding, Period, PeriodFunding, Spread, Waiting, WaitingMilestone};
pub use choosing::{Aim, By, Candidate, ChoiceCost, Method, Optimisation, Picked, nothing_to_optimise};
pub use comparison::{Column, Comparison, Contender, Difference, Pairing, SPREAD};
pub use completion::{
    Bin, Contingency, CostForecast, CostPart, Determined, DeterminedCost, Driver, Ending, Event, EventKind,
    Forecast, MergeBias, MoneyPercentile, PlanSummary, Proportion, Target, TargetKind, TimeForecast,
    TimePercentile, Verdict, VerdictValue,
};
pub use diff::{Diff, DiffStep, DiffTrace, Effect, Shift};
pub use drivers::{
    Change, DriverReport, DrivingPath, MergePoint, MilestoneIndices, Removal, Removed, ResponseValue, Step,
    StepKind, Waterfall,
};
pub use figures::keep;
pub use iterations::ImproveIterations;
pub use joint::{Joint, JointCurve, JointNeed, JointPoint, Quadrants};
pub use milestones::{FinishMethod, MilestoneForecast};
pub use moment::Stamp;
pub use path::{PathReport, PathRow};
pub use replay::{
    DrawUnit, Rank, Replay, ReplayAt, ReplayDraw, ReplayError, ReplayFailure, ReplayRisk, ReplayVisit,
};
pub use reserve::{Allotted, Allowance, ContingencyReport, PartKind};
pub use settle::{MoneyTolerance, Tolerance, settled, shown_percentiles, simulate_until_settled};
pub use tradeoff::{Choice, Standing, Tradeoff};
