//! What a rework check sends back: its body, and how a repeat of it hangs together.

use std::collections::HashMap;

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::error::NotBefore;
use super::links;
use crate::model::{LinkKind, MilestoneId, Plan, Redo};
use crate::network::order::{Graph, reached};

/// What one check sends back.
pub(super) struct Body {
    /// The milestone that checks.
    pub(super) gate: MilestoneId,
    /// What is done again, the gate included, in topological order.
    pub(super) members: Vec<MilestoneId>,
    /// Of each member, how its repeats begin.
    pub(super) begins: Vec<Begin>,
    /// Of each member, the members that it leads to only by ways that are not repeated.
    pub(super) ways: Vec<Vec<MilestoneId>>,
    /// By milestone: whether it leads to the gate, or is it.
    leads: Vec<bool>,
    positions: HashMap<MilestoneId, usize>,
}

/// How a repeat of a milestone begins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begin {
    /// It waits for the check that orders it, as nothing in the repeat surely holds it back.
    pub(super) after_check: bool,
    /// It is done again only if it was done before.
    pub(super) only_again: bool,
}

impl Body {
    /// Where a milestone stands among the members.
    pub(super) fn position(&self, milestone: MilestoneId) -> Option<usize> {
        self.positions.get(&milestone).copied()
    }

    /// Whether a milestone leads to the gate.
    pub(super) fn leads(&self, milestone: MilestoneId) -> bool {
        self.leads[milestone.index()]
    }
}

/// The bodies of all checks, in topological order of the gates.
///
/// # Errors
/// Each milestone that a check sends back to, but that does not lead to it.
pub(super) fn bodies(plan: &Plan, graph: &Graph, order: &[MilestoneId]) -> Result<Vec<Body>, Vec<NotBefore>> {
    let gates = order.iter().copied().filter(|&id| plan[id].rework.is_some() && !plan[id].removed);
    let unreached = unreached(plan, graph, order);
    let (mut bodies, mut errors) = (Vec::new(), Vec::new());
    for gate in gates {
        match members(plan, graph, order, gate) {
            Ok((members, leads)) => bodies.push(body(plan, graph, &unreached, (gate, members, leads))),
            Err(missing) => errors.extend(missing),
        }
    }
    if errors.is_empty() { Ok(bodies) } else { Err(errors) }
}

/// The members of a body in topological order, and which milestones lead to the gate.
fn members(
    plan: &Plan,
    graph: &Graph,
    order: &[MilestoneId],
    gate: MilestoneId,
) -> Result<(Vec<MilestoneId>, Vec<bool>), Vec<NotBefore>> {
    let leads = reached(graph, gate, Incoming, |_| true);
    let named = match plan[gate].rework.as_ref().map(|rework| &rework.redo) {
        Some(Redo::BackTo(first)) => vec![*first],
        Some(Redo::These(these)) => these.iter().copied().filter(|&id| !plan[id].removed).collect(),
        None => Vec::new(),
    };
    let missing: Vec<_> = named
        .iter()
        .filter(|id| !leads[id.index()])
        .map(|&id| NotBefore::Redone { gate, milestone: id })
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut is_member = match plan[gate].rework.as_ref().map(|rework| &rework.redo) {
        Some(Redo::BackTo(first)) => reached(graph, *first, Outgoing, |id| leads[id]),
        _ => {
            let mut listed = vec![false; leads.len()];
            named.iter().for_each(|id| listed[id.index()] = true);
            listed
        }
    };
    is_member[gate.index()] = true;
    Ok((order.iter().copied().filter(|id| is_member[id.index()]).collect(), leads))
}

fn body(
    plan: &Plan,
    graph: &Graph,
    unreached: &[bool],
    (gate, members, leads): (MilestoneId, Vec<MilestoneId>, Vec<bool>),
) -> Body {
    let positions: HashMap<_, _> = members.iter().enumerate().map(|(at, &id)| (id, at)).collect();
    let mut body = Body { gate, members, begins: Vec::new(), ways: Vec::new(), leads, positions };
    body.ways = body.members.iter().map(|&from| body.ways_from(graph, from)).collect();
    body.begins = body.begins(plan, graph, unreached);
    body
}

impl Body {
    /// The members that can be reached from one of them only by ways through others.
    fn ways_from(&self, graph: &Graph, from: MilestoneId) -> Vec<MilestoneId> {
        let start = NodeIndex::new(from.index());
        let is_member = |node: NodeIndex| self.positions.contains_key(&MilestoneId::new(node.index()));
        let is_between = |node: NodeIndex| self.leads[node.index()] && !is_member(node);
        let mut left: Vec<_> =
            graph.neighbors_directed(start, Outgoing).filter(|&node| is_between(node)).collect();
        if left.is_empty() {
            return Vec::new();
        }
        let mut seen = vec![false; self.leads.len()];
        let mut found = vec![false; self.leads.len()];
        while let Some(node) = left.pop() {
            if std::mem::replace(&mut seen[node.index()], true) {
                continue;
            }
            for next in graph.neighbors_directed(node, Outgoing) {
                if is_member(next) {
                    found[next.index()] = true;
                } else if is_between(next) {
                    left.push(next);
                }
            }
        }
        for direct in graph.neighbors_directed(start, Outgoing) {
            found[direct.index()] = false;
        }
        self.members.iter().copied().filter(|id| found[id.index()]).collect()
    }

    /// How the repeats of each member begin. Most wait for another member; where none holds the start back,
    /// or none may exist although the member does, they wait for the check.
    fn begins(&self, plan: &Plan, graph: &Graph, unreached: &[bool]) -> Vec<Begin> {
        let mut begins: Vec<Begin> = Vec::with_capacity(self.members.len());
        let mut is_sure: Vec<bool> = Vec::with_capacity(self.members.len());
        for &member in &self.members {
            let (mut is_held, mut is_reached, mut comes_from_outside) = (false, false, false);
            for edge in graph.edges_directed(NodeIndex::new(member.index()), Incoming) {
                match self.position(MilestoneId::new(edge.source().index())) {
                    Some(at) => {
                        is_reached |= is_sure[at];
                        is_held |= holds_start(plan, *edge.weight());
                    }
                    None => comes_from_outside = true,
                }
            }
            for at in (0..begins.len()).filter(|&at| self.ways[at].contains(&member)) {
                is_held = true;
                is_reached |= is_sure[at];
            }
            let after_check = !is_held || (!is_reached && comes_from_outside);
            let only_again = after_check && unreached[member.index()];
            begins.push(Begin { after_check, only_again });
            let is_conditional = !plan[member].only_if.is_empty() && !plan[member].removed;
            is_sure.push(!is_conditional && !only_again && (after_check || is_reached));
        }
        begins
    }
}

/// Whether a link keeps its successor from starting before its predecessor does.
fn holds_start(plan: &Plan, link: usize) -> bool {
    matches!(plan.links[link].kind, LinkKind::FinishStart | LinkKind::StartStart)
        && links::is_never_negative(links::effective_lag(plan, link))
}

/// By milestone: whether there may be runs in which nothing before it exists.
fn unreached(plan: &Plan, graph: &Graph, order: &[MilestoneId]) -> Vec<bool> {
    let mut unreached = vec![false; order.len()];
    let mut may_be_absent = vec![false; order.len()];
    for &id in order {
        let mut before = graph.neighbors_directed(NodeIndex::new(id.index()), Incoming).peekable();
        unreached[id.index()] = before.peek().is_some() && before.all(|node| may_be_absent[node.index()]);
        let is_conditional = !plan[id].only_if.is_empty() && !plan[id].removed;
        may_be_absent[id.index()] = is_conditional || unreached[id.index()];
    }
    unreached
}
