//! Rules about the choice between solutions.

use crate::model::{CriterionId, Plan, Subject};
use crate::stats::pairwise::INCONSISTENT;
use crate::text::{Code, Diagnostic};

/// Finds comparisons of criteria that contradict each other.
pub(super) fn inconsistent_pairwise(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let criteria = &plan.scoping.criteria;
    let weights = criteria.pairwise.weights();
    let worst = criteria.pairwise.worst(&weights).filter(|_| weights.consistency > INCONSISTENT);
    let Some((one, other, said)) = worst else { return Vec::new() };
    let name = |at: usize| &criteria.all[at].key;
    let message = format!(
        "these comparisons contradict each other: a consistency ratio of {:.2}, more than {INCONSISTENT}",
        weights.consistency
    );
    let help = format!(
        "furthest off is `{}` beside `{}`: {:.2} times as important, and the others come to {said:.2}",
        name(one),
        name(other),
        criteria.pairwise.ratio(one, other)
    );
    let subject = Subject::Criterion(CriterionId::new(one));
    vec![Diagnostic::new(Code::InconsistentPairwise, subject, message).help(help)]
}
