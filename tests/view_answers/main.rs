//! Answers made up in `answers`, shown by every view.

mod answers;
mod data;
mod text;
