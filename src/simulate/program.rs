//! The network compiled for blocks of iterations: which rows exist, and which kernel each visit
//! runs through.
//!
//! A plain visit (FS links in one timeline, one span) is a handful of numbers. What fewer visits
//! use (other links, drawn lags, conversions between timelines, dated money) is kept aside, and
//! only those visits go there. Here is what a program is; [`compile`] and the files beside it make one.

mod branch;
mod compile;
mod computed;
mod effects;
mod homes;
mod links;
mod money;
mod purses;
mod spans;

use std::ops::Range;

use crate::model::{Category, LinkKind, Payment, Timeline};
use crate::network::{Axis, CAP, Escalation, Follows, Network};

use super::mixing::{MixId, Mixing};
use super::sampler::{Sampler, Samplers};
use super::settings::Keep;
use super::tables::Tables;
pub(super) use branch::{Branch, BranchLink, ConditionOp};
use compile::Compiler;
pub(super) use computed::ComputedOp;
pub(super) use effects::{EffectOp, EffectsOp, SeasonOp};

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
    /// What only visits that may be absent or fail, and their successors, know.
    pub(super) branches: Vec<Branch>,
    /// What only visits that risks hit, and repeats, know.
    pub(super) effects: Vec<EffectsOp>,
    pub(super) network: &'a Network,
    /// The visits of each milestone that has more than one, in order.
    pub(super) several: Vec<Vec<u32>>,
    /// How many visits may be absent.
    pub(super) exists_rows: usize,
    /// How many masks of seasons are kept.
    pub(super) struck_rows: usize,
    /// Whether there are runs that are not delivered: then what is counted and paid waits for the end of the pass.
    pub(super) can_fail: bool,
    pub(super) costs: Vec<CostFormula>,
    pub(super) targets: Vec<u32>,
    pub(super) variables: Vec<Drawn>,
    pub(super) samplers: Samplers,
    pub(super) mixing: Mixing,
    /// Variables drawn before the visits, with the value row each fills.
    pub(super) shared: Vec<NodeDraw>,
    /// Rows that are computed from those.
    pub(super) computed: Vec<ComputedOp<'a>>,
    /// By one of several solutions what may end it: the visits of a milestone, and where it does.
    pub(super) alternatives: Vec<Vec<(Vec<u32>, Operand)>>,
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
    pub(super) risk_costs: Vec<RiskCostOp>,
    /// How prices rise, by category.
    pub(super) escalations: [Option<Escalation<Operand>>; Category::ALL.len()],
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
    /// Into `branches`, or [`NONE`].
    pub(super) branch: u32,
    /// Into `effects`, or [`NONE`].
    pub(super) effects: u32,
    /// The mask row of its existence, or [`NONE`] where it always exists.
    pub(super) exists: u32,
    /// Into `several`, or [`NONE`] where its milestone has one visit.
    pub(super) several: u32,
}

/// How a visit's start is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    /// FS links with fixed lags from visits of the same timeline; no bound on the finish.
    Plain,
    /// Any links within what always exists.
    General,
    /// What may be absent or fail, or follows what may be absent.
    Branch,
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
    /// How its score is mixed, if it is correlated.
    pub(super) mix: Option<MixId>,
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
    pub(super) follows: Follows,
    /// What 1 of its currency is worth.
    pub(super) exchange: Operand,
    /// Whose prices it rises with, an index of `escalations`; [`NONE`]: none.
    pub(super) rises: u32,
    /// When it is paid; `None`: over the span, or by the second.
    pub(super) payments: Option<Vec<Payment>>,
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
    /// `effort × (1 + surplus)`, spread over the span, times the tariff.
    Effort { effort: Operand, surplus: Operand, tariff: TariffOp },
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
    pub(super) exchange: Operand,
    /// An index of `escalations`.
    pub(super) category: usize,
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

/// Money that a risk costs once, or a response.
#[derive(Clone, Debug)]
pub(super) struct RiskCostOp {
    /// 1 where it happens; `None`: a price that is always paid.
    pub(super) happens: Option<Operand>,
    pub(super) amount: Operand,
    pub(super) exchange: Operand,
    /// The visits it may strike, with the mask row of its season there, or [`NONE`].
    pub(super) hits: Vec<(u32, u32)>,
    pub(super) purse: u32,
    /// Further purses that surcharges look into.
    pub(super) also: Vec<u32>,
}

/// Where what does not exist lies: before all time, so that no bound of it ever holds.
pub const NEVER: i32 = -(1 << 30);

/// A limit clamped to what positions compare with.
pub(super) fn clamp_limit(limit: i64) -> i32 {
    limit.clamp(-1, CAP + 1) as i32
}

/// A position clamped into what the engine computes with.
pub(super) fn clamp_position(position: i64) -> i32 {
    i32::try_from(position.clamp(0, CAP)).unwrap_or(0)
}

/// What a program is made for.
pub(super) struct Purpose<'k> {
    pub(super) keep: &'k Keep,
    /// Visits kept besides those that `keep` lists.
    pub(super) keep_last: bool,
    /// Whether all visits are.
    pub(super) keep_all: bool,
    /// Whether starts and cost terms of all visits are kept in rows.
    pub(super) observed: bool,
    /// Quantile tables that are built already.
    pub(super) tables: &'k Tables,
}

impl<'a> Program<'a> {
    pub(super) fn new(network: &'a Network, purpose: &Purpose<'_>) -> Self {
        Compiler::new(network, purpose.tables, purpose.observed).run(purpose)
    }

    /// The timelines of a node and of the plan.
    pub(super) fn calendars_of(&self, node: &Node) -> (&'a Timeline, &'a Timeline) {
        (&self.timelines[node.timeline as usize], &self.timelines[0])
    }

    /// The category of each bucket, with its stage.
    pub(super) fn bucket_owners(&self) -> impl Iterator<Item = (Category, Option<u32>)> {
        self.purses[..self.buckets].iter().filter_map(|purse| purse.bucket)
    }
}

/// A pair of indices as a range.
#[inline(always)]
pub(super) fn range(pair: (u32, u32)) -> Range<usize> {
    pair.0 as usize..pair.1 as usize
}
