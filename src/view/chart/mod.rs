//! Answers as pictures: SVG, 800 px wide, the same bytes for the same answer.
//!
//! Every picture is one function from an answer to a string. All of them share a drawing surface
//! (`canvas`), axes (`axis`, `ticks`), labelled lines (`flags`), a legend and the words
//! for dates and money. Shapes are drawn by plotters, text by us, because its place is known to
//! the fraction of a pixel from the metrics of the embedded font: no label is cut or covered.
//!
//! ```
//! use plan::view::{chart, png};
//! # fn picture(forecast: &plan::forecast::Forecast) -> Result<Vec<u8>, png::PngError> {
//! let svg = chart::timeline(forecast, None);
//! png::png(&svg, 2.0)
//! # }
//! ```

mod axis;
mod bars;
mod burndown;
mod canvas;
mod cashflow;
mod comparison;
mod distribution;
mod extrapolation;
mod feasibility;
mod flags;
mod frontier;
mod joint;
mod labels;
mod legend;
mod net_drivers;
mod npv;
mod palette;
mod portfolio;
mod process;
mod rows;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_drivers;
mod scoping;
#[cfg(test)]
mod tests;
mod ticks;
mod timeline;
mod tornado;
mod tradeoff;
mod value_effort;
mod waterfall;
mod words;

pub use burndown::burndown;
pub use cashflow::cashflow;
pub use comparison::comparison;
pub use distribution::{budget, finish};
pub use extrapolation::extrapolation;
pub use feasibility::feasibility;
pub use frontier::frontier;
pub use joint::joint;
pub use net_drivers::net_drivers;
pub use npv::npv;
pub use portfolio::portfolio;
pub use process::process;
pub use timeline::timeline;
pub use tornado::tornado;
pub use tradeoff::{differences, tradeoff};
pub use value_effort::value_effort;
pub use waterfall::waterfall;
