//! The driving paths, one after another, and what comes close to them.

use std::collections::BTreeSet;

use super::{Network, Schedule, Values, VisitId};

/// All driving paths from a start to the plan's finish, found as they are asked for: there may be
/// exponentially many. Each is listed from first to last; a path goes back until nothing but a date
/// or the plan's start holds it.
#[derive(Clone, Debug)]
pub struct CriticalPaths<'a> {
    network: &'a Network,
    schedule: &'a Schedule,
    /// Ends not yet followed, the first one last.
    ends: Vec<VisitId>,
    /// The path so far, from its end backwards, each with the predecessors not yet followed.
    trail: Vec<(VisitId, Vec<VisitId>)>,
}

impl Network {
    /// All driving paths of a schedule.
    pub fn critical_paths<'a>(&'a self, schedule: &'a Schedule) -> CriticalPaths<'a> {
        let mut passed_on = super::PerVisit::filled(false, self.visits.len());
        for link in &self.links {
            let is_driving = !link.kind.leaves_start()
                && schedule.marks[link.to].any()
                && self.is_binding(link, &schedule.early.placed, Values(&schedule.values));
            passed_on[link.from] |= is_driving;
        }
        let is_end = |visit: &VisitId| {
            self.ends_plan(*visit, &schedule.early) && (self.finish.is_some() || !passed_on[*visit])
        };
        let mut paths = CriticalPaths { network: self, schedule, ends: Vec::new(), trail: Vec::new() };
        paths.ends = paths.existing(self.ids().filter(is_end).collect());
        paths
    }

    /// Visits that are not critical, but have at most so many seconds of total float; the least float
    /// first, in topological order where it is equal.
    pub fn near_critical(&self, schedule: &Schedule, within: i64) -> Vec<VisitId> {
        let is_near = |visit: &VisitId| {
            !self[*visit].removed
                && schedule.early.exists(*visit)
                && !schedule.is_critical(*visit)
                && schedule.total_float(*visit) <= within
        };
        let mut near: Vec<_> = self.ids().filter(is_near).collect();
        near.sort_by_key(|&visit| schedule.total_float(visit));
        near
    }
}

impl CriticalPaths<'_> {
    /// The predecessors whose links bind, each once, the first one last.
    fn binding_predecessors(&self, visit: VisitId) -> Vec<VisitId> {
        self.existing(self.bound_by(visit).collect())
    }

    fn bound_by(&self, visit: VisitId) -> impl Iterator<Item = VisitId> {
        let (placed, values) = (&self.schedule.early.placed, Values(&self.schedule.values));
        let links = self.network.links_into(visit).iter();
        links.filter(move |link| self.network.is_binding(link, placed, values)).map(|link| link.from)
    }

    /// These visits, each once, the first one last; instead of one that doesn't exist, those whose time
    /// it lets through.
    fn existing(&self, visits: Vec<VisitId>) -> Vec<VisitId> {
        let (mut found, mut known) = (Vec::new(), BTreeSet::new());
        let mut left = visits;
        left.reverse();
        while let Some(visit) = left.pop() {
            if !known.insert(visit) {
                continue;
            }
            if self.schedule.early.exists(visit) {
                found.push(visit);
            } else {
                let before: Vec<_> = self.bound_by(visit).collect();
                left.extend(before.into_iter().rev());
            }
        }
        found.reverse();
        found
    }

    /// Follows first predecessors from the end of the trail as far back as they lead.
    fn descend(&mut self, from: VisitId) -> Vec<VisitId> {
        let mut next = Some(from);
        while let Some(visit) = next {
            let mut predecessors = self.binding_predecessors(visit);
            next = predecessors.pop();
            self.trail.push((visit, predecessors));
        }
        self.trail.iter().rev().map(|(visit, _)| *visit).collect()
    }
}

impl Iterator for CriticalPaths<'_> {
    type Item = Vec<VisitId>;

    fn next(&mut self) -> Option<Vec<VisitId>> {
        while let Some((_, predecessors)) = self.trail.last_mut() {
            if let Some(predecessor) = predecessors.pop() {
                return Some(self.descend(predecessor));
            }
            self.trail.pop();
        }
        let end = self.ends.pop()?;
        Some(self.descend(end))
    }
}
