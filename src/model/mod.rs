//! The plan as it is believed: milestones, links, resources, money, calendars. Immutable, without
//! files, graphs or randomness.

mod branch;
mod calendar;
mod change;
mod choice;
mod correlation;
mod curve;
mod estimate;
mod expectation;
mod ids;
mod link;
mod milestone;
mod money;
mod plan;
mod resource;
mod risk;
mod scope;
mod subject;

pub use branch::{End, OnlyIf, Otherwise, Outcome, Redo, Rework};
pub use calendar::{Calendar, CalendarBuilder, CalendarError, Hours, Interval, Timeline};
pub use change::{Became, Change, Topic};
pub use choice::{CrashStep, Way};
pub use correlation::{Correlation, Member, Strength};
pub use curve::Curve;
pub use estimate::{Estimate, Span, SpanUnit};
pub use expectation::{Comparison, Condition, Expectation, Figure, Limit, Statement};
pub use ids::{
    CalendarId, CriterionId, FactorId, MetricId, MilestoneId, PerMilestone, ProblemId, ResourceId, RiskId,
    SolutionId, StageId,
};
pub use link::{Lag, Link, LinkKind};
pub use milestone::{Basis, Bounds, Milestone, Scope};
pub use money::{Category, Currency, Dated, Moment, Overhead, Payment, Rate, RateUnit};
pub use plan::{Plan, Stage};
pub use resource::{Resource, ResourceKind};
pub use risk::{Delay, Impact, Response, Risk, RiskTerms, Season};
pub use scope::{
    Benchmark, Checkpoint, Criteria, Criterion, DAYS_PER_YEAR, DataKind, Direction, EffortUnit, Evidence,
    Features, Goal, History, HumanLevel, Improve, MOST_COMBINED, Measured, Metric, MetricKind, MetricLink,
    Monitoring, Pilot, Predictive, Problem, Readiness, Readying, Scoping, ScopingTerms, Similarity, Solution,
    SolutionEnd, SolutionKind, SolutionValue, SourceTerms, System, Tail, ValueFactor,
};
pub use subject::Subject;
