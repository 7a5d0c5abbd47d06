//! What remains to be done and to be spent, over time, with its band.

use super::Stamp;

/// What burns down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BurnKind {
    /// Work: person-days, or days of duration in a plan without people.
    Work,
    /// Money: the budget (without one, the deterministic cost) minus what is spent.
    Money,
}

/// Remaining work or money over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Burndown {
    /// What burns down.
    pub kind: BurnKind,
    /// `person-days`, `days`, or the plan's currency.
    pub unit: String,
    /// The plan's name.
    pub plan: String,
    /// How much there is at the start.
    pub total: f64,
    /// The grid, ascending in time.
    pub points: Vec<BurnPoint>,
    /// The plan's deadline.
    pub deadline: Option<Stamp>,
    /// How many iterations the band rests on.
    pub iterations: usize,
    /// Money only: the share of iterations in which it runs out before the plan is done.
    pub runs_out: Option<f64>,
    /// Money only: half of those iterations have run out by then.
    pub run_out_median: Option<Stamp>,
}

/// What remains at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurnPoint {
    /// The moment.
    pub at: Stamp,
    /// What the plan as written says remains.
    pub planned: f64,
    /// P10 of what remains.
    pub p10: f64,
    /// P50 of what remains.
    pub p50: f64,
    /// P90 of what remains.
    pub p90: f64,
}
