//! Indices by meaning: a milestone's id indexes milestones, and nothing else.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id of the entry at this position of the plan file.
            ///
            /// # Panics
            /// Beyond 2³² entries, which no readable plan file holds.
            pub fn new(position: usize) -> Self {
                Self(u32::try_from(position).expect("a plan has fewer than 2^32 entries"))
            }

            /// The position in the plan file, from 0.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A milestone of one plan, by its position in the file.
    MilestoneId
}
id! {
    /// A calendar of one plan.
    CalendarId
}
id! {
    /// A resource of one plan.
    ResourceId
}
id! {
    /// A stage of one plan.
    StageId
}
id! {
    /// A risk of one plan.
    RiskId
}
id! {
    /// A business problem of one plan.
    ProblemId
}
id! {
    /// A metric of one plan.
    MetricId
}
id! {
    /// A factor of value of one plan.
    FactorId
}
id! {
    /// A criterion of one plan.
    CriterionId
}
id! {
    /// A solution of one plan.
    SolutionId
}

/// One value for each milestone of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PerMilestone<T> {
    values: Vec<T>,
    owner: PhantomData<MilestoneId>,
}

impl<T> PerMilestone<T> {
    /// The values in the order of the plan file, one per milestone.
    pub const fn new(values: Vec<T>) -> Self {
        Self { values, owner: PhantomData }
    }

    /// The values in the order of the plan file.
    pub fn iter(&self) -> impl Iterator<Item = (MilestoneId, &T)> {
        self.values.iter().enumerate().map(|(position, value)| (MilestoneId::new(position), value))
    }

    /// How many milestones there are.
    pub const fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether the plan has no milestone.
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl<T> Index<MilestoneId> for PerMilestone<T> {
    type Output = T;
    fn index(&self, id: MilestoneId) -> &T {
        &self.values[id.index()]
    }
}

impl<T> IndexMut<MilestoneId> for PerMilestone<T> {
    fn index_mut(&mut self, id: MilestoneId) -> &mut T {
        &mut self.values[id.index()]
    }
}
