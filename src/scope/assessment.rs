//! What is said of one solution: how feasible it is, what it takes, what it is worth.

use crate::forecast::Stamp;
use crate::model::{DataKind, Plan, SolutionId, SolutionKind, System};

use super::amounts::Amounts;
use super::checkpoint::StopLine;
use super::decision::{Change, Decision, Plateau, Reason};
use super::details::Details;
use super::drivers::NetDriver;
use super::evidence::EvidenceItem;
use super::scores::Scores;
use super::value::Worth;
use super::worths::{Worths, curve};

/// What is said of one solution.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Which.
    pub id: SolutionId,
    /// Its key in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub kind: SolutionKind,
    /// What its data is like.
    pub data_kind: DataKind,
    /// Whether it starts afresh.
    pub system: System,
    /// Its evidence.
    pub evidence: Vec<EvidenceItem>,
    /// Whether it has a metric to improve: else it works or does not, and no part of it is worth a launch.
    pub improves: bool,
    /// The chance that the metric reaches its target in the iterations there may be.
    pub p_metric: f64,
    /// The chance that the target is reached and the solution gets to its launch.
    pub p_feasible: f64,
    /// The chance that it gets to its launch with the minimum only.
    pub p_partial: f64,
    /// The chance that it gets to its launch.
    pub p_launch: f64,
    /// The chance that it is launched by the deadline, if there is one.
    pub p_in_time: Option<f64>,
    /// Whether the 80th percentile of its launch is after the deadline.
    pub is_late: bool,
    /// Launch dates: P50 and P80 over the runs that launch.
    pub launch: Option<[Stamp; 2]>,
    /// Mean, P50 and P80 of the cost over all runs, launch included.
    pub cost: CostFigures,
    /// The mean cost before the launch, discounted.
    pub development: f64,
    /// P50 of the effort, in person-days.
    pub effort: f64,
    /// Iterations of runs that reach the target: P10, P50, P90.
    pub iterations: Option<[u32; 3]>,
    /// What it is worth.
    pub worths: Worths,
    /// What that goes with, the strongest first.
    pub drivers: Vec<NetDriver>,
    /// The median value of a year over launched runs.
    pub yearly_value: f64,
    /// What knowing feasibility beforehand is worth.
    pub worth_of_knowing: f64,
    /// The line of its checkpoint: the metric, the iterations before it, what it saves.
    pub stop: Option<(StopLine, f64, u32)>,
    /// Scores for sorting.
    pub scores: Scores,
    /// Its plateau, if it has a history.
    pub plateau: Option<Plateau>,
    /// The mean net present value of runs that launch, and of those that do not.
    pub by_launch: (Option<f64>, Option<f64>),
    /// What to do with it.
    pub decision: Decision,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What would change it.
    pub changes: Vec<Change>,
    /// How ready for production it is, if that is said.
    pub readiness: Option<ReadinessFigures>,
    /// What stands behind the figures.
    pub details: Details,
    /// What is begun where it fails, and where that fails, in turn. Cost, effort and worth include it.
    pub fallbacks: Vec<Fallback>,
    pub(super) costs: Vec<f64>,
    pub(super) all_worths: Vec<Worth>,
    /// What all runs take of each resource, with its fallbacks.
    pub(super) amounts: Amounts,
}

/// How ready for production a solution is, by the ML Test Score.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadinessFigures {
    /// The score of its weakest section.
    pub score: f64,
    /// What every section should have.
    pub target: f64,
    /// Points missing to that, over all sections.
    pub missing: f64,
    /// The key of the milestone in which they are made up for.
    pub milestone: Option<String>,
}

impl ReadinessFigures {
    pub(super) fn of(plan: &Plan, id: SolutionId) -> Option<Self> {
        let readiness = plan.scoping[id].readiness?;
        Some(Self {
            score: readiness.score(),
            target: readiness.target_score,
            missing: readiness.missing(),
            milestone: plan.readying(id).map(|it| plan[it.milestone].key.clone()),
        })
    }
}

/// A solution that is begun where another fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Fallback {
    /// Which.
    pub id: SolutionId,
    /// Its key in the plan file.
    pub key: String,
    /// The chance that it is begun.
    pub p_begun: f64,
    /// The chance that it is begun and gets to its launch.
    pub p_launch: f64,
}

impl Assessment {
    /// Its net present value by share of runs: at 0, 1/steps … 1, ascending.
    pub fn net_curve(&self, steps: usize) -> Vec<(f64, f64)> {
        curve(&self.all_worths, steps)
    }

    /// The evidence that is asked for and missing.
    pub fn missing_evidence(&self) -> impl Iterator<Item = &'static str> {
        self.evidence.iter().filter(|it| it.is_needed && !it.is_there).map(|it| it.name)
    }
}

/// Figures of a cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostFigures {
    /// The mean.
    pub mean: f64,
    /// What half of the runs stay below.
    pub p50: f64,
    /// What 80 % of the runs stay below.
    pub p80: f64,
}
