//! Which evidence speaks for a solution, and which is missing.
//!
//! What is asked for depends on whether people are good at the data, and on whether anything like it
//! runs already (Ng, *Machine Learning in Production*): human performance for unstructured data,
//! predictive features for structured data, and the history of what exists.

use crate::model::{DataKind, Solution, SolutionKind, System};

/// One kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceItem {
    /// What it is called.
    pub name: &'static str,
    /// Whether it is asked for; else it helps.
    pub is_needed: bool,
    /// Whether it is there.
    pub is_there: bool,
}

/// What is asked for and what else is there, in order; what is neither is left out.
pub fn evidence_of(solution: &Solution) -> Vec<EvidenceItem> {
    let evidence = &solution.evidence;
    let features = evidence.features.as_ref();
    let has_single = features.is_some_and(|features| features.single.is_some());
    let has_new =
        features.is_some_and(|features| !features.new.is_empty() || features.gap_reduction.is_some());
    let is_model = solution.kind == SolutionKind::Model;
    let is_unstructured = solution.data_kind == DataKind::Unstructured;
    let is_new = solution.system == System::New;
    // A pilot says more than single features do.
    let is_foretold = has_single || evidence.pilot.is_some();
    [
        ("human performance", is_unstructured, evidence.hlp.is_some()),
        ("predictive features", is_new && !is_unstructured, is_foretold),
        ("new features", !is_new && !is_unstructured, has_new),
        ("history", !is_new, evidence.history.is_some()),
        ("benchmark", false, !evidence.benchmarks.is_empty()),
        ("pilot", false, evidence.pilot.is_some()),
    ]
    .into_iter()
    .map(|(name, is_needed, is_there)| EvidenceItem { name, is_needed: is_needed && is_model, is_there })
    .filter(|item| item.is_needed || item.is_there)
    .filter(|item| is_unstructured || item.name != "human performance")
    .collect()
}
