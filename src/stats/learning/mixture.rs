//! A mixture of Student's t distributions that share their degrees of freedom.

use std::f64::consts::PI;

use crate::stats::special::{StudentLaw, newton_between};

/// The steps of the table of one half of the distribution.
const STEPS: usize = 512;

/// Student's distribution function as a table, a cubic through its values and slopes.
///
/// In the angle θ = atan(t/√ν) the density is cosine^(ν−1) θ / B(ν/2, ½): smooth up to both ends. The argument
/// is w = tan(θ/2), as smooth, which takes a square root and no arc tangent: with r = t/√ν it is
/// r / (1 + √(1 + r²)), from 0 to 1. For ν >= 3 the error is below 1e-9.
#[derive(Clone, Debug)]
pub(super) struct StudentTable {
    root: f64,
    /// The function and its slope per step, at w = 0 … 1.
    nodes: Vec<(f64, f64)>,
}

impl StudentTable {
    pub(super) fn new(degrees: f64) -> Self {
        let law = StudentLaw::new(degrees);
        let root = libm::sqrt(degrees);
        let step = 1.0 / STEPS as f64;
        let ln_gamma = libm::lgamma;
        let beta =
            libm::exp(ln_gamma(degrees / 2.0) + libm::log(PI) / 2.0 - ln_gamma(f64::midpoint(degrees, 1.0)));
        let node = |index: usize| {
            let w = step * index as f64;
            let (below, above) = (1.0 - w * w, 1.0 + w * w);
            let slope = libm::pow(below / above, degrees - 1.0) / beta * 2.0 / above;
            (law.cdf(root * 2.0 * w / below), slope * step)
        };
        let mut nodes: Vec<_> = (0..STEPS).map(node).collect();
        nodes.push((1.0, 0.0));
        Self { root, nodes }
    }

    /// The probability below `t`, and its slope in `t`.
    fn at(&self, t: f64) -> (f64, f64) {
        // Beyond this nothing is left to either side, and squares stay finite.
        let ratio = (t.abs() / self.root).min(1e9);
        let square = 1.0 + ratio * ratio;
        let w = ratio / (1.0 + square.sqrt());
        let place = (w * STEPS as f64).min(STEPS as f64);
        let index = (place as usize).min(STEPS - 1);
        let u = place - index as f64;
        let ((low, low_slope), (high, high_slope)) = (self.nodes[index], self.nodes[index + 1]);
        let rise = high - low;
        let (bend, twist) = (3.0 * rise - 2.0 * low_slope - high_slope, low_slope + high_slope - 2.0 * rise);
        let above_half = low + u * (low_slope + u * (bend + u * twist));
        let slope = low_slope + u * (2.0 * bend + u * 3.0 * twist);
        let per_t = slope * STEPS as f64 * (1.0 + w * w) / (2.0 * self.root * square);
        (if t < 0.0 { 1.0 - above_half } else { above_half }, per_t)
    }

    pub(super) fn cdf(&self, t: f64) -> f64 {
        self.at(t).0
    }
}

/// One part of a mixture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    pub(super) weight: f64,
    pub(super) location: f64,
    pub(super) scale: f64,
}

/// The values below which the mixture lies with these probabilities, each between 0 and 1. Each search begins at the
/// value found before, so neighbours are found soonest in order.
pub(super) fn quantiles<const N: usize>(
    table: &StudentTable,
    components: &[Component],
    probabilities: [f64; N],
) -> [f64; N] {
    let reach = |side: f64| {
        let ends = components.iter().map(|part| part.location + side * 200.0 * part.scale);
        ends.fold(
            side * f64::NEG_INFINITY,
            |end, here| if side > 0.0 { end.max(here) } else { end.min(here) },
        )
    };
    let (low, high) = (reach(-1.0), reach(1.0));
    let mut start: f64 = components.iter().map(|part| part.weight * part.location).sum();
    probabilities.map(|p| {
        start = newton_between(low, high, start, 1e-8 * (high - low), |x| {
            let mut error = -p;
            let mut density = 0.0;
            for part in components {
                let (below, slope) = table.at((x - part.location) / part.scale);
                error += part.weight * below;
                density += part.weight * slope / part.scale;
            }
            (error, -error / density)
        });
        start
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_keeps_nine_digits_of_the_distribution() {
        for degrees in [3.0, 3.6, 7.2, 9.6] {
            let (table, law) = (StudentTable::new(degrees), StudentLaw::new(degrees));
            for step in -4000..=4000 {
                let t = libm::sinh(f64::from(step) / 400.0);
                let (found, expected) = (table.cdf(t), law.cdf(t));
                assert!((found - expected).abs() < 1e-9, "{degrees}, {t}: {found} against {expected}");
            }
        }
    }

    #[test]
    fn quantiles_invert_the_mixture() {
        let table = StudentTable::new(4.2);
        let parts = [(0.3, 0.1, 0.02), (0.6, 0.4, 0.2), (0.1, 3.0, 0.001)]
            .map(|(weight, location, scale)| Component { weight, location, scale });
        let levels = [0.001, 0.05, 0.5, 0.89, 0.93, 0.999];
        for (p, x) in levels.into_iter().zip(quantiles(&table, &parts, levels)) {
            let below: f64 =
                parts.iter().map(|part| part.weight * table.cdf((x - part.location) / part.scale)).sum();
            assert!((below - p).abs() < 1e-7, "{p}: {x} has {below}");
        }
    }
}
