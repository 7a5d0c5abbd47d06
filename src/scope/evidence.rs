//! Which evidence speaks for a solution, and which is missing.
//!
//! What is asked for depends on whether people are good at the data, and on whether anything like it
//! runs already (Ng, *Machine Learning in Production*): human performance for unstructured data,
//! predictive features for structured data, and the history of what exists.

use crate::model::{DataKind, Solution, SolutionKind, System};

const PEOPLE: &str = "human performance";
const FEATURES: &str = "predictive features";
const NEW_FEATURES: &str = "new features";
const HISTORY: &str = "history";

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

/// What is asked for of a model, by what its data is like and whether it starts afresh.
pub const fn evidence_asked_for(data_kind: DataKind, system: System) -> &'static [&'static str] {
    match (data_kind, system) {
        (DataKind::Unstructured, System::New) => &[PEOPLE],
        (DataKind::Unstructured, System::Existing) => &[PEOPLE, HISTORY],
        (DataKind::Structured, System::New) => &[FEATURES],
        (DataKind::Structured, System::Existing) => &[NEW_FEATURES, HISTORY],
    }
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
    let asked = evidence_asked_for(solution.data_kind, solution.system);
    // A pilot says more than single features do.
    let is_foretold = has_single || evidence.pilot.is_some();
    [
        (PEOPLE, evidence.hlp.is_some()),
        (FEATURES, is_foretold),
        (NEW_FEATURES, has_new),
        (HISTORY, evidence.history.is_some()),
        ("benchmark", !evidence.benchmarks.is_empty()),
        ("pilot", evidence.pilot.is_some()),
    ]
    .into_iter()
    .map(|(name, is_there)| EvidenceItem { name, is_needed: asked.contains(&name) && is_model, is_there })
    .filter(|item| item.is_needed || item.is_there)
    .filter(|item| is_unstructured || item.name != PEOPLE)
    .collect()
}
