//! Sentences about the command line.

mod applying;
mod canvases;
mod choosing;
mod diffs;
mod explaining;
mod histories;
mod money;
mod outside;
mod plans;
mod revisions;
mod schema;
mod scope_pictures;
mod scoping;
mod shards;
mod support;
