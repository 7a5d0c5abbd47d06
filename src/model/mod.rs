//! The plan as it is believed: milestones, links, resources, money, calendars. Immutable, without
//! files, graphs or randomness.

mod calendar;
mod estimate;
mod expectation;
mod ids;
mod link;
mod milestone;
mod money;
mod plan;
mod resource;
mod subject;

pub use calendar::{Calendar, CalendarBuilder, CalendarError, Hours, Interval, Timeline};
pub use estimate::{Estimate, Span, SpanUnit};
pub use expectation::{Comparison, Condition, Expectation, Figure, Limit, Statement};
pub use ids::{CalendarId, MilestoneId, PerMilestone, ResourceId, StageId};
pub use link::{Lag, Link, LinkKind};
pub use milestone::{Basis, Bounds, Milestone, Scope};
pub use money::{Category, Dated, Moment, Overhead, Payment, Rate, RateUnit};
pub use plan::{Plan, Stage};
pub use resource::{Resource, ResourceKind};
pub use subject::Subject;
