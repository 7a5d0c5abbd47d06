//! The values that targets and expectations speak of, one per iteration.

use crate::model::{Category, Figure, Limit, MilestoneId, Plan, Scope};
use crate::network::{Network, VisitId};
use crate::simulate::{Keep, NEVER, Samples};
use crate::stats::sample::{Interval, Sampled, Sorted, wilson};

use super::Proportion;
use super::clock::Clock;

/// How sure every interval is that an answer states.
pub(super) const CONFIDENCE: f64 = 0.95;

/// The values of some of a run's iterations, one after the other; of all if they are as many.
///
/// # Panics
/// Never: there is at least one, and all numbers of a simulation are finite.
pub(super) fn sampled(samples: &Samples, values: &[f64]) -> Sampled {
    Sampled::new(values, samples.scheme()).expect("there is a value, and all values are finite")
}

/// Values in ascending order, without the order of their iterations.
///
/// # Panics
/// Never: there is at least one, and all numbers of a simulation are finite.
pub(super) fn sorted(values: Vec<f64>) -> Sorted {
    Sorted::new(values).expect("there is a value, and all values are finite")
}

/// A share with its interval (Wilson's), where only counts are known.
pub(super) fn proportion(count: usize, of: usize) -> Proportion {
    if of == 0 {
        return Proportion { share: 0.0, low: 0.0, high: 0.0 };
    }
    let Interval { low, high } = wilson(count as u64, of as u64, CONFIDENCE);
    Proportion { share: count as f64 / of as f64, low, high }
}

/// The chance that something holds in an iteration, with its interval.
pub(super) fn chance(samples: &Samples, holds: impl Fn(usize) -> bool) -> Proportion {
    chance_among(samples, |at| Some(holds(at)))
}

/// The same among those iterations that count at all; none: 0.
pub(super) fn chance_among(samples: &Samples, holds: impl Fn(usize) -> Option<bool>) -> Proportion {
    let holds: Vec<Option<bool>> = (0..samples.finish.len()).map(holds).collect();
    if holds.iter().all(Option::is_none) {
        return Proportion { share: 0.0, low: 0.0, high: 0.0 };
    }
    let (share, Interval { low, high }) = samples.scheme().share_among(&holds, CONFIDENCE);
    Proportion { share, low, high }
}

/// What the simulation has to keep of every iteration, so that this plan's targets and expectations
/// can be judged.
pub fn keep(plan: &Plan, network: &Network) -> Keep {
    let mut keep = Keep::default();
    for id in plan.ids() {
        let milestone = &plan[id];
        let visit = network.visit_of[id];
        let bounds = &milestone.bounds;
        if milestone.deadline.is_some() || bounds.not_after.is_some() || bounds.must_finish.is_some() {
            keep.finishes.push(visit);
        }
        if bounds.must_start.is_some() {
            keep.starts.push(visit);
        }
    }
    for figure in plan.expectations.iter().flat_map(|expectation| expectation.statement.figures()) {
        match figure {
            Figure::StartOf(id) => keep.starts.push(network.visit_of[*id]),
            Figure::FinishOf(id) => keep.finishes.push(network.visit_of[*id]),
            Figure::CostOf(Scope::Milestones(ids)) => keep.costs.push(visits(network, ids)),
            Figure::Finish | Figure::Cost | Figure::CostOf(_) => {}
        }
    }
    for list in [&mut keep.starts, &mut keep.finishes] {
        list.sort_unstable();
        list.dedup();
    }
    keep.costs.sort_unstable();
    keep.costs.dedup();
    keep
}

fn visits(network: &Network, ids: &[MilestoneId]) -> Vec<VisitId> {
    ids.iter().map(|&id| network.visit_of[id]).collect()
}

/// The figures of every iteration, as numbers that compare with a limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures<'a> {
    pub(super) network: &'a Network,
    pub(super) samples: &'a Samples,
    pub(super) clock: Clock<'a>,
    /// The lists of visits whose costs were kept, ascending.
    pub(super) kept_costs: &'a [Vec<VisitId>],
}

/// What numbers of a figure count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Wall seconds since the plan's anchor.
    Wall,
    /// Working seconds of the plan's calendar since its start.
    Work,
    /// Money.
    Money,
}

impl Scale {
    /// The scale that a limit is given in.
    pub(super) const fn of(limit: &Limit) -> Self {
        match limit {
            Limit::Date(_) => Self::Wall,
            Limit::Span(_) => Self::Work,
            Limit::Money(_) => Self::Money,
        }
    }
}

impl Figures<'_> {
    /// One number per iteration, in iteration order: of what does not exist, or is not delivered, NaN for a
    /// milestone's dates, and of the plan's finish in runs that fail.
    pub(super) fn values(self, figure: &Figure, scale: Scale) -> Vec<f64> {
        match figure {
            Figure::Finish => self.finishes(scale),
            Figure::StartOf(id) => self.starts_of(*id, scale),
            Figure::FinishOf(id) => self.finishes_of(*id, scale),
            Figure::Cost | Figure::CostOf(Scope::All) => self.samples.cost.clone(),
            Figure::CostOf(Scope::Categories(categories)) => self.costs_of(categories),
            Figure::CostOf(Scope::Milestones(ids)) => {
                let kept = self.kept_costs.binary_search(&visits(self.network, ids));
                kept.map(|at| self.samples.kept_costs[at].clone()).unwrap_or_default()
            }
        }
    }

    fn finishes(self, scale: Scale) -> Vec<f64> {
        let anchor = self.clock.anchor().seconds();
        let number = |finish: i64| match scale {
            Scale::Work => self.network.plan_seconds(finish),
            Scale::Wall | Scale::Money => self.network.axis_instant(finish).seconds() - anchor,
        };
        let delivered = |(at, &finish): (usize, &i32)| {
            if self.samples.is_delivered(at) { number(i64::from(finish)) as f64 } else { f64::NAN }
        };
        self.samples.finish.iter().enumerate().map(delivered).collect()
    }

    fn starts_of(self, id: MilestoneId, scale: Scale) -> Vec<f64> {
        let visit = self.network.visit_of[id];
        let timeline = self.network.timeline_of(visit);
        let wall = |&start: &i32| timeline.wall_of_start(i64::from(start));
        let starts = self.samples.kept_starts(visit).unwrap_or_default();
        starts.iter().map(|at| if *at == NEVER { f64::NAN } else { self.scaled(wall(at), scale) }).collect()
    }

    fn finishes_of(self, id: MilestoneId, scale: Scale) -> Vec<f64> {
        let visit = self.network.visit_of[id];
        let timeline = self.network.timeline_of(visit);
        let wall = |&finish: &i32| timeline.wall_of_finish(i64::from(finish));
        let finishes = self.samples.kept_finishes(visit).unwrap_or_default();
        finishes.iter().map(|at| if *at == NEVER { f64::NAN } else { self.scaled(wall(at), scale) }).collect()
    }

    fn scaled(self, wall: i64, scale: Scale) -> f64 {
        match scale {
            Scale::Work => self.network.timelines[0].position_of_wall(wall) as f64,
            Scale::Wall | Scale::Money => wall as f64,
        }
    }

    fn costs_of(self, categories: &[Category]) -> Vec<f64> {
        let mut sums = vec![0.0; self.samples.finish.len()];
        for (_, costs) in self.samples.categories.iter().filter(|(category, _)| categories.contains(category))
        {
            for (sum, cost) in sums.iter_mut().zip(costs) {
                *sum += cost;
            }
        }
        sums
    }
}
