//! Drawing a diagnostic below the line it is about.
//!
//! ```text
//! error[unknown-milestone]: no milestone is called `survy`
//!   --> plans/bridge.toml:13:10
//!    |
//! 13 | after = ["survy"]
//!    |          ^^^^^^^ named here
//!    |
//!    = help: did you mean `survey`?
//! ```
//!
//! Places are cut to their first line and very long lines to a window, so that drawing costs the
//! same in a file of a hundred lines and of a million.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity, Source, SourceId, Sources, Span};

/// Whether drawings carry terminal colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    #[default]
    Plain,
    /// Escape codes for a terminal.
    Terminal,
}

/// Lines longer than this, in bytes, are cut to a window around the place.
const LONGEST_LINE: usize = 400;
/// How much of a cut line is shown before its place, in bytes.
const BEFORE_PLACE: usize = 60;
/// Places further apart than this, in lines, are drawn apart.
const FURTHEST_TOGETHER: usize = 1_000;
/// The longest message, label or help drawn, in characters.
const LONGEST_WORDS: usize = 2_000;

/// One diagnostic as text, ending in a line break.
pub fn draw(diagnostic: &Diagnostic<Span>, sources: &Sources, colour: Colour) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Remark => Level::NOTE.with_name(Severity::Remark.word()),
    };
    let mut group = level
        .primary_title(clean(&diagnostic.message))
        .id(diagnostic.code.slug())
        .elements(Vec::<Element>::new());
    for element in places(diagnostic, sources) {
        group = group.element(element);
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let renderer = match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Terminal => Renderer::styled(),
    };
    let mut text = renderer.render(&[group as Group<'_>]);
    while text.ends_with(char::is_whitespace) {
        text.pop();
    }
    text.push('\n');
    text
}

/// A place cut to one line, with its words.
struct Mark {
    source: SourceId,
    /// Line, from 0.
    line: usize,
    /// Bytes within the line.
    range: Range<usize>,
    label: String,
    kind: AnnotationKind,
}

fn places<'a>(diagnostic: &Diagnostic<Span>, sources: &'a Sources) -> Vec<Element<'a>> {
    let first = mark(sources, diagnostic.place, &diagnostic.label, AnnotationKind::Primary);
    let others = diagnostic.related.iter();
    let others = others.map(|other| mark(sources, other.place, &other.label, AnnotationKind::Context));
    let mut marks: Vec<Mark> = std::iter::once(first).chain(others).flatten().collect();
    let mut elements = Vec::new();
    while !marks.is_empty() {
        let (source, line) = (marks[0].source, marks[0].line);
        let near = |mark: &Mark| mark.source == source && mark.line.abs_diff(line) <= FURTHEST_TOGETHER;
        let (together, apart) = marks.into_iter().partition(near);
        marks = apart;
        if let Some(document) = sources.get(source) {
            elements.extend(window(document, together));
        }
    }
    elements
}

fn mark(sources: &Sources, span: Span, label: &str, kind: AnnotationKind) -> Option<Mark> {
    let source = sources.get(span.source)?;
    let start = source.floor(span.start as usize);
    let line = source.line_of(start);
    let whole = source.line_range(line);
    let text = source.text()[whole.clone()].trim_end_matches(['\n', '\r']);
    let start = (start - whole.start).min(text.len());
    let end = (source.floor(span.end as usize).max(whole.start) - whole.start).clamp(start, text.len());
    // An empty place is drawn as one character, where there is one.
    let end = if end == start { start + text[start..].chars().next().map_or(0, char::len_utf8) } else { end };
    Some(Mark { source: span.source, line, range: start..end, label: clean(label), kind })
}

/// The lines that hold the marks, as one snippet; what lies between is left blank if it won't show.
fn window(source: &Source, marks: Vec<Mark>) -> Vec<Element<'_>> {
    let (Some(first), Some(last)) =
        (marks.iter().map(|mark| mark.line).min(), marks.iter().map(|mark| mark.line).max())
    else {
        return Vec::new();
    };
    let head = &marks[0];
    let place = source.position(source.line_range(head.line).start + head.range.start);
    let mut text = String::new();
    let mut moved: Vec<Range<usize>> = marks.iter().map(|mark| mark.range.clone()).collect();
    let mut is_cut = false;
    for line in first..=last {
        let whole = source.text()[source.line_range(line)].trim_end_matches(['\n', '\r']);
        let on_line = marks.iter().enumerate().filter(|(_, mark)| mark.line == line);
        let start = on_line.clone().map(|(_, mark)| mark.range.start).min();
        let near = marks.iter().any(|mark| mark.line.abs_diff(line) <= 4);
        let (shown, dropped, filler) = match start {
            Some(start) if whole.len() > LONGEST_LINE => cut(whole, start),
            Some(_) => (whole, 0, ""),
            None if near && whole.len() <= LONGEST_LINE => (whole, 0, ""),
            None => ("", 0, ""),
        };
        is_cut |= shown.len() < whole.len() && start.is_some();
        for (index, mark) in on_line {
            let at = |byte: usize| byte.saturating_sub(dropped).min(shown.len()) + filler.len() + text.len();
            moved[index] = at(mark.range.start)..at(mark.range.end);
        }
        text.push_str(filler);
        text.push_str(shown);
        text.push('\n');
    }
    let annotations = marks.iter().zip(moved).map(|(mark, range)| {
        let annotation = mark.kind.span(range);
        if mark.label.is_empty() { annotation } else { annotation.label(mark.label.clone()) }
    });
    let snippet = Snippet::source(text).line_start(first + 1).annotations(annotations);
    if is_cut {
        // The window's own columns would be wrong.
        let origin = Origin::path(source.name()).line(place.line).char_column(place.column);
        vec![origin.into(), snippet.into()]
    } else {
        vec![snippet.path(source.name()).into()]
    }
}

/// The part of a long line around a byte, how many bytes before it were dropped, and what stands
/// for them.
fn cut(line: &str, place: usize) -> (&str, usize, &'static str) {
    let floor =
        |byte: usize| (0..=byte.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let start = floor(place.saturating_sub(BEFORE_PLACE));
    let end = floor(start + LONGEST_LINE / 2);
    (&line[start..end], start, if start > 0 { "…" } else { "" })
}

/// Words as they are drawn: control characters shown as escapes, and not without end.
fn clean(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for (count, letter) in words.chars().enumerate() {
        if count == LONGEST_WORDS {
            text.push('…');
            break;
        }
        if letter.is_control() || is_direction(letter) {
            let _ = write!(text, "{}", letter.escape_unicode());
        } else {
            text.push(letter);
        }
    }
    text
}

/// Characters that turn the direction of the text after them.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Code;
    use super::*;

    fn sources(text: &str) -> (Sources, SourceId) {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("plans/bridge.toml", text).unwrap());
        (sources, id)
    }

    #[test]
    fn a_diagnostic_is_drawn_below_its_line() {
        let text = "[milestone]\nsurvey = {}\n\n\n\n\n\n\n\n\n\n\nafter = [\"survy\"]\n";
        let (sources, id) = sources(text);
        let at = text.find("\"survy\"").unwrap();
        let diagnostic = Diagnostic::new(
            Code::UnknownMilestone,
            Span::new(id, at..at + 7),
            "no milestone is called `survy`",
        )
        .labelled("named here")
        .help("did you mean `survey`?");
        assert_eq!(
            draw(&diagnostic, &sources, Colour::Plain),
            "\
error[unknown-milestone]: no milestone is called `survy`
  --> plans/bridge.toml:13:10
   |
13 | after = [\"survy\"]
   |          ^^^^^^^ named here
   |
   = help: did you mean `survey`?
"
        );
        assert!(draw(&diagnostic, &sources, Colour::Terminal).contains("\u{1b}["));
    }

    #[test]
    fn related_places_stand_beside_the_first() {
        let text = "a = 1\r\n\tb = 2\r\na = 3\r\n";
        let (mut sources, id) = sources(text);
        let other = sources.add(Source::new("--set", "a=4").unwrap());
        let diagnostic = Diagnostic::new(Code::DuplicateKey, Span::new(id, 15..16), "`a` is given twice")
            .labelled("again here")
            .related(Span::new(id, 0..1), "first here")
            .related(Span::new(other, 0..1), "and here");
        assert_eq!(
            draw(&diagnostic, &sources, Colour::Plain),
            "\
error[duplicate-key]: `a` is given twice
 --> plans/bridge.toml:3:1
  |
1 | a = 1
  | - first here
2 |     b = 2
3 | a = 3
  | ^ again here
  |
 ::: --set:1:1
  |
1 | a=4
  | - and here
"
        );
    }

    #[test]
    fn far_places_and_long_lines_are_cut() {
        let long = format!("key = \"{}\"", "x".repeat(5_000));
        let text = format!("first = 1\n{}{long}\n", "other = 1\n".repeat(5_000));
        let (sources, id) = sources(&text);
        let at = text.len() - 1_000;
        let diagnostic = Diagnostic::new(Code::Syntax, Span::new(id, at..at + 3), "fact")
            .labelled("here")
            .related(Span::new(id, 0..5), "there");
        let drawn = draw(&diagnostic, &sources, Colour::Plain);
        assert!(drawn.contains("--> plans/bridge.toml:5002:4010"), "{drawn}");
        assert!(drawn.contains("1 | first = 1"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() < 160), "{drawn}");
    }

    #[test]
    fn the_end_of_a_file_has_a_place_too() {
        for (text, at) in [("", 0), ("a", 1), ("a\n", 2), ("a\r\n", 3), ("ä", 1), ("日本", 99)] {
            let (sources, id) = sources(text);
            let diagnostic = Diagnostic::new(Code::Syntax, Span::new(id, at..at), "fact").labelled("here");
            let drawn = draw(&diagnostic, &sources, Colour::Plain);
            assert!(drawn.contains("here"), "{text:?}: {drawn}");
        }
    }

    proptest! {
        #[test]
        fn drawing_never_panics(text in "(?s).{0,200}", spans in prop::collection::vec((0_usize..300, 0_usize..300), 1..4), words in "(?s).{0,20}") {
            let (sources, id) = sources(&text);
            let mut diagnostic = Diagnostic::new(Code::Syntax, Span::default(), words.clone());
            for (start, end) in spans {
                let place = std::mem::replace(&mut diagnostic.place, Span::new(id, start..end));
                diagnostic = diagnostic.related(place, words.clone()).labelled(words.clone()).help(words.clone());
            }
            draw(&diagnostic, &sources, Colour::Plain);
            draw(&diagnostic, &sources, Colour::Terminal);
        }
    }
}
