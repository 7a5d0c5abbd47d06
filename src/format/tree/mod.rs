//! The document as a tree in which every key and value knows its source and span.
//!
//! A scenario or a `--set` patches this tree before it is read, so the tree is persistent: tables
//! are shared until written to, and a patched copy of a large plan costs the tables it touches.

mod draft;
mod parse;
mod words;
mod write;

use std::collections::HashMap;
use std::sync::Arc;

use crate::text::Span;

pub use parse::{Parsed, parse, parse_value};
pub use write::{dotted, keys, written};

/// How deep tables and lists may stand in each other; a plan needs six.
pub const DEEPEST: usize = 32;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where: the value itself; for a table with a header, the header.
    pub span: Span,
    /// What.
    pub value: Value,
}

/// What a key holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A quoted text.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; may be infinite or NaN if the author wrote so.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A date, a time or both, as written and not yet checked.
    Date(Arc<str>),
    /// A list in square brackets.
    List(Arc<[Node]>),
    /// A table: by header, by dotted keys or in braces.
    Table(Arc<Table>),
    /// Something that was refused already; whoever meets it stays silent.
    Broken,
}

/// A key and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The key without quotes.
    pub name: Arc<str>,
    /// Where it is written.
    pub span: Span,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub node: Node,
    /// Where a patch said `NAME = false`; the value is what stood there before.
    pub removed: Option<Span>,
}

impl Entry {
    /// A table of this name with nothing in it yet.
    pub fn table(name: Arc<str>, span: Span) -> Self {
        let node = Node { span, value: Value::Table(Arc::default()) };
        Self { key: Key { name, span }, node, removed: None }
    }
}

/// Keys and values in the order of the file, found by name in constant time.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    /// Place by name, once there are more entries than are quickly compared.
    index: HashMap<Arc<str>, u32>,
}

/// Tables up to this size are searched one by one.
const SMALL_TABLE: usize = 8;

impl Table {
    /// The entry of this name, removed ones included.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.position(name).map(|at| &self.entries[at])
    }

    /// The entry of this name, to change; removed ones included.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Entry> {
        self.position(name).map(|at| &mut self.entries[at])
    }

    /// The value of this name, unless it was removed.
    pub fn value(&self, name: &str) -> Option<&Node> {
        self.get(name).filter(|entry| entry.removed.is_none()).map(|entry| &entry.node)
    }

    /// The table of this name, if it is one.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.value(name).and_then(|node| node.value.as_table())
    }

    /// All entries in the order of the file, removed ones included.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All names in the order of the file, removed ones included.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.key.name)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry behind the others, or puts it in the place of the one with its name.
    pub fn insert(&mut self, entry: Entry) {
        if let Some(at) = self.position(&entry.key.name) {
            self.entries[at] = entry;
            return;
        }
        self.entries.push(entry);
        if self.entries.len() == SMALL_TABLE + 1 {
            let names = self.entries.iter().map(|entry| entry.key.name.clone());
            self.index = names.zip(0..).collect();
        } else if self.entries.len() > SMALL_TABLE {
            let last = self.entries.len() - 1;
            self.index.insert(self.entries[last].key.name.clone(), last as u32);
        }
    }

    /// Takes the entry of this name out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Entry> {
        let at = self.position(name)?;
        let entry = self.entries.remove(at);
        let rest = std::mem::take(&mut self.entries);
        self.index.clear();
        for other in rest {
            self.insert(other);
        }
        Some(entry)
    }

    fn position(&self, name: &str) -> Option<usize> {
        if self.entries.len() > SMALL_TABLE {
            return self.index.get(name).map(|&at| at as usize);
        }
        self.entries.iter().position(|entry| is_same(&entry.key.name, name))
    }
}

/// Whether two names are the same. Most are not, and then their lengths or ends tell at once: keys
/// are looked up so often that this is felt.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let ends = |name: &str| (name.len(), name.as_bytes().first().copied(), name.as_bytes().last().copied());
    ends(one) == ends(other) && one == other
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Value {
    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, in words: "a text", "a list".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Broken => "a mistake",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, number: i64) -> Entry {
        let key = Key { name: name.into(), span: Span::default() };
        Entry { key, node: Node { span: Span::default(), value: Value::Integer(number) }, removed: None }
    }

    #[test]
    fn a_table_of_any_size_keeps_order_and_finds_names() {
        for size in [0, 1, 8, 9, 100] {
            let mut table = Table::default();
            for number in 0..size {
                table.insert(entry(&format!("m{number}"), number));
            }
            if size > 0 {
                table.insert(entry("m0", 7));
                assert_eq!(table.value("m0").unwrap().value, Value::Integer(7));
                assert_eq!(table.remove("m0").unwrap().node.value, Value::Integer(7));
                table.insert(entry("m0", 0));
            }
            assert_eq!(table.len(), size as usize);
            for number in 0..size {
                assert_eq!(
                    table.value(&format!("m{number}")).unwrap().value,
                    Value::Integer(number),
                    "{size}"
                );
            }
            assert!(table.get("zebra").is_none());
        }
    }
}
