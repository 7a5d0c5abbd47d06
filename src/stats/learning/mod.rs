//! Learning curves: how far a measured quality will get, and how sure that is.
//!
//! Everything here is about *gaps*: how far a metric is from the best it can be, smaller is better
//! ([`Scale`] turns values into gaps and back). A history of gaps against effort is extrapolated by
//! Bayesian model averaging over three saturating families of curves on a fixed grid, with size and
//! noise of the curve integrated out in closed form ([`Posterior`]). There is no search, no start
//! value and no random number: probabilities are exact, and a simulated [`Curve`] is a function of
//! uniform numbers.
//!
//! ```text
//!   history ──► Posterior ──► p_curve, p_target, quantiles       exact
//!                   └───────► draw(uniforms) ──► Curve           effort to a gap, gap at an effort
//!   evidence ─► Reach ──────► draw(uniform)  ──► Curve           of a system without a history
//! ```
//!
//! Method: Domhan, Springenberg & Hutter (2015) average parametric families; the likelihood is
//! coarsened after Miller & Dunson (2019), since no family is the truth. The families are the
//! power law and the Hill curve that the benchmark LCDB 1.1 (2025) found best, and the exponential.

mod curve;
mod family;
mod features;
mod history;
mod mixture;
mod posterior;
mod reach;
mod scale;

pub use curve::Curve;
pub use family::{Family, Shape};
pub use features::{combined_auc, combined_r_squared};
pub use history::{History, HistoryError, MOST_POINTS, Point};
pub use posterior::{Cell, Floor, NothingPossible, Options, Posterior, USUAL_STALL};
pub use reach::{Reach, Similarity};
pub use scale::Scale;

#[cfg(test)]
mod tests;
