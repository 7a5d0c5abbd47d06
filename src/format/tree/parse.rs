//! From text to the tree: TOML 1.1, every mistake in one run.
//!
//! `toml_parser` cuts the text into events and recovers from mistakes; what the events mean, and
//! what to say about the mistakes, is settled here and in `draft` and `words`. A value that is not
//! understood becomes [`Value::Broken`], so that nothing more is said about it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use toml_parser::decoder::ScalarKind;
use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace};
use toml_parser::{ParseError, Source};

use super::draft::{Draft, TableId};
use super::words;
use super::{DEEPEST, Key, Node, Table, Value};
use crate::text::{Code, Diagnostic, SourceId, Span};

/// What became of a document.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// What could be read.
    pub table: Table,
    /// What could not, in the order of the text.
    pub errors: Vec<Diagnostic<Span>>,
    /// Whether every key of the text is in the table (its value may be [`Value::Broken`]); if not,
    /// a name that seems to be missing may only have been misread.
    pub is_whole: bool,
    /// Where a list or braces begin that are never closed: what stands behind belongs elsewhere.
    pub sound_until: usize,
}

/// Reads a TOML document.
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let (events, errors) = events(text, toml_parser::parser::parse_document);
    let root = Span::new(source, 0..0);
    let mut builder =
        Builder { source, base: 0, text, events: &events, at: 0, draft: Draft::new(0, root), is_whole: true };
    let mut table = Draft::ROOT;
    while let Some(event) = builder.next() {
        match event.kind() {
            EventKind::StdTableOpen => table = builder.header(&event, false),
            EventKind::ArrayTableOpen => table = builder.header(&event, true),
            EventKind::SimpleKey => builder.assignment(&event, table, 0),
            EventKind::Error => builder.is_whole = false,
            _ => {}
        }
    }
    let is_whole = builder.is_whole && !errors.iter().any(is_unclosed);
    let (table, mut said) = builder.draft.finish();
    let swallowed = swallowed(&errors);
    let causes = errors.iter().filter(|error| !is_consequence(error, swallowed));
    said.extend(causes.map(|error| words::arrangement(text, error, |range| Span::new(source, range))));
    Parsed { table, errors: first_of_each_line(text, said, swallowed), is_whole, sound_until: swallowed }
}

/// Reads a single TOML value that stands at these bytes of a document.
///
/// # Errors
/// What is wrong with it.
pub fn parse_value(source: SourceId, text: &str, base: usize) -> Result<Node, Vec<Diagnostic<Span>>> {
    let (events, errors) = events(text, toml_parser::parser::parse_value);
    let whole = Span::new(source, base..base + text.len());
    let mut builder =
        Builder { source, base, text, events: &events, at: 0, draft: Draft::new(0, whole), is_whole: true };
    let value = builder.value("", 0);
    let rest = events[builder.at..].iter().any(|event| !is_blank(event.kind()));
    let mut said = builder.draft.finish().1;
    said.extend(errors.iter().map(|error| {
        words::arrangement(text, error, |range| Span::new(source, base + range.start..base + range.end))
    }));
    if said.is_empty() && rest {
        said.push(Diagnostic::new(Code::Syntax, whole, "one value was expected"));
    }
    if said.is_empty() { Ok(value) } else { Err(said) }
}

type Parser = fn(
    &[toml_parser::lexer::Token],
    &mut dyn toml_parser::parser::EventReceiver,
    &mut dyn toml_parser::ErrorSink,
);

fn events(text: &str, parser: Parser) -> (Vec<Event>, Vec<ParseError>) {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
    let mut errors: Vec<ParseError> = Vec::new();
    let mut checked = ValidateWhitespace::new(&mut events, source);
    let mut guarded = RecursionGuard::new(&mut checked, DEEPEST as u32);
    parser(&tokens, &mut guarded, &mut errors);
    (events, errors)
}

fn is_blank(kind: EventKind) -> bool {
    matches!(kind, EventKind::Whitespace | EventKind::Newline | EventKind::Comment)
}

struct Builder<'a> {
    source: SourceId,
    /// Bytes of the document before the text.
    base: usize,
    text: &'a str,
    events: &'a [Event],
    at: usize,
    draft: Draft,
    is_whole: bool,
}

impl Builder<'_> {
    fn next(&mut self) -> Option<Event> {
        let event = self.events.get(self.at).copied();
        self.at += 1;
        event
    }

    fn peek(&self) -> Option<EventKind> {
        self.events.get(self.at).map(Event::kind)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.base + range.start..self.base + range.end)
    }

    fn span_of(&self, event: &Event) -> Span {
        self.span(event.span().start()..event.span().end())
    }

    /// Reads a header up to its bracket and opens its table.
    fn header(&mut self, open: &Event, is_list: bool) -> TableId {
        let mut path = Vec::new();
        let mut end = open.span().end();
        while let Some(kind) = self.peek() {
            match kind {
                EventKind::SimpleKey => {
                    let event = self.events[self.at];
                    self.at += 1;
                    path.extend(self.key(&event));
                    end = event.span().end();
                }
                EventKind::StdTableClose | EventKind::ArrayTableClose => {
                    end = self.events[self.at].span().end();
                    self.at += 1;
                    break;
                }
                EventKind::Newline => break,
                _ => self.at += 1,
            }
        }
        let header = self.span(open.span().start()..end);
        if is_list {
            self.draft.errors.push(words::list_of_tables(&path, header));
        }
        if is_list || path.is_empty() {
            self.is_whole = false;
            return self.draft.nowhere(header);
        }
        self.draft.open(&path, header)
    }

    /// Reads the rest of `a.b = value` after its first key and sets it below a table.
    fn assignment(&mut self, first: &Event, table: TableId, depth: usize) {
        let mut path: Vec<Key> = self.key(first).into_iter().collect();
        let mut is_sound = !path.is_empty();
        let mut end = first.span().end();
        loop {
            self.skip_blanks_on_line();
            match self.peek() {
                Some(EventKind::KeySep) => self.at += 1,
                Some(EventKind::SimpleKey) if self.is_dotted() => {
                    let event = self.events[self.at];
                    self.at += 1;
                    end = event.span().end();
                    let key = self.key(&event);
                    is_sound &= key.is_some();
                    path.extend(key);
                }
                Some(EventKind::KeyValSep) => {
                    self.at += 1;
                    break;
                }
                _ => {
                    // "key with no value" has been said.
                    if is_sound {
                        let span = self.span(first.span().start()..end);
                        self.draft.set(table, &path, Node { span, value: Value::Broken });
                    }
                    return;
                }
            }
        }
        let name = self.text.get(first.span().start()..end).unwrap_or_default().to_owned();
        let value = self.value(&name, depth + 1);
        if is_sound {
            self.draft.set(table, &path, value);
        } else {
            self.is_whole = false;
        }
    }

    /// Whether the key that comes next continues the one before: a dot lies between.
    fn is_dotted(&self) -> bool {
        let before = self.events[..self.at].iter().rev().find(|event| !is_blank(event.kind()));
        before.is_some_and(|event| event.kind() == EventKind::KeySep)
    }

    fn skip_blanks_on_line(&mut self) {
        while self.peek() == Some(EventKind::Whitespace) {
            self.at += 1;
        }
    }

    fn key(&mut self, event: &Event) -> Option<Key> {
        let span = self.span_of(event);
        let raw = Source::new(self.text).get(event)?;
        let mut name = Cow::Borrowed("");
        let mut errors: Vec<ParseError> = Vec::new();
        raw.decode_key(&mut name, &mut errors);
        match errors.first() {
            None => Some(Key { name: Arc::from(&*name), span }),
            Some(error) => {
                self.draft.errors.push(words::key(raw.as_str(), error, span));
                self.is_whole = false;
                None
            }
        }
    }

    /// Reads a value; recursion is bounded by the guard of the parser.
    fn value(&mut self, key: &str, depth: usize) -> Node {
        self.skip_blanks_on_line();
        let Some(event) = self.events.get(self.at).copied() else {
            let end = self.text.len();
            return Node { span: self.span(end..end), value: Value::Broken };
        };
        match event.kind() {
            EventKind::Scalar => {
                self.at += 1;
                self.scalar(key, &event)
            }
            EventKind::ArrayOpen => self.list(key, depth),
            EventKind::InlineTableOpen => self.braces(depth),
            EventKind::Error => {
                // An `=` too many: the value behind it is not to be read as a line of its own.
                self.at += 1;
                self.value(key, depth)
            }
            _ => Node { span: self.span_of(&event), value: Value::Broken },
        }
    }

    fn scalar(&mut self, key: &str, event: &Event) -> Node {
        let span = self.span_of(event);
        let broken = Node { span, value: Value::Broken };
        let Some(raw) = Source::new(self.text).get(event) else { return broken };
        let mut text = Cow::Borrowed("");
        let mut errors: Vec<ParseError> = Vec::new();
        let kind = raw.decode_scalar(&mut text, &mut errors);
        if let Some(error) = errors.first() {
            let at = error.unexpected().map_or(span, |at| self.span(at.start()..at.end()));
            // The parser makes up an empty value where it has complained already.
            let is_said = raw.is_empty() && event.span().start() > 0 && self.is_after_error();
            let mut rest = self.events[self.at..].iter();
            let next = rest.find(|event| event.kind() != EventKind::Whitespace).map(Event::span);
            let next = next.and_then(|next| self.text.get(next.start()..next.end()));
            self.is_whole &= !raw.as_str().contains('\n');
            if !is_said {
                self.draft.errors.push(words::scalar(key, raw.as_str(), next, error, span, at));
            }
            return broken;
        }
        let value = match kind {
            ScalarKind::String => Value::Text(Arc::from(&*text)),
            ScalarKind::Boolean(value) => Value::Bool(value),
            ScalarKind::DateTime => Value::Date(Arc::from(&*text)),
            ScalarKind::Float => match text.parse::<f64>() {
                Ok(number) if number.is_infinite() && !text.contains("inf") => return self.too_large(span),
                Ok(number) => Value::Float(number),
                Err(_) => return broken,
            },
            ScalarKind::Integer(radix) => match i64::from_str_radix(&text, radix.value()) {
                Ok(number) => Value::Integer(number),
                Err(_) => return self.too_large(span),
            },
        };
        Node { span, value }
    }

    fn is_after_error(&self) -> bool {
        let before =
            self.events[..self.at.saturating_sub(1)].iter().rev().find(|event| !is_blank(event.kind()));
        before.is_some_and(|event| event.kind() == EventKind::Error)
    }

    fn too_large(&mut self, span: Span) -> Node {
        self.draft.errors.push(words::number_too_large(span));
        Node { span, value: Value::Broken }
    }

    fn list(&mut self, key: &str, depth: usize) -> Node {
        let open = self.events[self.at].span();
        self.at += 1;
        let mut items = Vec::new();
        let mut end = open.end();
        while let Some(event) = self.events.get(self.at).copied() {
            end = event.span().end();
            match event.kind() {
                EventKind::ArrayClose => {
                    self.at += 1;
                    break;
                }
                EventKind::Scalar | EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    items.push(self.value(key, depth + 1));
                }
                _ => self.at += 1,
            }
        }
        let span = self.span(open.start()..end);
        Node { span, value: self.bounded(depth, span, Value::List(items.into())) }
    }

    fn braces(&mut self, depth: usize) -> Node {
        let open = self.events[self.at].span();
        self.at += 1;
        let start = self.span(open.start()..open.end());
        let mut inner = Draft::new(depth.min(DEEPEST), start);
        std::mem::swap(&mut self.draft, &mut inner);
        let mut end = open.end();
        while let Some(event) = self.next() {
            end = event.span().end();
            match event.kind() {
                EventKind::InlineTableClose => break,
                EventKind::SimpleKey => self.assignment(&event, Draft::ROOT, depth),
                _ => {}
            }
        }
        std::mem::swap(&mut self.draft, &mut inner);
        let (table, errors) = inner.finish();
        self.draft.errors.extend(errors);
        let span = self.span(open.start()..end);
        Node { span, value: self.bounded(depth, span, Value::Table(Arc::new(table))) }
    }

    /// The value, unless it stands too deep.
    fn bounded(&mut self, depth: usize, span: Span, value: Value) -> Value {
        if depth < DEEPEST {
            return value;
        }
        self.draft.errors.push(words::too_deep(span));
        Value::Broken
    }
}

/// Where a list or braces that are never closed begin to swallow the rest of the text.
fn swallowed(errors: &[ParseError]) -> usize {
    errors.iter().filter(|error| is_unclosed(error)).map(start_of).min().unwrap_or(usize::MAX)
}

fn start_of(error: &ParseError) -> usize {
    error.context().map_or(0, |context| context.start())
}

fn is_unclosed(error: &ParseError) -> bool {
    matches!(error.description(), "unclosed array" | "unclosed inline table")
}

/// Whether an error only follows from a list or braces that are not closed.
fn is_consequence(error: &ParseError, swallowed: usize) -> bool {
    let place = error.unexpected().or(error.context()).map_or(0, |span| span.start());
    if is_unclosed(error) { start_of(error) != swallowed } else { place > swallowed }
}

/// The errors in order, without those that only follow from the one before on their line or from
/// a list that swallows the rest of the document.
fn first_of_each_line(
    text: &str,
    mut errors: Vec<Diagnostic<Span>>,
    swallowed: usize,
) -> Vec<Diagnostic<Span>> {
    errors.sort_by_key(|error| (error.place.start, error.place.end));
    let mut last_end = None;
    errors.retain(|error| {
        let start = error.place.start as usize;
        if start > swallowed {
            return false;
        }
        let is_on_same_line =
            last_end.is_some_and(|end: usize| start < end || !text[end..start].contains('\n'));
        if matches!(error.code, Code::Syntax | Code::TooDeep) && is_on_same_line {
            return false;
        }
        last_end = Some((error.place.end as usize).max(last_end.unwrap_or(0)).min(text.len()));
        true
    });
    errors
}

#[cfg(test)]
mod tests;
