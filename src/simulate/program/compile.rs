//! From a network to a program, visit by visit.

use std::ops::Range;

use crate::model::Category;
use crate::network::{Axis, CAP, Condition, Network, Owner, Quantity, VariableId, VisitId, VisitLag};
use crate::simulate::mixing::Mixing;
use crate::simulate::sampler::Samplers;
use crate::simulate::stream::stream_of;
use crate::simulate::tables::Tables;

use super::homes::{Home, cost_variables, homes, note, own_quantities, span_variables};
use super::money::Costing;
use super::{Drawn, Kernel, NONE, Node, NodeDraw, Operand, Program, Purpose, Span, clamp_position, range};

/// A program in the making.
pub(super) struct Compiler<'a> {
    pub(super) network: &'a Network,
    /// Where each variable is used: by one visit, or by more.
    home: Vec<Home>,
    /// The value row of each variable while it is known.
    row_of: Vec<u32>,
    pub(super) program: Program<'a>,
    /// Kept scopes and surcharges with visits: purse, visits, categories.
    pub(super) scopes: Vec<Scoped>,
}

/// A purse that looks at some visits only.
pub(super) struct Scoped {
    pub(super) purse: u32,
    pub(super) member: Vec<bool>,
    pub(super) categories: Option<Vec<Category>>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(network: &'a Network, tables: &Tables, observed: bool) -> Self {
        let home = homes(network, observed);
        let (samplers, mixing, variables) = draws_of(network, tables);
        Self {
            network,
            row_of: vec![NONE; home.len()],
            home,
            scopes: Vec::new(),
            program: Program {
                timelines: &network.timelines,
                axis: network.axis,
                nodes: Vec::with_capacity(network.visits.len()),
                plain_links: Vec::with_capacity(network.links.len()),
                links: Vec::new(),
                spans: Vec::new(),
                node_draws: Vec::new(),
                branches: Vec::new(),
                effects: Vec::new(),
                network,
                several: Vec::new(),
                exists_rows: 0,
                struck_rows: 0,
                can_fail: network.can_fail(),
                costs: Vec::new(),
                targets: Vec::new(),
                variables,
                samplers,
                mixing,
                shared: Vec::new(),
                computed: Vec::new(),
                alternatives: Vec::new(),
                value_rows: 0,
                start_rows: 0,
                cost_rows: 0,
                purses: Vec::new(),
                buckets: 0,
                hammocks: Vec::new(),
                surcharges: Vec::new(),
                risk_costs: Vec::new(),
                escalations: [const { None }; Category::ALL.len()],
                kept: Vec::new(),
                may_reach_cap: false,
                stages: 0,
            },
        }
    }

    pub(super) fn run(mut self, purpose: &Purpose<'_>) -> Program<'a> {
        self.share_rows();
        self.program.escalations = self.escalations();
        self.compute_rows();
        self.alternatives();
        self.make_purses(purpose.keep);
        let starts = self.start_rows(purpose);
        let several = self.several();
        for position in 0..self.network.visits.len() {
            self.visit(position, &starts, several.get(position).copied().unwrap_or(NONE), purpose.observed);
        }
        self.overheads();
        self.keep(purpose);
        self.program.may_reach_cap = self.latest() >= CAP;
        self.program
    }

    /// The value row of a variable while it is known, or [`NONE`].
    pub(super) fn row_of(&self, variable: VariableId) -> u32 {
        self.row_of[variable.0 as usize]
    }

    fn share_rows(&mut self) {
        for (variable, home) in self.home.iter().enumerate() {
            if *home == Home::Shared {
                let row = self.program.value_rows as u32;
                self.program.value_rows += 1;
                self.row_of[variable] = row;
                self.program.shared.push(NodeDraw { variable: variable as u32, row });
            }
        }
    }

    /// Gives a start row to each visit whose start something else asks for.
    fn start_rows(&mut self, purpose: &Purpose<'_>) -> Vec<u32> {
        let mut asked = vec![purpose.observed; self.network.visits.len()];
        for link in &self.network.links {
            if link.kind.leaves_start() || matches!(link.lag, VisitLag::Share(_)) {
                asked[link.from.index()] = true;
            }
            if !self.is_plain(link) {
                asked[link.to.index()] = true;
            }
        }
        for (position, visit) in self.network.visits.iter().enumerate() {
            asked[position] |= visit.finish_floor > 0 || self.program.can_fail || self.branches(position);
            for condition in &visit.conditions {
                if let Condition::Placed { visits, .. } = condition {
                    visits.iter().for_each(|visit| asked[visit.index()] = true);
                }
            }
        }
        for (_, visits) in self.network.visits_of.iter().filter(|(_, visits)| visits.len() > 1) {
            visits.iter().for_each(|visit| asked[visit.index()] = true);
        }
        for visit in self.network.hammocks.iter().flat_map(|hammock| hammock.over.iter().flatten()) {
            asked[visit.index()] = true;
        }
        if self.program.escalations[Category::Risk.index()].is_some() {
            // What a risk costs is due when it strikes.
            let hits = self.network.risk_costs.iter().flat_map(|cost| &cost.hits);
            hits.for_each(|hit| asked[hit.visit.index()] = true);
        }
        for visit in &purpose.keep.starts {
            asked[visit.index()] = true;
        }
        let mut rows = 0;
        let starts = asked
            .into_iter()
            .map(|asked| {
                if asked {
                    rows += 1;
                    rows - 1
                } else {
                    NONE
                }
            })
            .collect();
        self.program.start_rows = rows as usize;
        starts
    }

    /// By visit, its milestone's place among those with several visits; empty if there are none.
    fn several(&mut self) -> Vec<u32> {
        let network = self.network;
        let all = network.visits_of.iter().filter(|(_, visits)| visits.len() > 1);
        let several: Vec<Vec<u32>> =
            all.map(|(_, visits)| visits.iter().map(|visit| visit.index() as u32).collect()).collect();
        let mut place = if several.is_empty() { Vec::new() } else { vec![NONE; network.visits.len()] };
        for (index, visits) in several.iter().enumerate() {
            visits.iter().for_each(|visit| place[*visit as usize] = index as u32);
        }
        self.program.several = several;
        place
    }

    fn visit(&mut self, position: usize, starts: &[u32], several: u32, observed: bool) {
        let network = self.network;
        let visit = &network.visits[position];
        let draws = self.draws(position);
        let incoming = &network.links[incoming(network, position)];
        let plain = visit.finish_floor <= 0 && incoming.iter().all(|link| self.is_plain(link));
        let kernel = match plain {
            _ if self.branches(position) => Kernel::Branch,
            true => Kernel::Plain,
            false => Kernel::General,
        };
        let (mut links, mut branch) = ((0, 0), NONE);
        match kernel {
            Kernel::Plain => links = self.plain_links(incoming),
            Kernel::General => links = self.general_links(incoming, starts),
            Kernel::Branch => branch = self.branch(position, starts),
        }
        let effects = self.effects(VisitId::new(position));
        let exists = if visit.may_be_absent { self.program.exists_rows as u32 } else { NONE };
        self.program.exists_rows += usize::from(visit.may_be_absent);
        let span = self.span(&visit.spans);
        let is_simple = kernel != Kernel::Branch && effects == NONE && !self.program.can_fail;
        let costs = self.costs(position, span, Costing { observed, folds: is_simple });
        self.program.nodes.push(Node {
            kernel,
            ends_plan: network.finish.map_or(visit.can_be_last, |finish| finish == visit.milestone),
            tallied: true,
            timeline: visit.timeline,
            start_floor: clamp_position(visit.start_floor),
            finish_floor: clamp_position(visit.finish_floor),
            span,
            links,
            draws,
            costs,
            start_row: starts[position],
            branch,
            effects,
            exists,
            several,
        });
    }

    /// The variables that only this visit uses; they take the value rows after the shared ones.
    fn draws(&mut self, position: usize) -> (u32, u32) {
        let begin = self.program.node_draws.len() as u32;
        let mut row = self.program.shared.len() as u32;
        let visit = &self.network.visits[position];
        let mut seen = Vec::new();
        visit.spans.iter().for_each(|term| span_variables(term, &mut seen));
        visit.costs.iter().for_each(|term| cost_variables(term, &mut seen));
        own_quantities(visit).for_each(|quantity| note(quantity, &mut seen));
        for variable in seen {
            if self.home[variable as usize] == Home::Visit(position as u32)
                && self.row_of[variable as usize] == NONE
            {
                self.row_of[variable as usize] = row;
                self.program.node_draws.push(NodeDraw { variable, row });
                row += 1;
            }
        }
        self.program.value_rows = self.program.value_rows.max(row as usize);
        (begin, self.program.node_draws.len() as u32)
    }

    pub(super) fn operand(&self, quantity: Quantity) -> Operand {
        match quantity {
            Quantity::Fixed(value) => Operand::Fixed(value),
            Quantity::Variable(variable) => {
                let variable = variable.0 as usize;
                let distribution = &self.network.variables[variable].distribution;
                if distribution.is_fixed() && self.row_of[variable] == NONE {
                    Operand::Fixed(distribution.unit().location)
                } else {
                    Operand::Row(self.row_of[variable])
                }
            }
        }
    }

    fn keep(&mut self, purpose: &Purpose<'_>) {
        let nodes = &mut self.program.nodes;
        let mut kept: Vec<(u32, bool)> = Vec::new();
        kept.extend(purpose.keep.starts.iter().map(|visit| (visit.index() as u32, true)));
        kept.extend(purpose.keep.finishes.iter().map(|visit| (visit.index() as u32, false)));
        if purpose.keep_all {
            kept.extend((0..nodes.len() as u32).map(|visit| (visit, false)));
        } else if purpose.keep_last {
            kept.extend(
                (0..nodes.len() as u32).filter(|visit| nodes[*visit as usize].ends_plan).map(|v| (v, false)),
            );
        }
        // A milestone of several visits is kept with its first.
        for (visit, _) in &mut kept {
            if let Some(visits) = self.program.several.get(nodes[*visit as usize].several as usize) {
                *visit = visits[0];
            }
        }
        kept.sort_unstable();
        kept.dedup();
        for (visit, _) in kept.iter().filter(|(_, start)| !start) {
            nodes[*visit as usize].tallied = false;
        }
        self.program.kept = kept;
    }

    /// The latest position any run can reach, or [`CAP`] where that is not worth finding out.
    fn latest(&self) -> i64 {
        let mut finish = vec![0_i64; self.network.visits.len()];
        for (position, node) in self.program.nodes.iter().enumerate() {
            if node.kernel != Kernel::Plain || node.effects != NONE || self.program.axis == Axis::Wall {
                return CAP;
            }
            let links = &self.program.plain_links[range(node.links)];
            let start = links
                .iter()
                .map(|link| finish[link.from as usize] + i64::from(link.lag))
                .fold(i64::from(node.start_floor), i64::max);
            let span = match node.span {
                Span::Fixed(seconds) => i64::from(seconds),
                Span::Row(row, seconds) => self.highest(node, row, seconds),
                Span::Longest(..) => return CAP,
            };
            finish[position] = (start + span).min(CAP);
        }
        finish.into_iter().max().unwrap_or(0)
    }

    /// The longest span that a visit's own draw can give.
    fn highest(&self, node: &Node, row: u32, seconds: f64) -> i64 {
        let draws = &self.program.node_draws[range(node.draws)];
        draws.iter().chain(&self.program.shared).find(|draw| draw.row == row).map_or(CAP, |draw| {
            let variable = &self.program.variables[draw.variable as usize];
            let value = match variable.mix {
                Some(mix) => self.program.mixing.highest(mix),
                None => self.program.samplers.value(&variable.sampler, u32::MAX),
            };
            let highest = f64::from(value) * seconds;
            if highest < CAP as f64 { highest.max(0.0) as i64 + 1 } else { CAP }
        })
    }
}

/// The links into the visit at this position.
pub(super) fn incoming(network: &Network, position: usize) -> Range<usize> {
    network.incoming[position] as usize..network.incoming[position + 1] as usize
}

/// All variables as they are drawn, tables shared between equal shapes.
fn draws_of(network: &Network, tables: &Tables) -> (Samplers, Mixing, Vec<Drawn>) {
    let distributions = network.variables.iter().map(|variable| &variable.distribution);
    let (samplers, each) = Samplers::of(distributions, tables);
    let (mixing, mixes) = Mixing::of(network);
    let variables = network
        .variables
        .iter()
        .zip(each)
        .zip(mixes)
        .map(|((variable, sampler), mix)| Drawn {
            stream: stream_of(&variable.name),
            sampler,
            mix,
            // Between outcomes there is no middle.
            mean: match variable.owner {
                Owner::Outcome(_) => variable.planned as f32,
                _ => variable.distribution.mean() as f32,
            },
        })
        .collect();
    (samplers, mixing, variables)
}
