//! Quantities that cannot be mixed up: instants, spans of time, money, shares.

mod instant;
mod money;
pub mod seconds;
mod share;
mod when;

pub use instant::{Instant, SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE};
pub use money::Money;
pub use share::{Share, ShareError};
pub use when::When;
