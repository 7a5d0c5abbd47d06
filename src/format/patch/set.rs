//! `--set KEY=VALUE`: a patch of one key from the command line.

use std::sync::Arc;

use super::super::tree::{Entry, Node, Table, Value, parse, parse_value};
use crate::text::{Code, Diagnostic, SourceId, Span};

/// The patch that `KEY=VALUE` stands for: a dotted key, and a TOML value or, if it is none, a text
/// without quotes.
///
/// # Errors
/// What it is instead.
pub fn set(source: SourceId, text: &str) -> Result<Table, Vec<Diagnostic<Span>>> {
    let whole = Span::new(source, 0..text.len());
    let usage = |span: Span, message: &str| {
        vec![
            Diagnostic::new(Code::BadSet, span, message)
                .help("like `--set milestone.build.duration=4..6..9w`"),
        ]
    };
    let Some(equals) = equals_sign(text) else { return Err(usage(whole, "`--set` takes KEY=VALUE")) };
    let (key, value) = (&text[..equals], &text[equals + 1..]);
    if key.trim().is_empty() {
        return Err(usage(whole, "a key is missing before `=`"));
    }
    if value.trim().is_empty() {
        return Err(usage(whole, "a value is missing behind `=`"));
    }
    let node = node(source, value, equals + 1)?;
    let parsed = parse(source, &format!("{key}=0"));
    if !parsed.errors.is_empty() || key.contains(['\n', '#']) || key.trim_start().starts_with('[') {
        return Err(usage(whole.within(0..equals), "this is no dotted key"));
    }
    // A sound dotted key makes tables of one entry each, so this recursion ends at its value.
    Ok(with_value(&parsed.table, &node))
}

/// The first `=` that does not stand in quotes.
fn equals_sign(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '=') => return Some(at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

fn node(source: SourceId, value: &str, start: usize) -> Result<Node, Vec<Diagnostic<Span>>> {
    let lead = value.len() - value.trim_start().len();
    let value = value.trim();
    let is_marked = value.starts_with(['"', '\'', '[', '{']);
    match parse_value(source, value, start + lead) {
        Ok(node) => Ok(node),
        Err(errors) if is_marked => Err(errors),
        Err(_) => {
            let start = start + lead;
            let span = Span::new(source, start..start + value.len());
            Ok(Node { span, value: Value::Text(Arc::from(value)) })
        }
    }
}

fn with_value(table: &Table, value: &Node) -> Table {
    let mut copy = Table::default();
    for entry in table.entries() {
        let node = match &entry.node.value {
            Value::Table(inner) => {
                Node { span: entry.node.span, value: Value::Table(Arc::new(with_value(inner, value))) }
            }
            _ => value.clone(),
        };
        copy.insert(Entry { key: entry.key.clone(), node, removed: None });
    }
    copy
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<(String, Value), String> {
        let table = set(SourceId::default(), text)
            .map_err(|errors| format!("{}: {}", errors[0].code, errors[0].message))?;
        let mut path = Vec::new();
        let mut value = Value::Table(Arc::new(table));
        while let Some(entry) = value.as_table().and_then(|table| table.entries().first().cloned()) {
            path.push(entry.key.name.to_string());
            value = entry.node.value;
        }
        Ok((path.join("."), value))
    }

    #[test]
    fn a_value_is_toml_or_a_text_without_quotes() {
        for (text, path, value) in [
            ("plan.budget=500k", "plan.budget", Value::Text("500k".into())),
            (
                "milestone.build.duration=\"4..6..9w\"",
                "milestone.build.duration",
                Value::Text("4..6..9w".into()),
            ),
            (
                "milestone.build.duration = 4..6..9w",
                "milestone.build.duration",
                Value::Text("4..6..9w".into()),
            ),
            ("resource.dev.capacity=3", "resource.dev.capacity", Value::Integer(3)),
            ("milestone.build=false", "milestone.build", Value::Bool(false)),
            ("plan.deadline=2027-09-30", "plan.deadline", Value::Date("2027-09-30".into())),
            ("expect.x=P80(finish) <= deadline", "expect.x", Value::Text("P80(finish) <= deadline".into())),
            ("milestone.a.after=", "", Value::Broken),
        ] {
            if value != Value::Broken {
                assert_eq!(read(text), Ok((path.into(), value)), "{text}");
            }
        }
        let list = read("milestone.a.after=[\"b\"]").unwrap().1;
        assert!(matches!(list, Value::List(ref items) if items.len() == 1), "{list:?}");
    }

    #[test]
    fn what_is_no_setting_is_said() {
        for (text, expected) in [
            ("budget", "bad-set: `--set` takes KEY=VALUE"),
            ("=3", "bad-set: a key is missing before `=`"),
            ("plan.budget= ", "bad-set: a value is missing behind `=`"),
            ("plan budget=3", "bad-set: this is no dotted key"),
            ("[plan]\nbudget=3", "bad-set: this is no dotted key"),
            ("plan.budget=[1", "syntax: this list is not closed"),
            ("plan.name=\"x", "syntax: these quotes are not closed"),
        ] {
            assert_eq!(read(text), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_setting_knows_its_place() {
        let table = set(SourceId::default(), "plan.budget = 500k").unwrap();
        let node = table.table("plan").unwrap().value("budget").unwrap().clone();
        assert_eq!(node.span.range(), 14..18);
    }

    proptest! {
        #[test]
        fn no_setting_panics(text in "(?s)[a-z=.\"'\\[\\]{}#\n 0-9é]{0,30}") {
            let _ = set(SourceId::default(), &text);
        }
    }
}
