//! How many seconds lengths of elapsed time have.

/// An hour.
pub const HOUR: f64 = 3_600.0;
/// A day of 24 hours.
pub const DAY: f64 = 24.0 * HOUR;
/// A week round the clock.
pub const WEEK: f64 = 7.0 * DAY;
/// A year of 365.25 days.
pub const YEAR: f64 = 365.25 * DAY;
