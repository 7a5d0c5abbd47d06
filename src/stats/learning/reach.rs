//! How small a gap a system without a history may reach, by what others have reached.
//!
//! Each source of evidence says a log-normal of the reachable gap. Sources are pooled as random
//! effects (DerSimonian & Laird 1986), with a least spread for the bias that they share. Shifts and
//! spreads of the sources are judgement: a first model ends a little worse than humans, and
//! published results lose a tenth to a half when they meet one's own data.

use crate::stats::special::{normal_cdf, normal_quantile};

/// The least spread of pooled sources: what they may all be wrong about.
const SHARED_SPREAD: f64 = 0.25;
/// The share of projects that get from a pilot into production (surveys of 2019 and 2021).
const BASE_RATE: f64 = 0.54;

/// A log-normal distribution of the smallest gap that can be reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// The mean of the gap's logarithm.
    pub centre: f64,
    /// The standard deviation of the gap's logarithm, > 0.
    pub spread: f64,
}

/// How much like one's own the task of a published result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Similarity {
    /// The same task on the same kind of data.
    Same,
    /// A similar task.
    Similar,
    /// A distant one.
    Distant,
}

impl Reach {
    /// By human performance with this gap, found on so many items, of a metric with this span.
    pub fn human(gap: f64, span: f64, items: f64, on_same_data: bool) -> Self {
        let share = (gap / span * items + 0.5) / (items + 1.0);
        let sampling = (1.0 - share) / (items * share);
        let spread = libm::sqrt(0.45 * 0.45 + sampling);
        let spread = if on_same_data { spread } else { spread.max(0.9) };
        Self { centre: libm::log(share * span) + 0.15, spread }
    }

    /// By a published result with this gap, > 0.
    pub fn benchmark(gap: f64, similarity: Similarity) -> Self {
        let (shift, spread) = match similarity {
            Similarity::Same => (0.10, 0.25),
            Similarity::Similar => (0.30, 0.45),
            Similarity::Distant => (0.60, 0.70),
        };
        Self { centre: libm::log(gap) + shift, spread }
    }

    /// By the gap that the features alone leave, > 0.
    pub fn features(gap: f64) -> Self {
        Self { centre: libm::log(gap), spread: 0.30 }
    }

    /// By the gap of a pilot, > 0.
    pub fn pilot(gap: f64) -> Self {
        Self { centre: libm::log(gap) - 0.15, spread: 0.30 }
    }

    /// By nothing but the share of projects that get there: of this target gap, > 0.
    pub fn base_rate(target: f64) -> Self {
        let spread = 0.50;
        Self { centre: libm::log(target) - spread * normal_quantile(BASE_RATE), spread }
    }

    /// All sources together, at least one, and how much they disagree (τ²).
    pub fn pooled(sources: &[Self]) -> (Self, f64) {
        let plain = Weighted::of(sources, 0.0);
        let disagreement: f64 = sources
            .iter()
            .map(|source| {
                let distance = source.centre - plain.mean;
                distance * distance / (source.spread * source.spread)
            })
            .sum();
        let others = sources.len() as f64 - 1.0;
        let excess = (disagreement - others) / (plain.sum - plain.sum_of_squares / plain.sum);
        // One source alone has no others to disagree with: 0 / 0.
        let between = if excess > 0.0 { excess } else { 0.0 };
        let pooled = Weighted::of(sources, between);
        let spread = SHARED_SPREAD.max(libm::sqrt(1.0 / pooled.sum));
        (Self { centre: pooled.mean, spread }, between)
    }

    /// The probability that this gap can be reached, > 0.
    pub fn p_below(&self, gap: f64) -> f64 {
        normal_cdf((libm::log(gap) - self.centre) / self.spread)
    }

    /// The reachable gap at a uniform number, 0 < u < 1.
    pub fn draw(&self, u: f64) -> f64 {
        libm::exp(self.centre + self.spread * normal_quantile(u))
    }
}

/// The mean of sources weighted by 1/(s² + τ²).
struct Weighted {
    sum: f64,
    sum_of_squares: f64,
    mean: f64,
}

impl Weighted {
    fn of(sources: &[Reach], between: f64) -> Self {
        let weight = |source: &Reach| 1.0 / (source.spread * source.spread + between);
        let sum: f64 = sources.iter().map(weight).sum();
        let sum_of_squares = sources.iter().map(|source| weight(source) * weight(source)).sum();
        let mean = sources.iter().map(|source| weight(source) * source.centre).sum::<f64>() / sum;
        Self { sum, sum_of_squares, mean }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-7, "{found} instead of {expected}");
    }

    #[test]
    fn sources_say_what_their_formulas_say() {
        let human = Reach::human(0.08, 1.0, 200.0, true);
        near(human.centre, -2.349_944_5);
        near(human.spread, 0.508_339_5);
        let benchmark = Reach::benchmark(0.17, Similarity::Similar);
        near(benchmark.centre, -1.471_956_8);
        near(benchmark.spread, 0.45);
        near(Reach::base_rate(0.2).p_below(0.2), 0.54);
        near(Reach::human(0.08, 1.0, 200.0, false).spread, 0.9);
    }

    #[test]
    fn pooled_sources_agree_with_worked_examples() {
        let (pooled, between) = Reach::pooled(&[
            Reach::human(0.08, 1.0, 200.0, true),
            Reach::benchmark(0.17, Similarity::Similar),
        ]);
        near(pooled.centre, -1.879_111_3);
        near(pooled.spread, 0.437_837_7);
        near(between, 0.154_976_6);
        near(pooled.p_below(0.20), 0.731_026_7);

        let source = |centre, spread| Reach { centre, spread };
        let (agreeing, between) = Reach::pooled(&[source(-1.8, 0.3), source(-1.7, 0.45), source(-1.9, 0.5)]);
        near(agreeing.centre, -1.795_320_2);
        near(agreeing.spread, 0.25);
        near(between, 0.0);

        let (alone, between) = Reach::pooled(&[source(-1.2, 0.1)]);
        assert_eq!((alone, between), (source(-1.2, 0.25), 0.0));
    }
}
