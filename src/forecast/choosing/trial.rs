//! One choice, tried: what its plan comes to under the draws of all others.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::forecast::clock::Clock;
use crate::forecast::cost::planned;
use crate::forecast::figures::{CONFIDENCE, chance, sampled};
use crate::forecast::{Proportion, TimePercentile};
use crate::model::Plan;
use crate::network::Network;
use crate::simulate::{Keep, Samples, Sampling, Settings, simulate};
use crate::stats::sample::Sorted;

use super::levers::{Choice, Lever, chosen};
use super::{ChoiceCost, Reach};

/// The figures by which choices are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trial {
    /// The mean cost.
    pub(super) cost: f64,
    /// The finish at the confidence asked for, on the network's axis; infinite where too few runs deliver.
    pub(super) finish: f64,
    /// The chance that the reach is met.
    pub(super) chance: f64,
}

/// Tries choices, each but once.
pub(super) struct Trials<'a> {
    pub(super) plan: &'a Plan,
    pub(super) levers: &'a [Lever],
    pub(super) reach: Reach,
    settings: Settings,
    /// Whether nothing is uncertain in any choice: then one schedule says it all.
    is_certain: bool,
    known: BTreeMap<Choice, Trial>,
    pool: Option<rayon::ThreadPool>,
}

impl<'a> Trials<'a> {
    /// Trials of so many iterations. Choices share their quantile tables.
    pub(super) fn new(
        plan: &'a Plan,
        levers: &'a [Lever],
        reach: Reach,
        settings: &Settings,
        iterations: u64,
    ) -> Self {
        let threads = settings.threads.unwrap_or_else(rayon::current_num_threads);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok().filter(|_| threads > 1);
        let sampling = if iterations < settings.iterations { Sampling::Mc } else { settings.sampling };
        let settings = Settings {
            iterations,
            sampling,
            keep: Keep::default(),
            threads: Some(1),
            confidence: Some(reach.confidence),
            ..settings.clone()
        };
        let is_certain = is_certain(plan, levers);
        Self { plan, levers, reach, settings, is_certain, known: BTreeMap::new(), pool }
    }

    /// The iterations of each trial.
    pub(super) fn iterations(&self) -> u64 {
        self.settings.iterations
    }

    /// Tries these choices, on all threads, and says what each came to.
    pub(super) fn of(&mut self, choices: &[Choice], done: &(dyn Fn(u64) + Sync)) -> Vec<Trial> {
        let mut news: Vec<&Choice> = choices.iter().filter(|it| !self.known.contains_key(*it)).collect();
        news.sort_unstable();
        news.dedup();
        let this = &*self;
        let tried = |choice: &&Choice| {
            let trial = this.tried(choice);
            done(1);
            trial
        };
        let found: Vec<Trial> = match &self.pool {
            Some(pool) => pool.install(|| news.par_iter().map(tried).collect()),
            None => news.iter().map(tried).collect(),
        };
        let found: Vec<(Choice, Trial)> = news.into_iter().cloned().zip(found).collect();
        self.known.extend(found);
        choices.iter().map(|choice| self.known[choice]).collect()
    }

    /// All that was tried, in the order of choices.
    pub(super) fn known(&self) -> impl Iterator<Item = (&Choice, Trial)> {
        self.known.iter().map(|(choice, trial)| (choice, *trial))
    }

    fn tried(&self, choice: &[usize]) -> Trial {
        let plan = chosen(self.plan, self.levers, choice);
        // A choice that has no network (beyond the engine's time) is one that nobody takes.
        let never = Trial { cost: f64::INFINITY, finish: f64::INFINITY, chance: 0.0 };
        let Ok(network) = Network::of(&plan) else { return never };
        if self.is_certain {
            return certain(&network, self.reach);
        }
        let samples = simulate(&plan, &network, &self.settings);
        let count = samples.finish.len();
        let mean = samples.cost.iter().sum::<f64>() / count as f64;
        let met = (0..count).filter(|&at| self.reach.is_met(&samples, at)).count();
        let chance = met as f64 / count as f64;
        Trial { cost: mean, finish: arrivals(&samples).percentile(self.reach.confidence), chance }
    }
}

/// Whether nothing is uncertain, whatever is chosen.
fn is_certain(plan: &Plan, levers: &[Lever]) -> bool {
    let mut alone = levers.iter().enumerate().flat_map(|(at, lever)| {
        (0..lever.levels.len()).map(move |level| {
            let mut choice: Choice = levers.iter().map(|lever| lever.given).collect();
            choice[at] = level;
            choice
        })
    });
    alone.all(|choice| {
        let network = Network::of(&chosen(plan, levers, &choice));
        network.is_ok_and(|network| network.variables.is_empty() && !network.can_fail())
    })
}

fn certain(network: &Network, reach: Reach) -> Trial {
    let schedule = network.schedule();
    let (finish, cost) = (schedule.early.finish, planned(network, &schedule).total());
    let is_met = reach.holds(finish, cost);
    Trial { cost, finish: finish as f64, chance: if is_met { 1.0 } else { 0.0 } }
}

/// The finishes of all runs on the network's axis; one that does not deliver comes last.
fn arrivals(samples: &Samples) -> Sorted {
    let arrival = |at: usize| samples.arrival(at).map_or(f64::INFINITY, f64::from);
    Sorted::new((0..samples.finish.len()).map(arrival).collect()).expect("a run has iterations")
}

/// What is said of a choice, from as many iterations as were asked for.
pub(super) struct Told {
    pub(super) trial: Trial,
    pub(super) finish: Option<TimePercentile>,
    pub(super) cost: ChoiceCost,
    pub(super) chance: Proportion,
}

/// Tries a plan and says all there is to say of it.
pub(super) fn told(plan: &Plan, network: &Network, settings: &Settings, reach: Reach) -> Told {
    let clock = Clock::of(plan, network);
    if network.variables.is_empty() && !network.can_fail() {
        return told_for_certain(network, clock, reach);
    }
    let settings = Settings { keep: Keep::default(), ..settings.clone() };
    let samples = simulate(plan, network, &settings);
    let costs = sampled(&samples, &samples.cost);
    let interval = costs.mean_interval(CONFIDENCE);
    let met = chance(&samples, |at| reach.is_met(&samples, at));
    let finish = arrivals(&samples).percentile(reach.confidence);
    // Where too few runs deliver, no date is as sure as that.
    let delivered = samples.delivered.is_none().then(|| {
        let values: Vec<f64> = samples.finish.iter().map(|&at| f64::from(at)).collect();
        let interval = sampled(&samples, &values).percentile_interval(reach.confidence, CONFIDENCE);
        (interval.low, interval.high)
    });
    let stamp = |at: f64| clock.finish(at as i64);
    let finish_told = finish.is_finite().then(|| {
        let (low, high) = delivered.unwrap_or((finish, finish));
        TimePercentile { p: reach.confidence, at: stamp(finish), low: stamp(low), high: stamp(high) }
    });
    Told {
        trial: Trial { cost: costs.mean(), finish, chance: met.share },
        finish: finish_told,
        cost: ChoiceCost {
            mean: costs.mean(),
            low: interval.low,
            high: interval.high,
            headline: costs.percentile(reach.confidence),
        },
        chance: met,
    }
}

fn told_for_certain(network: &Network, clock: Clock<'_>, reach: Reach) -> Told {
    let trial = certain(network, reach);
    let at = clock.finish(trial.finish as i64);
    let (mean, share) = (trial.cost, trial.chance);
    Told {
        trial,
        finish: Some(TimePercentile { p: reach.confidence, at, low: at, high: at }),
        cost: ChoiceCost { mean, low: mean, high: mean, headline: mean },
        chance: Proportion { share, low: share, high: share },
    }
}
