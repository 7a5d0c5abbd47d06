//! Joint confidence: by when and with how much money the plan is done, both together.
//!
//! J(t, c) = P(finish ≤ t and cost ≤ c). A run that is not delivered meets no date, and so counts as
//! one that is not met. At J = 80 % a date can be bought with money along a curve, the frontier; an 80 %
//! date beside an 80 % budget usually holds for less than 80 % of the runs.
//!
//! Method: NASA's joint cost and schedule confidence level (JCL), NPD 7120.5; frontier:
//! [`crate::stats::sample::frontier`].

use crate::model::Plan;
use crate::network::Network;
use crate::simulate::Samples;
use crate::stats::sample::{frontier, rank_of};

use super::clock::Clock;
use super::figures::chance;
use super::{Proportion, Stamp};

/// How sure date and budget are together.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// How runs fall around deadline and budget; `None` unless the plan has both.
    pub quadrants: Option<Quadrants>,
    /// What is enough for 50, 70 and 80 % of the runs, and for the headline's share; ascending. A curve
    /// that no date and budget can reach, because too few runs are delivered, is left out.
    pub curves: Vec<JointCurve>,
    /// What the headline's share takes; `None` if too few runs are delivered.
    pub headline: Option<JointNeed>,
    /// Some of the runs that deliver, the first of them, for pictures.
    pub points: Vec<JointPoint>,
}

/// How runs fall around deadline and budget; the four shares add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadrants {
    /// On time and within the budget.
    pub both: Proportion,
    /// Late, or not delivered, within the budget.
    pub late: Proportion,
    /// On time over the budget.
    pub over: Proportion,
    /// Late, or not delivered, and over the budget.
    pub neither: Proportion,
}

/// The dates and budgets that are just enough for a share of the runs.
#[derive(Clone, Debug, PartialEq)]
pub struct JointCurve {
    /// The share of the runs, 0..1.
    pub share: f64,
    /// Its corners: dates ascending, money descending; at most [`Joint::MOST_CORNERS`]. Each is enough.
    pub corners: Vec<JointPoint>,
}

/// A finish and a cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointPoint {
    /// The finish.
    pub at: Stamp,
    /// The cost.
    pub cost: f64,
}

/// What a share of the runs takes, date and money together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointNeed {
    /// The share, 0..1.
    pub share: f64,
    /// The least money for which there is any date.
    pub cheapest: JointPoint,
    /// Of all that is just enough, the one whose date and money are equally sure each on its own, as
    /// nearly as can be.
    pub balanced: JointPoint,
    /// The least money that is enough by the deadline; `None` without a deadline, or if no money is.
    pub by_deadline: Option<JointPoint>,
    /// The earliest date that is enough within the budget; `None` without a budget, or if no date is.
    pub within_budget: Option<JointPoint>,
}

impl Joint {
    /// How many corners of a curve are listed at most.
    pub const MOST_CORNERS: usize = 30;
    /// How many runs are kept for pictures.
    const MOST_POINTS: usize = 800;

    /// The joint confidence of a plan; `None` if nothing costs anything.
    pub(super) fn of(plan: &Plan, network: &Network, samples: &Samples, clock: Clock<'_>) -> Option<Self> {
        if !network.costs_something() {
            return None;
        }
        let runs = samples.finish.len();
        let arrived = |at: usize| samples.arrival(at).map(|finish| (f64::from(finish), samples.cost[at]));
        let values: Vec<(f64, f64)> = (0..runs).filter_map(arrived).collect();
        let stairs = |share: f64| frontier(&values, rank_of(runs as u64, share) as usize);
        let point = |&(finish, cost): &(f64, f64)| JointPoint { at: clock.finish(finish as i64), cost };
        let confidence = plan.confidence.value();
        let mut shares = vec![0.5, 0.7, 0.8, confidence];
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        let curves = shares
            .into_iter()
            .map(|share| JointCurve { share, corners: thinned(&stairs(share)).iter().map(point).collect() });
        let limits = Limits {
            finish: plan.deadline.map(|deadline| clock.finish_limit(deadline) as f64),
            cost: plan.budget.map(|budget| budget.0),
        };
        let need = Need { values: &values, stairs: &stairs(confidence), limits };
        Some(Self {
            quadrants: limits.quadrants(samples),
            curves: curves.filter(|curve| !curve.corners.is_empty()).collect(),
            headline: need.of(confidence, point),
            points: values.iter().take(Self::MOST_POINTS).map(point).collect(),
        })
    }
}

/// Deadline, on the plan's axis, and budget.
#[derive(Clone, Copy)]
struct Limits {
    finish: Option<f64>,
    cost: Option<f64>,
}

impl Limits {
    fn quadrants(self, samples: &Samples) -> Option<Quadrants> {
        let (deadline, budget) = (self.finish?, self.cost?);
        let on_time = |at: usize| samples.arrival(at).is_some_and(|finish| f64::from(finish) <= deadline);
        let in_budget = |at: usize| samples.cost[at] <= budget;
        let share =
            |time: bool, money: bool| chance(samples, |at| on_time(at) == time && in_budget(at) == money);
        Some(Quadrants {
            both: share(true, true),
            late: share(false, true),
            over: share(true, false),
            neither: share(false, false),
        })
    }
}

/// What a share of the runs takes.
struct Need<'a> {
    values: &'a [(f64, f64)],
    stairs: &'a [(f64, f64)],
    limits: Limits,
}

impl Need<'_> {
    fn of(&self, share: f64, point: impl Fn(&(f64, f64)) -> JointPoint) -> Option<JointNeed> {
        let stairs = self.stairs;
        let by_deadline = |limit: f64| stairs[..stairs.partition_point(|at| at.0 <= limit)].last();
        let within_budget = |limit: f64| stairs.get(stairs.partition_point(|at| at.1 > limit));
        Some(JointNeed {
            share,
            cheapest: point(stairs.last()?),
            balanced: point(self.balanced()?),
            by_deadline: self.limits.finish.and_then(by_deadline).map(&point),
            within_budget: self.limits.cost.and_then(within_budget).map(&point),
        })
    }

    /// The corner whose less sure side is surest to be as sure as the other: the larger of both ranks
    /// is least.
    fn balanced(&self) -> Option<&(f64, f64)> {
        let sorted = |pick: fn(&(f64, f64)) -> f64| {
            let mut list: Vec<f64> = self.values.iter().map(pick).collect();
            list.sort_by(f64::total_cmp);
            list
        };
        let (finishes, costs) = (sorted(|at| at.0), sorted(|at| at.1));
        let rank = |list: &[f64], value: f64| list.partition_point(|&other| other <= value);
        self.stairs.iter().min_by_key(|at| rank(&finishes, at.0).max(rank(&costs, at.1)))
    }
}

/// Some of the corners, first and last included, evenly along the curve.
fn thinned(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let most = Joint::MOST_CORNERS;
    if corners.len() <= most {
        return corners.to_vec();
    }
    (0..most).map(|place| corners[place * (corners.len() - 1) / (most - 1)]).collect()
}
