//! `plan.cashflow/1`.

use serde::Serialize;

use crate::forecast::{
    CashFlow, CashPeriod, Funding, PeriodFunding, Proportion, Spread, Stamp, Waiting, WaitingMilestone,
};

use super::{PointJson, days, document, money, share};

/// The cash flow as JSON: what is paid in each period and by its end.
pub fn cashflow(flow: &CashFlow) -> String {
    document(&CashFlowJson {
        schema: "plan.cashflow/1",
        plan: &flow.plan,
        currency: &flow.currency,
        by: flow.by.word(),
        iterations: flow.iterations,
        seed: flow.seed,
        planned: money(flow.planned),
        later_mean: money(flow.later),
        band_share: share(flow.inside),
        funding: flow.funding.as_ref().map(FundingJson::new),
        periods: flow.periods.iter().map(PeriodJson::new).collect(),
    })
}

#[derive(Serialize)]
struct CashFlowJson<'a> {
    schema: &'static str,
    plan: &'a str,
    currency: &'a str,
    by: &'static str,
    iterations: usize,
    seed: u64,
    planned: f64,
    later_mean: f64,
    band_share: f64,
    funding: Option<FundingJson>,
    periods: Vec<PeriodJson>,
}

#[derive(Serialize)]
struct PeriodJson {
    from: PointJson,
    to: PointJson,
    planned: f64,
    planned_total: f64,
    paid: SpreadJson,
    total: SpreadJson,
    band: BandJson,
    funding: Option<PeriodFundingJson>,
}

#[derive(Serialize)]
struct BandJson {
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct SpreadJson {
    mean: f64,
    p10: f64,
    p50: f64,
    p80: f64,
}

#[derive(Serialize)]
struct ChanceJson {
    probability: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct FundingJson {
    released: f64,
    runs_out: ChanceJson,
    run_out: Option<RunOutJson>,
    planned_run_out: Option<PointJson>,
    shortfall: SpreadJson,
    waiting: Option<WaitingJson>,
}

#[derive(Serialize)]
struct WaitingJson {
    later: ChanceJson,
    never: ChanceJson,
    finish: Option<FinishJson>,
    waited_finish: Option<FinishJson>,
    lost_days: SpreadJson,
    milestones: Vec<WaitingMilestoneJson>,
}

#[derive(Serialize)]
struct FinishJson {
    p50: PointJson,
    p80: PointJson,
}

#[derive(Serialize)]
struct WaitingMilestoneJson {
    id: String,
    name: String,
    waits: ChanceJson,
    mean_days: f64,
}

#[derive(Serialize)]
struct RunOutJson {
    p10: PointJson,
    p50: PointJson,
    p80: PointJson,
}

#[derive(Serialize)]
struct PeriodFundingJson {
    released: f64,
    released_total: f64,
    short: ChanceJson,
    shortfall: SpreadJson,
}

impl PeriodJson {
    fn new(period: &CashPeriod) -> Self {
        Self {
            from: PointJson::new(period.from),
            to: PointJson::new(period.to),
            planned: money(period.planned),
            planned_total: money(period.planned_total),
            paid: SpreadJson::new(period.paid),
            total: SpreadJson::new(period.total),
            band: BandJson { low: money(period.band.0), high: money(period.band.1) },
            funding: period.funding.map(PeriodFundingJson::new),
        }
    }
}

impl SpreadJson {
    fn new(spread: Spread) -> Self {
        let Spread { mean, p10, p50, p80 } = spread;
        Self { mean: money(mean), p10: money(p10), p50: money(p50), p80: money(p80) }
    }
}

impl ChanceJson {
    fn new(chance: Proportion) -> Self {
        Self { probability: share(chance.share), low: share(chance.low), high: share(chance.high) }
    }
}

impl FundingJson {
    fn new(funding: &Funding) -> Self {
        let run_out = funding.run_out.map(|dates| dates.map(PointJson::new));
        Self {
            released: money(funding.released),
            runs_out: ChanceJson::new(funding.runs_out),
            run_out: run_out.map(|[p10, p50, p80]| RunOutJson { p10, p50, p80 }),
            planned_run_out: funding.planned_run_out.map(PointJson::new),
            shortfall: SpreadJson::new(funding.shortfall),
            waiting: funding.waiting.as_ref().map(WaitingJson::new),
        }
    }
}

impl WaitingJson {
    fn new(waiting: &Waiting) -> Self {
        let finish = |finish: Option<[Stamp; 2]>| {
            finish.map(|[p50, p80]| FinishJson { p50: PointJson::new(p50), p80: PointJson::new(p80) })
        };
        Self {
            later: ChanceJson::new(waiting.later),
            never: ChanceJson::new(waiting.never),
            finish: finish(waiting.finish),
            waited_finish: finish(waiting.waited_finish),
            lost_days: SpreadJson::new(waiting.lost_days),
            milestones: waiting.milestones.iter().map(WaitingMilestoneJson::new).collect(),
        }
    }
}

impl WaitingMilestoneJson {
    fn new(milestone: &WaitingMilestone) -> Self {
        Self {
            id: milestone.key.clone(),
            name: milestone.name.clone(),
            waits: ChanceJson::new(milestone.waits),
            mean_days: days(milestone.mean_days),
        }
    }
}

impl PeriodFundingJson {
    fn new(funding: PeriodFunding) -> Self {
        Self {
            released: money(funding.released),
            released_total: money(funding.released_total),
            short: ChanceJson::new(funding.short),
            shortfall: SpreadJson::new(funding.shortfall),
        }
    }
}
