//! Criteria that no money measures, by which solutions are scored.

use crate::stats::pairwise::Pairwise;

/// Something to judge solutions by, besides money.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
}

/// All criteria of a plan, and how important each is.
#[derive(Clone, Debug, PartialEq)]
pub struct Criteria {
    /// In file order.
    pub all: Vec<Criterion>,
    /// Each compared with each other, in that order.
    pub pairwise: Pairwise,
}

impl Default for Criteria {
    fn default() -> Self {
        Self { all: Vec::new(), pairwise: Pairwise::equal(0) }
    }
}
