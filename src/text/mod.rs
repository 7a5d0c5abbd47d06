//! Source text, spans, diagnostics and their drawing; knows no plan.
