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

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod check;
pub mod cli;
pub mod forecast;
pub mod format;
pub mod model;
pub mod network;
pub mod reference;
pub mod simulate;
pub mod stats;
pub mod text;
pub mod units;
pub mod view;
