//! Source text, spans, diagnostics and their drawing; knows no plan.

mod code;
mod diagnostic;
mod draw;
mod json;
mod report;
mod source;
mod suggest;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Related};
pub use draw::{Colour, draw};
pub use json::{DiagnosticJson, PlaceJson};
pub use report::Report;
pub use source::{LARGEST_DOCUMENT, Position, Source, SourceError, SourceId, Sources, Span};
pub use suggest::{did_you_mean, suggest};
