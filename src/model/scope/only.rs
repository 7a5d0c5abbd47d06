//! The plan of one solution alone.

use crate::model::{MilestoneId, Plan, SolutionId};

impl Plan {
    /// A solution, the one it falls back on, the one that falls back on, and so on.
    pub fn with_fallbacks(&self, solution: SolutionId) -> impl Iterator<Item = SolutionId> {
        std::iter::successors(Some(solution), |&id| self.scoping[id].fallback)
    }

    /// For each solution whether it is one of these, or one that they fall back on.
    pub fn solutions_with(&self, chosen: &[SolutionId]) -> Vec<bool> {
        let mut stays = vec![false; self.scoping.solutions.len()];
        for id in chosen.iter().flat_map(|&id| self.with_fallbacks(id)) {
            stays[id.index()] = true;
        }
        stays
    }

    /// The plan with this solution and those it falls back on, without all others: their milestones are
    /// removed, as a scenario would remove them, and their risks don't happen. What belongs to no solution
    /// stays.
    pub fn with_solutions(&self, chosen: &[SolutionId]) -> Self {
        let stays = self.solutions_with(chosen);
        let mut plan = self.clone();
        for milestone in &mut plan.milestones {
            if milestone.solution.is_some_and(|id| !stays[id.index()]) {
                milestone.remove();
            }
        }
        for risk in &mut plan.risks {
            if risk.ends.is_some_and(|end| !stays[end.solution.index()]) {
                risk.untreated.probability = 0.0;
                risk.response = None;
                risk.ends = None;
            }
        }
        plan
    }

    /// The milestones of a solution, in file order, without removed ones.
    pub fn milestones_of(&self, solution: SolutionId) -> impl Iterator<Item = MilestoneId> {
        self.ids().filter(move |&id| self[id].solution == Some(solution) && !self[id].removed)
    }
}
