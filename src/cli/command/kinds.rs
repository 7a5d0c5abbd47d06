//! What `plan export` can write: one table for the command, its help and `-o DIR`.

use crate::cli::run::Run;
use crate::forecast::{BurnKind, Forecast, PathReport};
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
    /// Makes it, with a day to mark; nothing if the plan has nothing of it.
    pub(in crate::cli) make: fn(&Run, &Forecast, Option<Instant>) -> Option<String>,
}

/// All kinds: pictures first.
pub(in crate::cli) const KINDS: &[Kind] = &[
    Kind {
        name: "timeline",
        about: "milestones by stage: bars to P50, whiskers from P10 to P90, deadlines",
        extension: "svg",
        make: |_, forecast, today| Some(chart::timeline(forecast, today)),
    },
    Kind {
        name: "finish",
        about: "how likely each finish is, and how likely the plan is done by then",
        extension: "svg",
        make: |_, forecast, _| Some(chart::finish(forecast)),
    },
    Kind {
        name: "budget",
        about: "how likely each cost is, and how likely a budget is enough",
        extension: "svg",
        make: |_, forecast, _| forecast.cost.as_ref().map(|_| chart::budget(forecast)),
    },
    Kind {
        name: "burndown",
        about: "the work that remains over time, with its band",
        extension: "svg",
        make: |run, _, _| run.burndown(BurnKind::Work).map(chart::burndown),
    },
    Kind {
        name: "burndown-money",
        about: "the budget that remains over time, with its band",
        extension: "svg",
        make: |run, _, _| run.burndown(BurnKind::Money).map(chart::burndown),
    },
    Kind {
        name: "milestones",
        about: "every milestone in a row: criticality, dates, cost",
        extension: "csv",
        make: |_, forecast, _| Some(csv::milestones(forecast)),
    },
    Kind {
        name: "percentiles",
        about: "the percentiles of finish and cost with their intervals",
        extension: "csv",
        make: |_, forecast, _| Some(csv::percentiles(forecast)),
    },
    Kind {
        name: "path",
        about: "the dates, floats and drivers of the plan as written",
        extension: "csv",
        make: |run, _, _| Some(csv::path(&PathReport::of(&run.plan, &run.network, NEAR_DAYS))),
    },
    Kind {
        name: "burndown-data",
        about: "the work that remains over time, for programs",
        extension: "json",
        make: |run, _, _| run.burndown(BurnKind::Work).map(json::burndown),
    },
    Kind {
        name: "burndown-money-data",
        about: "the budget that remains over time, for programs",
        extension: "json",
        make: |run, _, _| run.burndown(BurnKind::Money).map(json::burndown),
    },
];

/// What the kinds are called.
pub(in crate::cli) fn names() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).collect()
}
