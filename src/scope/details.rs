//! What stands behind the figures of one solution: its curve, what may end it, where the money goes, how it ages.

use crate::model::{Plan, Solution};
use crate::network::{Curves, Improvement};

use super::judge::Judge;
use super::value::{Drift, expected_commercial_value};

/// The most numbers of iterations of which a chance is told.
const MOST_STEPS: u32 = 6;

/// What stands behind the figures of one solution, without those it falls back on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// How its metric gets better.
    pub progression: Option<Progression>,
    /// What may end it: risks of its own.
    pub ends: Vec<SolutionRisk>,
    /// Stages by their share of the cost of runs that launch, before the launch; money outside of all stages last.
    pub stages: Vec<StageShare>,
    /// How it is kept young.
    pub ageing: Option<Ageing>,
    /// Its expected commercial value by Cooper's formula, from means over the runs: another way to the expected net
    /// present value.
    pub commercial_value: f64,
}

/// How a metric gets better.
#[derive(Clone, Debug, PartialEq)]
pub struct Progression {
    /// What is believed of its curve.
    pub belief: Belief,
    /// The chance that the target is reached in so many iterations, ascending; the last are all there may be.
    pub chances: Vec<(u32, f64)>,
}

/// What is believed of a learning curve.
#[derive(Clone, Debug, PartialEq)]
pub enum Belief {
    /// From a history: how much each family weighs (exponential, power, Hill), and the share of the first gap that
    /// stays for ever, in the mean.
    History {
        /// Shares.
        families: [f64; 3],
        /// A share.
        stays: f64,
    },
    /// From what speaks for a new system: the metric in the end, 5 %, in the middle, and 95 %.
    Reachable([f64; 3]),
}

/// What ends a solution where it happens.
#[derive(Clone, Debug, PartialEq)]
pub struct SolutionRisk {
    /// Its name.
    pub name: String,
    /// How likely it is.
    pub probability: f64,
    /// The name of the milestone that settles it.
    pub settled_by: String,
}

/// A stage's share of a cost.
#[derive(Clone, Debug, PartialEq)]
pub struct StageShare {
    /// Its key and name; `None`: of no stage.
    pub stage: Option<(String, String)>,
    /// The share of the cost of runs that launch, before the launch.
    pub share: f64,
}

/// How a model is kept young.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ageing {
    /// Days between trainings.
    pub every: f64,
    /// The mean share of its value that it keeps.
    pub keeps: f64,
    /// Days between trainings that would cost least in all, if a training costs anything and a day is worth anything.
    pub best: Option<f64>,
}

impl Details {
    pub(super) fn of(plan: &Plan, judge: &Judge<'_>, improvement: Option<&Improvement>) -> Self {
        Self {
            progression: improvement.and_then(|improvement| progression(judge, improvement)),
            ends: ends(plan, judge),
            stages: stages(plan, judge),
            ageing: ageing(judge.solution, judge.yearly_value()),
            commercial_value: commercial_value(judge),
        }
    }
}

fn progression(judge: &Judge<'_>, improvement: &Improvement) -> Option<Progression> {
    let metric = judge.metric?;
    let belief = match &improvement.curves {
        Curves::History(posterior) => {
            Belief::History { families: posterior.families(), stays: posterior.mean_floor() }
        }
        Curves::New { reach, .. } => {
            let [low, middle, high] = [0.05, 0.5, 0.95].map(|u| metric.at_gap(reach.draw(u)));
            let mut ends = [low?, middle?, high?];
            ends.sort_by(f64::total_cmp);
            Belief::Reachable(ends)
        }
    };
    let progress = judge.facts.progress.as_ref()?;
    let chance = |most: u32| {
        let is_reached = |needed: Option<f64>| needed.is_some_and(|needed| needed <= f64::from(most));
        (most, judge.share_of(|run| is_reached(progress[run].needed)))
    };
    let step = improvement.at_most.div_ceil(MOST_STEPS).max(1);
    let mut steps: Vec<u32> = (0..improvement.at_most).step_by(step as usize).collect();
    steps.push(improvement.at_most);
    Some(Progression { belief, chances: steps.into_iter().map(chance).collect() })
}

fn ends(plan: &Plan, judge: &Judge<'_>) -> Vec<SolutionRisk> {
    let own = plan.risks.iter().filter_map(|risk| Some((risk, risk.ends?)));
    own.filter(|(_, end)| end.solution == judge.id)
        .map(|(risk, end)| SolutionRisk {
            name: risk.name.clone(),
            probability: risk.terms().probability,
            settled_by: plan[end.resolved_by].name.clone(),
        })
        .collect()
}

fn stages(plan: &Plan, judge: &Judge<'_>) -> Vec<StageShare> {
    let sums = &judge.facts.cost_by_stage;
    let all: f64 = sums.iter().sum();
    let name = |at: usize| plan.stages.get(at).map(|stage| (stage.key.clone(), stage.name.clone()));
    let shares = sums.iter().enumerate().filter(|(_, sum)| **sum > 0.0);
    shares.map(|(at, sum)| StageShare { stage: name(at), share: sum / all }).collect()
}

fn ageing(solution: &Solution, yearly: f64) -> Option<Ageing> {
    let monitoring = solution.monitoring?;
    let (half_life, every) = monitoring.drift_half_life_days.zip(monitoring.retrain_every_days)?;
    let drift = Drift::with_half_life(half_life);
    let (cost, value) = (monitoring.retrain_cost.0, yearly / 365.0);
    let best = (cost > 0.0 && value > 0.0).then(|| drift.best_interval(cost, value));
    Some(Ageing { every, keeps: drift.mean_value(every), best })
}

/// Cooper's formula on the means of the runs: the present value of those that launch and sell, the chances of both,
/// what launching and running costs, what the way there costs.
fn commercial_value(judge: &Judge<'_>) -> f64 {
    let mean_of = |value: &dyn Fn(usize) -> f64, holds: &dyn Fn(usize) -> bool| {
        let kept = judge.runs().filter(|&run| holds(run));
        let (sum, count) = kept.fold((0.0, 0.0_f64), |(sum, count), run| (sum + value(run), count + 1.0));
        sum / count.max(1.0)
    };
    let launched = |run: usize| judge.facts.is_launched[run];
    let sold = |run: usize| launched(run) && judge.sells[run];
    let development = |run: usize| judge.facts.discounted[run];
    let after_launch = |run: usize| {
        let worth = judge.worth(run, 0.0);
        worth.benefit - worth.net - development(run)
    };
    let p_launch = judge.share_of(launched);
    let p_commercial = if p_launch > 0.0 { judge.share_of(sold) / p_launch } else { 0.0 };
    expected_commercial_value(
        mean_of(&|run| judge.worth(run, 0.0).benefit, &sold),
        p_commercial,
        mean_of(&after_launch, &launched),
        p_launch,
        mean_of(&development, &|_| true),
    )
}
