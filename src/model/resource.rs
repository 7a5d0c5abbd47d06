//! Resources: people, compute, data.

use crate::units::Instant;

use super::{CalendarId, Category, Dated, Estimate, Rate, ResourceId};

/// Something milestones need and may share.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// How many units there are; `None`: as many as needed.
    pub capacity: Option<Dated<f64>>,
    /// The share of its time that goes into work, 0 < a <= 1; divides work, not uses.
    pub availability: Dated<f64>,
    /// What one unit costs per time.
    pub rate: Option<Dated<Rate>>,
    /// What one piece costs (`consumes`).
    pub price: Option<Dated<Estimate>>,
    /// The calendar it works in.
    pub calendar: CalendarId,
    /// When it is away: from (included) to (excluded).
    pub away: Vec<(Instant, Instant)>,
    /// How fast one unit of another resource turns out pieces of this one.
    pub throughput: Vec<(ResourceId, Rate)>,
    /// Extra pieces needed on top, for waste and checking (0.2 = 20 % more).
    pub allowance: Option<Estimate>,
    /// Whether a scenario removed milestones, or needs of them, that it was declared for.
    pub is_idle: bool,
}

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceKind {
    /// People.
    People,
    /// Machines by the hour.
    Compute,
    /// Data, labels: things used up.
    Data,
    /// Anything else.
    Other,
}

impl ResourceKind {
    /// The category its money counts under.
    pub const fn category(self) -> Category {
        match self {
            Self::People => Category::People,
            Self::Compute => Category::Compute,
            Self::Data => Category::Data,
            Self::Other => Category::Other,
        }
    }
}
