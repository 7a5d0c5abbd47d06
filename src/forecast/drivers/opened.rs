//! The first iterations of a run, opened one by one: what needs floats, paths and arrivals.
//!
//! Both passes of the critical path method for each of them, with the draws of the simulation. That is
//! slower than the engine, so it is done for 2,048 iterations, of large plans for fewer; how many
//! depends on counts alone.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{MilestoneId, Plan};
use crate::network::{Network, Schedule, Values, VisitId, VisitLink};
use crate::simulate::{Draws, Settings};

use super::{DrivingPath, MergePoint};
use crate::forecast::figures::proportion;
use crate::forecast::occurrence::happens;

/// The most iterations that are opened.
const MOST: usize = 2_048;
/// The most visits that are placed, all iterations together; a few iterations are opened in any case.
const MOST_VISITS: usize = 4 << 20;
const LEAST: usize = 32;
/// So many are opened before they are added up.
const BATCH: usize = 64;

/// What the opened iterations that deliver have shown.
pub(super) struct Opened {
    /// How many were opened.
    pub(super) iterations: usize,
    /// The finish of each that delivers, on the network's axis.
    pub(super) finishes: Vec<i64>,
    /// By milestone in file order: the span of each iteration that delivers, repeats included.
    pub(super) spans: Vec<Vec<i32>>,
    /// By milestone: the sum of D/(D + float) × T.
    pub(super) weighted: Vec<f64>,
    /// How often each driving path was the first of its iteration.
    pub(super) paths: BTreeMap<Vec<VisitId>, usize>,
    merges: Vec<Merge>,
}

/// A visit with several predecessors, and what came in there.
struct Merge {
    visit: VisitId,
    /// In how many iterations it happened.
    count: usize,
    /// The sum of its last arrivals.
    last: f64,
    predecessors: Vec<Predecessor>,
}

/// One of the milestones before a merge point, with all its repeats.
struct Predecessor {
    milestone: MilestoneId,
    count: usize,
    arrivals: f64,
    driven: usize,
}

/// One iteration that delivers.
struct Run {
    finish: i64,
    /// By milestone: span, and D/(D + float).
    milestones: Vec<(i32, f64)>,
    path: Vec<VisitId>,
    /// By merge point and predecessor: arrival and whether it drives; nothing where either is absent.
    arrivals: Vec<Option<(i64, bool)>>,
}

impl Opened {
    pub(super) fn of(plan: &Plan, network: &Network, settings: &Settings) -> Self {
        let affordable = (MOST_VISITS / network.visits.len().max(1)).max(LEAST);
        let iterations = usize::try_from(settings.iterations).unwrap_or(MOST).min(MOST).min(affordable);
        let draws = Draws::of(network, settings);
        let mut opened = Self {
            iterations,
            finishes: Vec::with_capacity(iterations),
            spans: vec![Vec::with_capacity(iterations); plan.milestones.len()],
            weighted: vec![0.0; plan.milestones.len()],
            paths: BTreeMap::new(),
            merges: merges(network),
        };
        for first in (0..iterations).step_by(BATCH) {
            let batch = first..(first + BATCH).min(iterations);
            let open = |at: usize| Run::of(plan, network, &opened.merges, draws.values(at as u64));
            let runs: Vec<Option<Run>> = batch.into_par_iter().map(open).collect();
            // In the order of iterations, so that sums do not depend on threads.
            runs.into_iter().flatten().for_each(|run| opened.add(run));
        }
        opened
    }

    fn add(&mut self, run: Run) {
        self.finishes.push(run.finish);
        for (at, (span, share)) in run.milestones.into_iter().enumerate() {
            self.spans[at].push(span);
            self.weighted[at] += share * run.finish as f64;
        }
        *self.paths.entry(run.path).or_insert(0) += 1;
        let mut arrivals = run.arrivals.into_iter();
        for merge in &mut self.merges {
            let mut last = None;
            for predecessor in &mut merge.predecessors {
                let Some((arrival, drives)) = arrivals.next().flatten() else { continue };
                predecessor.count += 1;
                predecessor.arrivals += arrival as f64;
                predecessor.driven += usize::from(drives);
                last = last.max(Some(arrival));
            }
            if let Some(last) = last {
                merge.count += 1;
                merge.last += last as f64;
            }
        }
    }

    /// The paths that drove the finish most often; those alike in the order of their visits.
    pub(super) fn driving_paths(&self, plan: &Plan, network: &Network, most: usize) -> Vec<DrivingPath> {
        let mut paths: Vec<(&Vec<VisitId>, usize)> =
            self.paths.iter().map(|(path, &count)| (path, count)).collect();
        paths.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let step = |&visit: &VisitId| (plan[network[visit].milestone].key.clone(), network[visit].pass);
        let path = |(path, count): (&Vec<VisitId>, usize)| DrivingPath {
            steps: path.iter().map(step).collect(),
            share: proportion(count, self.finishes.len()),
        };
        paths.into_iter().take(most).map(path).collect()
    }

    /// What merging costs where, the largest delay first.
    pub(super) fn merge_points(&self, plan: &Plan, network: &Network) -> Vec<MergePoint> {
        let point = |merge: &Merge| {
            let milestone = &plan[network[merge.visit].milestone];
            let day = plan[milestone.calendar].day_seconds() as f64;
            let latest = merge.predecessors.iter().filter(|it| it.count > 0);
            let latest = latest.map(|it| it.arrivals / it.count as f64).fold(f64::NEG_INFINITY, f64::max);
            let drives = |it: &Predecessor| {
                (plan[it.milestone].key.clone(), it.driven as f64 / merge.count.max(1) as f64)
            };
            MergePoint {
                key: milestone.key.clone(),
                name: milestone.name.clone(),
                delay_days: (merge.last / merge.count as f64 - latest) / day,
                drives: merge.predecessors.iter().map(drives).collect(),
            }
        };
        let mut points: Vec<MergePoint> =
            self.merges.iter().filter(|merge| merge.count > 0).map(point).collect();
        points.sort_by(|a, b| b.delay_days.total_cmp(&a.delay_days));
        points
    }
}

/// The originals at which paths of several milestones merge, removed ones left out: time passes through
/// those.
fn merges(network: &Network) -> Vec<Merge> {
    let merge = |visit: VisitId| {
        let mut predecessors: Vec<MilestoneId> =
            network.links_into(visit).iter().map(|link| network[link.from].milestone).collect();
        predecessors.sort_unstable();
        predecessors.dedup();
        let predecessor = |milestone| Predecessor { milestone, count: 0, arrivals: 0.0, driven: 0 };
        let predecessors = predecessors.into_iter().map(predecessor).collect();
        Merge { visit, count: 0, last: 0.0, predecessors }
    };
    let is_shown = |visit: &VisitId| network[*visit].pass == 0 && !network[*visit].removed;
    network.merge_points().filter(is_shown).map(merge).filter(|merge| merge.predecessors.len() > 1).collect()
}

impl Run {
    /// The iteration with these values; nothing if it fails.
    fn of(plan: &Plan, network: &Network, merges: &[Merge], values: Vec<f64>) -> Option<Self> {
        let schedule = network.schedule_of(values);
        if schedule.early.failure.is_some() {
            return None;
        }
        let path = network.critical_paths(&schedule).next().unwrap_or_default();
        let is_shown = |visit: &VisitId| !network[*visit].removed && !schedule.early.placed[*visit].absent;
        Some(Self {
            finish: schedule.early.finish,
            milestones: plan.ids().map(|id| span_and_share(network, &schedule, id)).collect(),
            path: path.into_iter().filter(is_shown).collect(),
            arrivals: merges.iter().flat_map(|merge| arrivals(network, &schedule, merge)).collect(),
        })
    }
}

/// How long a milestone took, with all its repeats, and D/(D + float) of that: 0 where it took no time
/// or did not exist, 1 where dates leave it no float at all.
fn span_and_share(network: &Network, schedule: &Schedule, id: MilestoneId) -> (i32, f64) {
    let visits = || network.visits_of[id].iter().filter(|&&it| happens(network, &schedule.early, it));
    let span: i64 = visits().map(|&visit| schedule.early.placed[visit].span).sum();
    let float = visits().map(|&visit| schedule.total_float(visit)).min().unwrap_or(0).max(0);
    let share = if span > 0 { span as f64 / (span + float) as f64 } else { 0.0 };
    (i32::try_from(span).unwrap_or(i32::MAX), share)
}

/// Where each predecessor would have let the successor start with the last of its passes, and whether it
/// held it. One that does not exist lets time through, but holds nothing.
fn arrivals(network: &Network, schedule: &Schedule, merge: &Merge) -> Vec<Option<(i64, bool)>> {
    let (placed, values) = (&schedule.early.placed, Values(&schedule.values));
    let successor = &placed[merge.visit];
    let arrival = |predecessor: &Predecessor| {
        if successor.absent {
            return None;
        }
        let of_it = |link: &&VisitLink| network[link.from].milestone == predecessor.milestone;
        // A repeat that does not exist bounds nothing.
        let starts = network.links_into(merge.visit).iter().filter(of_it).filter_map(|link| {
            let end = network.bound(link, placed, false, values)?;
            Some((
                if link.kind.bounds_finish() { end - successor.span } else { end },
                !placed[link.from].absent,
            ))
        });
        let (start, exists) = starts.max()?;
        Some((start, start == successor.start && exists))
    };
    merge.predecessors.iter().map(arrival).collect()
}
