//! `plan.drivers/1`.

use serde::Serialize;

use crate::forecast::{
    Change, DriverReport, DrivingPath, MergePoint, MilestoneIndices, Proportion, Step, Waterfall,
};

use super::comparison::DifferenceJson;
use super::simulation::PlanJson;
use super::{PointJson, days, document, money, share};

/// What the plan hangs on as JSON.
pub fn drivers(report: &DriverReport) -> String {
    document(&DriversJson {
        schema: "plan.drivers/1",
        plan: PlanJson::new(&report.plan),
        scenario: report.plan.scenario.as_deref(),
        iterations: report.iterations,
        seed: report.seed,
        confidence: share(report.confidence.value()),
        delivered: ShareJson::new(report.delivered),
        removals: report
            .removals
            .iter()
            .map(|it| RemovalJson {
                kind: it.kind.word(),
                id: &it.key,
                name: &it.name,
                adds: ChangeJson::new(&it.adds),
            })
            .collect(),
        not_removed: report.not_removed,
        others_not_removed: report.others_not_removed,
        responses: report
            .responses
            .iter()
            .map(|it| ResponseJson {
                id: &it.key,
                name: &it.name,
                in_force: it.in_force,
                changes: ChangeJson::new(&it.changes),
            })
            .collect(),
        responses_not_tried: report.responses_not_tried,
        all_responses: report.all_responses.as_ref().map(ChangeJson::new),
        finish: report.finish.as_ref().map(|it| WaterfallJson::new(it, |&stamp| PointJson::new(stamp), days)),
        cost: report.cost.as_ref().map(|it| WaterfallJson::new(it, |&value| money(value), money)),
        milestones: report.milestones.iter().map(IndicesJson::new).collect(),
        noise: share(report.noise),
        kendall_noise: share(report.kendall_noise),
        opened: report.opened,
        paths: report.paths.iter().map(DrivingPathJson::new).collect(),
        different_paths: report.different_paths,
        merge_points: report.merges.iter().map(MergeJson::new).collect(),
    })
}

#[derive(Serialize)]
struct DriversJson<'a> {
    schema: &'static str,
    plan: PlanJson<'a>,
    scenario: Option<&'a str>,
    iterations: usize,
    seed: u64,
    confidence: f64,
    delivered: ShareJson,
    removals: Vec<RemovalJson<'a>>,
    not_removed: usize,
    others_not_removed: usize,
    responses: Vec<ResponseJson<'a>>,
    responses_not_tried: usize,
    all_responses: Option<ChangeJson>,
    finish: Option<WaterfallJson<PointJson>>,
    cost: Option<WaterfallJson<f64>>,
    milestones: Vec<IndicesJson<'a>>,
    noise: f64,
    kendall_noise: f64,
    opened: usize,
    paths: Vec<DrivingPathJson<'a>>,
    different_paths: usize,
    merge_points: Vec<MergeJson<'a>>,
}

#[derive(Serialize)]
struct RemovalJson<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    adds: ChangeJson,
}

#[derive(Serialize)]
struct ResponseJson<'a> {
    id: &'a str,
    name: &'a str,
    in_force: bool,
    changes: ChangeJson,
}

#[derive(Serialize)]
struct ChangeJson {
    finish_days: Option<DifferenceJson>,
    cost: Option<DifferenceJson>,
}

impl ChangeJson {
    fn new(change: &Change) -> Self {
        Self {
            finish_days: change.finish.map(|it| DifferenceJson::new(it, days)),
            cost: change.cost.map(|it| DifferenceJson::new(it, money)),
        }
    }
}

#[derive(Serialize)]
struct WaterfallJson<T> {
    written: T,
    steps: Vec<StepJson<T>>,
    mean: T,
    headline: T,
}

#[derive(Serialize)]
struct StepJson<T> {
    step: &'static str,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    to: T,
}

impl<T> WaterfallJson<T> {
    fn new<V>(waterfall: &Waterfall<V>, level: fn(&V) -> T, round: fn(f64) -> f64) -> Self {
        let step = |it: &Step<V>| StepJson {
            step: it.kind.word(),
            value: round(it.amount),
            low: it.interval.map(|(low, _)| round(low)),
            high: it.interval.map(|(_, high)| round(high)),
            to: level(&it.to),
        };
        Self {
            written: level(&waterfall.written),
            steps: waterfall.steps.iter().map(step).collect(),
            mean: level(&waterfall.mean),
            headline: level(&waterfall.headline),
        }
    }
}

#[derive(Serialize)]
struct ShareJson {
    share: f64,
    low: f64,
    high: f64,
}

impl ShareJson {
    fn new(proportion: Proportion) -> Self {
        Self { share: share(proportion.share), low: share(proportion.low), high: share(proportion.high) }
    }
}

#[derive(Serialize)]
struct IndicesJson<'a> {
    id: &'a str,
    name: &'a str,
    criticality: ShareJson,
    near_headline: Option<ShareJson>,
    saves: Option<f64>,
    cruciality: Option<f64>,
    kendall: Option<f64>,
    significance_index: f64,
    sensitivity_index: f64,
}

impl<'a> IndicesJson<'a> {
    fn new(it: &'a MilestoneIndices) -> Self {
        Self {
            id: &it.key,
            name: &it.name,
            criticality: ShareJson::new(it.criticality),
            near_headline: it.near_headline.map(ShareJson::new),
            saves: it.saves.map(share),
            cruciality: it.cruciality.map(share),
            kendall: it.kendall.map(share),
            significance_index: share(it.significance),
            sensitivity_index: share(it.sensitivity),
        }
    }
}

#[derive(Serialize)]
struct DrivingPathJson<'a> {
    milestones: Vec<StepOfPathJson<'a>>,
    drives: ShareJson,
}

#[derive(Serialize)]
struct StepOfPathJson<'a> {
    id: &'a str,
    repeat: u32,
}

impl<'a> DrivingPathJson<'a> {
    fn new(path: &'a DrivingPath) -> Self {
        let steps = path.steps.iter().map(|(id, repeat)| StepOfPathJson { id, repeat: *repeat });
        Self { milestones: steps.collect(), drives: ShareJson::new(path.share) }
    }
}

#[derive(Serialize)]
struct MergeJson<'a> {
    id: &'a str,
    name: &'a str,
    delay_days: f64,
    predecessors: Vec<PredecessorJson<'a>>,
}

#[derive(Serialize)]
struct PredecessorJson<'a> {
    id: &'a str,
    drives: f64,
}

impl<'a> MergeJson<'a> {
    fn new(point: &'a MergePoint) -> Self {
        let predecessors =
            point.drives.iter().map(|(id, drives)| PredecessorJson { id, drives: share(*drives) });
        Self {
            id: &point.key,
            name: &point.name,
            delay_days: days(point.delay_days),
            predecessors: predecessors.collect(),
        }
    }
}
