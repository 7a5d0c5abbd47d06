//! Plans and scenarios side by side, under the same draws.

use crate::model::Plan;
use crate::network::Network;
use crate::simulate::Samples;
use crate::stats::sample::{self, Sectioned, Sorted};

use super::figures::CONFIDENCE;
use super::{Forecast, Tradeoff};

/// The percentiles that show how differences scatter.
pub const SPREAD: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Several forecasts and their differences from the first.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The columns, as they were asked for.
    pub columns: Vec<Column>,
    /// Differences of each column but the first from the first.
    pub differences: Vec<Pairing>,
    /// How the columns stand to each other in date and money; `None` where their money can't be compared.
    pub tradeoff: Option<Tradeoff>,
    /// What to know before columns are compared.
    pub notes: Vec<String>,
}

/// One of the compared forecasts.
#[derive(Clone, Debug)]
pub struct Column {
    /// `lean`, `base`, or the file's name.
    pub label: String,
    /// What it is about, in its author's words.
    pub description: Option<String>,
    /// What the scenario changes, as it is written.
    pub changes: Option<String>,
    /// Its forecast.
    pub forecast: Forecast,
}

/// How one column differs from the first, iteration by iteration.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairing {
    /// Position of the column in [`Comparison::columns`].
    pub column: usize,
    /// Days of finish: positive is later.
    pub finish: Difference,
    /// Money: positive is dearer; `None` if neither plan costs anything or currencies differ.
    pub cost: Option<Difference>,
    /// P5, P25, P50, P75 and P95 of the difference in days, over the iterations that both deliver; `None` if there is none.
    pub finish_spread: Option<[f64; 5]>,
    /// The same of the difference in money, over all iterations; `None` where there is no `cost`.
    pub cost_spread: Option<[f64; 5]>,
    /// Share of iterations in which it finishes earlier.
    pub earlier: f64,
    /// Share of iterations in which it costs less.
    pub cheaper: f64,
    /// Share of iterations in which it does both.
    pub both: f64,
}

/// A difference with its 95 % intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean difference: estimate, low, high.
    pub mean: (f64, f64, f64),
    /// Difference of the P50s: estimate, low, high.
    pub p50: (f64, f64, f64),
    /// Difference of the percentiles that headline (the first column's): estimate, low, high.
    pub headline: (f64, f64, f64),
}

/// A simulated plan that takes part in a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Contender<'a> {
    /// What stands above its column.
    pub label: &'a str,
    /// What it is about, in its author's words.
    pub description: Option<&'a str>,
    /// What it changes, as it is written.
    pub changes: Option<&'a str>,
    /// The plan.
    pub plan: &'a Plan,
    /// Its network.
    pub network: &'a Network,
    /// Its samples: as many iterations, from the same seed, as the others'.
    pub samples: &'a Samples,
}

impl Comparison {
    /// The contenders side by side, and each but the first paired with the first.
    pub fn of(contenders: &[Contender<'_>]) -> Self {
        let column = |contender: &Contender<'_>| Column {
            label: contender.label.to_owned(),
            description: contender.description.map(str::to_owned),
            changes: contender.changes.map(str::to_owned),
            forecast: Forecast::of(contender.plan, contender.network, contender.samples),
        };
        let differences = match contenders {
            [] => Vec::new(),
            [first, others @ ..] => {
                others.iter().enumerate().map(|(index, other)| pairing(first, other, index + 1)).collect()
            }
        };
        Self {
            columns: contenders.iter().map(column).collect(),
            differences,
            tradeoff: Tradeoff::of(contenders),
            notes: notes(contenders),
        }
    }
}

/// What makes columns hard to compare: days of different length, dates in some only, different money.
fn notes(contenders: &[Contender<'_>]) -> Vec<String> {
    let Some((first, others)) = contenders.split_first() else { return Vec::new() };
    let day = |contender: &Contender<'_>| contender.plan[contender.plan.calendar].day_seconds();
    let differs = |by: &dyn Fn(&Contender<'_>) -> bool| others.iter().any(by);
    let dated = first.plan.start.is_some();
    let mut notes = Vec::new();
    if differs(&|other| other.plan.start.is_some() != dated) {
        notes.push("not all plans have a start: days count from each plan's own beginning".to_owned());
    }
    if differs(&|other| day(other) != day(first)) {
        notes.push(format!(
            "working days differ in length: differences count days of `{}`, {} hours each",
            first.label,
            day(first) as f64 / 3600.0
        ));
    }
    if differs(&|other| other.plan.currency != first.plan.currency) {
        notes.push("currencies differ: their costs are not subtracted".to_owned());
    }
    notes
}

fn pairing(first: &Contender<'_>, other: &Contender<'_>, column: usize) -> Pairing {
    let arrived = arrived_in_both(first, other);
    let scheme = first.samples.scheme();
    // Where one of both fails there is nothing to compare, but the others keep their places.
    let of_those = |days: &[f64]| {
        let day = |at: usize| arrived.binary_search(&at).is_ok().then(|| days[at]);
        Sectioned::of(days.len(), scheme, day)
    };
    let (finish, other_finish) = (days(first, first), days(other, first));
    let (cost, other_cost) = (&first.samples.cost, &other.samples.cost);
    let same_money = first.plan.currency == other.plan.currency;
    let costs = first.network.costs_something() || other.network.costs_something();
    let p = first.plan.confidence.value();
    let iterations = finish.len().min(other_finish.len());
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let is_earlier = |at: &usize| other_finish[*at] < finish[*at];
    let is_cheaper = |at: usize| other_cost[at] < cost[at];
    Pairing {
        column,
        earlier: share(arrived.iter().filter(|at| is_earlier(at)).count(), arrived.len()),
        cheaper: share((0..iterations).filter(|&at| is_cheaper(at)).count(), iterations),
        both: share(arrived.iter().filter(|at| is_earlier(at) && is_cheaper(**at)).count(), arrived.len()),
        finish: difference(of_those(&finish), of_those(&other_finish), p),
        finish_spread: spread(arrived.iter().map(|&at| other_finish[at] - finish[at]).collect()),
        cost_spread: if costs && same_money {
            spread((0..iterations).map(|at| other_cost[at] - cost[at]).collect())
        } else {
            None
        },
        cost: (costs && same_money)
            .then(|| difference(Sectioned::new(cost, scheme), Sectioned::new(other_cost, scheme), p)),
    }
}

/// The percentiles of [`SPREAD`]; `None` of nothing.
fn spread(differences: Vec<f64>) -> Option<[f64; 5]> {
    Sorted::new(differences).map(|sorted| SPREAD.map(|p| sorted.percentile(p)))
}

/// The iterations in which both plans are delivered: dates compare in those only.
fn arrived_in_both(first: &Contender<'_>, other: &Contender<'_>) -> Vec<usize> {
    let iterations = first.samples.finish.len().min(other.samples.finish.len());
    let arrives = |at: &usize| first.samples.is_delivered(*at) && other.samples.is_delivered(*at);
    (0..iterations).filter(arrives).collect()
}

/// The finish of every iteration in days of the first plan's calendar: since its start where both
/// plans have dates, else each since its own start.
pub(super) fn days(contender: &Contender<'_>, first: &Contender<'_>) -> Vec<f64> {
    let dated = contender.plan.start.is_some() && first.plan.start.is_some();
    let timeline = &first.network.timelines[0];
    let day = first.plan[first.plan.calendar].day_seconds() as f64;
    let number = |&finish: &i32| {
        let finish = i64::from(finish);
        if dated {
            let wall = contender.network.axis_instant(finish).seconds() - timeline.start().seconds();
            timeline.signed_position_of_wall(wall) as f64 / day
        } else {
            contender.network.plan_seconds(finish) as f64 / day
        }
    };
    contender.samples.finish.iter().map(number).collect()
}

fn difference(first: Option<Sectioned>, other: Option<Sectioned>, p: f64) -> Difference {
    let between = |statistic: &dyn Fn(&Sorted) -> f64| {
        triple(
            first
                .as_ref()
                .zip(other.as_ref())
                .and_then(|(first, other)| first.to(other, CONFIDENCE, statistic)),
        )
    };
    Difference {
        mean: between(&Sorted::mean),
        p50: between(&|values| values.percentile(0.5)),
        headline: between(&|values| values.percentile(p)),
    }
}

/// Estimate, low and high; a run too short to tell has its estimate for all three.
pub(super) fn triple(difference: Option<sample::Difference>) -> (f64, f64, f64) {
    let Some(sample::Difference { value, interval }) = difference else { return (0.0, 0.0, 0.0) };
    interval.map_or((value, value, value), |interval| (value, interval.low, interval.high))
}
