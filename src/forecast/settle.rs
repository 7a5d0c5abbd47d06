//! Whether the answers have settled: whether more iterations would hardly move them.

use crate::model::Plan;
use crate::network::Network;
use crate::simulate::{Checkpoints, Samples, Sampling, Settings, Stretch, simulate_with_progress};
use crate::stats::sample::percentile_ranks;

use super::figures::CONFIDENCE;
use super::{Forecast, Proportion, Stamp, VerdictValue};

/// How far half an interval may reach for an answer to count as settled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Of a date, in working days of the plan's calendar.
    pub days: f64,
    /// Of money.
    pub money: MoneyTolerance,
    /// Of a chance, 0..1.
    pub chance: f64,
}

/// How far half an interval of money may reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MoneyTolerance {
    /// An amount.
    Amount(f64),
    /// A share of the cost's P50.
    Share(f64),
}

impl Default for Tolerance {
    /// Half a working day, half a percent of the cost's P50, one percentage point.
    fn default() -> Self {
        Self { days: 0.5, money: MoneyTolerance::Share(0.005), chance: 0.01 }
    }
}

/// So many looks in a row have to find everything settled, so that no lucky one ends a run.
const LOOKS: u32 = 2;

/// The percentiles of the headline: the middle, the one the plan asks for, and a bad case.
pub fn shown_percentiles(confidence: f64) -> Vec<f64> {
    let other = if confidence >= 0.95 || confidence == 0.5 { [0.5, 0.8] } else { [0.5, 0.95] };
    let mut shown = vec![other[0], other[1], confidence];
    if confidence == 0.5 {
        shown.push(0.95);
    }
    shown.sort_by(f64::total_cmp);
    shown.dedup();
    shown
}

/// Whether all that the headline says has settled: its percentiles of finish and cost, the chances of
/// the targets, and what the expectations are judged on.
pub fn settled(forecast: &Forecast, tolerance: &Tolerance) -> bool {
    let shown = shown_percentiles(forecast.confidence.value());
    let is_shown = |p: f64| shown.iter().any(|shown| (shown - p).abs() < 1e-9);
    let money = money_tolerance(forecast, tolerance.money);
    let days = |low: Stamp, high: Stamp| half(low.days, high.days) <= tolerance.days;
    let chance = |chance: Proportion| half(chance.low, chance.high) <= tolerance.chance;
    let finishes = &forecast.finish.percentiles;
    let costs = forecast.cost.iter().flat_map(|cost| &cost.percentiles);
    shown.iter().all(|&p| has_both_ends(forecast.iterations, p))
        && finishes.iter().filter(|it| is_shown(it.p)).all(|it| days(it.low, it.high))
        && costs.filter(|it| is_shown(it.p)).all(|it| half(it.low, it.high) <= money)
        && forecast.targets.iter().all(|target| chance(target.chance))
        && forecast.expectations.iter().all(|verdict| match verdict.value {
            VerdictValue::Time(_, low, high) => days(low, high),
            VerdictValue::Days(_, low, high) => half(low, high) <= tolerance.days,
            VerdictValue::Money(_, low, high) => half(low, high) <= money,
            VerdictValue::Chance(it) => chance(it),
            // More iterations may see it.
            VerdictValue::Never => false,
        })
}

/// Half the width of an interval.
fn half(low: f64, high: f64) -> f64 {
    (high - low) / 2.0
}

fn money_tolerance(forecast: &Forecast, tolerance: MoneyTolerance) -> f64 {
    match tolerance {
        MoneyTolerance::Amount(amount) => amount,
        MoneyTolerance::Share(share) => {
            let percentiles = forecast.cost.iter().flat_map(|cost| &cost.percentiles);
            percentiles.filter(|it| it.p == 0.5).map(|it| share * it.value.abs()).sum()
        }
    }
}

/// Whether so many iterations can tell both ends of a percentile's interval: an end beyond all of them
/// is stated as the outermost of them, and looks nearer than it is.
fn has_both_ends(iterations: usize, p: f64) -> bool {
    let ranks = percentile_ranks(iterations as u64, p, CONFIDENCE);
    ranks.low >= 1 && ranks.high <= iterations as u64
}

/// Simulates until the answers have settled at two looks in a row, or all iterations that the settings
/// allow are made; says which. Where looks are taken, and so where the run ends, depends on nothing but
/// the plan, the settings and the tolerance. `progress` is told now and then how many more iterations
/// are done.
pub fn simulate_until_settled(
    plan: &Plan,
    network: &Network,
    settings: &Settings,
    tolerance: &Tolerance,
    progress: &(dyn Fn(u64) + Sync),
) -> (Samples, bool) {
    let run = |settings: Settings| simulate_with_progress(plan, network, &settings, progress);
    let mut samples = run(settings.clone().only(Stretch::whole(0)));
    let mut in_a_row = 0;
    for stretch in Checkpoints::of(settings) {
        match settings.sampling {
            Sampling::Mc => {
                let next = run(settings.clone().only(stretch));
                samples.append(next).expect("one run's stretches follow one another");
            }
            // A longer hypercube is another one: each look is at a run of its own.
            Sampling::Lhs => samples = run(settings.clone().iterations(stretch.end())),
        }
        let is_settled = settled(&Forecast::of(plan, network, &samples), tolerance);
        in_a_row = if is_settled { in_a_row + 1 } else { 0 };
        if in_a_row == LOOKS {
            return (samples, true);
        }
    }
    (samples, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_shows_three_percentiles_whatever_the_plan_asks_for() {
        for (confidence, expected) in [
            (0.8, [0.5, 0.8, 0.95]),
            (0.5, [0.5, 0.8, 0.95]),
            (0.95, [0.5, 0.8, 0.95]),
            (0.99, [0.5, 0.8, 0.99]),
            (0.3, [0.3, 0.5, 0.95]),
        ] {
            assert_eq!(shown_percentiles(confidence), expected, "{confidence}");
        }
    }
}
