//! A diagnostic for machines.

use serde::Serialize;

use super::{Diagnostic, Sources, Span};

/// A diagnostic as JSON shows it; the names are stable, more may be added.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiagnosticJson {
    /// The slug of its code.
    pub code: &'static str,
    /// `error`, `warning` or `remark`.
    pub severity: &'static str,
    /// The fact.
    pub message: String,
    /// Where it is.
    pub place: PlaceJson,
    /// Other places that belong to it.
    pub related: Vec<PlaceJson>,
    /// Ways out.
    pub help: Vec<String>,
}

/// A place with its words: lines and columns from 1, columns in characters, the end exclusive.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceJson {
    /// The name of the document.
    pub file: String,
    /// The line of its first character.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// The line of the character after its last.
    pub end_line: usize,
    /// The column of the character after its last.
    pub end_column: usize,
    /// The bytes from the start of the document to its first.
    pub offset: u32,
    /// How many bytes it holds.
    pub length: u32,
    /// What is there; may be empty.
    pub label: String,
}

impl DiagnosticJson {
    /// The same diagnostic for machines.
    pub fn new(diagnostic: &Diagnostic<Span>, sources: &Sources) -> Self {
        let place = |span, label: &str| PlaceJson::new(span, label, sources);
        Self {
            code: diagnostic.code.slug(),
            severity: diagnostic.severity().word(),
            message: diagnostic.message.clone(),
            place: place(diagnostic.place, &diagnostic.label),
            related: diagnostic.related.iter().map(|other| place(other.place, &other.label)).collect(),
            help: diagnostic.help.clone(),
        }
    }
}

impl PlaceJson {
    fn new(span: Span, label: &str, sources: &Sources) -> Self {
        let source = sources.get(span.source);
        let position = |byte: u32| {
            source.map_or((1, 1), |source| {
                let position = source.position(byte as usize);
                (position.line, position.column)
            })
        };
        let ((line, column), (end_line, end_column)) = (position(span.start), position(span.end));
        Self {
            file: source.map(|source| source.name().to_owned()).unwrap_or_default(),
            line,
            column,
            end_line,
            end_column,
            offset: span.start,
            length: span.end - span.start,
            label: label.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Source};
    use super::*;

    #[test]
    fn machines_get_every_place() {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("p.toml", "ä = 1\nb = 2\n").unwrap());
        let diagnostic =
            Diagnostic::new(Code::UnknownKey, Span::new(id, 7..8), "no key").labelled("here").help("drop it");
        let json = serde_json::to_string(&DiagnosticJson::new(&diagnostic, &sources)).unwrap();
        assert_eq!(
            json,
            r#"{"code":"unknown-key","severity":"error","message":"no key","place":{"file":"p.toml","line":2,"column":1,"end_line":2,"end_column":2,"offset":7,"length":1,"label":"here"},"related":[],"help":["drop it"]}"#
        );
    }
}
