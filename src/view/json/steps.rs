//! What is left after each step of scoping.

use serde::Serialize;

use crate::scope::{ScopeReport, Step};
use crate::view::decisions::gap;

/// The steps of scoping.
const STEPS: [&str; 4] = ["problems", "solutions", "feasible", "funded"];

#[derive(Serialize)]
pub(super) struct StepJson {
    step: &'static str,
    left: usize,
    missing: Vec<String>,
}

impl StepJson {
    /// All four.
    pub(super) fn all(report: &ScopeReport) -> Vec<Self> {
        let step = |(step, it): (&'static str, Step)| Self {
            step,
            left: it.left,
            missing: it.missing.iter().map(gap).collect(),
        };
        STEPS.into_iter().zip(report.steps()).map(step).collect()
    }
}
