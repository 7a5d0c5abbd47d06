//! `plan.burndown/1`.

use serde::Serialize;

use crate::forecast::{BurnBand, BurnKind, BurnPoint, Burndown, FailingBurndown};

use super::{PointJson, date, days, document, money, share};

/// The burndown as JSON: what remains at each moment of the grid.
pub fn burndown(burndown: &Burndown) -> String {
    document(&BurndownJson {
        schema: "plan.burndown/1",
        plan: &burndown.plan,
        kind: match burndown.kind {
            BurnKind::Work => "work",
            BurnKind::Money => "money",
        },
        unit: &burndown.unit,
        total: money(burndown.total),
        iterations: burndown.iterations,
        deadline: burndown.deadline.map(PointJson::new),
        runs_out: burndown.runs_out.map(share),
        run_out_median: burndown.run_out_median.map(PointJson::new),
        failing: burndown.failing.as_ref().map(FailingJson::new),
        points: burndown.points.iter().map(PointsJson::new).collect(),
    })
}

#[derive(Serialize)]
struct BurndownJson<'a> {
    schema: &'static str,
    plan: &'a str,
    kind: &'static str,
    unit: &'a str,
    total: f64,
    iterations: usize,
    deadline: Option<PointJson>,
    runs_out: Option<f64>,
    run_out_median: Option<PointJson>,
    failing: Option<FailingJson>,
    points: Vec<PointsJson>,
}

/// The bands of the same moments as `points`.
#[derive(Serialize)]
struct FailingJson {
    share: f64,
    bands: Vec<BandJson>,
}

#[derive(Serialize)]
struct BandJson {
    p10: f64,
    p50: f64,
    p90: f64,
}

impl FailingJson {
    fn new(failing: &FailingBurndown) -> Self {
        let band = |band: &BurnBand| {
            let [p10, p50, p90] = [band.p10, band.p50, band.p90].map(money);
            BandJson { p10, p50, p90 }
        };
        Self { share: share(failing.share), bands: failing.bands.iter().map(band).collect() }
    }
}

#[derive(Serialize)]
struct PointsJson {
    date: Option<String>,
    days: f64,
    planned: f64,
    p10: f64,
    p50: f64,
    p90: f64,
}

impl PointsJson {
    fn new(point: &BurnPoint) -> Self {
        Self {
            date: date(point.at.date),
            days: days(point.at.days),
            planned: money(point.planned),
            p10: money(point.p10),
            p50: money(point.p50),
            p90: money(point.p90),
        }
    }
}
