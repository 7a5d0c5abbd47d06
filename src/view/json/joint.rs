//! Date and money together, as part of `plan.simulation/1`.

use serde::Serialize;

use crate::forecast::{Joint, JointCurve, JointNeed, JointPoint, Proportion};

use super::{date, days, money, share};

#[derive(Serialize)]
pub(super) struct JointJson {
    quadrants: Option<QuadrantsJson>,
    headline: Option<NeedJson>,
    curves: Vec<CurveJson>,
}

#[derive(Serialize)]
struct QuadrantsJson {
    both: ShareJson,
    late: ShareJson,
    over: ShareJson,
    neither: ShareJson,
}

#[derive(Serialize)]
struct ShareJson {
    probability: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct NeedJson {
    p: f64,
    cheapest: CornerJson,
    balanced: CornerJson,
    by_deadline: Option<CornerJson>,
    within_budget: Option<CornerJson>,
}

#[derive(Serialize)]
struct CurveJson {
    p: f64,
    corners: Vec<CornerJson>,
}

#[derive(Serialize)]
struct CornerJson {
    days: f64,
    date: Option<String>,
    cost: f64,
}

impl JointJson {
    pub(super) fn new(joint: &Joint) -> Self {
        let quadrants = joint.quadrants.map(|it| QuadrantsJson {
            both: ShareJson::new(it.both),
            late: ShareJson::new(it.late),
            over: ShareJson::new(it.over),
            neither: ShareJson::new(it.neither),
        });
        let curve = |it: &JointCurve| CurveJson {
            p: share(it.share),
            corners: it.corners.iter().map(CornerJson::new).collect(),
        };
        Self {
            quadrants,
            headline: joint.headline.as_ref().map(NeedJson::new),
            curves: joint.curves.iter().map(curve).collect(),
        }
    }
}

impl ShareJson {
    fn new(chance: Proportion) -> Self {
        Self { probability: share(chance.share), low: share(chance.low), high: share(chance.high) }
    }
}

impl NeedJson {
    fn new(need: &JointNeed) -> Self {
        Self {
            p: share(need.share),
            cheapest: CornerJson::new(&need.cheapest),
            balanced: CornerJson::new(&need.balanced),
            by_deadline: need.by_deadline.as_ref().map(CornerJson::new),
            within_budget: need.within_budget.as_ref().map(CornerJson::new),
        }
    }
}

impl CornerJson {
    fn new(point: &JointPoint) -> Self {
        Self { days: days(point.at.days), date: date(point.at.date), cost: money(point.cost) }
    }
}
