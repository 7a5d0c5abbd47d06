//! Made-up answers to draw in tests: plausible, of any size, the same at every run.

use chrono::NaiveDate;

use crate::forecast::{
    Bin, BurnBand, BurnKind, BurnPoint, Burndown, Column, Comparison, Contingency, CostForecast, Determined,
    DeterminedCost, Difference, FailingBurndown, FinishMethod, Forecast, ImproveIterations, Joint,
    JointCurve, JointNeed, JointPoint, MilestoneForecast, MoneyPercentile, Pairing, PlanSummary, Proportion,
    Quadrants, Stamp, Standing, Target, TargetKind, TimeForecast, TimePercentile, Tradeoff,
};
use crate::units::{Instant, SECONDS_PER_DAY, SECONDS_PER_HOUR, Share};

/// Whether the plan has a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    Yes,
    No,
}

/// A moment so many eight-hour days of Monday to Friday after 11 January 2027, 09:00.
pub(super) fn stamp(days: f64, dates: Dates) -> Stamp {
    let start = Instant::midnight(NaiveDate::from_ymd_opt(2027, 1, 11).unwrap());
    let whole = (days - 1e-9).max(0.0).floor();
    let weekends = (whole / 5.0).floor() * 2.0;
    let date = start
        .plus((whole + weekends) as i64 * SECONDS_PER_DAY)
        .plus(9 * SECONDS_PER_HOUR + ((days - whole) * 8.0 * 3600.0) as i64);
    Stamp { days, date: (dates == Dates::Yes).then_some(date) }
}

/// The quantile of a skewed spread around `mean`: by Wichura's shape, roughly.
fn quantile(mean: f64, sd: f64, p: f64) -> f64 {
    let z = 5.55556 * (1.0 - ((1.0 - p) / p).powf(0.1186));
    (mean + sd * (((0.3 * z).exp() - 1.0) / 0.3 - 0.15)).max(0.0)
}

fn chance(share: f64) -> Proportion {
    Proportion { share, low: (share - 0.01).max(0.0), high: (share + 0.01).min(1.0) }
}

fn time_percentiles(mean: f64, sd: f64, ps: &[f64], dates: Dates) -> Vec<TimePercentile> {
    let at = |p: f64| stamp(quantile(mean, sd, p), dates);
    ps.iter().map(|&p| TimePercentile { p, at: at(p), low: at(p), high: at(p) }).collect()
}

fn hundred() -> Vec<f64> {
    (1..100).map(|p| f64::from(p) / 100.0).collect()
}

/// Shares of `count` equal bars between the ends of a spread.
fn bars(mean: f64, sd: f64, count: u32) -> Vec<(f64, f64, f64)> {
    let (low, high) = (quantile(mean, sd, 0.0005), quantile(mean, sd, 0.9995));
    let below = |x: f64| {
        let (mut p, mut step) = (0.5, 0.25);
        for _ in 0..40 {
            p += if quantile(mean, sd, p) < x { step } else { -step };
            step /= 2.0;
        }
        p
    };
    let edge = |bar: u32| low + (high - low) * f64::from(bar) / f64::from(count);
    (0..count).map(|bar| (edge(bar), edge(bar + 1), below(edge(bar + 1)) - below(edge(bar)))).collect()
}

pub(super) fn time(mean: f64, sd: f64, dates: Dates) -> TimeForecast {
    let written = stamp(mean - sd, dates);
    let bins = bars(mean, sd, 48);
    TimeForecast {
        deterministic: Determined { at: written, chance: chance(0.12) },
        mean_days: mean,
        sd_days: sd,
        earliest: stamp(bins[0].0, dates),
        latest: stamp(bins[47].1, dates),
        percentiles: time_percentiles(mean, sd, &hundred(), dates),
        bins: bins
            .iter()
            .map(|&(from, to, share)| Bin { from: stamp(from, dates), to: stamp(to, dates), share })
            .collect(),
    }
}

pub(super) fn cost(mean: f64, sd: f64) -> CostForecast {
    let bins = bars(mean, sd, 48);
    let percentile = |p: f64| {
        let value = quantile(mean, sd, p);
        MoneyPercentile { p, value, low: value, high: value }
    };
    CostForecast {
        deterministic: DeterminedCost { value: mean - sd, chance: chance(0.14) },
        mean,
        sd,
        lowest: bins[0].0,
        highest: bins[47].1,
        percentiles: hundred().into_iter().map(percentile).collect(),
        bins: bins.iter().map(|&(from, to, share)| Bin { from, to, share }).collect(),
        categories: Vec::new(),
        stages: Vec::new(),
        by_delivery: Vec::new(),
    }
}

const NAMES: [&str; 10] = [
    "Collect clickstream",
    "Label",
    "Train the ranking model",
    "Evaluate offline",
    "Launch",
    "Consent & privacy <review>",
    "Обучение модели",
    "Negotiate the data-processing agreement with all regional subsidiaries and their works councils",
    "Rückfallebene prüfen",
    "A/B test",
];

/// A forecast of so many milestones in four stages (none below three milestones).
pub(super) fn forecast(milestones: usize, dates: Dates) -> Forecast {
    let stages =
        [("data", "Data"), ("modeling", "Modeling"), ("ops", "Integration & operations"), ("go", "Launch")];
    let mut state = 7_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    };
    let length = 20.0 + 12.0 * (milestones as f64).sqrt();
    let each: Vec<MilestoneForecast> = (0..milestones)
        .map(|position| {
            let along = position as f64 / milestones.max(1) as f64;
            let start = length * along * (0.75 + 0.25 * random());
            let event = position % 9 == 4;
            let span = if event { 0.0 } else { length * (0.04 + 0.2 * random()) };
            let (finish, sd) = (start + span, 1.0 + 0.1 * (start + span));
            let criticality = if random() < 0.4 { 0.5 + 0.5 * random() } else { 0.4 * random() * random() };
            let name = NAMES[position % 10];
            MilestoneForecast {
                key: format!("m{position}"),
                name: if position < 10 { name.to_owned() } else { format!("{name} {position}") },
                stage: (milestones > 2).then(|| stages[(along * 4.0) as usize % 4].0.to_owned()),
                exists: 1.0,
                criticality,
                saves: Some(criticality),
                planned_start: stamp(start * 0.9, dates),
                planned_finish: stamp(start * 0.9 + span * 0.9, dates),
                start_mean: stamp(start, dates),
                method: FinishMethod::Exact,
                finish_mean: stamp(finish, dates),
                finish_sd_days: sd,
                finish: time_percentiles(finish, sd, &[0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95], dates),
                deadline: (position % 7 == 3).then(|| stamp(finish + sd * 1.2, dates)),
                planned_cost: 1000.0,
                iterations: (position % 5 == 2).then_some(ImproveIterations { p10: 2, p50: 4, p90: 8 }),
                passes: (position % 4 == 2).then_some(0.65),
            }
        })
        .collect();
    let deadline = stamp(length * 1.32, dates);
    Forecast {
        plan: PlanSummary {
            name: "Product recommender".to_owned(),
            start: stamp(0.0, dates).date,
            currency: "EUR".to_owned(),
            milestones,
            scenario: None,
            deadline: Some(deadline),
            budget: Some(400_000.0),
            stages: stages.map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec(),
        },
        iterations: 10_000,
        settled: None,
        seed: 1,
        sampling: "mc",
        delivered: Proportion { share: 1.0, low: 1.0, high: 1.0 },
        events: Vec::new(),
        confidence: Share::new(0.8).unwrap(),
        finish: time(length * 1.15, length * 0.12, dates),
        cost: Some(cost(300_000.0, 48_000.0)),
        targets: vec![
            Target { kind: TargetKind::Deadline(deadline), chance: chance(0.88) },
            Target { kind: TargetKind::Budget(400_000.0), chance: chance(0.96) },
            Target { kind: TargetKind::Both, chance: chance(0.87) },
        ],
        joint: Some(joint(length, dates)),
        expectations: Vec::new(),
        milestones: each,
        drivers: Vec::new(),
        contingency: Contingency { days: 10.0, money: 40_000.0, reserve_days: 9.0, reserve_money: 30_000.0 },
        merge_bias: None,
        capped: 0,
        remarks: Vec::new(),
    }
}

/// Runs along a diagonal, and a curve across it.
fn joint(length: f64, dates: Dates) -> Joint {
    let at = |days: f64, cost: f64| JointPoint { at: stamp(days, dates), cost };
    let along = |step: usize| step as f64 / 50.0;
    let curve = |share: f64| JointCurve {
        share,
        corners: (0..50)
            .map(|step| {
                let (days, cost) = (1.2 + 0.25 * along(step), 1.0 + 0.3 / (1.0 + 9.0 * along(step)));
                at(length * days * (0.9 + 0.15 * share), 310_000.0 * cost * (0.9 + 0.15 * share))
            })
            .collect(),
    };
    let need = at(length * 1.3, 330_000.0);
    Joint {
        quadrants: Some(Quadrants {
            both: chance(0.87),
            late: chance(0.09),
            over: chance(0.01),
            neither: chance(0.03),
        }),
        curves: [0.5, 0.7, 0.8].map(curve).to_vec(),
        headline: Some(JointNeed {
            share: 0.8,
            cheapest: need,
            balanced: need,
            by_deadline: Some(need),
            within_budget: Some(need),
        }),
        points: (0..50)
            .map(|step| at(length * (0.9 + 0.5 * along(step)), 250e3 + 1e5 * along(step)))
            .collect(),
    }
}

/// A plan in which nothing is uncertain.
pub(super) fn certain(dates: Dates) -> Forecast {
    let mut forecast = forecast(5, dates);
    let at = stamp(60.0, dates);
    let finish = &mut forecast.finish;
    (finish.earliest, finish.latest, finish.deterministic) = (at, at, Determined { at, chance: chance(1.0) });
    finish.bins = vec![Bin { from: at, to: at, share: 1.0 }];
    for percentile in &mut finish.percentiles {
        (percentile.at, percentile.low, percentile.high) = (at, at, at);
    }
    let cost = forecast.cost.as_mut().unwrap();
    (cost.lowest, cost.highest) = (3e5, 3e5);
    cost.deterministic = DeterminedCost { value: 3e5, chance: chance(1.0) };
    cost.bins = vec![Bin { from: 3e5, to: 3e5, share: 1.0 }];
    for percentile in &mut cost.percentiles {
        percentile.value = 3e5;
    }
    for milestone in &mut forecast.milestones {
        let finish = milestone.planned_finish;
        milestone.finish_mean = finish;
        milestone.start_mean = milestone.planned_start;
        for percentile in &mut milestone.finish {
            percentile.at = finish;
        }
    }
    forecast
}

/// A burndown over 129 moments.
pub(super) fn burndown(kind: BurnKind, dates: Dates) -> Burndown {
    let (total, floor) = match kind {
        BurnKind::Work => (420.0, 0.0),
        BurnKind::Money => (400_000.0, -60_000.0),
    };
    let left = |along: f64, pace: f64| {
        let done = (along * pace).min(1.0);
        floor + (total - floor) * (1.0 - done * done * (3.0 - 2.0 * done))
    };
    Burndown {
        kind,
        unit: if kind == BurnKind::Work { "person-days".to_owned() } else { "EUR".to_owned() },
        plan: "Product recommender".to_owned(),
        total,
        points: (0..=128)
            .map(|step| {
                let along = f64::from(step) / 128.0;
                BurnPoint {
                    at: stamp(along * 200.0, dates),
                    planned: left(along, 1.6).max(if kind == BurnKind::Work { 0.0 } else { 60_000.0 }),
                    p10: left(along, 1.5),
                    p50: left(along, 1.25),
                    p90: left(along, 1.02),
                }
            })
            .collect(),
        failing: None,
        deadline: Some(stamp(185.0, dates)),
        iterations: 2_048,
        runs_out: (kind == BurnKind::Money).then_some(0.37),
        run_out_median: (kind == BurnKind::Money).then(|| stamp(140.0, dates)),
    }
}

/// The same where this share of the iterations fails.
pub(super) fn failing_burndown(kind: BurnKind, share: f64, dates: Dates) -> Burndown {
    let mut burndown = burndown(kind, dates);
    let from = burndown.total * 0.8;
    let band =
        |point: &BurnPoint| BurnBand { p10: point.p10.max(from * 0.5), p50: point.p50.max(from), p90: from };
    let bands = burndown.points.iter().map(band).collect();
    burndown.failing = Some(FailingBurndown { share, bands });
    burndown
}

/// So many scenarios side by side.
pub(super) fn comparison(columns: usize, dates: Dates) -> Comparison {
    let names = ["base", "lean", "audited", "two-teams", "cheap-labels", "late-start", "x", "y"];
    Comparison {
        notes: Vec::new(),
        columns: (0..columns)
            .map(|position| {
                let shift = position as f64;
                let mut forecast = forecast(5, dates);
                forecast.finish = time(60.0 + 7.0 * (shift % 4.0), 6.0 + 1.5 * shift, dates);
                forecast.cost = Some(cost(3e5 - 2e4 * shift, 3e4 + 4e3 * shift));
                Column {
                    label: names[position % names.len()].to_owned(),
                    description: (position % 2 == 1).then(|| {
                        "One engineer, no second source, and labels bought from outside by the thousand"
                            .to_owned()
                    }),
                    changes: None,
                    forecast,
                }
            })
            .collect(),
        differences: (1..columns).map(pairing).collect(),
        tradeoff: (columns > 1).then(|| Tradeoff {
            standings: (0..columns).map(|position| standing(position, dates)).collect(),
            choices: Vec::new(),
        }),
    }
}

/// How a column differs from the first.
fn pairing(column: usize) -> Pairing {
    let size = column as f64;
    let difference =
        Difference { mean: (size, size, size), p50: (size, size, size), headline: (size, size, size) };
    Pairing {
        column,
        finish: difference,
        cost: Some(difference),
        finish_spread: Some([-2.0, 1.0, 3.0 * size, 5.0 * size, 9.0 * size]),
        cost_spread: Some([-9e4, -6e4, -2e4 * size, -1e4, 1e4].map(|it: f64| it.max(-2e5))),
        earlier: 0.2,
        cheaper: 0.4,
        both: 0.1,
    }
}

/// Every other column is behind the first; its points lie on a line.
fn standing(position: usize, dates: Dates) -> Standing {
    let behind = (position % 2 == 1).then_some(0);
    let shift = position as f64;
    let cloud = (0..60)
        .map(|at| (stamp(50.0 + f64::from(at) + shift, dates), 3e5 - 2e4 * shift + 500.0 * f64::from(at)));
    Standing { behind, dominated: behind, cloud: cloud.collect() }
}
