//! Evaluation of unit shapes: quantile, level and slope.

use std::sync::Arc;

use crate::stats::Level;
use crate::stats::moments::{self, Moments};
use crate::stats::special::{BetaLaw, GammaLaw, normal_cdf, normal_density, normal_quantile_at};
use crate::stats::unit::{Atom, UnitShape};

/// A unit shape with everything ready for evaluation.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Always zero.
    Fixed,
    /// Uniform on 0..=1.
    Uniform,
    /// A triangle on 0..=1 with its tip here.
    Triangular(f64),
    /// A beta on 0..=1.
    Beta(BetaLaw),
    /// The standard normal.
    Normal,
    /// The exponential of a normal with mean zero and this standard deviation.
    Lognormal(f64),
    /// The gamma of scale one.
    Gamma(GammaLaw),
    /// The Weibull of scale one and this shape.
    Weibull(f64),
    /// The exponential of mean one.
    Exponential,
    /// The metalog with this third coefficient over its second.
    Metalog(f64),
    /// Separate values, ascending.
    Atoms(Arc<[Atom]>),
    /// A part of another law, made whole again.
    Truncated(Box<Part>),
}

/// What is left of a law between two bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    whole: Law,
    bounds: (f64, f64),
    levels: (Level, Level),
    /// The share of the whole that is left.
    mass: f64,
}

/// The least share of a distribution that truncation may leave.
const LEAST_MASS: f64 = 1e-9;

impl Law {
    /// The law of a unit shape.
    pub(super) fn of(shape: &UnitShape) -> Self {
        match shape {
            UnitShape::Fixed => Self::Fixed,
            UnitShape::Uniform => Self::Uniform,
            UnitShape::Triangular { mode } => Self::Triangular(mode.value()),
            UnitShape::Beta { a, b } => Self::Beta(BetaLaw::new(a.value(), b.value())),
            UnitShape::Normal => Self::Normal,
            UnitShape::Lognormal { sigma } => Self::Lognormal(sigma.value()),
            UnitShape::Gamma { shape } => Self::Gamma(GammaLaw::new(shape.value())),
            UnitShape::Weibull { shape } => Self::Weibull(shape.value()),
            UnitShape::Exponential => Self::Exponential,
            UnitShape::Metalog { skew } => Self::Metalog(skew.value()),
            UnitShape::Atoms(atoms) => Self::Atoms(Arc::clone(atoms)),
            UnitShape::Truncated { inner, lowest, highest } => {
                Self::Truncated(Box::new(Part::of(Self::of(inner), lowest.value(), highest.value())))
            }
        }
    }

    /// The value at a level.
    pub fn quantile(&self, level: Level) -> f64 {
        self.quantile_near(level, None)
    }

    /// The value at a level, found sooner if a value is known that lies near.
    pub fn quantile_near(&self, level: Level, near: Option<f64>) -> f64 {
        match self {
            Self::Fixed => 0.0,
            Self::Uniform => level.below,
            &Self::Triangular(mode) if level.below < mode => libm::sqrt(level.below * mode),
            &Self::Triangular(mode) => 1.0 - libm::sqrt(level.above * (1.0 - mode)),
            Self::Beta(beta) => beta.quantile_near(level, near),
            Self::Normal => normal_quantile_at(level),
            &Self::Lognormal(sigma) => libm::exp(sigma * normal_quantile_at(level)),
            Self::Gamma(gamma) => gamma.quantile_near(level, near),
            &Self::Weibull(shape) => libm::pow(-log_above(level), 1.0 / shape),
            Self::Exponential => -log_above(level),
            &Self::Metalog(skew) => metalog(skew, log_odds(level)),
            Self::Atoms(atoms) => atom_at(atoms, level),
            Self::Truncated(part) => part.quantile(level),
        }
    }

    /// The level of a value.
    pub fn level(&self, x: f64) -> Level {
        match self {
            Self::Fixed if x >= 0.0 => Level::HIGHEST,
            Self::Fixed => Level::LOWEST,
            Self::Uniform => Level::with_below(x),
            &Self::Triangular(mode) if x <= mode => {
                Level::with_below(if x > 0.0 { x * (x / mode) } else { 0.0 })
            }
            &Self::Triangular(mode) => {
                let rest = (1.0 - x).max(0.0);
                Level::with_above(if rest > 0.0 { rest * (rest / (1.0 - mode)) } else { 0.0 })
            }
            Self::Beta(beta) => beta.level(x),
            Self::Normal => normal_level(x),
            Self::Lognormal(_) if x <= 0.0 => Level::LOWEST,
            &Self::Lognormal(sigma) => normal_level(libm::log(x) / sigma),
            Self::Gamma(gamma) => gamma.level(x),
            &Self::Weibull(shape) => decayed(libm::pow(x.max(0.0), shape)),
            Self::Exponential => decayed(x.max(0.0)),
            &Self::Metalog(skew) => metalog_level(skew, x),
            Self::Atoms(atoms) => level_of_atoms(atoms, x),
            Self::Truncated(part) => part.level(x),
        }
    }

    /// How fast the value grows with the probability below it, at a level whose value is `x`;
    /// zero for separate values.
    pub fn slope(&self, level: Level, x: f64) -> f64 {
        match self {
            Self::Fixed | Self::Atoms(_) => 0.0,
            Self::Uniform => 1.0,
            &Self::Triangular(mode) if level.below < mode => mode / (2.0 * x),
            &Self::Triangular(mode) => (1.0 - mode) / (2.0 * (1.0 - x)),
            Self::Beta(beta) => 1.0 / beta.density(x),
            Self::Normal => 1.0 / normal_density(x),
            &Self::Lognormal(sigma) => sigma * x / normal_density(libm::log(x) / sigma),
            Self::Gamma(gamma) => 1.0 / gamma.density(x),
            &Self::Weibull(shape) => x / (shape * level.above * -log_above(level)),
            Self::Exponential => 1.0 / level.above,
            &Self::Metalog(skew) => {
                let odds = log_odds(level);
                metalog_slope(skew, odds) / (level.below * level.above)
            }
            Self::Truncated(part) => part.mass * part.whole.slope(part.outer(level), x),
        }
    }

    /// Its mean and standard deviation.
    pub fn moments(&self) -> Moments {
        moments::of(self)
    }

    /// The lowest possible value; minus infinity if there is none.
    pub fn lowest(&self) -> f64 {
        match self {
            Self::Normal | Self::Metalog(_) => f64::NEG_INFINITY,
            Self::Atoms(atoms) => atoms.first().map_or(0.0, |atom| atom.value.value()),
            Self::Truncated(part) => part.bounds.0.max(part.whole.lowest()),
            _ => 0.0,
        }
    }

    /// The highest possible value; infinity if there is none.
    pub fn highest(&self) -> f64 {
        match self {
            Self::Fixed => 0.0,
            Self::Uniform | Self::Triangular(_) | Self::Beta(_) => 1.0,
            Self::Atoms(atoms) => atoms.last().map_or(0.0, |atom| atom.value.value()),
            Self::Truncated(part) => part.bounds.1.min(part.whole.highest()),
            _ => f64::INFINITY,
        }
    }

    /// The probability at which the quantile has a kink, if it has one.
    pub(super) fn kink(&self) -> Option<f64> {
        match self {
            &Self::Triangular(mode) => Some(mode),
            Self::Truncated(part) => part.whole.kink().map(|at| part.inner(at)),
            _ => None,
        }
    }

    /// Whether a truncated law has anything worth the name between its bounds.
    pub(super) fn has_substance(&self) -> bool {
        match self {
            Self::Truncated(part) => part.mass >= LEAST_MASS,
            _ => true,
        }
    }
}

impl Part {
    fn of(whole: Law, lowest: f64, highest: f64) -> Self {
        let levels = (whole.level(lowest), whole.level(highest));
        let (low, high) = levels;
        let mass = if low.below < 0.5 { high.below - low.below } else { low.above - high.above };
        Self { whole, bounds: (lowest, highest), levels, mass }
    }

    /// The level in the whole of a level in the part.
    fn outer(&self, level: Level) -> Level {
        let (low, high) = self.levels;
        Level { below: low.below + self.mass * level.below, above: high.above + self.mass * level.above }
    }

    /// The probability in the part of a probability in the whole.
    fn inner(&self, below: f64) -> f64 {
        ((below - self.levels.0.below) / self.mass).clamp(0.0, 1.0)
    }

    fn quantile(&self, level: Level) -> f64 {
        self.whole.quantile(self.outer(level)).clamp(self.bounds.0, self.bounds.1)
    }

    fn level(&self, x: f64) -> Level {
        if x < self.bounds.0 {
            return Level::LOWEST;
        }
        if x >= self.bounds.1 {
            return Level::HIGHEST;
        }
        let (here, (low, high)) = (self.whole.level(x), self.levels);
        Level {
            below: ((here.below - low.below) / self.mass).clamp(0.0, 1.0),
            above: ((here.above - high.above) / self.mass).clamp(0.0, 1.0),
        }
    }
}

/// The logarithm of the probability above.
fn log_above(level: Level) -> f64 {
    if level.below < 0.5 { libm::log1p(-level.below) } else { libm::log(level.above) }
}

/// The level at which an exponential of mean one reaches `x`.
fn decayed(x: f64) -> Level {
    Level { below: -libm::expm1(-x), above: libm::exp(-x) }
}

fn normal_level(z: f64) -> Level {
    Level { below: normal_cdf(z), above: normal_cdf(-z) }
}

/// ln(u / (1 - u)).
fn log_odds(level: Level) -> f64 {
    libm::log(level.below / level.above)
}

/// The level with these log-odds.
fn level_of_odds(odds: f64) -> Level {
    Level { below: 1.0 / (1.0 + libm::exp(-odds)), above: 1.0 / (1.0 + libm::exp(odds)) }
}

/// L + skew (u - ½) L for the log-odds L; u - ½ is half the hyperbolic tangent of L / 2.
fn metalog(skew: f64, odds: f64) -> f64 {
    odds * (1.0 + skew * 0.5 * libm::tanh(odds / 2.0))
}

/// The slope of [`metalog`] in the log-odds.
fn metalog_slope(skew: f64, odds: f64) -> f64 {
    let level = level_of_odds(odds);
    1.0 + skew * (0.5 * libm::tanh(odds / 2.0) + odds * level.below * level.above)
}

/// The level at which the metalog reaches `x`: it grows with the log-odds, which are halved in.
fn metalog_level(skew: f64, x: f64) -> Level {
    let (mut low, mut high) = (-745.0, 745.0);
    let mut odds = x.clamp(low, high);
    for _ in 0..200 {
        let error = metalog(skew, odds) - x;
        if error > 0.0 {
            high = odds;
        } else {
            low = odds;
        }
        let newton = odds - error / metalog_slope(skew, odds);
        let next = if newton > low && newton < high { newton } else { (low + high) / 2.0 };
        if (next - odds).abs() <= 1e-15 * odds.abs().max(1e-3) {
            break;
        }
        odds = next;
    }
    level_of_odds(odds)
}

/// The smallest value whose cumulative probability reaches the level; a rounding error in the
/// weights' sum does not count.
fn atom_at(atoms: &[Atom], level: Level) -> f64 {
    let asked = level.below * (1.0 - 1e-12);
    let at = atoms.partition_point(|atom| atom.cumulative.value() < asked);
    atoms[at.min(atoms.len() - 1)].value.value()
}

fn level_of_atoms(atoms: &[Atom], x: f64) -> Level {
    match atoms.partition_point(|atom| atom.value.value() <= x) {
        0 => Level::LOWEST,
        count => Level::with_below(atoms[count - 1].cumulative.value()),
    }
}
