//! How far the effort of a solution overruns in one run: one multiplier M for all its milestones.

use crate::model::{SolutionId, Tail};
use crate::stats::special::normal_quantile;

/// The overrun of one solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overrun {
    /// The solution.
    pub solution: SolutionId,
    /// How it is distributed.
    pub tail: Tail,
}

impl Overrun {
    /// The multiplier at a uniform number: below `1 − probability` a log-normal, above it a power law.
    ///
    /// Source: Flyvbjerg & Budzier (2011); the power law is cut at `cap`.
    pub fn multiplier(&self, uniform: f64) -> f64 {
        let Tail { probability, from, alpha, cap, sigma, .. } = self.tail;
        let (body, uniform) = (1.0 - probability, uniform.clamp(0.0, 1.0));
        if uniform < body || probability <= 0.0 {
            let level = (uniform / body).clamp(1e-12, 1.0 - 1e-12);
            return libm::exp(sigma * normal_quantile(level));
        }
        let above = ((1.0 - uniform) / probability).max(1e-12);
        (from * libm::pow(above, -1.0 / alpha)).min(cap)
    }

    /// What comes on top of effort and money, and of durations, as shares.
    pub fn surplus(&self, inputs: &[f64]) -> [f64; 2] {
        let multiplier = self.multiplier(inputs[0]);
        [multiplier - 1.0, libm::pow(multiplier, self.tail.schedule_exponent) - 1.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> Overrun {
        Overrun { solution: SolutionId::new(0), tail: Tail::USUAL }
    }

    #[test]
    fn the_tail_has_the_mean_of_its_formula() {
        // E(√M) in the tail: 1.565911, the closed form ∫ √(1.5 u^-½) du with the cut at 5.
        let steps = 200_000;
        let middle = |step: i32| 1.0 - Tail::USUAL.probability * (f64::from(step) + 0.5) / f64::from(steps);
        let mean: f64 =
            (0..steps).map(|step| usual().multiplier(middle(step)).sqrt()).sum::<f64>() / f64::from(steps);
        assert!((mean - 1.565_911).abs() < 1e-5, "{mean}");
    }

    #[test]
    fn the_multiplier_is_one_in_the_middle_of_the_body_and_never_above_its_cap() {
        let body = 1.0 - Tail::USUAL.probability;
        assert!((usual().multiplier(body / 2.0) - 1.0).abs() < 1e-12);
        assert_eq!(usual().multiplier(1.0), 5.0);
        assert!((usual().multiplier(body) - 1.5).abs() < 1e-12);
        assert!(usual().multiplier(0.0).is_finite());
        let off = Tail { probability: 0.0, sigma: 0.0, ..Tail::USUAL };
        for uniform in [0.0, 0.3, 1.0] {
            assert!(Overrun { tail: off, ..usual() }.surplus(&[uniform])[0] == 0.0, "{uniform}");
        }
    }
}
