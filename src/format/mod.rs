//! Reading a plan: TOML text to a model, with the place of every key.
//!
//! ```text
//! Sources ──► tree ──► patch ──► reader ──► Plan + the place of every subject
//!             TOML     scenario   literal
//!                      --set      "8..10..20d"
//! ```

mod appended;
pub mod difference;
pub mod literal;
pub mod measurements;
pub mod patch;
mod reader;
mod schema;
mod solutions;
mod stop_lines;
pub mod tree;

pub use appended::{NewPoint, csv_with_points, history_file, with_points};
pub use reader::{Examine, Files, Places, Reading, Request, ScenarioName, forms, keys, read, read_tree};
pub use schema::schema;
pub use solutions::with_solutions;
pub use stop_lines::{NewLine, with_stop_lines};
