//! What speaks for a solution being feasible.

use crate::model::Estimate;

/// All evidence on one solution. Values are in the unit of the solution's metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// How the metric went so far.
    pub history: Option<History>,
    /// How well people do it.
    pub hlp: Option<HumanLevel>,
    /// What others reached, in file order.
    pub benchmarks: Vec<Benchmark>,
    /// What the inputs foretell.
    pub features: Option<Features>,
    /// A proof of concept.
    pub pilot: Option<Pilot>,
    /// A value that nothing can be better than: Bayes error, noise of labels.
    pub hard_ceiling: Option<f64>,
    /// Whether the data is there and may be used; `None`: not said.
    pub data_ready: Option<bool>,
}

/// Measurements of an existing system, by effort.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// What effort is counted in.
    pub unit: EffortUnit,
    /// At least two measurements at different efforts, by ascending effort; dates are days since the first.
    pub points: Vec<Measured>,
    /// The share of projects whose progress ends for reasons that no curve shows, 0..=1.
    pub stall: f64,
}

/// One measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The effort until then.
    pub effort: f64,
    /// The metric then.
    pub value: f64,
    /// On how many items it was measured.
    pub items: Option<f64>,
}

/// What effort is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EffortUnit {
    /// Iterations.
    #[default]
    Iteration,
    /// Days of the calendar.
    Date,
    /// Person-days.
    PersonDays,
    /// Labelled examples.
    Examples,
    /// GPU hours.
    GpuHours,
}

/// Overrides of what a source of evidence is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SourceTerms {
    /// Added to the logarithm of the gap.
    pub shift: Option<f64>,
    /// The spread of the logarithm of the gap, above 0.
    pub spread: Option<f64>,
}

/// How well people do it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HumanLevel {
    /// The metric they reach.
    pub value: f64,
    /// On so many items.
    pub items: f64,
    /// Whether they saw the same data as the model.
    pub same_data: bool,
    /// Overrides.
    pub terms: SourceTerms,
}

/// What others reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    /// Its id in the plan file.
    pub key: String,
    /// Where it was published.
    pub source: Option<String>,
    /// How it was reached.
    pub architecture: Option<String>,
    /// The metric there.
    pub value: f64,
    /// How close that task is to this one.
    pub similarity: Similarity,
    /// Overrides.
    pub terms: SourceTerms,
}

/// How close a published task is to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Similarity {
    /// The same task on the same kind of data.
    Same,
    /// A similar one.
    Similar,
    /// A distant one.
    Distant,
}

/// What the inputs foretell.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// Of a new system: how well single features do alone.
    pub single: Option<Predictive>,
    /// How much of what a feature knows others know already, 0..=1.
    pub redundancy: f64,
    /// Of an existing system: the features to be added.
    pub new: Vec<String>,
    /// The share of the remaining gap that these may remove.
    pub gap_reduction: Option<Estimate>,
    /// Overrides.
    pub terms: SourceTerms,
}

/// How well single features do alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Predictive {
    /// Areas under the ROC curve, each within 0..=1.
    Auc(Vec<f64>),
    /// Shares of variance explained, each within 0..=1.
    R2(Vec<f64>),
}

/// A proof of concept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pilot {
    /// The metric it reached.
    pub value: f64,
    /// On how many items.
    pub items: Option<f64>,
    /// Overrides.
    pub terms: SourceTerms,
}

impl EffortUnit {
    /// All units.
    pub const ALL: [Self; 5] =
        [Self::Iteration, Self::Date, Self::PersonDays, Self::Examples, Self::GpuHours];

    /// Its word in plan files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iteration => "iteration",
            Self::Date => "date",
            Self::PersonDays => "person_days",
            Self::Examples => "examples",
            Self::GpuHours => "gpu_hours",
        }
    }
}
