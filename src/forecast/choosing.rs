//! Choosing: the cheapest way to be as sure as is asked for, and what each day earlier costs.
//!
//! Choices are tried under the same draws. Those that look good with few iterations are run with as many
//! as were asked for, and only these decide. Where nothing is uncertain, how much time is bought is found
//! by a linear programme.

mod levers;
mod linear;
mod patch;
mod search;
mod shortlist;
mod trial;

use crate::model::{Plan, Subject};
use crate::network::{Axis, Network};
use crate::simulate::{Samples, Settings};
use crate::text::{Code, Diagnostic};
use crate::units::{Share, When};

use super::clock::Clock;
use super::whole::summary;
use super::{PlanSummary, Proportion, Stamp, TimePercentile, targets};

use patch::picked;
use shortlist::{Pick, Shortlist};
use trial::{Told, Trial, told};

/// What a choice is to reach.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Aim {
    /// By when; `None`: the plan's deadline.
    pub by: Option<By>,
    /// How sure; `None`: the plan's confidence.
    pub confidence: Option<Share>,
    /// Whether the plan's budget is to be kept in the same runs.
    pub within_budget: bool,
}

/// A moment to be done by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum By {
    /// A date.
    Date(When),
    /// Working seconds of the plan's calendar since its start.
    Work(i64),
}

/// The cheapest choice that meets an aim, and all that is worth a thought.
#[derive(Clone, Debug)]
pub struct Optimisation {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// How many iterations each listed choice was run with; 1 where nothing is uncertain.
    pub iterations: usize,
    /// The seed of all draws.
    pub seed: u64,
    /// The sampling scheme.
    pub sampling: &'static str,
    /// How sure it is to be; also the percentile of the finish that is told.
    pub confidence: Share,
    /// By when.
    pub by: Stamp,
    /// Within which budget, if that is asked for.
    pub within: Option<f64>,
    /// How the choices were found.
    pub method: Method,
    /// The plan as it is.
    pub given: Candidate,
    /// The cheapest choice that meets the aim; `None` if none does.
    pub best: Option<Candidate>,
    /// What no other choice beats in both mean cost and finish, the cheapest first.
    pub frontier: Vec<Candidate>,
}

/// How choices were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Nothing is uncertain, and time and money are linear: the best there is, time bought by the second.
    Exact,
    /// All choices (so many) were tried, time bought by the day.
    Exhaustive(usize),
    /// So many of the choices were tried: good ones, but perhaps not the best.
    Searched(usize),
}

/// A choice and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What is chosen other than as written, in file order.
    pub picks: Vec<Picked>,
    /// What a scenario has to say, given the plan as it is: keys and values of TOML.
    pub patch: Vec<String>,
    /// The finish at the confidence asked for; `None` if too few runs deliver.
    pub finish: Option<TimePercentile>,
    /// The cost.
    pub cost: ChoiceCost,
    /// The chance that the aim is met.
    pub chance: Proportion,
    /// Whether that is enough.
    pub meets: bool,
}

/// What is chosen for one milestone.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// The milestone's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The option's key and name; `None`: as written.
    pub option: Option<(String, String)>,
    /// Days bought off its duration, of its own calendar (of 24 hours, if its duration is elapsed time).
    pub crashed_days: f64,
}

/// What a choice costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChoiceCost {
    /// The mean: by this choices are compared.
    pub mean: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The percentile at the confidence asked for.
    pub headline: f64,
}

/// What is to be reached, on the network's axis.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reach {
    /// How sure, 0 < p < 1.
    confidence: f64,
    /// The latest finish.
    limit: i64,
    /// The most money; `None`: money is no part of the reach.
    budget: Option<f64>,
}

impl Reach {
    /// Whether a run meets it: delivered by then, and within the budget.
    fn is_met(self, samples: &Samples, at: usize) -> bool {
        samples.arrival(at).is_some_and(|finish| self.holds(finish.into(), samples.cost[at]))
    }

    fn holds(self, finish: i64, cost: f64) -> bool {
        finish <= self.limit && self.budget.is_none_or(|budget| cost <= budget)
    }

    /// Whether a chance is enough.
    fn is_reached(self, chance: f64) -> bool {
        chance >= self.confidence - 1e-12
    }
}

/// Why there is nothing to optimise: nothing to choose, no date to be done by, no budget to keep.
pub fn nothing_to_optimise(plan: &Plan, aim: &Aim) -> Vec<Diagnostic<Subject>> {
    let mut found = Vec::new();
    if !plan.has_choices() {
        let error = Diagnostic::new(Code::NothingToChoose, Subject::Plan, "there is nothing to choose");
        found.push(error.help("give a milestone another way, `[milestone.NAME.option.OTHER]`, or a price for its time, `crash = { by = \"5d\", cost = \"2k/d\" }`"));
    }
    let missing = |message: &str| Diagnostic::new(Code::NoTarget, Subject::Plan, message);
    if aim.by.is_none() && plan.deadline.is_none() {
        let error = missing("there is no date to be done by");
        found.push(
            error.help("give the plan a `deadline`, or say `--by 2027-09-30`; without a start, `--by 120d`"),
        );
    }
    if aim.within_budget && plan.budget.is_none() {
        found.push(missing("there is no budget to keep").help("give the plan a `budget`"));
    }
    found
}

impl Optimisation {
    /// The best choices for a plan and a aim of which [`nothing_to_optimise`] has nothing to say. Says now
    /// and then how many more choices are tried (from any thread).
    pub fn of(
        plan: &Plan,
        network: &Network,
        settings: &Settings,
        aim: &Aim,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Self {
        let clock = Clock::of(plan, network);
        let (limit, by) = moment(plan, network, aim.by);
        let confidence = aim.confidence.unwrap_or(plan.confidence);
        let budget = plan.budget.filter(|_| aim.within_budget).map(|budget| budget.0);
        let reach = Reach { confidence: confidence.value(), limit, budget };
        let Shortlist { method, picks } = Shortlist::of(plan, settings, reach, progress);
        let run = |pick: &Pick| run(plan, settings, reach, pick);
        let candidates: Vec<(Candidate, Trial)> = picks.iter().filter_map(run).collect();
        let given = candidate(plan, &shortlist::given(plan), told(plan, network, settings, reach), reach);
        let best = best(&candidates).cloned();
        let frontier = search::unbeaten(candidates, tenth_of_a_day(plan, network));
        let frontier = frontier.into_iter().map(|(candidate, _)| candidate).collect();
        Self {
            plan: summary(plan, clock),
            iterations: if method == Method::Exact { 1 } else { settings.iterations as usize },
            seed: settings.seed,
            sampling: settings.sampling.word(),
            confidence,
            by,
            within: budget,
            method,
            given: given.0,
            best,
            frontier,
        }
    }
}

/// The latest finish on the network's axis, and what it is called.
fn moment(plan: &Plan, network: &Network, by: Option<By>) -> (i64, Stamp) {
    let clock = Clock::of(plan, network);
    match by.or(plan.deadline.map(By::Date)) {
        Some(By::Date(when)) => (clock.finish_limit(when), targets::due(clock, when)),
        Some(By::Work(seconds)) => {
            let at = clock.plan_position(seconds);
            (network.axis_limit(network.timelines[0].finish_instant(seconds)), at)
        }
        None => (i64::MAX, clock.finish(0)),
    }
}

/// Less time than this is not worth a row, on the network's axis.
fn tenth_of_a_day(plan: &Plan, network: &Network) -> f64 {
    match network.axis {
        Axis::Work(_) => plan[plan.calendar].day_seconds() as f64 / 10.0,
        Axis::Wall => 8_640.0,
    }
}

/// The cheapest that meets the aim; of those the earliest, of those the one that changes least.
fn best(candidates: &[(Candidate, Trial)]) -> Option<&Candidate> {
    let met = candidates.iter().filter(|(candidate, _)| candidate.meets);
    let best = met.min_by(|a, b| {
        let by_cost = a.1.cost.total_cmp(&b.1.cost);
        by_cost.then(a.1.finish.total_cmp(&b.1.finish)).then(a.0.patch.len().cmp(&b.0.patch.len()))
    });
    best.map(|(candidate, _)| candidate)
}

/// A choice, run; `None` if it has no network.
fn run(plan: &Plan, settings: &Settings, reach: Reach, pick: &Pick) -> Option<(Candidate, Trial)> {
    let chosen = plan.choosing(pick);
    let network = Network::of(&chosen).ok()?;
    Some(candidate(plan, pick, told(&chosen, &network, settings, reach), reach))
}

fn candidate(plan: &Plan, pick: &Pick, told: Told, reach: Reach) -> (Candidate, Trial) {
    let (picks, patch) = picked(plan, pick);
    let meets = reach.is_reached(told.trial.chance);
    let Told { trial, finish, cost, chance } = told;
    (Candidate { picks, patch, finish, cost, chance, meets }, trial)
}

#[cfg(test)]
mod tests;
