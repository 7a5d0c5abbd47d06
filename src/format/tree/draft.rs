//! The tree while it is being written: tables that may still grow, and TOML's rules about which may.
//!
//! A table knows how it came to be: implied by a longer header, opened by its own, made by dotted
//! keys. Only the first may still get a header, and only the last two get dotted keys.

use std::collections::HashMap;
use std::sync::Arc;

use super::words;
use super::{DEEPEST, Entry, Key, Node, SMALL_TABLE, Table, Value, is_same};
use crate::text::{Diagnostic, Span};

/// A table of the draft.
pub(super) type TableId = usize;

/// How a table came to be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Origin {
    /// A longer header names it on its way.
    Implied,
    /// It has a header of its own.
    Header,
    /// Dotted keys made it.
    Dotted,
}

#[derive(Debug)]
struct Open {
    origin: Origin,
    /// Where it was made.
    span: Span,
    depth: usize,
    /// Opened a second time, which has been said: what it repeats is not news.
    is_reopened: bool,
    entries: Vec<(Key, Slot)>,
    /// Place by name, once there are more entries than are quickly compared.
    index: HashMap<Arc<str>, usize>,
}

#[derive(Debug)]
enum Slot {
    Value(Node),
    Open(TableId),
}

impl Open {
    fn position(&self, name: &str) -> Option<usize> {
        if self.entries.len() > SMALL_TABLE {
            return self.index.get(name).copied();
        }
        self.entries.iter().position(|(key, _)| is_same(&key.name, name))
    }
}

/// The tree while it is being written.
#[derive(Debug)]
pub(super) struct Draft {
    tables: Vec<Open>,
    /// What was refused.
    pub(super) errors: Vec<Diagnostic<Span>>,
}

impl Draft {
    /// The table of everything.
    pub(super) const ROOT: TableId = 0;

    /// An empty document, whose root stands this deep.
    pub(super) fn new(depth: usize, span: Span) -> Self {
        let mut draft = Self { tables: Vec::new(), errors: Vec::new() };
        draft.make(Origin::Header, span, depth);
        draft
    }

    /// Opens the table of a header; what can't be opened is refused, and a table that leads
    /// nowhere takes the keys below it.
    pub(super) fn open(&mut self, path: &[Key], header: Span) -> TableId {
        let mut at = Self::ROOT;
        for (place, key) in path.iter().enumerate() {
            let is_last = place + 1 == path.len();
            let found = self.tables[at].position(&key.name);
            match found.map(|slot| &self.tables[at].entries[slot]) {
                None => {
                    if self.tables[at].depth >= DEEPEST {
                        self.errors.push(words::too_deep(key.span));
                        return self.nowhere(header);
                    }
                    let origin = if is_last { Origin::Header } else { Origin::Implied };
                    let table = self.make(origin, header, self.tables[at].depth + 1);
                    self.put(at, key.clone(), Slot::Open(table));
                    at = table;
                }
                Some((_, Slot::Open(table))) => {
                    at = *table;
                    if is_last {
                        self.reopen(at, path, header);
                    }
                }
                Some((first, Slot::Value(node))) => {
                    let error = match node.value {
                        Value::Table(_) => {
                            Some(words::header_for_inline(&path[..=place], key.span, node.span))
                        }
                        Value::Broken => None,
                        _ => Some(words::header_for_value(&path[..=place], key.span, first.span)),
                    };
                    self.errors.extend(error);
                    return self.nowhere(header);
                }
            }
        }
        at
    }

    fn reopen(&mut self, table: TableId, path: &[Key], header: Span) {
        let first = self.tables[table].span;
        let error = match self.tables[table].origin {
            Origin::Implied => {
                self.tables[table].origin = Origin::Header;
                self.tables[table].span = header;
                return;
            }
            Origin::Header => words::table_twice(path, header, first),
            Origin::Dotted => words::header_for_dotted(path, header, first),
        };
        self.errors.push(error);
        self.tables[table].is_reopened = true;
    }

    /// Sets `path.key = value` below a table.
    pub(super) fn set(&mut self, table: TableId, path: &[Key], value: Node) {
        let Some((last, way)) = path.split_last() else { return };
        let mut at = table;
        for (place, key) in way.iter().enumerate() {
            let found = self.tables[at].position(&key.name);
            match found.map(|slot| &self.tables[at].entries[slot]) {
                None => {
                    if self.tables[at].depth >= DEEPEST {
                        return self.errors.push(words::too_deep(key.span));
                    }
                    let made = self.make(Origin::Dotted, key.span, self.tables[at].depth + 1);
                    self.put(at, key.clone(), Slot::Open(made));
                    at = made;
                }
                Some((_, Slot::Open(open))) => {
                    at = *open;
                    if self.tables[at].origin == Origin::Header && !self.tables[table].is_reopened {
                        let first = self.tables[at].span;
                        return self.errors.push(words::dotted_for_header(&path[..=place], key.span, first));
                    }
                }
                Some((first, Slot::Value(node))) => {
                    let error = match node.value {
                        Value::Table(_) => {
                            Some(words::dotted_for_inline(&path[..=place], key.span, node.span))
                        }
                        Value::Broken => None,
                        _ => Some(words::duplicate(&key.name, key.span, first.span)),
                    };
                    self.errors.extend(error);
                    return;
                }
            }
        }
        match self.tables[at].position(&last.name) {
            None => self.put(at, last.clone(), Slot::Value(value)),
            Some(slot) => {
                let (first, held) = &self.tables[at].entries[slot];
                let is_known = self.tables[table].is_reopened
                    || matches!(held, Slot::Value(Node { value: Value::Broken, .. }));
                if !is_known {
                    self.errors.push(words::duplicate(&last.name, last.span, first.span));
                }
            }
        }
    }

    /// The finished tree.
    pub(super) fn finish(mut self) -> (Table, Vec<Diagnostic<Span>>) {
        let errors = std::mem::take(&mut self.errors);
        (self.close(Self::ROOT), errors)
    }

    /// Recursion is bounded by [`DEEPEST`].
    fn close(&mut self, table: TableId) -> Table {
        let mut closed = Table::default();
        for (key, slot) in std::mem::take(&mut self.tables[table].entries) {
            let node = match slot {
                Slot::Value(node) => node,
                Slot::Open(inner) => {
                    let span = self.tables[inner].span;
                    Node { span, value: Value::Table(Arc::new(self.close(inner))) }
                }
            };
            closed.insert(Entry { key, node, removed: None });
        }
        closed
    }

    fn make(&mut self, origin: Origin, span: Span, depth: usize) -> TableId {
        let (entries, index) = (Vec::new(), HashMap::new());
        self.tables.push(Open { origin, span, depth, is_reopened: false, entries, index });
        self.tables.len() - 1
    }

    /// A table that is no part of the tree.
    pub(super) fn nowhere(&mut self, span: Span) -> TableId {
        self.make(Origin::Header, span, 0)
    }

    fn put(&mut self, table: TableId, key: Key, slot: Slot) {
        let table = &mut self.tables[table];
        table.entries.push((key, slot));
        let count = table.entries.len();
        if count == SMALL_TABLE + 1 {
            table.index = table.entries.iter().map(|(key, _)| key.name.clone()).zip(0..).collect();
        } else if count > SMALL_TABLE {
            table.index.insert(table.entries[count - 1].0.name.clone(), count - 1);
        }
    }
}
