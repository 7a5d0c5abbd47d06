//! Plans and scenarios side by side, under the same draws.

use super::Forecast;

/// Several forecasts and their differences from the first.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The columns, as they were asked for.
    pub columns: Vec<Column>,
    /// Differences of each column but the first from the first.
    pub differences: Vec<Pairing>,
}

/// One of the compared forecasts.
#[derive(Clone, Debug)]
pub struct Column {
    /// `lean`, `base`, or the file's name.
    pub label: String,
    /// What the scenario changes, or its description.
    pub description: Option<String>,
    /// Its forecast.
    pub forecast: Forecast,
}

/// How one column differs from the first, iteration by iteration.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairing {
    /// Position of the column in [`Comparison::columns`].
    pub column: usize,
    /// Days of finish: positive is later.
    pub finish: Difference,
    /// Money: positive is dearer; `None` if neither plan costs anything or currencies differ.
    pub cost: Option<Difference>,
    /// Share of iterations in which it finishes earlier.
    pub earlier: f64,
    /// Share of iterations in which it costs less.
    pub cheaper: f64,
    /// Share of iterations in which it does both.
    pub both: f64,
}

/// A difference with its 95 % intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean difference: estimate, low, high.
    pub mean: (f64, f64, f64),
    /// Difference of the P50s: estimate, low, high.
    pub p50: (f64, f64, f64),
    /// Difference of the percentiles that headline (the first column's): estimate, low, high.
    pub headline: (f64, f64, f64),
}
