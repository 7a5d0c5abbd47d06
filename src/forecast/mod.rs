//! Answers as values: dates, budgets, criticality, burndown, comparison. Every view shows these
//! numbers and computes none of its own.

mod burndown;
mod comparison;
mod completion;
mod milestones;
mod moment;
mod path;

pub use burndown::{BurnKind, BurnPoint, Burndown};
pub use comparison::{Column, Comparison, Difference, Pairing};
pub use completion::{
    Bin, Contingency, CostForecast, CostPart, Determined, DeterminedCost, Driver, Forecast, MoneyPercentile,
    PlanSummary, Proportion, Target, TargetKind, TimeForecast, TimePercentile, Verdict, VerdictValue,
};
pub use milestones::{FinishMethod, MilestoneForecast};
pub use moment::Stamp;
pub use path::{PathReport, PathRow};
