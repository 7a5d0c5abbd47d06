//! Correlation: from what people write to what a Gaussian copula needs, and back from values.

mod matrix;
mod spearman;

pub use matrix::{Nearest, cholesky, nearest};
pub use spearman::spearman;

use std::f64::consts::PI;

/// The correlation of two normal scores whose ranks are correlated by `rho`: 2 sin(π ρ / 6)
/// (Pearson 1907; Kruskal 1958).
pub fn score_correlation(rho: f64) -> f64 {
    2.0 * libm::sin(PI * rho / 6.0)
}

/// Spearman's rank correlation of two normal scores that are correlated by `score`.
pub fn rank_correlation(score: f64) -> f64 {
    6.0 / PI * libm::asin(score / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_middle_stay_where_they_are() {
        for rho in [-1.0, 0.0, 1.0] {
            assert!((score_correlation(rho) - rho).abs() < 1e-15, "{rho}");
        }
        for rho in [-0.9, -0.2, 0.3, 0.75] {
            assert!((rank_correlation(score_correlation(rho)) - rho).abs() < 1e-15, "{rho}");
        }
    }
}
