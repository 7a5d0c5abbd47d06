//! What a set of drawn values says: percentiles, shares, differences, and how sure each is.

mod interval;
mod kolmogorov;
mod paired;
mod scheme;
mod sorted;

pub use interval::{
    Interval, RankInterval, around, binomial_at_most, percentile_ranks, student_quantile, wilson,
};
pub use kolmogorov::{distance, distance_between, distance_limit};
pub use paired::{Difference, SECTIONS, difference, mean_difference, percentile_difference};
pub use scheme::{REPLICATES, Sampled, Scheme};
pub use sorted::{Sorted, rank_of};
