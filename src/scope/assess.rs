//! From the runs of a solution to what is said of it.

use crate::forecast::Stamp;
use crate::model::{Plan, SolutionId};
use crate::network::{Curves, Improvement, Network, NetworkError, ProgressEnd};
use crate::simulate::Settings;
use crate::stats::sample::Sorted;
use crate::units::When;

use super::amounts::Amounts;
use super::assessment::{Assessment, CostFigures, ReadinessFigures};
use super::checkpoint::{Passage, StopLine};
use super::decision::{Decision, Plateau};
use super::details::Details;
use super::drivers::drivers;
use super::evidence::evidence_of;
use super::facts::{Facts, day_seconds};
use super::judge::Judge;
use super::scores::{ScoreInputs, Scores};
use super::value::{DAYS_PER_YEAR, Discount, Worth};
use super::worths::{Worths, worth_of_knowing};

/// Working days of a month by which a later start is judged.
const MONTH: f64 = DAYS_PER_YEAR / 12.0;

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
        chain.iter().zip(&facts).map(|(&id, facts)| Judge::of(plan, id, facts, factors, settings)).collect();
    let amounts = Amounts::of(&alone, &chain, settings)?;
    Ok(summary(plan, &network, &judges, amounts))
}

/// A solution, and after it those it falls back on: what a run comes to is the sum over them.
struct Chain<'c, 'j>(&'c [Judge<'j>]);

impl Chain<'_, '_> {
    fn summed<S: std::iter::Sum>(&self, of: impl Fn(&Judge<'_>, usize) -> S) -> Vec<S> {
        self.0[0].runs().map(|run| self.0.iter().map(|judge| of(judge, run)).sum()).collect()
    }

    fn mean(&self, of: impl Fn(&Judge<'_>, usize) -> f64) -> f64 {
        mean(&self.summed(of))
    }

    /// The runs if all begins so many working days later.
    fn worths(&self, later: f64) -> Vec<Worth> {
        self.summed(|judge, run| judge.worth(run, later))
    }

    /// Working days until the last of them ends, in the mean.
    fn duration(&self) -> f64 {
        let last = |run| self.0.iter().map(|judge| judge.facts.days[run]).fold(0.0, f64::max);
        mean(&self.0[0].runs().map(last).collect::<Vec<_>>())
    }

    /// The scores, for an effort in person-days and an expected worth.
    fn scores(&self, effort_days: f64, expected: f64) -> Scores {
        let nets: Vec<f64> = self.worths(MONTH).iter().map(|worth| worth.net).collect();
        Scores::of(&ScoreInputs {
            likely_value: self.0.iter().map(|judge| judge.yearly_value() * judge.p_feasible()).sum(),
            effort_days,
            expected,
            expected_later: mean(&nets),
            duration_months: self.duration() / MONTH,
            development: self.mean(|judge, run| judge.facts.discounted[run]),
        })
    }
}

/// What a solution comes to, with those it falls back on: `judges` are of all of them in turn.
fn summary(plan: &Plan, network: &Network, judges: &[Judge<'_>], amounts: Amounts) -> Assessment {
    let (chain, judge) = (Chain(judges), &judges[0]);
    let (facts, solution) = (judge.facts, judge.solution);
    let launched = |run: usize| facts.is_launched[run];
    let alone: Vec<Worth> = judge.runs().map(|run| judge.worth(run, 0.0)).collect();
    let worths = chain.worths(0.0);
    let costs = chain.summed(|judge, run| judge.cost(run));
    let figures = Worths::of(&worths).expect("a simulation has at least one iteration");
    let effort = Sorted::new(amounts.effort(plan)).map_or(0.0, |effort| effort.percentile(0.5));
    let improvement = network.improvements().map(|it| it.0).find(|it| it.solution == judge.id);
    let by = deadline(plan).map(|deadline| network.axis_limit(deadline.ends()));
    let launch = launch(judge);
    Assessment {
        id: judge.id,
        key: solution.key.clone(),
        name: solution.name.clone(),
        kind: solution.kind,
        data_kind: solution.data_kind,
        system: solution.system,
        evidence: evidence_of(solution),
        improves: facts.progress.is_some(),
        p_metric: judge.share_of(|run| judge.end(run) == ProgressEnd::Reached),
        p_feasible: judge.p_feasible(),
        p_partial: judge.share_of(|run| launched(run) && judge.end(run) == ProgressEnd::Partial),
        p_launch: judge.share_of(launched),
        p_in_time: by.map(|by| judge.share_of(|run| launched(run) && facts.finish[run] <= by)),
        is_late: by.zip(launch).is_some_and(|(by, [_, p80])| p80 > by),
        launch: launch.map(|finishes| finishes.map(|finish| axis_stamp(plan, network, finish))),
        cost: CostFigures::of(&costs),
        development: chain.mean(|judge, run| judge.facts.discounted[run]),
        effort,
        iterations: reached(facts),
        worths: figures,
        drivers: drivers(plan, judge, &worths),
        yearly_value: judge.yearly_value(),
        worth_of_knowing: worth_of_knowing(judge.runs().map(|run| (alone[run].net, launched(run)))),
        stop: stop_line(judge, improvement, &alone),
        scores: chain.scores(effort, figures.expected),
        plateau: improvement.and_then(|it| plateau(judge, it)),
        by_launch: (mean_where(judge, &worths, true), mean_where(judge, &worths, false)),
        decision: Decision::Hold,
        reasons: Vec::new(),
        changes: Vec::new(),
        readiness: ReadinessFigures::of(plan, judge.id),
        details: Details::of(plan, judge, improvement),
        fallbacks: judges[1..].iter().map(Judge::fallback).collect(),
        amounts,
        costs,
        all_worths: worths,
    }
}

impl CostFigures {
    fn of(costs: &[f64]) -> Self {
        let by_cost = Sorted::new(costs.to_vec()).expect("a simulation has at least one iteration");
        Self { mean: mean(costs), p50: by_cost.percentile(0.5), p80: by_cost.percentile(0.8) }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean net present value of the runs that are launched, or are not; nothing if there are none.
fn mean_where(judge: &Judge<'_>, worths: &[Worth], is_launched: bool) -> Option<f64> {
    let kept = judge.runs().filter(|&run| judge.facts.is_launched[run] == is_launched);
    let nets: Vec<f64> = kept.map(|run| worths[run].net).collect();
    (!nets.is_empty()).then(|| mean(&nets))
}

/// When it is launched, if it is, on the network's axis: P50, P80.
fn launch(judge: &Judge<'_>) -> Option<[i64; 2]> {
    let launched = judge.runs().filter(|&run| judge.facts.is_launched[run]);
    let finishes = Sorted::new(launched.map(|run| judge.facts.finish[run] as f64).collect())?;
    Some([0.5, 0.8].map(|p| finishes.percentile(p) as i64))
}

/// The date to launch by.
fn deadline(plan: &Plan) -> Option<When> {
    plan.scoping.terms.deadline.or(plan.deadline)
}

/// Working days until the deadline, if there is one, and it.
pub(super) fn limit(plan: &Plan, network: &Network) -> Option<Stamp> {
    let deadline = deadline(plan)?;
    let days = network.plan_seconds(network.axis_limit(deadline.ends())) as f64 / day_seconds(plan);
    Some(Stamp { days, date: plan.start.map(|_| deadline.last()) })
}

/// A finish on the network's axis.
fn axis_stamp(plan: &Plan, network: &Network, finish: i64) -> Stamp {
    let days = network.plan_seconds(finish) as f64 / day_seconds(plan);
    Stamp { days, date: plan.start.map(|_| network.axis_instant(finish)) }
}

/// Iterations of runs that reach the target: P10, P50, P90.
fn reached(facts: &Facts) -> Option<[u32; 3]> {
    let progress = facts.progress.as_ref()?;
    let reached = progress.iter().filter(|it| it.end == ProgressEnd::Reached);
    let iterations = Sorted::new(reached.map(|it| f64::from(it.iterations)).collect())?;
    Some([0.1, 0.5, 0.9].map(|p| iterations.percentile(p) as u32))
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
