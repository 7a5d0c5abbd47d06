//! Unit shapes: what is left of a distribution when place and width are taken away.
//!
//! Ten thousand estimates share a handful of unit shapes, and only those need a table. Two
//! distributions have the same unit shape exactly when their keys compare equal.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::stats::Shape;
use crate::stats::law::Law;
use crate::stats::special::normal_quantile;
use crate::stats::trigen::triangle_through;

/// A finite number that can be a key: equal, ordered and hashed by its bits.
#[derive(Clone, Copy, Debug)]
pub struct Exact(f64);

impl Exact {
    /// The number itself; minus zero becomes zero.
    pub fn new(value: f64) -> Self {
        Self(value + 0.0)
    }

    /// The number rounded to 42 binary digits (a relative error of 1e-13), so that a shape is
    /// recognised although its parameter was computed from other numbers.
    pub fn rounded(value: f64) -> Self {
        let bits = value.to_bits();
        let rounded = f64::from_bits(bits.wrapping_add(1 << 9) & !((1 << 10) - 1));
        Self(rounded + 0.0)
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// One of several separate values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom {
    /// The value.
    pub value: Exact,
    /// The probability of this value or a smaller one; exactly one for the last.
    pub cumulative: Exact,
}

/// A distribution without place and width.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitShape {
    /// Always zero.
    Fixed,
    /// Uniform on 0..=1.
    Uniform,
    /// A triangle on 0..=1 with its tip here.
    Triangular {
        /// Where the tip is, 0..=1.
        mode: Exact,
    },
    /// A beta on 0..=1; also every PERT.
    Beta {
        /// First parameter.
        a: Exact,
        /// Second parameter.
        b: Exact,
    },
    /// The standard normal.
    Normal,
    /// The exponential of a normal with mean zero.
    Lognormal {
        /// That normal's standard deviation.
        sigma: Exact,
    },
    /// The gamma of scale one.
    Gamma {
        /// Its shape.
        shape: Exact,
    },
    /// The Weibull of scale one.
    Weibull {
        /// Its shape.
        shape: Exact,
    },
    /// The exponential of mean one.
    Exponential,
    /// The metalog with median zero and second coefficient one: L + skew (u - ½) L with
    /// L = ln(u / (1 - u)).
    Metalog {
        /// The third coefficient over the second.
        skew: Exact,
    },
    /// Separate values, ascending and distinct.
    Atoms(Arc<[Atom]>),
    /// What is left of another shape between two bounds, made whole again.
    Truncated {
        /// The other shape.
        inner: Box<UnitShape>,
        /// The lower bound; minus infinity for none.
        lowest: Exact,
        /// The upper bound; infinity for none.
        highest: Exact,
    },
}

/// A unit shape with a place and a width: `value = location + scale * unit value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The shape without place and width.
    pub shape: UnitShape,
    /// What is added.
    pub location: f64,
    /// What multiplies, > 0 (one for a fixed value).
    pub scale: f64,
}

impl Unit {
    /// The unit shape of a checked shape.
    pub(super) fn of(shape: &Shape) -> Self {
        match shape {
            &Shape::Fixed(value) => Self::fixed(value),
            &Shape::Pert { low, likely, high, shape } => Self::on(low, high, || {
                let mode = Exact::rounded((likely - low) / (high - low)).value();
                UnitShape::Beta {
                    a: Exact::rounded(1.0 + shape * mode),
                    b: Exact::rounded(1.0 + shape * (1.0 - mode)),
                }
            }),
            &Shape::Triangular { low, likely, high } => Self::triangular(low, likely, high),
            &Shape::Uniform { low, high } => Self::on(low, high, || UnitShape::Uniform),
            &Shape::Trigen { p10, likely, p90 } => {
                let (low, high) = triangle_through(p10, likely, p90);
                Self::triangular(low, likely, high)
            }
            &Shape::Metalog { p10, p50, p90 } => Self::metalog(p10, p50, p90),
            &Shape::Normal { mean, sd } => Self { shape: UnitShape::Normal, location: mean, scale: sd },
            &Shape::Lognormal { mean, sd } => {
                let ratio = sd / mean;
                Self::lognormal(libm::sqrt(libm::log1p(ratio * ratio)), |sigma| {
                    mean * libm::exp(-0.5 * sigma * sigma)
                })
            }
            &Shape::LognormalRange { p10, p90 } if p10 == p90 => Self::fixed(p10),
            &Shape::LognormalRange { p10, p90 } => {
                Self::lognormal(libm::log(p90 / p10) / (2.0 * normal_quantile(0.9)), |_| {
                    libm::sqrt(p10) * libm::sqrt(p90)
                })
            }
            &Shape::Gamma { mean, sd } => {
                let shape = Exact::rounded((mean / sd) * (mean / sd));
                Self { shape: UnitShape::Gamma { shape }, location: 0.0, scale: mean / shape.value() }
            }
            &Shape::Weibull { shape, scale } => {
                Self { shape: UnitShape::Weibull { shape: Exact::new(shape) }, location: 0.0, scale }
            }
            &Shape::Exponential { mean } => {
                Self { shape: UnitShape::Exponential, location: 0.0, scale: mean }
            }
            &Shape::Beta { low, high, a, b } => {
                Self::on(low, high, || UnitShape::Beta { a: Exact::rounded(a), b: Exact::rounded(b) })
            }
            Shape::Discrete(values) => Self::atoms(values.clone()),
            Shape::Samples(values) => Self::atoms(values.iter().map(|&value| (value, 1.0)).collect()),
        }
    }

    /// The certain value.
    pub(super) const fn fixed(value: f64) -> Self {
        Self { shape: UnitShape::Fixed, location: value, scale: 1.0 }
    }

    /// A shape on `low..=high`, or the fixed value where both are the same.
    fn on(low: f64, high: f64, shape: impl FnOnce() -> UnitShape) -> Self {
        if low == high {
            return Self::fixed(low);
        }
        Self { shape: shape(), location: low, scale: high - low }
    }

    fn triangular(low: f64, likely: f64, high: f64) -> Self {
        Self::on(low, high, || UnitShape::Triangular {
            mode: Exact::rounded(((likely - low) / (high - low)).clamp(0.0, 1.0)),
        })
    }

    fn lognormal(sigma: f64, scale: impl FnOnce(f64) -> f64) -> Self {
        let sigma = Exact::rounded(sigma);
        Self { shape: UnitShape::Lognormal { sigma }, location: 0.0, scale: scale(sigma.value()) }
    }

    /// The metalog's coefficients (Keelin 2016, three terms with α = 0.1): with R = P90 - P10 and
    /// Λ = ln 9 the second is R / 2Λ and the third (1 - 2r) R / 0.8Λ.
    fn metalog(p10: f64, p50: f64, p90: f64) -> Self {
        let range = p90 - p10;
        if range == 0.0 {
            return Self::fixed(p50);
        }
        let position = (p50 - p10) / range;
        Self {
            shape: UnitShape::Metalog { skew: Exact::rounded(2.5 * (1.0 - 2.0 * position)) },
            location: p50,
            scale: range / (2.0 * libm::log(9.0)),
        }
    }

    /// Values with their weights: sorted, equal ones put together.
    fn atoms(mut values: Vec<(f64, f64)>) -> Self {
        values.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut distinct: Vec<(f64, f64)> = Vec::with_capacity(values.len());
        for (value, weight) in values {
            match distinct.last_mut() {
                Some(last) if last.0 == value => last.1 += weight,
                _ => distinct.push((value, weight)),
            }
        }
        match distinct[..] {
            [(value, _)] => Self::fixed(value),
            _ => Self { shape: UnitShape::of_weights(&distinct), location: 0.0, scale: 1.0 },
        }
    }
}

impl UnitShape {
    /// Ascending distinct values with their weights; at least one.
    fn of_weights(values: &[(f64, f64)]) -> Self {
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let last = values.len() - 1;
        let atom = |(at, &(value, weight)): (usize, &(f64, f64))| {
            sum += weight;
            let cumulative = if at == last { 1.0 } else { (sum / total).min(1.0) };
            Atom { value: Exact::new(value), cumulative: Exact::new(cumulative) }
        };
        Self::Atoms(values.iter().enumerate().map(atom).collect())
    }

    /// The shape with everything ready for evaluation.
    pub fn law(&self) -> Law {
        Law::of(self)
    }

    /// What lies between two bounds, made whole again, with its law; none if that is next to nothing.
    pub(super) fn between(&self, lowest: f64, highest: f64) -> Option<(Self, Law)> {
        let whole = self.law();
        if lowest <= whole.lowest() && whole.highest() <= highest {
            return Some((self.clone(), whole));
        }
        let shape = match self {
            Self::Atoms(atoms) => return Self::atoms_between(atoms, lowest, highest),
            Self::Truncated { inner, lowest: lower, highest: higher } => Self::Truncated {
                inner: inner.clone(),
                lowest: Exact::rounded(lowest.max(lower.value())),
                highest: Exact::rounded(highest.min(higher.value())),
            },
            _ => Self::Truncated {
                inner: Box::new(self.clone()),
                lowest: Exact::rounded(lowest),
                highest: Exact::rounded(highest),
            },
        };
        let law = shape.law();
        law.has_substance().then_some((shape, law))
    }

    /// The separate values that lie between two bounds, both included.
    fn atoms_between(atoms: &[Atom], lowest: f64, highest: f64) -> Option<(Self, Law)> {
        let mut before = 0.0;
        let mut kept = Vec::new();
        for atom in atoms {
            let weight = atom.cumulative.value() - before;
            before = atom.cumulative.value();
            if (lowest..=highest).contains(&atom.value.value()) {
                kept.push((atom.value.value(), weight));
            }
        }
        if kept.is_empty() {
            return None;
        }
        let shape = Self::of_weights(&kept);
        let law = shape.law();
        Some((shape, law))
    }
}
