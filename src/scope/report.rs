//! All solutions of a plan under the same draws, and which of them to fund.

use rayon::prelude::*;

use crate::forecast::Stamp;
use crate::model::{Goal, Plan, Problem, ProblemId, SolutionId, SolutionKind};
use crate::network::{Network, NetworkError};
use crate::simulate::Settings;

use super::amounts::Amounts;
use super::assess::{assess, limit};
use super::assessment::Assessment;
use super::criteria::CriteriaReport;
use super::decision::{Case, Decision, Reason, changes, first_rules, reasons};
use super::judge::factor_draws;
use super::portfolio::{Candidate, Choice, Portfolio, PortfolioTerms};
use super::remarks::{ScopeRemark, remarks};
use super::resources::{ResourceNeed, Supplies, needs, time};
use super::scores::EaseTrap;

/// The runs on which sets of solutions are judged at most, where there are many sets.
const RUNS_OF_MANY_SETS: usize = 4_000;
/// From so many candidates on there are many sets.
const MANY: usize = 10;

/// What to do at all.
#[derive(Clone, Debug)]
pub struct ScopeReport {
    /// The plan's name.
    pub plan: String,
    /// Its money.
    pub currency: String,
    /// The money there is.
    pub budget: Option<f64>,
    /// What was made largest.
    pub goal: Goal,
    /// The least chance of a launch that is asked for.
    pub least_chance: f64,
    /// How many iterations.
    pub iterations: usize,
    /// Their seed.
    pub seed: u64,
    /// Whether the problem need not be looked for.
    pub problem_given: bool,
    /// Business problems.
    pub problems: Vec<ProblemLine>,
    /// All solutions in file order.
    pub solutions: Vec<Assessment>,
    /// Their positions, the highest expected net present value first.
    pub ranking: Vec<usize>,
    /// Sets of solutions, and the one to fund; members are positions in `solutions`.
    pub portfolio: Portfolio,
    /// What looking for ease alone costs.
    pub ease_trap: Option<EaseTrap>,
    /// Whether every solution is a model: none without.
    pub only_models: bool,
    /// What solutions are worth by criteria that no money measures, if there are any.
    pub criteria: Option<CriteriaReport>,
    /// What to take with care.
    pub remarks: Vec<ScopeRemark>,
    /// The date to launch by.
    pub deadline: Option<Stamp>,
    /// What the set to fund takes, and what there is until the deadline.
    pub needs: Vec<ResourceNeed>,
    /// Whether there is only so much of some people until a deadline.
    pub counts_people: bool,
}

/// A business problem in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct ProblemLine {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub statement: Option<String>,
    /// Its metric: name, baseline, target, unit.
    pub metric: Option<(String, f64, f64, Option<String>)>,
    /// How many solutions it has.
    pub solutions: usize,
    /// How many wider problems it is a part of, one within the other.
    pub depth: usize,
    /// The question it came up with.
    pub asked: Option<String>,
    /// Whether other problems are parts of it.
    pub is_parent: bool,
}

impl ScopeReport {
    /// Assesses every solution and chooses what to fund.
    ///
    /// # Errors
    /// If the plan of one solution alone has no network.
    pub fn of(plan: &Plan, settings: &Settings) -> Result<Self, NetworkError> {
        let factors = factor_draws(plan, settings);
        let ids: Vec<SolutionId> = plan.scoping.ids().collect();
        let solutions: Result<Vec<Assessment>, NetworkError> =
            ids.par_iter().map(|&id| assess(plan, id, &factors, settings)).collect();
        let mut solutions = solutions?;
        let cases: Vec<Case> = solutions.iter().map(|solution| case(plan, solution, &solutions)).collect();
        let first: Vec<Option<Decision>> = cases.iter().map(first_rules).collect();
        let network = Network::of(plan)?;
        let deadline = limit(plan, &network);
        let by = deadline.map(|deadline| deadline.days);
        let supplies = Supplies::of(plan, by);
        let candidates = candidates(plan, &solutions, &first, &supplies);
        let terms = PortfolioTerms {
            budget: plan.scoping.terms.budget.or(plan.budget).map(|money| money.0),
            overlap: plan.scoping.terms.overlap,
            contingency: plan.scoping.terms.contingency,
            goal: plan.scoping.terms.goal,
        };
        let portfolio = Portfolio::of(&candidates, &terms);
        let chosen = portfolio.choice().clone();
        for (index, (solution, case)) in solutions.iter_mut().zip(&cases).enumerate() {
            let is_chosen = chosen.members.contains(&index);
            let decision = first[index].unwrap_or(if is_chosen { Decision::Fund } else { Decision::Hold });
            let held =
                (decision == Decision::Hold).then(|| why_held(plan, index, &candidates, &portfolio, &terms));
            let late = solution.is_late.then(|| Reason::Late(solution.p_in_time.unwrap_or(0.0)));
            let short = short(plan, solution, &supplies);
            solution.decision = decision;
            solution.reasons = reasons(decision, case, held, late.into_iter().chain(short));
            solution.changes = changes(decision, case);
        }
        let launches = chosen.members.iter().filter_map(|&it| Some(solutions[it].launch?[1].days));
        let members: Vec<&Amounts> = chosen.members.iter().map(|&it| &solutions[it].amounts).collect();
        Ok(Self {
            plan: plan.name.clone(),
            currency: plan.currency.clone(),
            budget: terms.budget,
            goal: terms.goal,
            least_chance: plan.scoping.terms.min_p_feasible,
            iterations: settings.iterations as usize,
            seed: settings.seed,
            problem_given: plan.scoping.terms.problem_given,
            problems: problems(plan),
            ranking: ranking(&solutions),
            ease_trap: EaseTrap::of(
                &solutions.iter().map(|it| (it.effort, it.worths.expected)).collect::<Vec<_>>(),
            ),
            only_models: plan.scoping.solutions.iter().all(|it| it.kind == SolutionKind::Model),
            criteria: CriteriaReport::of(plan),
            remarks: remarks(plan, &solutions, settings.iterations as usize),
            needs: time(launches, by).into_iter().chain(needs(plan, &members, &supplies)).collect(),
            deadline,
            counts_people: candidates.iter().any(|candidate| !candidate.loads.is_empty()),
            solutions,
            portfolio,
        })
    }

    /// How many solutions are likely enough to be launched, whatever they are worth.
    pub fn feasible(&self) -> usize {
        let is_feasible = |it: &&Assessment| it.p_feasible + it.p_partial >= self.least_chance;
        self.solutions.iter().filter(is_feasible).count()
    }

    /// How many solutions are funded.
    pub fn funded(&self) -> usize {
        self.portfolio.choice().members.len()
    }
}

fn ranking(solutions: &[Assessment]) -> Vec<usize> {
    let mut ranking: Vec<usize> = (0..solutions.len()).collect();
    ranking.sort_by(|&a, &b| solutions[b].worths.expected.total_cmp(&solutions[a].worths.expected));
    ranking
}

/// All problems, each below the wider one it is a part of; beside each other in the order in which they matter.
fn problems(plan: &Plan) -> Vec<ProblemLine> {
    let mut lines = Vec::new();
    add_parts(plan, None, 0, &mut lines);
    lines
}

fn add_parts(plan: &Plan, parent: Option<ProblemId>, depth: usize, lines: &mut Vec<ProblemLine>) {
    let all = plan.scoping.problems.iter().enumerate().map(|(at, problem)| (ProblemId::new(at), problem));
    let mut parts: Vec<(ProblemId, &Problem)> = all.filter(|(_, problem)| problem.parent == parent).collect();
    parts.sort_by_key(|(_, problem)| problem.priority.unwrap_or(u32::MAX));
    for (id, problem) in parts {
        let metric = problem.metric.map(|id| &plan.scoping[id]);
        lines.push(ProblemLine {
            key: problem.key.clone(),
            name: problem.name.clone(),
            statement: problem.statement.clone(),
            metric: metric.and_then(|metric| {
                Some((metric.name.clone(), metric.baseline?, metric.target?, metric.unit.clone()))
            }),
            solutions: plan.scoping.solutions.iter().filter(|it| it.problem == Some(id)).count(),
            is_parent: plan.scoping.problems.iter().any(|it| it.parent == Some(id)),
            depth,
            asked: problem.asked.clone(),
        });
        add_parts(plan, Some(id), depth + 1, lines);
    }
}

/// What the decision on a solution is made of.
fn case(plan: &Plan, own: &Assessment, all: &[Assessment]) -> Case {
    let solution = &plan.scoping[own.id];
    let problem = solution.problem.map(|id| &plan.scoping[id]);
    let veto = plan
        .risks
        .iter()
        .find(|risk| risk.ends.is_some_and(|end| end.solution == own.id && end.veto && !end.cleared));
    let least = plan.scoping.terms.min_p_feasible;
    let others = all.iter().filter(|other| other.id != own.id);
    let mut of_group =
        others.filter(|other| solution.group.is_some() && plan.scoping[other.id].group == solution.group);
    Case {
        veto: veto.map(|risk| risk.name.clone()),
        is_vague: problem.is_some_and(|problem| plan.scoping.is_vague(problem)),
        p_feasible: own.p_feasible,
        p_partial: own.p_partial,
        least,
        worths: own.worths,
        by_launch: own.by_launch,
        worth_of_knowing: own.worth_of_knowing,
        mean_cost: own.cost.mean,
        p80_cost: own.cost.p80,
        missing: own.missing_evidence().collect(),
        plateau: own.plateau,
        stop: own.stop,
        other_of_group: of_group
            .find(|other| other.p_feasible + other.p_partial >= least)
            .map(|other| other.name.clone()),
    }
}

fn candidates(
    plan: &Plan,
    solutions: &[Assessment],
    first: &[Option<Decision>],
    supplies: &Supplies,
) -> Vec<Candidate> {
    let most = if solutions.len() < MANY { usize::MAX } else { RUNS_OF_MANY_SETS };
    solutions
        .iter()
        .zip(first)
        .map(|(it, decision)| {
            let solution = &plan.scoping[it.id];
            let runs = it.costs.len().min(most);
            let needs = solution.depends.iter();
            Candidate {
                group: solution.group.clone(),
                needs: needs.map(|need| solutions.iter().position(|other| other.id == *need)).collect(),
                includes: plan.with_fallbacks(it.id).map(SolutionId::index).collect(),
                problem: solution.problem.map(|problem| problem.index()),
                may_be_funded: decision.is_none(),
                costs: it.costs[..runs].to_vec(),
                worths: it.all_worths[..runs].to_vec(),
                loads: supplies.loads(plan, &it.amounts),
                // What costs nothing is as productive as can be.
                productivity: it.scores.productivity.unwrap_or(f64::INFINITY),
            }
        })
        .collect()
}

/// Why a solution that would pay is not in the chosen set.
fn why_held(
    plan: &Plan,
    index: usize,
    candidates: &[Candidate],
    portfolio: &Portfolio,
    terms: &PortfolioTerms,
) -> Reason {
    if !portfolio.tried.contains(&index) {
        return Reason::NotTried;
    }
    let chosen = &portfolio.choice().members;
    let name = |member: usize| plan.scoping.solutions[member].name.clone();
    let own = &candidates[index];
    let rival = chosen.iter().find(|&&other| own.group.is_some() && candidates[other].group == own.group);
    let is_worth_more = |&&other: &&usize| mean_worth(&candidates[other]) >= mean_worth(own);
    if let Some(&better) = rival.filter(is_worth_more) {
        return Reason::OtherOfGroup(name(better));
    }
    let includes = |&&other: &&usize| candidates[other].includes.contains(&index);
    if let Some(&over) = chosen.iter().find(includes) {
        return Reason::FallenBackOn(name(over));
    }
    let lacking = own.needs.iter().find(|need| need.is_none_or(|need| !chosen.contains(&need)));
    if let Some(need) = lacking {
        return Reason::Needs(need.map_or_else(String::new, name));
    }
    // Of a group it would take the place of the one that is funded.
    let others = chosen.iter().filter(|other| rival != Some(other)).copied();
    let mut with: Vec<usize> = others.chain([index]).collect();
    with.sort_unstable();
    let is_over = |choice: &Choice| terms.budget.is_some_and(|budget| choice.p80_cost > budget);
    if portfolio.choices.iter().any(|choice| choice.members == [index] && is_over(choice)) {
        return Reason::DearerThanBudget;
    }
    match portfolio.choices.iter().find(|choice| choice.members == with) {
        Some(choice) if is_over(choice) => Reason::OverBudget,
        Some(choice) if choice.load > 1.0 => Reason::OverPeople,
        _ => rival.map_or(Reason::AddsNothing, |&rival| Reason::GroupIsFunded(name(rival))),
    }
}

fn mean_worth(candidate: &Candidate) -> f64 {
    candidate.worths.iter().map(|worth| worth.net).sum::<f64>() / candidate.worths.len() as f64
}

/// What there is least of for a solution, if there is not enough of it until the deadline.
fn short(plan: &Plan, solution: &Assessment, supplies: &Supplies) -> Option<Reason> {
    let needs = needs(plan, &[&solution.amounts], supplies);
    let over = needs.iter().filter_map(|need| Some((need, need.load()?))).filter(|(_, load)| *load > 1.0);
    let (need, load) = over.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Reason::Short { of: need.name.clone(), load })
}
