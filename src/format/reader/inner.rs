//! The keys of tables inside another.

use super::keys::{KeyRow, row};
use super::scope::keys as scope;
use super::takes::Takes;

/// Keys of `basis`.
pub const BASIS: &[KeyRow] = &[
    row("who", Takes::Text, "who said it"),
    row("when", Takes::Date, "when it was said"),
    row("source", Takes::Text, "what it rests on"),
];

/// Keys of `rework`.
pub const REWORK: &[KeyRow] = &[
    row(
        "probability",
        Takes::Chances,
        "how likely the check fails: the first, the second, …; the last holds on",
    ),
    row(
        "back_to",
        Takes::Milestone,
        "what is done again: all on the way from this milestone to the check; default: the check's own milestone",
    ),
    row("redo", Takes::Selectors, "what is done again: exactly these, and the check's own milestone"),
    row("share", Takes::Share, "how much of the original work a repeat takes, drawn for each; default: 100%"),
    row(
        "at_most",
        Takes::Count,
        "how many repeats there are at most; default: as many as there are probabilities",
    ),
    row("otherwise", Takes::Otherwise, "what happens when the last check fails, too; default: continue"),
];

/// Keys of what a risk does to one milestone.
pub const IMPACT: &[KeyRow] = &[
    row("delay", Takes::Time, "how much longer it takes"),
    row("factor", Takes::Factor, "multiplies its duration and work"),
    row("cost", Takes::Money, "what that costs once"),
    row("cost_factor", Takes::Factor, "multiplies all that it costs"),
];

/// Keys of `response`: its price, and the keys of the risk that it changes.
pub const RESPONSE: &[KeyRow] = &[
    row("price", Takes::Money, "what it costs, at the plan's start and in any case"),
    row("probability", Takes::FixedShare, "how likely the risk happens then"),
    row("on", Takes::Selectors, "the milestones it hits then"),
    row("delay", Takes::Time, "how much longer each of them takes then"),
    row("factor", Takes::Factor, "multiplies duration and work of each then"),
    row("cost", Takes::Money, "what it costs once then"),
    row("cost_factor", Takes::Factor, "multiplies all that each of them costs then"),
    row("season", Takes::Seasons, "when it strikes then"),
    row("parallel", Takes::Text, "with which risks it is absorbed then"),
    row("impact", Takes::Impacts, "what it does to these milestones then"),
    row("note", Takes::Text, "free words"),
];

/// Keys of an option of a milestone: its name, and the keys of the milestone that it changes.
pub const OPTION: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("calendar", Takes::Calendar, "the calendar the milestone runs in then"),
    row("duration", Takes::Time, "how long it takes then"),
    row("spread", Takes::Spread, "how far its plain durations and work may miss then"),
    row("work", Takes::WorkByResource, "effort by resource then"),
    row("uses", Takes::AmountByResource, "units of resources at work for the whole span then"),
    row("consumes", Takes::AmountByResource, "pieces of resources used up then"),
    row("cost", Takes::Money, "what it costs once then"),
    row("rate", Takes::Rate, "what it costs while it runs then"),
    row("pay", Takes::Pay, "when its `cost` is paid then"),
    row("category", Takes::Category, "the category of its `cost` and `rate` then"),
    row("success", Takes::FixedShare, "how likely it succeeds then"),
    row("crash", Takes::Crash, "time that can be bought off its `duration` then"),
    row("note", Takes::Text, "free words"),
];

/// Keys of a step of `crash`.
pub const CRASH: &[KeyRow] = &[
    row("by", Takes::FixedTime, "how much time can be bought in this step"),
    row("cost", Takes::Rate, "what it costs per day bought, or per another unit of time"),
];

/// A table inside an entry of another.
#[derive(Clone, Copy, Debug)]
pub struct InnerRow {
    /// Its name.
    pub name: &'static str,
    /// What it is called: "rework check".
    pub noun: &'static str,
    /// Where it stands, as in `[milestone.ID.rework]`.
    pub path: &'static str,
    /// Its keys.
    pub keys: &'static [KeyRow],
}

/// Every table inside another whose keys are fixed.
pub const INNER: &[InnerRow] = &[
    InnerRow { name: "basis", noun: "basis", path: "milestone.ID.basis", keys: BASIS },
    InnerRow { name: "option", noun: "option", path: "milestone.ID.option.OPTION", keys: OPTION },
    InnerRow { name: "crash", noun: "crash", path: "milestone.ID.crash", keys: CRASH },
    InnerRow { name: "rework", noun: "rework check", path: "milestone.ID.rework", keys: REWORK },
    InnerRow { name: "impact", noun: "impact", path: "risk.ID.impact.MILESTONE", keys: IMPACT },
    InnerRow { name: "response", noun: "response", path: "risk.ID.response", keys: RESPONSE },
    inner("improve", "improvement", "milestone.ID.improve", scope::IMPROVE),
    inner("tail", "tail", "scope.tail", scope::TAIL),
    inner("evidence", "evidence", "solution.ID.evidence", scope::EVIDENCE),
    inner("history", "history", "solution.ID.evidence.history", scope::HISTORY),
    inner("hlp", "human level", "solution.ID.evidence.hlp", scope::HLP),
    inner("benchmark", "benchmark", "solution.ID.evidence.benchmark.ID", scope::BENCHMARK),
    inner("features", "table of features", "solution.ID.evidence.features", scope::FEATURES),
    inner("pilot", "pilot", "solution.ID.evidence.pilot", scope::PILOT),
    inner("value", "value", "solution.ID.value", scope::VALUE),
    inner("monitoring", "monitoring", "solution.ID.monitoring", scope::MONITORING),
    inner("readiness", "readiness", "solution.ID.readiness", scope::READINESS),
];

const fn inner(
    name: &'static str,
    noun: &'static str,
    path: &'static str,
    keys: &'static [KeyRow],
) -> InnerRow {
    InnerRow { name, noun, path, keys }
}
