//! Sentences about the command line.

mod outside;
mod support;
