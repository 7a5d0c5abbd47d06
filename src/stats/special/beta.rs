//! The standard beta distribution: regularised incomplete beta function and its inverse.

use std::f64::consts::LN_2;

use super::root::newton_between;
use crate::stats::Level;

/// The beta distribution on 0..=1 with parameters `a` and `b`, both > 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaLaw {
    a: f64,
    b: f64,
    /// The logarithm of the beta function B(a, b).
    ln_beta: f64,
    /// The level of one half: which half of the interval a level lies in.
    half: Level,
}

impl BetaLaw {
    /// The beta distribution with these parameters, both finite and > 0.
    pub fn new(a: f64, b: f64) -> Self {
        let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
        let mut law = Self { a, b, ln_beta, half: Level::LOWEST };
        law.half = law.level_between(0.5, 0.5);
        law
    }

    /// Its parameters.
    pub const fn parameters(&self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// The level of the value `x`.
    pub fn level(&self, x: f64) -> Level {
        if x <= 0.0 {
            Level::LOWEST
        } else if x >= 1.0 {
            Level::HIGHEST
        } else {
            self.level_between(x, 1.0 - x)
        }
    }

    /// The density at `x`, 0 < x < 1.
    pub fn density(&self, x: f64) -> f64 {
        libm::exp(self.ln_weight(libm::log(x), libm::log1p(-x))) / (x * (1.0 - x))
    }

    /// The value at a level.
    pub fn quantile(&self, level: Level) -> f64 {
        self.quantile_near(level, None)
    }

    /// The value at a level, given a value that is expected to lie near.
    pub fn quantile_near(&self, level: Level, near: Option<f64>) -> f64 {
        let level = level.inside();
        if level.below <= self.half.below {
            self.lower_quantile(level, near)
        } else {
            1.0 - self.mirrored().lower_quantile(level.mirrored(), near.map(|x| 1.0 - x))
        }
    }

    /// The distribution of one minus the value.
    fn mirrored(&self) -> Self {
        Self { a: self.b, b: self.a, ln_beta: self.ln_beta, half: self.half.mirrored() }
    }

    /// The value at a level that lies in the lower half of the interval: Newton's method for the
    /// logarithm of the smaller tail in the logarithm of the value, where both are nearly straight.
    fn lower_quantile(&self, level: Level, near: Option<f64>) -> f64 {
        let lowest = (libm::log(level.below) + libm::log(self.a) + self.ln_beta) / self.a;
        if lowest < -700.0 && self.b >= 1.0 {
            return libm::exp(lowest);
        }
        let start = near.map_or_else(|| self.first_guess(level).unwrap_or(lowest), libm::log);
        let target = libm::log(level.below.min(level.above));
        let (low, high) = (lowest.min(-1.0) - 800.0, -LN_2 + 1e-12);
        let root = newton_between(low, high, start.min(-0.694), 1e-10, |ln_x| {
            let x = libm::exp(ln_x);
            let here = self.level_between(x, 1.0 - x);
            let flow = libm::exp(self.ln_weight(ln_x, libm::log1p(-x))) / (1.0 - x);
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

    /// The logarithm of a first guess for the quantile by the normal approximation of the
    /// log-odds; none where that says nothing.
    fn first_guess(&self, level: Level) -> Option<f64> {
        if self.a < 1.0 || self.b < 1.0 {
            return None;
        }
        // Abramowitz & Stegun 26.5.22, with the sign of a lower quantile.
        let z = -super::normal_quantile_at(level);
        let (first, second) = (1.0 / (2.0 * self.a - 1.0), 1.0 / (2.0 * self.b - 1.0));
        let h = 2.0 / (first + second);
        let lambda = (z * z - 3.0) / 6.0;
        let w = z * libm::sqrt((h + lambda).max(0.0)) / h
            - (second - first) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        let guess = -libm::log1p(self.b / self.a * libm::exp(2.0 * w));
        guess.is_finite().then_some(guess)
    }

    /// The logarithm of x^a (1-x)^b / B(a, b).
    fn ln_weight(&self, ln_x: f64, ln_rest: f64) -> f64 {
        self.a * ln_x + self.b * ln_rest - self.ln_beta
    }

    /// The level of `x` with `rest` = 1 - x, both > 0.
    fn level_between(&self, x: f64, rest: f64) -> Level {
        let ln_rest = if x < 0.5 { libm::log1p(-x) } else { libm::log(rest) };
        let weight = libm::exp(self.ln_weight(libm::log(x), ln_rest));
        if x * (self.a + self.b + 2.0) < self.a + 1.0 {
            Level::with_below(weight * continued_fraction(self.a, self.b, x) / self.a)
        } else {
            Level::with_above(weight * continued_fraction(self.b, self.a, rest) / self.b)
        }
    }
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method with
/// Thompson and Barnett's floor; it converges quickly for x < (a+1)/(a+b+2).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut numerator = 1.0;
    let mut denominator = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = denominator;
    // The number of terms grows with the square root of the parameters.
    for step in 1..200_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        denominator = 1.0 / away(1.0 + even * denominator);
        numerator = away(1.0 + even / numerator);
        fraction *= numerator * denominator;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        denominator = 1.0 / away(1.0 + odd * denominator);
        numerator = away(1.0 + odd / numerator);
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
    use statrs::function::beta::beta_reg;

    use super::*;

    const PARAMETERS: [(f64, f64); 10] = [
        (1.0, 5.0),
        (5.0, 1.0),
        (1.8, 4.2),
        (3.0, 3.0),
        (0.5, 0.5),
        (0.1, 7.0),
        (30.0, 2.0),
        (400.0, 700.0),
        (1.0, 1.0),
        (2.0, 9000.0),
    ];

    #[test]
    fn another_library_finds_the_same_levels() {
        for (a, b) in PARAMETERS {
            let law = BetaLaw::new(a, b);
            for x in [1e-6, 0.01, 0.1, 0.3, 0.5, 0.62, 0.9, 0.999] {
                let (ours, theirs) = (law.level(x).below, beta_reg(a, b, x));
                assert!((ours - theirs).abs() < 1e-11, "{a}, {b}, {x}: {ours} against {theirs}");
            }
        }
    }

    #[test]
    fn the_quantile_inverts_the_level_from_both_sides() {
        for (a, b) in PARAMETERS {
            let law = BetaLaw::new(a, b);
            for tail in [2.4e-10, 1e-6, 0.01, 0.2, 0.49] {
                let x = law.quantile(Level::with_below(tail));
                assert!((law.level(x).below / tail - 1.0).abs() < 1e-9, "{a}, {b}: {x} at {tail}");
                let y = law.mirrored().quantile(Level::with_above(tail));
                assert!((x - (1.0 - y)).abs() < 1e-12, "{a}, {b}: {x} against {}", 1.0 - y);
            }
        }
    }

    #[test]
    fn closed_forms_agree() {
        for u in [1e-9, 0.1, 0.5, 0.9, 0.999_999] {
            let exact = 1.0 - libm::pow(1.0 - u, 0.2);
            let found = BetaLaw::new(1.0, 5.0).quantile(Level::with_below(u));
            assert!((found / exact - 1.0).abs() < 1e-7_f64.min(1e-15 / u + 1e-12), "{u}: {found} {exact}");
            let exact = libm::pow(u, 0.2);
            let found = BetaLaw::new(5.0, 1.0).quantile(Level::with_below(u));
            assert!((found / exact - 1.0).abs() < 1e-12, "{u}: {found} against {exact}");
        }
    }
}
