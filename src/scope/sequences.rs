//! Which solution of a group to try first, and which when that fails.
//!
//! Every order of every choice of a group's members is simulated with each of them the next one's fallback, in the
//! one engine and under the same draws, so that orders differ by themselves alone.

use rayon::prelude::*;

use crate::model::{Plan, SolutionId};
use crate::network::NetworkError;
use crate::simulate::Settings;

use super::assess::assess;
use super::assessment::Assessment;
use super::judge::factor_draws;
use super::worths::Worths;

/// The most members of a group whose orders are all tried: 64 of them.
pub const MOST_MEMBERS: usize = 4;

/// The orders of all groups of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequences {
    /// The plan's name.
    pub plan: String,
    /// Its money.
    pub currency: String,
    /// How many iterations.
    pub iterations: usize,
    /// Their seed.
    pub seed: u64,
    /// Groups of several solutions, in file order.
    pub groups: Vec<GroupSequences>,
}

/// The orders of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSequences {
    /// The group.
    pub group: String,
    /// How many members it has; beyond [`MOST_MEMBERS`] no order is tried.
    pub members: usize,
    /// Its orders, the highest expected net present value first.
    pub sequences: Vec<Sequence>,
    /// Keys of the members that fall back on something in the plan as written.
    pub falling_back: Vec<String>,
}

/// Solutions of a group, tried one after the other until one is launched.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// Their keys, in turn.
    pub keys: Vec<String>,
    /// The chance that one of them is launched.
    pub p_launch: f64,
    /// The 80th percentile of the cost of all that are begun.
    pub p80_cost: f64,
    /// What it is worth.
    pub worths: Worths,
}

impl Sequences {
    /// Tries the orders of every group that has several members.
    ///
    /// # Errors
    /// If the plan of one order has no network: where its members wait for each other.
    pub fn of(plan: &Plan, settings: &Settings) -> Result<Self, NetworkError> {
        let factors = factor_draws(plan, settings);
        let mut names: Vec<&String> = Vec::new();
        for group in plan.scoping.solutions.iter().filter_map(|it| it.group.as_ref()) {
            if !names.contains(&group) {
                names.push(group);
            }
        }
        let members = |group: &String| -> Vec<SolutionId> {
            plan.scoping.ids().filter(|&id| plan.scoping[id].group.as_ref() == Some(group)).collect()
        };
        let several = names.into_iter().map(|group| (group, members(group))).filter(|it| it.1.len() > 1);
        let groups: Result<Vec<GroupSequences>, NetworkError> = several
            .map(|(group, members)| GroupSequences::of(group, &members, plan, &factors, settings))
            .collect();
        Ok(Self {
            plan: plan.name.clone(),
            currency: plan.currency.clone(),
            iterations: settings.iterations as usize,
            seed: settings.seed,
            groups: groups?,
        })
    }
}

impl GroupSequences {
    fn of(
        group: &str,
        members: &[SolutionId],
        plan: &Plan,
        factors: &[Vec<f64>],
        settings: &Settings,
    ) -> Result<Self, NetworkError> {
        let orders = if members.len() > MOST_MEMBERS { Vec::new() } else { orders(members) };
        let tried: Result<Vec<Sequence>, NetworkError> = orders
            .into_par_iter()
            .map(|order| Ok(Sequence::of(&assess(&in_turn(plan, &order), order[0], factors, settings)?)))
            .collect();
        let mut sequences = tried?;
        sequences.sort_by(|a, b| b.worths.expected.total_cmp(&a.worths.expected));
        let falling_back = members.iter().map(|&id| &plan.scoping[id]).filter(|it| it.fallback.is_some());
        let falling_back = falling_back.map(|it| it.key.clone()).collect();
        Ok(Self { group: group.to_owned(), members: members.len(), sequences, falling_back })
    }

    /// The last of an order, if the plan as written has a fallback for it, which contradicts the order.
    pub fn contradicted<'a>(&self, order: &'a Sequence) -> Option<&'a str> {
        order.keys.last().filter(|last| self.falling_back.contains(last)).map(String::as_str)
    }

    /// The best of those that try one member only.
    pub fn best_alone(&self) -> Option<&Sequence> {
        self.sequences.iter().find(|it| it.keys.len() == 1)
    }
}

impl Sequence {
    fn of(first: &Assessment) -> Self {
        let fallbacks = first.fallbacks.iter();
        Self {
            keys: std::iter::once(&first.key).chain(fallbacks.clone().map(|it| &it.key)).cloned().collect(),
            // Only where one fails is the next one begun: chances add up.
            p_launch: first.p_launch + fallbacks.map(|it| it.p_launch).sum::<f64>(),
            p80_cost: first.cost.p80,
            worths: first.worths,
        }
    }
}

/// All orders of all choices of some members: of two, a; b; a, b; b, a.
fn orders(members: &[SolutionId]) -> Vec<Vec<SolutionId>> {
    let mut all: Vec<Vec<SolutionId>> = Vec::new();
    let mut last: Vec<Vec<SolutionId>> = vec![Vec::new()];
    for _ in members {
        let longer = |order: &Vec<SolutionId>| {
            let rest: Vec<SolutionId> = members.iter().filter(|id| !order.contains(id)).copied().collect();
            let order = order.clone();
            rest.into_iter().map(move |id| order.iter().copied().chain([id]).collect::<Vec<_>>())
        };
        last = last.iter().flat_map(longer).collect();
        all.extend(last.iter().cloned());
    }
    all
}

/// The plan in which each of these falls back on the next one, and the last on nothing.
fn in_turn(plan: &Plan, order: &[SolutionId]) -> Plan {
    let mut plan = plan.clone();
    for (at, id) in order.iter().enumerate() {
        plan.scoping.solutions[id.index()].fallback = order.get(at + 1).copied();
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_every_choice_is_there_once() {
        let members: Vec<SolutionId> = (0..4).map(SolutionId::new).collect();
        let mut all = orders(&members);
        let count = all.len();
        all.sort();
        all.dedup();
        // 4 + 12 + 24 + 24.
        assert_eq!((count, all.len()), (64, 64));
        assert_eq!(orders(&members[..2]).len(), 4);
    }
}
