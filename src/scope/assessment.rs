//! One solution: how feasible it is, what it takes, what it is worth.

use crate::forecast::Stamp;
use crate::model::{DataKind, Metric, Plan, Solution, SolutionId, SolutionKind, System};
use crate::network::{Curves, Improvement, Network, NetworkError, ProgressEnd};
use crate::simulate::{Settings, drawn, uniform};

use super::amounts::Amounts;
use super::checkpoint::{Passage, StopLine};
use super::decision::{Change, Decision, Plateau, Reason};
use super::drivers::{NetDriver, drivers};
use super::evidence::{EvidenceItem, evidence_of};
use super::facts::{Facts, day_seconds};
use super::scores::{ScoreInputs, Scores, median};
use super::value::{DAYS_PER_YEAR, Discount, Drift, Run, Terms, Worth, share_at};
use super::worths::{Worths, at, curve, worth_of_knowing};

/// Working days of a month by which a later start is judged.
const MONTH: f64 = DAYS_PER_YEAR / 12.0;

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
    fn of(plan: &Plan, id: SolutionId) -> Option<Self> {
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

impl CostFigures {
    fn of(costs: &[f64]) -> Self {
        let by_cost = sorted(costs.to_vec());
        Self { mean: mean(costs.iter().copied()), p50: at(&by_cost, 0.5), p80: at(&by_cost, 0.8) }
    }
}

/// The values of all factors in every iteration, shared by all solutions.
pub(super) fn factor_draws(plan: &Plan, settings: &Settings) -> Vec<Vec<f64>> {
    let factors = plan.scoping.factors.iter();
    factors
        .map(|factor| drawn(&factor.value.distribution, &format!("factor:{}", factor.key), settings))
        .collect()
}

/// On which terms value counts.
fn terms(plan: &Plan, solution: &Solution) -> Terms {
    let value = solution.value.as_ref();
    let retraining = solution.monitoring.map_or(0.0, |monitoring| {
        monitoring.retrain_every_days.map_or(0.0, |days| monitoring.retrain_cost.0 * 365.0 / days)
    });
    Terms {
        discount: Discount::at_rate(plan.scoping.terms.discount_rate),
        horizon: plan.scoping.terms.horizon_months / 12.0,
        ramp: value.map_or(0.0, |value| value.ramp_months / 12.0),
        launch_cost: value.map_or(0.0, |value| value.launch_cost.0),
        run_cost: value.map_or(0.0, |value| value.run_cost_per_year.0) + retraining,
    }
}

/// Everything a solution's runs have in common while they are judged.
pub(super) struct Judge<'a> {
    id: SolutionId,
    pub(super) solution: &'a Solution,
    metric: Option<&'a Metric>,
    terms: Terms,
    pub(super) facts: &'a Facts,
    pub(super) factors: &'a [Vec<f64>],
    pub(super) sells: Vec<bool>,
    ageing: f64,
}

impl Judge<'_> {
    /// The value of a year at the metric reached in a run.
    fn yearly(&self, run: usize) -> f64 {
        let Some(value) = &self.solution.value else { return 0.0 };
        let product: f64 = value.factors.iter().map(|factor| self.factors[factor.index()][run]).product();
        product * self.share(run) * self.ageing
    }

    fn share(&self, run: usize) -> f64 {
        let reached = self.facts.progress.as_ref().zip(self.metric);
        let Some((progress, metric)) = reached else { return 1.0 };
        let links = self.solution.value.iter().flat_map(|value| &value.metric_links);
        let links: Vec<(f64, f64)> = links.map(|link| (link.metric, link.share)).collect();
        let is_upward = metric.direction == crate::model::Direction::Up;
        metric.at_gap(progress[run].gap).map_or(1.0, |value| share_at(&links, value, is_upward))
    }

    /// What a run is worth if all begins so many working days later.
    fn worth(&self, run: usize, later: f64) -> Worth {
        let facts = self.facts;
        let years = |days: f64| (days + later) / DAYS_PER_YEAR;
        self.terms.worth(&Run {
            development: facts.discounted[run] * self.terms.discount.factor(later / DAYS_PER_YEAR),
            launch: facts.is_launched[run].then(|| years(facts.days[run])),
            succeeds: self.sells[run],
            yearly: self.yearly(run),
        })
    }

    /// What a run costs, the launch included.
    fn cost(&self, run: usize) -> f64 {
        let launch = if self.facts.is_launched[run] { self.terms.launch_cost } else { 0.0 };
        self.facts.cost[run] + launch
    }

    /// How improving ends in a run: well, where there is nothing to improve.
    fn end(&self, run: usize) -> ProgressEnd {
        self.facts.progress.as_ref().map_or(ProgressEnd::Reached, |progress| progress[run].end)
    }

    fn runs(&self) -> std::ops::Range<usize> {
        0..self.facts.cost.len()
    }

    /// The share of runs of which something holds.
    fn share_of(&self, holds: impl Fn(usize) -> bool) -> f64 {
        self.runs().filter(|&run| holds(run)).count() as f64 / self.facts.cost.len() as f64
    }

    fn fallback(&self) -> Fallback {
        Fallback {
            id: self.id,
            key: self.solution.key.clone(),
            p_begun: self.share_of(|run| self.facts.is_begun[run]),
            p_launch: self.share_of(|run| self.facts.is_launched[run]),
        }
    }
}

/// Assesses one solution, with those it falls back on, but for the decision.
///
/// # Errors
/// If the plan of this solution alone has no network.
pub(super) fn assess(
    plan: &Plan,
    id: SolutionId,
    factors: &[Vec<f64>],
    settings: &Settings,
) -> Result<Assessment, NetworkError> {
    let alone = plan.with_solutions(&[id]);
    let network = Network::of(&alone)?;
    let chain: Vec<SolutionId> = plan.with_fallbacks(id).collect();
    let discount = Discount::at_rate(plan.scoping.terms.discount_rate);
    let facts = Facts::of(&alone, &network, &chain, settings, discount);
    let judges: Vec<Judge> =
        chain.iter().zip(&facts).map(|(&id, facts)| judge(plan, id, facts, factors, settings)).collect();
    let amounts = Amounts::of(&alone, &chain, settings)?;
    Ok(summary(plan, &network, &judges, amounts))
}

fn judge<'a>(
    plan: &'a Plan,
    id: SolutionId,
    facts: &'a Facts,
    factors: &'a [Vec<f64>],
    settings: &Settings,
) -> Judge<'a> {
    let solution = &plan.scoping[id];
    let p_commercial = solution.value.as_ref().map_or(0.0, |value| value.p_commercial);
    let sells = uniform(&format!("commercial:{}", solution.key), settings);
    Judge {
        id,
        solution,
        metric: solution.metric.map(|metric| &plan.scoping[metric]),
        terms: terms(plan, solution),
        facts,
        factors,
        sells: sells.into_iter().map(|u| u < p_commercial).collect(),
        ageing: ageing(solution),
    }
}

/// The mean share of value that a model keeps between trainings.
fn ageing(solution: &Solution) -> f64 {
    let drift = solution.monitoring.and_then(|it| it.drift_half_life_days.zip(it.retrain_every_days));
    drift.map_or(1.0, |(half_life, interval)| Drift::with_half_life(half_life).mean_value(interval))
}

/// What a solution comes to, with those it falls back on: `judges` are of all of them in turn.
fn summary(plan: &Plan, network: &Network, judges: &[Judge<'_>], amounts: Amounts) -> Assessment {
    let judge = &judges[0];
    let (facts, solution) = (judge.facts, judge.solution);
    let runs = || judge.runs();
    let launched = |run: usize| facts.is_launched[run];
    let all_worths = |later: f64| -> Vec<Worth> {
        let worth = |run| judges.iter().map(|judge| judge.worth(run, later)).sum();
        runs().map(worth).collect()
    };
    let alone: Vec<Worth> = runs().map(|run| judge.worth(run, 0.0)).collect();
    let worths = all_worths(0.0);
    let later = mean(all_worths(MONTH).iter().map(|worth| worth.net));
    let summed = |of: &dyn Fn(&Judge<'_>, usize) -> f64| -> Vec<f64> {
        runs().map(|run| judges.iter().map(|judge| of(judge, run)).sum()).collect()
    };
    let costs = summed(&|judge, run| judge.cost(run));
    let days = sorted(runs().filter(|&run| launched(run)).map(|run| facts.days[run]).collect());
    let figures = Worths::of(&worths).expect("a simulation has at least one iteration");
    let yearly_value = median(runs().filter(|&run| launched(run)).map(|run| judge.yearly(run)));
    let p_feasible = judge.share_of(|run| launched(run) && judge.end(run) == ProgressEnd::Reached);
    let effort = at(&sorted(amounts.effort(plan)), 0.5);
    let improvement = network.improvements().map(|it| it.0).find(|it| it.solution == judge.id);
    let mean_where = |is_launched: bool| {
        let kept = runs().filter(|&run| launched(run) == is_launched).map(|run| worths[run].net);
        kept.clone().next().is_some().then(|| mean(kept))
    };
    let development = mean(summed(&|judge, run| judge.facts.discounted[run]).into_iter());
    let scores = Scores::of(&ScoreInputs {
        yearly_value,
        p_feasible,
        effort_days: effort,
        expected: figures.expected,
        expected_later: later,
        duration_months: mean(facts.days.iter().copied()) / MONTH,
        development,
    });
    Assessment {
        id: judge.id,
        key: solution.key.clone(),
        name: solution.name.clone(),
        kind: solution.kind,
        data_kind: solution.data_kind,
        system: solution.system,
        evidence: evidence_of(solution),
        p_metric: judge.share_of(|run| judge.end(run) == ProgressEnd::Reached),
        p_feasible,
        p_partial: judge.share_of(|run| launched(run) && judge.end(run) == ProgressEnd::Partial),
        p_launch: judge.share_of(launched),
        p_in_time: limit(plan, network)
            .map(|by| judge.share_of(|run| launched(run) && facts.days[run] <= by)),
        launch: (!days.is_empty()).then(|| [0.5, 0.8].map(|p| stamp(plan, network, at(&days, p)))),
        cost: CostFigures::of(&costs),
        development,
        effort,
        iterations: reached(facts),
        worths: figures,
        drivers: drivers(plan, judge, &worths),
        yearly_value,
        worth_of_knowing: worth_of_knowing(runs().map(|run| (alone[run].net, launched(run)))),
        stop: stop_line(judge, improvement, &alone),
        scores,
        plateau: improvement.and_then(|it| plateau(judge, it)),
        by_launch: (mean_where(true), mean_where(false)),
        decision: Decision::Hold,
        reasons: Vec::new(),
        changes: Vec::new(),
        readiness: ReadinessFigures::of(plan, judge.id),
        fallbacks: judges[1..].iter().map(Judge::fallback).collect(),
        amounts,
        costs,
        all_worths: worths,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Working days until the deadline, if there is one.
pub(super) fn limit(plan: &Plan, network: &Network) -> Option<f64> {
    let deadline = plan.scoping.terms.deadline.or(plan.deadline)?;
    Some(network.plan_seconds(network.axis_limit(deadline.ends())) as f64 / day_seconds(plan))
}

/// A moment after so many working days.
pub(super) fn stamp(plan: &Plan, network: &Network, days: f64) -> Stamp {
    let date = network.timelines[0].finish_instant((days * day_seconds(plan)).round() as i64);
    Stamp { days, date: plan.start.map(|_| date) }
}

/// Iterations of runs that reach the target: P10, P50, P90.
fn reached(facts: &Facts) -> Option<[u32; 3]> {
    let progress = facts.progress.as_ref()?;
    let reached = progress.iter().filter(|it| it.end == ProgressEnd::Reached);
    let mut iterations: Vec<f64> = reached.map(|it| f64::from(it.iterations)).collect();
    iterations.sort_unstable_by(f64::total_cmp);
    (!iterations.is_empty()).then(|| [0.1, 0.5, 0.9].map(|p| at(&iterations, p) as u32))
}

/// The stop line of the checkpoint, as a gap and as a metric.
fn stop_line(
    judge: &Judge<'_>,
    improvement: Option<&Improvement>,
    worths: &[Worth],
) -> Option<(StopLine, f64, u32)> {
    let after = improvement?.checkpoint?;
    let progress = judge.facts.progress.as_ref()?;
    let passages = judge.facts.until_checkpoint.iter().enumerate().map(|(run, until)| {
        let (stop, gap) = ((*until)?, progress[run].measured?);
        Some(Passage { gap, stop: -stop, go: worths[run].net })
    });
    let line = StopLine::of(&passages.collect::<Vec<_>>())?;
    Some((line, judge.metric?.at_gap(line.gap)?, after))
}

/// Where a history stands, and what it comes to.
fn plateau(judge: &Judge<'_>, improvement: &Improvement) -> Option<Plateau> {
    let Curves::History(posterior) = &improvement.curves else { return None };
    let last = judge.solution.evidence.history.as_ref()?.points.last()?;
    let metric = judge.metric?;
    let limit = posterior.now() + f64::from(improvement.at_most) * improvement.adds;
    let [low, middle, high] = posterior.gap_quantiles(limit, [0.05, 0.5, 0.95]).map(|gap| metric.at_gap(gap));
    let mut forecast = [low?, middle?, high?];
    forecast.sort_by(f64::total_cmp);
    Some(Plateau {
        value: last.value,
        effort: last.effort,
        limit,
        forecast,
        target: metric.target?,
        chance: posterior.p_target(limit, improvement.target),
    })
}
