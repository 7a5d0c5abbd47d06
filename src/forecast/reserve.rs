//! Contingency and management reserve, and where the contingency is likely to be needed.
//!
//! The contingency at Px is what the plan as written lacks there: q_x − base, of money and of time. The
//! management reserve lies outside of it, for what nobody thought of: here P95 − P80, never added to
//! anything.
//!
//! Percentiles of parts do not add up, so the contingency is allotted by what each part comes to in the
//! runs near the percentile: a_i = E[part i | whole ≈ q_x] − base_i (the Euler allocation; Tasche 1999). The
//! runs near it are those of the ranks n p ± h, h = n^⅘ / 2. They do not lie at q_x exactly: what is left over
//! is given to the parts in proportion to |a_i|, so that they add up.
//!
//! Money parts are milestones, overheads, risks and responses. Time is cut along each run's driving path:
//! every stretch of it belongs to the first milestone of the path that is at work then, or to waiting (lags,
//! fixed dates, other calendars).

mod window;

use std::collections::BTreeMap;

use crate::model::{Category, Plan};
use crate::network::{Costs, Network, Schedule, Values};
use crate::simulate::{Draws, Samples, Settings};
use crate::stats::sample::Interval;
use crate::units::Share;

use super::clock::Clock;
use super::cost::capitalised;
use super::figures::{CONFIDENCE, sampled};
use super::time::arrivals;
use super::whole::summary;
use super::{MoneyPercentile, PlanSummary, Stamp, TimePercentile};

use window::Window;

/// The contingency of a plan at its confidence, and where it is likely to be needed.
#[derive(Clone, Debug)]
pub struct ContingencyReport {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// How many iterations were run.
    pub iterations: usize,
    /// The seed of all draws.
    pub seed: u64,
    /// The sampling scheme.
    pub sampling: &'static str,
    /// The percentile that it covers.
    pub confidence: Share,
    /// Of time, in days of the plan's calendar.
    pub time: Allowance<Stamp, TimePercentile>,
    /// How many runs near the percentile its parts were taken from.
    pub time_runs: usize,
    /// Of money; `None` if nothing costs anything.
    pub money: Option<Allowance<f64, MoneyPercentile>>,
    /// How many runs near the percentile its parts were taken from.
    pub money_runs: usize,
}

/// What a percentile asks for beyond the plan as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance<T, P> {
    /// What the plan as written says.
    pub base: T,
    /// The percentile.
    pub headline: P,
    /// The percentile less the base.
    pub contingency: f64,
    /// P95 less P80: the management reserve, outside of the contingency.
    pub reserve: f64,
    /// What each part is allotted; every kind of part adds up to the contingency.
    pub parts: Vec<Allotted>,
}

/// A part of the contingency.
#[derive(Clone, Debug, PartialEq)]
pub struct Allotted {
    /// What kind of part.
    pub kind: PartKind,
    /// Its key in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What the plan as written has for it.
    pub base: f64,
    /// What of the contingency is allotted to it; negative where it is cheaper or shorter near the
    /// percentile than as written.
    pub amount: f64,
}

/// What the contingency is allotted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// A milestone, an overhead, a risk or a response: the finest parts.
    Item,
    /// A stage; what is in none has the key `-`.
    Stage,
    /// A category of money.
    Category,
}

impl PartKind {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Stage => "stage",
            Self::Category => "category",
        }
    }
}

/// Amounts by kind, place in the plan, key and name: so they add up, and stand in the plan's order.
type Parts = BTreeMap<(PartKind, usize, String, String), f64>;

impl ContingencyReport {
    /// The contingency of a plan, from its samples and the settings they were made with.
    pub fn of(plan: &Plan, network: &Network, settings: &Settings, samples: &Samples) -> Self {
        let clock = Clock::of(plan, network);
        let planned = network.schedule();
        let draws = Draws::of(network, settings);
        let p = plan.confidence.value();
        let count = samples.finish.len();
        let opened = |at: &usize| network.schedule_of(draws.values(samples.first + *at as u64));

        let delivered = |at: &usize| samples.delivered_count == 0 || samples.is_delivered(*at);
        let window =
            Window::around(p, (0..count).filter(delivered), |at| f64::from(samples.finish[at]), network);
        let near = window.mean_of(|at| time_parts(plan, network, clock, &opened(at)));
        let days = arrivals(samples, |finish| clock.finish_days(finish.into()));
        let finishes = arrivals(samples, f64::from);
        let Interval { low, high } = finishes.percentile_interval(p, CONFIDENCE);
        let stamp = |value: f64| clock.finish(value as i64);
        let headline =
            TimePercentile { p, at: stamp(finishes.percentile(p)), low: stamp(low), high: stamp(high) };
        let base = clock.finish(planned.early.finish);
        let contingency = headline.at.days - base.days;
        let time = Allowance {
            base,
            headline,
            contingency,
            reserve: days.percentile(0.95) - days.percentile(0.8),
            parts: allotted(&near, &time_parts(plan, network, clock, &planned), contingency),
        };
        let time_runs = window.runs();

        let window = Window::around(p, 0..count, |at| samples.cost[at], network);
        let money = network.costs_something().then(|| {
            let near = window.mean_of(|at| money_parts(plan, network, &opened(at)));
            let costs = sampled(samples, &samples.cost);
            let Interval { low, high } = costs.percentile_interval(p, CONFIDENCE);
            let headline = MoneyPercentile { p, value: costs.percentile(p), low, high };
            let base = super::cost::planned(network, &planned).total();
            let contingency = headline.value - base;
            Allowance {
                base,
                headline,
                contingency,
                reserve: costs.percentile(0.95) - costs.percentile(0.8),
                parts: allotted(&near, &money_parts(plan, network, &planned), contingency),
            }
        });
        Self {
            plan: summary(plan, clock),
            iterations: count,
            seed: samples.seed,
            sampling: samples.sampling.word(),
            confidence: plan.confidence,
            time,
            time_runs,
            money_runs: if money.is_some() { window.runs() } else { 0 },
            money,
        }
    }
}

/// What each part is allotted: near the percentile less as written, and its share of what then is left
/// over, so that each kind adds up to the whole.
fn allotted(near: &Parts, base: &Parts, whole: f64) -> Vec<Allotted> {
    let mut keys: Vec<&(PartKind, usize, String, String)> = near.keys().chain(base.keys()).collect();
    keys.sort();
    keys.dedup();
    let of = |parts: &Parts, key| parts.get(key).copied().unwrap_or(0.0);
    let mut parts: Vec<Allotted> = keys
        .into_iter()
        .map(|key| Allotted {
            kind: key.0,
            key: key.2.clone(),
            name: key.3.clone(),
            base: of(base, key),
            amount: of(near, key) - of(base, key),
        })
        .collect();
    for kind in [PartKind::Item, PartKind::Stage, PartKind::Category] {
        let of_kind = |part: &&mut Allotted| part.kind == kind;
        let sum: f64 = parts.iter_mut().filter(of_kind).map(|part| part.amount).sum();
        let size: f64 = parts.iter_mut().filter(of_kind).map(|part| part.amount.abs()).sum();
        let count = parts.iter_mut().filter(of_kind).count() as f64;
        for part in parts.iter_mut().filter(of_kind) {
            // Where nothing differs from the plan as written, all share alike.
            let share = if size > 0.0 { part.amount.abs() / size } else { 1.0 / count };
            part.amount += (whole - sum) * share;
        }
    }
    parts
}

/// What every part of a run costs.
fn money_parts(plan: &Plan, network: &Network, schedule: &Schedule) -> Parts {
    let costs = Costs::of(network, Values(&schedule.values), &schedule.early);
    let mut parts = Parts::new();
    let mut add = |kind, place: usize, key: &str, name: &str, amount: f64| {
        *parts.entry((kind, place, key.to_owned(), name.to_owned())).or_insert(0.0) += amount;
    };
    let milestones = plan.milestones.len();
    for (visit, amounts) in network.ids().zip(&costs.visits) {
        let id = network[visit].milestone;
        if !amounts.is_empty() {
            add(PartKind::Item, id.index(), &plan[id].key, &plan[id].name, amounts.iter().sum());
        }
    }
    for (hammock, amount) in network.hammocks.iter().zip(&costs.hammocks) {
        add(PartKind::Item, milestones, &hammock.key, &hammock.key, *amount);
    }
    for (surcharge, amount) in network.surcharges.iter().zip(&costs.surcharges) {
        add(PartKind::Item, milestones, &surcharge.key, &surcharge.key, *amount);
    }
    if !network.risk_costs.is_empty() {
        add(PartKind::Item, milestones + 1, "risks", "Risks and responses", costs.risks.iter().sum());
    }
    for (category, stage, amount) in costs.parts(network) {
        let word = Category::ALL[category].word();
        add(PartKind::Category, category, word, &capitalised(word), amount);
        match stage {
            Some(at) => add(PartKind::Stage, at, &plan.stages[at].key, &plan.stages[at].name, amount),
            None if plan.stages.is_empty() => {}
            None => add(PartKind::Stage, plan.stages.len(), "-", "Outside of all stages", amount),
        }
    }
    parts
}

/// How many days of the way to the finish belong to each part of a run.
fn time_parts(plan: &Plan, network: &Network, clock: Clock<'_>, schedule: &Schedule) -> Parts {
    let mut parts = Parts::new();
    let milestones = plan.milestones.len();
    let mut add = |kind, place: usize, key: &str, name: &str, days: f64| {
        *parts.entry((kind, place, key.to_owned(), name.to_owned())).or_insert(0.0) += days;
    };
    let mut reached = 0.0;
    let mut waited = 0.0;
    let path = network.critical_paths(schedule).next().unwrap_or_default();
    for visit in path {
        let placed = &schedule.early.placed[visit];
        let id = network[visit].milestone;
        let (start, finish) =
            (clock.visit_start(visit, placed.start).days, clock.visit_finish(visit, placed.finish).days);
        waited += (start - reached).max(0.0);
        let own = (finish - f64::max(start, reached)).max(0.0);
        reached = f64::max(reached, finish);
        add(PartKind::Item, id.index(), &plan[id].key, &plan[id].name, own);
        match plan[id].stage {
            Some(stage) => add(PartKind::Stage, stage.index(), &plan[stage].key, &plan[stage].name, own),
            None if plan.stages.is_empty() => {}
            None => add(PartKind::Stage, plan.stages.len(), "-", "Outside of all stages", own),
        }
    }
    waited += clock.finish_days(schedule.early.finish) - reached;
    if waited.abs() > 1e-9 {
        let name = "Waiting: lags, dates, calendars";
        add(PartKind::Item, milestones + 2, "waiting", name, waited);
        if !plan.stages.is_empty() {
            add(PartKind::Stage, plan.stages.len() + 1, "waiting", name, waited);
        }
    }
    parts
}

#[cfg(test)]
mod tests;
