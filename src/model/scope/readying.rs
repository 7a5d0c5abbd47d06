//! What it takes to make a solution ready for production.

use crate::model::{Estimate, MilestoneId, Plan, ResourceId, ResourceKind, SolutionId};
use crate::stats::{Distribution, Shape};

/// The stage whose first milestone deploys a solution.
const DEPLOYMENT: &str = "monitoring";
/// Person-days that a missing point of the ML Test Score takes: low, likely, high.
const DAYS_PER_POINT: [f64; 3] = [1.0, 2.0, 4.0];

/// Work that what a solution lacks in readiness adds to one of its milestones.
#[derive(Clone, Debug, PartialEq)]
pub struct Readying {
    /// The milestone.
    pub milestone: MilestoneId,
    /// Who does it.
    pub resource: ResourceId,
    /// Seconds of work.
    pub effort: Estimate,
}

impl Plan {
    /// What a solution's missing points of readiness add, and where: to its first milestone of the stage
    /// `monitoring`, or else its last one in the file; done by the people who have most to do there, or else in
    /// the whole solution. `None` where nothing is missing, or nobody is there to do it.
    pub fn readying(&self, id: SolutionId) -> Option<Readying> {
        let points = self.scoping[id].readiness.map(|it| it.missing()).filter(|&points| points > 0.0)?;
        let is_deployment =
            |at: &MilestoneId| self[*at].stage.is_some_and(|stage| self[stage].key == DEPLOYMENT);
        let milestone =
            self.milestones_of(id).find(is_deployment).or_else(|| self.milestones_of(id).last())?;
        let resource = self.busiest([milestone]).or_else(|| self.busiest(self.milestones_of(id)))?;
        let day = self[self[resource].calendar].day_seconds() as f64;
        let [low, likely, high] = DAYS_PER_POINT.map(|days| days * points * day);
        let distribution = Distribution::new(Shape::Pert { low, likely, high, shape: 4.0 }).ok()?;
        let written = format!("{points} points of readiness");
        Some(Readying { milestone, resource, effort: Estimate::new(distribution, written) })
    }

    /// The people with the most planned work in some milestones; of equals the first in the file.
    fn busiest(&self, milestones: impl IntoIterator<Item = MilestoneId>) -> Option<ResourceId> {
        let mut efforts = vec![0.0; self.resources.len()];
        for milestone in milestones.into_iter().map(|id| &self[id]) {
            let iterated = milestone.improve.iter().flat_map(|improve| &improve.work);
            for (resource, effort) in milestone.work.iter().chain(iterated) {
                if self[*resource].kind == ResourceKind::People {
                    efforts[resource.index()] += effort.planned;
                }
            }
        }
        let most = efforts.iter().copied().fold(0.0, f64::max);
        efforts.iter().position(|&effort| most > 0.0 && effort == most).map(ResourceId::new)
    }
}
