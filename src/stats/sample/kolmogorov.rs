//! Kolmogorov and Smirnov's distance between distributions: the judge of samplers in tests.

use super::Sorted;

/// The largest vertical distance between the values' steps and a continuous distribution function.
pub fn distance(values: &Sorted, cdf: impl Fn(f64) -> f64) -> f64 {
    let count = values.count() as f64;
    values
        .values()
        .iter()
        .enumerate()
        .map(|(at, &value)| {
            let level = cdf(value);
            (level - at as f64 / count).abs().max(((at + 1) as f64 / count - level).abs())
        })
        .fold(0.0, f64::max)
}

/// The largest vertical distance between the steps of two sets of values.
pub fn distance_between(first: &Sorted, second: &Sorted) -> f64 {
    let apart = |value: &f64| (first.share_at_most(*value) - second.share_at_most(*value)).abs();
    first.values().iter().chain(second.values()).map(apart).fold(0.0, f64::max)
}

/// The distance from the truth that `n` independent values exceed with this probability (from
/// Kolmogorov's limit, 2 exp(-2 n d²); on the safe side for all n). For two sets of sizes n and m
/// put n m / (n + m).
pub fn distance_limit(n: f64, probability: f64) -> f64 {
    libm::sqrt(-libm::log(probability / 2.0) / (2.0 * n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_of_small_sets_are_those_found_by_hand() {
        let sorted = |values: &[f64]| Sorted::new(values.to_vec()).unwrap();
        let uniform = |x: f64| x.clamp(0.0, 1.0);
        assert!((distance(&sorted(&[0.5]), uniform) - 0.5).abs() < 1e-15);
        assert!((distance(&sorted(&[0.1, 0.2, 0.9]), uniform) - (2.0 / 3.0 - 0.2)).abs() < 1e-15);
        assert_eq!(distance_between(&sorted(&[1.0, 2.0]), &sorted(&[2.0, 3.0])), 0.5);
        assert!((distance_limit(100.0, 0.05) - 0.1358).abs() < 1e-4);
    }
}
