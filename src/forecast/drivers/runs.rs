//! Further runs of a plan under the draws of the first, on all threads.

use rayon::prelude::*;

use crate::model::Plan;
use crate::network::Network;
use crate::simulate::{Keep, Samples, Settings, simulate};
use crate::stats::sample::{Sectioned, Sorted};

use super::Change;
use crate::forecast::Difference;
use crate::forecast::clock::Clock;
use crate::forecast::comparison::triple;
use crate::forecast::figures::CONFIDENCE;

/// The first run, and what further ones need.
pub(super) struct Runs<'a> {
    pub(super) plan: &'a Plan,
    pub(super) network: &'a Network,
    pub(super) samples: &'a Samples,
    pub(super) own: Figures,
    settings: Settings,
    pool: Option<rayon::ThreadPool>,
}

/// What a run came to, iteration by iteration.
pub(super) struct Figures {
    /// Days of the iterations that deliver; `None` if none does.
    pub(super) finish: Option<Sectioned>,
    /// Money of all.
    money: Option<Sectioned>,
    /// Whether anything costs anything.
    costs_something: bool,
}

impl<'a> Runs<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        network: &'a Network,
        settings: &Settings,
        samples: &'a Samples,
    ) -> Self {
        let threads = settings.threads.unwrap_or_else(rayon::current_num_threads);
        // Without a pool of their own the runs go one by one.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok().filter(|_| threads > 1);
        let settings = Settings { keep: Keep::default(), threads: Some(1), ..settings.clone() };
        Self { plan, network, samples, own: Figures::of(plan, network, samples), settings, pool }
    }

    /// Simulates a plan that is like the first.
    pub(super) fn simulate(&self, plan: &Plan, network: &Network) -> Samples {
        simulate(plan, network, &self.settings)
    }

    /// What a run of a plan that is like the first comes to.
    pub(super) fn figures(&self, plan: &Plan, network: &Network) -> Figures {
        Figures::of(plan, network, &self.simulate(plan, network))
    }

    /// Does something with each of some items, on all threads; the answers keep their order.
    pub(super) fn each<T: Sync, R: Send>(&self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        match &self.pool {
            Some(pool) => pool.install(|| items.par_iter().map(&work).collect()),
            None => items.iter().map(work).collect(),
        }
    }

    /// A second run less a first.
    pub(super) fn change(&self, first: &Figures, second: &Figures) -> Change {
        let p = self.plan.confidence.value();
        let between = |first: &Option<Sectioned>, second: &Option<Sectioned>| {
            let (first, second) = (first.as_ref()?, second.as_ref()?);
            Some(Difference {
                mean: triple(first.to(second, CONFIDENCE, Sorted::mean)),
                p50: triple(first.to(second, CONFIDENCE, |values| values.percentile(0.5))),
                headline: triple(first.to(second, CONFIDENCE, |values| values.percentile(p))),
            })
        };
        // Of two plans one may have no money: a response has its price only while it is in force.
        let has_money = first.costs_something || second.costs_something;
        Change {
            finish: between(&first.finish, &second.finish),
            cost: has_money.then(|| between(&first.money, &second.money)).flatten(),
        }
    }
}

impl Figures {
    pub(super) fn of(plan: &Plan, network: &Network, samples: &Samples) -> Self {
        let clock = Clock::of(plan, network);
        let count = samples.finish.len();
        let days = |at: usize| samples.arrival(at).map(|finish| clock.finish_days(finish.into()));
        Self {
            finish: Sectioned::of(count, samples.scheme(), days),
            money: Sectioned::new(&samples.cost, samples.scheme()),
            costs_something: network.costs_something(),
        }
    }

    /// Money of all iterations; `None` if nothing costs anything.
    pub(super) fn cost(&self) -> Option<&Sectioned> {
        self.money.as_ref().filter(|_| self.costs_something)
    }
}
