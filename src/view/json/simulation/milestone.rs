//! One milestone of a forecast.

use serde::Serialize;

use super::TimePercentileJson;
use crate::forecast::{FinishMethod, MilestoneForecast};
use crate::view::json::{PointJson, date, days, money, share};

#[derive(Serialize)]
pub(super) struct MilestoneJson<'a> {
    id: &'a str,
    name: &'a str,
    stage: Option<&'a str>,
    exists: f64,
    criticality: f64,
    saves: Option<f64>,
    deterministic: PlannedJson,
    deadline: Option<PointJson>,
    start: StartJson,
    finish: MilestoneFinishJson,
    iterations: Option<IterationsJson>,
    passes: Option<f64>,
}

#[derive(Serialize)]
struct IterationsJson {
    p10: u32,
    p50: u32,
    p90: u32,
}

#[derive(Serialize)]
struct PlannedJson {
    start: PointJson,
    finish: PointJson,
    cost: f64,
}

#[derive(Serialize)]
struct StartJson {
    mean_days: f64,
    mean_date: Option<String>,
}

#[derive(Serialize)]
struct MilestoneFinishJson {
    method: &'static str,
    mean_days: f64,
    sd_days: f64,
    percentiles: Vec<TimePercentileJson>,
}

impl<'a> MilestoneJson<'a> {
    pub(super) fn new(milestone: &'a MilestoneForecast) -> Self {
        Self {
            id: &milestone.key,
            name: &milestone.name,
            stage: milestone.stage.as_deref(),
            exists: share(milestone.exists),
            criticality: share(milestone.criticality),
            saves: milestone.saves.map(share),
            deterministic: PlannedJson {
                start: PointJson::new(milestone.planned_start),
                finish: PointJson::new(milestone.planned_finish),
                cost: money(milestone.planned_cost),
            },
            deadline: milestone.deadline.map(PointJson::new),
            start: StartJson {
                mean_days: days(milestone.start_mean.days),
                mean_date: date(milestone.start_mean.date),
            },
            finish: MilestoneFinishJson {
                method: match milestone.method {
                    FinishMethod::Exact => "exact",
                    FinishMethod::Histogram => "histogram",
                },
                mean_days: days(milestone.finish_mean.days),
                sd_days: days(milestone.finish_sd_days),
                percentiles: milestone.finish.iter().map(TimePercentileJson::new).collect(),
            },
            iterations: milestone.iterations.map(|it| IterationsJson {
                p10: it.p10,
                p50: it.p50,
                p90: it.p90,
            }),
            passes: milestone.passes.map(share),
        }
    }
}
