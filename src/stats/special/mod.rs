//! The special functions behind the distributions, on `libm` only, so that every machine
//! computes the same bits.

mod beta;
mod gamma;
mod normal;
mod root;
mod student;

pub use beta::BetaLaw;
pub use gamma::GammaLaw;
pub use normal::{normal_cdf, normal_density, normal_quantile, normal_quantile_at};
pub(in crate::stats) use root::newton_between;
pub use student::StudentLaw;
