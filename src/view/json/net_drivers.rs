//! What the worth of a solution goes with.

use serde::Serialize;

use crate::scope::{NetDriver, NetDriverKind};

use super::share;

#[derive(Serialize)]
pub(super) struct DriverJson<'a> {
    kind: &'static str,
    factor: Option<&'a str>,
    correlation: f64,
    runs: usize,
    may_be_chance: bool,
}

impl<'a> DriverJson<'a> {
    pub(super) fn new(it: &'a NetDriver) -> Self {
        let factor = match &it.kind {
            NetDriverKind::Factor { key, .. } => Some(key.as_str()),
            _ => None,
        };
        Self {
            kind: it.kind.word(),
            factor,
            correlation: share(it.correlation),
            runs: it.runs,
            may_be_chance: it.may_be_chance,
        }
    }
}
