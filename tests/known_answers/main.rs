//! The whole way, from the text of a plan to the numbers of its answer, against answers that are
//! known: textbooks, exact enumeration, closed forms, arithmetic by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod estimates;
mod exact;
mod money;
mod projects;
mod support;
mod uncertain;
