//! The timelines of a plan: one for each calendar that differs, anchored at the plan's start.

use std::collections::HashMap;

use crate::model::{Calendar, CalendarId, MilestoneId, Plan, ResourceId, SpanUnit, Timeline};

use super::NetworkError;

/// Timelines without repetition; the first is the plan's own.
pub(super) struct Timelines {
    pub(super) anchored: Vec<Timeline>,
    of_milestones: Vec<u16>,
    of_resources: Vec<u16>,
}

/// Distinct calendars under the index of their timeline.
struct Collection<'a> {
    plan: &'a Plan,
    calendars: Vec<Calendar>,
    /// Calendars less the absences of these resources.
    known: HashMap<(CalendarId, Vec<ResourceId>), u16>,
    always: Option<u16>,
}

impl Timelines {
    pub(super) fn of(plan: &Plan) -> Result<Self, NetworkError> {
        let mut collection = Collection { plan, calendars: Vec::new(), known: HashMap::new(), always: None };
        collection.index(plan.calendar, Vec::new())?;
        let mut of_milestones = vec![0; plan.milestones.len()];
        for id in plan.ids().filter(|&id| !plan[id].removed) {
            of_milestones[id.index()] = collection.of_milestone(id)?;
        }
        // What was removed lets time through as it is: on the timeline of all, or by the wall clock.
        let mut used = plan.ids().filter(|&id| !plan[id].removed).map(|id| of_milestones[id.index()]);
        let first = used.next().unwrap_or(0);
        let is_mixed = used.any(|timeline| timeline != first);
        let lets_through = if is_mixed { collection.always()? } else { first };
        for id in plan.ids().filter(|&id| plan[id].removed) {
            of_milestones[id.index()] = lets_through;
        }
        let mut of_resources = Vec::with_capacity(plan.resources.len());
        for position in 0..plan.resources.len() {
            let id = ResourceId::new(position);
            of_resources.push(collection.index(plan[id].calendar, vec![id])?);
        }
        let anchor = plan.anchor();
        let anchored = collection.calendars.iter().map(|calendar| calendar.timeline(anchor)).collect();
        Ok(Self { anchored, of_milestones, of_resources })
    }

    /// The timeline a milestone advances in.
    pub(super) fn of_milestone(&self, id: MilestoneId) -> u16 {
        self.of_milestones[id.index()]
    }

    /// The timeline a resource is paid in: its calendar without its absences.
    pub(super) fn of_resource(&self, id: ResourceId) -> u16 {
        self.of_resources[id.index()]
    }
}

impl Collection<'_> {
    /// A milestone advances in its calendar, and rests while one it needs is away; with an elapsed
    /// duration it advances around the clock.
    fn of_milestone(&mut self, id: MilestoneId) -> Result<u16, NetworkError> {
        let milestone = &self.plan[id];
        let improve = milestone.improve.as_ref();
        let duration = milestone.duration.as_ref().or(improve.and_then(|improve| improve.duration.as_ref()));
        if duration.is_some_and(|span| span.unit == SpanUnit::Elapsed) {
            return self.always();
        }
        let of_iterations = improve.into_iter().flat_map(|improve| improve.work.iter().chain(&improve.uses));
        let needed = milestone.work.iter().chain(&milestone.uses).chain(of_iterations);
        self.index(milestone.calendar, needed.map(|(resource, _)| *resource).collect())
    }

    fn always(&mut self) -> Result<u16, NetworkError> {
        let always = match self.always {
            Some(always) => always,
            None => self.add(Calendar::always())?,
        };
        self.always = Some(always);
        Ok(always)
    }

    /// The timeline of a calendar less the absences of some resources.
    fn index(&mut self, calendar: CalendarId, needed: Vec<ResourceId>) -> Result<u16, NetworkError> {
        let mut absent: Vec<_> =
            needed.into_iter().filter(|&resource| !self.plan[resource].away.is_empty()).collect();
        absent.sort_unstable();
        absent.dedup();
        if let Some(&known) = self.known.get(&(calendar, absent.clone())) {
            return Ok(known);
        }
        let mut worked = self.plan[calendar].clone();
        for &resource in &absent {
            worked = worked.without(&self.plan[resource].away);
        }
        let index = self.add(worked)?;
        self.known.insert((calendar, absent), index);
        Ok(index)
    }

    fn add(&mut self, calendar: Calendar) -> Result<u16, NetworkError> {
        let position = match self.calendars.iter().position(|known| known.works_like(&calendar)) {
            Some(position) => position,
            None => {
                self.calendars.push(calendar);
                self.calendars.len() - 1
            }
        };
        u16::try_from(position).map_err(|_| NetworkError::TooManyCalendars)
    }
}
