//! Value against ease: where every solution stands among the others.

use super::report::ScopeReport;
use super::scores::{Quadrant, median};

/// What counts as the value of a solution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueOf {
    /// The expected net present value: over all runs.
    #[default]
    AllRuns,
    /// The mean net present value of the runs that launch: the value if successful.
    Launched,
}

/// Every solution by its effort and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueMap {
    /// What counts as value.
    pub of: ValueOf,
    /// The solutions that have such a value, in file order.
    pub places: Vec<Place>,
    /// The positions of those that have none: they never launch.
    pub without: Vec<usize>,
    /// The medians of effort and value that part the quadrants; nothing of a single solution.
    pub split: Option<(f64, f64)>,
    /// What a person-day costs, discounted, in the middle of all solutions: an expected net present value of
    /// so much per person-day is a productivity index of 1.
    pub day_cost: Option<f64>,
}

/// One solution among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its position in the report.
    pub index: usize,
    /// The P50 of its effort in person-days.
    pub effort: f64,
    /// Its value.
    pub value: f64,
    /// Where it stands.
    pub quadrant: Quadrant,
}

impl ValueMap {
    /// The solutions of a report by effort and value.
    pub fn of(report: &ScopeReport, of: ValueOf) -> Self {
        let value = |index: usize| match of {
            ValueOf::AllRuns => Some(report.solutions[index].worths.expected),
            ValueOf::Launched => report.solutions[index].by_launch.0,
        };
        let all = 0..report.solutions.len();
        let (with, without): (Vec<usize>, Vec<usize>) = all.partition(|&index| value(index).is_some());
        let effort = |index: usize| report.solutions[index].effort;
        let pairs: Vec<(f64, f64)> =
            with.iter().filter_map(|&index| Some((effort(index), value(index)?))).collect();
        let places = with.iter().zip(&pairs).zip(Quadrant::of(&pairs));
        let priced = report.solutions.iter().filter(|it| it.effort > 0.0 && it.development > 0.0);
        let day_costs: Vec<f64> = priced.map(|it| it.development / it.effort).collect();
        Self {
            of,
            places: places
                .map(|((&index, &(effort, value)), quadrant)| Place { index, effort, value, quadrant })
                .collect(),
            without,
            split: (pairs.len() > 1)
                .then(|| (median(pairs.iter().map(|it| it.0)), median(pairs.iter().map(|it| it.1)))),
            day_cost: (!day_costs.is_empty()).then(|| median(day_costs.into_iter())),
        }
    }
}
