//! What to take with care in a report on solutions.

use crate::model::{DAYS_PER_YEAR, Plan};

use super::assessment::Assessment;

/// A tail is told by its worst twentieth, and that should be so many runs at least.
const LEAST_IN_TAIL: usize = 200;
/// A twentieth.
const TAIL: usize = 20;

/// Something to take with care.
#[derive(Clone, Debug, PartialEq)]
pub enum ScopeRemark {
    /// The launch of this solution at P80 is after the months in which value counts.
    BeyondHorizon {
        /// Its key.
        solution: String,
        /// The horizon, in months from the plan's start.
        months: f64,
    },
    /// The worst twentieth is few runs.
    FewRuns {
        /// How many it is.
        tail: usize,
        /// How many runs would be enough.
        enough: usize,
    },
}

/// What to take with care in these assessments, made of so many runs.
pub(super) fn remarks(plan: &Plan, solutions: &[Assessment], iterations: usize) -> Vec<ScopeRemark> {
    let months = plan.scoping.terms.horizon_months;
    let limit = months / 12.0 * DAYS_PER_YEAR;
    let is_late = |it: &&Assessment| it.launch.is_some_and(|[_, p80]| p80.days >= limit);
    let late = solutions.iter().filter(is_late);
    let late = late.map(|it| ScopeRemark::BeyondHorizon { solution: it.key.clone(), months });
    let few = (iterations < LEAST_IN_TAIL * TAIL)
        .then_some(ScopeRemark::FewRuns { tail: iterations.div_ceil(TAIL), enough: LEAST_IN_TAIL * TAIL });
    late.chain(few).collect()
}
