//! A schedule: early and late dates, floats, what drives each start, and what is critical.

use super::{Early, Floor, Network, PerVisit, Placed, Values, VisitId, VisitLink};

/// What sets the early start of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The plan's start.
    PlanStart,
    /// `not_before`.
    NotBefore,
    /// `must_start`.
    MustStart,
    /// `must_finish`.
    MustFinish,
    /// `alap`.
    AsLateAsPossible,
    /// A link: its position in [`Network::links`].
    Link(usize),
}

/// Which ends of a visit lie on a driving path to the plan's finish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// A later start would move the plan's finish, by a link that leaves the start.
    pub start: bool,
    /// A later finish would move the plan's finish.
    pub finish: bool,
}

impl Marks {
    /// Whether either end is critical.
    pub const fn any(self) -> bool {
        self.start || self.finish
    }
}

/// Everything both passes know, for one number per variable. Positions are seconds in the visit's
/// own timeline; floats too.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The forward pass.
    pub early: Early,
    /// The latest each visit may finish without moving the plan's finish or breaking a cap.
    pub late_finish: PerVisit<i64>,
    /// How long each visit may slip without moving any other visit or the plan's finish.
    pub free_float: PerVisit<i64>,
    /// What sets each early start.
    pub drivers: PerVisit<Driver>,
    /// Traced from the plan's finish back over binding links: the driving paths. What does not exist is on
    /// none, and a plan that fails has none.
    pub marks: PerVisit<Marks>,
    /// The numbers it was made for.
    pub values: Vec<f64>,
}

impl Schedule {
    /// The latest a visit may start without moving the plan's finish or breaking a cap.
    pub fn late_start(&self, visit: VisitId) -> i64 {
        self.late_finish[visit] - self.early.placed[visit].span
    }

    /// How long a visit may slip without moving the plan's finish; negative where a cap can't be
    /// met. Work is contiguous and both ends count in one timeline, so that start float and finish
    /// float are the same number.
    pub fn total_float(&self, visit: VisitId) -> i64 {
        self.late_finish[visit] - self.early.placed[visit].finish
    }

    /// Whether a visit lies on a driving path to the plan's finish. With caps or several calendars that is not
    /// the same as having no float.
    pub fn is_critical(&self, visit: VisitId) -> bool {
        self.marks[visit].any()
    }
}

impl Network {
    /// The schedule of the plan as written.
    pub fn schedule(&self) -> Schedule {
        self.schedule_of(self.planned())
    }

    /// The schedule for one number per variable, such as the draws of one iteration.
    pub fn schedule_of(&self, values: Vec<f64>) -> Schedule {
        let drawn = Values(&values);
        let early = self.early(drawn);
        Schedule {
            late_finish: self.late_finish(&early, drawn),
            free_float: self.free_float(&early, drawn),
            drivers: self.drivers(&early.placed, drawn),
            marks: self.marks(&early, drawn),
            early,
            values,
        }
    }

    /// Whether a link's bound equals the date it sets. No link from or to a repeat that doesn't exist does.
    pub fn is_binding(&self, link: &VisitLink, placed: &PerVisit<Placed>, values: Values<'_>) -> bool {
        let successor = &placed[link.to];
        if self.is_unordered(link.to, placed) {
            return false;
        }
        let Some(end) = self.bound(link, placed, successor.absent, values) else { return false };
        let start = if link.kind.bounds_finish() { end - successor.span } else { end };
        start == successor.start
    }

    fn drivers(&self, placed: &PerVisit<Placed>, values: Values<'_>) -> PerVisit<Driver> {
        let mut drivers = PerVisit::filled(Driver::PlanStart, self.visits.len());
        for visit in self.ids() {
            let first = self.incoming[visit.index()] as usize;
            let binding =
                self.links_into(visit).iter().position(|link| self.is_binding(link, placed, values));
            drivers[visit] = match binding {
                Some(link) => Driver::Link(first + link),
                None => self.floor_driver(visit, &placed[visit]),
            };
        }
        drivers
    }

    fn floor_driver(&self, visit: VisitId, placed: &Placed) -> Driver {
        let Placed { start, span, .. } = *placed;
        if start > self[visit].start_floor && start == self[visit].finish_floor - span {
            return Driver::MustFinish;
        }
        match self[visit].start_reason {
            Floor::PlanStart => Driver::PlanStart,
            Floor::NotBefore => Driver::NotBefore,
            Floor::MustStart => Driver::MustStart,
            Floor::AsLateAsPossible => Driver::AsLateAsPossible,
        }
    }

    fn free_float(&self, early: &Early, values: Values<'_>) -> PerVisit<i64> {
        let mut latest = self.slack_free_finish(early);
        for link in &self.links {
            let successor = &early.placed[link.to];
            let limit = if link.kind.bounds_finish() { successor.finish } else { successor.start };
            if let Some(finish) = self.latest_finish(link, limit, &early.placed, values) {
                latest[link.from] = latest[link.from].min(finish);
            }
        }
        let mut float = latest;
        for visit in self.ids() {
            float[visit] -= early.placed[visit].finish;
        }
        float
    }

    fn marks(&self, early: &Early, values: Values<'_>) -> PerVisit<Marks> {
        let mut marks = PerVisit::filled(Marks::default(), self.visits.len());
        for visit in self.ids().rev() {
            marks[visit].finish |= self.ends_plan(visit, early);
            if !marks[visit].any() {
                continue;
            }
            for link in self.links_into(visit) {
                if self.is_binding(link, &early.placed, values) {
                    let marks = &mut marks[link.from];
                    *(if link.kind.leaves_start() { &mut marks.start } else { &mut marks.finish }) = true;
                }
            }
        }
        // What is absent has passed its marks on.
        for visit in self.ids().filter(|&visit| early.placed[visit].absent) {
            marks[visit] = Marks::default();
        }
        marks
    }

    /// Whether the plan finishes when this visit does, and because it does.
    pub(super) fn ends_plan(&self, visit: VisitId, early: &Early) -> bool {
        let may_end = match self.finish {
            Some(finish) => finish == self[visit].milestone,
            None => self[visit].can_be_last,
        };
        may_end
            && early.failure.is_none()
            && !self.is_unordered(visit, &early.placed)
            && self.finish_on_axis(visit, early.placed[visit].finish) == early.finish
    }
}
