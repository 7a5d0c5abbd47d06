//! The four steps of scoping, and what each still lacks.

use super::assessment::Assessment;
use super::report::ScopeReport;

/// One step: how many are left after it, and what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How many problems or solutions are left.
    pub left: usize,
    /// What is missing; nothing: the step is done.
    pub missing: Vec<Gap>,
}

/// Something that a step lacks. Names are ids of the plan file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No problem is written down.
    NoProblem,
    /// This problem has no metric with a baseline and a target.
    Vague(String),
    /// This problem has no solution.
    NoSolution(String),
    /// This problem has one solution only.
    OneSolution(String),
    /// No solution does without a model.
    OnlyModels,
    /// This solution lacks evidence that is asked for.
    Evidence(String, Vec<&'static str>),
    /// No solution is likely enough to be launched.
    NothingFeasible,
    /// There is no budget to choose within.
    NoBudget,
    /// Nothing is worth its cost within the budget.
    NothingFunded,
}

impl ScopeReport {
    /// Problems, solutions, feasibility, funding: how many are left, and what is missing.
    pub fn steps(&self) -> [Step; 4] {
        let step = |left, missing| Step { left, missing };
        [
            step(self.problems.len(), self.missing_of_problems()),
            step(self.solutions.len(), self.missing_of_solutions()),
            step(self.feasible(), self.missing_of_feasibility()),
            step(self.funded(), self.missing_of_funding()),
        ]
    }

    fn missing_of_problems(&self) -> Vec<Gap> {
        if self.problems.is_empty() {
            return if self.problem_given { Vec::new() } else { vec![Gap::NoProblem] };
        }
        let vague = self.problems.iter().filter(|problem| problem.metric.is_none() && !problem.is_parent);
        vague.map(|problem| Gap::Vague(problem.key.clone())).collect()
    }

    fn missing_of_solutions(&self) -> Vec<Gap> {
        let thin = self.problems.iter().filter_map(|problem| match problem.solutions {
            0 if problem.is_parent => None,
            0 => Some(Gap::NoSolution(problem.key.clone())),
            1 => Some(Gap::OneSolution(problem.key.clone())),
            _ => None,
        });
        thin.chain(self.only_models.then_some(Gap::OnlyModels)).collect()
    }

    fn missing_of_feasibility(&self) -> Vec<Gap> {
        let lacks = |it: &Assessment| {
            let names: Vec<&'static str> = it.missing_evidence().collect();
            (!names.is_empty()).then(|| Gap::Evidence(it.key.clone(), names))
        };
        let nothing = (self.feasible() == 0).then_some(Gap::NothingFeasible);
        nothing.into_iter().chain(self.solutions.iter().filter_map(lacks)).collect()
    }

    fn missing_of_funding(&self) -> Vec<Gap> {
        let nothing = (self.funded() == 0).then_some(Gap::NothingFunded);
        nothing.into_iter().chain(self.budget.is_none().then_some(Gap::NoBudget)).collect()
    }
}
