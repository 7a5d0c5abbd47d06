//! What a remark about a plan speaks of; the reader knows its place in the file.

use super::{
    CalendarId, CriterionId, FactorId, MetricId, MilestoneId, ProblemId, ResourceId, RiskId, SolutionId,
    StageId,
};

/// A part of the plan that a remark points at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The plan as a whole.
    Plan,
    /// A key of `[plan]`.
    PlanKey(&'static str),
    /// A milestone as a whole.
    Milestone(MilestoneId),
    /// A key of a milestone.
    MilestoneKey(MilestoneId, &'static str),
    /// A link, by its position in [`super::Plan::links`].
    Link(usize),
    /// A resource as a whole.
    Resource(ResourceId),
    /// A key of a resource.
    ResourceKey(ResourceId, &'static str),
    /// A calendar.
    Calendar(CalendarId),
    /// A stage.
    Stage(StageId),
    /// An overhead, by its position in [`super::Plan::overheads`].
    Overhead(usize),
    /// A risk as a whole.
    Risk(RiskId),
    /// A key of a risk.
    RiskKey(RiskId, &'static str),
    /// A correlation group, by its position in [`super::Plan::correlations`].
    Correlation(usize),
    /// A key of `[scope]`.
    ScopeKey(&'static str),
    /// A business problem.
    Problem(ProblemId),
    /// A metric.
    Metric(MetricId),
    /// A factor of value.
    Factor(FactorId),
    /// A criterion.
    Criterion(CriterionId),
    /// A solution as a whole.
    Solution(SolutionId),
    /// A key of a solution, also one of a table inside it.
    SolutionKey(SolutionId, &'static str),
    /// An expectation, by its position in [`super::Plan::expectations`].
    Expectation(usize),
}
