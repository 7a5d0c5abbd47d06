//! Sentences about the command line.

mod explaining;
mod outside;
mod plans;
mod schema;
mod shards;
mod support;
