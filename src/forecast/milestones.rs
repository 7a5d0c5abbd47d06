//! What the forecast says of each milestone.

use super::{Stamp, TimePercentile};

/// One milestone's part of the forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneForecast {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The key of its stage.
    pub stage: Option<String>,
    /// Share of iterations in which it is critical (start or finish), 0..1.
    pub criticality: f64,
    /// Days by which the headline percentile of the finish moves per day saved here, −1..1.
    pub saves: f64,
    /// When the plan as written starts it.
    pub planned_start: Stamp,
    /// When the plan as written finishes it.
    pub planned_finish: Stamp,
    /// Mean start, in days since the plan's start.
    pub start_mean: Stamp,
    /// How the percentiles of its finish were found.
    pub method: FinishMethod,
    /// Mean finish, in days since the plan's start.
    pub finish_mean: Stamp,
    /// Standard deviation of its finish, in days.
    pub finish_sd_days: f64,
    /// P5, P10, P25, P50, P75, P80, P90, P95 and the headline's, ascending.
    pub finish: Vec<TimePercentile>,
    /// Its deadline, if any.
    pub deadline: Option<Stamp>,
    /// What the plan as written spends on it.
    pub planned_cost: f64,
}

/// How percentiles were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishMethod {
    /// From all finishes, kept one by one.
    Exact,
    /// From a histogram, interpolated in the bin.
    Histogram,
}
