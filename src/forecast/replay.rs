//! One iteration opened: when everything was, what was drawn, what struck, where the money went.

mod draws;
mod events;
mod pick;

use crate::model::{Category, Plan};
use crate::network::{Costs, Network, Schedule, VisitId};
use crate::simulate::{Draws, Samples, Settings};

use super::clock::Clock;
use super::cost::{capitalised, planned};
use super::occurrence::happens;
use super::whole::summary;
use super::{PlanSummary, Stamp};
use draws::Drawn;
pub use pick::{ReplayAt, ReplayError};

/// Everything `plan replay` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// Which iteration, counted from 1.
    pub number: usize,
    /// Of how many.
    pub iterations: usize,
    /// The seed of all draws.
    pub seed: u64,
    /// When the plan is done; of a plan that fails, when it does.
    pub finish: Stamp,
    /// The place of the finish among all runs that deliver; `None` if this one doesn't.
    pub finish_rank: Option<Rank>,
    /// What it comes to and the place of that among all runs; `None` if nothing costs anything.
    pub cost: Option<(f64, Rank)>,
    /// What fails, and when.
    pub failure: Option<ReplayFailure>,
    /// What happens, in the order of starts.
    pub visits: Vec<ReplayVisit>,
    /// The first driving path: ids and which repeat of each (0: none).
    pub path: Vec<(String, u32)>,
    /// Risks that happen, in file order.
    pub risks: Vec<ReplayRisk>,
    /// How milestones turn out, in file order: id, name and the word of the outcome.
    pub outcomes: Vec<(String, String, String)>,
    /// What rework checks order, in file order: id, name and how many repeats.
    pub rework: Vec<(String, String, usize)>,
    /// What was drawn for resources and overheads.
    pub shared: Vec<ReplayDraw>,
    /// Where the money goes: by category, those without any left out.
    pub categories: Vec<(String, f64)>,
    /// By stage; money outside of all stages last, as `-`. Empty where the plan has none.
    pub stages: Vec<(String, f64)>,
}

/// A place among runs, counted from 1; of equal ones the lowest number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The place.
    pub rank: usize,
    /// Among how many.
    pub of: usize,
}

/// How a plan ends early.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayFailure {
    /// The id of the milestone that fails.
    pub key: String,
    /// Its name.
    pub name: String,
    /// When.
    pub at: Stamp,
}

/// A milestone that happens, or a repeat of one.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayVisit {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Which repeat it is; 0 for the first time.
    pub repeat: u32,
    /// When it starts.
    pub start: Stamp,
    /// When it finishes.
    pub finish: Stamp,
    /// How long it takes, in days of its own calendar.
    pub span_days: f64,
    /// Whether it is on a driving path.
    pub critical: bool,
    /// What it costs.
    pub cost: f64,
    /// What was drawn for it; of a repeat, its share.
    pub draws: Vec<ReplayDraw>,
}

/// A number that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayDraw {
    /// Its name, like `duration:train`.
    pub name: String,
    /// Its name where it is clear whose it is, like `duration`.
    pub label: String,
    /// What was drawn.
    pub value: f64,
    /// What the value counts.
    pub unit: DrawUnit,
    /// How likely a draw is no larger, 0..1.
    pub percentile: f64,
}

/// What a drawn number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawUnit {
    /// Days of the calendar it is given in; of elapsed time, of 24 hours.
    Days,
    /// Money.
    Money,
    /// A factor, a share, pieces.
    Number,
}

/// A risk that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayRisk {
    /// Its key in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The visits it strikes: ids and which repeat of each (0: none).
    pub strikes: Vec<(String, u32)>,
    /// How hard it hits, as far as that was drawn.
    pub draws: Vec<ReplayDraw>,
}

impl Replay {
    /// One iteration of a simulation, from its samples and the settings they were made with.
    ///
    /// # Errors
    /// Where there is no such iteration.
    pub fn of(
        plan: &Plan,
        network: &Network,
        settings: &Settings,
        samples: &Samples,
        at: ReplayAt,
    ) -> Result<Self, ReplayError> {
        let iteration = pick::iteration(network, samples, at)?;
        let clock = Clock::of(plan, network);
        let draws = Draws::of(network, settings);
        let schedule = network.schedule_of(draws.values(iteration as u64));
        let costs = planned(network, &schedule);
        let drawn = Drawn { plan, network, values: &schedule.values };
        let cost = network.costs_something().then(|| {
            (samples.cost[iteration], pick::rank(samples.cost.len(), iteration, |at| Some(samples.cost[at])))
        });
        let early = &schedule.early;
        Ok(Self {
            plan: summary(plan, clock),
            number: iteration + 1,
            iterations: samples.finish.len(),
            seed: samples.seed,
            finish: clock.finish(early.finish),
            finish_rank: pick::finish_rank(samples, iteration),
            cost: cost.and_then(|(cost, rank)| rank.map(|rank| (cost, rank))),
            failure: early.failure.map(|failure| {
                let milestone = &plan[network[failure.visit].milestone];
                ReplayFailure {
                    key: milestone.key.clone(),
                    name: milestone.name.clone(),
                    at: clock.finish(failure.at),
                }
            }),
            visits: visits(drawn, &schedule, &costs, clock),
            path: path(drawn, &schedule),
            risks: events::risks(drawn, &schedule),
            outcomes: events::outcomes(drawn, &schedule),
            rework: events::rework(drawn, &schedule),
            shared: drawn.shared(),
            categories: categories(network, &costs),
            stages: stages(plan, network, &costs),
        })
    }
}

/// The id of a visit's milestone, and which repeat it is.
fn named(plan: &Plan, network: &Network, visit: VisitId) -> (String, u32) {
    (plan[network[visit].milestone].key.clone(), network[visit].pass)
}

/// What happens, in the order of starts.
fn visits(drawn: Drawn<'_>, schedule: &Schedule, costs: &Costs, clock: Clock<'_>) -> Vec<ReplayVisit> {
    let Drawn { plan, network, .. } = drawn;
    let wall = |visit: VisitId| network.timeline_of(visit).wall_of_start(schedule.early.placed[visit].start);
    let is_shown = |visit: &VisitId| !network[*visit].removed && happens(network, &schedule.early, *visit);
    let mut shown: Vec<VisitId> = network.ids().filter(is_shown).collect();
    shown.sort_by_key(|&visit| wall(visit));
    let visit = |visit: VisitId| {
        let placed = &schedule.early.placed[visit];
        let milestone = &plan[network[visit].milestone];
        ReplayVisit {
            key: milestone.key.clone(),
            name: milestone.name.clone(),
            repeat: network[visit].pass,
            start: clock.visit_start(visit, placed.start),
            finish: clock.visit_finish(visit, placed.finish),
            span_days: placed.span as f64 / plan[milestone.calendar].day_seconds() as f64,
            critical: schedule.is_critical(visit),
            cost: costs.visits[visit.index()].iter().sum(),
            draws: drawn.of_visit(visit),
        }
    };
    shown.into_iter().map(visit).collect()
}

/// The first driving path; nothing of what does not exist.
fn path(Drawn { plan, network, .. }: Drawn<'_>, schedule: &Schedule) -> Vec<(String, u32)> {
    let path = network.critical_paths(schedule).next().unwrap_or_default();
    let is_shown = |visit: &VisitId| !network[*visit].removed && !schedule.early.placed[*visit].absent;
    path.into_iter().filter(is_shown).map(|visit| named(plan, network, visit)).collect()
}

fn categories(network: &Network, costs: &Costs) -> Vec<(String, f64)> {
    let mut sums = [0.0; Category::ALL.len()];
    costs.parts(network).for_each(|(category, _, amount)| sums[category] += amount);
    let named = Category::ALL.iter().map(|category| capitalised(category.word())).zip(sums);
    named.filter(|(_, sum)| *sum != 0.0).collect()
}

fn stages(plan: &Plan, network: &Network, costs: &Costs) -> Vec<(String, f64)> {
    if plan.stages.is_empty() {
        return Vec::new();
    }
    let mut sums = vec![0.0; plan.stages.len() + 1];
    costs.parts(network).for_each(|(_, stage, amount)| sums[stage.unwrap_or(plan.stages.len())] += amount);
    let names = plan.stages.iter().map(|stage| stage.name.clone()).chain(["-".to_owned()]);
    names.zip(sums).filter(|(_, sum)| *sum != 0.0).collect()
}
