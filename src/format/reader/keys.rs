//! Every key of a plan file: what it takes and what it means, all in one place.
//!
//! The reader refuses what is not here, suggestions come from here, and so do `plan explain KEY`
//! and the JSON Schema.

pub use super::inner::{BASIS, CRASH, IMPACT, INNER, InnerRow, OPTION, RESPONSE, REWORK};
pub use super::takes::{Choice, Takes};

use super::scope::keys as scope;

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow {
    /// The key.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it means, in one line.
    pub doc: &'static str,
}

/// A table of the plan file.
#[derive(Clone, Copy, Debug)]
pub struct TableRow {
    /// Its name, as in `[milestone]`.
    pub name: &'static str,
    /// What one of its entries is called: "milestone", "expectation".
    pub entry: &'static str,
    /// Whether its keys are names that the author chooses; then `keys` are those of each entry.
    pub is_named: bool,
    /// Its keys, or those of each of its entries; none if an entry is a plain value.
    pub keys: &'static [KeyRow],
    /// What it is for, in one line.
    pub doc: &'static str,
}

pub(super) const fn row(key: &'static str, takes: Takes, doc: &'static str) -> KeyRow {
    KeyRow { key, takes, doc }
}

const PLAN: &[KeyRow] = &[
    row("name", Takes::Text, "the plan's name; default: the name of the file"),
    row("start", Takes::Date, "nothing starts before it; without it there are working days and no dates"),
    row(
        "finish",
        Takes::Milestone,
        "the milestone whose finish is the plan's; default: the last finish of all",
    ),
    row("currency", Takes::Text, "the currency of all money"),
    row(
        "calendar",
        Takes::Calendar,
        "the calendar of all that names none; default: the only one declared, else `standard`",
    ),
    row("deadline", Takes::Date, "the date the plan should be finished by"),
    row("budget", Takes::FixedMoney, "the money the plan should not exceed"),
    row("confidence", Takes::FixedShare, "the percentile that headlines; default: 80%"),
    row(
        "correlation",
        Takes::FixedShare,
        "how strongly all estimates go together that no group says otherwise of; default: 0",
    ),
    row(
        "escalation",
        Takes::Escalation,
        "how much prices rise in a year from the plan's start on; default: not at all",
    ),
    row("respond", Takes::Flag, "whether the response of every risk is in force that does not say itself"),
];

const CALENDAR: &[KeyRow] = &[
    row("week", Takes::Week, "the working hours of its weekdays"),
    row("holidays", Takes::Dates, "days off"),
    row("extra", Takes::Extra, "working hours on single dates, even on holidays"),
    row("day", Takes::FixedTime, "the length of `1d`; default: its most frequent working day"),
];

/// Keys of a milestone; a stage takes as defaults all but those that can't be the same for several:
/// `name`, `stage`, `after`, `before`, `rework`, `solution`, `improve`, `tool`, `outcomes` and what can be chosen.
const MILESTONE: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("stage", Takes::Stage, "the stage it belongs to"),
    row("tags", Takes::Texts, "words by which selectors find it, as in `tag:mobile`"),
    row("calendar", Takes::Calendar, "the calendar it runs in"),
    row("duration", Takes::Time, "how long it takes; with `work` and `consumes`, the longest of them counts"),
    row("spread", Takes::Spread, "how far its plain durations and work may miss"),
    row("work", Takes::WorkByResource, "effort by resource: it is paid, and it makes the duration"),
    row("uses", Takes::AmountByResource, "units of resources at work for the whole span"),
    row("consumes", Takes::AmountByResource, "pieces of resources used up"),
    row("cost", Takes::Money, "what it costs once"),
    row("rate", Takes::Rate, "what it costs while it runs"),
    row("pay", Takes::Pay, "when its `cost` is paid; default: at the finish"),
    row("category", Takes::Category, "the category of its `cost` and `rate`; default: other"),
    row("after", Takes::Links, "what it depends on; `[]` says that it starts with the plan on purpose"),
    row("before", Takes::Links, "what depends on it: the same links, written at the other end"),
    row("not_before", Takes::Date, "it starts no earlier"),
    row("not_after", Takes::Date, "it should finish no later; caps late dates"),
    row("must_start", Takes::Date, "it starts just then: no earlier, and late dates are capped"),
    row("must_finish", Takes::Date, "it finishes just then: no earlier, and late dates are capped"),
    row("deadline", Takes::Date, "the date it should be finished by; a target, not a constraint"),
    row("alap", Takes::Flag, "whether it runs as late as the deterministic plan allows"),
    row("rework", Takes::Rework, "a check at its finish that may send work back"),
    row("solution", Takes::Solution, "the solution it belongs to"),
    row(
        "improve",
        Takes::Inner("improve"),
        "iterations at its end, until the metric of its solution is good enough",
    ),
    row("tool", Takes::Text, "what it is done with"),
    row("outcomes", Takes::Outcomes, "the ways it may turn out, for `only_if` of others"),
    row("only_if", Takes::Conditions, "it exists only if all of these hold"),
    row(
        "success",
        Takes::FixedShare,
        "how likely it succeeds, else the plan fails at its finish; default: 100%",
    ),
    row("option", Takes::Options, "other ways to do it, by name: what each changes of its keys"),
    row("choose", Takes::Text, "the option it is done by; default: as written"),
    row("crash", Takes::Crash, "time that can be bought off its `duration`, the cheapest first"),
    row("crashed", Takes::FixedTime, "how much of that time is bought; default: none"),
    row("note", Takes::Text, "free words"),
    row("basis", Takes::Basis, "where its estimates come from"),
];

const STAGE: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("tags", Takes::Texts, "default tags of its milestones"),
    row("calendar", Takes::Calendar, "the default calendar of its milestones"),
    row("duration", Takes::Time, "the default duration of its milestones"),
    row("spread", Takes::Spread, "how far plain durations and work of its milestones may miss"),
    row("work", Takes::WorkByResource, "default effort of its milestones"),
    row("uses", Takes::AmountByResource, "default resources at work in its milestones"),
    row("consumes", Takes::AmountByResource, "default pieces used up by its milestones"),
    row("cost", Takes::Money, "the default cost of its milestones"),
    row("rate", Takes::Rate, "the default rate of its milestones"),
    row("pay", Takes::Pay, "when costs of its milestones are paid by default"),
    row("category", Takes::Category, "the default category of its milestones"),
    row("not_before", Takes::Date, "its milestones start no earlier"),
    row("not_after", Takes::Date, "its milestones should finish no later"),
    row("must_start", Takes::Date, "its milestones start just then"),
    row("must_finish", Takes::Date, "its milestones finish just then"),
    row("deadline", Takes::Date, "the default deadline of its milestones"),
    row("alap", Takes::Flag, "whether its milestones run as late as possible"),
    row("only_if", Takes::Conditions, "its milestones exist only if all of these hold"),
    row(
        "success",
        Takes::FixedShare,
        "how likely each of its milestones succeeds, else the plan fails there",
    ),
    row("note", Takes::Text, "free words"),
    row("basis", Takes::Basis, "where estimates of its milestones come from"),
];

const RESOURCE: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("kind", Takes::Kind, "what it is, and so the category of its money; default: other"),
    row("capacity", Takes::DatedNumber, "how many units there are; default: as many as needed"),
    row("availability", Takes::DatedShare, "the share of its time that goes into work; default: 100%"),
    row("rate", Takes::DatedRate, "what one unit costs per time"),
    row("price", Takes::DatedMoney, "what one piece costs that is consumed"),
    row(
        "throughput",
        Takes::RateByResource,
        "how many pieces one unit of another resource turns out per time",
    ),
    row("allowance", Takes::Share, "pieces needed on top, for waste and checking"),
    row("calendar", Takes::Calendar, "the calendar it works in"),
    row("away", Takes::Dates, "when it is away"),
    row("note", Takes::Text, "free words"),
];

const OVERHEAD: &[KeyRow] = &[
    row("rate", Takes::Rate, "what it costs per time"),
    row(
        "over",
        Takes::Selectors,
        "from the first start to the last finish of these; default: the whole plan",
    ),
    row("share", Takes::Share, "a surcharge on other money"),
    row("of", Takes::MoneySelectors, "the money that `share` is added to"),
    row("category", Takes::Category, "the category it counts under; default: other"),
    row("note", Takes::Text, "free words"),
];

const RISK: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("probability", Takes::FixedShare, "how likely it happens"),
    row("on", Takes::Selectors, "the milestones it hits, all in the same iterations and equally hard"),
    row("delay", Takes::Time, "how much longer each of them takes, in its own days and weeks"),
    row("factor", Takes::Factor, "multiplies duration and work of each; below 1 it is an opportunity"),
    row("cost", Takes::Money, "what it costs once, however many it hits"),
    row("cost_factor", Takes::Factor, "multiplies all that each of them costs"),
    row("season", Takes::Seasons, "it strikes only what is at work then, in every year; default: always"),
    row(
        "parallel",
        Takes::Text,
        "risks of the same word are absorbed together: the worst counts; default: all count",
    ),
    row("impact", Takes::Impacts, "what it does to these milestones instead, each with its own draw"),
    row("response", Takes::Response, "what can be done about it: a price, and what it leaves of the risk"),
    row("respond", Takes::Flag, "whether the response is in force; default: `respond` of the plan"),
    row("solution", Takes::Solution, "the solution that fails where it happens"),
    row("resolved_by", Takes::Milestone, "the milestone of that solution at whose finish it is known"),
    row("veto", Takes::Flag, "whether the solution is blocked until this is cleared"),
    row("cleared", Takes::Flag, "whether it is cleared"),
    row("note", Takes::Text, "free words"),
];

const CORRELATION: &[KeyRow] = &[
    row(
        "among",
        Takes::Members,
        "what goes together: of a milestone all that its span is drawn from, or one key of it; risks",
    ),
    row("rho", Takes::Correlation, "how strongly every two of them go together: Spearman's rank correlation"),
    row("matrix", Takes::Matrix, "instead of `rho`, a row for each of them, in their order"),
    row("note", Takes::Text, "free words"),
];

const ESCALATION: &[KeyRow] = &[
    row("people", Takes::Escalation, "how much people's time rises in a year"),
    row("compute", Takes::Escalation, "how much machines' time rises in a year"),
    row("data", Takes::Escalation, "how much data and labels rise in a year"),
    row("other", Takes::Escalation, "how much everything else rises in a year"),
    row("risk", Takes::Escalation, "how much what risks cost rises in a year"),
];

const SCENARIO: &[KeyRow] = &[
    row("description", Takes::Text, "what it is about"),
    row("inherits", Takes::Text, "the scenario it builds on; `base` is the plan as written"),
];

const fn table(
    name: &'static str,
    entry: &'static str,
    is_named: bool,
    keys: &'static [KeyRow],
    doc: &'static str,
) -> TableRow {
    TableRow { name, entry, is_named, keys, doc }
}

/// Every table of the plan file, in the order in which they are usually written.
pub const TABLES: &[TableRow] = &[
    table("plan", "plan", false, PLAN, "the plan as a whole"),
    table(
        "expect",
        "expectation",
        true,
        &[],
        "sentences about the forecast that should hold; one not met gives exit code 3",
    ),
    table("calendar", "calendar", true, CALENDAR, "when work is done; `standard` and `always` are built in"),
    table(
        "stage",
        "stage",
        true,
        STAGE,
        "groups of milestones, in the order of reports, and defaults for them",
    ),
    table(
        "spread",
        "spread",
        true,
        &[],
        "what a plain \"12d\" means for those who name it, as \"-30% +150%\"",
    ),
    table("resource", "resource", true, RESOURCE, "people, machines and things that milestones need"),
    table("milestone", "milestone", true, MILESTONE, "what has to happen, what it takes and what it costs"),
    table("risk", "risk", true, RISK, "what may happen, to which milestones, and what can be done about it"),
    table("correlation", "correlation", true, CORRELATION, "groups of quantities that go together"),
    table("overhead", "overhead", true, OVERHEAD, "money that no single milestone spends"),
    table(
        "escalation",
        "escalation",
        false,
        ESCALATION,
        "how prices of each category rise, instead of `escalation` of the plan",
    ),
    table("currency", "currency", true, &[], "what 1 of another currency is worth in the plan's"),
    table("funding", "release", true, &[], "money that is released, by date"),
    table("scope", "scope", false, scope::SCOPE, "on which terms solutions are judged"),
    table("problem", "problem", true, scope::PROBLEM, "business problems: what should work better"),
    table("metric", "metric", true, scope::METRIC, "what is measured, from where to where it should go"),
    table(
        "factor",
        "factor",
        true,
        scope::FACTOR,
        "factors of value, shared by the solutions that name them",
    ),
    table(
        "criterion",
        "criterion",
        true,
        scope::CRITERION,
        "what solutions are judged by besides money, compared in pairs",
    ),
    table("solution", "solution", true, scope::SOLUTION, "ways to solve a problem: evidence and value"),
    table("scenario", "scenario", true, SCENARIO, "named changes to this plan"),
];

/// The table of this name.
pub fn table_row(name: &str) -> Option<&'static TableRow> {
    TABLES.iter().find(|row| row.name == name)
}

/// The keys of a table, or of a table inside another, and what one such table is called.
pub fn keys_of(name: &str) -> Option<(&'static [KeyRow], &'static str)> {
    let inner = || INNER.iter().find(|row| row.name == name).map(|row| (row.keys, row.noun));
    table_row(name).map(|row| (row.keys, row.entry)).or_else(inner)
}

/// The key of a table, or of a table inside another.
pub fn key_row(table: &str, key: &str) -> Option<&'static KeyRow> {
    keys_of(table)?.0.iter().find(|row| row.key == key)
}

/// The tables whose keys are names.
pub fn named_tables() -> Vec<&'static str> {
    TABLES.iter().filter(|row| row.is_named).map(|row| row.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_listed_twice_and_each_says_what_it_means() {
        let inner = INNER.iter().map(|row| (row.name, row.keys));
        for (table, keys) in TABLES.iter().map(|row| (row.name, row.keys)).chain(inner) {
            for (place, row) in keys.iter().enumerate() {
                assert!(!row.doc.is_empty() && !row.doc.ends_with('.'), "{table}.{}", row.key);
                assert!(keys[..place].iter().all(|other| other.key != row.key), "{table}.{}", row.key);
            }
        }
    }

    #[test]
    fn a_stage_takes_what_a_milestone_takes() {
        let own = [
            "name", "stage", "after", "before", "rework", "solution", "improve", "tool", "outcomes",
            "option", "choose", "crash", "crashed",
        ];
        let expected: Vec<_> = MILESTONE.iter().filter(|row| !own.contains(&row.key)).collect();
        for row in &expected {
            assert_eq!(key_row("stage", row.key).map(|other| other.takes), Some(row.takes), "{}", row.key);
        }
        assert_eq!(STAGE.len(), expected.len() + 1);
    }

    #[test]
    fn a_response_changes_any_key_that_says_what_the_risk_is() {
        let own = ["name", "response", "respond", "solution", "resolved_by", "veto", "cleared"];
        for row in RISK.iter().filter(|row| !own.contains(&row.key)) {
            assert_eq!(key_row("response", row.key).map(|other| other.takes), Some(row.takes), "{}", row.key);
        }
        assert_eq!(RESPONSE.len(), RISK.len() - own.len() + 1);
    }
}
