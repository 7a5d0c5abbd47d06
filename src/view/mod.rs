//! Answers as text, Markdown, JSON, CSV and pictures; returns strings.
//!
//! A view computes nothing the answer should have held, so that all of them agree. Rounding
//! happens here and nowhere else; colour is a [`Palette`] that the caller chooses.

mod cells;
pub mod chart;
mod choosing;
mod columns;
pub mod csv;
mod decisions;
mod diffing;
mod driving;
mod flowing;
mod fonts;
pub mod json;
pub mod markdown;
mod needs;
pub mod page;
mod palette;
pub mod png;
pub mod reading;
mod replaying;
mod reserving;
mod scoping;
mod sequences;
mod sets;
mod solution;
mod spark;
mod table;
pub mod text;
mod together;
pub mod words;

pub use palette::Palette;
