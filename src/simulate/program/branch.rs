//! Existence and failure compiled: which visits may be absent, what decides it, and how their links
//! read then.

use crate::model::{Comparison, End as MilestoneEnd};
use crate::network::{Alternative, Condition, End, Quantity, VisitId, VisitLag};

use super::compile::{Compiler, incoming};
use super::{GeneralLink, Kernel, NONE, Operand};

/// A visit that may be absent, that may fail, or whose links know absent ones.
#[derive(Clone, Debug)]
pub(in crate::simulate) struct Branch {
    /// Whether it bounds nothing where it is absent (a repeat); else it lets time through.
    pub(in crate::simulate) is_repeat: bool,
    /// All of these have to hold.
    pub(in crate::simulate) conditions: Vec<ConditionOp>,
    /// One of these visits has to exist; empty: none is needed.
    pub(in crate::simulate) one_of: Vec<u32>,
    pub(in crate::simulate) links: Vec<BranchLink>,
    /// It fails where one of these is 1.
    pub(in crate::simulate) failures: Vec<Operand>,
    /// The last visit of its milestone that exists fails where this is 1.
    pub(in crate::simulate) fails_as_last: Vec<Operand>,
}

/// A condition on existence.
#[derive(Clone, Debug)]
pub(in crate::simulate) enum ConditionOp {
    /// A draw has a value, and its visit (or nobody) exists.
    Drawn { by: Option<u32>, draw: Operand, value: f64 },
    /// A product is above a number.
    Exceeds { draw: Operand, times: Operand, above: f64 },
    /// Whether any of these draws is 1 where its visit exists.
    Ended { ends: Vec<(u32, Operand)>, is_ended: bool },
    /// An end of the first (start) or the last existing (finish) of these visits compares with a position.
    Placed { visits: Vec<u32>, end: MilestoneEnd, comparison: Comparison, limit: i32 },
}

/// A link into such a visit.
#[derive(Clone, Copy, Debug)]
pub(in crate::simulate) struct BranchLink {
    pub(in crate::simulate) link: GeneralLink,
    /// How it reads where either end is absent, if that differs: without its lag.
    pub(in crate::simulate) bare: Option<GeneralLink>,
    /// Whether its predecessor bounds nothing where it is absent, and the numbers alone don't see to it.
    pub(in crate::simulate) masked: bool,
}

impl Compiler<'_> {
    /// Whether a visit needs the kernel for existence.
    pub(super) fn branches(&self, position: usize) -> bool {
        let network = self.network;
        let visit = &network.visits[position];
        let knows_absent = |from: VisitId, is_plain: bool, has_lag: bool| {
            let from = &network[from];
            // A repeat that is absent lies before all time; plain links need no more than that.
            from.may_be_absent && if from.pass > 0 { !is_plain } else { has_lag }
        };
        visit.may_be_absent
            || visit.may_fail()
            || network.links[incoming(network, position)]
                .iter()
                .any(|link| knows_absent(link.from, self.is_plain(link), !matches!(link.lag, VisitLag::None)))
    }

    /// Adds what existence needs to know of a visit; its start rows are there.
    pub(super) fn branch(&mut self, position: usize, starts: &[u32]) -> u32 {
        let network = self.network;
        let visit = &network.visits[position];
        let links = &network.links[incoming(network, position)];
        let first = self.program.links.len();
        self.general_links(links, starts);
        let compiled: Vec<GeneralLink> = self.program.links.drain(first..).collect();
        let links_of = compiled.into_iter().zip(links).map(|(link, source)| {
            let from = &network[source.from];
            let forgets = visit.may_be_absent || (from.may_be_absent && from.pass == 0);
            BranchLink {
                link,
                bare: (forgets && !matches!(source.lag, VisitLag::None)).then(|| bare(&link)),
                masked: from.may_be_absent
                    && from.pass > 0
                    && (link.convert.is_some() || link.share != Operand::Fixed(0.0)),
            }
        });
        let links_of: Vec<BranchLink> = links_of.collect();
        let is_sure = links.iter().any(|link| !network[link.from].may_be_absent);
        let one_of = if is_sure { Vec::new() } else { links.iter().map(|link| index(link.from)).collect() };
        let branch = Branch {
            is_repeat: visit.pass > 0,
            conditions: visit.conditions.iter().map(|condition| self.condition(condition)).collect(),
            one_of,
            links: links_of,
            failures: visit.failures.iter().map(|failure| self.operand(*failure)).collect(),
            fails_as_last: visit.fails_as_last.iter().map(|failure| self.operand(*failure)).collect(),
        };
        self.program.branches.push(branch);
        self.program.branches.len() as u32 - 1
    }

    /// Compiles what ends solutions; the rows of all shared variables are known.
    pub(super) fn alternatives(&mut self) {
        let visits = |end: &End| end.visits.iter().copied().map(index).collect();
        let of = |alternative: &Alternative| {
            alternative.ends.iter().map(|end| (visits(end), self.operand(end.draw))).collect()
        };
        self.program.alternatives = self.network.alternatives.iter().map(of).collect();
    }

    fn condition(&self, condition: &Condition) -> ConditionOp {
        match condition {
            Condition::Drawn { by, draw, value } => {
                ConditionOp::Drawn { by: by.map(index), draw: self.operand(*draw), value: *value }
            }
            Condition::Exceeds { draw, times, above } => ConditionOp::Exceeds {
                draw: self.operand(*draw),
                times: times.map_or(Operand::Fixed(1.0), |times| self.operand(times)),
                above: *above,
            },
            Condition::Ended { ends, is_ended } => {
                let end = |end: &End| (index(end.visits[0]), self.operand(end.draw));
                ConditionOp::Ended { ends: ends.iter().map(end).collect(), is_ended: *is_ended }
            }
            Condition::Placed { visits, end, comparison, limit } => ConditionOp::Placed {
                visits: visits.iter().copied().map(index).collect(),
                end: *end,
                comparison: *comparison,
                limit: super::clamp_limit(*limit),
            },
        }
    }
}

/// The same link without its lag.
fn bare(link: &GeneralLink) -> GeneralLink {
    const ZERO: Operand = Operand::Fixed(0.0);
    let convert = link.convert.filter(|(from, to, _)| from != to).map(|(from, to, _)| (from, to, ZERO));
    GeneralLink { work: ZERO, share: ZERO, convert, ..*link }
}

fn index(visit: VisitId) -> u32 {
    visit.index() as u32
}

/// The variables that existence and failure of a visit ask for.
pub(super) fn condition_quantities(visit: &crate::network::Visit) -> impl Iterator<Item = Quantity> + '_ {
    let drawn = visit.conditions.iter().flat_map(|condition| match condition {
        Condition::Drawn { draw, .. } => vec![*draw],
        Condition::Exceeds { draw, times, .. } => times.iter().chain([draw]).copied().collect(),
        Condition::Ended { ends, .. } => ends.iter().map(|end| end.draw).collect(),
        Condition::Placed { .. } => Vec::new(),
    });
    drawn.chain(visit.failures.iter().copied()).chain(visit.fails_as_last.iter().copied())
}

impl super::Node {
    /// Whether its start needs more than plain links.
    pub(in crate::simulate) fn is_branch(&self) -> bool {
        self.kernel == Kernel::Branch
    }

    /// Whether it exists in every run.
    pub(in crate::simulate) fn is_sure(&self) -> bool {
        self.exists == NONE
    }
}
