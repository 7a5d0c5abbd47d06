//! The runs of a solution and of those it falls back on, as the engine makes them: time, money, the metric
//! reached.

use crate::model::{Plan, SolutionId};
use crate::network::{Network, Progress, VisitId};
use crate::simulate::{BlockRows, Settings, observe};

use super::once::{OnceCosts, PaidOnce};
use super::value::{DAYS_PER_YEAR, Discount};

/// The runs of one solution, in the order of iterations.
#[derive(Default)]
pub(super) struct Facts {
    /// What each costs, undiscounted, without launch and running.
    pub(super) cost: Vec<f64>,
    /// The same, each part discounted to the plan's start.
    pub(super) discounted: Vec<f64>,
    /// Working days until the last thing done for it is done.
    pub(super) days: Vec<f64>,
    /// When that is, on the network's axis: days of the plan's calendar can't tell the moments between two of them.
    pub(super) finish: Vec<i64>,
    /// Whether anything is done for it: of what is fallen back on, not always.
    pub(super) is_begun: Vec<bool>,
    /// Whether it gets to its launch.
    pub(super) is_launched: Vec<bool>,
    pub(super) overrun: Vec<f64>,
    /// What all runs that launch cost together, by stage in file order; what is of no stage last.
    pub(super) cost_by_stage: Vec<f64>,
    /// How far its metric comes; nothing without an improve milestone.
    pub(super) progress: Option<Vec<Progress>>,
    /// The discounted cost up to the checkpoint, in runs that go on beyond it.
    pub(super) until_checkpoint: Vec<Option<f64>>,
}

/// Where the working days of a plan's calendar are counted.
pub(super) fn day_seconds(plan: &Plan) -> f64 {
    plan[plan.calendar].day_seconds() as f64
}

impl Facts {
    /// The runs of each of these solutions in a plan that holds no others, with these settings.
    pub(super) fn of(
        plan: &Plan,
        network: &Network,
        ids: &[SolutionId],
        settings: &Settings,
        discount: Discount,
    ) -> Vec<Self> {
        let readers: Vec<Reader> = ids.iter().map(|&id| Reader::new(plan, network, id, discount)).collect();
        let once = OnceCosts::of(plan, network, ids);
        let mut all: Vec<Self> = readers.iter().map(Self::for_reader).collect();
        observe(network, settings, 0..settings.iterations, |rows| {
            for lane in 0..rows.count {
                let paid = once.paid(rows, lane);
                for (at, (facts, reader)) in all.iter_mut().zip(&readers).enumerate() {
                    let own: Vec<PaidOnce> = paid.iter().filter(|paid| paid.of == at).copied().collect();
                    let run = reader.run(rows, lane, &own);
                    if run.is_launched {
                        reader.add_stages(rows, lane, &own, &mut facts.cost_by_stage);
                    }
                    facts.add(run);
                }
            }
        });
        all
    }

    fn for_reader(reader: &Reader<'_>) -> Self {
        Self {
            progress: reader.improves.then(Vec::new),
            cost_by_stage: vec![0.0; reader.stages + 1],
            ..Self::default()
        }
    }

    fn add(&mut self, run: OneRun) {
        self.cost.push(run.cost);
        self.discounted.push(run.discounted);
        self.days.push(run.days);
        self.finish.push(run.finish);
        self.is_begun.push(run.is_begun);
        self.is_launched.push(run.is_launched);
        self.overrun.push(run.overrun);
        let goes_on = |after: u32| run.progress.is_some_and(|progress: Progress| progress.iterations > after);
        self.until_checkpoint.push(run.checkpoint.filter(|(after, _)| goes_on(*after)).map(|(_, cost)| cost));
        if let (Some(all), Some(progress)) = (&mut self.progress, run.progress) {
            all.push(progress);
        }
    }
}

struct OneRun {
    cost: f64,
    discounted: f64,
    days: f64,
    finish: i64,
    is_begun: bool,
    is_launched: bool,
    overrun: f64,
    progress: Option<Progress>,
    /// The iterations before the checkpoint, and the discounted cost until then.
    checkpoint: Option<(u32, f64)>,
}

/// Reads runs out of the rows of the engine.
struct Reader<'a> {
    network: &'a Network,
    id: SolutionId,
    improves: bool,
    stages: usize,
    visits: Vec<VisitId>,
    discount: Discount,
    checkpoint: Option<(u32, Vec<VisitId>)>,
    day_seconds: f64,
}

impl<'a> Reader<'a> {
    fn new(plan: &Plan, network: &'a Network, id: SolutionId, discount: Discount) -> Self {
        let improvement = network.improvements().map(|it| it.0).find(|it| it.solution == id);
        let checkpoint = improvement.and_then(|it| it.checkpoint);
        let own = |visit: &VisitId| plan[network[*visit].milestone].solution == Some(id);
        let at = |after: u32| network.ids().filter(own).filter(move |id| network[*id].iteration == after);
        Self {
            network,
            id,
            improves: improvement.is_some(),
            stages: plan.stages.len(),
            visits: network.ids().filter(own).collect(),
            discount,
            checkpoint: checkpoint.map(|after| (after, at(after).collect())),
            day_seconds: day_seconds(plan),
        }
    }

    fn run(&self, rows: &BlockRows<'_>, lane: usize, once: &[PaidOnce]) -> OneRun {
        let checkpoint = self.checkpoint.as_ref().and_then(|(after, visits)| {
            let visit = visits.iter().find(|visit| rows.happens(**visit, lane))?;
            Some((*after, self.days(*visit, rows, lane).1))
        });
        let mut run = OneRun {
            cost: 0.0,
            discounted: 0.0,
            days: 0.0,
            finish: 0,
            is_begun: false,
            is_launched: false,
            overrun: rows.overrun(self.id, lane),
            progress: self.improves.then(|| rows.progress(self.id, lane)).flatten(),
            checkpoint: checkpoint.map(|(after, _)| (after, 0.0)),
        };
        for &visit in self.visits.iter().filter(|visit| rows.happens(**visit, lane)) {
            run.is_begun = true;
            let (from, to) = self.days(visit, rows, lane);
            let years = |days: f64| days / DAYS_PER_YEAR;
            let costs = 0..self.network[visit].costs.len();
            let cost: f64 = costs.map(|term| f64::from(rows.costs(visit, term)[lane])).sum();
            run.cost += cost;
            run.discounted += cost * self.discount.mean(years(from), years(to));
            run.days = run.days.max(to);
            let finish = i64::from(rows.finishes(visit)[lane]);
            run.finish = run.finish.max(self.network.finish_on_axis(visit, finish));
            if let (Some((_, until)), Some((_, at))) = (&mut run.checkpoint, checkpoint)
                && from < at
            {
                let end = to.min(at);
                let share = if to > from { (end - from) / (to - from) } else { 1.0 };
                *until += cost * share * self.discount.mean(years(from), years(end));
            }
        }
        for paid in once {
            let discounted = paid.amount * self.discount.factor(paid.days / DAYS_PER_YEAR);
            run.cost += paid.amount;
            run.discounted += discounted;
            if let (Some((_, until)), Some((_, at))) = (&mut run.checkpoint, checkpoint)
                && paid.days <= at
            {
                *until += discounted;
            }
        }
        // Where it is the only one, its end is the plan's.
        let is_ended = rows.is_ended(self.id, lane).unwrap_or(false);
        run.is_launched = run.is_begun && !is_ended && rows.is_delivered(lane);
        run
    }

    /// Adds what a run costs to the stages that it counts under.
    fn add_stages(&self, rows: &BlockRows<'_>, lane: usize, once: &[PaidOnce], stages: &mut [f64]) {
        for &visit in self.visits.iter().filter(|visit| rows.happens(**visit, lane)) {
            for (term, cost) in self.network[visit].costs.iter().enumerate() {
                let stage = cost.stage.map_or(self.stages, |stage| stage.index());
                stages[stage] += f64::from(rows.costs(visit, term)[lane]);
            }
        }
        once.iter().for_each(|paid| stages[paid.stage.unwrap_or(self.stages)] += paid.amount);
    }

    /// Start and finish of a visit in working days of the plan's calendar.
    fn days(&self, visit: VisitId, rows: &BlockRows<'_>, lane: usize) -> (f64, f64) {
        let (start, finish) = (i64::from(rows.starts(visit)[lane]), i64::from(rows.finishes(visit)[lane]));
        let days = |seconds: i64| seconds as f64 / self.day_seconds;
        if self.network[visit].timeline == 0 {
            return (days(start), days(finish));
        }
        let timeline = self.network.timeline_of(visit);
        let plan = |wall: i64| self.network.timelines[0].position_of_wall(wall);
        let from = plan(timeline.wall_of_start(start));
        (days(from), days(plan(timeline.wall_of_finish(finish)).max(from)))
    }
}
