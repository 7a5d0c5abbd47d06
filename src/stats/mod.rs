//! Pure numbers: distributions, quantile tables, sorted values, intervals. Has never heard of a milestone.

mod checks;
pub mod correlation;
mod distribution;
mod law;
pub mod learning;
mod level;
mod moments;
pub mod pairwise;
pub mod sample;
pub mod special;
pub mod table;
mod trigen;
mod unit;

pub use checks::DistributionError;
pub use distribution::{Distribution, Shape};
pub use law::{Law, Part};
pub use level::Level;
pub use moments::Moments;
pub use table::{ScoreTable, StepTable, UnitTable};
pub use unit::{Atom, Exact, Unit, UnitShape};
