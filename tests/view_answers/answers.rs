//! Answers made up for the tests of the views: the headline of the design, in numbers.

use chrono::NaiveDate;
use plan::forecast::*;
use plan::stats::sample::Interval;
use plan::units::{Instant, Share};

/// A moment on a day of 2027, given as month and day.
pub(crate) fn at(month: u32, day: u32) -> Stamp {
    on(2027, month, day)
}

/// Five in the afternoon of a day.
pub(crate) fn on(year: i32, month: u32, day: u32) -> Stamp {
    let date = NaiveDate::from_ymd_opt(year, month, day).expect("a real day");
    let start = NaiveDate::from_ymd_opt(2027, 1, 11).expect("a real day");
    let days = (date - start).num_days() as f64 * 5.0 / 7.0;
    Stamp { days, date: Some(Instant::midnight(date).plus(17 * 3_600)) }
}

/// A share with a plausible interval.
pub(crate) fn chance(share: f64) -> Proportion {
    Proportion { share, low: (share - 0.006).max(0.0), high: (share + 0.006).min(1.0) }
}

fn time(p: f64, at: Stamp, low: Stamp, high: Stamp) -> TimePercentile {
    TimePercentile { p, at, low, high }
}

fn money(p: f64, value: f64, low: f64, high: f64) -> MoneyPercentile {
    MoneyPercentile { p, value, low, high }
}

fn finishes() -> Vec<TimePercentile> {
    vec![
        time(0.5, at(7, 13), at(7, 12), at(7, 15)),
        time(0.8, at(8, 27), at(8, 26), at(8, 31)),
        time(0.95, at(10, 18), at(10, 14), at(10, 22)),
    ]
}

/// A bell of bins.
fn bell<T: Copy>(edges: &[T]) -> Vec<Bin<T>> {
    let count = edges.len() - 1;
    let height = |i: usize| (-((i as f64 / count as f64 - 0.35) * 4.0).powi(2)).exp();
    let sum: f64 = (0..count).map(height).sum();
    (0..count).map(|i| Bin { from: edges[i], to: edges[i + 1], share: height(i) / sum }).collect()
}

fn milestone(key: &str, name: &str, criticality: f64, saves: f64) -> MilestoneForecast {
    MilestoneForecast {
        key: key.into(),
        name: name.into(),
        stage: Some("modeling".into()),
        exists: 1.0,
        criticality,
        saves: Some(saves),
        planned_start: at(3, 1),
        planned_finish: at(6, 2),
        start_mean: at(3, 3),
        method: FinishMethod::Histogram,
        finish_mean: at(7, 16),
        finish_sd_days: 21.5,
        finish: finishes(),
        deadline: None,
        planned_cost: 12_345.678_9,
        iterations: None,
        passes: None,
    }
}

fn part(key: &str, name: &str, scale: f64) -> CostPart {
    CostPart {
        key: key.into(),
        name: name.into(),
        deterministic: 100e3 * scale,
        mean: 110e3 * scale,
        p50: money(0.5, 108e3 * scale, 107.5e3 * scale, 108.4e3 * scale),
        p80: money(0.8, 125e3 * scale, 124e3 * scale, 126e3 * scale),
    }
}

/// A forecast with dates, money, targets and expectations.
pub(crate) fn forecast() -> Forecast {
    let days: Vec<Stamp> = (0..24).map(|i| on(2027, 4 + i / 3, 1 + 9 * (i % 3))).collect();
    let amounts: Vec<f64> = (0..24).map(|i| 190e3 + 12e3 * f64::from(i)).collect();
    Forecast {
        plan: PlanSummary {
            name: "Product recommender".into(),
            start: at(1, 11).date,
            currency: "EUR".into(),
            milestones: 5,
            scenario: None,
            deadline: Some(at(9, 30)),
            budget: Some(400e3),
            stages: vec![("data".into(), "Data".into()), ("modeling".into(), "Modeling".into())],
        },
        iterations: 10_000,
        seed: 1,
        sampling: "mc",
        delivered: Proportion { share: 1.0, low: 1.0, high: 1.0 },
        events: Vec::new(),
        settled: None,
        confidence: Share::new(0.8).expect("a share"),
        finish: TimeForecast {
            deterministic: Determined { at: at(6, 2), chance: chance(0.06) },
            mean_days: 135.5,
            sd_days: 33.25,
            earliest: days[0],
            latest: days[23],
            percentiles: finishes(),
            bins: bell(&days),
        },
        cost: Some(CostForecast {
            deterministic: DeterminedCost { value: 221e3, chance: chance(0.14) },
            mean: 255e3,
            sd: 41e3,
            lowest: amounts[0],
            highest: amounts[23],
            percentiles: vec![
                money(0.5, 248_123.456_78, 247.1e3, 249.2e3),
                money(0.8, 291e3, 289e3, 293e3),
                money(0.95, 352e3, 348e3, 357e3),
            ],
            bins: bell(&amounts),
            categories: vec![part("people", "People", 1.4), part("compute", "Compute", 0.5)],
            stages: vec![part("data", "Data", 0.4), part("modeling", "Modeling", 1.1), part("-", "-", 0.4)],
            by_delivery: Vec::new(),
        }),
        targets: vec![
            Target { kind: TargetKind::Deadline(at(9, 30)), chance: chance(0.88) },
            Target { kind: TargetKind::Budget(400e3), chance: chance(0.98) },
            Target { kind: TargetKind::Both, chance: chance(0.876) },
            Target { kind: TargetKind::MilestoneDeadline("launch".into(), at(9, 30)), chance: chance(0.88) },
        ],
        joint: None,
        expectations: vec![
            verdict(
                "date",
                "P80(finish) <= deadline",
                true,
                false,
                VerdictValue::Time(at(8, 27), at(8, 26), at(8, 31)),
            ),
            verdict(
                "both",
                "P(finish <= deadline and cost <= budget) >= 90%",
                false,
                false,
                VerdictValue::Chance(chance(0.876)),
            ),
            verdict(
                "gpus",
                "P90(cost(kind:compute)) <= 60k",
                true,
                true,
                VerdictValue::Money(59.8e3, 59.1e3, 60.4e3),
            ),
        ],
        milestones: vec![
            milestone("collect", "Collect clickstream", 0.31, 0.22),
            milestone("label", "Label", 0.69, 0.71),
            milestone("train", "Train the model", 0.94, 0.92),
            milestone("evaluate", "Evaluate", 1.0, 1.0),
            milestone("launch", "Launch", 1.0, 1.0),
        ],
        drivers: vec![
            Driver { name: "duration:train".into(), with_finish: 0.82, with_cost: 0.75 },
            Driver { name: "work:label:labels".into(), with_finish: 0.31, with_cost: 0.2 },
            Driver { name: "duration:tiny".into(), with_finish: 0.01, with_cost: -0.004 },
        ],
        contingency: Contingency { days: 61.0, money: 70e3, reserve_days: 36.0, reserve_money: 61e3 },
        merge_bias: Some(MergeBias { days: 4.2, low: 4.0, high: 4.4 }),
        capped: 0,
        remarks: Vec::new(),
    }
}

fn verdict(key: &str, text: &str, met: bool, too_close: bool, value: VerdictValue) -> Verdict {
    Verdict { key: key.into(), text: text.into(), met, too_close, value }
}

/// The same without a start: working days instead of dates, and no money.
pub(crate) fn forecast_in_days() -> Forecast {
    let mut forecast = forecast();
    let undated = |stamp: &mut Stamp| stamp.date = None;
    forecast.plan.start = None;
    forecast.cost = None;
    forecast.targets.clear();
    forecast.expectations.clear();
    undated(&mut forecast.finish.deterministic.at);
    undated(&mut forecast.finish.earliest);
    undated(&mut forecast.finish.latest);
    for it in forecast
        .finish
        .percentiles
        .iter_mut()
        .chain(forecast.milestones.iter_mut().flat_map(|it| &mut it.finish))
    {
        [&mut it.at, &mut it.low, &mut it.high].into_iter().for_each(undated);
    }
    for it in &mut forecast.milestones {
        [&mut it.planned_start, &mut it.planned_finish, &mut it.start_mean, &mut it.finish_mean]
            .into_iter()
            .for_each(undated);
    }
    forecast
}

/// A critical path of three, and one milestone beside it.
pub(crate) fn path() -> PathReport {
    let row = |key: &str, critical: bool, float: f64| PathRow {
        key: key.into(),
        name: key.to_uppercase(),
        stage: None,
        duration_days: 15.0,
        early_start: at(3, 1),
        early_finish: at(3, 19),
        late_start: at(3, 8),
        late_finish: at(3, 26),
        total_float_days: float,
        free_float_days: float,
        critical,
        drag_days: critical.then_some(12.5),
        driver: "after design".into(),
    };
    PathReport {
        plan: forecast().plan,
        finish: at(6, 2),
        milestones: vec![
            row("design", true, 0.0),
            row("build", true, 0.0),
            row("docs", false, 5.0),
            row("launch", true, 0.0),
        ],
        critical_paths: vec![vec!["design".into(), "build".into(), "launch".into()]],
        more_paths: false,
        near_critical: vec!["docs".into()],
        near_days: 5.0,
        several_calendars: false,
    }
}

/// The last one is beaten; the cheap one is best while days are cheap.
fn tradeoff() -> Tradeoff {
    let standing = |behind| Standing { behind, dominated: behind, cloud: Vec::new() };
    let price = Some((2_520.0, Some(Interval { low: 2_400.0, high: 2_650.0 })));
    Tradeoff {
        standings: vec![standing(None), standing(None), standing(Some(0))],
        choices: vec![Choice { column: 1, up_to: price }, Choice { column: 0, up_to: None }],
    }
}

/// The plan as written beside two scenarios.
pub(crate) fn comparison() -> Comparison {
    let column = |label: &str, description: Option<&str>| Column {
        label: label.into(),
        description: description.map(Into::into),
        changes: description.map(|_| "resource.engineer.capacity = 1".into()),
        forecast: forecast(),
    };
    let difference = |value: f64, spread: f64| Difference {
        mean: (value, value - spread, value + spread),
        p50: (value * 0.9, value * 0.9 - spread, value * 0.9 + spread),
        headline: (value * 1.2, value * 1.2 - spread, value * 1.2 + spread),
    };
    let pairing = |column, days, money| Pairing {
        column,
        finish: difference(days, 0.4),
        cost: Some(difference(money, 900.0)),
        finish_spread: Some([-1.0, 0.0, days, 1.5 * days, 2.0 * days]),
        cost_spread: Some([-money, 0.0, money, 1.5 * money, 2.0 * money].map(|it: f64| it.min(money))),
        earlier: 0.12,
        cheaper: 0.88,
        both: 0.08,
    };
    Comparison {
        columns: vec![
            column("base", None),
            column("lean", Some("One engineer, no second source")),
            column("audited", None),
        ],
        differences: vec![pairing(1, 12.3, -31e3), pairing(2, 24.0, 20.5e3)],
        tradeoff: Some(tradeoff()),
        notes: Vec::new(),
    }
}

fn change(days: f64, money: f64) -> Change {
    let difference = |value: f64, half: f64| {
        let triple = |value: f64| (value, value - half, value + half);
        Difference { mean: triple(value * 0.7), p50: triple(value * 0.8), headline: triple(value) }
    };
    Change { finish: Some(difference(days, 0.9)), cost: Some(difference(money, 900.0)) }
}

/// What the same plan hangs on.
pub(crate) fn drivers() -> DriverReport {
    let removal = |kind, key: &str, name: &str, days, money| Removal {
        kind,
        key: key.into(),
        name: name.into(),
        adds: change(days, money),
    };
    let step = |kind, amount, to, interval| Step { kind, amount, to, interval };
    let indices = |key: &str, name: &str, criticality, cruciality| MilestoneIndices {
        key: key.into(),
        name: name.into(),
        criticality: chance(criticality),
        near_headline: Some(chance(criticality)),
        saves: Some(criticality),
        cruciality: Some(cruciality),
        kendall: Some(cruciality * 0.7),
        significance: 0.9,
        sensitivity: 0.4,
    };
    DriverReport {
        plan: forecast().plan,
        iterations: 10_000,
        sampling: "mc",
        seed: 1,
        confidence: Share::new(0.8).expect("a share"),
        delivered: chance(0.64),
        removals: vec![
            removal(Removed::Milestone, "train", "Train the model", 31.2, 12_300.0),
            removal(Removed::Risk, "consent", "Consent is withdrawn by the works council", 8.4, 21_000.0),
            removal(Removed::Correlation, "team", "team", 2.4, 300.0),
            removal(Removed::Overhead, "office", "office", 0.0, -4_000.0),
        ],
        not_removed: 3,
        others_not_removed: 7,
        responses: vec![ResponseValue {
            key: "consent".into(),
            name: "Consent is withdrawn".into(),
            in_force: true,
            changes: change(-6.0, 5_000.0),
        }],
        responses_not_tried: 4,
        all_responses: None,
        finish: Some(Waterfall {
            written: at(6, 2),
            steps: vec![
                step(StepKind::Skew, 12.0, at(6, 18), None),
                step(StepKind::Merging, 4.0, at(6, 24), Some((3.7, 4.3))),
                step(StepKind::Confidence, 45.0, at(8, 27), None),
            ],
            mean: at(6, 24),
            headline: at(8, 27),
        }),
        cost: Some(Waterfall {
            written: 221e3,
            steps: vec![
                step_of_cost(StepKind::Skew, 34e3, 255e3),
                step_of_cost(StepKind::Confidence, 36e3, 291e3),
            ],
            mean: 255e3,
            headline: 291e3,
        }),
        milestones: vec![
            indices("label", "Label", 0.69, 0.31),
            indices("train", "Train the model", 0.94, 0.82),
            indices("docs", "Write it down", 0.0, 0.004),
        ],
        noise: 0.0196,
        kendall_noise: 0.029,
        opened: 2_048,
        paths: vec![DrivingPath {
            steps: ["collect", "label", "train", "evaluate", "launch"]
                .iter()
                .flat_map(|key| [(String::from(*key), 0), (format!("check-the-{key}-thoroughly"), 1)])
                .collect(),
            share: chance(0.61),
        }],
        different_paths: 7,
        merges: vec![MergePoint {
            key: "evaluate".into(),
            name: "Evaluate".into(),
            delay_days: 1.25,
            drives: ["a", "b", "c", "d", "e", "f"].iter().map(|key| ((*key).into(), 0.2)).collect(),
        }],
    }
}

fn step_of_cost(kind: StepKind, amount: f64, to: f64) -> Step<f64> {
    Step { kind, amount, to, interval: Some((amount - 300.0, amount + 300.0)) }
}

/// One iteration in which much happened.
pub(crate) fn replay() -> Replay {
    let draw = |name: &str, label: &str, value, unit| ReplayDraw {
        name: name.into(),
        label: label.into(),
        value,
        unit,
        percentile: 0.631,
    };
    let visit = |key: &str, name: &str, repeat, critical| ReplayVisit {
        key: key.into(),
        name: name.into(),
        repeat,
        start: at(3, 1),
        finish: at(3, 19),
        span_days: 15.25,
        critical,
        cost: 12_000.0,
        draws: vec![draw("duration:train", "duration", 15.25, DrawUnit::Days)],
    };
    Replay {
        plan: forecast().plan,
        number: 4_711,
        iterations: 10_000,
        seed: 1,
        finish: at(8, 27),
        finish_rank: Some(Rank { rank: 8_000, of: 10_000 }),
        cost: Some((291e3, Rank { rank: 7_123, of: 10_000 })),
        failure: None,
        visits: vec![
            visit("train", "Train the model", 0, true),
            visit("label", "Label", 0, false),
            visit("train", "Train the model", 1, true),
        ],
        path: vec![("train".into(), 0), ("evaluate".into(), 0), ("train".into(), 1)],
        risks: vec![ReplayRisk {
            key: "consent".into(),
            name: "Consent is withdrawn".into(),
            strikes: vec![("label".into(), 0), ("train".into(), 1)],
            draws: vec![draw("risk:consent:delay", "delay", 6.5, DrawUnit::Days)],
        }],
        outcomes: vec![("evaluate".into(), "Evaluate".into(), "pivot".into())],
        rework: vec![("evaluate".into(), "Evaluate".into(), 1)],
        shared: vec![draw("price:labels", "price labels", 0.08, DrawUnit::Money)],
        categories: vec![("People".into(), 200e3), ("Compute".into(), 91e3)],
        stages: vec![("Data".into(), 250e3), ("-".into(), 41e3)],
    }
}
