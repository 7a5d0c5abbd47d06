//! Rules about scoping: problems nobody could say were solved, evidence that says little.

use crate::model::{
    DataKind, Direction, Metric, Plan, Solution, SolutionId, SolutionKind, Subject, System, ValueFactor,
};
use crate::stats::correlation::spearman;
use crate::text::{Code, Diagnostic};

/// Beyond so many times the effort of a history, forecasts were found to be too sure.
const FAR: f64 = 4.0;
/// A factor that may be so many times its lowest value is the whole answer.
const WIDE: f64 = 100.0;
/// From so many measurements on a history can be seen to fall,
const ENOUGH: usize = 4;
/// by a rank correlation of at most this.
const FALLING: f64 = -0.5;
/// The stage in which a model is kept alive.
const MONITORING: &str = "monitoring";

/// Finds problems of solutions that don't say what would solve them: without a metric with a baseline and a
/// target.
pub(super) fn vague_problem(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let scoping = &plan.scoping;
    let mut named: Vec<_> = scoping.solutions.iter().filter_map(|solution| solution.problem).collect();
    named.sort_unstable();
    named.dedup();
    let vague = named.into_iter().filter(|&id| scoping.is_vague(&scoping[id]));
    vague
        .map(|id| {
            let message = format!("nobody could say whether `{}` is solved", scoping[id].key);
            Diagnostic::new(Code::VagueProblem, Subject::Problem(id), message)
                .help("give it a `metric` with a baseline and a target")
                .help("ask: what are the top things you wish were working better?")
        })
        .collect()
}

/// Finds solutions whose metric is where it should be already.
pub(super) fn target_reached(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    with_metric(plan)
        .filter_map(|(id, solution, metric)| {
            let (target, last) = (metric.target?, solution.evidence.history.as_ref()?.points.last()?.value);
            if metric.is_better(target, last) {
                return None;
            }
            let message = format!("`{}` is at {last} already, and its target is {target}", metric.key);
            let warning =
                Diagnostic::new(Code::TargetReached, Subject::SolutionKey(id, "evidence.history"), message);
            Some(warning.help("it is improved no further; is the target that of today?"))
        })
        .collect()
}

/// Finds histories of two measurements: what they say is almost only what is usual.
pub(super) fn thin_history(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    histories(plan)
        .filter(|(_, _, points)| *points == 2)
        .map(|(id, solution, _)| {
            let message = format!("two measurements say little of how `{}` gets better", solution.key);
            let subject = Subject::SolutionKey(id, "evidence.history");
            Diagnostic::new(Code::ThinHistory, subject, message)
                .help("from four on the curve is more the project's than the usual one")
        })
        .collect()
}

/// Finds histories in which the metric gets worse with effort, four measurements at least.
pub(super) fn falling_history(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    with_metric(plan)
        .filter_map(|(id, solution, metric)| {
            let points = &solution.evidence.history.as_ref()?.points;
            let efforts: Vec<f64> = points.iter().map(|point| point.effort).collect();
            let sign = if metric.direction == Direction::Up { 1.0 } else { -1.0 };
            let goodness: Vec<f64> = points.iter().map(|point| sign * point.value).collect();
            let falls = points.len() >= ENOUGH && spearman(&efforts, &goodness)? <= FALLING;
            let message = format!("`{}` gets worse with effort", metric.key);
            let subject = Subject::SolutionKey(id, "evidence.history");
            falls.then(|| {
                Diagnostic::new(Code::FallingHistory, subject, message)
                    .help("look for the reason before believing any forecast; where lower is better, say `direction = \"down\"`")
            })
        })
        .collect()
}

/// Finds metrics of solutions that don't say where they stand today.
pub(super) fn no_baseline(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut named: Vec<_> = plan.scoping.solutions.iter().filter_map(|solution| solution.metric).collect();
    named.sort_unstable();
    named.dedup();
    named.retain(|&id| plan.scoping[id].baseline.is_none());
    named
        .into_iter()
        .map(|id| {
            let message = format!("nothing says where `{}` stands today", plan.scoping[id].key);
            Diagnostic::new(Code::NoBaseline, Subject::Metric(id), message)
                .help("measure what runs now, or what the simplest rule reaches: `baseline = …`")
        })
        .collect()
}

/// Finds improve milestones that may add more than four times the effort of the history that they are
/// forecast from.
pub(super) fn far_horizon(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    plan.ids()
        .filter_map(|id| {
            let improve = plan[id].improve.as_ref()?;
            let solution = &plan.scoping[plan[id].solution?];
            let points = &solution.evidence.history.as_ref()?.points;
            let range = points.last()?.effort - points.first()?.effort;
            let ahead = f64::from(improve.at_most) * improve.adds;
            if ahead <= FAR * range {
                return None;
            }
            let message =
                format!("`{}` may add {:.1} times the effort of its history", plan[id].key, ahead / range);
            let warning = Diagnostic::new(Code::FarHorizon, Subject::MilestoneKey(id, "improve"), message);
            Some(warning.help("so far ahead forecasts are too sure: measure once more on the way"))
        })
        .collect()
}

/// Finds what people reach on structured data: they are poor at it, so it is not counted.
pub(super) fn ignored_evidence(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    solutions(plan)
        .filter(|(_, solution)| solution.data_kind == DataKind::Structured && solution.evidence.hlp.is_some())
        .map(|(id, solution)| {
            let message =
                format!("what people reach does not count for `{}`, whose data is structured", solution.key);
            Diagnostic::new(Code::IgnoredEvidence, Subject::SolutionKey(id, "evidence.hlp"), message).help(
                "people are poor at tables; of images, sound or text say `data_kind = \"unstructured\"`",
            )
        })
        .collect()
}

/// Finds existing systems without a history: they are forecast like new ones.
pub(super) fn missing_history(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    solutions(plan)
        .filter(|(_, solution)| solution.system == System::Existing && solution.evidence.history.is_none())
        .map(|(id, solution)| {
            let message = format!("`{}` exists, and nothing says how it got better so far", solution.key);
            Diagnostic::new(Code::MissingHistory, Subject::SolutionKey(id, "system"), message)
                .help("like `evidence.history.points = [[1, 0.52], [2, 0.60], [3, 0.645]]`")
        })
        .collect()
}

/// Finds models that nobody keeps alive: no milestone of the stage `monitoring`.
pub(super) fn no_monitoring(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let is_kept = |id: SolutionId| {
        plan.milestones_of(id).any(|at| plan[at].stage.is_some_and(|stage| plan[stage].key == MONITORING))
    };
    let has_stage = plan.stages.iter().any(|stage| stage.key == MONITORING);
    solutions(plan)
        .filter(|(id, solution)| {
            let is_planned = plan.milestones_of(*id).next().is_some();
            has_stage && is_planned && solution.kind == SolutionKind::Model && !is_kept(*id)
        })
        .map(|(id, solution)| {
            let message = format!("nothing of `{}` belongs to the stage `monitoring`", solution.key);
            Diagnostic::new(Code::NoMonitoring, Subject::Solution(id), message)
                .help("a model that is deployed and not watched is not done")
        })
        .collect()
}

/// Finds factors of value that may be more than a hundred times their lowest value.
pub(super) fn wide_factor(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let factors = plan.scoping.factors.iter().enumerate();
    let is_wide = |factor: &ValueFactor| {
        let (low, high) = (factor.value.distribution.lowest(), factor.value.distribution.highest());
        low > 0.0 && high.is_finite() && high > WIDE * low
    };
    factors
        .filter(|(_, factor)| is_wide(factor))
        .map(|(at, factor)| {
            let subject = Subject::Factor(crate::model::FactorId::new(at));
            let message = format!("`{}` may be more than {WIDE} times its lowest value", factor.key);
            Diagnostic::new(Code::WideFactor, subject, message)
                .help("so the value is this factor: find out more about it first")
        })
        .collect()
}

fn solutions(plan: &Plan) -> impl Iterator<Item = (SolutionId, &Solution)> {
    plan.scoping.ids().map(|id| (id, &plan.scoping[id]))
}

fn with_metric(plan: &Plan) -> impl Iterator<Item = (SolutionId, &Solution, &Metric)> {
    solutions(plan).filter_map(|(id, solution)| Some((id, solution, &plan.scoping[solution.metric?])))
}

fn histories(plan: &Plan) -> impl Iterator<Item = (SolutionId, &Solution, usize)> {
    solutions(plan).filter_map(|(id, it)| Some((id, it, it.evidence.history.as_ref()?.points.len())))
}
