//! The standard gamma distribution: regularised incomplete gamma function and its inverse.

use std::f64::consts::PI;

use super::root::newton_between;
use super::{normal_cdf, normal_density, normal_quantile_at};
use crate::stats::Level;

/// From this shape on the distribution is so close to a normal that its Cornish-Fisher expansion
/// is exact to the last digits, while the series would need thousands of terms.
const NEARLY_NORMAL: f64 = 1e5;

/// The gamma distribution with scale one and this shape, > 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaLaw {
    shape: f64,
    ln_gamma: f64,
}

impl GammaLaw {
    /// The gamma distribution of this shape, finite and > 0.
    pub fn new(shape: f64) -> Self {
        Self { shape, ln_gamma: libm::lgamma(shape) }
    }

    /// Its shape: also its mean and its variance.
    pub const fn shape(&self) -> f64 {
        self.shape
    }

    /// The density at `x` > 0.
    pub fn density(&self, x: f64) -> f64 {
        if self.shape >= NEARLY_NORMAL {
            let z = self.normal_score(x);
            normal_density(z) / self.expansion(z).1
        } else {
            self.weight(x) / x
        }
    }

    /// The level of the value `x`.
    pub fn level(&self, x: f64) -> Level {
        if x <= 0.0 {
            Level::LOWEST
        } else if self.shape >= NEARLY_NORMAL {
            let z = self.normal_score(x);
            Level { below: normal_cdf(z), above: normal_cdf(-z) }
        } else if x < self.shape + 1.0 {
            Level::with_below(self.weight(x) * series(self.shape, x))
        } else {
            Level::with_above(self.weight(x) * continued_fraction(self.shape, x))
        }
    }

    /// The value at a level.
    pub fn quantile(&self, level: Level) -> f64 {
        self.quantile_near(level, None)
    }

    /// The value at a level, given a value that is expected to lie near.
    pub fn quantile_near(&self, level: Level, near: Option<f64>) -> f64 {
        let level = level.inside();
        let z = normal_quantile_at(level);
        if self.shape >= NEARLY_NORMAL {
            return self.expansion(z).0;
        }
        // P(x) <= x^a / Γ(a+1), so the value cannot lie below this.
        let lowest = (libm::log(level.below) + libm::log(self.shape) + self.ln_gamma) / self.shape;
        if lowest < -40.0 {
            return libm::exp(lowest);
        }
        let start = near.map_or_else(|| self.first_guess(z).max(lowest), libm::log);
        let target = libm::log(level.below.min(level.above));
        let highest = libm::log(self.shape + 60.0 * libm::sqrt(self.shape) + 900.0);
        let root = newton_between(lowest - 1e-6, highest, start, 1e-10, |ln_x| {
            let x = libm::exp(ln_x);
            let here = self.level(x);
            let flow = self.weight(x);
            if level.below <= level.above {
                let error = libm::log(here.below) - target;
                (error, -error * here.below / flow)
            } else {
                let error = target - libm::log(here.above);
                (error, -error * here.above / flow)
            }
        });
        libm::exp(root)
    }

    /// The logarithm of Wilson and Hilferty's approximation of a quantile.
    fn first_guess(&self, z: f64) -> f64 {
        let ninth = 1.0 / (9.0 * self.shape);
        let root = 1.0 - ninth + z * libm::sqrt(ninth);
        if root > 0.01 { libm::log(self.shape) + 3.0 * libm::log(root) } else { f64::NEG_INFINITY }
    }

    /// x^a e^-x / Γ(a), without the loss of digits that large exponents would bring.
    fn weight(&self, x: f64) -> f64 {
        if self.shape < 20.0 {
            return libm::exp(self.shape * libm::log(x) - x - self.ln_gamma);
        }
        // Stirling's series for Γ(a); the exponent is a (ln λ + 1 - λ) with λ = x / a.
        let a = self.shape;
        let correction =
            (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * a * a)) / (a * a)) / (a * a)) / a;
        libm::sqrt(a / (2.0 * PI)) * libm::exp(a * ln_1p_minus((x - a) / a) - correction)
    }

    /// The quantile for the normal score `z` and its derivative, by the expansion of Cornish and
    /// Fisher (Cornish & Fisher 1937, Goldberg & Levine 1946 for chi-square, here in terms of
    /// the gamma's shape): the next term is below
    /// 1e-13 of the value.
    fn expansion(&self, z: f64) -> (f64, f64) {
        let a = self.shape;
        let root = libm::sqrt(a);
        let z2 = z * z;
        let value = a + root * z + (z2 - 1.0) / 3.0 + z * (z2 - 7.0) / (36.0 * root)
            - ((3.0 * z2 + 7.0) * z2 - 16.0) / (810.0 * a)
            + z * ((9.0 * z2 + 256.0) * z2 - 433.0) / (38_880.0 * a * root);
        let slope = root + 2.0 * z / 3.0 + (3.0 * z2 - 7.0) / (36.0 * root)
            - (12.0 * z2 + 14.0) * z / (810.0 * a)
            + ((45.0 * z2 + 768.0) * z2 - 433.0) / (38_880.0 * a * root);
        (value, slope)
    }

    /// The normal score of the value `x`: the expansion turned round by Newton's method.
    fn normal_score(&self, x: f64) -> f64 {
        let root = libm::sqrt(self.shape);
        let mut z = ((x - self.shape) / root).clamp(-40.0, 40.0);
        for _ in 0..8 {
            let (value, slope) = self.expansion(z);
            z = (z - (value - x) / slope).clamp(-40.0, 40.0);
        }
        z
    }
}

/// ln(1 + t) - t without cancellation, t > -1.
fn ln_1p_minus(t: f64) -> f64 {
    if !(-0.4..=0.6).contains(&t) {
        return libm::log1p(t) - t;
    }
    // ln(1+t) = 2 artanh(r) with r = t / (2 + t).
    let r = t / (2.0 + t);
    let square = r * r;
    let mut power = 1.0;
    let mut sum = 0.0;
    for step in 1..40 {
        let term = power / f64::from(2 * step + 1);
        sum += term;
        power *= square;
        if term < 1e-17 {
            break;
        }
    }
    r * (2.0 * square * sum - t)
}

/// Σ x^k / (a (a+1) … (a+k)) (DLMF 8.11.4 divided by x^a e^-x).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut step = a;
    for _ in 0..100_000 {
        step += 1.0;
        term *= x / step;
        sum += term;
        if term < sum * 1e-16 {
            break;
        }
    }
    sum
}

/// The continued fraction of the upper incomplete gamma function (DLMF 8.9.2) by Lentz's method.
fn continued_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = x + 1.0 - a;
    let mut numerator = 1.0 / TINY;
    let mut denominator = 1.0 / away(b);
    let mut fraction = denominator;
    for step in 1..100_000 {
        let i = f64::from(step);
        let partial = -i * (i - a);
        b += 2.0;
        denominator = 1.0 / away(partial * denominator + b);
        numerator = away(b + partial / numerator);
        let change = numerator * denominator;
        fraction *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use statrs::function::gamma::gamma_lr;

    use super::*;

    const SHAPES: [f64; 9] = [0.01, 0.2, 1.0, 2.0, 3.0, 19.9, 20.1, 500.0, 9e4];

    #[test]
    fn another_library_finds_the_same_levels() {
        for shape in SHAPES {
            let law = GammaLaw::new(shape);
            for factor in [0.01, 0.5, 0.9, 0.99, 1.0, 1.01, 1.2, 3.0] {
                let x = shape * factor;
                let (ours, theirs) = (law.level(x).below, gamma_lr(shape, x));
                assert!((ours - theirs).abs() < 1e-10, "{shape}, {x}: {ours} against {theirs}");
            }
        }
    }

    #[test]
    fn the_quantile_inverts_the_level_from_both_sides() {
        for shape in SHAPES.into_iter().chain([1e5, 1e7, 1e12]) {
            let law = GammaLaw::new(shape);
            for tail in [2.4e-10, 1e-6, 0.01, 0.2, 0.49] {
                let x = law.quantile(Level::with_below(tail));
                assert!(
                    (law.level(x).below / tail - 1.0).abs() < 1e-8 || x < 1e-17,
                    "{shape}: {x} at {tail}"
                );
                let x = law.quantile(Level::with_above(tail));
                assert!((law.level(x).above / tail - 1.0).abs() < 1e-8, "{shape}: {x} above {tail}");
            }
        }
    }

    #[test]
    fn the_expansion_takes_over_without_a_step() {
        let (below, above) = (GammaLaw::new(NEARLY_NORMAL * (1.0 - 1e-12)), GammaLaw::new(NEARLY_NORMAL));
        for u in [1e-9, 0.001, 0.3, 0.5, 0.9, 1.0 - 1e-9] {
            let (exact, expanded) =
                (below.quantile(Level::with_below(u)), above.quantile(Level::with_below(u)));
            assert!((expanded / exact - 1.0).abs() < 1e-10, "{u}: {expanded} against {exact}");
        }
    }
}
