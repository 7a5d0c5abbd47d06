//! `plan.path/1`.

use serde::Serialize;

use crate::forecast::{PathReport, PathRow};

use super::simulation::PlanJson;
use super::{PointJson, date, days, document};

/// The critical path as JSON. Each date has its twin in days, which plans without dates have, too.
pub fn path(report: &PathReport) -> String {
    document(&PathJson {
        schema: "plan.path/1",
        plan: PlanJson::new(&report.plan),
        scenario: report.plan.scenario.as_deref(),
        finish: PointJson::new(report.finish),
        milestones: report.milestones.iter().map(RowJson::new).collect(),
        critical_paths: &report.critical_paths,
        more_paths: report.more_paths,
        near_critical: &report.near_critical,
        near_days: days(report.near_days),
    })
}

#[derive(Serialize)]
struct PathJson<'a> {
    schema: &'static str,
    plan: PlanJson<'a>,
    scenario: Option<&'a str>,
    finish: PointJson,
    milestones: Vec<RowJson<'a>>,
    critical_paths: &'a [Vec<String>],
    more_paths: bool,
    near_critical: &'a [String],
    near_days: f64,
}

#[derive(Serialize)]
struct RowJson<'a> {
    id: &'a str,
    name: &'a str,
    stage: Option<&'a str>,
    duration_days: f64,
    early_start: Option<String>,
    early_finish: Option<String>,
    late_start: Option<String>,
    late_finish: Option<String>,
    early_start_days: f64,
    early_finish_days: f64,
    late_start_days: f64,
    late_finish_days: f64,
    total_float_days: f64,
    free_float_days: f64,
    critical: bool,
    drag_days: Option<f64>,
    driver: &'a str,
}

impl<'a> RowJson<'a> {
    fn new(row: &'a PathRow) -> Self {
        Self {
            id: &row.key,
            name: &row.name,
            stage: row.stage.as_deref(),
            duration_days: days(row.duration_days),
            early_start: date(row.early_start.date),
            early_finish: date(row.early_finish.date),
            late_start: date(row.late_start.date),
            late_finish: date(row.late_finish.date),
            early_start_days: days(row.early_start.days),
            early_finish_days: days(row.early_finish.days),
            late_start_days: days(row.late_start.days),
            late_finish_days: days(row.late_finish.days),
            total_float_days: days(row.total_float_days),
            free_float_days: days(row.free_float_days),
            critical: row.critical,
            drag_days: row.drag_days.map(days),
            driver: &row.driver,
        }
    }
}
