//! Correlation: how the draws of some variables hang together.
//!
//! A Gaussian copula. Every correlated variable has a standard normal score, a weighted sum of
//! independent ones; its value is `quantile(Φ(score))`. What people write is Spearman's ρ; between
//! scores that is `2 sin(π ρ / 6)`.

use super::VariableId;

/// A standard normal that correlated variables share. Its stream is that of its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// `correlation:` and the group's key; `correlation` for what holds between all estimates.
    pub name: String,
    /// The group, by its position in [`crate::model::Plan::correlations`]; `None`: the plan's own.
    pub group: Option<usize>,
}

/// How one variable's score is mixed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    /// The variable.
    pub variable: VariableId,
    /// What its score is the sum of; the squares of the weights add up to 1.
    pub parts: Vec<(Normal, f64)>,
    /// The group whose matrix says so, by its position in [`crate::model::Plan::correlations`];
    /// `None`: factors.
    pub matrix: Option<usize>,
}

/// An independent standard normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normal {
    /// A factor: an index of [`super::Network::factors`].
    Factor(usize),
    /// The score of a variable's own uniform draw (its own, or in a matrix that of another member).
    Own(VariableId),
}

/// A matrix of correlations that no set of variables can have, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// The group, by its position in [`crate::model::Plan::correlations`].
    pub group: usize,
    /// The pair whose correlation changed most, by position among the members.
    pub pair: (usize, usize),
    /// What was written there.
    pub written: f64,
    /// What holds instead.
    pub used: f64,
}
