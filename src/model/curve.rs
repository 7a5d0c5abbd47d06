//! How money that is spread flows over a milestone's span.
//!
//! With s from 0 at the start to 1 at the finish, the share that flows per s is
//!
//! ```text
//!   even    w(s) = 1              W(s) = s
//!   front   w(s) = 2 (1 − s)      W(s) = 2 s − s²
//!   back    w(s) = 2 s            W(s) = s²
//!   bell    w(s) = 6 s (1 − s)    W(s) = 3 s² − 2 s³     (the density of a Beta(2, 2))
//! ```
//!
//! and W(s) is the share that has flowed by s.

/// How money that is spread flows over a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// As much at any time.
    Even,
    /// Most at the start, nothing at the finish, along a straight line.
    Front,
    /// Nothing at the start, most at the finish, along a straight line.
    Back,
    /// Most in the middle: the density of a Beta(2, 2).
    Bell,
}

impl Curve {
    /// All curves.
    pub const ALL: [Self; 4] = [Self::Even, Self::Front, Self::Back, Self::Bell];

    /// Its word in plan files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Front => "front",
            Self::Back => "back",
            Self::Bell => "bell",
        }
    }

    /// The coefficients of its density w(s) = a + b s + c s².
    pub const fn density(self) -> [f64; 3] {
        match self {
            Self::Even => [1.0, 0.0, 0.0],
            Self::Front => [2.0, -2.0, 0.0],
            Self::Back => [0.0, 2.0, 0.0],
            Self::Bell => [0.0, 6.0, -6.0],
        }
    }

    /// The share that has flowed when this share of the span is over; 0 before it, 1 behind it.
    pub fn flowed(self, done: f64) -> f64 {
        let [a, b, c] = self.density();
        let done = done.clamp(0.0, 1.0);
        done * (a + done * (b / 2.0 + done * c / 3.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_it_has_flowed_at_the_finish_and_the_density_is_its_slope() {
        for curve in Curve::ALL {
            let [a, b, c] = curve.density();
            assert_eq!((curve.flowed(0.0), curve.flowed(-1.0)), (0.0, 0.0), "{}", curve.word());
            assert!((curve.flowed(1.0) - 1.0).abs() < 1e-15 && curve.flowed(2.0) == curve.flowed(1.0));
            for step in 1..10 {
                let (at, h) = (f64::from(step) / 10.0, 1e-6);
                let slope = (curve.flowed(at + h) - curve.flowed(at - h)) / (2.0 * h);
                assert!((slope - (a + b * at + c * at * at)).abs() < 1e-6, "{} at {at}", curve.word());
            }
        }
        let halves = Curve::ALL.map(|curve| curve.flowed(0.5));
        assert_eq!(halves, [0.5, 0.75, 0.25, 0.5]);
    }
}
