//! The uncertain quantities of a plan, each once.

use std::collections::HashMap;

use crate::model::Estimate;
use crate::stats::{Distribution, Shape};

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
        self.variable(owner, || estimate.distribution.clone(), estimate.planned, name())
    }

    /// Something that may happen: 1 where it does, else 0. In the plan as written it doesn't, even if it is
    /// certain.
    pub(super) fn event(
        &mut self,
        owner: Owner,
        probability: f64,
        name: impl FnOnce() -> String,
    ) -> Quantity {
        if probability <= 0.0 {
            return Quantity::Fixed(0.0);
        }
        let distribution = || match probability {
            certain if certain >= 1.0 => Distribution::fixed(1.0),
            _ => discrete(vec![(0.0, 1.0 - probability), (1.0, probability)]),
        };
        self.variable(owner, distribution, 0.0, name())
    }

    /// A variable that is computed from others.
    pub(super) fn computed(&mut self, owner: Owner, planned: f64, name: String) -> Quantity {
        self.variable(owner, || Distribution::fixed(planned), planned, name)
    }

    /// A uniform number between 0 and 1, and which the plan as written takes.
    pub(super) fn uniform(&mut self, owner: Owner, planned: f64, name: String) -> Quantity {
        let uniform = || Distribution::new(Shape::Uniform { low: 0.0, high: 1.0 }).expect("0 lies below 1");
        self.variable(owner, uniform, planned, name)
    }

    /// How something turns out: an index, each as likely as its share says; planned is the likeliest.
    pub(super) fn outcome(
        &mut self,
        owner: Owner,
        shares: &[f64],
        name: impl FnOnce() -> String,
    ) -> Quantity {
        let likeliest =
            (1..shares.len()).fold(0, |best, at| if shares[at] > shares[best] { at } else { best });
        let possible = shares.iter().enumerate().filter(|(_, share)| **share > 0.0);
        let possible: Vec<_> = possible.map(|(index, &share)| (index as f64, share)).collect();
        if possible.len() < 2 {
            return Quantity::Fixed(likeliest as f64);
        }
        self.variable(owner, || discrete(possible), likeliest as f64, name())
    }

    /// The variable of that name, made if there is none.
    fn variable(
        &mut self,
        owner: Owner,
        distribution: impl FnOnce() -> Distribution,
        planned: f64,
        name: String,
    ) -> Quantity {
        if let Some(&id) = self.by_name.get(&name) {
            return Quantity::Variable(id);
        }
        let id = VariableId(u32::try_from(self.list.len()).expect("a plan has fewer than 2^32 estimates"));
        self.by_name.insert(name.clone(), id);
        self.planned.push(planned);
        self.list.push(Variable { name, distribution: distribution(), planned, owner });
        Quantity::Variable(id)
    }

    /// The planned number of each.
    pub(super) fn planned(&self) -> Values<'_> {
        Values(&self.planned)
    }

    /// Whether the name is taken.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(super) fn into_list(self) -> Vec<Variable> {
        self.list
    }
}

fn discrete(values: Vec<(f64, f64)>) -> Distribution {
    Distribution::new(Shape::Discrete(values)).expect("the weights are above 0")
}
