//! How prices rise: what is priced at the plan's start costs more when it is paid later.
//!
//! A category's yearly rise e is constant between the dates on which it changes. With years of 365.25
//! days since the plan's start t₀, the index
//!
//! ```text
//!   I(t) = exp ∫ ln(1 + e) dτ over t₀..t      = (1 + e)^(t − t₀)   for a constant e
//! ```
//!
//! multiplies what is paid at t. Money that is spread along a curve w over a span from a to b is multiplied
//! by ∫ w(s) I(a + s (b − a)) ds over 0..1, in closed form: between two changes I is an exponential and
//! w a polynomial. (For the index, what is worked flows through nights and weekends alike.)
//!
//! Source: METHOD: AACE RP 68R-11, escalation by an index, per period where money is phased; the
//! period is taken to its limit.

use crate::model::Curve;
use crate::units::seconds::YEAR;

/// A yearly rise of prices, known or drawn, that may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation<Q> {
    /// The rise at first: 0.03 is 3 % a year, above −1.
    pub first: Q,
    /// From each of these wall seconds since the plan's start on, another rise.
    pub changes: Vec<(i64, Q)>,
}

impl<Q: Copy> Escalation<Q> {
    /// The same with other quantities.
    pub fn map<R>(&self, mut with: impl FnMut(Q) -> R) -> Escalation<R> {
        let first = with(self.first);
        Escalation { first, changes: self.changes.iter().map(|&(from, rise)| (from, with(rise))).collect() }
    }

    /// All its rises, in order of time.
    pub fn rises(&self) -> impl Iterator<Item = Q> + '_ {
        std::iter::once(self.first).chain(self.changes.iter().map(|&(_, rise)| rise))
    }

    /// The index of one run.
    pub fn index(&self, value: impl Fn(Q) -> f64) -> Index {
        let slope = |rise: Q| libm::log1p(value(rise)) / YEAR;
        let mut index = Index { first: slope(self.first), changes: Vec::new() };
        for &(from, rise) in &self.changes {
            if from <= 0 {
                index.first = slope(rise);
            } else {
                let level = index.log(from as f64);
                index.changes.push(Change { from: from as f64, level, slope: slope(rise) });
            }
        }
        index
    }
}

/// What prices are multiplied with in one run, by the wall clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The growth of its logarithm per second, at first.
    first: f64,
    /// Ascending in time.
    changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Change {
    from: f64,
    /// The logarithm of the index then.
    level: f64,
    slope: f64,
}

impl Index {
    /// The index at a wall second since the plan's start.
    pub fn at(&self, wall: i64) -> f64 {
        libm::exp(self.log(wall as f64))
    }

    fn log(&self, wall: f64) -> f64 {
        match self.changes.iter().rev().find(|change| change.from <= wall) {
            Some(change) => change.level + change.slope * (wall - change.from),
            None => self.first * wall,
        }
    }

    /// What money of 1 comes to that flows along a curve from one wall second to another, as far as the
    /// share `done` of that: ∫ w(s) I(from + s (to − from)) ds over 0..done.
    pub fn along(&self, curve: Curve, (from, to): (i64, i64), done: f64) -> f64 {
        if to <= from {
            return curve.flowed(done) * self.at(from);
        }
        let (from, span) = (from as f64, (to - from) as f64);
        let mut sum = 0.0;
        let mut begin = 0.0;
        let mut slope = self.first;
        for change in &self.changes {
            let end = ((change.from - from) / span).clamp(begin, done);
            sum += self.stretch(curve, (begin, end), from + begin * span, slope * span);
            begin = end;
            slope = change.slope;
        }
        sum + self.stretch(curve, (begin, done), from + begin * span, slope * span)
    }

    /// The part of it where the index grows by e^`rise` per whole span, from a wall second on.
    fn stretch(&self, curve: Curve, (begin, end): (f64, f64), wall: f64, rise: f64) -> f64 {
        let length = end - begin;
        if length <= 0.0 {
            return 0.0;
        }
        // w(begin + length x) as a polynomial of x.
        let [a, b, c] = curve.density();
        let local = [a + begin * (b + begin * c), length * (b + 2.0 * c * begin), length * length * c];
        let moments = moments(rise * length);
        let mean: f64 = local.iter().zip(moments).map(|(factor, moment)| factor * moment).sum();
        length * libm::exp(self.log(wall)) * mean
    }
}

/// ∫ xᵏ e^(z x) dx over 0..1, for k = 0, 1, 2.
fn moments(z: f64) -> [f64; 3] {
    if z.abs() < 1.0 {
        // e^(z x) by its series: Σ zⁿ / (n! (n + k + 1)).
        let mut sums = [0.0; 3];
        let mut power = 1.0;
        for n in 0..18_u32 {
            for (k, sum) in sums.iter_mut().enumerate() {
                *sum += power / (f64::from(n) + k as f64 + 1.0);
            }
            power *= z / f64::from(n + 1);
        }
        return sums;
    }
    let end = libm::exp(z);
    let zeroth = libm::expm1(z) / z;
    let first = (end - zeroth) / z;
    [zeroth, first, (end - 2.0 * first) / z]
}

#[cfg(test)]
mod tests {
    use super::*;

    const Y: i64 = 31_557_600;

    fn rising(first: f64, changes: &[(i64, f64)]) -> Index {
        Escalation { first, changes: changes.to_vec() }.index(|rise| rise)
    }

    #[test]
    fn a_constant_rise_compounds_by_the_year() {
        let index = rising(0.03, &[]);
        for (years, expected) in [(0.0, 1.0), (1.0, 1.03), (2.0, 1.0609), (0.5, 1.03_f64.sqrt())] {
            let found = index.at((years * Y as f64) as i64);
            assert!((found - expected).abs() < 1e-12, "after {years} years: {found}");
        }
        let falling = rising(-0.5, &[]);
        assert!((falling.at(2 * Y) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn even_money_over_years_has_its_textbook_mean() {
        // ∫ (1 + e)^t dt over 0..1 = e / ln(1 + e).
        for rise in [0.03_f64, 0.2, 1.0, 3.0, -0.4] {
            let expected = rise / rise.ln_1p();
            let found = rising(rise, &[]).along(Curve::Even, (0, Y), 1.0);
            assert!((found / expected - 1.0).abs() < 1e-12, "{rise}: {found} and {expected}");
        }
    }

    #[test]
    fn every_curve_agrees_with_a_sum_of_many_small_payments() {
        let changing = [(Y / 3, 0.4), (Y, -0.1), (5 * Y / 2, 0.02)];
        for index in [rising(0.05, &[]), rising(0.8, &changing), rising(3.0, &[(-5, -0.2)])] {
            for curve in Curve::ALL {
                for (from, to, done) in
                    [(0, 3 * Y, 1.0), (Y / 5, 9 * Y / 4, 0.37), (Y, Y, 0.6), (Y / 2, 10 * Y, 0.9)]
                {
                    let steps = 200_000;
                    let summed: f64 = (0..steps)
                        .map(|step| {
                            let [begin, end] =
                                [step, step + 1].map(|at| done * f64::from(at) / f64::from(steps));
                            let wall = from as f64 + (begin + end) / 2.0 * (to - from) as f64;
                            (curve.flowed(end) - curve.flowed(begin)) * libm::exp(index.log(wall))
                        })
                        .sum();
                    let found = index.along(curve, (from, to), done);
                    let difference = (found / summed - 1.0).abs();
                    // The midpoint rule is off by (rise per step)² / 24 of it, and by a step at each change.
                    assert!(
                        difference < 2e-6,
                        "{} {from}..{to} to {done}: {found} and {summed}",
                        curve.word()
                    );
                }
            }
        }
    }

    #[test]
    fn the_moments_of_an_exponential_hold_across_their_two_forms() {
        for z in [-1.0 + 1e-9, 1.0 - 1e-9_f64] {
            let (inside, outside) = (moments(z), moments(z * (1.0 + 3e-9)));
            for (one, other) in inside.iter().zip(outside) {
                assert!((one - other).abs() < 1e-7, "{z}: {one} and {other}");
            }
        }
        assert_eq!(moments(0.0), [1.0, 0.5, 1.0 / 3.0]);
    }

    #[test]
    fn a_change_goes_on_from_where_prices_are() {
        let index = rising(0.1, &[(Y, 0.0), (2 * Y, 1.0)]);
        for (years, expected) in [(1, 1.1), (2, 1.1), (3, 2.2)] {
            assert!((index.at(years * Y) - expected).abs() < 1e-12, "after {years} years");
        }
        // A change before the start has happened already.
        assert_eq!(rising(0.5, &[(-Y, 0.1)]), rising(0.1, &[]));
    }
}
