//! Sentences about the command line.

mod explaining;
mod money;
mod outside;
mod plans;
mod schema;
mod scoping;
mod shards;
mod support;
