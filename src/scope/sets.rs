//! Sets of solutions as they are shown: which, and whether they can be funded.

use super::portfolio::Choice;
use super::report::ScopeReport;

/// How a set of solutions stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the one to fund.
    Chosen,
    /// It could be funded.
    Fundable,
    /// It costs more than there is, at P80.
    OverBudget,
    /// It takes more people than there are.
    OverPeople,
    /// One of it is to be probed, rejected or cleared first.
    NotYet,
}

impl Standing {
    /// Its words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Fundable => "",
            Self::OverBudget => "over budget",
            Self::OverPeople => "over people",
            Self::NotYet => "not all fundable",
        }
    }
}

impl ScopeReport {
    /// The sets that no cheaper one is worth more than, with the chosen one and the one that does nothing; or
    /// all of them. The cheapest first.
    pub fn sets(&self, all: bool) -> Vec<&Choice> {
        let chosen = self.portfolio.choice();
        let is_shown = |choice: &&Choice| all || choice.is_on_frontier || *choice == chosen;
        self.portfolio.choices.iter().filter(is_shown).collect()
    }

    /// How a set of this report stands.
    pub fn standing(&self, choice: &Choice) -> Standing {
        if choice.members == self.portfolio.choice().members {
            Standing::Chosen
        } else if choice.is_fundable {
            Standing::Fundable
        } else if self.budget.is_some_and(|budget| choice.p80_cost > budget) {
            Standing::OverBudget
        } else if choice.load > 1.0 {
            Standing::OverPeople
        } else {
            Standing::NotYet
        }
    }

    /// The keys of a set's solutions.
    pub fn members(&self, choice: &Choice) -> Vec<&str> {
        choice.members.iter().map(|&member| self.solutions[member].key.as_str()).collect()
    }
}
