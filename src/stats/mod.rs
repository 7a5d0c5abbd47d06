//! Pure numbers: distributions, quantiles, intervals, histograms. Has never heard of a milestone.

mod distribution;

pub use distribution::{Distribution, DistributionError, Shape};
