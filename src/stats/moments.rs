//! Mean and standard deviation of unit shapes.

use std::f64::consts::PI;

use crate::stats::Level;
use crate::stats::law::Law;
use crate::stats::unit::Atom;

/// A mean with its standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
}

/// The moments of a law: textbook formulas, and an integral over the quantile for truncated ones.
pub(super) fn of(law: &Law) -> Moments {
    let (mean, variance) = match law {
        Law::Fixed => (0.0, 0.0),
        Law::Uniform => (0.5, 1.0 / 12.0),
        &Law::Triangular(mode) => ((1.0 + mode) / 3.0, (1.0 - mode + mode * mode) / 18.0),
        Law::Beta(beta) => {
            let (a, b) = beta.parameters();
            let sum = a + b;
            (a / sum, a / sum * (b / sum) / (sum + 1.0))
        }
        Law::Normal => (0.0, 1.0),
        &Law::Lognormal(sigma) => {
            let square = sigma * sigma;
            (libm::exp(square / 2.0), libm::exp(square) * libm::expm1(square))
        }
        Law::Gamma(gamma) => (gamma.shape(), gamma.shape()),
        &Law::Weibull(shape) => weibull(shape),
        Law::Exponential => (1.0, 1.0),
        // With L the log-odds: E[(u-½) L] = ½, E[L²] = π²/3, E[(u-½)² L²] = π²/36 + 1/3.
        &Law::Metalog(skew) => {
            (skew / 2.0, PI * PI / 3.0 + skew * skew * (PI * PI / 36.0 + 1.0 / 3.0 - 1.0 / 4.0))
        }
        Law::Atoms(atoms) => of_atoms(atoms),
        Law::Truncated(_) => by_integration(law),
    };
    Moments { mean, sd: libm::sqrt(variance.max(0.0)) }
}

/// Γ(1 + 1/k) and Γ(1 + 2/k) - Γ(1 + 1/k)², without the cancellation for large k.
fn weibull(shape: f64) -> (f64, f64) {
    let first = libm::lgamma(1.0 + 1.0 / shape);
    let excess = libm::lgamma(1.0 + 2.0 / shape) - 2.0 * first;
    (libm::exp(first), libm::exp(2.0 * first) * libm::expm1(excess))
}

fn of_atoms(atoms: &[Atom]) -> (f64, f64) {
    let weighted = |of: &dyn Fn(f64) -> f64| {
        let mut before = 0.0;
        let mut sum = 0.0;
        for atom in atoms {
            sum += (atom.cumulative.value() - before) * of(atom.value.value());
            before = atom.cumulative.value();
        }
        sum
    };
    let mean = weighted(&|value| value);
    (mean, weighted(&|value| (value - mean) * (value - mean)))
}

/// Eight-point Gauss-Legendre on -1..1: positive nodes and their weights.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_3),
];

/// The moments by Gauss-Legendre quadrature of the quantile, octave by octave towards both ends
/// (where it may be steep), split where the quantile has a kink.
fn by_integration(law: &Law) -> (f64, f64) {
    const OCTAVES: i32 = 60;
    let kink = law.kink();
    let mut pieces = Vec::new();
    for octave in 1..=OCTAVES {
        let high = libm::ldexp(1.0, -octave);
        let low = if octave == OCTAVES { 0.0 } else { high / 2.0 };
        for (upper, from, to) in [(false, low, high), (true, low, high)] {
            let at = kink.map(|kink| if upper { 1.0 - kink } else { kink });
            match at.filter(|&at| from < at && at < to) {
                Some(at) => pieces.extend([(upper, from, at), (upper, at, to)]),
                None => pieces.push((upper, from, to)),
            }
        }
    }
    let mut points = Vec::with_capacity(8 * pieces.len());
    for (upper, from, to) in pieces {
        let (centre, half) = ((from + to) / 2.0, (to - from) / 2.0);
        for (node, weight) in NODES.into_iter().flat_map(|(node, weight)| [(node, weight), (-node, weight)]) {
            let tail = centre + half * node;
            let level = if upper { Level::with_above(tail) } else { Level::with_below(tail) };
            points.push((law.quantile(level), weight * half));
        }
    }
    let mean: f64 = points.iter().map(|(value, weight)| weight * value).sum();
    let variance = points.iter().map(|(value, weight)| weight * (value - mean) * (value - mean)).sum();
    (mean, variance)
}
