//! On which terms solutions are judged.

use crate::units::{Money, When};

/// What `[scope]` says.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopingTerms {
    /// Whether the plan has a `[scope]` at all.
    pub is_given: bool,
    /// Months from the plan's start in which value counts; above 0.
    pub horizon_months: f64,
    /// Per year, 0 <= r < 1.
    pub discount_rate: f64,
    /// The money there is; default: the plan's budget.
    pub budget: Option<Money>,
    /// The date to launch by; default: the plan's deadline.
    pub deadline: Option<When>,
    /// What is less likely feasible is rejected, 0..=1.
    pub min_p_feasible: f64,
    /// How much of each other's value solutions of one problem take, 0..=1.
    pub overlap: f64,
    /// The share of the P50 cost held in reserve at least.
    pub contingency: f64,
    /// Whether the problem is given, and need not be looked for.
    pub problem_given: bool,
    /// What a choice of solutions should make largest.
    pub goal: Goal,
    /// How far efforts overrun.
    pub tail: Tail,
}

/// What a choice of solutions should make largest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// The expected net present value.
    #[default]
    ExpectedValue,
    /// The chance of a gain.
    ChanceOfGain,
    /// The mean of the worst twentieth.
    WorstTwentieth,
}

/// The overrun of a solution's effort: one multiplier a run for all its milestones.
///
/// With `probability` it is `from × U^(−1/alpha)`, at most `cap`; else `exp(sigma × N(0, 1))`. It multiplies
/// work and money; its power `schedule_exponent` multiplies durations. Source of the defaults: Flyvbjerg &
/// Budzier (2011), "Why your IT project may be riskier than you think".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// How likely the effort runs away, 0..=1.
    pub probability: f64,
    /// The least multiplier where it does, at least 1.
    pub from: f64,
    /// The exponent of the power law, above 0.
    pub alpha: f64,
    /// The greatest multiplier, at least `from`.
    pub cap: f64,
    /// The spread of the logarithm where it does not, at least 0.
    pub sigma: f64,
    /// Durations take the multiplier to this power, 0..=1.
    pub schedule_exponent: f64,
}

impl Tail {
    /// The usual tail.
    pub const USUAL: Self =
        Self { probability: 1.0 / 6.0, from: 1.5, alpha: 2.0, cap: 5.0, sigma: 0.15, schedule_exponent: 0.5 };

    /// Whether there is no overrun at all.
    pub fn is_off(&self) -> bool {
        self.probability <= 0.0 && self.sigma <= 0.0
    }
}

impl Default for ScopingTerms {
    fn default() -> Self {
        Self {
            is_given: false,
            horizon_months: 36.0,
            discount_rate: 0.1,
            budget: None,
            deadline: None,
            min_p_feasible: 0.2,
            overlap: 0.25,
            contingency: 0.1,
            problem_given: false,
            goal: Goal::ExpectedValue,
            tail: Tail::USUAL,
        }
    }
}
