//! What to take with care in a report on solutions.

use crate::model::{DAYS_PER_YEAR, Plan, SolutionKind};

use super::assessment::Assessment;

/// A tail is told by its worst twentieth, and that should be so many runs at least.
const LEAST_IN_TAIL: usize = 200;
/// A twentieth.
const TAIL: usize = 20;

/// The least that stages usually take of the cost of a model: data 30 to 50 %, deployment and monitoring 20 to 30 % in
/// surveys of practitioners.
const USUAL_SHARES: [(&str, f64); 2] = [("data", 0.25), ("monitoring", 0.1)];

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
    /// A stage takes less of the cost of these solutions than it usually does.
    ThinStage {
        /// The name of the stage.
        stage: String,
        /// What it takes at least, usually.
        usual: f64,
        /// The keys of the solutions, and what it takes of each.
        of: Vec<(String, f64)>,
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
    late.chain(USUAL_SHARES.into_iter().filter_map(|it| thin_stage(solutions, it))).chain(few).collect()
}

/// The models of which a stage takes less than it usually does.
fn thin_stage(solutions: &[Assessment], (key, usual): (&str, f64)) -> Option<ScopeRemark> {
    let mut name = None;
    let mut share = |it: &Assessment| {
        let stages = it.details.stages.iter();
        let (found, share) =
            stages.filter_map(|it| Some((it.stage.as_ref()?, it.share))).find(|(stage, _)| stage.0 == key)?;
        name = Some(found.1.clone());
        (share < usual).then(|| (it.key.clone(), share))
    };
    let models = solutions.iter().filter(|it| it.kind == SolutionKind::Model && it.details.stages.len() > 1);
    let of: Vec<(String, f64)> = models.filter_map(&mut share).collect();
    let stage = name.filter(|_| !of.is_empty())?;
    Some(ScopeRemark::ThinStage { stage, usual, of })
}
