//! The critical path of the plan as written.

use super::{PlanSummary, Stamp};

/// What `plan path` says.
#[derive(Clone, Debug, PartialEq)]
pub struct PathReport {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// When the plan as written is done.
    pub finish: Stamp,
    /// Every milestone, in file order; removed ones left out.
    pub milestones: Vec<PathRow>,
    /// Critical paths as keys, from first to last; at most [`PathReport::MAX_PATHS`].
    pub critical_paths: Vec<Vec<String>>,
    /// Whether there are more critical paths than listed.
    pub more_paths: bool,
    /// Keys of milestones that are not critical but have little float, least float first.
    pub near_critical: Vec<String>,
    /// Up to how many days of float count as near-critical.
    pub near_days: f64,
}

impl PathReport {
    /// How many critical paths are listed at most.
    pub const MAX_PATHS: usize = 8;
}

/// One milestone in the deterministic plan. Floats and durations are in working days of the
/// milestone's own calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct PathRow {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The key of its stage.
    pub stage: Option<String>,
    /// How long it takes.
    pub duration_days: f64,
    /// The earliest it can start.
    pub early_start: Stamp,
    /// The earliest it can finish.
    pub early_finish: Stamp,
    /// The latest it may start without moving the plan's finish.
    pub late_start: Stamp,
    /// The latest it may finish without moving the plan's finish.
    pub late_finish: Stamp,
    /// How long it may slip without moving the plan's finish; the smaller of start and finish float.
    pub total_float_days: f64,
    /// How long it may slip without moving any other milestone.
    pub free_float_days: f64,
    /// Whether it lies on a driving path to the plan's finish.
    pub critical: bool,
    /// By how many days the plan would shorten if it took no time; `None` if it is not critical.
    pub drag_days: Option<f64>,
    /// What sets its early start or finish, in words: `after design`, `not before 2027-03-01`,
    /// `the plan's start`.
    pub driver: String,
}
