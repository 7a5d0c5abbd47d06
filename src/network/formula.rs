//! How draws become spans and money.
//!
//! What the model's keys turn into ([`crate::network::Network::of`] compiles them):
//!
//! - `duration`: one term, seconds of the milestone's calendar; an elapsed duration moves the
//!   visit into a timeline of 24 hours.
//! - `work.R`: effort ÷ (units × availability), with units = `uses.R` or else R's capacity (or
//!   1). The quotient is working time of R's calendar; it is converted to the visit's timeline by
//!   the ratio of the two working weeks.
//! - `consumes.R`: pieces × (1 + allowance) ÷ Σ (throughput of each turning-out resource × its
//!   units), converted likewise; the pieces, allowance included, are paid at R's price.
//! - `uses.R`: paid by R's rate over the working time of R's calendar (its absences taken out)
//!   in the span, unless the milestone has `work.R` too: then the effort is paid, and `uses` only
//!   says how many at once.
//! - Dated capacity and availability: the value in force at the milestone's early start in the
//!   deterministic plan (found with the first values). Dated rates and prices: exact in each iteration
//!   (a price is the one in force at the start).
//! - `away` is taken out of the timeline of every milestone that lists the resource under `work`
//!   or `uses`.

use crate::model::{Category, MilestoneId, ResourceId, RiskId, SolutionId, StageId};
use crate::stats::Distribution;
use crate::units::Instant;

use super::Values;

/// An uncertain quantity: a number with a name of its own, and so with a random stream of its own.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name, stable under changes elsewhere in the plan: `duration:train`, `work:train:gpu`,
    /// `cost:label`, `lag:dig:screed:FS`, `rate:office`, `price:labels`; `risk:consent` (whether it
    /// happens), `risk:consent:delay`, `risk:consent:factor:label` (its own), `response:consent`;
    /// `rework:evaluate:1` (the first check), `rework:evaluate:share:1`, `outcome:evaluate`,
    /// `failure:launch`; `escalation` and `escalation:people`, `currency:USD`; of the third iteration of an improve
    /// milestone `duration:train:3` and so on; of its solution `curve:forecast:cell` and the like, `overrun:forecast`.
    pub name: String,
    /// How likely each value is. Of what happens or not, 1 or 0; of outcomes, their indices.
    pub distribution: Distribution,
    /// The middle its author wrote; of what may happen, that it does not; the most probable outcome.
    pub planned: f64,
    /// What it belongs to.
    pub owner: Owner,
}

/// What an uncertain quantity belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// An estimate of a milestone, or of a link into it.
    Milestone(MilestoneId),
    /// An estimate of a resource.
    Resource(ResourceId),
    /// An estimate of an overhead, by its position in [`crate::model::Plan::overheads`].
    Overhead(usize),
    /// How prices of a category rise; `None`: of all that say nothing else.
    Escalation(Option<Category>),
    /// What a currency is worth, by its position in [`crate::model::Plan::currencies`].
    Currency(usize),
    /// Whether a risk happens, how hard it hits, what its response costs.
    Risk(RiskId),
    /// A rework check of a milestone, or the share of a repeat.
    Rework(MilestoneId),
    /// How a milestone turns out.
    Outcome(MilestoneId),
    /// Whether a milestone succeeds: 1 where it fails.
    Success(MilestoneId),
    /// How a solution gets better, and how far its effort overruns.
    Solution(SolutionId),
}

impl Owner {
    /// Whether it is a matter of how much: not of whether something happens, nor what that does.
    pub const fn is_estimate(self) -> bool {
        !matches!(self, Self::Risk(_) | Self::Rework(_) | Self::Outcome(_) | Self::Success(_))
    }
}

/// A variable of one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u32);

/// A number that is known, or drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// Always this.
    Fixed(f64),
    /// Drawn once an iteration, wherever it stands.
    Variable(VariableId),
}

/// One thing that takes time: `amount × (1 + surplus) × seconds ÷ units` seconds of the visit's
/// timeline, rounded to the nearest second, at least 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpanTerm {
    /// The span, effort or pieces.
    pub amount: Quantity,
    /// Seconds per unit of `amount`.
    pub seconds: f64,
    /// Divides, where uncertain; fixed units are already in `seconds`.
    pub units: Option<Quantity>,
    /// More of it: an allowance that is uncertain (a fixed one is already in `seconds`), an overrun.
    pub surplus: Option<Quantity>,
}

impl SpanTerm {
    /// Its seconds, given one number for each variable: at least 0, at most [`super::CAP`].
    pub fn whole_seconds(&self, values: Values<'_>) -> i64 {
        let units = self.units.map_or(1.0, |units| values.of(units));
        let surplus = self.surplus.map_or(1.0, |surplus| 1.0 + values.of(surplus));
        super::whole_seconds(values.of(self.amount) * self.seconds * surplus / units).max(0)
    }
}

/// One thing that costs money.
#[derive(Clone, Debug, PartialEq)]
pub struct CostTerm {
    /// Where it counts.
    pub category: Category,
    /// The stage it counts under, if any.
    pub stage: Option<StageId>,
    /// The resource that is paid, if one is.
    pub resource: Option<ResourceId>,
    /// How much, before factors.
    pub money: Money,
    /// What 1 of the currency that `money` is in is worth; `None`: it is in the plan's.
    pub exchange: Option<Quantity>,
    /// What multiplies it, besides the visit's cost factors.
    pub follows: Follows,
    /// When.
    pub paid: PaidOver,
}

/// What multiplies a cost of a visit, besides the factors on all its money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Nothing: a sum, or what is paid by time.
    Nothing,
    /// The share of the original that a repeat takes: what is used up.
    Share,
    /// That share and the factors on span and work: effort.
    Work,
}

/// How a cost is computed from draws and dates.
#[derive(Clone, Debug, PartialEq)]
pub enum Money {
    /// `amount × (1 + surplus) × price × factor`, once.
    Once {
        /// The amount.
        amount: Quantity,
        /// Its price; `Fixed(1.0)` where there is none.
        price: Quantity,
        /// A fixed factor, a fixed allowance included.
        factor: f64,
        /// More of it: an allowance that is uncertain, an overrun.
        surplus: Option<Quantity>,
        /// Other prices, each from a moment on; the one in force at the visit's start counts.
        changes: Vec<(Instant, Quantity)>,
    },
    /// `effort × (1 + surplus) × tariff`: effort in working seconds of the tariff's timeline, spread evenly over
    /// the visit's span where the tariff changes on dates (at its start if the span is empty).
    Effort {
        /// The effort.
        effort: Quantity,
        /// More of it: an overrun.
        surplus: Option<Quantity>,
        /// What one second of it costs.
        tariff: Tariff,
    },
    /// `units × ∫ tariff` over the visit's span.
    Running {
        /// How many units run.
        units: Units,
        /// What one of them costs per time.
        tariff: Tariff,
    },
}

/// How many units are paid for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units(pub Quantity);

/// Money per time, piecewise constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// The timeline whose working time is paid (an index into the network's timelines); `None`:
    /// elapsed time is paid.
    pub timeline: Option<u16>,
    /// Money per second at first.
    pub first: Quantity,
    /// Seconds per unit of `first` and `changes`.
    pub per: f64,
    /// From each of these moments on, another value.
    pub changes: Vec<(Instant, Quantity)>,
}

/// When a cost is paid.
#[derive(Clone, Debug, PartialEq)]
pub enum PaidOver {
    /// Evenly over the visit's span.
    Span,
    /// At these moments, or along these curves.
    Moments(Vec<crate::model::Payment>),
}

/// Money per time, from the first start to the last finish of some visits.
#[derive(Clone, Debug, PartialEq)]
pub struct Hammock {
    /// Its key in the plan file.
    pub key: String,
    /// Where it counts.
    pub category: Category,
    /// What it costs per time.
    pub tariff: Tariff,
    /// What 1 of the currency of `tariff` is worth; `None`: it is in the plan's.
    pub exchange: Option<Quantity>,
    /// Over these visits; `None`: from the plan's start to its finish.
    pub over: Option<Vec<super::VisitId>>,
}

/// A share on other money.
#[derive(Clone, Debug, PartialEq)]
pub struct Surcharge {
    /// Its key in the plan file.
    pub key: String,
    /// Where it counts.
    pub category: Category,
    /// The share (0.15 adds 15 %).
    pub share: Quantity,
    /// On the money of these categories; `None`: not limited.
    pub categories: Option<Vec<Category>>,
    /// On the money of these visits; `None`: all visits, risks and hammocks.
    pub visits: Option<Vec<super::VisitId>>,
}
