//! Documents, and places in them.
//!
//! A plan may come from several documents: the plan file, files merged with `--with`, values from
//! `--set`, standard input. A [`Span`] names the document and the bytes in it, so that a
//! diagnostic about a patched plan points into the patch.

use std::fmt;
use std::ops::Range;

/// The largest document that is read, in bytes.
pub const LARGEST_DOCUMENT: usize = 1 << 30;

/// One document: a name to show and the text.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offset at which each line begins; the first is 0.
    lines: Vec<u32>,
}

/// Why bytes are not a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// The bytes at this offset are not UTF-8; the text before is, and ends in this line.
    NotUtf8 {
        /// Offset of the first wrong byte.
        byte: usize,
        /// Its line, counted from 1.
        line: usize,
    },
    /// It holds more bytes than [`LARGEST_DOCUMENT`].
    TooLarge {
        /// How many bytes it holds.
        bytes: usize,
    },
}

impl Source {
    /// A document of this name; a byte order mark in front is dropped.
    ///
    /// # Errors
    /// [`SourceError::TooLarge`].
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Result<Self, SourceError> {
        let mut text = text.into();
        if text.len() > LARGEST_DOCUMENT {
            return Err(SourceError::TooLarge { bytes: text.len() });
        }
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        Ok(Self { name: name.into(), text, lines })
    }

    /// A document from the bytes of a file.
    ///
    /// # Errors
    /// [`SourceError`], if they are not UTF-8 or too many.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let byte = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..byte].iter().filter(|&&byte| byte == b'\n').count();
            SourceError::NotUtf8 { byte, line }
        })?;
        Self::new(name, text)
    }

    /// The name shown in diagnostics: a path, `--set`, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines it has; an empty document has one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The line, counted from 0, that holds this byte; the last one beyond the end.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|&start| start as usize <= byte).saturating_sub(1)
    }

    /// The bytes of a line counted from 0, its end of line included; empty beyond the last.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let end = self.text.len();
        let start_of = |line: usize| self.lines.get(line).map_or(end, |&start| start as usize);
        start_of(line)..start_of(line + 1)
    }

    /// Line and column of a byte as people count them, columns in characters.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.floor(byte);
        let line = self.line_of(byte);
        let start = self.line_range(line).start;
        Position { line: line + 1, column: self.text[start..byte].chars().count() + 1 }
    }

    /// The nearest character boundary at or before a byte.
    pub(super) fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// Which document of a [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// Some bytes of one document.
///
/// Ordered by document, then by place in it, which is the order of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The document.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// These bytes of a document; an end before the start is taken as the start.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |byte: usize| byte.min(LARGEST_DOCUMENT) as u32;
        let start = clamp(range.start);
        Self { source, start, end: clamp(range.end).max(start) }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Some bytes within this span, counted from its start; never beyond its end.
    #[must_use]
    pub fn within(self, part: Range<usize>) -> Self {
        let at = |byte: usize| (self.start as usize).saturating_add(byte).min(self.end as usize);
        Self::new(self.source, at(part.start)..at(part.end))
    }

    /// Whether another span lies in this one.
    pub fn contains(self, other: Self) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// The span from the start of this one to the end of another in the same document.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { end: self.end.max(other.end), ..self }
    }
}

/// The documents that make one plan, in the order they are applied.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    documents: Vec<Source>,
}

impl Sources {
    /// No documents yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document and names it.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(self.documents.len() as u32);
        self.documents.push(source);
        id
    }

    /// The document of this name; an id of another set yields `None`.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.documents.get(id.0 as usize)
    }

    /// All documents with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.documents.iter().enumerate().map(|(index, source)| (SourceId(index as u32), source))
    }

    /// The bytes of a span as text; empty if it does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).and_then(|source| source.text.get(span.range())).unwrap_or_default()
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { byte, line } => {
                write!(f, "line {line} is not UTF-8 text (byte {byte}); save the file as UTF-8")
            }
            Self::TooLarge { bytes } => {
                write!(f, "{bytes} bytes are more than a plan may hold ({LARGEST_DOCUMENT} bytes)")
            }
        }
    }
}

impl std::error::Error for SourceError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_by_line_and_column() {
        let source = Source::new("plan.toml", "a = 1\r\nñb = 2\n").unwrap();
        for (byte, line, column) in
            [(0, 1, 1), (4, 1, 5), (7, 2, 1), (8, 2, 1), (9, 2, 2), (15, 3, 1), (99, 3, 1)]
        {
            assert_eq!(source.position(byte), Position { line, column }, "byte {byte}");
        }
        assert_eq!(source.line_count(), 3);
        assert_eq!(source.line_range(1), 7..15);
        assert_eq!(source.line_range(7), 15..15);
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(Source::new("x", "\u{feff}a = 1").unwrap().text(), "a = 1");
    }

    #[test]
    fn wrong_bytes_are_named_by_place() {
        let error = Source::from_bytes("x", b"a = 1\nb = \xff".to_vec()).unwrap_err();
        assert_eq!(error, SourceError::NotUtf8 { byte: 10, line: 2 });
        assert_eq!(error.to_string(), "line 2 is not UTF-8 text (byte 10); save the file as UTF-8");
    }

    #[test]
    fn a_part_of_a_span_stays_in_it() {
        let span = Span::new(SourceId(0), 10..20);
        assert_eq!(span.within(2..5).range(), 12..15);
        assert_eq!(span.within(8..99).range(), 18..20);
        assert_eq!(span.within(usize::MAX..usize::MAX).range(), 20..20);
        assert!(span.contains(span.within(2..5)) && !span.within(2..5).contains(span));
        assert!(!span.contains(Span::new(SourceId(1), 12..13)));
    }
}
