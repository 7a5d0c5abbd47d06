//! The topological order of milestones, and the cycles where there is none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{Link, MilestoneId, Plan};

/// Milestones that wait for each other in a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The milestones on the ring, in the order of the links; the first follows the last.
    pub milestones: Vec<MilestoneId>,
    /// The link from each of them to the next: positions in [`Plan::links`].
    pub links: Vec<usize>,
}

/// Milestones as nodes, the positions of links as edges.
pub(super) type Graph = DiGraph<(), usize>;

/// The milestones so that every link leads forward, otherwise as near to file order as that allows.
///
/// # Errors
/// Every independent cycle (one for each set of milestones that all wait for each other), in file
/// order, as a shortest ring through the first milestone of the set.
pub(super) fn topological(plan: &Plan) -> Result<Vec<MilestoneId>, Vec<Cycle>> {
    let graph = graph(plan, 0..plan.links.len());
    let order = forward(&graph).ok_or_else(|| cycles(&graph))?;
    Ok(order.into_iter().map(MilestoneId::new).collect())
}

/// The nodes of a graph so that every edge leads forward, otherwise as near to their own order as that
/// allows; `None` if there is a cycle.
pub(super) fn forward<E>(graph: &DiGraph<(), E>) -> Option<Vec<usize>> {
    let mut waiting: Vec<_> =
        graph.node_indices().map(|node| graph.edges_directed(node, Incoming).count()).collect();
    let mut ready: BinaryHeap<_> =
        graph.node_indices().filter(|node| waiting[node.index()] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(waiting.len());
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node.index());
        for successor in graph.neighbors_directed(node, Outgoing) {
            waiting[successor.index()] -= 1;
            if waiting[successor.index()] == 0 {
                ready.push(Reverse(successor));
            }
        }
    }
    (order.len() == waiting.len()).then_some(order)
}

/// The milestones of a plan with some of its links.
pub(super) fn graph(plan: &Plan, links: impl IntoIterator<Item = usize>) -> Graph {
    let mut graph = Graph::with_capacity(plan.milestones.len(), plan.links.len());
    for _ in &plan.milestones {
        graph.add_node(());
    }
    for position in links {
        let Link { from, to, .. } = plan.links[position];
        graph.add_edge(NodeIndex::new(from.index()), NodeIndex::new(to.index()), position);
    }
    graph
}

/// Which milestones can be reached from one of them, itself included, by links in a direction; only those
/// that are `within`.
pub(super) fn reached(
    graph: &Graph,
    from: MilestoneId,
    direction: Direction,
    within: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut reached = vec![false; graph.node_count()];
    reached[from.index()] = true;
    let mut left = vec![NodeIndex::new(from.index())];
    while let Some(node) = left.pop() {
        for next in graph.neighbors_directed(node, direction) {
            if !reached[next.index()] && within(next.index()) {
                reached[next.index()] = true;
                left.push(next);
            }
        }
    }
    reached
}

fn cycles(graph: &Graph) -> Vec<Cycle> {
    let mut component = vec![0; graph.node_count()];
    let mut firsts = Vec::new();
    for (number, members) in kosaraju_scc(graph).into_iter().enumerate() {
        for node in &members {
            component[node.index()] = number;
        }
        firsts.extend(members.into_iter().min());
    }
    firsts.sort_unstable();
    firsts.into_iter().filter_map(|first| ring(graph, first, &component)).collect()
}

/// A shortest way from a node back to itself, within its component; breadth first.
fn ring(graph: &Graph, first: NodeIndex, component: &[usize]) -> Option<Cycle> {
    let mut reached_by = BTreeMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(node) = queue.pop_front() {
        let mut edges: Vec<_> = graph.edges_directed(node, Outgoing).collect();
        edges.sort_unstable_by_key(|edge| *edge.weight());
        for edge in edges {
            let target = edge.target();
            if component[target.index()] != component[first.index()] || reached_by.contains_key(&target) {
                continue;
            }
            reached_by.insert(target, (node, *edge.weight()));
            if target == first {
                return Some(walk_back(first, &reached_by));
            }
            queue.push_back(target);
        }
    }
    None
}

fn walk_back(first: NodeIndex, reached_by: &BTreeMap<NodeIndex, (NodeIndex, usize)>) -> Cycle {
    let (mut milestones, mut links) = (Vec::new(), Vec::new());
    let mut node = first;
    loop {
        let (before, link) = reached_by[&node];
        milestones.push(MilestoneId::new(before.index()));
        links.push(link);
        node = before;
        if node == first {
            break;
        }
    }
    milestones.reverse();
    links.reverse();
    Cycle { milestones, links }
}
