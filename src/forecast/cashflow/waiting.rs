//! What it costs in time if work waits for its money.
//!
//! A serial scheme, as for resources: milestone after milestone, in the order of the plan, each starts as soon as its
//! links let it and all its money, when it falls due, is covered by what is released and not yet taken by those before
//! it. Money is released in steps, and what is paid by a moment only falls when work moves later; so the first start
//! that will do is found by halving. Overheads and what risks cost are not held back: they are taken first, as they fall
//! due in the run that doesn't wait.
//!
//! Source: METHOD: funding caps by a serial scheme, as Kelley (1963) schedules under limited resources.

use crate::forecast::figures::{proportion, sorted};
use crate::forecast::{Proportion, Stamp};
use crate::model::Plan;
use crate::network::{Early, Network, Values, VisitId};

use super::Spread;
use super::funding::Release;
use super::ledger::Ledger;
use crate::forecast::clock::Clock;

/// What happens if work waits for its money; of the runs that deliver the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// How likely it is that the plan is later for it, among the runs that the money pays for.
    pub later: Proportion,
    /// How likely it is that the money released never pays for all of it.
    pub never: Proportion,
    /// P50 and P80 of the finish without waiting, of the runs that the money pays for.
    pub finish: Option<[Stamp; 2]>,
    /// The same with waiting.
    pub waited_finish: Option<[Stamp; 2]>,
    /// Working days that the plan is later, of the runs that the money pays for.
    pub lost_days: Spread,
    /// Which milestones wait, those that wait longest first.
    pub milestones: Vec<WaitingMilestone>,
}

/// A milestone that waits for money.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingMilestone {
    /// Its key in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How likely it waits, among the runs that the money pays for.
    pub waits: Proportion,
    /// How many working days of its own calendar it waits on average.
    pub mean_days: f64,
}

/// The start is found to so many seconds.
const NEAR: i64 = 60;
/// Less than this share of all money is a matter of rounding.
const SLIVER: f64 = 1e-9;

/// Runs that wait, one after the other.
pub(super) struct Waiter<'a> {
    network: &'a Network,
    ledger: Ledger<'a>,
    /// What is released by each cell of the ledger.
    released: Vec<f64>,
    /// The last release, in wall seconds.
    last: i64,
    runs: usize,
    never: usize,
    /// Finishes on the plan's axis, without and with waiting.
    finishes: Vec<(i64, i64)>,
    /// By visit: in how many runs it waits, and for how many seconds of its timeline.
    waits: Vec<(usize, i64)>,
}

impl<'a> Waiter<'a> {
    pub(super) fn new(network: &'a Network, releases: &[Release]) -> Self {
        let mut begins = vec![0];
        begins.extend(releases.iter().map(|release| release.at));
        begins.dedup();
        let by = |&begin: &i64| -> f64 {
            releases.iter().filter(|release| release.at <= begin).map(|release| release.amount).sum()
        };
        Self {
            network,
            released: begins.iter().map(by).collect(),
            last: begins[begins.len() - 1],
            ledger: Ledger::new(network, begins, std::iter::empty()),
            runs: 0,
            never: 0,
            finishes: Vec::new(),
            waits: vec![(0, 0); network.visits.len()],
        }
    }

    /// Lets the work of a run wait.
    pub(super) fn run(&mut self, values: Values<'_>, early: &Early) {
        if early.failure.is_some() {
            return;
        }
        let mut waited = early.clone();
        let mut waits = Vec::new();
        let mut taken = vec![0.0; self.released.len()];
        self.network.flows_besides_visits(values, early, &mut |flow| self.ledger.add(&flow, &mut taken));
        for visit in self.network.ids() {
            waited.placed[visit] = self.network.placed_from(visit, 0, &waited.placed, values);
            let soonest = waited.placed[visit].start;
            if !self.start(visit, &mut waited, values, &mut taken) {
                (self.runs, self.never) = (self.runs + 1, self.never + 1);
                return;
            }
            let wait = waited.placed[visit].start - soonest;
            waits.extend((wait > 0).then_some((visit, wait)));
        }
        let waited = self.network.closed(waited.placed, values);
        if waited.failure.is_none() {
            self.runs += 1;
            self.finishes.push((early.finish, waited.finish));
            for (visit, wait) in waits {
                let (count, seconds) = &mut self.waits[visit.index()];
                (*count, *seconds) = (*count + 1, *seconds + wait);
            }
        }
    }

    /// Moves a visit to where its money is there, and takes it; `false` if it never is.
    fn start(&self, visit: VisitId, waited: &mut Early, values: Values<'_>, taken: &mut [f64]) -> bool {
        if waited.placed[visit].absent || self.network[visit].costs.is_empty() {
            return true;
        }
        let mut own = self.money(visit, waited, values);
        if !self.fits(taken, &own) {
            let soonest = waited.placed[visit].start;
            let (mut low, mut high) =
                (soonest, self.network.timeline_of(visit).position_of_wall(self.last).max(soonest));
            let mut money_from = |floor: i64| {
                waited.placed[visit] = self.network.placed_from(visit, floor, &waited.placed, values);
                self.money(visit, waited, values)
            };
            own = money_from(high);
            if !self.fits(taken, &own) {
                return false;
            }
            while high - low > NEAR {
                let middle = low + (high - low) / 2;
                if self.fits(taken, &money_from(middle)) { high = middle } else { low = middle }
            }
            own = money_from(high);
        }
        taken.iter_mut().zip(own).for_each(|(taken, own)| *taken += own);
        true
    }

    /// What a visit pays in each cell.
    fn money(&self, visit: VisitId, early: &Early, values: Values<'_>) -> Vec<f64> {
        let mut cells = vec![0.0; self.released.len()];
        self.network.flows_of_visit(visit, values, early, &mut |flow| self.ledger.add(&flow, &mut cells));
        cells
    }

    /// Whether what is taken leaves enough: at the end of every cell from the visit's first money on.
    fn fits(&self, taken: &[f64], own: &[f64]) -> bool {
        let (mut all, mut mine) = (0.0, 0.0);
        let sliver = SLIVER * self.released[self.released.len() - 1].max(1.0);
        self.released.iter().zip(taken.iter().zip(own)).all(|(released, (taken, own))| {
            (all, mine) = (all + taken, mine + own);
            mine == 0.0 || all + mine <= released + sliver
        })
    }

    /// What all runs come to; `None` if none delivers the plan.
    pub(super) fn waiting(self, plan: &Plan, clock: Clock<'_>) -> Option<Waiting> {
        if self.runs == 0 {
            return None;
        }
        let paid = self.finishes.len();
        let days = |finish: i64| clock.finish_days(finish);
        let lost: Vec<f64> = self.finishes.iter().map(|&(one, other)| days(other) - days(one)).collect();
        let percentiles = |of: fn(&(i64, i64)) -> i64| {
            let finishes = sorted(self.finishes.iter().map(|pair| of(pair) as f64).collect());
            [0.5, 0.8].map(|p| clock.finish(finishes.percentile(p) as i64))
        };
        let finish = (paid > 0).then(|| percentiles(|pair| pair.0));
        let waited_finish = (paid > 0).then(|| percentiles(|pair| pair.1));
        Some(Waiting {
            later: proportion(lost.iter().filter(|days| **days > 0.0).count(), paid),
            never: proportion(self.never, self.runs),
            finish,
            waited_finish,
            lost_days: if paid > 0 { Spread::of(lost) } else { Spread::default() },
            milestones: self.milestones(plan, paid),
        })
    }

    fn milestones(&self, plan: &Plan, paid: usize) -> Vec<WaitingMilestone> {
        let waiting = plan.ids().filter_map(|id| {
            let visits = self.network.visits_of[id].iter().map(|visit| self.waits[visit.index()]);
            let (count, seconds) = visits.fold((0, 0), |sum, it| (sum.0.max(it.0), sum.1 + it.1));
            let day = plan[plan[id].calendar].day_seconds() as f64;
            (count > 0).then(|| WaitingMilestone {
                key: plan[id].key.clone(),
                name: plan[id].name.clone(),
                waits: proportion(count, paid),
                mean_days: seconds as f64 / paid as f64 / day,
            })
        });
        let mut milestones: Vec<WaitingMilestone> = waiting.collect();
        milestones.sort_by(|a, b| b.mean_days.total_cmp(&a.mean_days));
        milestones
    }
}
