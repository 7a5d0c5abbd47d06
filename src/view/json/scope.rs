//! `plan.scope/1`.

use serde::Serialize;

use crate::forecast::Stamp;
use crate::model::{DataKind, Goal, System};
use crate::scope::{
    Assessment, Choice, CriteriaReport, Fallback, ResourceNeed, ResourceUnit, ScopeReport, StageShare,
};
use crate::view::decisions::{change, reason, remark};

use super::net_drivers::DriverJson;
use super::steps::StepJson;
use super::{PointJson, document, money, share};

/// What to do at all, as JSON. Chances are 0 to 1, money in the plan's currency, effort in person-days.
pub fn scope(report: &ScopeReport) -> String {
    document(&ScopeJson {
        schema: "plan.scope/1",
        plan: &report.plan,
        currency: &report.currency,
        budget: report.budget,
        iterations: report.iterations,
        seed: report.seed,
        steps: StepJson::all(report),
        problems: report
            .problems
            .iter()
            .map(|it| ProblemJson {
                id: &it.key,
                name: &it.name,
                vague: it.metric.is_none() && !it.is_parent,
                depth: it.depth,
                solutions: it.solutions,
            })
            .collect(),
        solutions: report
            .solutions
            .iter()
            .enumerate()
            .map(|(at, it)| SolutionJson::new(at, it, report))
            .collect(),
        portfolio: PortfolioJson::new(&report.sets(true), report),
        ease_trap: report.ease_trap.map(|trap| EaseTrapJson {
            easiest: &report.solutions[trap.easiest].key,
            best: &report.solutions[trap.best].key,
            worth: money(trap.worth),
        }),
        criteria: report.criteria.as_ref().map(CriteriaJson::new),
        remarks: report.remarks.iter().map(remark).collect(),
        resources: report.needs.iter().map(NeedJson::new).collect(),
    })
}

/// Sets of solutions as JSON: those that no cheaper one is worth more than, or all, and the choice.
pub fn frontier(report: &ScopeReport, all: bool) -> String {
    document(&FrontierJson {
        schema: "plan.scope-frontier/1",
        plan: &report.plan,
        currency: &report.currency,
        budget: report.budget,
        goal: goal(report.goal),
        iterations: report.iterations,
        seed: report.seed,
        portfolio: PortfolioJson::new(&report.sets(all), report),
    })
}

const fn goal(goal: Goal) -> &'static str {
    match goal {
        Goal::ExpectedValue => "enpv",
        Goal::ChanceOfGain => "p_positive",
        Goal::WorstTwentieth => "cvar",
    }
}

#[derive(Serialize)]
struct FrontierJson<'a> {
    schema: &'static str,
    plan: &'a str,
    currency: &'a str,
    budget: Option<f64>,
    goal: &'static str,
    iterations: usize,
    seed: u64,
    portfolio: PortfolioJson<'a>,
}

#[derive(Serialize)]
struct ScopeJson<'a> {
    schema: &'static str,
    plan: &'a str,
    currency: &'a str,
    budget: Option<f64>,
    iterations: usize,
    seed: u64,
    steps: Vec<StepJson>,
    problems: Vec<ProblemJson<'a>>,
    solutions: Vec<SolutionJson<'a>>,
    portfolio: PortfolioJson<'a>,
    ease_trap: Option<EaseTrapJson<'a>>,
    resources: Vec<NeedJson<'a>>,
    criteria: Option<CriteriaJson<'a>>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct CriteriaJson<'a> {
    consistency_ratio: f64,
    weights: Vec<WeightJson<'a>>,
}

#[derive(Serialize)]
struct WeightJson<'a> {
    name: &'a str,
    weight: f64,
}

impl<'a> CriteriaJson<'a> {
    fn new(it: &'a CriteriaReport) -> Self {
        let weight = |(name, weight): &'a (String, f64)| WeightJson { name, weight: share(*weight) };
        Self { consistency_ratio: share(it.consistency), weights: it.weights.iter().map(weight).collect() }
    }
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    id: &'a str,
    name: &'a str,
    vague: bool,
    depth: usize,
    solutions: usize,
}

#[derive(Serialize)]
struct EvidenceJson {
    name: &'static str,
    needed: bool,
    there: bool,
}

#[derive(Serialize)]
struct StopJson {
    metric: f64,
    after: u32,
    gain: f64,
    share: f64,
}

#[derive(Serialize)]
struct SolutionJson<'a> {
    id: &'a str,
    name: &'a str,
    unstructured: bool,
    existing: bool,
    evidence: Vec<EvidenceJson>,
    p_metric: f64,
    p_feasible: f64,
    p_partial: f64,
    p_launch: f64,
    p_in_time: Option<f64>,
    launch_p50: Option<PointJson>,
    launch_p80: Option<PointJson>,
    cost_mean: f64,
    cost_p50: f64,
    cost_p80: f64,
    effort_p50: f64,
    iterations: Option<[u32; 3]>,
    enpv: f64,
    enpv_error: f64,
    npv_p05: f64,
    npv_p50: f64,
    npv_p95: f64,
    p_gain: f64,
    worst_twentieth: f64,
    break_even: Option<f64>,
    productivity: Option<f64>,
    rice: Option<f64>,
    cost_of_delay: f64,
    wsjf: Option<f64>,
    criteria_score: Option<f64>,
    evpi: f64,
    drivers: Vec<DriverJson<'a>>,
    stop_line: Option<StopJson>,
    decision: &'static str,
    reasons: Vec<String>,
    changes: Vec<String>,
    fallbacks: Vec<FallbackJson<'a>>,
    ecv: f64,
    target_by_iteration: Vec<(u32, f64)>,
    stages: Vec<StageJson<'a>>,
}

impl<'a> SolutionJson<'a> {
    fn new(index: usize, it: &'a Assessment, report: &ScopeReport) -> Self {
        let point = |which: usize| it.launch.map(|stamps: [Stamp; 2]| PointJson::new(stamps[which]));
        Self {
            id: &it.key,
            name: &it.name,
            unstructured: it.data_kind == DataKind::Unstructured,
            existing: it.system == System::Existing,
            evidence: it
                .evidence
                .iter()
                .map(|item| EvidenceJson { name: item.name, needed: item.is_needed, there: item.is_there })
                .collect(),
            p_metric: share(it.p_metric),
            p_feasible: share(it.p_feasible),
            p_partial: share(it.p_partial),
            p_launch: share(it.p_launch),
            p_in_time: it.p_in_time.map(share),
            launch_p50: point(0),
            launch_p80: point(1),
            cost_mean: money(it.cost.mean),
            cost_p50: money(it.cost.p50),
            cost_p80: money(it.cost.p80),
            effort_p50: money(it.effort),
            iterations: it.iterations,
            enpv: money(it.worths.expected),
            enpv_error: money(it.worths.error),
            npv_p05: money(it.worths.p05),
            npv_p50: money(it.worths.p50),
            npv_p95: money(it.worths.p95),
            p_gain: share(it.worths.p_gain),
            worst_twentieth: money(it.worths.worst_twentieth),
            break_even: it.worths.break_even.map(share),
            productivity: it.scores.productivity.map(share),
            rice: it.scores.rice.map(money),
            cost_of_delay: money(it.scores.cost_of_delay),
            wsjf: it.scores.wsjf.map(money),
            criteria_score: report.criteria.as_ref().and_then(|it| it.scores[index]).map(share),
            evpi: money(it.worth_of_knowing),
            drivers: it.drivers.iter().map(DriverJson::new).collect(),
            stop_line: it.stop.map(|(line, metric, after)| StopJson {
                metric: share(metric),
                after,
                gain: money(line.gain),
                share: share(line.share),
            }),
            decision: it.decision.word(),
            reasons: it.reasons.iter().map(|one| reason(one, report)).collect(),
            changes: it.changes.iter().map(change).collect(),
            fallbacks: it.fallbacks.iter().map(FallbackJson::of).collect(),
            ecv: money(it.details.commercial_value),
            target_by_iteration: it.details.progression.iter().flat_map(|it| chances(&it.chances)).collect(),
            stages: it.details.stages.iter().map(StageJson::of).collect(),
        }
    }
}

fn chances(chances: &[(u32, f64)]) -> impl Iterator<Item = (u32, f64)> {
    chances.iter().map(|&(after, p)| (after, share(p)))
}

/// A stage's share of the cost of runs that launch; without an id what is of no stage.
#[derive(Serialize)]
struct StageJson<'a> {
    id: Option<&'a str>,
    share: f64,
}

impl<'a> StageJson<'a> {
    fn of(it: &'a StageShare) -> Self {
        Self { id: it.stage.as_ref().map(|(key, _)| key.as_str()), share: share(it.share) }
    }
}

#[derive(Serialize)]
struct FallbackJson<'a> {
    id: &'a str,
    p_begun: f64,
    p_launch: f64,
}

impl<'a> FallbackJson<'a> {
    fn of(it: &'a Fallback) -> Self {
        Self { id: &it.key, p_begun: share(it.p_begun), p_launch: share(it.p_launch) }
    }
}

#[derive(Serialize)]
struct PortfolioJson<'a> {
    chosen: Vec<&'a str>,
    reserve: f64,
    sets: Vec<SetJson<'a>>,
}

impl<'a> PortfolioJson<'a> {
    fn new(sets: &[&Choice], report: &'a ScopeReport) -> Self {
        Self {
            chosen: report.members(report.portfolio.choice()),
            reserve: money(report.portfolio.reserve),
            sets: sets.iter().map(|choice| SetJson::new(choice, report)).collect(),
        }
    }
}

#[derive(Serialize)]
struct SetJson<'a> {
    solutions: Vec<&'a str>,
    cost_p50: f64,
    cost_p80: f64,
    enpv: f64,
    npv_p05: f64,
    npv_p95: f64,
    worst_twentieth: f64,
    p_gain: f64,
    load: f64,
    frontier: bool,
    fundable: bool,
}

impl<'a> SetJson<'a> {
    fn new(choice: &Choice, report: &'a ScopeReport) -> Self {
        Self {
            solutions: report.members(choice),
            cost_p50: money(choice.p50_cost),
            cost_p80: money(choice.p80_cost),
            enpv: money(choice.expected),
            npv_p05: money(choice.p05),
            npv_p95: money(choice.p95),
            worst_twentieth: money(choice.worst_twentieth),
            p_gain: share(choice.p_gain),
            load: share(choice.load),
            frontier: choice.is_on_frontier,
            fundable: choice.is_fundable,
        }
    }
}

#[derive(Serialize)]
struct EaseTrapJson<'a> {
    easiest: &'a str,
    best: &'a str,
    worth: f64,
}

/// What the set to fund needs of something: time in working days, people in person-days, machines in hours.
#[derive(Serialize)]
struct NeedJson<'a> {
    id: Option<&'a str>,
    name: &'a str,
    unit: &'static str,
    need_p80: f64,
    supply: Option<f64>,
    load: Option<f64>,
    shortfall: f64,
    price_of_shortfall: Option<f64>,
}

impl<'a> NeedJson<'a> {
    fn new(it: &'a ResourceNeed) -> Self {
        Self {
            id: it.key.as_deref(),
            name: &it.name,
            unit: match it.unit {
                ResourceUnit::Days => "days",
                ResourceUnit::PersonDays => "person_days",
                ResourceUnit::Hours => "hours",
                ResourceUnit::Pieces => "pieces",
            },
            need_p80: money(it.need),
            supply: it.supply.map(money),
            load: it.load().filter(|load| load.is_finite()).map(share),
            shortfall: money(it.shortfall()),
            price_of_shortfall: it.price_of_rest.map(money),
        }
    }
}
