//! Quantile tables built once, for many runs of plans that are alike.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::stats::{UnitShape, UnitTable};

/// Quantile tables that are built already. Clones share them: a run with a clone of another run's
/// settings builds only the tables that the other one had no use for.
///
/// A table is a pure function of its shape, so this does not change a bit of any answer, and all
/// compare as equal.
#[derive(Clone, Default)]
pub struct Tables(Arc<Mutex<BTreeMap<UnitShape, Arc<UnitTable>>>>);

impl Tables {
    /// The table of each shape; those that are missing are built, all at once.
    pub(super) fn of(&self, shapes: &[&UnitShape]) -> Vec<Arc<UnitTable>> {
        let known: Vec<Option<Arc<UnitTable>>> = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            shapes.iter().map(|shape| known.get(shape).cloned()).collect()
        };
        let build = |(shape, table): (&&UnitShape, Option<Arc<UnitTable>>)| match table {
            Some(table) => (table, false),
            None => (Arc::new(UnitTable::build(shape)), true),
        };
        let tables: Vec<(Arc<UnitTable>, bool)> = shapes.par_iter().zip(known).map(build).collect();
        if tables.iter().any(|(_, is_new)| *is_new) {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            for (shape, (table, _)) in shapes.iter().zip(&tables).filter(|(_, (_, is_new))| *is_new) {
                known.insert((*shape).clone(), Arc::clone(table));
            }
        }
        tables.into_iter().map(|(table, _)| table).collect()
    }
}

impl PartialEq for Tables {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        write!(f, "Tables({known})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_built_once_for_all_clones() {
        let tables = Tables::default();
        let (uniform, normal) = (UnitShape::Uniform, UnitShape::Normal);
        let first = tables.of(&[&uniform, &normal]);
        let second = tables.clone().of(&[&normal]);
        assert!(Arc::ptr_eq(&first[1], &second[0]));
        assert_eq!(format!("{tables:?}"), "Tables(2)");
    }
}
