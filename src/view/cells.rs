//! The table of feasibility: new or existing, unstructured or structured.

use crate::model::{DataKind, SolutionKind, System};
use crate::scope::{Assessment, ScopeReport};

/// Its columns, with their names.
pub(super) const COLUMNS: [(DataKind, &str); 2] =
    [(DataKind::Unstructured, "unstructured data"), (DataKind::Structured, "structured data")];
/// Its rows, with their names.
pub(super) const ROWS: [(System, &str); 2] = [(System::New, "new"), (System::Existing, "existing")];

/// The models in one of its cells, in file order.
pub(super) fn models(
    report: &ScopeReport,
    data_kind: DataKind,
    system: System,
) -> impl Iterator<Item = &Assessment> {
    let is_here = move |it: &&Assessment| {
        it.kind == SolutionKind::Model && it.data_kind == data_kind && it.system == system
    };
    report.solutions.iter().filter(is_here)
}

/// The solutions that are no models: the table asks nothing of them.
pub(super) fn others(report: &ScopeReport) -> impl Iterator<Item = &Assessment> {
    report.solutions.iter().filter(|it| it.kind != SolutionKind::Model)
}
