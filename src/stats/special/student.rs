//! Student's t distribution.

use super::BetaLaw;

/// Student's t distribution with these degrees of freedom, > 0 and not necessarily whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentLaw {
    degrees: f64,
    /// The law of ν / (ν + t²).
    beta: BetaLaw,
}

impl StudentLaw {
    /// The distribution with these degrees of freedom, finite and > 0.
    pub fn new(degrees: f64) -> Self {
        Self { degrees, beta: BetaLaw::new(degrees / 2.0, 0.5) }
    }

    /// Its degrees of freedom.
    pub const fn degrees(&self) -> f64 {
        self.degrees
    }

    /// The probability that a value lies below `t`: `1 − ½ I(ν/2, ½; ν/(ν+t²))` for t > 0 (DLMF 8.17).
    pub fn cdf(&self, t: f64) -> f64 {
        let outside = self.beta.level(self.degrees / (self.degrees + t * t)).below / 2.0;
        if t > 0.0 { 1.0 - outside } else { outside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values_agree() {
        for (degrees, t, expected) in [
            (3.0, 1.0, 0.804_498_890_5),
            (7.2, -2.0, 0.042_242_444_0),
            (4.8, 0.5, 0.680_427_215_2),
            (1.0, 1.0, 0.75),
            (5.0, 0.0, 0.5),
        ] {
            let found = StudentLaw::new(degrees).cdf(t);
            assert!((found - expected).abs() < 1e-10, "{degrees}, {t}: {found}");
        }
    }
}
