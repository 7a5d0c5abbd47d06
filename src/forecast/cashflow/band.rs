//! A band that whole courses stay inside.
//!
//! Of all bands median ± λ × standard deviation, point by point, the narrowest that a share of the paths never
//! leaves. (The P10 to P90 of each point, taken together, holds far fewer.) METHOD: the quantile of the largest
//! studentised distance, as for confidence bands of functions.

use crate::forecast::figures::sorted;
use crate::stats::sample::rank_of;

/// The band at each point, of the values of all paths point by point.
pub(super) fn simultaneous(points: &[Vec<f64>], inside: f64) -> Vec<(f64, f64)> {
    let middles: Vec<(f64, f64)> = points
        .iter()
        .map(|values| {
            let values = sorted(values.clone());
            let (middle, sd) = (values.percentile(0.5), values.sd());
            // A point where all paths agree, up to rounding, tells none of them apart.
            let is_spread = sd > 1e-9 * middle.abs().max(1.0);
            (middle, if is_spread { sd } else { 0.0 })
        })
        .collect();
    let mut widest = vec![0.0_f64; points.first().map_or(0, Vec::len)];
    for (values, &(middle, sd)) in points.iter().zip(&middles).filter(|(_, (_, sd))| *sd > 0.0) {
        for (widest, value) in widest.iter_mut().zip(values) {
            *widest = widest.max((value - middle).abs() / sd);
        }
    }
    if widest.is_empty() {
        return Vec::new();
    }
    let widest = sorted(widest);
    let lambda = widest.at_rank(rank_of(widest.count(), inside));
    middles.into_iter().map(|(middle, sd)| (middle - lambda * sd, middle + lambda * sd)).collect()
}

/// The band without what no course inside it can reach, where courses begin at nothing and never fall: whoever is
/// inside lies above every earlier lower edge and below every later upper one.
pub(super) fn of_rising(mut band: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut lowest = 0.0_f64;
    for (low, _) in &mut band {
        lowest = lowest.max(*low);
        *low = lowest;
    }
    let mut highest = f64::INFINITY;
    for (_, high) in band.iter_mut().rev() {
        highest = highest.min(*high);
        *high = highest;
    }
    band
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_paths_inside_is_the_one_asked_for_and_no_narrower_band_holds_it() {
        // A hundred paths that rise at speeds of their own, with a kink each.
        let path = |path: usize, point: usize| {
            (path as f64 * 0.37).sin() * point as f64 + ((path * point) as f64 * 1.7).cos() * 3.0
        };
        let points: Vec<Vec<f64>> =
            (0..12).map(|point| (0..100).map(|at| path(at, point)).collect()).collect();
        for (inside, expected) in [(0.5, 50), (0.8, 80), (0.95, 95)] {
            let band = simultaneous(&points, inside);
            let holds = |at: usize, slack: f64| {
                points.iter().zip(&band).all(|(values, (low, high))| {
                    let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0);
                    (values[at] - middle).abs() <= half * slack
                })
            };
            let count = |slack: f64| (0..100).filter(|&at| holds(at, slack)).count();
            assert_eq!(count(1.0 + 1e-12), expected, "{inside}");
            assert!(count(1.0 - 1e-9) < expected, "{inside}: narrower");
        }
    }

    #[test]
    fn courses_that_never_fall_lose_nothing_of_their_band_but_what_they_cannot_reach() {
        // A hundred courses that stop to rise one after the other, as plans do.
        let course =
            |at: usize, point: usize| (point.min(2 + at % 9) as f64) * (1.0 + (at as f64 * 0.61).sin().abs());
        let points: Vec<Vec<f64>> =
            (0..12).map(|point| (0..100).map(|at| course(at, point)).collect()).collect();
        let wide = simultaneous(&points, 0.8);
        let band = of_rising(wide.clone());
        let inside = |band: &[(f64, f64)]| {
            let holds = |at: usize| {
                points
                    .iter()
                    .zip(band)
                    .all(|(values, (low, high))| (low - 1e-12..=high + 1e-12).contains(&values[at]))
            };
            (0..100).filter(|&at| holds(at)).collect::<Vec<_>>()
        };
        assert_eq!(inside(&band), inside(&wide));
        assert!(band.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1), "{band:?}");
        assert!(!wide.is_sorted_by(|a, b| a.0 <= b.0), "the case has something to cut off: {wide:?}");
    }

    #[test]
    fn where_nothing_differs_the_band_has_no_width() {
        let points = vec![vec![3.0; 10], (0..10).map(f64::from).collect()];
        let band = simultaneous(&points, 0.8);
        assert_eq!(band[0], (3.0, 3.0));
        assert!(band[1].0 < band[1].1);
        assert!(simultaneous(&[], 0.8).is_empty());
    }
}
