//! Source text, spans, diagnostics and their drawing; knows no plan.

/// A remark on a plan at a place.
#[derive(Clone, Debug)]
pub struct Diagnostic<P> {
    /// Where.
    pub place: P,
}
