//! Which of many things are tried where a plan is too large to try all.

use std::collections::BTreeMap;

use crate::network::{Network, Owner};
use crate::simulate::Samples;

/// Of each kind so many are tried as place no more than so many visits per iteration.
const MOST_VISITS: usize = 200_000;
/// So many are tried in any case.
const LEAST: usize = 20;

/// How many milestones, how many other things and how many responses are tried.
pub(super) fn most(network: &Network) -> usize {
    (MOST_VISITS / network.visits.len().max(1)).max(LEAST)
}

/// Who owns anything uncertain, and how much finish and cost follow it: the largest correlation of any
/// of its variables.
pub(super) fn strengths(network: &Network, samples: &Samples) -> BTreeMap<Owner, f64> {
    let mut strengths = BTreeMap::new();
    for (at, variable) in network.variables.iter().enumerate() {
        let [finish, cost] = [samples.finish_sensitivity(at), samples.cost_sensitivity(at)];
        let strength: &mut f64 = strengths.entry(variable.owner).or_insert(0.0);
        *strength = finish.abs().max(cost.abs()).max(*strength);
    }
    strengths
}

/// The strongest of some items, at most so many, in the order they came in; of equal ones the first.
pub(super) fn strongest<T>(items: Vec<(T, f64)>, most: usize) -> Vec<T> {
    let mut ranks: Vec<usize> = (0..items.len()).collect();
    ranks.sort_by(|&a, &b| items[b].1.total_cmp(&items[a].1));
    let mut is_kept = vec![false; items.len()];
    ranks.into_iter().take(most).for_each(|at| is_kept[at] = true);
    items.into_iter().zip(is_kept).filter(|(_, is_kept)| *is_kept).map(|((item, _), _)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_keep_their_order_and_the_first_of_equal_ones_stays() {
        let items = || vec![('a', 0.1), ('b', 0.7), ('c', 0.3), ('d', 0.9), ('e', 0.3)];
        assert_eq!(strongest(items(), 3), ['b', 'c', 'd']);
        assert_eq!(strongest(items(), 5), ['a', 'b', 'c', 'd', 'e']);
    }
}
