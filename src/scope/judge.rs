//! The runs of one solution on the terms of its value: what each of them costs and is worth.

use crate::model::{Direction, Metric, Plan, Solution, SolutionId};
use crate::network::ProgressEnd;
use crate::simulate::{Settings, drawn, uniform};

use super::assessment::Fallback;
use super::facts::Facts;
use super::scores::median;
use super::value::{DAYS_PER_YEAR, Discount, Drift, Run, Terms, Worth, share_at};

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
    pub(super) id: SolutionId,
    pub(super) solution: &'a Solution,
    pub(super) metric: Option<&'a Metric>,
    terms: Terms,
    pub(super) facts: &'a Facts,
    pub(super) factors: &'a [Vec<f64>],
    pub(super) sells: Vec<bool>,
    ageing: f64,
}

impl<'a> Judge<'a> {
    /// The runs of this solution in `facts`.
    pub(super) fn of(
        plan: &'a Plan,
        id: SolutionId,
        facts: &'a Facts,
        factors: &'a [Vec<f64>],
        settings: &Settings,
    ) -> Self {
        let solution = &plan.scoping[id];
        let p_commercial = solution.value.as_ref().map_or(0.0, |value| value.p_commercial);
        let sells = uniform(&format!("commercial:{}", solution.key), settings);
        Self {
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
}

impl Judge<'_> {
    /// The value of a year at the metric reached in a run.
    fn yearly(&self, run: usize) -> f64 {
        let Some(value) = &self.solution.value else { return 0.0 };
        let product: f64 = value.factors.iter().map(|factor| self.factors[factor.index()][run]).product();
        product * self.share(run) * self.ageing
    }

    /// The median value of a year over launched runs.
    pub(super) fn yearly_value(&self) -> f64 {
        median(self.runs().filter(|&run| self.facts.is_launched[run]).map(|run| self.yearly(run)))
    }

    /// The chance that the target is reached and the solution gets to its launch.
    pub(super) fn p_feasible(&self) -> f64 {
        self.share_of(|run| self.facts.is_launched[run] && self.end(run) == ProgressEnd::Reached)
    }

    fn share(&self, run: usize) -> f64 {
        let reached = self.facts.progress.as_ref().zip(self.metric);
        let Some((progress, metric)) = reached else { return 1.0 };
        let links = self.solution.value.iter().flat_map(|value| &value.metric_links);
        let links: Vec<(f64, f64)> = links.map(|link| (link.metric, link.share)).collect();
        let is_upward = metric.direction == Direction::Up;
        metric.at_gap(progress[run].gap).map_or(1.0, |value| share_at(&links, value, is_upward))
    }

    /// What a run is worth if all begins so many working days later.
    pub(super) fn worth(&self, run: usize, later: f64) -> Worth {
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
    pub(super) fn cost(&self, run: usize) -> f64 {
        let launch = if self.facts.is_launched[run] { self.terms.launch_cost } else { 0.0 };
        self.facts.cost[run] + launch
    }

    /// How improving ends in a run: well, where there is nothing to improve.
    pub(super) fn end(&self, run: usize) -> ProgressEnd {
        self.facts.progress.as_ref().map_or(ProgressEnd::Reached, |progress| progress[run].end)
    }

    pub(super) fn runs(&self) -> std::ops::Range<usize> {
        0..self.facts.cost.len()
    }

    /// The share of runs of which something holds.
    pub(super) fn share_of(&self, holds: impl Fn(usize) -> bool) -> f64 {
        self.runs().filter(|&run| holds(run)).count() as f64 / self.facts.cost.len() as f64
    }

    pub(super) fn fallback(&self) -> Fallback {
        Fallback {
            id: self.id,
            key: self.solution.key.clone(),
            p_begun: self.share_of(|run| self.facts.is_begun[run]),
            p_launch: self.share_of(|run| self.facts.is_launched[run]),
        }
    }
}

/// The mean share of value that a model keeps between trainings.
fn ageing(solution: &Solution) -> f64 {
    let drift = solution.monitoring.and_then(|it| it.drift_half_life_days.zip(it.retrain_every_days));
    drift.map_or(1.0, |(half_life, interval)| Drift::with_half_life(half_life).mean_value(interval))
}
