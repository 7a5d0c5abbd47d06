//! A milestone-and-budget planner: a library and the `plan` command.
//!
//! A plan goes through the program like text through a compiler; every arrow is a pure function
//! from one immutable value to the next, and files, clock and terminal are at the ends:
//!
//! ```text
//! text ──► model ──► network ──► samples ──► statistics ──► views
//! format             network     simulate    stats,         view
//!                                            forecast
//! ```
//!
//! Each module is a layer; `docs/architecture.md` says which layers it may use, and
//! `tests/layers.rs` holds it to that.
//!
//! # The whole way
//!
//! ```
//! use plan::forecast::{Forecast, keep};
//! use plan::format::{Request, read};
//! use plan::network::Network;
//! use plan::simulate::{Settings, simulate};
//! use plan::text::{Colour, Source, Sources};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = r#"
//! [milestone]
//! design = { duration = "2..3..6w" }
//! build = { duration = "6..8..16w", after = "design" }
//! launch = { duration = "1w", after = "build" }
//! "#;
//!
//! // Text to a plan: all mistakes of the text at once, each with its place.
//! let mut sources = Sources::new();
//! let document = sources.add(Source::new("plan.toml", text)?);
//! let (plan, _places) = read(&sources, &Request::plain(document))
//!     .into_plan()
//!     .map_err(|report| report.draw(&sources, Colour::Plain))?;
//!
//! // The plan as written: likeliest durations, 3 + 8 + 1 weeks of five working days.
//! let network = Network::of(&plan)?;
//!
//! // Ten thousand futures of it, and what they say.
//! let settings = Settings { keep: keep(&plan, &network), ..Settings::default() };
//! let samples = simulate(&plan, &network, &settings);
//! let forecast = Forecast::of(&plan, &network, &samples);
//!
//! assert_eq!(forecast.finish.deterministic.at.days, 60.0);
//! let p80 = forecast.finish.percentiles.iter().find(|listed| listed.p == 0.8);
//! assert!(p80.is_some_and(|p80| p80.low.days <= p80.at.days && p80.at.days > 60.0));
//! # Ok(())
//! # }
//! ```

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod check;
pub mod cli;
pub mod forecast;
pub mod format;
pub mod model;
pub mod network;
pub mod reference;
pub mod scope;
pub mod simulate;
pub mod stats;
pub mod text;
pub mod units;
pub mod view;
