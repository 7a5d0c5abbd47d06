//! Made-up reports of what a plan hangs on, to draw in tests.

use crate::forecast::{Change, Difference, DriverReport, Removal, Removed, Stamp, Step, StepKind, Waterfall};

use super::sample::{self, Dates};

const KINDS: [Removed; 9] = [
    Removed::Milestone,
    Removed::Risk,
    Removed::Stage,
    Removed::Correlation,
    Removed::Rework,
    Removed::Overhead,
    Removed::Outcome,
    Removed::Resource,
    Removed::Success,
];

/// A report in which so many things were taken away: most add something, some take something away, some
/// may be chance.
pub(super) fn drivers(removals: usize, dates: Dates) -> DriverReport {
    let forecast = sample::forecast(removals, dates);
    let difference = |size: f64, half: f64| {
        let triple = (size, size - half, size + half);
        Difference { mean: triple, p50: triple, headline: triple }
    };
    let removal = |at: usize| {
        let size = 40.0 / (1.0 + at as f64) * if at % 4 == 3 { -1.0 } else { 1.0 };
        Removal {
            kind: KINDS[at % KINDS.len()],
            key: format!("m{at}"),
            name: forecast.milestones[at].name.clone(),
            adds: Change {
                finish: Some(difference(size, 0.6 + 0.1 * size.abs())),
                cost: Some(difference(size * -900.0, 800.0)),
            },
        }
    };
    DriverReport {
        plan: forecast.plan.clone(),
        iterations: 10_000,
        sampling: "mc",
        seed: 1,
        confidence: forecast.confidence,
        delivered: forecast.delivered,
        removals: (0..removals).map(removal).collect(),
        not_removed: 0,
        others_not_removed: 0,
        responses: Vec::new(),
        responses_not_tried: 0,
        all_responses: None,
        finish: Some(finish(&[9.5, 4.25, 12.0, 7.5, -0.5, 16.0], dates)),
        cost: Some(cost(&[15_800.0, 9_000.0, 0.0, 24_000.0])),
        milestones: Vec::new(),
        noise: 0.02,
        kendall_noise: 0.03,
        opened: 2_048,
        paths: Vec::new(),
        different_paths: 0,
        merges: Vec::new(),
    }
}

/// A way to the headline by these steps, from day 60 on.
pub(super) fn finish(steps: &[f64; 6], dates: Dates) -> Waterfall<Stamp> {
    let mut at = 60.0;
    let mut mean = at;
    let steps = StepKind::ALL.iter().zip(steps).map(|(&kind, &amount)| {
        mean = if kind == StepKind::Confidence { at } else { mean };
        at += amount;
        Step { kind, amount, to: sample::stamp(at, dates), interval: None }
    });
    let steps = steps.collect();
    Waterfall {
        written: sample::stamp(60.0, dates),
        steps,
        mean: sample::stamp(mean, dates),
        headline: sample::stamp(at, dates),
    }
}

/// A way to the headline of the cost by these steps.
pub(super) fn cost(steps: &[f64; 4]) -> Waterfall<f64> {
    let kinds = [StepKind::Skew, StepKind::Risks, StepKind::Rework, StepKind::Confidence];
    let mut at = 152_000.0;
    let steps: Vec<Step<f64>> = kinds
        .into_iter()
        .zip(steps)
        .map(|(kind, &amount)| {
            at += amount;
            Step { kind, amount, to: at, interval: None }
        })
        .collect();
    let mean = steps[2].to;
    Waterfall { written: 152_000.0, steps, mean, headline: at }
}
