//! A point in the plan's time, as answers state it.

use crate::units::Instant;

/// A point in time: working days of the plan's calendar since its start, and the date if the plan
/// has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    /// Working days of the plan's calendar since its start.
    pub days: f64,
    /// The local date and time, for a plan with a start.
    pub date: Option<Instant>,
}
