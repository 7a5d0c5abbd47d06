//! What solutions are worth by criteria that no money measures.

use crate::model::Plan;
use crate::stats::pairwise::Weights;

/// The weights of criteria, and what solutions score by them.
#[derive(Clone, Debug, PartialEq)]
pub struct CriteriaReport {
    /// The name of each criterion and its weight; the weights add up to 1.
    pub weights: Vec<(String, f64)>,
    /// How much the comparisons contradict each other; above 0.1 too much.
    pub consistency: f64,
    /// The weighted score of each solution in file order, 0 to 10; nothing where a criterion is not scored.
    pub scores: Vec<Option<f64>>,
}

impl CriteriaReport {
    /// The scores of a plan's solutions; nothing without criteria.
    pub fn of(plan: &Plan) -> Option<Self> {
        let criteria = &plan.scoping.criteria;
        if criteria.all.is_empty() {
            return None;
        }
        let Weights { weights, consistency, .. } = criteria.pairwise.weights();
        let score = |scores: &[Option<f64>]| -> Option<f64> {
            scores.iter().zip(&weights).map(|(score, weight)| Some((*score)? * weight)).sum()
        };
        Some(Self {
            consistency,
            scores: plan.scoping.solutions.iter().map(|solution| score(&solution.scores)).collect(),
            weights: criteria.all.iter().map(|it| it.name.clone()).zip(weights).collect(),
        })
    }
}
