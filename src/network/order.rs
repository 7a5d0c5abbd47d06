//! The topological order of milestones, and the cycles where there is none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use petgraph::Direction::{Incoming, Outgoing};
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
type Graph = DiGraph<(), usize>;

/// The milestones so that every link leads forward, otherwise as near to file order as that allows.
///
/// # Errors
/// Every independent cycle (one for each set of milestones that all wait for each other), in file
/// order, as a shortest ring through the first milestone of the set.
pub(super) fn topological(plan: &Plan) -> Result<Vec<MilestoneId>, Vec<Cycle>> {
    let graph = graph(plan);
    let mut waiting: Vec<_> =
        graph.node_indices().map(|node| graph.edges_directed(node, Incoming).count()).collect();
    let mut ready: BinaryHeap<_> =
        graph.node_indices().filter(|node| waiting[node.index()] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(waiting.len());
    while let Some(Reverse(node)) = ready.pop() {
        order.push(MilestoneId::new(node.index()));
        for successor in graph.neighbors_directed(node, Outgoing) {
            waiting[successor.index()] -= 1;
            if waiting[successor.index()] == 0 {
                ready.push(Reverse(successor));
            }
        }
    }
    if order.len() == waiting.len() { Ok(order) } else { Err(cycles(&graph)) }
}

fn graph(plan: &Plan) -> Graph {
    let mut graph = Graph::with_capacity(plan.milestones.len(), plan.links.len());
    for _ in &plan.milestones {
        graph.add_node(());
    }
    for (position, Link { from, to, .. }) in plan.links.iter().enumerate() {
        graph.add_edge(NodeIndex::new(from.index()), NodeIndex::new(to.index()), position);
    }
    graph
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
