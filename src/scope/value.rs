//! What a launch is worth: present value, net present value of a run, and their sums over runs.
//!
//! Money is discounted continuously with δ = ln(1 + r); times are years since the plan's start, and a
//! year has 260 working days. A solution that is launched at L earns until the horizon H, at full rate
//! after a ramp R:
//!
//! ```text
//!   u = min(H−L, R)
//!   PV = v ( e^{−δL} (1 − e^{−δu}(1+δu)) / (δ²R)  +  (e^{−δ min(L+R, H)} − e^{−δH}) / δ ),  0 if L ≥ H
//! ```

pub use crate::model::DAYS_PER_YEAR;

/// How long a launch that fails commercially goes on costing, in years.
const SHUT_DOWN: f64 = 0.5;

/// Discounting at a yearly rate r, 0 <= r < 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discount {
    /// δ = ln(1 + r).
    force: f64,
}

impl Discount {
    /// Discounting at this rate per year, from 0.
    pub fn at_rate(rate: f64) -> Self {
        Self { force: libm::log1p(rate) }
    }

    /// What one unit of money at this time is worth today.
    pub fn factor(&self, years: f64) -> f64 {
        libm::exp(-self.force * years)
    }

    /// What a flow of one a year between two times is worth today; 0 if it ends before it begins.
    pub fn flow(&self, from: f64, to: f64) -> f64 {
        let span = (to - from).max(0.0);
        let x = self.force * span;
        // (1 − e^{−x}) / x, and its limit for small x.
        let mean = if x < 1e-8 { 1.0 - x / 2.0 } else { -libm::expm1(-x) / x };
        self.factor(from) * mean * span
    }

    /// The mean factor of money that is spent evenly between two times.
    pub fn mean(&self, from: f64, to: f64) -> f64 {
        if to - from > 1e-12 { self.flow(from, to) / (to - from) } else { self.factor(from) }
    }

    /// What one a year is worth today, if it begins at `launch`, takes `ramp` years to its full rate, and
    /// ends at `horizon`.
    pub fn ramped(&self, launch: f64, horizon: f64, ramp: f64) -> f64 {
        if launch >= horizon {
            return 0.0;
        }
        let rising = (horizon - launch).min(ramp);
        let x = self.force * rising;
        // (1 − e^{−x}(1 + x)) / x², and its series for small x.
        let shape =
            if x < 1e-3 { 0.5 - x / 3.0 + x * x / 8.0 } else { (1.0 - libm::exp(-x) * (1.0 + x)) / (x * x) };
        let ramp_part = if ramp > 0.0 { self.factor(launch) * shape * rising * rising / ramp } else { 0.0 };
        ramp_part + self.flow((launch + ramp).min(horizon), horizon)
    }
}

/// What stays the same in every run of a solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// The discount.
    pub discount: Discount,
    /// Years from the plan's start in which value counts.
    pub horizon: f64,
    /// Years from the launch to the full value.
    pub ramp: f64,
    /// Money at the launch.
    pub launch_cost: f64,
    /// Money a year from the launch on.
    pub run_cost: f64,
}

/// One run of a solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The cost of the way, each part discounted to today.
    pub development: f64,
    /// When it is launched, in years; `None`: it fails before.
    pub launch: Option<f64>,
    /// Whether it succeeds in its market, if launched.
    pub succeeds: bool,
    /// The value of a year at the metric reached.
    pub yearly: f64,
}

/// What a run is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worth {
    /// The present value of what it earns.
    pub benefit: f64,
    /// The net present value: that less all that it costs.
    pub net: f64,
}

impl std::iter::Sum for Worth {
    fn sum<I: Iterator<Item = Self>>(worths: I) -> Self {
        worths.fold(Self::default(), |sum, it| Self {
            benefit: sum.benefit + it.benefit,
            net: sum.net + it.net,
        })
    }
}

impl Terms {
    /// What a run is worth.
    pub fn worth(&self, run: &Run) -> Worth {
        let Some(launch) = run.launch else { return Worth { benefit: 0.0, net: -run.development } };
        let benefit = if run.succeeds {
            run.yearly * self.discount.ramped(launch, self.horizon, self.ramp)
        } else {
            0.0
        };
        let end = if run.succeeds { self.horizon } else { self.horizon.min(launch + SHUT_DOWN) };
        let running = self.run_cost * self.discount.flow(launch, end);
        let launching = self.launch_cost * self.discount.factor(launch);
        Worth { benefit, net: benefit - run.development - running - launching }
    }
}

/// The share of the yearly value at a metric: linear between links of ascending metric and share, 0 on
/// the bad side of all, constant on the good side. Where `is_upward`, larger metrics are better.
pub fn share_at(links: &[(f64, f64)], metric: f64, is_upward: bool) -> f64 {
    let (Some(first), Some(last)) = (links.first(), links.last()) else { return 1.0 };
    let slack = 1e-9 * last.0.abs().max(1.0);
    if metric < first.0 {
        // What just reaches a link reaches it, whatever the last bit says.
        return if is_upward && metric < first.0 - slack { 0.0 } else { first.1 };
    }
    if metric > last.0 {
        return if !is_upward && metric > last.0 + slack { 0.0 } else { last.1 };
    }
    let after = links.partition_point(|link| link.0 <= metric).clamp(1, links.len().max(2) - 1);
    match (links.get(after - 1), links.get(after)) {
        (Some(&(x0, y0)), Some(&(x1, y1))) if x1 > x0 => y0 + (y1 - y0) * (metric - x0) / (x1 - x0),
        _ => last.1,
    }
}

/// How models age: after `half_life` days half their value is gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// ln 2 / half-life, per day.
    rate: f64,
}

impl Drift {
    /// By its half-life in days, > 0.
    pub fn with_half_life(days: f64) -> Self {
        Self { rate: std::f64::consts::LN_2 / days }
    }

    /// The mean share of the value, if the model is trained anew after so many days, > 0.
    pub fn mean_value(&self, interval: f64) -> f64 {
        let x = self.rate * interval;
        -libm::expm1(-x) / x
    }

    /// The days between trainings that cost least in all: one costs `cost`, a day is worth `value`; both > 0.
    pub fn best_interval(&self, cost: f64, value: f64) -> f64 {
        libm::sqrt(2.0 * cost / (value * self.rate))
    }
}

/// Cooper's expected commercial value `(PV p_c − C) p_t − D`, of sums that a run of many gives in the mean.
pub fn expected_commercial_value(
    present: f64,
    p_commercial: f64,
    launch: f64,
    p_technical: f64,
    development: f64,
) -> f64 {
    (present * p_commercial - launch) * p_technical - development
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "{found} instead of {expected}");
    }

    #[test]
    fn present_values_are_the_worked_ones() {
        let tenth = Discount::at_rate(0.1);
        near(tenth.ramped(0.0, 3.0, 0.0), 2.609_219_7, 1e-7);
        near(100_000.0 * tenth.ramped(0.5, 3.0, 0.25), 200_270.463, 1e-3);
        near(100_000.0 * tenth.ramped(2.9, 3.0, 0.25), 1_507.415, 1e-3);
        assert_eq!(tenth.ramped(3.0, 3.0, 0.25), 0.0);
    }

    #[test]
    fn without_discount_values_are_areas() {
        let none = Discount::at_rate(0.0);
        near(none.ramped(0.5, 3.0, 0.5), 0.25 + 2.0, 1e-12);
        near(none.ramped(2.8, 3.0, 0.5), 0.2 * 0.2 / 2.0 / 0.5, 1e-12);
        near(none.flow(1.0, 3.0), 2.0, 1e-12);
        assert_eq!(none.mean(1.0, 1.0), 1.0);
        // The limits are met without a step.
        near(Discount::at_rate(1e-9).ramped(0.5, 3.0, 0.5), none.ramped(0.5, 3.0, 0.5), 1e-8);
    }

    #[test]
    fn a_ramp_is_the_integral_it_stands_for() {
        let discount = Discount::at_rate(0.15);
        let steps = 20_000;
        let (launch, horizon, ramp) = (0.7, 3.0, 1.1);
        let step = (horizon - launch) / f64::from(steps);
        let sum: f64 = (0..steps)
            .map(|index| launch + step * (f64::from(index) + 0.5))
            .map(|t| ((t - launch) / ramp).min(1.0) * discount.factor(t) * step)
            .sum();
        near(discount.ramped(launch, horizon, ramp), sum, 1e-7);
    }

    #[test]
    fn a_run_earns_only_what_it_launches_and_sells() {
        let terms = Terms {
            discount: Discount::at_rate(0.0),
            horizon: 3.0,
            ramp: 0.0,
            launch_cost: 10.0,
            run_cost: 4.0,
        };
        let run = Run { development: 100.0, launch: Some(1.0), succeeds: true, yearly: 50.0 };
        assert_eq!(terms.worth(&run), Worth { benefit: 100.0, net: 100.0 - 100.0 - 8.0 - 10.0 });
        let failed = Run { succeeds: false, ..run };
        assert_eq!(terms.worth(&failed), Worth { benefit: 0.0, net: -100.0 - 2.0 - 10.0 });
        assert_eq!(terms.worth(&Run { launch: None, ..run }), Worth { benefit: 0.0, net: -100.0 });
    }

    #[test]
    fn value_follows_the_metric_between_its_links() {
        let links = [(0.75, 0.6), (0.80, 1.0), (0.90, 1.2)];
        for (metric, expected) in
            [(0.74, 0.0), (0.75, 0.6), (0.775, 0.8), (0.85, 1.1), (0.90, 1.2), (0.95, 1.2)]
        {
            near(share_at(&links, metric, true), expected, 1e-12);
        }
        let falling = [(0.28, 1.0), (0.32, 0.6)];
        for (metric, expected) in [(0.2, 1.0), (0.30, 0.8), (0.32, 0.6), (0.33, 0.0)] {
            near(share_at(&falling, metric, false), expected, 1e-12);
        }
        assert_eq!(share_at(&[(0.8, 1.0)], 0.9, true), 1.0);
        assert_eq!(share_at(&[], 0.9, true), 1.0);
    }

    #[test]
    fn drift_and_commercial_value_are_the_worked_ones() {
        let drift = Drift::with_half_life(365.0);
        near(drift.mean_value(90.0), 0.919_210_9, 1e-7);
        near(drift.best_interval(3_000.0, 600_000.0 / 365.0), 43.841, 1e-3);
        near(expected_commercial_value(900e3, 0.7, 60e3, 0.55, 150e3), 163_500.0, 1e-6);
    }
}
