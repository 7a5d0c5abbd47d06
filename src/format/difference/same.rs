//! Whether two values say the same.

use crate::format::tree::{Node, Table, Value};

/// Keys whose lists have no order.
const UNORDERED: [&str; 13] = [
    "after", "before", "tags", "on", "over", "of", "only_if", "redo", "holidays", "extra", "away", "season",
    "week",
];
/// Keys whose blanks are part of what they say.
const WORDS: [&str; 4] = ["name", "note", "description", "source"];

/// Whether the values of a key say the same: but for blanks, order that means nothing, and a list of one
/// or its only value. Recursion is bounded by the depth of trees.
pub(super) fn is_same(key: &str, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => {
            one == other || (!WORDS.contains(&key) && tight(one).eq(tight(other)))
        }
        (Value::Integer(one), Value::Float(other)) | (Value::Float(other), Value::Integer(one)) => {
            *one as f64 == *other
        }
        (Value::List(one), Value::List(other)) => is_same_list(key, one, other),
        (Value::List(items), single) | (single, Value::List(items)) => {
            UNORDERED.contains(&key) && matches!(&**items, [only] if is_same(key, &only.value, single))
        }
        (Value::Table(one), Value::Table(other)) => is_same_table(one, other),
        _ => one == other,
    }
}

fn is_same_list(key: &str, one: &[Node], other: &[Node]) -> bool {
    let is_equal = |(one, other): (&Node, &Node)| is_same(key, &one.value, &other.value);
    if one.len() != other.len() || !UNORDERED.contains(&key) {
        return one.len() == other.len() && one.iter().zip(other).all(is_equal);
    }
    let sorted = |items: &[Node]| {
        let mut words: Vec<String> =
            items.iter().map(|item| tight(&crate::format::tree::written(&item.value)).collect()).collect();
        words.sort_unstable();
        words
    };
    sorted(one) == sorted(other)
}

fn is_same_table(one: &Table, other: &Table) -> bool {
    let live = |table: &Table| table.entries().iter().filter(|entry| entry.removed.is_none()).count();
    live(one) == live(other)
        && one.entries().iter().filter(|entry| entry.removed.is_none()).all(|entry| {
            let name = &entry.key.name;
            other.value(name).is_some_and(|node| is_same(name, &entry.node.value, &node.value))
        })
}

/// A text without its blanks.
fn tight(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| !letter.is_whitespace())
}
