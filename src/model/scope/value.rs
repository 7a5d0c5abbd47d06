//! What a solution is worth, and what keeping it costs.

use crate::model::{Estimate, FactorId};
use crate::units::Money;

/// One factor of a value: a number drawn once an iteration, wherever it is named.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueFactor {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What it is counted in.
    pub unit: Option<String>,
    /// The number.
    pub value: Estimate,
}

/// What a solution is worth once it is launched.
#[derive(Clone, Debug, PartialEq)]
pub struct SolutionValue {
    /// The value of a year at the metric's target is their product; at least one.
    pub factors: Vec<FactorId>,
    /// The share of that value by the metric finally reached, by ascending metric; at least one, linear
    /// between, constant on the good side, 0 on the bad side.
    pub metric_links: Vec<MetricLink>,
    /// How likely it succeeds in its market, 0..=1.
    pub p_commercial: f64,
    /// What the launch costs.
    pub launch_cost: Money,
    /// What running it costs in a year.
    pub run_cost_per_year: Money,
    /// Months from the launch to the full value, at least 0.
    pub ramp_months: f64,
}

/// The share of the value at one value of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricLink {
    /// The metric.
    pub metric: f64,
    /// The share of the value at the target, at least 0; above 1 beyond it.
    pub share: f64,
}

/// How a model ages, and what keeps it young.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Monitoring {
    /// Days after which half its value is gone; above 0.
    pub drift_half_life_days: Option<f64>,
    /// Days between retrainings; above 0.
    pub retrain_every_days: Option<f64>,
    /// What one retraining costs.
    pub retrain_cost: Money,
}

/// The ML Test Score: points of each section, 0 to 7 (Breck et al. 2017).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readiness {
    /// Features and data.
    pub data: f64,
    /// The model.
    pub model: f64,
    /// Infrastructure.
    pub infra: f64,
    /// Monitoring.
    pub monitoring: f64,
    /// What every section should have.
    pub target_score: f64,
}

impl Readiness {
    /// The score: that of the weakest section.
    pub fn score(&self) -> f64 {
        [self.data, self.model, self.infra, self.monitoring].into_iter().fold(f64::INFINITY, f64::min)
    }

    /// Points missing to the target, over all sections.
    pub fn missing(&self) -> f64 {
        let missing = |points: f64| (self.target_score - points).max(0.0);
        [self.data, self.model, self.infra, self.monitoring].into_iter().map(missing).sum()
    }
}
