//! Putting the forecast together.

use crate::model::{Plan, Subject};
use crate::network::Network;
use crate::simulate::Samples;
use crate::text::{Code, Diagnostic};

use super::clock::Clock;
use super::figures::{CONFIDENCE, Figures, chance, keep};
use super::{Contingency, CostForecast, Driver, Forecast, Joint, MergeBias, PlanSummary, TimeForecast, time};
use super::{cost, events, expect, milestones, targets};

impl Forecast {
    /// The forecast of a plan from its samples, made with [`super::keep`]'s list.
    pub fn of(plan: &Plan, network: &Network, samples: &Samples) -> Self {
        let clock = Clock::of(plan, network);
        let schedule = network.schedule();
        let confidence = plan.confidence.value();
        let planned = cost::planned(network, &schedule);
        let finish = time::finish(samples, &schedule, clock, confidence);
        let cost = cost::cost(plan, network, samples, &planned, confidence);
        let kept_costs = keep(plan, network).costs;
        let figures = Figures { network, samples, clock, kept_costs: &kept_costs };
        Self {
            plan: summary(plan, clock),
            iterations: samples.finish.len(),
            settled: None,
            seed: samples.seed,
            sampling: samples.sampling.word(),
            delivered: chance(samples, |at| samples.is_delivered(at)),
            events: events::events(plan, network, samples),
            confidence: plan.confidence,
            contingency: contingency(&finish, cost.as_ref(), confidence),
            merge_bias: if happens(network) { None } else { merge_bias(samples, clock) },
            finish,
            cost,
            targets: targets::targets(plan, network, samples, clock),
            joint: Joint::of(plan, network, samples, clock),
            expectations: plan.expectations.iter().map(|line| expect::judge(figures, line)).collect(),
            milestones: milestones::milestones(plan, network, samples, &schedule, &planned, clock),
            drivers: drivers(network, samples),
            capped: samples.capped,
            remarks: remarks(samples),
        }
    }
}

/// What the headline says about the plan itself.
pub(super) fn summary(plan: &Plan, clock: Clock<'_>) -> PlanSummary {
    PlanSummary {
        name: plan.name.clone(),
        start: plan.start,
        currency: plan.currency.clone(),
        milestones: plan.milestones.iter().filter(|milestone| !milestone.removed).count(),
        scenario: plan.scenario.clone(),
        deadline: plan.deadline.map(|deadline| targets::due(clock, deadline)),
        budget: plan.budget.map(|budget| budget.0),
        stages: plan.stages.iter().map(|stage| (stage.key.clone(), stage.name.clone())).collect(),
    }
}

/// Whether anything may happen or not: then the means say nothing of merging paths alone.
fn happens(network: &Network) -> bool {
    network.variables.iter().any(|variable| !variable.owner.is_estimate())
}

/// The mean finish less the finish at the means. Both are taken on the network's axis and turned into
/// days at one rate, that of the whole plan: dates that step over nights and weekends would look like
/// a bias of their own.
fn merge_bias(samples: &Samples, clock: Clock<'_>) -> Option<MergeBias> {
    let at_means = f64::from(samples.finish_at_means);
    let distances = time::arrivals(samples, |finish| f64::from(finish) - at_means);
    let mean = distances.mean();
    let half = (distances.sorted().count() > 1).then(|| distances.mean_interval(CONFIDENCE).half_width())?;
    let finish = (at_means + mean).round();
    let days_a_second = if finish > 0.0 { clock.finish_days(finish as i64) / finish } else { 0.0 };
    let days = |seconds: f64| seconds * days_a_second;
    Some(MergeBias { days: days(mean), low: days(mean - half), high: days(mean + half) })
}

fn contingency(finish: &TimeForecast, cost: Option<&CostForecast>, confidence: f64) -> Contingency {
    let days = time::at(&finish.percentiles, confidence).map_or(0.0, |at| at.days);
    let money = cost.map_or(0.0, |cost| {
        let headline = cost.percentiles.iter().find(|percentile| percentile.p == confidence);
        headline.map_or(0.0, |percentile| percentile.value) - cost.deterministic.value
    });
    let days_at = |p: f64| time::at(&finish.percentiles, p).map_or(0.0, |at| at.days);
    let money_at = |p: f64| {
        let at = cost.and_then(|cost| cost.percentiles.iter().find(|percentile| percentile.p == p));
        at.map_or(0.0, |percentile| percentile.value)
    };
    Contingency {
        days: days - finish.deterministic.at.days,
        money,
        reserve_days: days_at(0.95) - days_at(0.8),
        reserve_money: money_at(0.95) - money_at(0.8),
    }
}

/// Uncertain quantities, the one that moves the finish most first; those that move neither the
/// finish nor the cost left out.
fn drivers(network: &Network, samples: &Samples) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = network
        .variables
        .iter()
        .enumerate()
        .map(|(index, variable)| Driver {
            name: variable.name.clone(),
            with_finish: samples.finish_sensitivity(index),
            with_cost: samples.cost_sensitivity(index),
        })
        .collect();
    drivers.sort_by(|a, b| b.with_finish.abs().total_cmp(&a.with_finish.abs()));
    drivers
}

fn remarks(samples: &Samples) -> Vec<Diagnostic<Subject>> {
    let mut remarks = Vec::new();
    if samples.delivered_count == 0 {
        let message = format!("none of {} iterations delivers the plan", samples.finish.len());
        let remark = Diagnostic::new(Code::NeverDelivered, Subject::Plan, message);
        remarks.push(remark.help("the dates shown are those on which it fails"));
    }
    remarks.extend((samples.capped > 0).then(|| limit_touched(samples)));
    remarks
}

fn limit_touched(samples: &Samples) -> Diagnostic<Subject> {
    let message = format!(
        "{} of {} iterations ran into the limit of 2^30 seconds; their dates are too early",
        samples.capped,
        samples.finish.len()
    );
    let remark = Diagnostic::new(Code::LimitTouched, Subject::Plan, message);
    remark.help("143 years of eight-hour days: is a unit too large, or the highest point of an estimate?")
}
