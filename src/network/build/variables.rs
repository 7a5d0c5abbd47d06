//! The uncertain quantities of a plan, each once.

use std::collections::HashMap;

use crate::model::Estimate;

use crate::network::{Owner, Quantity, Values, Variable, VariableId};

/// Variables in the order in which they were first met.
#[derive(Default)]
pub(super) struct Variables {
    list: Vec<Variable>,
    planned: Vec<f64>,
    by_name: HashMap<String, VariableId>,
}

impl Variables {
    /// The number itself if there is no doubt about it, else the variable of that name, which
    /// stands for the same draw wherever it is used.
    pub(super) fn quantity(
        &mut self,
        owner: Owner,
        estimate: &Estimate,
        name: impl FnOnce() -> String,
    ) -> Quantity {
        if estimate.is_fixed() {
            return Quantity::Fixed(estimate.planned);
        }
        let name = name();
        if let Some(&id) = self.by_name.get(&name) {
            return Quantity::Variable(id);
        }
        let id = VariableId(u32::try_from(self.list.len()).expect("a plan has fewer than 2^32 estimates"));
        self.by_name.insert(name.clone(), id);
        self.planned.push(estimate.planned);
        self.list.push(Variable {
            name,
            distribution: estimate.distribution.clone(),
            planned: estimate.planned,
            owner,
        });
        Quantity::Variable(id)
    }

    /// The planned number of each.
    pub(super) fn planned(&self) -> Values<'_> {
        Values(&self.planned)
    }

    /// The lowest number a variable can be.
    pub(super) fn lowest(&self, id: VariableId) -> f64 {
        self.list[id.0 as usize].distribution.lowest()
    }

    /// Whether the name is taken.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(super) fn into_list(self) -> Vec<Variable> {
        self.list
    }
}
