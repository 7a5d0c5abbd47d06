//! Comments that head a part of a document outlive the first table of it.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, Table};

/// What stands before the header of every table, by its place in the document.
pub(super) struct Headings(BTreeMap<isize, String>);

impl Headings {
    pub(super) fn of(document: &DocumentMut) -> Self {
        let mut found = BTreeMap::new();
        collect(document.as_table(), &mut found);
        Self(found)
    }

    /// Moves the headings of tables that are gone to the next table that is left: all comments before
    /// the last blank line, for those below it are about the table itself.
    pub(super) fn keep(self, document: &mut DocumentMut) {
        let mut left = BTreeMap::new();
        collect(document.as_table(), &mut left);
        let mut moved: BTreeMap<isize, String> = BTreeMap::new();
        let mut pending = String::new();
        for (place, before) in self.0 {
            if left.contains_key(&place) {
                if !pending.is_empty() {
                    moved.insert(place, std::mem::take(&mut pending) + &before);
                }
            } else if let Some(heading) = heading(&before) {
                pending.push_str(heading);
            }
        }
        put(document.as_table_mut(), &moved);
        if !pending.is_empty() {
            let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(pending + &trailing);
        }
    }
}

/// The comments before the last blank line.
fn heading(before: &str) -> Option<&str> {
    let end = before.rfind("\n\n")?;
    Some(&before[..=end]).filter(|heading| heading.contains('#'))
}

/// Where the header of a table stands, if it has one of its own.
fn place(table: &Table) -> Option<isize> {
    table.position().filter(|_| !table.is_dotted() && !table.is_implicit())
}

fn collect(table: &Table, found: &mut BTreeMap<isize, String>) {
    for inner in table.iter().filter_map(|(_, item)| item.as_table()) {
        if let Some(place) = place(inner) {
            let before = inner.decor().prefix().and_then(|prefix| prefix.as_str());
            found.insert(place, before.unwrap_or_default().to_owned());
        }
        collect(inner, found);
    }
}

fn put(table: &mut Table, moved: &BTreeMap<isize, String>) {
    for inner in table.iter_mut().filter_map(|(_, item)| Item::as_table_mut(item)) {
        if let Some(before) = place(inner).and_then(|place| moved.get(&place)) {
            inner.decor_mut().set_prefix(before);
        }
        put(inner, moved);
    }
}
