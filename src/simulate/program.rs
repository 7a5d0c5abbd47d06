//! The network compiled for blocks of iterations: which rows exist, and which kernel each visit
//! runs through.
//!
//! A plain visit (FS links in one timeline, one span) is a handful of numbers. What fewer visits
//! use (other links, drawn lags, conversions between timelines, dated money) is kept aside, and
//! only those visits go there.

use std::ops::Range;

use crate::model::{Category, LinkKind, Timeline};
use crate::network::{
    Axis, CAP, CostTerm, Money, Network, Quantity, SpanTerm, Tariff, VisitId, VisitLag, VisitLink,
};

use super::sampler::{Sampler, Samplers};
use super::settings::Keep;
use super::stream::stream_of;

/// No row.
pub(super) const NONE: u32 = u32::MAX;

/// A network ready to run.
pub(super) struct Program<'a> {
    pub(super) timelines: &'a [Timeline],
    pub(super) axis: Axis,
    pub(super) nodes: Vec<Node>,
    pub(super) plain_links: Vec<PlainLink>,
    pub(super) links: Vec<GeneralLink>,
    pub(super) spans: Vec<SpanFormula>,
    pub(super) node_draws: Vec<NodeDraw>,
    pub(super) costs: Vec<CostFormula>,
    pub(super) targets: Vec<u32>,
    pub(super) variables: Vec<Drawn>,
    pub(super) samplers: Samplers,
    /// Variables drawn before the visits, with the value row each fills.
    pub(super) shared: Vec<NodeDraw>,
    /// How many value rows there are: the shared ones, then those a visit uses for itself.
    pub(super) value_rows: usize,
    /// How many visits keep their starts.
    pub(super) start_rows: usize,
    /// How many cost terms keep a row each.
    pub(super) cost_rows: usize,
    pub(super) purses: Vec<Purse>,
    /// Purses before this one make up the plan's cost.
    pub(super) buckets: usize,
    pub(super) hammocks: Vec<HammockOp>,
    pub(super) surcharges: Vec<SurchargeOp>,
    /// Visits whose starts or finishes are kept in every iteration: (visit, start?).
    pub(super) kept: Vec<(u32, bool)>,
    /// Whether a run may reach the cap at all.
    pub(super) may_reach_cap: bool,
    pub(super) stages: usize,
}

/// One visit.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kernel: Kernel,
    /// Whether the plan's finish may be this one's.
    pub(super) ends_plan: bool,
    /// Whether its histogram is kept.
    pub(super) tallied: bool,
    pub(super) timeline: u16,
    pub(super) start_floor: i32,
    pub(super) finish_floor: i32,
    pub(super) span: Span,
    /// Into `plain_links` or `links`, by kernel.
    pub(super) links: (u32, u32),
    pub(super) draws: (u32, u32),
    pub(super) costs: (u32, u32),
    /// Its start row, or [`NONE`].
    pub(super) start_row: u32,
}

/// How a visit's start is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    /// FS links with fixed lags from visits of the same timeline; no bound on the finish.
    Plain,
    /// Anything else.
    General,
}

/// How a visit's span is found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Span {
    /// Always this many seconds.
    Fixed(i32),
    /// One value row, times this many seconds.
    Row(u32, f64),
    /// The longest of these formulas.
    Longest(u32, u32),
}

/// `amount × (1 + surplus) × seconds ÷ units`.
#[derive(Clone, Copy, Debug)]
pub(super) struct SpanFormula {
    pub(super) amount: Operand,
    pub(super) seconds: f64,
    pub(super) units: Operand,
    pub(super) surplus: Operand,
}

/// A number, or a row of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Fixed(f64),
    Row(u32),
}

/// An FS link within one timeline.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainLink {
    pub(super) from: u32,
    pub(super) lag: i32,
}

/// Any link.
#[derive(Clone, Copy, Debug)]
pub(super) struct GeneralLink {
    pub(super) from: u32,
    pub(super) kind: LinkKind,
    /// Start row of the predecessor, or [`NONE`].
    pub(super) from_start: u32,
    /// Seconds added at the end, in the successor's timeline.
    pub(super) work: Operand,
    /// Share of the predecessor's span added at the beginning.
    pub(super) share: Operand,
    /// Through the wall clock: from timeline, to timeline, elapsed seconds.
    pub(super) convert: Option<(u16, u16, Operand)>,
}

/// A variable and the value row it fills.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeDraw {
    pub(super) variable: u32,
    pub(super) row: u32,
}

/// A variable as it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) stream: u64,
    pub(super) sampler: Sampler,
    pub(super) mean: f32,
}

/// One cost term.
#[derive(Clone, Debug)]
pub(super) struct CostFormula {
    pub(super) formula: CostKind,
    /// The purses it goes into.
    pub(super) targets: (u32, u32),
    /// The row that keeps it, or [`NONE`].
    pub(super) row: u32,
}

/// How a cost is computed.
#[derive(Clone, Debug)]
pub(super) enum CostKind {
    /// Always this; where it is not kept, it is part of its purses' beginnings instead.
    Constant(f32),
    /// Per second of the span.
    PerSecond(f32),
    /// A product of rows, with the span if asked for.
    Product { factor: f32, rows: Vec<u32>, surplus: Option<Operand>, times_span: bool },
    /// One iteration at a time.
    Dated(Box<DatedCost>),
}

/// A cost that depends on dates.
#[derive(Clone, Debug)]
pub(super) enum DatedCost {
    /// `amount × (1 + surplus) × factor × price in force at the start`.
    Once { amount: Operand, surplus: Operand, factor: f64, price: Operand, changes: Vec<(i64, Operand)> },
    /// `effort`, spread over the span, times the tariff.
    Effort { effort: Operand, tariff: TariffOp },
    /// `units × ∫ tariff`.
    Running { units: Operand, tariff: TariffOp },
}

/// Money per second, by wall-clock seconds since the anchor.
#[derive(Clone, Debug)]
pub(super) struct TariffOp {
    pub(super) timeline: Option<u16>,
    pub(super) first: Operand,
    /// 1 ÷ the seconds that one unit lasts.
    pub(super) per_second: f64,
    pub(super) changes: Vec<(i64, Operand)>,
}

/// A sum of money per iteration.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Purse {
    /// What never changes.
    pub(super) constant: f64,
    /// What it is for, if it is part of the plan's cost.
    pub(super) bucket: Option<(Category, Option<u32>)>,
}

/// A hammock.
#[derive(Clone, Debug)]
pub(super) struct HammockOp {
    pub(super) over: Option<Vec<u32>>,
    pub(super) tariff: TariffOp,
    pub(super) purse: u32,
    /// Further purses that surcharges look into.
    pub(super) also: Vec<u32>,
}

/// A surcharge.
#[derive(Clone, Debug)]
pub(super) struct SurchargeOp {
    pub(super) share: Operand,
    /// The purses it is a share of.
    pub(super) on: Vec<u32>,
    pub(super) purse: u32,
}

/// A position clamped into what the engine computes with.
pub(super) fn clamp_position(position: i64) -> i32 {
    i32::try_from(position.clamp(0, CAP)).unwrap_or(0)
}

/// A lag clamped so that no sum with a position can wrap.
fn clamp_lag(seconds: f64) -> i32 {
    seconds.clamp(-(CAP as f64), CAP as f64).round() as i32
}

/// What a program is made for.
pub(super) struct Purpose<'k> {
    pub(super) keep: &'k Keep,
    /// Visits kept besides those that `keep` lists.
    pub(super) keep_last: bool,
    /// Whether starts and cost terms of all visits are kept in rows.
    pub(super) observed: bool,
}

impl<'a> Program<'a> {
    pub(super) fn new(network: &'a Network, purpose: &Purpose<'_>) -> Self {
        Compiler::new(network, purpose).run(purpose)
    }

    /// The category of each bucket, with its stage.
    pub(super) fn bucket_owners(&self) -> impl Iterator<Item = (Category, Option<u32>)> {
        self.purses[..self.buckets].iter().filter_map(|purse| purse.bucket)
    }
}

struct Compiler<'a> {
    network: &'a Network,
    /// Where each variable is used: by one visit, or by more.
    home: Vec<Home>,
    /// The value row of each variable while it is known.
    row_of: Vec<u32>,
    program: Program<'a>,
    /// Kept scopes and surcharges with visits: purse, visits, categories.
    scopes: Vec<Scoped>,
}

struct Scoped {
    purse: u32,
    member: Vec<bool>,
    categories: Option<Vec<Category>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Home {
    Unused,
    Visit(u32),
    Shared,
}

impl<'a> Compiler<'a> {
    fn new(network: &'a Network, purpose: &Purpose<'_>) -> Self {
        let home = homes(network, purpose.observed);
        let (samplers, variables) = draws_of(network);
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
                costs: Vec::new(),
                targets: Vec::new(),
                variables,
                samplers,
                shared: Vec::new(),
                value_rows: 0,
                start_rows: 0,
                cost_rows: 0,
                purses: Vec::new(),
                buckets: 0,
                hammocks: Vec::new(),
                surcharges: Vec::new(),
                kept: Vec::new(),
                may_reach_cap: false,
                stages: 0,
            },
        }
    }

    fn run(mut self, purpose: &Purpose<'_>) -> Program<'a> {
        self.share_rows();
        self.make_purses(purpose.keep);
        let starts = self.start_rows(purpose);
        for position in 0..self.network.visits.len() {
            self.visit(position, &starts, purpose.observed);
        }
        self.overheads();
        self.keep(purpose);
        self.program.may_reach_cap = self.latest() >= CAP;
        self.program
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

    /// One purse per category and stage in use, in order, then one for each further scope.
    fn make_purses(&mut self, keep: &Keep) {
        let mut owners: Vec<(Category, Option<u32>)> = Vec::new();
        for term in self.network.visits.iter().flat_map(|visit| &visit.costs) {
            owners.push((term.category, stage_of(term)));
        }
        owners.extend(self.network.hammocks.iter().map(|hammock| (hammock.category, None)));
        owners.extend(self.network.surcharges.iter().map(|surcharge| (surcharge.category, None)));
        owners.sort_unstable();
        owners.dedup();
        self.program.stages =
            owners.iter().filter_map(|(_, stage)| *stage).max().map_or(0, |last| last as usize + 1);
        self.program.buckets = owners.len();
        self.program.purses =
            owners.into_iter().map(|owner| Purse { constant: 0.0, bucket: Some(owner) }).collect();
        for visits in &keep.costs {
            self.scope(visits, None);
        }
        for surcharge in &self.network.surcharges {
            // Money is also split by visit, or money that other surcharges add must be left out.
            let everyone: Vec<VisitId>;
            let visits = match &surcharge.visits {
                Some(visits) => visits,
                None => {
                    everyone = (0..self.network.visits.len()).map(VisitId::new).collect();
                    &everyone
                }
            };
            self.scope(visits, surcharge.categories.clone());
        }
    }

    fn scope(&mut self, visits: &[VisitId], categories: Option<Vec<Category>>) {
        let mut member = vec![false; self.network.visits.len()];
        for visit in visits {
            member[visit.index()] = true;
        }
        let purse = self.program.purses.len() as u32;
        self.program.purses.push(Purse { constant: 0.0, bucket: None });
        self.scopes.push(Scoped { purse, member, categories });
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
            asked[position] |= visit.finish_floor > 0;
        }
        for visit in self.network.hammocks.iter().flat_map(|hammock| hammock.over.iter().flatten()) {
            asked[visit.index()] = true;
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

    fn is_plain(&self, link: &VisitLink) -> bool {
        let [from, to] = [link.from, link.to].map(|visit| self.network.visits[visit.index()].timeline);
        link.kind == LinkKind::FinishStart
            && from == to
            && matches!(link.lag, VisitLag::None | VisitLag::Work(Quantity::Fixed(_)))
    }

    fn visit(&mut self, position: usize, starts: &[u32], observed: bool) {
        let network = self.network;
        let visit = &network.visits[position];
        let draws = self.draws(position);
        let incoming = &network.links[incoming(network, position)];
        let plain = visit.finish_floor <= 0 && incoming.iter().all(|link| self.is_plain(link));
        let links = if plain { self.plain_links(incoming) } else { self.general_links(incoming, starts) };
        let span = self.span(&visit.spans);
        let costs = self.costs(position, span, observed);
        self.program.nodes.push(Node {
            kernel: if plain { Kernel::Plain } else { Kernel::General },
            ends_plan: network.finish.map_or(visit.can_be_last, |finish| finish.index() == position),
            tallied: true,
            timeline: visit.timeline,
            start_floor: clamp_position(visit.start_floor),
            finish_floor: clamp_position(visit.finish_floor),
            span,
            links,
            draws,
            costs,
            start_row: starts[position],
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

    fn operand(&self, quantity: Quantity) -> Operand {
        match quantity {
            Quantity::Fixed(value) => Operand::Fixed(value),
            Quantity::Variable(variable) => {
                let variable = variable.0 as usize;
                let distribution = &self.network.variables[variable].distribution;
                if distribution.is_fixed() {
                    Operand::Fixed(distribution.unit().location)
                } else {
                    Operand::Row(self.row_of[variable])
                }
            }
        }
    }

    fn plain_links(&mut self, incoming: &[VisitLink]) -> (u32, u32) {
        let begin = self.program.plain_links.len() as u32;
        for link in incoming {
            let lag = match link.lag {
                VisitLag::Work(Quantity::Fixed(seconds)) => clamp_lag(seconds),
                _ => 0,
            };
            self.program.plain_links.push(PlainLink { from: link.from.index() as u32, lag });
        }
        (begin, self.program.plain_links.len() as u32)
    }

    fn general_links(&mut self, incoming: &[VisitLink], starts: &[u32]) -> (u32, u32) {
        const ZERO: Operand = Operand::Fixed(0.0);
        let begin = self.program.links.len() as u32;
        for link in incoming {
            let [from, to] = [link.from, link.to].map(|visit| self.network.visits[visit.index()].timeline);
            let (mut work, mut share, mut elapsed) = (ZERO, ZERO, None);
            match link.lag {
                VisitLag::None => {}
                VisitLag::Work(lag) => work = self.operand(lag),
                VisitLag::Elapsed(lag) => elapsed = Some(self.operand(lag)),
                VisitLag::Share(lag) => share = self.operand(lag),
            }
            let converts = from != to || elapsed.is_some();
            self.program.links.push(GeneralLink {
                from: link.from.index() as u32,
                kind: link.kind,
                from_start: starts[link.from.index()],
                work,
                share,
                convert: converts.then(|| (from, to, elapsed.unwrap_or(ZERO))),
            });
        }
        (begin, self.program.links.len() as u32)
    }

    fn span(&mut self, terms: &[SpanTerm]) -> Span {
        let formulas: Vec<SpanFormula> = terms
            .iter()
            .map(|term| SpanFormula {
                amount: self.operand(term.amount),
                seconds: term.seconds,
                units: term.units.map_or(Operand::Fixed(1.0), |units| self.operand(units)),
                surplus: term.surplus.map_or(Operand::Fixed(0.0), |surplus| self.operand(surplus)),
            })
            .collect();
        match formulas[..] {
            [] => return Span::Fixed(0),
            [
                SpanFormula {
                    amount: Operand::Row(row),
                    seconds,
                    units: Operand::Fixed(1.0),
                    surplus: Operand::Fixed(0.0),
                },
            ] => return Span::Row(row, seconds),
            _ => {}
        }
        let fixed: Option<Vec<i32>> = formulas.iter().map(SpanFormula::fixed).collect();
        if let Some(longest) = fixed.and_then(|spans| spans.into_iter().max()) {
            return Span::Fixed(longest);
        }
        let begin = self.program.spans.len() as u32;
        self.program.spans.extend(formulas);
        Span::Longest(begin, self.program.spans.len() as u32)
    }

    fn costs(&mut self, position: usize, span: Span, observed: bool) -> (u32, u32) {
        let begin = self.program.costs.len() as u32;
        let network = self.network;
        let visit = &network.visits[position];
        for term in &visit.costs {
            let mut formula = self.cost(term, visit.timeline);
            if let (CostKind::PerSecond(rate), Span::Fixed(seconds)) = (&formula, span) {
                // Money at a fixed rate over a fixed span is a fixed sum.
                formula = CostKind::Constant(*rate * seconds as f32);
            }
            let purses = self.purses_of(term, position);
            if let CostKind::Constant(_) = formula {
                let amount = self.constant(term, span);
                for purse in &purses {
                    self.program.purses[*purse as usize].constant += amount;
                }
                if !observed {
                    continue;
                }
            }
            let first = self.program.targets.len() as u32;
            if !matches!(formula, CostKind::Constant(_)) {
                self.program.targets.extend(purses);
            }
            let row = if observed { self.program.cost_rows as u32 } else { NONE };
            self.program.cost_rows += usize::from(observed);
            let targets = (first, self.program.targets.len() as u32);
            self.program.costs.push(CostFormula { formula, targets, row });
        }
        (begin, self.program.costs.len() as u32)
    }

    /// What a cost without any doubt amounts to.
    fn constant(&self, term: &CostTerm, span: Span) -> f64 {
        let fixed = |quantity: Quantity| match self.operand(quantity) {
            Operand::Fixed(value) => value,
            Operand::Row(_) => 0.0,
        };
        match &term.money {
            Money::Once { amount, price, factor, surplus, .. } => {
                fixed(*amount) * (1.0 + surplus.map_or(0.0, fixed)) * fixed(*price) * factor
            }
            Money::Effort { effort, tariff } => fixed(*effort) * (fixed(tariff.first) / tariff.per),
            Money::Running { units, tariff } => match span {
                Span::Fixed(seconds) => {
                    fixed(units.0) * (fixed(tariff.first) / tariff.per) * f64::from(seconds)
                }
                _ => 0.0,
            },
        }
    }

    fn purses_of(&self, term: &CostTerm, position: usize) -> Vec<u32> {
        let owner = Some((term.category, stage_of(term)));
        let bucket =
            self.program.purses[..self.program.buckets].iter().position(|purse| purse.bucket == owner);
        let scopes = self.scopes.iter().filter(|scope| {
            scope.member[position]
                && scope.categories.as_ref().is_none_or(|these| these.contains(&term.category))
        });
        bucket.into_iter().map(|bucket| bucket as u32).chain(scopes.map(|scope| scope.purse)).collect()
    }

    fn cost(&self, term: &CostTerm, timeline: u16) -> CostKind {
        match &term.money {
            Money::Once { amount, price, factor, surplus, changes } => {
                let surplus = surplus.map(|surplus| self.operand(surplus));
                if changes.is_empty() {
                    return product(&[self.operand(*amount), self.operand(*price)], *factor, surplus, false);
                }
                CostKind::Dated(Box::new(DatedCost::Once {
                    amount: self.operand(*amount),
                    surplus: surplus.unwrap_or(Operand::Fixed(0.0)),
                    factor: *factor,
                    price: self.operand(*price),
                    changes: self.changes(changes),
                }))
            }
            Money::Effort { effort, tariff } => {
                let effort = self.operand(*effort);
                if tariff.changes.is_empty() {
                    return product(&[effort, self.operand(tariff.first)], 1.0 / tariff.per, None, false);
                }
                CostKind::Dated(Box::new(DatedCost::Effort { effort, tariff: self.tariff(tariff) }))
            }
            Money::Running { units, tariff } => {
                let units = self.operand(units.0);
                if tariff.changes.is_empty() && tariff.timeline == Some(timeline) {
                    return product(&[units, self.operand(tariff.first)], 1.0 / tariff.per, None, true);
                }
                CostKind::Dated(Box::new(DatedCost::Running { units, tariff: self.tariff(tariff) }))
            }
        }
    }

    fn tariff(&self, tariff: &Tariff) -> TariffOp {
        TariffOp {
            timeline: tariff.timeline,
            first: self.operand(tariff.first),
            per_second: 1.0 / tariff.per,
            changes: self.changes(&tariff.changes),
        }
    }

    /// Changes by wall seconds since the anchor; the last one at or before it becomes the first.
    fn changes(&self, changes: &[(crate::units::Instant, Quantity)]) -> Vec<(i64, Operand)> {
        let anchor = self.network.timelines.first().map_or(0, |timeline| timeline.start().seconds());
        changes.iter().map(|(from, value)| (from.seconds() - anchor, self.operand(*value))).collect()
    }

    fn overheads(&mut self) {
        let scopes_of_surcharges = self.scopes.len() - self.network.surcharges.len();
        for hammock in &self.network.hammocks {
            let bucket = self.bucket(hammock.category);
            let also = self
                .network
                .surcharges
                .iter()
                .zip(&self.scopes[scopes_of_surcharges..])
                .filter(|(surcharge, scope)| {
                    surcharge.visits.is_none()
                        && scope.categories.as_ref().is_none_or(|these| these.contains(&hammock.category))
                })
                .map(|(_, scope)| scope.purse)
                .collect();
            let over =
                hammock.over.as_ref().map(|visits| visits.iter().map(|visit| visit.index() as u32).collect());
            let tariff = self.tariff(&hammock.tariff);
            self.program.hammocks.push(HammockOp { over, tariff, purse: bucket, also });
        }
        for (surcharge, scope) in self.network.surcharges.iter().zip(&self.scopes[scopes_of_surcharges..]) {
            let purse = self.bucket(surcharge.category);
            let share = self.operand(surcharge.share);
            self.program.surcharges.push(SurchargeOp { share, on: vec![scope.purse], purse });
        }
    }

    fn bucket(&self, category: Category) -> u32 {
        let owner = Some((category, None));
        self.program.purses[..self.program.buckets]
            .iter()
            .position(|purse| purse.bucket == owner)
            .unwrap_or(0) as u32
    }

    fn keep(&mut self, purpose: &Purpose<'_>) {
        let nodes = &mut self.program.nodes;
        let mut kept: Vec<(u32, bool)> = Vec::new();
        kept.extend(purpose.keep.starts.iter().map(|visit| (visit.index() as u32, true)));
        kept.extend(purpose.keep.finishes.iter().map(|visit| (visit.index() as u32, false)));
        if purpose.keep_last {
            kept.extend(
                (0..nodes.len() as u32).filter(|visit| nodes[*visit as usize].ends_plan).map(|v| (v, false)),
            );
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
            if node.kernel == Kernel::General || self.program.axis == Axis::Wall {
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
            let sampler = &self.program.variables[draw.variable as usize].sampler;
            let highest = f64::from(self.program.samplers.value(sampler, u32::MAX)) * seconds;
            if highest < CAP as f64 { highest.max(0.0) as i64 + 1 } else { CAP }
        })
    }
}

impl SpanFormula {
    /// The span, if nothing in it is drawn.
    fn fixed(&self) -> Option<i32> {
        let (Operand::Fixed(amount), Operand::Fixed(units), Operand::Fixed(surplus)) =
            (self.amount, self.units, self.surplus)
        else {
            return None;
        };
        Some(super::rows::whole_span(amount * (1.0 + surplus) * self.seconds / units))
    }
}

/// A product with everything fixed in its factor.
fn product(operands: &[Operand], factor: f64, surplus: Option<Operand>, times_span: bool) -> CostKind {
    let mut factor = factor;
    let mut rows = Vec::new();
    for operand in operands {
        match operand {
            Operand::Fixed(value) => factor *= value,
            Operand::Row(row) => rows.push(*row),
        }
    }
    let surplus = surplus.filter(|surplus| match surplus {
        Operand::Fixed(share) => {
            factor *= 1.0 + share;
            false
        }
        Operand::Row(_) => true,
    });
    let factor = factor as f32;
    match (rows.is_empty() && surplus.is_none(), times_span) {
        (true, true) => CostKind::PerSecond(factor),
        (true, false) => CostKind::Constant(factor),
        _ => CostKind::Product { factor, rows, surplus, times_span },
    }
}

fn stage_of(term: &CostTerm) -> Option<u32> {
    term.stage.map(|stage| stage.index() as u32)
}

/// The links into the visit at this position.
fn incoming(network: &Network, position: usize) -> Range<usize> {
    network.incoming[position] as usize..network.incoming[position + 1] as usize
}

/// A pair of indices as a range.
#[inline(always)]
pub(super) fn range(pair: (u32, u32)) -> Range<usize> {
    pair.0 as usize..pair.1 as usize
}

/// All variables as they are drawn, tables shared between equal shapes.
fn draws_of(network: &Network) -> (Samplers, Vec<Drawn>) {
    let (samplers, each) = Samplers::of(network.variables.iter().map(|variable| &variable.distribution));
    let variables = network
        .variables
        .iter()
        .zip(each)
        .map(|(variable, sampler)| Drawn {
            stream: stream_of(&variable.name),
            sampler,
            mean: variable.distribution.mean() as f32,
        })
        .collect();
    (samplers, variables)
}

fn note(quantity: Quantity, seen: &mut Vec<u32>) {
    if let Quantity::Variable(variable) = quantity {
        seen.push(variable.0);
    }
}

fn span_variables(term: &SpanTerm, seen: &mut Vec<u32>) {
    note(term.amount, seen);
    term.units.into_iter().chain(term.surplus).for_each(|quantity| note(quantity, seen));
}

fn tariff_variables(tariff: &Tariff, seen: &mut Vec<u32>) {
    note(tariff.first, seen);
    tariff.changes.iter().for_each(|(_, value)| note(*value, seen));
}

fn cost_variables(term: &CostTerm, seen: &mut Vec<u32>) {
    match &term.money {
        Money::Once { amount, price, surplus, changes, .. } => {
            note(*amount, seen);
            note(*price, seen);
            surplus.iter().for_each(|surplus| note(*surplus, seen));
            changes.iter().for_each(|(_, value)| note(*value, seen));
        }
        Money::Effort { effort, tariff } => {
            note(*effort, seen);
            tariff_variables(tariff, seen);
        }
        Money::Running { units, tariff } => {
            note(units.0, seen);
            tariff_variables(tariff, seen);
        }
    }
}

/// Where each variable is used. Lags are looked at twice (forwards, and when tracing back), and
/// overheads after all visits, so their variables are shared.
fn homes(network: &Network, observed: bool) -> Vec<Home> {
    let mut home = vec![Home::Unused; network.variables.len()];
    let mut seen = Vec::new();
    for (position, visit) in network.visits.iter().enumerate() {
        visit.spans.iter().for_each(|term| span_variables(term, &mut seen));
        visit.costs.iter().for_each(|term| cost_variables(term, &mut seen));
        for variable in seen.drain(..) {
            let home = &mut home[variable as usize];
            *home = match *home {
                Home::Unused => Home::Visit(position as u32),
                Home::Visit(other) if other == position as u32 => *home,
                _ => Home::Shared,
            };
        }
    }
    for link in &network.links {
        if let VisitLag::Work(lag) | VisitLag::Elapsed(lag) | VisitLag::Share(lag) = link.lag {
            note(lag, &mut seen);
        }
    }
    for hammock in &network.hammocks {
        tariff_variables(&hammock.tariff, &mut seen);
    }
    network.surcharges.iter().for_each(|surcharge| note(surcharge.share, &mut seen));
    seen.into_iter().for_each(|variable| home[variable as usize] = Home::Shared);
    let _ = observed;
    for (variable, home) in network.variables.iter().zip(&mut home) {
        if variable.distribution.is_fixed() {
            *home = Home::Unused;
        }
    }
    home
}
