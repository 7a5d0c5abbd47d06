//! What single predictive features may reach together.

use crate::stats::special::{normal_cdf, normal_quantile};

/// The area under the curve that features reach together, from those of each alone.
///
/// Each area gives a distance `d' = √2 Φ⁻¹(AUC)`; squares of independent Gaussian features add up.
/// `redundancy` (0 to 1) is the share of the further features that the best one knows already.
/// Areas lie between 0 and 1 exclusive; below one half they are turned round.
pub fn combined_auc(areas: &[f64], redundancy: f64) -> f64 {
    let squares = areas.iter().map(|&area| {
        let distance = normal_quantile(area.max(1.0 - area));
        2.0 * distance * distance
    });
    let (best, sum) = squares.fold((0.0_f64, 0.0), |(best, sum), square| (best.max(square), sum + square));
    let together = best + (1.0 - redundancy) * (sum - best);
    normal_cdf(libm::sqrt(together / 2.0))
}

/// The share of variance that features explain together, from those of each alone (0 to 1).
///
/// Each further one explains its share of what is left, less what the best one knows already.
pub fn combined_r_squared(shares: &[f64], redundancy: f64) -> f64 {
    let best = shares.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((best_index, best)) = best else { return 0.0 };
    let left = shares
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != best_index)
        .fold(1.0 - best, |left, (_, share)| left * libm::pow(1.0 - share, 1.0 - redundancy));
    1.0 - left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_combine_as_their_redundancy_allows() {
        let areas = [0.66, 0.62, 0.60, 0.57];
        for (redundancy, expected) in [(0.4, 0.702_724_4), (0.0, 0.725_395_7), (1.0, 0.66)] {
            let found = combined_auc(&areas, redundancy);
            assert!((found - expected).abs() < 1e-7, "{redundancy}: {found}");
        }
        assert!((combined_auc(&[0.34], 0.4) - 0.66).abs() < 1e-12);
    }

    #[test]
    fn explained_shares_multiply_what_is_left() {
        assert!((combined_r_squared(&[0.2, 0.5], 0.0) - 0.6).abs() < 1e-12);
        assert!((combined_r_squared(&[0.2, 0.5], 1.0) - 0.5).abs() < 1e-12);
        assert_eq!(combined_r_squared(&[], 0.4), 0.0);
    }
}
