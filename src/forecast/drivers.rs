//! What the plan hangs on: everything uncertain taken away in turn, what the plan as written hides, and
//! how each milestone matters.

mod foremost;
mod indices;
mod opened;
mod removal;
mod response;
mod runs;
mod waterfall;

use crate::model::Plan;
use crate::network::Network;
use crate::simulate::{Samples, Settings};
use crate::stats::sample::kendall_noise;
use crate::units::Share;

use super::clock::Clock;
use super::figures::chance;
use super::whole::summary;
use super::{Difference, PlanSummary, Proportion, Stamp};
use opened::Opened;
use runs::Runs;

/// Everything `plan drivers` says.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverReport {
    /// The plan it is about.
    pub plan: PlanSummary,
    /// How many iterations each run has.
    pub iterations: usize,
    /// How they were drawn: `mc` or `lhs`.
    pub sampling: &'static str,
    /// The seed of all draws.
    pub seed: u64,
    /// The percentile that headlines.
    pub confidence: Share,
    /// The chance that the plan is delivered. All finishes are of delivered runs.
    pub delivered: Proportion,
    /// What happens to the headline if one thing after the other is no longer uncertain; the one that
    /// moves the finish most first.
    pub removals: Vec<Removal>,
    /// How many milestones were not taken away, because the plan is large: those that finish and cost
    /// follow least.
    pub not_removed: usize,
    /// How many other things were not, for the same reason.
    pub others_not_removed: usize,
    /// What responses to risks change, in file order of the risks.
    pub responses: Vec<ResponseValue>,
    /// How many responses were not tried, because the plan is large: of those not in force the ones to
    /// risks that finish and cost follow least.
    pub responses_not_tried: usize,
    /// What all responses together change; `None` with fewer than two.
    pub all_responses: Option<Change>,
    /// What the plan as written hides of the finish; `None` if the plan is never delivered.
    pub finish: Option<Waterfall<Stamp>>,
    /// What it hides of the cost; `None` if nothing costs anything.
    pub cost: Option<Waterfall<f64>>,
    /// How each milestone matters, in file order; removed ones left out.
    pub milestones: Vec<MilestoneIndices>,
    /// Rank correlations smaller than this may be chance.
    pub noise: f64,
    /// The same for Kendall's.
    pub kendall_noise: f64,
    /// How many iterations were opened one by one, from the first on: significance, spreads, Kendall's
    /// correlation, paths and merge points are of these.
    pub opened: usize,
    /// The paths that drive the finish most often, the most frequent first; at most [`Self::MAX_PATHS`].
    pub paths: Vec<DrivingPath>,
    /// How many different paths drove the finish.
    pub different_paths: usize,
    /// Where paths merge, the largest delay first.
    pub merges: Vec<MergePoint>,
}

/// What may be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Removed {
    /// A risk: it does not happen.
    Risk,
    /// A rework check: it passes.
    Rework,
    /// How a milestone turns out: the most probable way.
    Outcome,
    /// Whether a milestone succeeds: it does.
    Success,
    /// What quantities of a group have in common: each goes its own way.
    Correlation,
    /// The estimates of a stage: each at its middle.
    Stage,
    /// The estimates of a resource.
    Resource,
    /// The estimates of an overhead.
    Overhead,
    /// How prices rise.
    Escalation,
    /// What a currency is worth.
    Currency,
    /// How a solution gets better and how far its effort overruns: as in the plan as written.
    Solution,
    /// The estimates of a milestone.
    Milestone,
}

impl Removed {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Rework => "rework",
            Self::Outcome => "outcome",
            Self::Success => "success",
            Self::Correlation => "correlation",
            Self::Stage => "stage",
            Self::Resource => "resource",
            Self::Overhead => "overhead",
            Self::Escalation => "escalation",
            Self::Currency => "currency",
            Self::Solution => "solution",
            Self::Milestone => "milestone",
        }
    }
}

/// One thing taken away. Effects overlap (a stage holds milestones, paths share theirs), and do not
/// add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal {
    /// What kind of thing.
    pub kind: Removed,
    /// Its key in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it adds to finish and cost: the plan with it less the plan without it.
    pub adds: Change,
}

/// A change of finish and cost under the same draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Days of finish, positive is later, over the runs that deliver; `None` if none does.
    pub finish: Option<Difference>,
    /// Money, positive is dearer; `None` if nothing costs anything.
    pub cost: Option<Difference>,
}

/// What a response to a risk is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseValue {
    /// The risk's key in the plan file.
    pub key: String,
    /// The risk's name.
    pub name: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// What it changes: the plan with it less the plan without it.
    pub changes: Change,
}

/// The way from the plan as written to the headline; the steps add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall<T> {
    /// What the plan as written says.
    pub written: T,
    /// What comes on top, in order. The last is from the mean to the headline.
    pub steps: Vec<Step<T>>,
    /// The mean.
    pub mean: T,
    /// The percentile that headlines.
    pub headline: T,
}

/// One step of a waterfall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<T> {
    /// What it is.
    pub kind: StepKind,
    /// Days or money.
    pub amount: f64,
    /// Where it leads.
    pub to: T,
    /// Its 95 % interval, where it is an estimate.
    pub interval: Option<(f64, f64)>,
}

/// What the plan as written hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Estimates are likelier to be exceeded than undercut: all at their means.
    Skew,
    /// Where paths merge, the last one counts.
    Merging,
    /// Risks.
    Risks,
    /// Rework, branches and failure.
    Rework,
    /// Dates that step over nights and weekends: the mean of the dates less the date of the mean.
    Calendars,
    /// From the mean to the headline.
    Confidence,
}

/// How a milestone matters.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneIndices {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How often it is critical.
    pub criticality: Proportion,
    /// How often it is critical in runs that finish near the headline; `None` if no run does.
    pub near_headline: Option<Proportion>,
    /// Days by which the headline moves per day saved here; `None` if no run finishes near it.
    pub saves: Option<f64>,
    /// Spearman's rank correlation of what its duration is drawn from with the finish (of several draws,
    /// the largest); `None` if its duration is certain.
    pub cruciality: Option<f64>,
    /// Kendall's rank correlation of its duration with the finish, if asked for.
    pub kendall: Option<f64>,
    /// The significance index of Williams (1992): the mean of D/(D + float) × T/⟨T⟩.
    pub significance: f64,
    /// The schedule sensitivity index: criticality × sd(D)/sd(T).
    pub sensitivity: f64,
}

/// A path that drives the finish.
#[derive(Clone, Debug, PartialEq)]
pub struct DrivingPath {
    /// The ids of its milestones, from first to last, and which repeat of each it is (0: none).
    pub steps: Vec<(String, u32)>,
    /// How often it drives the finish, of the opened iterations.
    pub share: Proportion,
}

/// A milestone where paths merge.
#[derive(Clone, Debug, PartialEq)]
pub struct MergePoint {
    /// Its id in the plan file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The mean of the last arrival less the latest mean arrival, in days of its own calendar.
    pub delay_days: f64,
    /// The ids of its predecessors and how often each sets its start; ties count for all.
    pub drives: Vec<(String, f64)>,
}

impl StepKind {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Skew, Self::Merging, Self::Risks, Self::Rework, Self::Calendars, Self::Confidence];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Skew => "skew",
            Self::Merging => "merging",
            Self::Risks => "risks",
            Self::Rework => "rework",
            Self::Calendars => "calendars",
            Self::Confidence => "confidence",
        }
    }
}

impl DriverReport {
    /// How many driving paths are listed at most.
    pub const MAX_PATHS: usize = 10;

    /// What a plan hangs on, from its samples and the settings they were made with. Says now and then
    /// how many of how many further runs are done (from any thread). Kendall's correlation on request.
    pub fn of(
        plan: &Plan,
        network: &Network,
        settings: &Settings,
        samples: &Samples,
        with_kendall: bool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Self {
        let clock = Clock::of(plan, network);
        let runs = Runs::new(plan, network, settings, samples);
        let removal = removal::Candidates::of(plan, network, samples);
        let treatments = response::Treatments::of(plan, network, samples);
        let total = removal.count() + treatments.count();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let advance = || {
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
        };
        let (responses, all_responses) = treatments.values(&runs, &advance);
        let levels = waterfall::levels(&runs);
        let opened = Opened::of(plan, network, settings);
        Self {
            plan: summary(plan, clock),
            iterations: samples.finish.len(),
            sampling: samples.sampling.word(),
            seed: samples.seed,
            confidence: plan.confidence,
            delivered: chance(samples, |at| samples.is_delivered(at)),
            not_removed: removal.left_out_milestones,
            others_not_removed: removal.left_out_others,
            removals: removal.removals(&runs, &advance),
            responses,
            responses_not_tried: treatments.left_out,
            all_responses,
            finish: waterfall::finish(&runs, &levels, clock),
            cost: waterfall::cost(&runs, &levels),
            milestones: indices::indices(plan, network, samples, &opened, with_kendall),
            // 1.96 standard errors of no correlation, (1 − r²)/√n with r = 0.
            noise: 1.96 / (samples.finish.len().max(1) as f64).sqrt(),
            kendall_noise: kendall_noise(opened.finishes.len()),
            opened: opened.iterations,
            paths: opened.driving_paths(plan, network, Self::MAX_PATHS),
            different_paths: opened.paths.len(),
            merges: opened.merge_points(plan, network),
        }
    }
}
