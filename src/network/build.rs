//! Compiling a plan: order, timelines, links, spans, and what they cost.

mod alternatives;
mod bodies;
mod branches;
mod costs;
mod error;
mod evidence;
mod improve;
mod links;
mod mixing;
mod prices;
mod risks;
mod spans;
mod timelines;
mod unroll;
mod variables;

use crate::model::{Category, LinkKind, Milestone, MilestoneId, PerMilestone, Plan};
use crate::units::Instant;

pub use error::{NetworkError, NotBefore};
pub use improve::DATA_FAILS;
pub use mixing::CorrelationError;

use super::order::topological;
use super::{Axis, CAP, Effects, Floor, Network, PerVisit, Placed, SpanTerm, Values, Visit, VisitId};
use improve::Scope;
use timelines::Timelines;
use unroll::Unrolled;
use variables::Variables;

impl Network {
    /// The network of a plan.
    ///
    /// # Errors
    /// [`NetworkError`]: milestones that wait for each other, rework and branches that look at what does not
    /// come before them, groups of correlations that can't be, and what is larger than the engine counts.
    pub fn of(plan: &Plan) -> Result<Self, NetworkError> {
        let order = topological(plan).map_err(NetworkError::Cycles)?;
        let unrolled = unroll(plan, &order)?;
        let visits = Visits::of(plan, &unrolled)?;
        let mut variables = Variables::default();
        let links = links::compile(plan, &unrolled, &visits, &mut variables);
        let timelines = Timelines::of(plan)?;
        let incoming = incoming(visits.nodes.len(), &links);
        let mut network = Self {
            visits: Vec::with_capacity(visits.nodes.len()),
            finish: plan.finish,
            axis: Axis::Wall,
            timelines: Vec::new(),
            links,
            incoming,
            visit_of: PerMilestone::new(plan.ids().map(|id| visits.of[id.index()]).collect()),
            visits_of: visits.by_milestone(plan, &unrolled),
            variables: Vec::new(),
            computed: Vec::new(),
            alternatives: Vec::new(),
            factors: Vec::new(),
            mixes: Vec::new(),
            repairs: Vec::new(),
            seasons: Vec::new(),
            risk_costs: Vec::new(),
            hammocks: Vec::new(),
            surcharges: Vec::new(),
            escalations: [const { None }; Category::ALL.len()],
        };
        network.timelines.clone_from(&timelines.anchored);
        let scope = Scope::default();
        let mut compiler = Compiler { plan, unrolled, visits, timelines, network, variables, scope };
        compiler.compile()?;
        let mut network = compiler.network;
        mixing::mix(plan, &mut network).map_err(NetworkError::Correlation)?;
        Ok(network)
    }
}

/// All visits of a plan and what ties them.
fn unroll(plan: &Plan, order: &[MilestoneId]) -> Result<Unrolled, NetworkError> {
    let mut misplaced = branches::undecided(plan);
    match unroll::unroll(plan, order, &links::needed(plan)) {
        Ok(unrolled) if misplaced.is_empty() => Ok(unrolled),
        Err(NetworkError::NotBefore(rework)) => {
            misplaced.extend(rework);
            misplaced.sort_unstable();
            Err(NetworkError::NotBefore(misplaced))
        }
        Err(error) if misplaced.is_empty() => Err(error),
        _ => Err(NetworkError::NotBefore(misplaced)),
    }
}

/// The visits in topological order. Those that are not yet in order are called nodes.
struct Visits {
    /// The node of each visit.
    nodes: Vec<usize>,
    /// The visit of each node.
    of: Vec<VisitId>,
    /// Which pass over its milestone each node is.
    pass: Vec<u32>,
}

impl Visits {
    fn of(plan: &Plan, unrolled: &Unrolled) -> Result<Self, NetworkError> {
        let nodes = unrolled.in_order(plan)?;
        let mut of = vec![VisitId::new(0); nodes.len()];
        let mut pass = vec![0; nodes.len()];
        let mut passes = PerMilestone::new(vec![0; plan.milestones.len()]);
        for (position, &node) in nodes.iter().enumerate() {
            of[node] = VisitId::new(position);
            let next = &mut passes[unrolled.nodes[node].milestone];
            pass[node] = *next;
            *next += 1;
        }
        Ok(Self { nodes, of, pass })
    }

    fn by_milestone(&self, plan: &Plan, unrolled: &Unrolled) -> PerMilestone<Vec<VisitId>> {
        let mut visits = PerMilestone::new(vec![Vec::new(); plan.milestones.len()]);
        for &node in &self.nodes {
            visits[unrolled.nodes[node].milestone].push(self.of[node]);
        }
        visits
    }
}

/// A network in the making.
struct Compiler<'a> {
    plan: &'a Plan,
    unrolled: Unrolled,
    visits: Visits,
    timelines: Timelines,
    network: Network,
    variables: Variables,
    scope: Scope,
}

impl Compiler<'_> {
    fn compile(&mut self) -> Result<(), NetworkError> {
        self.scope()?;
        self.alternatives();
        let effects = self.risks()?;
        self.add_visits(&effects)?;
        self.costs();
        self.escalations();
        self.network.variables = std::mem::take(&mut self.variables).into_list();
        Ok(())
    }

    /// Adds the visits in topological order, each with the spans that hold on its planned date.
    fn add_visits(&mut self, effects: &[Effects]) -> Result<(), NetworkError> {
        let mut placed = PerVisit::filled(Placed::default(), self.visits.nodes.len());
        for position in 0..self.visits.nodes.len() {
            let (visit, node) = (VisitId::new(position), self.visits.nodes[position]);
            let added = self.visit(node, effects);
            self.network.visits.push(added);
            self.network.visits[position].spans = self.planned_spans(visit, &placed);
            placed[visit] = self.network.placed(visit, &placed, self.variables.planned());
        }
        self.finish_visits();
        let early = self.network.early(self.variables.planned());
        self.delay_late_ones(&early.placed);
        match early.capped {
            Some(visit) => Err(NetworkError::BeyondLimit(self.network[visit].milestone)),
            None => Ok(()),
        }
    }

    /// What a visit's span is made of: of an original, and of all its iterations, as of its planned date, of a
    /// repeat as of its original.
    fn planned_spans(&mut self, visit: VisitId, placed: &PerVisit<Placed>) -> Vec<SpanTerm> {
        let Visit { milestone: id, iteration, pass, .. } = self.network[visit];
        let original = self.network.visit_of[id];
        if pass > 0 && iteration == 0 {
            return self.network[original].spans.clone();
        }
        let start = match iteration {
            0 => self.network.placed(visit, placed, self.variables.planned()).start,
            _ => placed[original].finish,
        };
        self.spans(&self.taking(visit), self.network.start_instant(original, start))
    }

    /// A visit without its spans.
    fn visit(&mut self, node: usize, effects: &[Effects]) -> Visit {
        let id = self.unrolled.nodes[node].milestone;
        let milestone = &self.plan[id];
        let pass = self.visits.pass[node];
        let conditions = self.conditions(node);
        let (failures, fails_as_last) = self.failures(node);
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
            pass,
            iteration: self.unrolled.nodes[node].iteration,
            share: self.share(node),
            effects: effects.get(id.index()).cloned().unwrap_or_default(),
            may_be_absent: self.may_be_absent(self.visits.of[node], &conditions),
            conditions,
            failures,
            fails_as_last,
        };
        if pass > 0 {
            visit.effects.delays.clear();
        } else if !milestone.removed {
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
            let lag = |link| links::is_never_negative(links::effective_lag(self.plan, link));
            let follows = matches!(link.kind, LinkKind::FinishStart | LinkKind::FinishFinish)
                && self.network[from].timeline == self.network[to].timeline
                && self.network[to].pass == 0
                && link.link.is_none_or(lag);
            if follows {
                self.network.visits[from.index()].can_be_last = false;
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
            if milestone.as_late_as_possible && !milestone.removed && !placed[visit].absent {
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
                if let Some(bound) = self.network.latest_finish(link, limit, &placed, Values(&values)) {
                    latest[link.from] = latest[link.from].min(bound);
                }
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
