//! Estimates in words: `PERT from 8 d to 25 d, likeliest 12 d; mean 13.5 d, P80 16.8 d`.

use crate::model::{Estimate, Plan};
use crate::stats::{Distribution, Shape};
use crate::view::words::{number, percent, percentile};

/// PERT's usual shape, which goes without saying.
const USUAL_SHAPE: f64 = 4.0;
/// How many values of a discrete estimate are named.
const MOST_VALUES: usize = 4;

/// An estimate in words, its numbers shown this way, with its mean and the percentile that the plan
/// headlines.
pub(super) fn words(plan: &Plan, estimate: &Estimate, show: &impl Fn(f64) -> String) -> String {
    let distribution = &estimate.distribution;
    if distribution.is_fixed() {
        return show(estimate.planned);
    }
    let level = plan.confidence.value();
    format!(
        "{}{}; mean {}, {} {}",
        in_brief(distribution, show),
        if is_spread_out(estimate) { ", by its spread" } else { "" },
        show(distribution.mean()),
        percentile(level),
        show(distribution.quantile(level))
    )
}

/// The shape of a distribution and its bounds.
pub(super) fn in_brief(distribution: &Distribution, show: &impl Fn(f64) -> String) -> String {
    if distribution.is_fixed() {
        return show(distribution.middle());
    }
    let mut words = shape(distribution.shape(), show);
    let (shift, lowest, highest) = distribution.shift_and_bounds();
    if shift != 0.0 {
        words += &format!(", plus {}", show(shift));
    }
    words += &match (lowest, highest) {
        (Some(low), Some(high)) => format!(", cut to {} to {}", show(low), show(high)),
        (Some(low), None) => format!(", cut off below {}", show(low)),
        (None, Some(high)) => format!(", cut off above {}", show(high)),
        (None, None) => String::new(),
    };
    words
}

fn shape(shape: &Shape, show: &impl Fn(f64) -> String) -> String {
    let s = |value: &f64| show(*value);
    match shape {
        Shape::Fixed(value) => s(value),
        Shape::Pert { low, likely, high, shape } => {
            let peaked =
                if *shape == USUAL_SHAPE { String::new() } else { format!(", shape {}", trimmed(*shape)) };
            format!("PERT from {} to {}, likeliest {}{peaked}", s(low), s(high), s(likely))
        }
        Shape::Triangular { low, likely, high } => {
            format!("a triangle from {} to {}, likeliest {}", s(low), s(high), s(likely))
        }
        Shape::Uniform { low, high } => format!("anything from {} to {} alike", s(low), s(high)),
        Shape::Trigen { p10, likely, p90 } => {
            format!("a triangle with P10 {}, likeliest {} and P90 {}", s(p10), s(likely), s(p90))
        }
        Shape::Metalog { p10, p50, p90 } => {
            format!("a metalog through P10 {}, P50 {} and P90 {}", s(p10), s(p50), s(p90))
        }
        Shape::Normal { mean, sd } => format!("normal with mean {} and deviation {}", s(mean), s(sd)),
        Shape::Lognormal { mean, sd } => format!("lognormal with mean {} and deviation {}", s(mean), s(sd)),
        Shape::LognormalRange { p10, p90 } => format!("lognormal with P10 {} and P90 {}", s(p10), s(p90)),
        Shape::Gamma { mean, sd } => format!("gamma with mean {} and deviation {}", s(mean), s(sd)),
        Shape::Weibull { shape, scale } => {
            format!("Weibull with shape {} and scale {}", trimmed(*shape), s(scale))
        }
        Shape::Exponential { mean } => format!("exponential with mean {}", s(mean)),
        Shape::Beta { low, high, a, b } => {
            format!("beta from {} to {} with a {} and b {}", s(low), s(high), trimmed(*a), trimmed(*b))
        }
        Shape::Discrete(pairs) => discrete(pairs, show),
        Shape::Samples(values) => format!("one of {} observed values", values.len()),
    }
}

fn discrete(pairs: &[(f64, f64)], show: &impl Fn(f64) -> String) -> String {
    let total: f64 = pairs.iter().map(|pair| pair.1).sum();
    let named = pairs.iter().take(MOST_VALUES);
    let named: Vec<String> =
        named.map(|(value, weight)| format!("{} ({})", show(*value), percent(weight / total))).collect();
    let more = pairs.len().saturating_sub(MOST_VALUES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("one of {}{more}", named.join(", "))
}

/// Whether the author wrote a plain value, and a spread made an estimate of it.
fn is_spread_out(estimate: &Estimate) -> bool {
    let written = &estimate.written;
    matches!(estimate.distribution.shape(), Shape::Pert { .. })
        && !written.contains("..")
        && !written.contains(['%', '{'])
}

/// A number below 1 with two figures that tell: `0.0021`.
pub(super) fn significant(value: f64) -> String {
    if value == 0.0 || value.abs() >= 1.0 {
        return trimmed(value);
    }
    let decimals = (1.0 - value.abs().log10().floor()).clamp(2.0, 12.0) as usize;
    let text = number(value, decimals);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number with at most two decimals, none from a thousand, its thousands apart.
pub(super) fn trimmed(value: f64) -> String {
    if value.abs() >= 1000.0 {
        return number(value, 0);
    }
    let text = number(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
