//! Rework, unrolled: every repeat that a check may order becomes a visit of its own.
//!
//! A *pass* is a repeat of the body of one check; the plan itself is the first. Within a pass, each
//! milestone has a visit, and links between them are copied. A check in a pass orders passes of its own,
//! one after the other, each of which exists only if the check before it failed:
//!
//! ```text
//! a ─► b ─► check ─ ─► a' ─► b' ─► check' ─ ─► a'' ─► …      the passes of one check
//!      └──────┴──────────────┴───────┴──────────────┴─► c     what follows waits for the last that exists
//! ```
//!
//! So a check within the body of another counts afresh in each pass of the outer one. A link out of a body
//! leaves every copy; a link into it reaches the original alone, since the repeats come later anyhow.

use petgraph::Direction::Outgoing;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::bodies::{Begin, Body, bodies};
use super::error::NetworkError;
use crate::model::{MilestoneId, Otherwise, Plan, Rework};
use crate::network::order::{self, Graph};

/// How many visits a plan may have.
const MOST_VISITS: usize = 1_000_000;

/// All visits of a plan and what ties them, not yet in order. The originals come first, in file order.
pub(super) struct Unrolled {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    passes: Vec<Pass>,
    bodies: Vec<Body>,
}

/// A visit.
pub(super) struct Node {
    pub(super) milestone: MilestoneId,
    /// The pass it belongs to.
    pass: usize,
    /// The check at its end, if it has one that may fail.
    pub(super) check: Option<Check>,
    /// Which iteration of an improve milestone it is, from 1; 0 for the milestone itself.
    pub(super) iteration: u32,
}

/// A check at the end of a visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check {
    /// How likely it fails.
    pub(super) probability: f64,
    /// Whether the plan fails then, instead of a repeat.
    pub(super) fails_plan: bool,
}

/// A tie between two visits: a link of the plan, or one of rework's own.
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) link: Option<usize>,
}

/// A repeat of a body. The plan itself is the first pass, of no body.
struct Pass {
    parent: usize,
    body: usize,
    /// The visit whose check orders it.
    ordered_by: usize,
    /// Its first visit; the others follow in the order of the body's members.
    first: usize,
}

/// The whole plan.
const PLAN: usize = 0;

/// The visits of a plan, given its milestones in topological order and the links that count.
pub(super) fn unroll(plan: &Plan, order: &[MilestoneId], links: &[usize]) -> Result<Unrolled, NetworkError> {
    let nodes =
        plan.ids().map(|milestone| Node { milestone, pass: PLAN, check: None, iteration: 0 }).collect();
    let edge = |&link: &usize| {
        let (from, to) = (plan.links[link].from.index(), plan.links[link].to.index());
        Edge { from, to, link: Some(link) }
    };
    let edges = links.iter().map(edge).collect();
    let whole = Pass { parent: PLAN, body: 0, ordered_by: 0, first: 0 };
    let mut unrolled = Unrolled { nodes, edges, passes: vec![whole], bodies: Vec::new() };
    if plan.milestones.iter().any(|milestone| milestone.rework.is_some() && !milestone.removed) {
        let graph = order::graph(plan, links.iter().copied());
        unrolled.bodies = bodies(plan, &graph, order).map_err(NetworkError::NotBefore)?;
        unrolled.repeat_all(plan)?;
        unrolled.tie_repeats(&graph);
    }
    if plan.milestones.iter().any(|milestone| milestone.improve.is_some()) {
        unrolled.iterate(plan)?;
    }
    super::alternatives::fall_back(plan, &mut unrolled);
    Ok(unrolled)
}

impl Unrolled {
    /// The visits so that every tie leads forward; the milestones whose checks forbid that.
    pub(super) fn in_order(&self, plan: &Plan) -> Result<Vec<usize>, NetworkError> {
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        for _ in &self.nodes {
            graph.add_node(());
        }
        for edge in &self.edges {
            graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(edge.to), ());
        }
        order::forward(&graph).ok_or_else(|| {
            let rings = kosaraju_scc(&graph).into_iter().filter(|members| members.len() > 1);
            let milestones = rings.flatten().map(|node| self.nodes[node.index()].milestone);
            let mut gates: Vec<_> = milestones.filter(|&id| plan[id].rework.is_some()).collect();
            gates.sort_unstable();
            gates.dedup();
            NetworkError::EntangledRework(gates)
        })
    }

    /// The visit whose check orders a repeat; `None` for an original.
    pub(super) fn ordered_by(&self, node: usize) -> Option<usize> {
        let pass = self.nodes[node].pass;
        (pass != PLAN).then(|| self.passes[pass].ordered_by)
    }

    /// How a repeat begins; `None` for an original, and for an iteration.
    pub(super) fn begin(&self, node: usize) -> Option<Begin> {
        let Node { milestone, pass, iteration, .. } = self.nodes[node];
        let body = (pass != PLAN && iteration == 0).then(|| &self.bodies[self.passes[pass].body])?;
        body.position(milestone).map(|at| body.begins[at])
    }

    /// The visit that a repeat repeats: the nearest one in the passes around it.
    pub(super) fn repeated(&self, node: usize) -> usize {
        let Node { milestone, pass, .. } = self.nodes[node];
        self.seen_from(self.passes[pass].parent, milestone).1
    }

    /// The visits of a milestone that a visit looks at: those of the innermost pass around it that has any,
    /// with the repeats ordered in there; the first one first.
    pub(super) fn looked_at(&self, node: usize, milestone: MilestoneId, visits: &[usize]) -> Vec<usize> {
        let (pass, _) = self.seen_from(self.nodes[node].pass, milestone);
        let is_inside = |visit: &usize| {
            let mut inner = self.nodes[*visit].pass;
            while inner > pass {
                inner = self.passes[inner].parent;
            }
            inner == pass
        };
        visits.iter().copied().filter(is_inside).collect()
    }

    /// The innermost pass, from one outwards, that has a visit of a milestone of its own; and that visit.
    fn seen_from(&self, mut pass: usize, milestone: MilestoneId) -> (usize, usize) {
        loop {
            if let Some(visit) = self.visit_in(pass, milestone) {
                return (pass, visit);
            }
            pass = self.passes[pass].parent;
        }
    }

    fn visit_in(&self, pass: usize, milestone: MilestoneId) -> Option<usize> {
        if pass == PLAN {
            return Some(milestone.index());
        }
        let Pass { body, first, .. } = self.passes[pass];
        self.bodies[body].position(milestone).map(|at| first + at)
    }

    /// Adds the passes of every check in every pass.
    fn repeat_all(&mut self, plan: &Plan) -> Result<(), NetworkError> {
        let all: Vec<usize> = (0..self.bodies.len()).collect();
        let inner: Vec<Vec<usize>> = all.iter().map(|&body| self.inner(body)).collect();
        let mut pass = PLAN;
        while pass < self.passes.len() {
            for &body in if pass == PLAN { &all } else { &inner[self.passes[pass].body] } {
                let gate = self.bodies[body].gate;
                if let Some((visit, rework)) = self.visit_in(pass, gate).zip(plan[gate].rework.as_ref()) {
                    self.repeat(rework, (pass, body), visit)?;
                }
            }
            pass += 1;
        }
        Ok(())
    }

    /// The bodies whose checks belong to another body.
    fn inner(&self, body: usize) -> Vec<usize> {
        let is_inner =
            |&other: &usize| other != body && self.bodies[body].position(self.bodies[other].gate).is_some();
        (0..self.bodies.len()).filter(is_inner).collect()
    }

    /// Adds the passes that one check orders, the first one at this visit.
    fn repeat(
        &mut self,
        rework: &Rework,
        (parent, body): (usize, usize),
        first_check: usize,
    ) -> Result<(), NetworkError> {
        let mut visit = first_check;
        for number in 0..=rework.at_most as usize {
            let last = rework.probability.len().saturating_sub(1);
            let probability = rework.probability.get(number.min(last)).copied().unwrap_or(0.0);
            let is_last = number == rework.at_most as usize;
            if probability <= 0.0 || (is_last && rework.otherwise == Otherwise::Continue) {
                break;
            }
            self.nodes[visit].check = Some(Check { probability, fails_plan: is_last });
            if !is_last {
                visit = self.add_pass(parent, body, visit)?;
            }
        }
        Ok(())
    }

    /// Adds a pass; returns its visit to the gate.
    fn add_pass(&mut self, parent: usize, body: usize, ordered_by: usize) -> Result<usize, NetworkError> {
        let Body { gate, members, .. } = &self.bodies[body];
        let first = self.nodes.len();
        if first + members.len() > MOST_VISITS {
            return Err(NetworkError::TooManyVisits(*gate));
        }
        let (gate, pass) = (*gate, self.passes.len());
        self.nodes.extend(members.iter().map(|&milestone| Node {
            milestone,
            pass,
            check: None,
            iteration: 0,
        }));
        self.passes.push(Pass { parent, body, ordered_by, first });
        Ok(self.visit_in(pass, gate).unwrap_or(first))
    }

    /// Adds the iterations of all visits to milestones that are improved: one after the other, and what waits
    /// for the finish of the milestone waits for all that exist.
    fn iterate(&mut self, plan: &Plan) -> Result<(), NetworkError> {
        let mut followers: Vec<Vec<(usize, Option<usize>)>> = vec![Vec::new(); self.nodes.len()];
        for Edge { from, to, link } in &self.edges {
            if !link.is_some_and(|link| plan.links[link].kind.leaves_start()) {
                followers[*from].push((*to, *link));
            }
        }
        for (node, followers) in followers.into_iter().enumerate() {
            let Node { milestone, pass, .. } = self.nodes[node];
            let at_most = plan[milestone].improve.as_ref().map_or(0, |improve| improve.at_most);
            let mut before = node;
            for iteration in 1..=at_most {
                let here = self.nodes.len();
                if here >= MOST_VISITS {
                    return Err(NetworkError::TooManyVisits(milestone));
                }
                self.nodes.push(Node { milestone, pass, check: None, iteration });
                self.edges.push(Edge { from: before, to: here, link: None });
                self.edges.extend(followers.iter().map(|&(to, link)| Edge { from: here, to, link }));
                before = here;
            }
        }
        Ok(())
    }

    /// Ties repeats to each other, to the checks that order them, and to what follows.
    fn tie_repeats(&mut self, graph: &Graph) {
        let mut edges = Vec::new();
        for (from, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.pass != PLAN) {
            for link in graph.edges_directed(NodeIndex::new(node.milestone.index()), Outgoing) {
                let successor = MilestoneId::new(link.target().index());
                let to = self.follower(node.pass, successor);
                edges.extend(to.map(|(_, to)| Edge { from, to, link: Some(*link.weight()) }));
            }
            edges.extend(self.followers_by_ways(node).map(|to| Edge { from, to, link: None }));
        }
        for pass in &self.passes[PLAN + 1..] {
            let begins = self.bodies[pass.body].begins.iter().enumerate();
            let after_check = begins.filter(|(_, begin)| begin.after_check);
            edges.extend(after_check.map(|(at, _)| Edge {
                from: pass.ordered_by,
                to: pass.first + at,
                link: None,
            }));
        }
        self.edges.extend(edges);
    }

    /// What waits for a repeat by ways that are not repeated, in its pass and in those around it.
    fn followers_by_ways(&self, node: &Node) -> impl Iterator<Item = usize> {
        let around = std::iter::successors(Some(node.pass), |&pass| Some(self.passes[pass].parent));
        around.take_while(|&pass| pass != PLAN).flat_map(move |pass| {
            let body = &self.bodies[self.passes[pass].body];
            let ways = body.position(node.milestone).map_or(&[][..], |at| &body.ways[at]);
            let followers = ways.iter().filter_map(|&to| self.follower(node.pass, to));
            followers.filter(move |(inner, _)| *inner == pass).map(|(_, visit)| visit)
        })
    }

    /// The visit to a milestone that waits for a visit of this pass, and its pass: that one, or one further
    /// out, if the milestone doesn't come before the check that orders the pass.
    fn follower(&self, mut pass: usize, milestone: MilestoneId) -> Option<(usize, usize)> {
        loop {
            if let Some(visit) = self.visit_in(pass, milestone) {
                return Some((pass, visit));
            }
            if self.bodies[self.passes[pass].body].leads(milestone) {
                return None;
            }
            pass = self.passes[pass].parent;
        }
    }
}
