//! Compiling a plan: order, timelines, links, spans, and what they cost.

mod costs;
mod links;
mod mixing;
mod spans;
mod timelines;
mod variables;

use std::fmt;

use crate::model::{LinkKind, Milestone, MilestoneId, PerMilestone, Plan};
use crate::units::Instant;

pub use mixing::CorrelationError;

use super::order::{Cycle, topological};
use super::{
    Axis, CAP, Effects, Floor, Network, PerVisit, Placed, Quantity, Values, Visit, VisitId, VisitLag,
};
use timelines::Timelines;
use variables::Variables;

/// Why a plan has no network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkError {
    /// Milestones wait for each other: every independent cycle, in file order.
    Cycles(Vec<Cycle>),
    /// The plan as written goes on beyond [`CAP`]; the first milestone that does.
    BeyondLimit(MilestoneId),
    /// More different calendars than 65,535.
    TooManyCalendars,
    /// Quantities cannot go together as a group says.
    Correlation(CorrelationError),
}

impl Network {
    /// The network of a plan.
    ///
    /// # Errors
    /// [`NetworkError::Cycles`] if milestones wait for each other; [`NetworkError::BeyondLimit`] if
    /// the plan as written lasts longer than the engine counts; [`NetworkError::Correlation`] if a
    /// group of correlations can't be.
    pub fn of(plan: &Plan) -> Result<Self, NetworkError> {
        let order = topological(plan).map_err(NetworkError::Cycles)?;
        let mut visit_of = PerMilestone::new(vec![VisitId::new(0); order.len()]);
        for (position, &milestone) in order.iter().enumerate() {
            visit_of[milestone] = VisitId::new(position);
        }
        let mut variables = Variables::default();
        let links = links::compile(plan, &visit_of, &mut variables);
        let timelines = Timelines::of(plan)?;
        let incoming = incoming(order.len(), &links);
        let mut network = Self {
            visits: Vec::with_capacity(order.len()),
            finish: plan.finish,
            axis: Axis::Wall,
            timelines: Vec::new(),
            links,
            incoming,
            visits_of: PerMilestone::new(visit_of.iter().map(|(_, &visit)| vec![visit]).collect()),
            visit_of,
            variables: Vec::new(),
            factors: Vec::new(),
            mixes: Vec::new(),
            repairs: Vec::new(),
            seasons: Vec::new(),
            risk_costs: Vec::new(),
            hammocks: Vec::new(),
            surcharges: Vec::new(),
        };
        network.timelines.clone_from(&timelines.anchored);
        let mut compiler = Compiler { plan, timelines, network, variables };
        compiler.visits(&order)?;
        compiler.costs();
        let mut network = compiler.network;
        mixing::mix(plan, &mut network).map_err(NetworkError::Correlation)?;
        Ok(network)
    }
}

/// A network in the making.
struct Compiler<'a> {
    plan: &'a Plan,
    timelines: Timelines,
    network: Network,
    variables: Variables,
}

impl Compiler<'_> {
    /// Adds the visits in topological order, each with the spans that hold on its planned date.
    fn visits(&mut self, order: &[MilestoneId]) -> Result<(), NetworkError> {
        let mut placed = PerVisit::filled(Placed::default(), order.len());
        for (position, &id) in order.iter().enumerate() {
            let visit = VisitId::new(position);
            self.network.visits.push(self.visit(id));
            let start = self.network.place(visit, 0, &placed, self.variables.planned()).start;
            let date = self.network.start_instant(visit, start);
            self.network.visits[position].spans = self.spans(id, date);
            let span = self.network[visit].base_span(self.variables.planned());
            placed[visit] = self.network.place(visit, span, &placed, self.variables.planned());
        }
        self.finish_visits();
        let early = self.network.early(self.variables.planned());
        self.delay_late_ones(&early.placed);
        match early.capped {
            Some(visit) => Err(NetworkError::BeyondLimit(self.network[visit].milestone)),
            None => Ok(()),
        }
    }

    fn visit(&self, id: MilestoneId) -> Visit {
        let milestone = &self.plan[id];
        let mut visit = Visit {
            milestone: id,
            timeline: self.timelines.of_milestone(id),
            start_floor: 0,
            start_reason: Floor::PlanStart,
            finish_floor: 0,
            start_cap: None,
            finish_cap: None,
            spans: Vec::new(),
            costs: Vec::new(),
            can_be_last: true,
            removed: milestone.removed,
            pass: 0,
            share: None,
            effects: Effects::default(),
            conditions: Vec::new(),
            may_be_absent: false,
            failures: Vec::new(),
        };
        if !milestone.removed {
            self.bound(&mut visit, milestone);
        }
        visit
    }

    /// Turns dates into positions: lower bounds from the beginning of a day, caps from its end.
    fn bound(&self, visit: &mut Visit, milestone: &Milestone) {
        let timeline = &self.network.timelines[usize::from(visit.timeline)];
        let wall = |instant: Instant| instant.seconds().saturating_sub(timeline.start().seconds());
        let bounds = &milestone.bounds;
        for (date, reason) in [(bounds.not_before, Floor::NotBefore), (bounds.must_start, Floor::MustStart)] {
            let floor = date.map_or(0, |date| timeline.position(date.begins()).min(CAP));
            if floor > visit.start_floor {
                (visit.start_floor, visit.start_reason) = (floor, reason);
            }
        }
        let must_finish = bounds.must_finish.map(|date| {
            visit.finish_floor = timeline.position(date.begins()).min(CAP);
            timeline.latest_finish_by(wall(date.ends())).max(visit.finish_floor)
        });
        let not_after = bounds.not_after.map(|date| timeline.latest_finish_by(wall(date.ends())));
        visit.finish_cap = [must_finish, not_after].into_iter().flatten().min();
        visit.start_cap = bounds.must_start.map(|date| {
            let floor = timeline.position(date.begins());
            timeline.latest_start_by(wall(date.ends())).max(floor)
        });
    }

    /// What can be said once all visits are known: the axis, and which of them can be last.
    fn finish_visits(&mut self) {
        let first = self.network.visits.first().map_or(0, |visit| visit.timeline);
        let converts = self.network.links.iter().any(|link| self.network.converts(link));
        if !converts && self.network.visits.iter().all(|visit| visit.timeline == first) {
            self.network.axis = Axis::Work(first);
        }
        for position in 0..self.network.links.len() {
            let link = &self.network.links[position];
            let (from, to) = (link.from, link.to);
            let follows = matches!(link.kind, LinkKind::FinishStart | LinkKind::FinishFinish)
                && self.network[from].timeline == self.network[to].timeline
                && self.is_never_negative(&link.lag);
            if follows {
                self.network.visits[from.index()].can_be_last = false;
            }
        }
    }

    fn is_never_negative(&self, lag: &VisitLag) -> bool {
        match *lag {
            VisitLag::None => true,
            VisitLag::Work(quantity) | VisitLag::Elapsed(quantity) | VisitLag::Share(quantity) => {
                match quantity {
                    Quantity::Fixed(value) => value >= 0.0,
                    Quantity::Variable(id) => self.variables.lowest(id) >= 0.0,
                }
            }
        }
    }

    /// Moves what runs as late as possible to where it just moves nothing else; those that only
    /// other late ones wait for move with them.
    fn delay_late_ones(&mut self, placed: &PerVisit<Placed>) {
        if !self.plan.milestones.iter().any(|milestone| milestone.as_late_as_possible) {
            return;
        }
        let values: Vec<f64> = self.variables.planned().0.to_vec();
        let early = self.network.early(Values(&values));
        let mut latest = self.network.slack_free_finish(&early);
        let mut placed = placed.clone();
        for visit in self.network.ids().rev() {
            let milestone = &self.plan[self.network[visit].milestone];
            if milestone.as_late_as_possible && !milestone.removed {
                let own = &self.network[visit];
                let Placed { start, span, .. } = placed[visit];
                let caps = [own.finish_cap, own.start_cap.map(|cap| cap + span), Some(latest[visit])];
                let finish = caps.into_iter().flatten().min().unwrap_or(start + span);
                if finish - span > start {
                    placed[visit] = Placed { start: finish - span, finish, ..placed[visit] };
                    let visit = &mut self.network.visits[visit.index()];
                    (visit.start_floor, visit.start_reason) = (finish - span, Floor::AsLateAsPossible);
                }
            }
            let Placed { start, finish, .. } = placed[visit];
            for link in self.network.links_into(visit) {
                let limit = if link.kind.bounds_finish() { finish } else { start };
                let bound = self.network.latest_finish(link, limit, &placed, Values(&values));
                latest[link.from] = latest[link.from].min(bound);
            }
        }
    }
}

fn incoming(visits: usize, links: &[super::VisitLink]) -> Vec<u32> {
    let mut incoming = vec![0; visits + 1];
    for link in links {
        incoming[link.to.index() + 1] += 1;
    }
    for position in 0..visits {
        incoming[position + 1] += incoming[position];
    }
    incoming
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cycles(cycles) => write!(f, "milestones wait for each other in {} cycles", cycles.len()),
            Self::BeyondLimit(_) => f.write_str("the plan as written lasts longer than 2^30 seconds"),
            Self::TooManyCalendars => f.write_str("there are more than 65,535 different calendars"),
            Self::Correlation(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NetworkError {}
