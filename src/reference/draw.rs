//! Draws by `rand_distr`, another hand's samplers, wherever it has the distribution.

use chacha20::ChaCha8Rng;
use rand::RngExt;
use rand_distr::{Beta, Distribution as _, Exp, Gamma, LogNormal, Normal, Pert, Triangular, Weibull};

use crate::stats::{Distribution, Shape};

/// So often a value outside the bounds is drawn again, before the quantile function has to do.
const ATTEMPTS: usize = 1_000;

/// One value of a distribution. Bounds are respected in the plainest way: by drawing again.
pub fn draw(distribution: &Distribution, generator: &mut ChaCha8Rng) -> f64 {
    let (shift, lowest, highest) = distribution.shift_and_bounds();
    let allowed =
        |value: f64| lowest.is_none_or(|low| value >= low) && highest.is_none_or(|high| value <= high);
    for _ in 0..ATTEMPTS {
        match unbounded(distribution.shape(), generator) {
            Some(value) if allowed(value + shift) => return value + shift,
            Some(_) => {}
            None => break,
        }
    }
    distribution.quantile(inside(generator))
}

/// A number above 0 and below 1.
fn inside(generator: &mut ChaCha8Rng) -> f64 {
    generator.random::<f64>().max(f64::MIN_POSITIVE)
}

/// One value of a shape, if `rand_distr` has it.
fn unbounded(shape: &Shape, generator: &mut ChaCha8Rng) -> Option<f64> {
    let value = match *shape {
        Shape::Fixed(value) => value,
        Shape::Pert { low, likely, high, shape } => {
            Pert::new(low, high).with_shape(shape).with_mode(likely).ok()?.sample(generator)
        }
        Shape::Triangular { low, likely, high } => Triangular::new(low, high, likely).ok()?.sample(generator),
        Shape::Uniform { low, high } => low + (high - low) * generator.random::<f64>(),
        Shape::Normal { mean, sd } => Normal::new(mean, sd).ok()?.sample(generator),
        Shape::Lognormal { mean, sd } => LogNormal::from_mean_cv(mean, sd / mean).ok()?.sample(generator),
        Shape::Gamma { mean, sd } => Gamma::new((mean / sd).powi(2), sd * sd / mean).ok()?.sample(generator),
        Shape::Weibull { shape, scale } => Weibull::new(scale, shape).ok()?.sample(generator),
        Shape::Exponential { mean } => Exp::new(1.0 / mean).ok()?.sample(generator),
        Shape::Beta { low, high, a, b } => low + (high - low) * Beta::new(a, b).ok()?.sample(generator),
        Shape::Discrete(ref values) => {
            let total: f64 = values.iter().map(|(_, weight)| weight).sum();
            let mut left = total * generator.random::<f64>();
            let chosen = values.iter().find(|(_, weight)| {
                left -= weight;
                left < 0.0
            });
            chosen.or(values.last())?.0
        }
        Shape::Samples(ref values) => *values.get(generator.random_range(0..values.len()))?,
        Shape::Trigen { .. } | Shape::Metalog { .. } | Shape::LognormalRange { .. } => return None,
    };
    Some(value)
}
