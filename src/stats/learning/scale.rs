//! The gap between a metric's value and the best value there is.

/// The two ends a metric lies between, and which of them is good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    best: f64,
    worst: f64,
}

impl Scale {
    /// The scale of a metric that is best at `best` and worst at `worst`: finite and different,
    /// else nothing.
    pub fn new(best: f64, worst: f64) -> Option<Self> {
        let is_a_scale = best.is_finite() && worst.is_finite() && (best - worst).abs() > 0.0;
        is_a_scale.then_some(Self { best, worst })
    }

    /// The best value.
    pub const fn best(&self) -> f64 {
        self.best
    }

    /// The worst value.
    pub const fn worst(&self) -> f64 {
        self.worst
    }

    /// Whether larger values are better.
    pub fn is_upward(&self) -> bool {
        self.best > self.worst
    }

    /// How far the two ends lie apart, > 0.
    pub fn span(&self) -> f64 {
        (self.best - self.worst).abs()
    }

    /// How far a value is from the best; negative if it is better than that.
    pub fn gap(&self, value: f64) -> f64 {
        if self.is_upward() { self.best - value } else { value - self.best }
    }

    /// The value with this gap.
    pub fn value(&self, gap: f64) -> f64 {
        if self.is_upward() { self.best - gap } else { self.best + gap }
    }

    /// Whether a value lies between the two ends.
    pub fn holds(&self, value: f64) -> bool {
        (0.0..=self.span()).contains(&self.gap(value))
    }
}
