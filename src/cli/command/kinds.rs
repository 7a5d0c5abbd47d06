//! What `plan export` can write: one table for the command, its help and `-o DIR`.

use crate::cli::run::Run;
use crate::forecast::{BurnKind, CashFlow, Comparison, DriverReport, Forecast, Optimisation, PathReport};
use crate::scope::{ScopeReport, ValueMap, ValueOf};
use crate::units::Instant;
use crate::view::{chart, csv, json};

use super::path::NEAR_DAYS;

/// Something that can be written.
pub(in crate::cli) struct Kind {
    /// What it is called.
    pub(in crate::cli) name: &'static str,
    /// What it shows.
    pub(in crate::cli) about: &'static str,
    /// `svg`, `csv` or `json`.
    pub(in crate::cli) extension: &'static str,
    /// Makes it.
    pub(in crate::cli) make: Make,
}

/// What a picture or table is made of. All give nothing if the plan has nothing of it.
#[derive(Clone, Copy)]
pub(in crate::cli) enum Make {
    /// Of the forecast, with a day to mark.
    Forecast(fn(&Run, &Forecast, Option<Instant>) -> Option<String>),
    /// Of the money by period.
    CashFlow(fn(&CashFlow) -> String),
    /// Of all scenarios of the plan, side by side.
    Comparison(fn(&Comparison) -> Option<String>),
    /// Of its cheapest choices for the deadline.
    Optimisation(fn(&Optimisation) -> String),
    /// Of its solutions and which of them to fund.
    Scope(fn(&ScopeReport) -> Option<String>),
    /// Of what the plan hangs on, which takes many more runs.
    Drivers(fn(&DriverReport) -> Option<String>),
}

/// All kinds: pictures first.
pub(in crate::cli) const KINDS: &[Kind] = &[
    Kind {
        name: "timeline",
        about: "milestones by stage: bars to P50, whiskers from P10 to P90, deadlines",
        extension: "svg",
        make: Make::Forecast(|_, forecast, today| Some(chart::timeline(forecast, today))),
    },
    Kind {
        name: "finish",
        about: "how likely each finish is, and how likely the plan is done by then",
        extension: "svg",
        make: Make::Forecast(|_, forecast, _| Some(chart::finish(forecast))),
    },
    Kind {
        name: "budget",
        about: "how likely each cost is, and how likely a budget is enough",
        extension: "svg",
        make: Make::Forecast(|_, forecast, _| forecast.cost.as_ref().map(|_| chart::budget(forecast))),
    },
    Kind {
        name: "joint",
        about: "finish and cost of single runs, and the dates and budgets that hold together",
        extension: "svg",
        make: Make::Forecast(|_, forecast, _| chart::joint(forecast)),
    },
    Kind {
        name: "burndown",
        about: "the work that remains over time, with its band",
        extension: "svg",
        make: Make::Forecast(|run, _, _| run.burndown(BurnKind::Work).map(chart::burndown)),
    },
    Kind {
        name: "burndown-money",
        about: "the budget that remains over time, with its band",
        extension: "svg",
        make: Make::Forecast(|run, _, _| run.burndown(BurnKind::Money).map(chart::burndown)),
    },
    Kind {
        name: "cashflow",
        about: "what is paid in each month or week and by its end, and the money released",
        extension: "svg",
        make: Make::CashFlow(chart::cashflow),
    },
    Kind {
        name: "tornado",
        about: "what each risk, stage and milestone adds to the finish and the cost",
        extension: "svg",
        make: Make::Drivers(|report| Some(chart::tornado(report))),
    },
    Kind {
        name: "waterfall",
        about: "what the plan as written hides, up to the percentile that headlines",
        extension: "svg",
        make: Make::Drivers(|report| Some(chart::waterfall(report))),
    },
    Kind {
        name: "comparison",
        about: "the scenarios' chances of date and cost, one over the other",
        extension: "svg",
        make: Make::Comparison(|comparison| Some(chart::comparison(comparison))),
    },
    Kind {
        name: "tradeoff",
        about: "the scenarios' dates against their costs, and who is beaten",
        extension: "svg",
        make: Make::Comparison(chart::tradeoff),
    },
    Kind {
        name: "differences",
        about: "how far the scenarios' dates and costs lie from the plan as written",
        extension: "svg",
        make: Make::Comparison(chart::differences),
    },
    Kind {
        name: "frontier",
        about: "what each earlier date costs at the least, by options and time bought",
        extension: "svg",
        make: Make::Optimisation(chart::frontier),
    },
    Kind {
        name: "scope-process",
        about: "from problems to what is funded: what is left after each step, and what it lacks",
        extension: "svg",
        make: Make::Scope(|report| Some(chart::process(report))),
    },
    Kind {
        name: "feasibility",
        about: "the solutions by kind of data and system, with their evidence and what is missing",
        extension: "svg",
        make: Make::Scope(|report| Some(chart::feasibility(report))),
    },
    Kind {
        name: "value-effort",
        about: "the solutions' value over their effort, by chance and decision",
        extension: "svg",
        make: Make::Scope(|report| {
            Some(chart::value_effort(report, &ValueMap::of(report, ValueOf::AllRuns)))
        }),
    },
    Kind {
        name: "npv",
        about: "how likely each solution stays below a net present value",
        extension: "svg",
        make: Make::Scope(|report| Some(chart::npv(report))),
    },
    Kind {
        name: "scope-frontier",
        about: "sets of solutions by cost and worth, and which to fund",
        extension: "svg",
        make: Make::Scope(chart::portfolio),
    },
    Kind {
        name: "milestones",
        about: "every milestone in a row: criticality, dates, cost",
        extension: "csv",
        make: Make::Forecast(|_, forecast, _| Some(csv::milestones(forecast))),
    },
    Kind {
        name: "percentiles",
        about: "the percentiles of finish and cost with their intervals",
        extension: "csv",
        make: Make::Forecast(|_, forecast, _| Some(csv::percentiles(forecast))),
    },
    Kind {
        name: "path",
        about: "the dates, floats and drivers of the plan as written",
        extension: "csv",
        make: Make::Forecast(|run, _, _| {
            Some(csv::path(&PathReport::of(&run.plan, &run.network, NEAR_DAYS)))
        }),
    },
    Kind {
        name: "drivers",
        about: "what each risk, stage and milestone adds, with intervals",
        extension: "csv",
        make: Make::Drivers(|report| Some(csv::drivers(report))),
    },
    Kind {
        name: "burndown-data",
        about: "the work that remains over time, for programs",
        extension: "json",
        make: Make::Forecast(|run, _, _| run.burndown(BurnKind::Work).map(json::burndown)),
    },
    Kind {
        name: "burndown-money-data",
        about: "the budget that remains over time, for programs",
        extension: "json",
        make: Make::Forecast(|run, _, _| run.burndown(BurnKind::Money).map(json::burndown)),
    },
    Kind {
        name: "cashflow-data",
        about: "what is paid in each month or week and by its end, for programs",
        extension: "json",
        make: Make::CashFlow(json::cashflow),
    },
];

/// What the kinds are called.
pub(in crate::cli) fn names() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).collect()
}
