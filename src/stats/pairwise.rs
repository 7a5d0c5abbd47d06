//! Weights from comparisons in pairs: the analytic hierarchy process.
//!
//! A matrix says how many times as important each is as each other, `a_ij = 1 / a_ji`. The weights are its
//! principal eigenvector. People who compare contradict themselves a little; how much is told by the
//! consistency ratio, (λ − n) / (n − 1) over what random comparisons give. Source: Saaty (1980), "The Analytic
//! Hierarchy Process"; at most 0.1 is usual.

/// The most that can be compared.
pub const MOST: usize = 9;
/// The consistency ratio above which comparisons contradict each other.
pub const INCONSISTENT: f64 = 0.1;
/// (λ − n) / (n − 1) of random comparisons of 1, 2, … things, in the mean.
const RANDOM: [f64; MOST] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45];
/// Steps of the power iteration: far more than nine need.
const STEPS: usize = 100;

/// Comparisons of each of some things with each other, all above 0 and finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairwise {
    size: usize,
    /// Row by row; the diagonal is 1.
    ratios: Vec<f64>,
}

/// What comparisons come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// How much each weighs; they add up to 1.
    pub weights: Vec<f64>,
    /// The principal eigenvalue, at least the number of things.
    pub eigenvalue: f64,
    /// The consistency ratio; 0: the comparisons agree.
    pub consistency: f64,
}

impl Pairwise {
    /// As many things, all as important; at most [`MOST`].
    ///
    /// # Panics
    /// If they are more.
    pub fn equal(size: usize) -> Self {
        assert!(size <= MOST, "at most {MOST} can be compared");
        Self { size, ratios: vec![1.0; size * size] }
    }

    /// Says that one thing is so many times as important as another, and the other that part of it.
    ///
    /// # Panics
    /// If the ratio is not above 0, or both are the same.
    pub fn compare(&mut self, one: usize, other: usize, ratio: f64) {
        assert!(ratio > 0.0 && ratio.is_finite() && one != other, "two are compared by a ratio above 0");
        self.ratios[one * self.size + other] = ratio;
        self.ratios[other * self.size + one] = 1.0 / ratio;
    }

    /// How many times as important one is as another.
    pub fn ratio(&self, one: usize, other: usize) -> f64 {
        self.ratios[one * self.size + other]
    }

    /// The weights; none of nothing.
    pub fn weights(&self) -> Weights {
        let size = self.size as f64;
        let mut weights = vec![1.0 / size.max(1.0); self.size];
        let mut eigenvalue = size;
        for _ in 0..STEPS {
            let row = |one: usize| (0..self.size).map(|other| self.ratio(one, other) * weights[other]).sum();
            let next: Vec<f64> = (0..self.size).map(row).collect();
            // The weights before add up to 1.
            eigenvalue = next.iter().sum();
            weights = next.into_iter().map(|weight| weight / eigenvalue).collect();
        }
        let random = self.size.checked_sub(1).map_or(0.0, |at| RANDOM[at]);
        let consistency = if random > 0.0 { (eigenvalue - size) / ((size - 1.0) * random) } else { 0.0 };
        // Rounding can bring the eigenvalue below its bound.
        Weights { weights, eigenvalue, consistency: consistency.max(0.0) }
    }

    /// The pair whose comparison is furthest from what the weights say, and what they say.
    pub fn worst(&self, weights: &Weights) -> Option<(usize, usize, f64)> {
        let said = |one: usize, other: usize| weights.weights[one] / weights.weights[other];
        let pairs = (0..self.size).flat_map(|one| (one + 1..self.size).map(move |other| (one, other)));
        let off = |(one, other): (usize, usize)| libm::log(self.ratio(one, other) / said(one, other)).abs();
        let worst = pairs.max_by(|a, b| off(*a).total_cmp(&off(*b)))?;
        Some((worst.0, worst.1, said(worst.0, worst.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "{found} instead of {expected}");
    }

    #[test]
    fn weights_are_the_worked_ones() {
        let mut pairwise = Pairwise::equal(3);
        for (one, other, ratio) in [(0, 1, 3.0), (0, 2, 5.0), (1, 2, 2.0)] {
            pairwise.compare(one, other, ratio);
        }
        let it = pairwise.weights();
        for (found, expected) in it.weights.iter().zip([0.648_329, 0.229_651, 0.122_020]) {
            near(*found, expected, 1e-6);
        }
        near(it.eigenvalue, 3.003_694_6, 1e-7);
        near(it.consistency, 0.003_185, 1e-6);
    }

    #[test]
    fn weights_of_three_are_geometric_means_of_their_rows() {
        // A second opinion: for three things both methods agree exactly.
        for ratios in [[3.0, 5.0, 2.0], [9.0, 0.2, 7.0], [1.0, 1.0, 4.0]] {
            let mut pairwise = Pairwise::equal(3);
            for ((one, other), ratio) in [(0, 1), (0, 2), (1, 2)].into_iter().zip(ratios) {
                pairwise.compare(one, other, ratio);
            }
            let means: Vec<f64> = (0..3)
                .map(|one| (0..3).map(|other| pairwise.ratio(one, other)).product::<f64>().cbrt())
                .collect();
            let sum: f64 = means.iter().sum();
            for (found, mean) in pairwise.weights().weights.iter().zip(&means) {
                near(*found, mean / sum, 1e-9);
            }
        }
    }

    #[test]
    fn comparisons_that_agree_give_their_ratios_back() {
        let wanted = [0.4, 0.3, 0.2, 0.1];
        let mut pairwise = Pairwise::equal(4);
        for one in 0..4 {
            for other in one + 1..4 {
                pairwise.compare(one, other, wanted[one] / wanted[other]);
            }
        }
        let it = pairwise.weights();
        it.weights.iter().zip(wanted).for_each(|(found, expected)| near(*found, expected, 1e-12));
        near(it.consistency, 0.0, 1e-12);
    }

    #[test]
    fn a_circle_of_preferences_contradicts_itself() {
        let mut pairwise = Pairwise::equal(3);
        for (one, other, ratio) in [(0, 1, 3.0), (1, 2, 3.0), (0, 2, 1.0 / 3.0)] {
            pairwise.compare(one, other, ratio);
        }
        let it = pairwise.weights();
        assert!(it.consistency > INCONSISTENT, "{it:?}");
        let (_, _, said) = pairwise.worst(&it).unwrap();
        near(said, 1.0, 1e-9);
    }

    #[test]
    fn few_things_agree_with_themselves() {
        assert_eq!(Pairwise::equal(0).weights().weights, [0.0_f64; 0]);
        assert_eq!(Pairwise::equal(1).weights().weights, [1.0]);
        let mut two = Pairwise::equal(2);
        two.compare(0, 1, 4.0);
        let it = two.weights();
        near(it.weights[0], 0.8, 1e-12);
        assert_eq!(it.consistency, 0.0);
        assert_eq!(Pairwise::equal(0).worst(&Pairwise::equal(0).weights()), None);
    }
}
