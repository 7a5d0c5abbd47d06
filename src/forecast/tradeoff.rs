//! Date against money: which of several plans is beaten, and which is best at which price of a day.
//!
//! - *Behind*: another one has no later and no higher headline percentiles, and one that is better. Who is behind
//!   nobody is on the Pareto front of date and cost.
//! - *Dominated* (first order): another one is no later and no dearer at every percentile, F(x) ≥ G(x) for all
//!   x, and somewhere better. A run that fails finishes never. Whoever prefers earlier and cheaper, however averse
//!   to risk, takes the other one.
//! - *Price of a day*: mean cost + price × mean finish is a straight line in the price; the lowest of all lines changes
//!   where two of them cross. Means, because the mean of the sum is the sum of the means: for percentiles
//!   that does not hold. Over the iterations that all of them deliver.

use crate::simulate::Samples;
use crate::stats::sample::{Interval, ratio_of_means};

use super::clock::Clock;
use super::comparison::days;
use super::figures::CONFIDENCE;
use super::{Contender, Stamp};

/// The most points of a cloud.
const CLOUD: usize = 400;

/// How several plans stand to each other in date and money.
#[derive(Clone, Debug)]
pub struct Tradeoff {
    /// Of each column.
    pub standings: Vec<Standing>,
    /// The best column by what a day of delay costs, from nothing upwards.
    pub choices: Vec<Choice>,
}

/// How a plan stands to the others.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The column, the first of all, that this one is behind; `None` on the Pareto front.
    pub behind: Option<usize>,
    /// The column, the first of all, that dominates this one at every percentile of date and cost.
    pub dominated: Option<usize>,
    /// Finish and cost of the first iterations that deliver.
    pub cloud: Vec<(Stamp, f64)>,
}

/// The best plan as long as a day of delay costs no more than some price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Position of the column.
    pub column: usize,
    /// Up to which price of a day of the first plan's calendar it is best, with the 95 % interval if it can be told; `None`:
    /// at every higher price.
    pub up_to: Option<(f64, Option<Interval>)>,
}

/// Finish and cost of a column in every iteration.
struct Line<'a> {
    days: Vec<f64>,
    samples: &'a Samples,
    /// Headline percentiles.
    point: (f64, f64),
    /// Sorted; infinite where it fails.
    finishes: Vec<f64>,
    costs: Vec<f64>,
}

impl Tradeoff {
    /// How plans stand to each other; `None` unless all of them cost something in one currency, are delivered at
    /// least once, and there are two.
    pub(super) fn of(contenders: &[Contender<'_>]) -> Option<Self> {
        let first = contenders.first().filter(|_| contenders.len() > 1)?;
        let is_like = |other: &Contender<'_>| {
            other.plan.currency == first.plan.currency
                && other.plan.start.is_some() == first.plan.start.is_some()
                && other.network.costs_something()
                && other.samples.finish.len() == first.samples.finish.len()
        };
        if !contenders.iter().all(is_like) {
            return None;
        }
        let p = first.plan.confidence.value();
        let lines = contenders.iter().map(|it| Line::of(it, first, p)).collect::<Option<Vec<_>>>()?;
        let standings = contenders.iter().enumerate().map(|(at, contender)| Standing {
            behind: (0..lines.len()).find(|&other| is_behind(lines[at].point, lines[other].point)),
            dominated: (0..lines.len()).find(|&other| lines[other].dominates(&lines[at])),
            cloud: cloud(contender),
        });
        Some(Self { standings: standings.collect(), choices: choices(&lines)? })
    }
}

impl<'a> Line<'a> {
    fn of(contender: &Contender<'a>, first: &Contender<'_>, p: f64) -> Option<Self> {
        let (samples, days) = (contender.samples, days(contender, first));
        let is_delivered = |at: usize| samples.is_delivered(at);
        let finish = |at: usize| if is_delivered(at) { days[at] } else { f64::INFINITY };
        let mut finishes: Vec<f64> = (0..days.len()).map(finish).collect();
        let mut costs = samples.cost.clone();
        finishes.sort_unstable_by(f64::total_cmp);
        costs.sort_unstable_by(f64::total_cmp);
        let delivered = finishes.partition_point(|it| it.is_finite());
        let at = |sorted: &[f64]| {
            let rank = (p * sorted.len() as f64).ceil() as usize;
            sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied()
        };
        let point = (at(&finishes[..delivered])?, at(&costs)?);
        Some(Self { days, samples, point, finishes, costs })
    }

    /// Whether it is no later and no dearer at any percentile, and at some better.
    fn dominates(&self, other: &Self) -> bool {
        let no_worse = |one: &[f64], other: &[f64]| one.iter().zip(other).all(|(one, other)| one <= other);
        let differs = (&self.finishes, &self.costs) != (&other.finishes, &other.costs);
        differs && no_worse(&self.finishes, &other.finishes) && no_worse(&self.costs, &other.costs)
    }
}

fn is_behind((days, cost): (f64, f64), (other_days, other_cost): (f64, f64)) -> bool {
    other_days <= days && other_cost <= cost && (other_days < days || other_cost < cost)
}

fn cloud(contender: &Contender<'_>) -> Vec<(Stamp, f64)> {
    let (samples, clock) = (contender.samples, Clock::of(contender.plan, contender.network));
    let arrivals = (0..samples.finish.len()).filter_map(|at| Some((samples.arrival(at)?, samples.cost[at])));
    arrivals.take(CLOUD).map(|(finish, cost)| (clock.finish(finish.into()), cost)).collect()
}

/// The best column by price of a day; `None` if no iteration is delivered by all.
fn choices(lines: &[Line<'_>]) -> Option<Vec<Choice>> {
    let iterations = lines.first()?.days.len();
    let all: Vec<usize> =
        (0..iterations).filter(|&at| lines.iter().all(|line| line.samples.is_delivered(at))).collect();
    if all.is_empty() {
        return None;
    }
    let mean = |of: &dyn Fn(usize) -> f64| all.iter().map(|&at| of(at)).sum::<f64>() / all.len() as f64;
    let means: Vec<(f64, f64)> =
        lines.iter().map(|line| (mean(&|at| line.samples.cost[at]), mean(&|at| line.days[at]))).collect();
    let best = envelope(&means);
    let choice = |(at, &column): (usize, &usize)| {
        let next = best.get(at + 1).map(|&next| price(&lines[column], &lines[next], &all));
        Choice { column, up_to: next }
    };
    Some(best.iter().enumerate().map(choice).collect())
}

/// Which of the lines cost + price × days is the lowest, for prices from nothing upwards.
fn envelope(lines: &[(f64, f64)]) -> Vec<usize> {
    let first = |&one: &usize, &other: &usize| {
        let by_cost = lines[one].0.total_cmp(&lines[other].0);
        by_cost.then(lines[one].1.total_cmp(&lines[other].1))
    };
    let mut best: Vec<usize> = (0..lines.len()).min_by(first).into_iter().collect();
    while let Some(&now) = best.last() {
        let (cost, days) = lines[now];
        let crossing = |other: usize| (lines[other].0 - cost) / (days - lines[other].1);
        let next = (0..lines.len()).filter(|&other| lines[other].1 < days).min_by(|&one, &other| {
            let by_price = crossing(one).total_cmp(&crossing(other));
            by_price.then(lines[one].1.total_cmp(&lines[other].1))
        });
        match next {
            Some(next) => best.push(next),
            None => break,
        }
    }
    best
}

/// The price of a day at which two plans come out even.
fn price(one: &Line<'_>, other: &Line<'_>, all: &[usize]) -> (f64, Option<Interval>) {
    let pair = |at: usize| {
        all.binary_search(&at).ok()?;
        Some((other.samples.cost[at] - one.samples.cost[at], one.days[at] - other.days[at]))
    };
    // The other one is earlier, so there is a ratio.
    ratio_of_means(one.days.len(), one.samples.scheme(), CONFIDENCE, pair).unwrap_or((0.0, None))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_front_is_whom_nobody_beats() {
        for (point, other, expected) in [
            ((10.0, 5.0), (9.0, 5.0), true),
            ((10.0, 5.0), (9.0, 4.0), true),
            ((10.0, 5.0), (10.0, 5.0), false),
            ((10.0, 5.0), (9.0, 6.0), false),
            ((10.0, 5.0), (11.0, 4.0), false),
        ] {
            assert_eq!(is_behind(point, other), expected, "{point:?} {other:?}");
        }
    }

    #[test]
    fn dear_days_favour_the_early() {
        // Cheap and late, dear and early, and one between that is never best.
        assert_eq!(envelope(&[(100.0, 30.0), (400.0, 10.0), (300.0, 20.0)]), [0, 1]);
        // The same with a middle that is cheap enough.
        assert_eq!(envelope(&[(100.0, 30.0), (400.0, 10.0), (150.0, 20.0)]), [0, 2, 1]);
        assert_eq!(envelope(&[(100.0, 30.0), (200.0, 30.0)]), [0]);
        assert_eq!(envelope(&[]), [0_usize; 0]);
    }

    proptest! {
        #[test]
        fn the_best_at_a_price_is_the_lowest_line(
            lines in proptest::collection::vec((0.0..1000.0_f64, 0.0..100.0_f64), 1..8),
            price in 0.0..200.0_f64,
        ) {
            let at = |line: usize| lines[line].0 + price * lines[line].1;
            let best = envelope(&lines);
            let crossing = |pair: &[usize]| {
                (lines[pair[1]].0 - lines[pair[0]].0) / (lines[pair[0]].1 - lines[pair[1]].1)
            };
            let passed = best.windows(2).take_while(|pair| crossing(pair) <= price).count();
            let lowest = (0..lines.len()).map(at).fold(f64::INFINITY, f64::min);
            prop_assert!(at(best[passed]) <= lowest + 1e-6, "{best:?}");
        }
    }
}
