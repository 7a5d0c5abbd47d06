//! What a set of drawn values says: percentiles, shares, differences, and how sure each is.

mod frontier;
mod interval;
mod kendall;
mod kolmogorov;
mod paired;
mod ratio;
mod scheme;
mod sorted;

pub use frontier::frontier;
pub use interval::{
    Interval, RankInterval, around, binomial_at_most, percentile_ranks, student_quantile, wilson,
};
pub use kendall::{kendall, kendall_noise};
pub use kolmogorov::{distance, distance_between, distance_limit};
pub use paired::{Difference, SECTIONS, Sectioned, mean_difference, percentile_difference};
pub use ratio::ratio_of_means;
pub use scheme::{REPLICATES, Sampled, Scheme};
pub use sorted::{Sorted, rank_of};
