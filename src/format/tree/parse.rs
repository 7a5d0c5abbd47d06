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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Parsed {
        parse(SourceId::default(), text)
    }

    /// Each mistake: the text, the code, the words, the help, and whether all names were read.
    #[test]
    fn each_trap_of_toml_has_its_own_words() {
        let cases: &[(&str, &str, &str)] = &[
            ("a = 10d", "unquoted-text: a text needs quotes", "write `\"10d\"`"),
            ("a = 8..10..20d", "unquoted-text: a text needs quotes", "write `\"8..10..20d\"`"),
            ("a = x FS+2d", "unquoted-text: a text needs quotes", "write `\"x FS+2d\"`"),
            ("a = \u{201c}10d\u{201d}", "curly-quotes: curly quotes are no quotes here", "write `\"10d\"`"),
            ("\u{201c}a\u{201d} = 1", "curly-quotes: curly quotes are no quotes here", "write `a`"),
            (
                "a = \"10d\nb = 1",
                "syntax: these quotes are not closed",
                "quotes close on the line they open on",
            ),
            ("a = \"\"\"10d\n", "syntax: these quotes are not closed", "close them with `\"\"\"`"),
            ("\"a = 1", "syntax: these quotes are not closed", "quotes close on the line they open on"),
            (
                "a = \"\\q\"",
                "syntax: a backslash in double quotes begins an escape, and this is none",
                "write `\\\\` for a backslash, or the text in single quotes",
            ),
            (
                "a = \"\u{0}\"",
                "syntax: a control character can't stand in quotes",
                "write it as an escape, like `\\u0000`",
            ),
            ("a =\nb = 1", "syntax: `a` has no value", "write a value, or drop the key"),
            ("a\nb = 1", "syntax: `a` has no value", "write `a = …`"),
            ("a : 1", "syntax: a key and its value stand around `=`, not `:`", ""),
            ("a b = 1", "syntax: `=` is missing before this", "a key of several words needs quotes"),
            ("a == 1", "syntax: one `=` is enough", ""),
            ("= 1", "syntax: a key is missing here", ""),
            ("a..b = 1", "syntax: a key is missing here", ""),
            (
                "é = 1",
                "syntax: `é` is no key: letters a to z, digits, `-` and `_`",
                "a name in other letters belongs in `name = \"…\"`",
            ),
            ("a = 1 b = 2", "syntax: each key stands on a line of its own", ""),
            ("a = 'x' y", "syntax: nothing can follow on this line", "begin a new line here"),
            ("a = 1,\nb = 2", "syntax: no comma stands between lines", "drop it"),
            ("a = 'x';", "syntax: no semicolon stands between lines", "drop it"),
            ("a = 1,5", "syntax: a number has a point, not a comma", "write `1.5`"),
            ("a = 012", "syntax: a number doesn't begin with 0", "write `12`"),
            ("a = .5", "syntax: a number doesn't begin with its point", "write `0.5`"),
            ("a = 5.", "syntax: a number doesn't end in its point", "write `5`"),
            ("a = True", "syntax: `True` is written `true`", ""),
            ("a = yes", "syntax: this is no value", "write `true`"),
            ("// note", "syntax: a comment begins with `#`", ""),
            ("a = 1 // note", "unquoted-text: a text needs quotes", "a comment begins with `#`"),
            ("a = 99999999999999999999", "number-too-large: this number is too large to count with", ""),
            ("a = 1e999", "number-too-large: this number is too large to count with", ""),
            ("a = [1, 2\nb = 3\nc = 10d", "syntax: this list is not closed", "close it with `]`"),
            ("a = { b = 1\nc = 3\n", "syntax: these braces are not closed", "close them with `}`"),
            ("a = { b 1 }", "syntax: `=` is missing before this", ""),
            ("a = [1,,2]", "syntax: one comma is enough", ""),
            ("a = ['x' 'y']", "syntax: a comma is missing before this", ""),
            ("{ a = 1 }", "syntax: a line begins with a key or a header, not with this", ""),
            ("[a\nb = 1", "syntax: this header is not closed", "close it with `]`"),
            ("[]", "syntax: a key is missing here", ""),
            (
                "[[milestone]]\nid = 1",
                "list-of-tables: a header in double brackets makes a list, and a plan has only named tables",
                "write `[milestone.NAME]`, with a name for each",
            ),
            ("[a]\n[b]\n[a]", "table-twice: `[a]` is opened twice", "move these keys below the first `[a]`"),
            (
                "[a]\nb = {}\n[a.b]",
                "table-closed: a header can't add to `a.b`, which is already written in braces",
                "write its keys in the braces, or all of it below `[a.b]`",
            ),
            (
                "[a]\nb.c = 1\n[a.b]",
                "table-closed: a header can't add to `a.b`, which is already written with dots",
                "write all its keys with dots, or all of them below `[a.b]`",
            ),
            (
                "[a.b]\n[a]\nb.c = 1",
                "table-closed: a dotted key can't add to `b`, which has its own header",
                "move the key below the header of `b`",
            ),
            (
                "a = {}\na.b = 1",
                "table-closed: a dotted key can't add to `a`, which is already written in braces",
                "write the key in the braces",
            ),
            ("a = 1\na = 2", "duplicate-key: `a` is given twice", ""),
            ("a = 1\n[a]", "duplicate-key: `a` is a value already and can't be a table too", ""),
            ("a = \"x\"\rb = 1", "syntax: a lone carriage return ends no line", ""),
        ];
        for (text, said, help) in cases {
            let errors = read(text).errors;
            let all: Vec<String> =
                errors.iter().map(|error| format!("{}: {}", error.code, error.message)).collect();
            assert_eq!(all, [*said], "{text:?}");
            assert_eq!(errors[0].help.first().map_or("", String::as_str), *help, "{text:?}");
        }
    }

    #[test]
    fn every_mistake_is_said_once_and_the_rest_is_read() {
        let parsed = read("a = 10d\nb = 2\n[c]\nx = True\ny = 3\n[c]\nx = 4\nz = [1d, 2d]\n");
        let codes: Vec<_> = parsed.errors.iter().map(|error| error.code.slug()).collect();
        assert_eq!(codes, ["unquoted-text", "syntax", "table-twice", "unquoted-text", "unquoted-text"]);
        assert_eq!(parsed.table.value("b").unwrap().value, Value::Integer(2));
        assert_eq!(parsed.table.table("c").unwrap().names().collect::<Vec<_>>(), ["x", "y", "z"]);
        assert!(parsed.is_whole);
    }

    #[test]
    fn misread_names_are_owned_up_to() {
        for text in [
            "a = [1\nb = 2",
            "a = {\nb = 2",
            "é = 1",
            "[a]]",
            "[[a]]",
            "a = \"\"\"\nb = 1",
            "a = \"x\" y = 1",
        ] {
            assert!(!read(text).is_whole, "{text:?}");
        }
    }

    #[test]
    fn windows_lines_tabs_and_wide_letters_are_ordinary() {
        let parsed =
            read("[a]\r\n\tname\t=\t\"日本\"\t# note\r\nwhen = 2027-01-11\r\nlist = [\r\n1,\r\n2,\r\n]\r\n");
        assert_eq!(parsed.errors, []);
        let table = parsed.table.table("a").unwrap();
        assert_eq!(table.value("name").unwrap().value.as_text(), Some("日本"));
        assert_eq!(table.value("when").unwrap().value, Value::Date("2027-01-11".into()));
    }

    #[test]
    fn depth_is_bounded_in_every_direction() {
        let brackets = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let braces = format!("a = {}1{}", "{ a = ".repeat(100_000), "}".repeat(100_000));
        let dots = format!("{}a = 1", "a.".repeat(100_000));
        let header = format!("[{}a]", "a.".repeat(100_000));
        let mixed =
            format!("[{0}a]\n{0}a = {1}", "a.".repeat(30), format!("{{ {} = ", "a.".repeat(20)).repeat(20));
        for text in [brackets, braces, dots, header, mixed] {
            let errors = read(&text).errors;
            assert!(errors.iter().any(|error| error.code == Code::TooDeep), "{}", &text[..20]);
        }
    }

    #[test]
    fn a_single_value_knows_its_place() {
        let node = parse_value(SourceId::default(), "\"4..6..9w\"", 10).unwrap();
        assert_eq!((node.value.as_text(), node.span.range()), (Some("4..6..9w"), 10..20));
        for text in ["500k", "", "1 2", "[1", "{ a = 1", "true false"] {
            assert!(parse_value(SourceId::default(), text, 0).is_err(), "{text:?}");
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let key = || prop::sample::select(vec!["a", "b", "a.b", "b.a", "a.b.c", "c", "\"a\""]);
        let value = prop::sample::select(vec![
            "1",
            "-1_0",
            "0x1f",
            "1.5",
            "inf",
            "true",
            "'x'",
            "\"\\u00e9\"",
            "[1, [2]]",
            "{}",
            "{ a = 1 }",
            "{ a.b = 1, a.c = 2 }",
            "{ a = 1, a = 2 }",
            "2027-01-11",
            "x",
            "",
        ]);
        prop_oneof![
            (key(), value).prop_map(|(key, value)| format!("{key} = {value}\n")),
            key().prop_map(|key| format!("[{key}]\n")),
        ]
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(?s).{0,300}") {
            read(&text);
            let _ = parse_value(SourceId::default(), &text, 3);
        }

        #[test]
        fn any_arrangement_of_marks_is_read_without_panic(text in "[a-c=\\[\\]{}.,\"'#\n\r 12-]{0,60}") {
            read(&text);
            let _ = parse_value(SourceId::default(), &text, 3);
        }

        /// A second opinion: the `toml` crate accepts and refuses the same documents, and finds the
        /// same keys.
        #[test]
        fn the_toml_crate_agrees(lines in prop::collection::vec(line(), 0..8)) {
            let text = lines.concat();
            let ours = read(&text);
            match toml::de::DeTable::parse(&text) {
                Err(error) => prop_assert!(!ours.errors.is_empty(), "{text}\n{error}"),
                Ok(theirs) => {
                    prop_assert_eq!(&ours.errors, &vec![], "{}", text);
                    same(&ours.table, theirs.get_ref());
                }
            }
        }
    }

    fn same(ours: &Table, theirs: &toml::de::DeTable<'_>) {
        assert_eq!(ours.len(), theirs.len());
        for (key, value) in theirs.iter() {
            let node = ours.value(key.get_ref()).unwrap();
            match (&node.value, value.get_ref()) {
                (Value::Table(ours), toml::de::DeValue::Table(theirs)) => same(ours, theirs),
                (Value::Text(ours), toml::de::DeValue::String(theirs)) => assert_eq!(&**ours, &**theirs),
                (Value::Integer(ours), toml::de::DeValue::Integer(theirs)) => {
                    assert_eq!(Ok(*ours), i64::from_str_radix(theirs.as_str(), theirs.radix()));
                }
                (Value::List(ours), toml::de::DeValue::Array(theirs)) => assert_eq!(ours.len(), theirs.len()),
                (Value::Bool(_), toml::de::DeValue::Boolean(_))
                | (Value::Float(_), toml::de::DeValue::Float(_))
                | (Value::Date(_), toml::de::DeValue::Datetime(_)) => {}
                (ours, theirs) => panic!("{ours:?} is not {theirs:?}"),
            }
        }
    }
}
