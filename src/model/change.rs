//! Changes from one plan to another, in the words of the plan file.

/// One change of what a plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What part of a plan it is about.
    pub topic: Topic,
    /// What is changed: `milestone`, `expectation`, `plan`.
    pub kind: String,
    /// Which of them; `None` where there is only one.
    pub name: Option<String>,
    /// The key that is changed, dotted below its owner; `None` if it is the owner as a whole.
    pub key: Option<String>,
    /// What became of it.
    pub what: Became,
}

/// What became of a part of a plan; values as a plan file writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is new, with this value.
    New(String),
    /// It is gone; this was its value.
    Gone(String),
    /// It has another value.
    Other {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// It has another name, this one; whatever named it follows.
    Renamed(String),
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// The plan as a whole: its name, its start, its deadline.
    Plan,
    /// Calendars: when work is done.
    Calendars,
    /// Resources.
    Resources,
    /// Milestones, and what they are called.
    Milestones,
    /// What depends on what, and on which conditions.
    Logic,
    /// How long things take, and how sure that is.
    Estimates,
    /// What things cost.
    Money,
    /// What may happen.
    Risks,
    /// What should hold.
    Expectations,
    /// Scenarios; those that are not chosen change no forecast.
    Scenarios,
}

impl Topic {
    /// Its word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Calendars => "calendars",
            Self::Resources => "resources",
            Self::Milestones => "milestones",
            Self::Logic => "logic",
            Self::Estimates => "estimates",
            Self::Money => "money",
            Self::Risks => "risks",
            Self::Expectations => "expectations",
            Self::Scenarios => "scenarios",
        }
    }
}
