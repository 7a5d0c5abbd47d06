//! One learning curve, known exactly: what a simulated project follows.

use super::Shape;

/// A curve of gap against effort.
///
/// `e(x) = e₁ (ρ + (1−ρ) g(t))`, with `t` the effort since the beginning in units of the history's
/// length, `e₁` the gap at the beginning and `ρ` the share of it that stays for ever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    pub(super) shape: Shape,
    /// The share ρ of the first gap that stays, 0 <= ρ < 1.
    pub(super) floor: f64,
    /// The gap e₁ at the beginning, > 0.
    pub(super) first: f64,
    /// The standard deviation of a measurement.
    pub(super) noise: f64,
    /// The effort at which t is 0.
    pub(super) begin: f64,
    /// The effort that is one unit of t.
    pub(super) unit: f64,
    /// The effort spent so far.
    pub(super) now: f64,
    /// Whether nothing gets better from now on.
    pub(super) is_stalled: bool,
}

impl Curve {
    /// The curve of a new system: from the gap `first` at effort 0 exponentially towards the gap
    /// `reachable`, with four fifths of the way done at effort `four_fifths`; all > 0.
    ///
    /// A reachable gap that is no better than the first means that nothing improves.
    pub fn towards(first: f64, reachable: f64, four_fifths: f64, noise: f64) -> Self {
        let rate = libm::log(5.0) / four_fifths.max(1e-9);
        Self {
            shape: Shape::Exponential { rate },
            floor: (reachable / first).min(1.0 - 1e-12),
            first,
            noise,
            begin: 0.0,
            unit: 1.0,
            now: 0.0,
            is_stalled: reachable >= first,
        }
    }

    /// The gap at this effort.
    pub fn gap(&self, effort: f64) -> f64 {
        let effort = if self.is_stalled { effort.min(self.now) } else { effort };
        let time = ((effort - self.begin) / self.unit).max(0.0);
        self.first * (self.floor + (1.0 - self.floor) * self.shape.left(time))
    }

    /// The gap measured at this effort, with the noise at this normal score (larger is worse).
    pub fn measured_gap(&self, effort: f64, score: f64) -> f64 {
        self.gap(effort) + self.noise * score
    }

    /// The further effort until the gap is at most this: 0 if it is so already, nothing if never.
    pub fn effort_to(&self, gap: f64) -> Option<f64> {
        let left = (gap / self.first - self.floor) / (1.0 - self.floor);
        if left >= 1.0 {
            return Some(0.0);
        }
        if left <= 0.0 {
            return None;
        }
        let further = self.begin + self.shape.time(left) * self.unit - self.now;
        if further <= 0.0 {
            Some(0.0)
        } else if self.is_stalled || !further.is_finite() {
            None
        } else {
            Some(further)
        }
    }

    /// The effort spent so far.
    pub const fn now(&self) -> f64 {
        self.now
    }

    /// The standard deviation of a measurement.
    pub const fn noise(&self) -> f64 {
        self.noise
    }

    /// Whether nothing gets better from now on.
    pub const fn is_stalled(&self) -> bool {
        self.is_stalled
    }
}
