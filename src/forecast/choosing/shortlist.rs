//! The choices that are worth a full run.

use crate::model::{MilestoneId, Plan};
use crate::network::Network;
use crate::simulate::Settings;

use super::levers::{Choice, Lever, chosen, levers};
use super::linear::Linear;
use super::search::{MOST_TRIED, all, count, search, unbeaten};
use super::trial::{Trial, Trials};
use super::{Method, Reach};

/// How many milestone-choices of a frontier are told at most.
const MOST_ON_FRONTIER: usize = 40;
/// How many of the cheapest that may meet the reach are run in full at most.
const MOST_NEAR: usize = 64;
/// All first trials together have about so many iterations.
const FIRST_ITERATIONS: u64 = 4_000_000;
/// The fewest iterations of a first trial.
const LEAST_ITERATIONS: u64 = 500;

/// Way and seconds bought for each milestone that can be chosen.
pub(super) type Pick = Vec<(MilestoneId, usize, f64)>;

/// What is worth a full run.
pub(super) struct Shortlist {
    pub(super) method: Method,
    pub(super) picks: Vec<Pick>,
}

impl Shortlist {
    pub(super) fn of(
        plan: &Plan,
        settings: &Settings,
        reach: Reach,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Self {
        if let Some(picks) = exact(plan, reach) {
            return Self { method: Method::Exact, picks };
        }
        let levers = levers(plan, true);
        let many = count(&levers).filter(|&many| many <= MOST_TRIED);
        let first = FIRST_ITERATIONS / many.unwrap_or(MOST_TRIED) as u64;
        let first = first.max(LEAST_ITERATIONS).min(settings.iterations);
        let mut trials = Trials::new(plan, &levers, reach, settings, first);
        let method = match many {
            Some(many) => {
                trials.of(&all(&levers), progress);
                Method::Exhaustive(many)
            }
            None => {
                search(&mut trials, progress);
                Method::Searched(trials.known().count())
            }
        };
        let picks = worth(&trials).iter().map(|choice| pick(&levers, choice)).collect();
        Self { method, picks }
    }
}

fn pick(levers: &[Lever], choice: &[usize]) -> Pick {
    let level = |(lever, &level): (&Lever, &usize)| {
        let (way, crashed) = lever.levels[level];
        (lever.milestone, way, crashed)
    };
    levers.iter().zip(choice).map(level).collect()
}

/// The plan as it is.
pub(super) fn given(plan: &Plan) -> Pick {
    plan.ids().map(|id| (id, plan[id].way, plan[id].crashed)).collect()
}

/// The choices that nothing beats, and the cheapest of those that may meet the reach: with so few
/// iterations a chance may be three of its standard errors off.
fn worth(trials: &Trials<'_>) -> Vec<Choice> {
    let tried: Vec<(Choice, Trial)> = trials.known().map(|(choice, trial)| (choice.clone(), trial)).collect();
    let p = trials.reach.confidence;
    let slack = 3.0 * (p * (1.0 - p) / trials.iterations() as f64).sqrt();
    let mut near: Vec<&(Choice, Trial)> =
        tried.iter().filter(|(_, trial)| trials.reach.is_reached(trial.chance + slack)).collect();
    near.sort_by(|a, b| a.1.cost.total_cmp(&b.1.cost).then(a.1.finish.total_cmp(&b.1.finish)));
    let sure = near.iter().position(|(_, trial)| trials.reach.is_reached(trial.chance - slack));
    let near = near.iter().take(sure.map_or(MOST_NEAR, |sure| (sure + 8).min(MOST_NEAR)));
    let mut worth: Vec<Choice> = near.map(|(choice, _)| choice.clone()).collect();
    let stairs = unbeaten(tried, 0.0);
    let stride = stairs.len().div_ceil(MOST_ON_FRONTIER).max(1);
    let last = stairs.len().saturating_sub(1);
    let on_frontier = stairs.into_iter().enumerate().filter(|(at, _)| at % stride == 0 || *at == last);
    worth.extend(on_frontier.map(|(_, (choice, _))| choice));
    worth.sort_unstable();
    worth.dedup();
    worth
}

/// The corners of the exact trade-off and the cheapest way to meet the reach, for every choice of ways;
/// `None` if the plan is uncertain, not linear, or has too many ways.
fn exact(plan: &Plan, reach: Reach) -> Option<Vec<Pick>> {
    let levers = levers(plan, false);
    count(&levers).filter(|&many| many <= MOST_TRIED)?;
    let mut picks = Vec::new();
    for choice in all(&levers) {
        let ways = chosen(plan, &levers, &choice);
        let unbought: Vec<(MilestoneId, usize, f64)> = ways.ids().map(|id| (id, ways[id].way, 0.0)).collect();
        let ways = ways.choosing(&unbought);
        let network = Network::of(&ways).ok()?;
        let linear = Linear::of(&ways, &network)?;
        for bought in linear.corners().into_iter().chain(linear.cheapest_by(reach.limit)) {
            let seconds = |id| bought.seconds.iter().find(|(of, _)| *of == id).map_or(0.0, |it| it.1);
            // To the second, and never less than what meets the limit.
            let whole = |id| (seconds(id) - 1e-3).ceil().clamp(0.0, ways[id].most_crash());
            picks.push(ways.ids().map(|id| (id, ways[id].way, whole(id))).collect());
        }
    }
    Some(picks)
}
