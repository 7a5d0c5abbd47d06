//! The critical path of the plan as written.

use crate::model::{LinkKind, MilestoneId, Plan};
use crate::network::{Driver, Network, PerVisit, Schedule, VisitId};
use crate::units::When;

use super::clock::Clock;
use super::whole::summary;
use super::{PlanSummary, Stamp};

/// What `plan path` says.
#[derive(Clone, Debug, PartialEq)]
pub struct PathReport {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// When the plan as written is done.
    pub finish: Stamp,
    /// Every milestone, in file order; removed ones left out.
    pub milestones: Vec<PathRow>,
    /// Critical paths as keys, from first to last; at most [`PathReport::MAX_PATHS`].
    pub critical_paths: Vec<Vec<String>>,
    /// Whether there are more critical paths than listed.
    pub more_paths: bool,
    /// Keys of milestones that are not critical but have little float, least float first.
    pub near_critical: Vec<String>,
    /// Up to how many days of float count as near-critical.
    pub near_days: f64,
    /// Whether the milestones keep several calendars, so that their days differ.
    pub several_calendars: bool,
}

impl PathReport {
    /// How many critical paths are listed at most.
    pub const MAX_PATHS: usize = 8;
}

/// One milestone in the deterministic plan. Floats and durations are in working days of the
/// milestone's own calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct PathRow {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The key of its stage.
    pub stage: Option<String>,
    /// How long it takes.
    pub duration_days: f64,
    /// The earliest it can start.
    pub early_start: Stamp,
    /// The earliest it can finish.
    pub early_finish: Stamp,
    /// The latest it may start without moving the plan's finish.
    pub late_start: Stamp,
    /// The latest it may finish without moving the plan's finish.
    pub late_finish: Stamp,
    /// How long it may slip without moving the plan's finish; the smaller of start and finish float.
    pub total_float_days: f64,
    /// How long it may slip without moving any other milestone.
    pub free_float_days: f64,
    /// Whether it lies on a driving path to the plan's finish.
    pub critical: bool,
    /// By how many days the plan would shorten if it took no time; `None` if it is not critical.
    pub drag_days: Option<f64>,
    /// What sets its early start or finish, in words: `after design`, `not before 2027-03-01`,
    /// `the plan's start`.
    pub driver: String,
}

impl PathReport {
    /// The critical path of the plan as written. Milestones with at most `near_days` working days of
    /// float count as near-critical.
    pub fn of(plan: &Plan, network: &Network, near_days: f64) -> Self {
        let clock = Clock::of(plan, network);
        let schedule = network.schedule();
        let within = (near_days * plan[plan.calendar].day_seconds() as f64) as i64;
        let key = |visit: VisitId| plan[network.visits[visit.index()].milestone].key.clone();
        let is_shown = |visit: &VisitId| !plan[network.visits[visit.index()].milestone].removed;
        let mut paths = network.critical_paths(&schedule);
        let critical_paths = paths
            .by_ref()
            .take(Self::MAX_PATHS)
            .map(|path| {
                let mut keys: Vec<String> = path.into_iter().filter(is_shown).map(key).collect();
                // The iterations of a milestone are one stretch of the way.
                keys.dedup();
                keys
            })
            .collect();
        let drags = network.drag(&schedule);
        Self {
            plan: summary(plan, clock),
            finish: clock.finish(schedule.early.finish),
            milestones: plan
                .ids()
                .filter(|&id| !plan[id].removed)
                .map(|id| row(plan, network, &schedule, &drags, clock, id))
                .collect(),
            critical_paths,
            more_paths: paths.next().is_some(),
            near_critical: {
                let mut keys: Vec<_> =
                    network.near_critical(&schedule, within).into_iter().map(key).collect();
                keys.dedup();
                keys
            },
            near_days,
            several_calendars: plan.ids().any(|id| !plan[id].removed && plan[id].calendar != plan.calendar),
        }
    }
}

fn row(
    plan: &Plan,
    network: &Network,
    schedule: &Schedule,
    drags: &PerVisit<Option<i64>>,
    clock: Clock<'_>,
    id: MilestoneId,
) -> PathRow {
    let milestone = &plan[id];
    let visit = network.visit_of[id];
    // Iterations of a milestone follow each other: it lasts until the last one's end.
    let last = network.last_visit(&schedule.early, id).unwrap_or(visit);
    let (placed, end) = (&schedule.early.placed[visit], schedule.early.placed[last].finish);
    let span = if last == visit { placed.span } else { end - placed.start };
    let drags = network.visits_of[id].iter().filter_map(|&visit| drags[visit]);
    let own_days = |seconds: i64| seconds as f64 / plan[milestone.calendar].day_seconds() as f64;
    PathRow {
        key: milestone.key.clone(),
        name: milestone.name.clone(),
        stage: milestone.stage.map(|stage| plan[stage].key.clone()),
        duration_days: own_days(span),
        early_start: clock.visit_start(visit, placed.start),
        early_finish: clock.visit_finish(last, end),
        late_start: clock.visit_start(visit, schedule.late_start(visit)),
        late_finish: clock.visit_finish(last, schedule.late_finish[last]),
        total_float_days: own_days(schedule.total_float(visit)),
        free_float_days: own_days(schedule.free_float[last]),
        critical: schedule.is_critical(visit),
        drag_days: drags.reduce(|sum, drag| sum + drag).map(|drag| {
            let finish = schedule.early.finish;
            clock.finish_days(finish) - clock.finish_days(finish - drag)
        }),
        driver: driver(plan, network, schedule.drivers[visit], id),
    }
}

/// What sets an early start, in words.
fn driver(plan: &Plan, network: &Network, driver: Driver, id: MilestoneId) -> String {
    let bounds = &plan[id].bounds;
    let dated = |words: &str, when: Option<When>| match when {
        Some(when) => format!("{words} {when}"),
        None => words.to_owned(),
    };
    match driver {
        Driver::PlanStart => "the plan's start".to_owned(),
        Driver::NotBefore => dated("not before", bounds.not_before),
        Driver::MustStart => dated("must start", bounds.must_start),
        Driver::MustFinish => dated("must finish", bounds.must_finish),
        Driver::AsLateAsPossible => "as late as possible".to_owned(),
        Driver::Link(at) => {
            let link = &network.links[at];
            let from = &plan[network.visits[link.from.index()].milestone].key;
            match link.kind {
                LinkKind::FinishStart => format!("after {from}"),
                kind => format!("after {from} {}", kind.letters()),
            }
        }
    }
}
