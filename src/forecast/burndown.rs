//! What remains to be done and to be spent, over time, with its band.

use crate::model::{CalendarId, Moment, Plan, ResourceKind};
use crate::network::{Costs, Network, PaidOver, Schedule, Values, VisitId};
use crate::simulate::{BlockRows, Samples, Settings, observe};

use super::burn::Burn;
use super::clock::Clock;
use super::figures::sorted;
use super::{Stamp, cost, targets};

/// What burns down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BurnKind {
    /// Work: person-days, or days of duration in a plan without people.
    Work,
    /// Money: the budget (without one, the deterministic cost) minus what is spent.
    Money,
}

/// Remaining work or money over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Burndown {
    /// What burns down.
    pub kind: BurnKind,
    /// `person-days`, `days`, or the plan's currency.
    pub unit: String,
    /// The plan's name.
    pub plan: String,
    /// How much there is at the start.
    pub total: f64,
    /// The grid, ascending in time.
    pub points: Vec<BurnPoint>,
    /// The plan's deadline.
    pub deadline: Option<Stamp>,
    /// How many iterations the band rests on.
    pub iterations: usize,
    /// Money only: the share of iterations in which it runs out before the plan is done.
    pub runs_out: Option<f64>,
    /// Money only: half of those iterations have run out by then.
    pub run_out_median: Option<Stamp>,
}

/// What remains at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnPoint {
    /// The moment.
    pub at: Stamp,
    /// What the plan as written says remains.
    pub planned: f64,
    /// P10 of what remains.
    pub p10: f64,
    /// P50 of what remains.
    pub p50: f64,
    /// P90 of what remains.
    pub p90: f64,
}

/// Steps of the grid.
const STEPS: usize = 128;
/// The band rests on at most this many iterations.
const MOST_ITERATIONS: u64 = 2_048;
/// The grid ends at this percentile of the finish, or at the deadline if that is later.
const LAST_PERCENTILE: f64 = 0.99;

impl Burndown {
    /// Work and, if anything costs anything, money over time. The first iterations of the same
    /// simulation are run again, and looked at one by one.
    pub fn of(plan: &Plan, network: &Network, settings: &Settings, samples: &Samples) -> Vec<Self> {
        let schedule = network.schedule();
        let clock = Clock::of(plan, network);
        let step = grid_step(plan, network, samples, &schedule, clock);
        let iterations = settings.iterations.min(MOST_ITERATIONS);
        let mut fires = vec![Fire::of_work(plan, network, &schedule)];
        if cost::costs_something(network) {
            fires.push(Fire::of_money(plan, network, &schedule));
        }
        let mut burner = Burner::new(network, step);
        let planned = PlannedRun { schedule: &schedule, costs: cost::planned(network, &schedule) };
        let planned: Vec<Vec<f64>> = fires.iter().map(|fire| burner.remaining(fire, &planned)).collect();
        let mut observed = vec![vec![Vec::new(); STEPS + 1]; fires.len()];
        observe(network, settings, 0..iterations, |rows| {
            for lane in 0..rows.count {
                for (fire, columns) in fires.iter().zip(&mut observed) {
                    let remaining = burner.remaining(fire, &Lane { rows, lane });
                    columns.iter_mut().zip(remaining).for_each(|(column, value)| column.push(value));
                }
            }
        });
        let frame = Frame { plan, clock, step, iterations: iterations as usize };
        let parts = fires.into_iter().zip(planned).zip(observed);
        parts.map(|((fire, planned), columns)| frame.burndown(&fire, &planned, columns)).collect()
    }
}

fn grid_step(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    schedule: &Schedule,
    clock: Clock<'_>,
) -> f64 {
    let finishes = sorted(samples.finish.iter().map(|&finish| f64::from(finish)).collect());
    let last = (finishes.percentile(LAST_PERCENTILE) as i64).max(schedule.early.finish);
    let deadline = plan.deadline.map_or(0, |deadline| clock.finish_limit(deadline));
    let end = network.plan_seconds(last).max(network.plan_seconds(deadline.min(last + last / 4)));
    end.max(1) as f64 / STEPS as f64
}

/// What burns, and how much of it there is.
struct Fire {
    kind: BurnKind,
    unit: String,
    total: f64,
    /// Of work, what each visit weighs; of money, nothing.
    weights: Vec<f64>,
}

impl Fire {
    fn of_work(plan: &Plan, network: &Network, schedule: &Schedule) -> Self {
        let effort: Vec<f64> =
            network.ids().map(|visit| person_days(plan, network, schedule, visit)).collect();
        let has_people = effort.iter().any(|&days| days > 0.0);
        let span_days = |visit: VisitId| {
            let calendar = plan[network[visit].milestone].calendar;
            schedule.early.placed[visit].span as f64 / plan[calendar].day_seconds() as f64
        };
        let weights = if has_people { effort } else { network.ids().map(span_days).collect() };
        let unit = if has_people { "person-days" } else { "days" };
        Self { kind: BurnKind::Work, unit: unit.to_owned(), total: weights.iter().sum(), weights }
    }

    fn of_money(plan: &Plan, network: &Network, schedule: &Schedule) -> Self {
        let total = plan.budget.map_or_else(|| cost::planned(network, schedule).total(), |budget| budget.0);
        Self { kind: BurnKind::Money, unit: plan.currency.clone(), total, weights: Vec::new() }
    }
}

/// The deterministic effort of people in a milestone: `work`, else `uses` over its span.
fn person_days(plan: &Plan, network: &Network, schedule: &Schedule, visit: VisitId) -> f64 {
    let milestone = &plan[network[visit].milestone];
    if milestone.removed {
        return 0.0;
    }
    let day = |calendar: CalendarId| plan[calendar].day_seconds() as f64;
    let people = |id: &crate::model::ResourceId| plan[*id].kind == ResourceKind::People;
    let worked = milestone.work.iter().filter(|(id, _)| people(id));
    let effort: f64 = worked.map(|(id, effort)| effort.planned / day(plan[*id].calendar)).sum();
    let works = |id: &crate::model::ResourceId| milestone.work.iter().any(|(of, _)| of == id);
    let used = milestone.uses.iter().filter(|(id, _)| people(id) && !works(id));
    let units: f64 = used.map(|(_, units)| units.planned).sum();
    effort + units * schedule.early.placed[visit].span as f64 / day(milestone.calendar)
}

/// One run of the plan, as burning it asks.
trait Run {
    /// Start and finish, positions of the visit's timeline.
    fn placed(&self, visit: VisitId) -> (i64, i64);
    /// What one of the visit's cost terms came to.
    fn amount(&self, visit: VisitId, term: usize) -> f64;
    /// What the plan came to.
    fn cost(&self) -> f64;
}

struct PlannedRun<'a> {
    schedule: &'a Schedule,
    costs: Costs,
}

impl Run for PlannedRun<'_> {
    fn placed(&self, visit: VisitId) -> (i64, i64) {
        let placed = &self.schedule.early.placed[visit];
        (placed.start, placed.finish)
    }

    fn amount(&self, visit: VisitId, term: usize) -> f64 {
        self.costs.visits[visit.index()][term]
    }

    fn cost(&self) -> f64 {
        self.costs.total()
    }
}

/// One iteration of a block.
struct Lane<'a, 'b> {
    rows: &'a BlockRows<'b>,
    lane: usize,
}

impl Run for Lane<'_, '_> {
    fn placed(&self, visit: VisitId) -> (i64, i64) {
        (self.rows.starts(visit)[self.lane].into(), self.rows.finishes(visit)[self.lane].into())
    }

    fn amount(&self, visit: VisitId, term: usize) -> f64 {
        self.rows.costs(visit, term)[self.lane].into()
    }

    fn cost(&self) -> f64 {
        self.rows.cost()[self.lane]
    }
}

/// Burns runs, one after another, on the same grid.
struct Burner<'a> {
    network: &'a Network,
    planned: Vec<f64>,
    burn: Burn,
}

impl<'a> Burner<'a> {
    fn new(network: &'a Network, step: f64) -> Self {
        Self { network, planned: network.planned(), burn: Burn::new(STEPS + 1, step) }
    }

    /// What remains at each point of the grid.
    fn remaining(&mut self, fire: &Fire, run: &impl Run) -> Vec<f64> {
        self.burn.clear();
        let scale = match fire.kind {
            BurnKind::Work => self.burn_work(&fire.weights, run),
            BurnKind::Money => self.burn_money(run),
        };
        self.burn.burnt().map(|burnt| fire.total - burnt * scale).collect()
    }

    fn burn_work(&mut self, weights: &[f64], run: &impl Run) -> f64 {
        for (visit, &weight) in self.network.ids().zip(weights) {
            if weight > 0.0 {
                let (from, to) = self.span(visit, run.placed(visit));
                self.burn.piece(from, to, weight);
            }
        }
        1.0
    }

    /// Burns the money of visits and hammocks; returns the factor that adds the surcharges.
    fn burn_money(&mut self, run: &impl Run) -> f64 {
        let mut base = 0.0;
        for visit in self.network.ids() {
            let placed = run.placed(visit);
            for (index, term) in self.network[visit].costs.iter().enumerate() {
                let amount = run.amount(visit, index);
                base += amount;
                self.pay(visit, placed, &term.paid, amount);
            }
        }
        base += self.burn_hammocks(run);
        if base == 0.0 { 1.0 } else { run.cost() / base }
    }

    fn pay(&mut self, visit: VisitId, placed: (i64, i64), paid: &PaidOver, amount: f64) {
        match paid {
            PaidOver::Span => {
                let (from, to) = self.span(visit, placed);
                self.burn.piece(from, to, amount);
            }
            PaidOver::Moments(payments) => {
                let timeline = self.network.timeline_of(visit);
                for payment in payments {
                    let wall = match payment.at {
                        Moment::AfterStart(wait) => timeline.wall_of_start(placed.0) + wait,
                        Moment::AfterFinish(wait) => timeline.wall_of_finish(placed.1) + wait,
                    };
                    let at = self.plan_seconds(wall);
                    self.burn.piece(at, at, amount * payment.share.value());
                }
            }
        }
    }

    fn burn_hammocks(&mut self, run: &impl Run) -> f64 {
        if self.network.hammocks.is_empty() {
            return 0.0;
        }
        let placed = self.network.ids().map(|visit| run.placed(visit));
        let (starts, finishes): (Vec<i64>, Vec<i64>) = placed.unzip();
        let spans = self.network.hammock_spans(Values(&self.planned), &starts, &finishes);
        for span in &spans {
            let (from, to) = (self.plan_seconds(span.from), self.plan_seconds(span.to));
            self.burn.piece(from, to, span.amount);
        }
        spans.iter().map(|span| span.amount).sum()
    }

    /// A visit's span in working seconds of the plan's calendar.
    fn span(&self, visit: VisitId, (start, finish): (i64, i64)) -> (f64, f64) {
        if self.network[visit].timeline == 0 {
            return (start as f64, finish as f64);
        }
        let timeline = self.network.timeline_of(visit);
        let from = self.plan_seconds(timeline.wall_of_start(start));
        (from, self.plan_seconds(timeline.wall_of_finish(finish)).max(from))
    }

    fn plan_seconds(&self, wall: i64) -> f64 {
        self.network.timelines[0].position_of_wall(wall) as f64
    }
}

/// What all burndowns of a plan share.
struct Frame<'a> {
    plan: &'a Plan,
    clock: Clock<'a>,
    step: f64,
    iterations: usize,
}

impl Frame<'_> {
    fn burndown(&self, fire: &Fire, planned: &[f64], columns: Vec<Vec<f64>>) -> Burndown {
        let run_out = (fire.kind == BurnKind::Money).then(|| self.run_out(&columns));
        let (runs_out, run_out_median) = run_out.map_or((None, None), |(share, at)| (Some(share), at));
        let points = columns.into_iter().zip(planned).enumerate();
        Burndown {
            kind: fire.kind,
            unit: fire.unit.clone(),
            plan: self.plan.name.clone(),
            total: fire.total,
            points: points.map(|(point, (column, &planned))| self.point(point, column, planned)).collect(),
            deadline: self.plan.deadline.map(|deadline| targets::due(self.clock, deadline)),
            iterations: self.iterations,
            runs_out,
            run_out_median,
        }
    }

    fn point(&self, point: usize, column: Vec<f64>, planned: f64) -> BurnPoint {
        let column = sorted(column);
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| column.percentile(p));
        BurnPoint { at: self.at(point as f64), planned, p10, p50, p90 }
    }

    /// The share of iterations whose money runs out within the grid, and when half of those have.
    fn run_out(&self, columns: &[Vec<f64>]) -> (f64, Option<Stamp>) {
        let crossings: Vec<f64> = (0..self.iterations)
            .filter_map(|lane| crossing(columns.iter().map(|column| column[lane])))
            .collect();
        let share = crossings.len() as f64 / self.iterations as f64;
        let median = (!crossings.is_empty()).then(|| self.at(sorted(crossings).percentile(0.5)));
        (share, median)
    }

    fn at(&self, point: f64) -> Stamp {
        self.clock.plan_position((point * self.step).round() as i64)
    }
}

/// Where a falling line first goes below zero, in steps; a sliver of rounding is no crossing.
fn crossing(remaining: impl Iterator<Item = f64>) -> Option<f64> {
    let mut before: Option<f64> = None;
    for (point, value) in remaining.enumerate() {
        if value < -1e-6 * before.unwrap_or(value).abs().max(1.0) {
            let from = before.map_or(0.0, |before| before.max(0.0) / (before.max(0.0) - value));
            return Some(if point == 0 { 0.0 } else { point as f64 - 1.0 + from });
        }
        before = Some(value);
    }
    None
}
