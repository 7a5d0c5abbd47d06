//! Lists of names with some of them taken out, or added.

use toml_edit::{Array, Item, TableLike, Value};

/// What is left of a list, and which places of it were taken out.
pub(super) struct Thinned {
    pub(super) left: usize,
    pub(super) removed: Vec<usize>,
}

impl Thinned {
    /// Whether all of it was taken out.
    pub(super) fn is_empty(&self) -> bool {
        self.left == 0 && !self.removed.is_empty()
    }

    /// Takes the same rows and columns out of a matrix.
    pub(super) fn leave_out_of(&self, matrix: &mut Item) {
        let Some(rows) = matrix.as_array_mut() else { return };
        self.leave_out(rows);
        rows.iter_mut().filter_map(Value::as_array_mut).for_each(|row| self.leave_out(row));
    }

    fn leave_out(&self, list: &mut Array) {
        for &place in self.removed.iter().rev() {
            if place < list.len() {
                list.remove(place);
            }
        }
        close_up(list);
    }
}

/// Takes names out of a list; a name alone that is taken out leaves an empty list.
pub(super) fn thin(item: &mut Item, is_gone: impl Fn(&str) -> bool) -> Thinned {
    let Some(value) = item.as_value_mut() else { return Thinned { left: 0, removed: Vec::new() } };
    if value.as_str().is_some_and(&is_gone) {
        replace(value, Array::new());
        return Thinned { left: 0, removed: vec![0] };
    }
    let Some(list) = value.as_array_mut() else { return Thinned { left: 1, removed: Vec::new() } };
    let places = list.iter().enumerate().filter(|(_, name)| name.as_str().is_some_and(&is_gone));
    let removed: Vec<usize> = places.map(|(place, _)| place).collect();
    let thinned = Thinned { left: list.len() - removed.len(), removed };
    if !thinned.removed.is_empty() {
        thinned.leave_out(list);
    }
    thinned
}

/// Adds names to a list, made if there is none.
pub(super) fn add(entry: &mut dyn TableLike, key: &str, names: impl Iterator<Item = String>) {
    for name in names {
        let item = entry.entry(key).or_insert_with(|| Item::Value(Array::new().into()));
        let Some(value) = item.as_value_mut() else { return };
        if let Some(only) = value.as_str() {
            let list = Array::from_iter([only.to_owned()]);
            replace(value, list);
        }
        if let Some(list) = value.as_array_mut() {
            list.push(name);
        }
    }
}

/// All texts of a value, or of a table of values.
pub(super) fn texts(item: &Item) -> impl Iterator<Item = &str> {
    let inner = item.as_table_like().into_iter().flat_map(TableLike::iter);
    item.as_str().into_iter().chain(inner.filter_map(|(_, item)| item.as_str()))
}

/// Puts a list where a value stands, with what stands around it.
fn replace(value: &mut Value, list: Array) {
    let decor = value.decor().clone();
    *value = list.into();
    *value.decor_mut() = decor;
}

/// Removes the space before the first item of a list on one line.
fn close_up(list: &mut Array) {
    let Some(first) = list.get_mut(0) else { return };
    let prefix = first.decor().prefix().and_then(|prefix| prefix.as_str());
    if prefix.is_some_and(|prefix| prefix.chars().all(|letter| letter == ' ')) {
        first.decor_mut().set_prefix("");
    }
}
