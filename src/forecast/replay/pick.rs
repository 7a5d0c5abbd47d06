//! Which iteration is asked for, and its places among all.

use std::fmt;

use crate::network::Network;
use crate::simulate::Samples;
use crate::stats::sample::Sorted;
use crate::units::Share;

use super::Rank;

/// Which iteration to open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReplayAt {
    /// This one, counted from 1.
    Iteration(usize),
    /// The one at this percentile of the finish; of several, the lowest number.
    Finish(Share),
    /// The one at this percentile of the cost.
    Cost(Share),
}

/// Why there is no such iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayError {
    /// It lies beyond the last one: asked for, and how many there are.
    Beyond(usize, usize),
    /// No run delivers the plan, so the finish has no percentiles.
    NeverDelivered,
    /// Nothing in the plan costs anything.
    CostsNothing,
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beyond(asked, count) => {
                write!(f, "there is no iteration {asked}: they count from 1 to {count}")
            }
            Self::NeverDelivered => {
                f.write_str("no iteration delivers the plan: its finish has no percentiles")
            }
            Self::CostsNothing => {
                f.write_str("nothing in the plan costs anything: its cost has no percentiles")
            }
        }
    }
}

impl std::error::Error for ReplayError {}

/// The iteration that is asked for, counted from 0.
pub(super) fn iteration(network: &Network, samples: &Samples, at: ReplayAt) -> Result<usize, ReplayError> {
    let count = samples.finish.len();
    match at {
        ReplayAt::Iteration(number) if (1..=count).contains(&number) => Ok(number - 1),
        ReplayAt::Iteration(number) => Err(ReplayError::Beyond(number, count)),
        ReplayAt::Finish(p) => {
            at_percentile(count, p, |at| finish(samples, at)).ok_or(ReplayError::NeverDelivered)
        }
        ReplayAt::Cost(_) if !network.costs_something() => Err(ReplayError::CostsNothing),
        ReplayAt::Cost(p) => {
            at_percentile(count, p, |at| Some(samples.cost[at])).ok_or(ReplayError::CostsNothing)
        }
    }
}

fn finish(samples: &Samples, iteration: usize) -> Option<f64> {
    samples.arrival(iteration).map(f64::from)
}

/// The iteration whose number has the percentile's rank; of equal ones the first.
fn at_percentile(count: usize, p: Share, value: impl Fn(usize) -> Option<f64>) -> Option<usize> {
    let wanted = Sorted::new((0..count).filter_map(&value).collect())?.percentile(p.value());
    (0..count).find(|&at| value(at) == Some(wanted))
}

/// The place of an iteration's finish among those that deliver.
pub(super) fn finish_rank(samples: &Samples, iteration: usize) -> Option<Rank> {
    rank(samples.finish.len(), iteration, |at| finish(samples, at))
}

/// The place of an iteration's number among those that have one.
pub(super) fn rank(count: usize, iteration: usize, value: impl Fn(usize) -> Option<f64>) -> Option<Rank> {
    let own = value(iteration)?;
    let others = (0..count).filter_map(|at| value(at).map(|value| (value, at)));
    let (mut before, mut of) = (0, 0);
    for (value, at) in others {
        of += 1;
        before += usize::from(value < own || (value == own && at < iteration));
    }
    Some(Rank { rank: before + 1, of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_iterations_the_lowest_number_is_opened() {
        let values = [3.0, 1.0, 2.0, 2.0, 2.0, 9.0];
        let at = |p: f64| at_percentile(values.len(), Share::new(p).unwrap(), |at| Some(values[at]));
        assert_eq!(
            [at(0.1), at(0.5), at(0.66), at(0.7), at(1.0)],
            [Some(1), Some(2), Some(2), Some(0), Some(5)]
        );
        let place = |iteration| rank(values.len(), iteration, |at| Some(values[at])).unwrap().rank;
        assert_eq!([0, 1, 2, 3, 4, 5].map(place), [5, 1, 2, 3, 4, 6]);
    }

    #[test]
    fn iterations_without_a_number_have_no_place() {
        let values = [Some(3.0), None, Some(1.0)];
        assert_eq!(rank(3, 1, |at| values[at]), None);
        assert_eq!(rank(3, 0, |at| values[at]), Some(Rank { rank: 2, of: 2 }));
        assert_eq!(at_percentile(3, Share::new(0.8).unwrap(), |_| None), None);
    }
}
