//! Milestones that are called otherwise: one name goes, another comes, and the rest stays the same.

use std::sync::Arc;

use super::same::is_same;
use super::{Act, Edit};
use crate::format::tree::{Entry, Node, Table, Value};
use crate::model::{Became, Change, Topic};

/// Keys that hold free words, or names of something else: no milestone is named there.
const FREE: [&str; 14] = [
    "name",
    "note",
    "description",
    "who",
    "source",
    "currency",
    "stage",
    "calendar",
    "kind",
    "category",
    "spread",
    "tags",
    "parallel",
    "inherits",
];
/// Keys of a milestone that name others: they may change with a name beside it.
const LINKS: [&str; 3] = ["after", "before", "rework"];
/// The most names that are tried as new ones.
const MOST: usize = 200;

/// The milestones that have another name afterwards. A milestone that says hardly anything of its own could
/// be any other, so one of those is gone and another new.
pub(super) fn renames(before: &Table, after: &Table) -> Vec<Edit> {
    let empty = Table::default();
    let (old, new) =
        (before.table("milestone").unwrap_or(&empty), after.table("milestone").unwrap_or(&empty));
    let only_in = |one: &Table, other: &Table| -> Vec<Entry> {
        let alone = one.entries().iter().filter(|entry| other.value(&entry.key.name).is_none());
        alone.filter(|entry| entry.removed.is_none()).take(MOST).cloned().collect()
    };
    let (gone, mut come) = (only_in(old, new), only_in(new, old));
    let mut edits = Vec::new();
    for entry in gone {
        let Some(at) = come.iter().position(|other| is_alike(&entry.node, &other.node)) else { continue };
        let (from, to) = (entry.key.name, come.remove(at).key.name);
        edits.push(Edit {
            change: Change {
                topic: Topic::Milestones,
                kind: "milestone".to_owned(),
                name: Some(from.to_string()),
                key: None,
                what: Became::Renamed(to.to_string()),
            },
            act: Act::Rename { from, to },
        });
    }
    edits
}

/// Whether two milestones say the same of themselves, and enough to be known by.
fn is_alike(one: &Node, other: &Node) -> bool {
    let own = |node: &Node| {
        let mut table = node.value.as_table().cloned()?;
        LINKS.iter().for_each(|key| drop(table.remove(key)));
        let is_known =
            ["duration", "work", "consumes", "cost", "name"].iter().any(|key| table.get(key).is_some());
        is_known.then(|| Value::Table(Arc::new(table)))
    };
    own(one).zip(own(other)).is_some_and(|(one, other)| is_same("", &one, &other))
}

/// The tree with a milestone called otherwise, wherever it is named.
pub(super) fn renamed(tree: &Table, from: &str, to: &Arc<str>) -> Table {
    let mut renamed = Table::default();
    for entry in tree.entries() {
        renamed.insert(entry_renamed(entry, from, to, &*entry.key.name == "milestone"));
    }
    renamed
}

/// An entry with the milestone called otherwise below it; `names` says whether its own keys are
/// milestones. Recursion is bounded by the depth of trees.
fn entry_renamed(entry: &Entry, from: &str, to: &Arc<str>, names: bool) -> Entry {
    let mut renamed = entry.clone();
    renamed.node = node_renamed(&entry.node, from, to, names);
    renamed
}

fn node_renamed(node: &Node, from: &str, to: &Arc<str>, names: bool) -> Node {
    let value = match &node.value {
        Value::Text(text) => Value::Text(word_renamed(text, from, to).into()),
        Value::List(items) => Value::List(items.iter().map(|it| node_renamed(it, from, to, false)).collect()),
        Value::Table(table) => {
            let mut renamed = Table::default();
            for inner in table.entries() {
                let key = &*inner.key.name;
                if FREE.contains(&key) && !names {
                    renamed.insert(inner.clone());
                    continue;
                }
                // Below `impact` and a scenario's `milestone`, keys name milestones, too.
                let holds_names = !names && matches!(key, "impact" | "milestone");
                let mut inner = entry_renamed(inner, from, to, holds_names);
                if names && &*inner.key.name == from {
                    inner.key.name = to.clone();
                }
                renamed.insert(inner);
            }
            Value::Table(Arc::new(renamed))
        }
        other => other.clone(),
    };
    Node { span: node.span, value }
}

/// A text with a whole word in place of another; `stage:x` and its like name no milestone.
fn word_renamed(text: &str, from: &str, to: &str) -> String {
    let is_of_id = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let (mut renamed, mut rest, mut behind) = (String::with_capacity(text.len()), text, ' ');
    while !rest.is_empty() {
        let word = rest.find(|letter| !is_of_id(letter)).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(word);
        renamed.push_str(if head == from && behind != ':' { to } else { head });
        let between = tail.find(is_of_id).unwrap_or(tail.len());
        renamed.push_str(&tail[..between]);
        behind = tail[..between].chars().last().unwrap_or(' ');
        rest = &tail[between..];
    }
    renamed
}
