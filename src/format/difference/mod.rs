//! What changed in meaning from one plan to another, as edits of the first one's tree.
//!
//! Both trees are compared as they are read, patches applied. Blanks, comments, the order of keys, a
//! table by header or in braces, a list of one or its only value: none of these is a difference.
//! Every other one is an edit: a [`Change`] in words, and what makes the first tree say so. Edits are
//! ordered so that the plan stays whole as far as it can: what is new first, then what is other, then what
//! goes; [`steps`] reads the plan after each of them.
//!
//! ```text
//!   before ── edit ──► plan ── edit ──► … ── edit ──► after
//! ```

mod renaming;
mod same;
mod steps;
mod topic;

use std::sync::Arc;

use super::forms::FORMS;
use super::reader::keys::table_row;
use super::tree::{Entry, Table, Value, dotted, keys, written};
use crate::model::{Became, Change};
use crate::text::Span;

use same::is_same;
use topic::topic;

pub use steps::{Side, Step, Steps, steps};

/// One difference, and how to bring it about.
#[derive(Clone, Debug)]
struct Edit {
    change: Change,
    act: Act,
}

/// What an edit does.
#[derive(Clone, Debug)]
enum Act {
    /// Puts an entry in its place, or takes out what is there.
    Put { path: Vec<Arc<str>>, entry: Option<Entry> },
    /// Takes a file of samples as it is afterwards.
    Samples(String),
    /// Calls a milestone otherwise, wherever it is named.
    Rename { from: Arc<str>, to: Arc<str> },
}

impl Edit {
    /// The tree with the edit done to it.
    fn on(&self, tree: &Table) -> Table {
        let mut edited = tree.clone();
        match &self.act {
            Act::Put { path, entry } => put(&mut edited, path, entry.as_ref()),
            Act::Samples(_) => {}
            Act::Rename { from, to } => edited = renaming::renamed(tree, from, to),
        }
        edited
    }
}

/// All edits that lead from one tree to another, in the order in which they are best done.
fn edits(before: &Table, after: &Table) -> Vec<Edit> {
    let mut edits = renaming::renames(before, after);
    let renamed = edits.iter().fold(before.clone(), |tree, edit| edit.on(&tree));
    let mut found = Vec::new();
    for Pair { name: top, .. } in pairs(&renamed, after) {
        let table = |tree: &Table| tree.table(top).cloned().unwrap_or_default();
        let is_table = |tree: &Table| tree.value(top).is_none_or(|it| it.value.as_table().is_some());
        if is_table(&renamed) && is_table(after) {
            let owner = Owner::of(top);
            below(&owner, &table(&renamed), &table(after), &mut vec![top.into()], &mut found);
        }
    }
    // New things may need one another in file order, and so may those that go, from behind.
    let gone = |edit: &Edit| edit.change.key.is_none() && matches!(edit.change.what, Became::Gone(_));
    let new = |edit: &Edit| edit.change.key.is_none() && matches!(edit.change.what, Became::New(_));
    let (mut going, rest): (Vec<Edit>, Vec<Edit>) = found.into_iter().partition(gone);
    let (coming, others): (Vec<Edit>, Vec<Edit>) = rest.into_iter().partition(new);
    going.reverse();
    edits.extend(coming.into_iter().chain(others).chain(going));
    edits
}

/// Whose keys are compared: those of `[plan]`, or of what is named below `[milestone]`.
struct Owner {
    kind: String,
    /// How many names lead to one owner.
    depth: usize,
}

impl Owner {
    fn of(table: &str) -> Self {
        let row = table_row(table);
        let kind = row.map_or(table, |row| row.entry).to_owned();
        Self { kind, depth: if row.is_some_and(|row| row.is_named) { 2 } else { 1 } }
    }

    fn change(&self, path: &[Arc<str>], what: Became) -> Change {
        let key = path.get(self.depth..).filter(|keys| !keys.is_empty());
        Change {
            topic: topic(&path[0], key.map(|keys| &*keys[0])),
            kind: self.kind.clone(),
            name: path.get(1).filter(|_| self.depth == 2).map(ToString::to_string),
            key: key.map(|keys| dotted(keys.iter().map(|key| &**key))),
            what,
        }
    }
}

/// What two tables hold under one name.
struct Pair<'a> {
    name: &'a str,
    old: Option<&'a Entry>,
    new: Option<&'a Entry>,
}

/// The names in either table and what each holds, in the order of the second, then of the first.
fn pairs<'a>(before: &'a Table, after: &'a Table) -> Vec<Pair<'a>> {
    let now = after.entries().iter().map(|new| {
        let name = &*new.key.name;
        Pair { name, old: before.get(name), new: Some(new) }
    });
    let gone = before.entries().iter().filter(|entry| after.get(&entry.key.name).is_none());
    now.chain(gone.map(|old| Pair { name: &old.key.name, old: Some(old), new: None })).collect()
}

/// Finds the edits below a path. Recursion is bounded by the depth of trees.
fn below(owner: &Owner, before: &Table, after: &Table, path: &mut Vec<Arc<str>>, edits: &mut Vec<Edit>) {
    for Pair { name, old, new } in pairs(before, after) {
        path.push(name.into());
        let is_there = |entry: &&Entry| entry.removed.is_none();
        match (old.filter(is_there), new.filter(is_there)) {
            (Some(old), Some(new)) if !is_same(name, &old.node.value, &new.node.value) => {
                match (&old.node.value, &new.node.value) {
                    (Value::Table(old), Value::Table(new)) if !is_estimate(old) && !is_estimate(new) => {
                        below(owner, old, new, path, edits);
                    }
                    (before, after) => {
                        let what = Became::Other { before: written(before), after: written(after) };
                        edits.push(edit(owner, path, what, Some(new)));
                    }
                }
            }
            (None, Some(new)) => {
                let what = Became::New(content(owner, path, &new.node.value));
                edits.push(edit(owner, path, what, Some(new)));
            }
            (Some(old), None) => {
                let what = Became::Gone(content(owner, path, &old.node.value));
                edits.push(edit(owner, path, what, new));
            }
            _ => {}
        }
        path.pop();
    }
}

fn edit(owner: &Owner, path: &[Arc<str>], what: Became, entry: Option<&Entry>) -> Edit {
    let act = Act::Put { path: path.to_vec(), entry: entry.cloned() };
    Edit { change: owner.change(path, what), act }
}

/// What an owner or one of its keys holds; an owner's keys without braces around them.
fn content(owner: &Owner, path: &[Arc<str>], value: &Value) -> String {
    match value {
        Value::Table(table) if path.len() == owner.depth => keys(table),
        value => written(value),
    }
}

/// Whether a table is one value, as an estimate is.
fn is_estimate(table: &Table) -> bool {
    FORMS.iter().any(|form| table.get(form.key).is_some())
}

/// Puts an entry where a path leads, making the tables on the way; without one, takes out what is there.
fn put(table: &mut Table, path: &[Arc<str>], entry: Option<&Entry>) {
    let Some((name, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        match entry {
            Some(entry) => table.insert(entry.clone()),
            None => drop(table.remove(name)),
        }
        return;
    }
    if table.table(name).is_none() {
        table.insert(Entry::table(name.clone(), Span::default()));
    }
    if let Some(Entry { node, .. }) = table.get_mut(name)
        && let Value::Table(inner) = &mut node.value
    {
        put(Arc::make_mut(inner), rest, entry);
    }
}

#[cfg(test)]
mod tests;
