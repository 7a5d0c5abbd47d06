//! What a set of drawn values says: percentiles, shares, differences, and how sure each is.

mod clark;
mod correlation;
mod histogram;
mod interval;
mod kolmogorov;
mod paired;
mod sorted;

pub use clark::larger_of_two_normals;
pub use correlation::{Products, pearson, ranks, spearman};
pub use histogram::{BINS, DifferentGrids, Grid, Histogram};
pub use interval::{
    Interval, RankInterval, around, binomial_at_most, percentile_ranks, student_quantile, wilson,
};
pub use kolmogorov::{distance, distance_between, distance_limit};
pub use paired::{
    Difference, SECTIONS, mean_difference, percentile_difference, replicated_percentile, share_difference,
};
pub use sorted::{Sorted, rank_of};
