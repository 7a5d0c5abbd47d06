//! The ratio of two means, and how sure it is.

use super::scheme::sections;
use super::{Interval, REPLICATES, SECTIONS, Scheme, student_quantile};

/// The fewest iterations that make a section.
const LEAST_SECTION: usize = 20;

/// The mean of the first numbers over the mean of the second, and where that of an endless run lies.
///
/// Fieller (1954), "Some problems in interval estimation": the ratio ρ is believed where the mean of
/// a − ρ b is no further from zero than t standard errors, which is where
///
/// ```text
/// (ā − ρ b̄)² ≤ t² (v_a − 2 ρ v_ab + ρ² v_b)
/// ```
///
/// The means of sections of consecutive iterations, or of replicates, give variances and covariance. No interval if
/// `b̄` may be zero (then no ratio is excluded) or the run is short; no ratio if `b̄` is zero.
/// An iteration without numbers counts in neither mean.
pub fn ratio_of_means(
    iterations: usize,
    scheme: Scheme,
    confidence: f64,
    pair: impl Fn(usize) -> Option<(f64, f64)>,
) -> Option<(f64, Option<Interval>)> {
    let mean = |range: std::ops::Range<usize>| {
        let (mut count, mut sums) = (0.0, (0.0, 0.0));
        for (a, b) in range.filter_map(&pair) {
            count += 1.0;
            sums = (sums.0 + a, sums.1 + b);
        }
        (count > 0.0).then(|| (sums.0 / count, sums.1 / count))
    };
    let (a, b) = mean(0..iterations)?;
    if b == 0.0 {
        return None;
    }
    let count = match scheme {
        Scheme::Independent => SECTIONS.min(iterations / LEAST_SECTION),
        Scheme::Replicates => REPLICATES,
    };
    let parts: Vec<(f64, f64)> = sections(iterations, count).filter_map(mean).collect();
    Some((a / b, fieller((a, b), &parts, confidence)))
}

fn fieller((a, b): (f64, f64), parts: &[(f64, f64)], confidence: f64) -> Option<Interval> {
    if parts.len() < 2 {
        return None;
    }
    let count = parts.len() as f64;
    let centre = parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0 / count, sum.1 + part.1 / count));
    let spread = |of: fn((f64, f64)) -> f64| {
        let deviations = parts.iter().map(|part| of((part.0 - centre.0, part.1 - centre.1)));
        deviations.sum::<f64>() / (count - 1.0) / count
    };
    let t = student_quantile(0.5 + confidence / 2.0, parts.len() as u64 - 1);
    let square = t * t;
    let va = square * spread(|(a, _)| a * a);
    let vb = square * spread(|(_, b)| b * b);
    let vab = square * spread(|(a, b)| a * b);
    let (lead, half, rest) = (b * b - vb, a * b - vab, a * a - va);
    if lead <= 0.0 {
        return None;
    }
    let root = libm::sqrt((half * half - lead * rest).max(0.0));
    Some(Interval { low: (half - root) / lead, high: (half + root) / lead })
}

#[cfg(test)]
mod tests {
    use chacha20::ChaCha8Rng;
    use chacha20::rand_core::{Rng, SeedableRng};

    use super::*;

    #[test]
    fn a_ratio_without_scatter_is_known_exactly() {
        let (ratio, interval) =
            ratio_of_means(1000, Scheme::Independent, 0.95, |at| Some((3.0 * at as f64, at as f64))).unwrap();
        let interval = interval.unwrap();
        assert!((ratio - 3.0).abs() < 1e-12 && interval.half_width() < 1e-6, "{interval:?}");
        assert_eq!(ratio_of_means(1000, Scheme::Independent, 0.95, |_| Some((1.0, 0.0))), None);
        assert_eq!(ratio_of_means(30, Scheme::Independent, 0.95, |_| Some((1.0, 2.0))), Some((0.5, None)));
        assert_eq!(ratio_of_means(30, Scheme::Independent, 0.95, |_| None), None);
    }

    #[test]
    fn a_denominator_that_may_be_zero_excludes_nothing() {
        let pair = |at: usize| Some((1.0, if at.is_multiple_of(2) { 1.0 } else { -0.99 }));
        let (_, interval) =
            ratio_of_means(1000, Scheme::Independent, 0.95, |at| pair(at / 7 + at % 3)).unwrap();
        assert_eq!(interval, None);
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let mut random = ChaCha8Rng::seed_from_u64(11);
        let mut uniform = || f64::from(random.next_u32()) / 4_294_967_296.0;
        let (trials, mut held) = (400, 0);
        for _ in 0..trials {
            // Means 2 and ½ that go together.
            let pairs: Vec<(f64, f64)> = (0..2000)
                .map(|_| {
                    let (shared, own) = (uniform(), uniform());
                    (1.0 + shared + own, 0.5 * shared + 0.5 * own)
                })
                .collect();
            let (_, interval) =
                ratio_of_means(pairs.len(), Scheme::Independent, 0.95, |at| Some(pairs[at])).unwrap();
            held += usize::from(interval.unwrap().contains(4.0));
        }
        let share = held as f64 / f64::from(trials);
        let error = (0.95 * 0.05 / f64::from(trials)).sqrt();
        assert!((share - 0.95).abs() < 4.0 * error, "{share}");
    }
}
