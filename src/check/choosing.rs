//! Rules about the choice between solutions: what it leaves out, and what no choice can mend.

use crate::model::{
    CriterionId, DAYS_PER_YEAR, MOST_COMBINED, Plan, ProblemId, ResourceKind, SolutionId, SolutionKind,
    Subject,
};
use crate::network::{Network, Schedule};
use crate::stats::pairwise::INCONSISTENT;
use crate::text::{Code, Diagnostic};

/// Finds problems with a single solution, unless the problem is given: nothing was chosen.
pub(super) fn single_solution(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    open_problems(plan)
        .filter_map(|(id, solutions)| {
            let [only] = solutions.as_slice() else { return None };
            let (problem, only) = (&plan.scoping[id].key, &plan.scoping[*only].key);
            let message = format!("`{only}` is the only solution of `{problem}`");
            let remark = Diagnostic::new(Code::SingleSolution, Subject::Problem(id), message);
            Some(remark.help("what else would solve it: another model, rules, a process, something to buy?"))
        })
        .collect()
}

/// Finds problems whose solutions are all models: rules or a process may do, or be what to beat.
pub(super) fn only_models(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let is_model = |id: &SolutionId| plan.scoping[*id].kind == SolutionKind::Model;
    open_problems(plan)
        .filter(|(_, solutions)| solutions.len() > 1 && solutions.iter().all(is_model))
        .map(|(id, _)| {
            let message = format!("every solution of `{}` is a model", plan.scoping[id].key);
            Diagnostic::new(Code::OnlyModels, Subject::Problem(id), message)
                .help("what would rules or a process do? add one with `kind = \"rules\"`, if only to beat it")
        })
        .collect()
}

/// Finds more solutions than can be combined in all ways.
pub(super) fn many_solutions(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let count = plan.scoping.solutions.len();
    if count <= MOST_COMBINED {
        return Vec::new();
    }
    let message = format!("{count} solutions, of which {MOST_COMBINED} are combined");
    let remark =
        Diagnostic::new(Code::ManySolutions, Subject::Solution(SolutionId::new(MOST_COMBINED)), message);
    vec![remark.help("the most productive are; leave out what is rejected anyway")]
}

/// Finds solutions that alone take more of somebody than there is until the deadline, iterations not counted.
pub(super) fn people_short(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    let Some(deadline) = plan.scoping.terms.deadline.or(plan.deadline) else { return Vec::new() };
    let day = plan[plan.calendar].day_seconds() as f64;
    let until = network.plan_seconds(network.axis_limit(deadline.ends())) as f64 / day;
    let mut found = Vec::new();
    for id in plan.scoping.ids() {
        for (index, resource) in plan.resources.iter().enumerate() {
            let Some(capacity) = resource.capacity.as_ref().filter(|_| resource.kind == ResourceKind::People)
            else {
                continue;
            };
            let there = capacity.first * resource.availability.first * until;
            let work = plan.milestones_of(id).flat_map(|at| &plan[at].work);
            let own = work.filter(|(of, _)| of.index() == index);
            let needed: f64 = own.map(|(_, effort)| effort.distribution.mean() / day).sum();
            if needed > there {
                let solution = &plan.scoping[id].key;
                let message = format!(
                    "`{solution}` takes {needed:.0} days of `{}`, and there are {there:.0} until the deadline",
                    resource.key
                );
                found.push(
                    Diagnostic::new(Code::PeopleShort, Subject::Solution(id), message)
                        .help("more people, less work, or a later deadline"),
                );
            }
        }
    }
    found
}

/// Finds solutions whose last milestone as planned is done after the horizon: nothing of their value counts.
pub(super) fn short_horizon(plan: &Plan, network: &Network, schedule: &Schedule) -> Vec<Diagnostic<Subject>> {
    let months = plan.scoping.terms.horizon_months;
    let limit = months / 12.0 * DAYS_PER_YEAR;
    let day = plan[plan.calendar].day_seconds() as f64;
    let done = |id: SolutionId| {
        let own = network.ids().filter(|&visit| plan[network[visit].milestone].solution == Some(id));
        let finish = own.map(|visit| {
            let at = network.finish_instant(visit, schedule.early.placed[visit].finish);
            network.timelines[0].position(at)
        });
        finish.max().map(|seconds| seconds as f64 / day)
    };
    plan.scoping
        .ids()
        .filter(|id| plan.scoping[*id].value.is_some())
        .filter_map(|id| Some((id, done(id)?)))
        .filter(|(_, done)| *done >= limit)
        .map(|(id, done)| {
            let solution = &plan.scoping[id].key;
            let message = format!(
                "`{solution}` is done after {:.0} months as planned, and value counts for {months}",
                done / DAYS_PER_YEAR * 12.0
            );
            Diagnostic::new(Code::ShortHorizon, Subject::Solution(id), message)
                .help("so it can't be worth anything: raise `horizon_months` in `[scope]`")
        })
        .collect()
}

/// Finds comparisons of criteria that contradict each other.
pub(super) fn inconsistent_pairwise(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let criteria = &plan.scoping.criteria;
    let weights = criteria.pairwise.weights();
    let worst = criteria.pairwise.worst(&weights).filter(|_| weights.consistency > INCONSISTENT);
    let Some((one, other, said)) = worst else { return Vec::new() };
    let name = |at: usize| &criteria.all[at].key;
    let message = format!(
        "these comparisons contradict each other: a consistency ratio of {:.2}, more than {INCONSISTENT}",
        weights.consistency
    );
    let help = format!(
        "furthest off is `{}` beside `{}`: {:.2} times as important, and the others come to {said:.2}",
        name(one),
        name(other),
        criteria.pairwise.ratio(one, other)
    );
    let subject = Subject::Criterion(CriterionId::new(one));
    vec![Diagnostic::new(Code::InconsistentPairwise, subject, message).help(help)]
}

/// Problems that say what would solve them, with their solutions; none where the problem is given.
fn open_problems(plan: &Plan) -> impl Iterator<Item = (ProblemId, Vec<SolutionId>)> {
    let scoping = &plan.scoping;
    let problems = (0..scoping.problems.len()).map(ProblemId::new);
    let open = problems.filter(|id| !scoping.terms.problem_given && !scoping.is_vague(&scoping[*id]));
    open.map(|id| (id, scoping.ids().filter(|it| scoping[*it].problem == Some(id)).collect()))
}
