//! Correlation between uncertain quantities.

use super::{MilestoneId, Plan, RiskId};

/// A named group of quantities that go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Its id in the plan file.
    pub key: String,
    /// Who is in it, in file order.
    pub members: Vec<Member>,
    /// How strongly they go together: Spearman's rank correlation.
    pub strength: Strength,
}

/// How strongly the members of a group go together.
#[derive(Clone, Debug, PartialEq)]
pub enum Strength {
    /// Every pair alike: -1..=1; negative for two members only.
    Rho(f64),
    /// By pair, symmetric, in the order of the members; ones on the diagonal. Each member is one
    /// quantity.
    Matrix(Vec<Vec<f64>>),
}

/// A member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// All that a milestone's span is drawn from: its duration, work and consumption.
    Span(MilestoneId),
    /// Its `duration` alone.
    Duration(MilestoneId),
    /// Its `work` alone, of all resources.
    Work(MilestoneId),
    /// Its `cost`.
    Cost(MilestoneId),
    /// Whether a risk happens.
    Risk(RiskId),
}

impl Plan {
    /// How a plan file names a member of a group.
    pub fn member_name(&self, member: Member) -> String {
        match member {
            Member::Span(id) => self[id].key.clone(),
            Member::Duration(id) => format!("{}.duration", self[id].key),
            Member::Work(id) => format!("{}.work", self[id].key),
            Member::Cost(id) => format!("{}.cost", self[id].key),
            Member::Risk(id) => format!("risk:{}", self[id].key),
        }
    }
}
