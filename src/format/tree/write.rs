//! Values as a plan file would write them in one line, whatever they were written like.

use super::{Entry, Node, Table, Value};

/// The value in one line of TOML: `"8..10..20d"`, `["a", "b"]`, `{ gpu = 4 }`.
pub fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Bool(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|Node { value, .. }| written(value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => format!("{{ {} }}", keys(table)),
        Value::Broken => "…".to_owned(),
    }
}

/// The keys of a table with their values: `duration = "5d", after = "train"`.
pub fn keys(table: &Table) -> String {
    let entries = table.entries().iter().filter(|entry| entry.removed.is_none());
    let keys: Vec<String> = entries
        .map(|Entry { key, node, .. }| format!("{} = {}", written_key(&key.name), written(&node.value)))
        .collect();
    keys.join(", ")
}

/// A dotted key: `uses.gpu`.
pub fn dotted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(written_key).collect();
    names.join(".")
}

/// A key, in quotes if it needs them.
fn written_key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse;
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn values_are_written_in_one_line() {
        let text = "a.b = 'x \"y\"'\n[c]\n\"odd key\" = [1, 2.50, true, 2027-01-05]\nd = {}\n";
        let table = parse(SourceId::default(), text).table;
        let expected = r#"a = { b = "x \"y\"" }, c = { "odd key" = [1, 2.5, true, 2027-01-05], d = {} }"#;
        assert_eq!(keys(&table), expected);
        assert_eq!(dotted(["uses", "gpu a"]), "uses.\"gpu a\"");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same_text(text in any::<String>()) {
            let document = format!("key = {}\n", written(&Value::Text(text.as_str().into())));
            let table = parse(SourceId::default(), &document).table;
            prop_assert_eq!(&table.value("key").unwrap().value, &Value::Text(text.as_str().into()));
        }
    }
}
