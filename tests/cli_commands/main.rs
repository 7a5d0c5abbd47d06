//! Sentences about the command line.

mod outside;
mod plans;
mod schema;
mod shards;
mod support;
