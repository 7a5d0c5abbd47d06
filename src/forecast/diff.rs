//! What changed from one plan to another, and what each change did to finish and cost.
//!
//! The changes are made one after the other under the same draws, and every plan on the way is simulated.
//! An effect is the percentile after a change less the one before it. Percentiles are rounded before they
//! are subtracted, days to tenths and money to its unit, so effects add up to the total to the last digit:
//!
//! ```text
//!   q(n) − q(0) = Σ (q(i) − q(i − 1))
//! ```
//!
//! In another order the single effects would be others, their sum would not.

use crate::model::{Change, Plan};
use crate::network::Network;
use crate::simulate::Samples;
use crate::stats::sample::{Sectioned, Sorted};
use crate::units::Share;

use super::comparison::{days, triple};
use super::figures::CONFIDENCE;
use super::{Contender, Forecast};

/// Days are told to tenths.
const DAY_UNIT: f64 = 0.1;
/// From this cost on, money is told without cents.
const WITHOUT_CENTS: f64 = 1_000.0;

/// The way from one plan to another.
#[derive(Clone, Debug)]
pub struct Diff {
    /// What the first plan is called.
    pub before_label: String,
    /// What the second plan is called.
    pub after_label: String,
    /// The first plan's forecast.
    pub before: Forecast,
    /// The second plan's forecast.
    pub after: Forecast,
    /// The percentile that headlines: the first plan's.
    pub confidence: Share,
    /// What changes, in order.
    pub steps: Vec<DiffStep>,
    /// All of it together.
    pub total: Effect,
    /// How many differences are of writing alone.
    pub rewritten: usize,
    /// What to know before effects are believed.
    pub notes: Vec<String>,
}

/// Changes that are made together, and what they do.
#[derive(Clone, Debug)]
pub struct DiffStep {
    /// At least one; several where the plan between them is none.
    pub changes: Vec<Change>,
    /// What they do; `None` if they are about scenarios that are not chosen.
    pub effect: Option<Effect>,
}

/// What a change does, in working days of the first plan and in money.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effect {
    /// By how much the finish moves: its P50, and the percentile that headlines. `None` if one of both plans is
    /// never delivered.
    pub finish: Option<[Shift; 2]>,
    /// The same of the cost; `None` if no plan costs anything, or currencies differ.
    pub cost: Option<[Shift; 2]>,
}

/// By how much a percentile moves, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// How many units: positive is later or dearer.
    pub units: i64,
    /// What a unit is: a tenth of a day; one of money, or a hundredth of it.
    pub unit: f64,
    /// Lower end of the interval, in days or money.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Shift {
    /// The shift in days or money: the multiple of its unit.
    pub fn value(self) -> f64 {
        let per_unit = (1.0 / self.unit).round();
        self.units as f64 / per_unit
    }

    /// Whether it may be chance, or is nothing.
    pub fn is_noise(self) -> bool {
        self.units == 0 || (self.low <= 0.0 && 0.0 <= self.high)
    }
}

/// The way from one plan to another while it is walked.
pub struct DiffTrace<'a> {
    first: Contender<'a>,
    before: Forecast,
    start: State,
    last: State,
    steps: Vec<DiffStep>,
    notes: Vec<String>,
    /// Levels of both percentiles.
    levels: [f64; 2],
    money_unit: f64,
}

impl<'a> DiffTrace<'a> {
    /// At the first plan.
    pub fn at(first: Contender<'a>) -> Self {
        let levels = [0.5, first.plan.confidence.value()];
        let start = State::of(&first, &first);
        let size = start.cost.as_ref().map_or(0.0, |cost| cost.whole().percentile(levels[1]).abs());
        Self {
            before: Forecast::of(first.plan, first.network, first.samples),
            last: start.clone(),
            start,
            first,
            steps: Vec::new(),
            notes: Vec::new(),
            levels,
            money_unit: if size < WITHOUT_CENTS { 0.01 } else { 1.0 },
        }
    }

    /// Changes that lead to a next plan, or to none that is another.
    pub fn step(&mut self, changes: Vec<Change>, next: Option<(&Plan, &Network, &Samples)>) {
        let effect = next.map(|(plan, network, samples)| {
            let next = State::of(&Contender { plan, network, samples, ..self.first }, &self.first);
            let effect = self.effect(&self.last, &next);
            self.last = next;
            effect
        });
        self.steps.push(DiffStep { changes, effect });
    }

    /// The whole way, at its end.
    pub fn end(mut self, after: Contender<'_>, rewritten: usize) -> Diff {
        let total = self.effect(&self.start, &self.last);
        if after.plan.currency != self.first.plan.currency {
            self.notes.push("currencies differ: their costs are not subtracted".to_owned());
        }
        if after.plan.start.is_some() != self.first.plan.start.is_some() {
            self.notes
                .push("only one plan has a start: days count from each plan's own beginning".to_owned());
        }
        Diff {
            before_label: self.first.label.to_owned(),
            after_label: after.label.to_owned(),
            after: Forecast::of(after.plan, after.network, after.samples),
            before: self.before,
            confidence: self.first.plan.confidence,
            steps: self.steps,
            total,
            rewritten,
            notes: self.notes,
        }
    }

    fn effect(&self, one: &State, other: &State) -> Effect {
        let shifts = |one: &Option<Sectioned>, other: &Option<Sectioned>, unit: f64| {
            let (one, other) = (one.as_ref()?, other.as_ref()?);
            Some(self.levels.map(|p| shift(one, other, p, unit)))
        };
        let is_one_money = one.currency == other.currency;
        let cost = shifts(&one.cost, &other.cost, self.money_unit);
        Effect {
            finish: shifts(&one.finish, &other.finish, DAY_UNIT),
            cost: cost.filter(|_| is_one_money && (one.costs || other.costs)),
        }
    }
}

fn shift(one: &Sectioned, other: &Sectioned, p: f64, unit: f64) -> Shift {
    let percentile = |sorted: &Sorted| sorted.percentile(p);
    let units = |state: &Sectioned| (percentile(state.whole()) / unit).round() as i64;
    let (_, low, high) = triple(one.to(other, CONFIDENCE, percentile));
    Shift { units: units(other).saturating_sub(units(one)), unit, low, high }
}

/// Finish and cost of every iteration of a plan on the way.
#[derive(Clone)]
struct State {
    finish: Option<Sectioned>,
    cost: Option<Sectioned>,
    costs: bool,
    currency: String,
}

impl State {
    fn of(plan: &Contender<'_>, first: &Contender<'_>) -> Self {
        let (samples, days) = (plan.samples, days(plan, first));
        let delivered = |at: usize| samples.is_delivered(at).then(|| days[at]);
        Self {
            finish: Sectioned::of(days.len(), samples.scheme(), delivered),
            cost: Sectioned::new(&samples.cost, samples.scheme()),
            costs: plan.network.costs_something(),
            currency: plan.plan.currency.clone(),
        }
    }
}
