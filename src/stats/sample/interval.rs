//! Confidence intervals: of percentiles by order statistics, of shares, of means.

use crate::stats::Level;
use crate::stats::special::{BetaLaw, normal_quantile};

/// Between which values something lies with a stated confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in it, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Half its width.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// Between which order statistics a percentile lies, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankInterval {
    /// Rank of the lower end; 0 if no value is low enough.
    pub low: u64,
    /// Rank of the upper end; one more than there are values if none is high enough.
    pub high: u64,
}

/// The probability of `k` successes or fewer in `n` independent trials with chance `p`, with its
/// complement: the beta distribution's tail (DLMF 8.17.5).
pub fn binomial_at_most(k: u64, n: u64, p: f64) -> Level {
    if k >= n {
        return Level::HIGHEST;
    }
    BetaLaw::new(k as f64 + 1.0, (n - k) as f64).level(p).mirrored()
}

/// The ranks between which the percentile `p` of a distribution lies with this confidence, whatever
/// the distribution, given `n` independent values.
///
/// With B binomial(n, p), P(x₍l₎ <= q < x₍u₎) = P(l <= B <= u - 1); l is the largest and u the
/// smallest rank that leave no more than half of the doubt outside on their side.
pub fn percentile_ranks(n: u64, p: f64, confidence: f64) -> RankInterval {
    let doubt = (1.0 - confidence) / 2.0;
    // P(B <= j - 1) grows with j.
    let before = |j: u64| if j == 0 { Level::LOWEST } else { binomial_at_most(j - 1, n, p) };
    let low = first(1, n + 1, |j| before(j).below > doubt) - 1;
    let high = first(1, n + 1, |j| before(j).above <= doubt);
    RankInterval { low, high }
}

/// The first number from `from` on for which a lasting condition holds; `to` if none before does.
fn first(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (from, to);
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// Between which shares the true one lies, if `successes` of `n` were seen (Wilson 1927).
pub fn wilson(successes: u64, n: u64, confidence: f64) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let z = normal_quantile(0.5 + confidence / 2.0);
    let (n, share) = (n as f64, successes as f64 / n as f64);
    let square = z * z / n;
    let centre = (share + square / 2.0) / (1.0 + square);
    let half = z * libm::sqrt(share * (1.0 - share) / n + square / (4.0 * n)) / (1.0 + square);
    Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

/// The value below which Student's t with `freedom` degrees of freedom lies with probability `u`.
///
/// Where x = ν / (ν + t²), twice the upper tail is the beta distribution's level of x with
/// parameters ν/2 and ½ (DLMF 8.17.6).
pub fn student_quantile(u: f64, freedom: u64) -> f64 {
    let tail = u.min(1.0 - u);
    if tail == 0.5 {
        return 0.0;
    }
    let freedom = freedom as f64;
    let x = BetaLaw::new(freedom / 2.0, 0.5).quantile(Level::with_below(2.0 * tail));
    let size = libm::sqrt(freedom * (1.0 - x) / x);
    if u < 0.5 { -size } else { size }
}

/// The interval around an estimate, given what independent parts of the data say alone: centre ± t s / √k
/// for k parts. None for fewer than two parts.
pub fn around(centre: f64, parts: &[f64], confidence: f64) -> Option<Interval> {
    if parts.len() < 2 {
        return None;
    }
    let count = parts.len() as f64;
    let mean = parts.iter().sum::<f64>() / count;
    let variance = parts.iter().map(|part| (part - mean) * (part - mean)).sum::<f64>() / (count - 1.0);
    let t = student_quantile(0.5 + confidence / 2.0, parts.len() as u64 - 1);
    let half = t * libm::sqrt(variance / count);
    Some(Interval { low: centre - half, high: centre + half })
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, StudentsT};

    use super::*;

    #[test]
    fn ranks_are_the_published_ones_with_their_exact_coverage() {
        for (n, low, high, coverage) in [
            (100, 72, 89, 0.967),
            (1_000, 775, 825, 0.952),
            (5_000, 3944, 4056, 0.952),
            (10_000, 7921, 8079, 0.952),
        ] {
            let ranks = percentile_ranks(n, 0.8, 0.95);
            assert_eq!(ranks, RankInterval { low, high }, "{n}");
            let inside = binomial_at_most(high - 1, n, 0.8).below - binomial_at_most(low - 1, n, 0.8).below;
            assert!((inside - coverage).abs() < 5e-4, "{n}: {inside}");
        }
    }

    #[test]
    fn ranks_are_the_narrowest_that_keep_the_confidence() {
        for n in [1, 2, 10, 37, 256, 100_000, 10_000_000] {
            for p in [0.01, 0.1, 0.5, 0.8, 0.99] {
                let RankInterval { low, high } = percentile_ranks(n, p, 0.95);
                let at_most = |k: u64| binomial_at_most(k, n, p);
                assert!(low == 0 || at_most(low - 1).below <= 0.025, "{n}, {p}: {low}");
                assert!(low == n || at_most(low).below > 0.025, "{n}, {p}: {low}");
                assert!(high == n + 1 || at_most(high - 1).above <= 0.025, "{n}, {p}: {high}");
                assert!(high == 1 || at_most(high - 2).above > 0.025, "{n}, {p}: {high}");
            }
        }
    }

    #[test]
    fn another_library_finds_the_same_tails() {
        for (k, n, p) in [(0, 5, 0.3), (4, 5, 0.3), (80, 100, 0.8), (7900, 10_000, 0.8)] {
            let theirs = Binomial::new(p, n).unwrap().cdf(k);
            let ours = binomial_at_most(k, n, p).below;
            assert!((ours - theirs).abs() < 1e-10, "{k} of {n}: {ours} against {theirs}");
        }
        for freedom in [1, 2, 15, 49, 1000] {
            let other = StudentsT::new(0.0, 1.0, freedom as f64).unwrap();
            for u in [0.025, 0.4, 0.5, 0.9, 0.975, 0.999] {
                let found = other.cdf(student_quantile(u, freedom));
                assert!((found - u).abs() < 1e-10, "{freedom} at {u}: {found}");
            }
        }
        assert!((student_quantile(0.975, 15) - 2.131_449_545_559_323).abs() < 1e-12);
        assert!((student_quantile(0.975, 49) - 2.009_575_237_129_239).abs() < 1e-12);
    }

    #[test]
    fn shares_have_wilsons_interval() {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81/263, 15/148, 0/20, 1/29.
        for (successes, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let interval = wilson(successes, n, 0.95);
            assert!((interval.low - low).abs() < 5e-5, "{successes}/{n}: {interval:?}");
            assert!((interval.high - high).abs() < 5e-5, "{successes}/{n}: {interval:?}");
        }
    }
}
