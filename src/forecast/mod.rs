//! Answers as values: dates, budgets, criticality, burndown, comparison. Every view shows these
//! numbers and computes none of its own.

mod burn;
mod burndown;
mod burner;
mod clock;
mod comparison;
mod completion;
mod cost;
mod expect;
mod figures;
mod fuel;
mod milestones;
mod moment;
mod path;
mod settle;
mod targets;
mod time;
mod whole;

pub use burndown::{BurnKind, BurnPoint, Burndown};
pub use comparison::{Column, Comparison, Contender, Difference, Pairing};
pub use completion::{
    Bin, Contingency, CostForecast, CostPart, Determined, DeterminedCost, Driver, Forecast, MergeBias,
    MoneyPercentile, PlanSummary, Proportion, Target, TargetKind, TimeForecast, TimePercentile, Verdict,
    VerdictValue,
};
pub use figures::keep;
pub use milestones::{FinishMethod, MilestoneForecast};
pub use moment::Stamp;
pub use path::{PathReport, PathRow};
pub use settle::{MoneyTolerance, Tolerance, settled, shown_percentiles, simulate_until_settled};
