//! What is wrong with a document, in our own words; TOML's traps above all.

use std::ops::Range;

use toml_parser::{Expected, ParseError};

use super::super::literal::date;
use super::{DEEPEST, Key};
use crate::text::{Code, Diagnostic, Span};

type Error = Diagnostic<Span>;

fn dotted(path: &[Key]) -> String {
    path.iter().map(|key| &*key.name).collect::<Vec<_>>().join(".")
}

pub(super) fn duplicate(name: &str, again: Span, first: Span) -> Error {
    Error::new(Code::DuplicateKey, again, format!("`{name}` is given twice"))
        .labelled("again here")
        .related(first, "first here")
}

pub(super) fn table_twice(path: &[Key], again: Span, first: Span) -> Error {
    let path = dotted(path);
    Error::new(Code::TableTwice, again, format!("`[{path}]` is opened twice"))
        .labelled("again here")
        .related(first, "first here")
        .help(format!("move these keys below the first `[{path}]`"))
}

pub(super) fn header_for_inline(path: &[Key], header: Span, first: Span) -> Error {
    let path = dotted(path);
    Error::new(
        Code::TableClosed,
        header,
        format!("a header can't add to `{path}`, which is already written in braces"),
    )
    .labelled("opened again here")
    .related(first, "complete here")
    .help(format!("write its keys in the braces, or all of it below `[{path}]`"))
}

pub(super) fn header_for_dotted(path: &[Key], header: Span, first: Span) -> Error {
    let path = dotted(path);
    Error::new(
        Code::TableClosed,
        header,
        format!("a header can't add to `{path}`, which is already written with dots"),
    )
    .labelled("opened again here")
    .related(first, "begun here")
    .help(format!("write all its keys with dots, or all of them below `[{path}]`"))
}

pub(super) fn dotted_for_header(path: &[Key], key: Span, first: Span) -> Error {
    let path = dotted(path);
    Error::new(
        Code::TableClosed,
        key,
        format!("a dotted key can't add to `{path}`, which has its own header"),
    )
    .labelled("added to here")
    .related(first, "its header")
    .help(format!("move the key below the header of `{path}`"))
}

pub(super) fn dotted_for_inline(path: &[Key], key: Span, first: Span) -> Error {
    let path = dotted(path);
    Error::new(
        Code::TableClosed,
        key,
        format!("a dotted key can't add to `{path}`, which is already written in braces"),
    )
    .labelled("added to here")
    .related(first, "complete here")
    .help("write the key in the braces")
}

pub(super) fn header_for_value(path: &[Key], header: Span, first: Span) -> Error {
    let path = dotted(path);
    Error::new(Code::DuplicateKey, header, format!("`{path}` is a value already and can't be a table too"))
        .labelled("a table here")
        .related(first, "a value here")
}

pub(super) fn too_deep(span: Span) -> Error {
    Error::new(Code::TooDeep, span, format!("tables and lists stand in each other at most {DEEPEST} deep"))
}

pub(super) fn list_of_tables(path: &[Key], header: Span) -> Error {
    let path = dotted(path);
    let help = if path.contains('.') {
        format!("write `[{path}]`")
    } else {
        format!("write `[{path}.NAME]`, with a name for each")
    };
    Error::new(
        Code::ListOfTables,
        header,
        "a header in double brackets makes a list, and a plan has only named tables",
    )
    .help(help)
}

pub(super) fn number_too_large(span: Span) -> Error {
    Error::new(Code::NumberTooLarge, span, "this number is too large to count with")
}

/// What is wrong with a value that was not understood.
///
/// `next` is what the parser found behind it, `at` the place within it that the parser stumbled on.
pub(super) fn scalar(
    key: &str,
    raw: &str,
    next: Option<&str>,
    error: &ParseError,
    span: Span,
    at: Span,
) -> Error {
    let first = raw.chars().next();
    let description = error.description();
    let syntax = |message: &str| Error::new(Code::Syntax, at, message);
    match first {
        None => Error::new(Code::Syntax, span, format!("`{key}` has no value"))
            .help("write a value, or drop the key"),
        Some('"' | '\'') if is_unclosed(error, raw) => unclosed_quotes(raw, span),
        Some('"')
            if description.contains("escape")
                || description.contains("unicode")
                || description == "invalid value" =>
        {
            syntax("a backslash in double quotes begins an escape, and this is none")
                .help("write `\\\\` for a backslash, or the text in single quotes")
        }
        Some('"' | '\'') => {
            syntax("a control character can't stand in quotes").help("write it as an escape, like `\\u0000`")
        }
        _ if raw.contains(CURLY) => Error::new(Code::CurlyQuotes, span, "curly quotes are no quotes here")
            .help(format!("write `{}`", quoted(raw.trim_matches(CURLY)))),
        // The parser takes `1 b` in `a = 1 b = 2` for one word.
        _ if next == Some("=") => Error::new(Code::Syntax, span, "each key stands on a line of its own"),
        _ => bare(raw, span),
    }
}

fn unclosed_quotes(raw: &str, span: Span) -> Error {
    let error = Error::new(Code::Syntax, span, "these quotes are not closed");
    match raw.get(..3) {
        Some(quotes @ ("\"\"\"" | "'''")) => error.help(format!("close them with `{quotes}`")),
        _ => error.help("quotes close on the line they open on"),
    }
}

/// Quotes that word processors make of straight ones.
const CURLY: [char; 9] =
    ['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}', '`'];

fn is_unclosed(error: &ParseError, raw: &str) -> bool {
    let closing = matches!(error.expected(), Some([Expected::Literal("\"" | "'")]));
    closing || (raw.len() == 1 && error.description().starts_with("invalid"))
}

fn bare(raw: &str, span: Span) -> Error {
    let number = |message: &str, instead: String| {
        Error::new(Code::Syntax, span, message).help(format!("write `{instead}`"))
    };
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    match raw.to_ascii_lowercase().as_str() {
        word @ ("true" | "false") => {
            return Error::new(Code::Syntax, span, format!("`{raw}` is written `{word}`"));
        }
        "yes" | "on" => return number("this is no value", "true".into()),
        "no" | "off" => return number("this is no value", "false".into()),
        _ => {}
    }
    if digits(raw) && raw.starts_with('0') {
        let plain = raw.trim_start_matches(['0', '_']);
        return number(
            "a number doesn't begin with 0",
            if plain.is_empty() { "0".into() } else { plain.into() },
        );
    }
    if let Some(fraction) = raw.strip_prefix('.').filter(|rest| digits(rest)) {
        return number("a number doesn't begin with its point", format!("0.{fraction}"));
    }
    if let Some(whole) = raw.strip_suffix('.').filter(|rest| digits(rest)) {
        return number("a number doesn't end in its point", whole.into());
    }
    if let Some((whole, fraction)) = raw.split_once(',').filter(|(a, b)| digits(a) && digits(b)) {
        return number("a number has a point, not a comma", format!("{whole}.{fraction}"));
    }
    if raw.matches(['.', '/', '-']).count() == 2
        && raw.bytes().all(|byte| byte.is_ascii_digit() || b"./-".contains(&byte))
        && let Err(slip) = date(raw)
    {
        let error = Error::new(slip.code, span, slip.message);
        return slip.help.into_iter().fold(error, Error::help);
    }
    let error = Error::new(Code::UnquotedText, span, "a text needs quotes");
    match raw.split_once("//") {
        Some((value, _)) => error.help("a comment begins with `#`").help_if(
            (!value.trim().is_empty()).then(|| format!("a text is written `{}`", quoted(value.trim()))),
        ),
        None => error.help(format!("write `{}`", quoted(raw))),
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{text}'") } else { format!("\"{text}\"") }
}

/// What is wrong with a key.
pub(super) fn key(raw: &str, error: &ParseError, span: Span) -> Error {
    if raw.is_empty() {
        return Error::new(Code::Syntax, span, "a key is missing here");
    }
    if raw.contains(CURLY) {
        return Error::new(Code::CurlyQuotes, span, "curly quotes are no quotes here")
            .help(format!("write `{}`", raw.trim_matches(CURLY)));
    }
    if raw.starts_with("//") {
        return Error::new(Code::Syntax, span, "a comment begins with `#`");
    }
    if let Some(name) = raw.strip_suffix(':') {
        return Error::new(Code::Syntax, span, "a key and its value stand around `=`, not `:`")
            .help(format!("write `{name} = …`"));
    }
    if raw.starts_with(['"', '\'']) && is_unclosed(error, raw) {
        return unclosed_quotes(raw, span);
    }
    if raw.starts_with(['"', '\'']) {
        return Error::new(Code::Syntax, span, expected(error));
    }
    Error::new(Code::Syntax, span, format!("`{raw}` is no key: letters a to z, digits, `-` and `_`"))
        .help("a name in other letters belongs in `name = \"…\"`")
}

/// What is wrong with the arrangement: an error of the parser at a place of the text.
pub(super) fn arrangement(text: &str, error: &ParseError, at: impl Fn(Range<usize>) -> Span) -> Error {
    // The parser's places may lie beyond the end.
    let floor =
        |byte: usize| (0..=byte.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let range = |span: toml_parser::Span| floor(span.start())..floor(span.end().max(span.start()));
    let place = error.unexpected().or(error.context()).map(range).unwrap_or_default();
    let context = error.context().map(range).unwrap_or_else(|| place.clone());
    let here = at(place.clone());
    let syntax = |message: &str| Error::new(Code::Syntax, here, message);
    let line_start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let next = text[place.start..].chars().next();
    match error.description() {
        "unclosed array" => {
            Error::new(Code::Syntax, at(context), "this list is not closed").help("close it with `]`")
        }
        "unclosed inline table" if has_open_list(rest_of_line(text, context.start)) => {
            Error::new(Code::Syntax, at(context), "a list in these braces is not closed")
                .help("close it with `]`")
        }
        "unclosed inline table" if rest_of_line(text, context.start).matches('"').count() % 2 == 1 => {
            Error::new(Code::Syntax, at(context), "a quote is missing in these braces")
                .help("every text begins and ends with `\"`")
        }
        "unclosed inline table" => {
            Error::new(Code::Syntax, at(context), "these braces are not closed").help("close them with `}`")
        }
        "unclosed table" => {
            Error::new(Code::Syntax, at(context), "this header is not closed").help("close it with `]`")
        }
        "unclosed array table" => Error::new(Code::Syntax, at(context), "this header is not closed"),
        "key with no value" if line.trim_start().starts_with("//") => syntax("a comment begins with `#`"),
        "key with no value" if next == Some(':') => syntax("a key and its value stand around `=`, not `:`"),
        "key with no value" if matches!(next, None | Some('\r' | '\n' | '#' | ',' | '}')) => {
            let key = text[line_start..place.start].trim();
            syntax(&format!("`{key}` has no value")).help(format!("write `{key} = …`"))
        }
        "key with no value" => {
            syntax("`=` is missing before this").help("a key of several words needs quotes")
        }
        "unexpected key or value" if is_decimal_comma(text, place.start) => {
            let (whole, fraction) = around(text, place.start);
            syntax("a number has a point, not a comma")
                .help(format!("write `{}.{fraction}`", whole.replace('.', "_")))
        }
        "unexpected key or value" if next == Some(',') => {
            syntax("no comma stands between lines").help("drop it")
        }
        "unexpected key or value" if next == Some(';') => {
            syntax("no semicolon stands between lines").help("drop it")
        }
        "unexpected key or value" => syntax("nothing can follow on this line").help("begin a new line here"),
        "missing assignment between key-value pairs" | "missing value for key" => {
            syntax("`=` is missing before this")
        }
        "missing key for inline table element" => syntax("a key is missing before this"),
        "extra `=`" | "extra assignment between key-value pairs" => syntax("one `=` is enough"),
        "extra comma in array" | "extra comma in inline table" => syntax("one comma is enough"),
        "missing comma between array elements" | "missing comma between key-value pairs"
            if line.matches('"').count() % 2 == 1 =>
        {
            syntax("a quote is missing on this line").help("every text begins and ends with `\"`")
        }
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            syntax("a comma is missing before this")
        }
        "unexpected `=` in array" => {
            syntax("a list holds values, not keys").help("keys stand in braces: `{ key = value }`")
        }
        "invalid key-value pair" => syntax("a line begins with a key or a header, not with this"),
        description if description.contains("recursion") || description.contains("cannot recurse") => {
            too_deep(here)
        }
        "carriage return must be followed by newline" => syntax("a lone carriage return ends no line"),
        "invalid comment character" => syntax("a control character can't stand in a comment"),
        _ => Error::new(Code::Syntax, here, expected(error)),
    }
}

/// The text from a place to the end of its line.
fn rest_of_line(text: &str, at: usize) -> &str {
    text[at..].lines().next().unwrap_or_default()
}

/// Whether more lists are opened than closed.
fn has_open_list(text: &str) -> bool {
    text.matches('[').count() > text.matches(']').count()
}

/// The digits before and behind a decimal comma.
fn around(text: &str, comma: usize) -> (&str, &str) {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '_');
    let start = text[..comma].trim_end_matches(is_part).len();
    let rest = &text[comma + 1..];
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    (&text[start..comma], &rest[..end])
}

fn is_decimal_comma(text: &str, at: usize) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    bytes.get(at) == Some(&b',') && at > 0 && is_digit(bytes.get(at - 1)) && is_digit(bytes.get(at + 1))
}

/// The parser's own words.
fn expected(error: &ParseError) -> String {
    let names: Vec<String> = error
        .expected()
        .unwrap_or_default()
        .iter()
        .map(|expected| match expected {
            Expected::Literal(literal) => format!("`{}`", literal.escape_default()),
            Expected::Description(words) => (*words).to_owned(),
            _ => "something else".to_owned(),
        })
        .collect();
    match names.len() {
        0 => error.description().to_owned(),
        _ => format!("{}, expected {}", error.description(), names.join(" or ")),
    }
}
