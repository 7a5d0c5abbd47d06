//! The keys of `[scope]`, problems, metrics, factors and solutions, and of the tables inside them.

use super::super::keys::{KeyRow, row};
use super::super::takes::{Choice, Takes};

const GOALS: Takes = Takes::Choice(&Choice {
    words: &["enpv", "p_positive", "cvar"],
    said: "`\"enpv\"`, `\"p_positive\"` or `\"cvar\"`",
});
const METRIC_KINDS: Takes = Takes::Choice(&Choice {
    words: &["ml", "software", "business"],
    said: "`\"ml\"`, `\"software\"` or `\"business\"`",
});
const DIRECTIONS: Takes = Takes::Choice(&Choice { words: &["up", "down"], said: "`\"up\"` or `\"down\"`" });
const SOLUTION_KINDS: Takes = Takes::Choice(&Choice {
    words: &["ml", "rules", "process", "buy"],
    said: "`\"ml\"`, `\"rules\"`, `\"process\"` or `\"buy\"`",
});
const DATA_KINDS: Takes = Takes::Choice(&Choice {
    words: &["structured", "unstructured"],
    said: "`\"structured\"` or `\"unstructured\"`",
});
const SYSTEMS: Takes =
    Takes::Choice(&Choice { words: &["new", "existing"], said: "`\"new\"` or `\"existing\"`" });
const UNITS: Takes = Takes::Choice(&Choice {
    words: &["iteration", "date", "person_days", "examples", "gpu_hours"],
    said: "`\"iteration\"`, `\"date\"`, `\"person_days\"`, `\"examples\"` or `\"gpu_hours\"`",
});
const SIMILARITIES: Takes = Takes::Choice(&Choice {
    words: &["same", "similar", "distant"],
    said: "`\"same\"`, `\"similar\"` or `\"distant\"`",
});

const SHIFT: KeyRow =
    row("shift", Takes::Number, "added to the logarithm of its gap instead of the usual number");
const SPREAD: KeyRow =
    row("spread", Takes::Number, "the spread of the logarithm of its gap instead of the usual number");

pub(in crate::format::reader) const SCOPE: &[KeyRow] = &[
    row("horizon_months", Takes::Number, "months from the plan's start in which value counts; default: 36"),
    row("discount_rate", Takes::FixedShare, "what money a year later is worth less; default: 10%"),
    row("budget", Takes::FixedMoney, "the money there is for all solutions; default: that of the plan"),
    row("deadline", Takes::Date, "the date to launch by; default: that of the plan"),
    row("min_p_feasible", Takes::FixedShare, "what is less likely feasible is rejected; default: 20%"),
    row(
        "overlap",
        Takes::FixedShare,
        "how much of each other's value solutions of one problem take; default: 25%",
    ),
    row("contingency", Takes::FixedShare, "the share of the P50 cost held in reserve at least; default: 10%"),
    row("problem_given", Takes::Flag, "whether the problem is given and need not be looked for"),
    row("goal", GOALS, "what the choice of solutions makes largest; default: enpv"),
    row("tail", Takes::Inner("tail"), "how far efforts of solutions overrun"),
    row("note", Takes::Text, "free words"),
];

pub(in crate::format::reader) const PROBLEM: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("statement", Takes::Text, "the problem in a sentence"),
    row("metric", Takes::Metric, "the metric that tells whether it is solved"),
    row("parent", Takes::Problem, "the wider problem it is a part of"),
    row("asked", Takes::Text, "the question it came up with"),
    row("priority", Takes::Count, "the order in which problems matter, 1 first"),
    row("note", Takes::Text, "free words"),
];

pub(in crate::format::reader) const METRIC: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("kind", METRIC_KINDS, "whose metric it is; default: ml"),
    row("direction", DIRECTIONS, "which way is better; default: up"),
    row("unit", Takes::Text, "what it is counted in"),
    row(
        "range",
        Takes::Range,
        "the lowest and the highest value there can be; default: 0 to 1 for ml, else open",
    ),
    row("ceiling", Takes::Number, "the best value to count with, where the range is open on the good side"),
    row("baseline", Takes::Number, "the value today"),
    row("minimum", Takes::Number, "the least that is worth a launch"),
    row("target", Takes::Number, "the value wanted"),
    row("note", Takes::Text, "free words"),
];

pub(in crate::format::reader) const FACTOR: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("value", Takes::Amount, "the number, drawn once wherever it is named"),
    row("unit", Takes::Text, "what it is counted in"),
    row("note", Takes::Text, "free words"),
];

pub(in crate::format::reader) const CRITERION: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("over", Takes::ByCriterion, "how many times as important it is as others, 1/9 to 9; each pair once"),
    row("note", Takes::Text, "free words"),
];

pub(in crate::format::reader) const SOLUTION: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("problem", Takes::Problem, "the problem it solves"),
    row("kind", SOLUTION_KINDS, "what it is made of; default: ml"),
    row("data_kind", DATA_KINDS, "what its data is like; default: structured"),
    row("system", SYSTEMS, "whether it starts afresh; default: new"),
    row("metric", Takes::Metric, "the metric that tells how good it is"),
    row("group", Takes::Text, "a word: of the solutions that share it at most one is funded"),
    row("depends", Takes::Solutions, "solutions that it needs"),
    row("fallback", Takes::Solution, "the solution that is begun when this one fails"),
    row("iterations_80", Takes::Amount, "of a new system: how many iterations bring 80% of the improvement"),
    row("p_technical", Takes::FixedShare, "how likely it works at all, if it is no model; default: 100%"),
    row("evidence", Takes::Inner("evidence"), "what speaks for it being feasible"),
    row("scores", Takes::ByCriterion, "what it scores by each criterion, 0 to 10"),
    row("value", Takes::Inner("value"), "what it is worth"),
    row("monitoring", Takes::Inner("monitoring"), "how it ages, and what keeps it young"),
    row("readiness", Takes::Inner("readiness"), "how ready for production it is: the ML Test Score"),
    row("note", Takes::Text, "free words"),
];

pub(in crate::format::reader) const TAIL: &[KeyRow] = &[
    row("probability", Takes::FixedShare, "how likely an effort runs away; default: one in six"),
    row("from", Takes::Number, "the least multiplier where it does; default: 1.5"),
    row("alpha", Takes::Number, "the exponent of the power law that the multiplier follows; default: 2"),
    row("cap", Takes::Number, "the greatest multiplier; default: 5"),
    row("sigma", Takes::Number, "how far the others scatter (of the logarithm); default: 0.15"),
    row(
        "schedule_exponent",
        Takes::Number,
        "durations take the multiplier to this power, 0 to 1; default: 0.5",
    ),
];

pub(in crate::format::reader) const EVIDENCE: &[KeyRow] = &[
    row("history", Takes::Inner("history"), "how the metric of an existing system went so far"),
    row("hlp", Takes::Inner("hlp"), "how well people do it"),
    row("benchmark", Takes::NamedInner("benchmark"), "what others reached"),
    row("features", Takes::Inner("features"), "what the inputs foretell"),
    row("pilot", Takes::Inner("pilot"), "what a proof of concept reached"),
    row("hard_ceiling", Takes::Number, "a value of the metric that nothing can beat"),
    row("data_ready", Takes::Flag, "whether the data is there and may be used"),
];

pub(in crate::format::reader) const HISTORY: &[KeyRow] = &[
    row("unit", UNITS, "what effort is counted in; default: iteration"),
    row("points", Takes::Points, "what was measured: effort, metric and, if known, on how many items"),
    row("file", Takes::Text, "instead of `points`: a CSV file of them, in the plan's folder or below"),
    row(
        "stall",
        Takes::FixedShare,
        "how many projects stop getting better for reasons that no curve shows; default: 5%",
    ),
];

pub(in crate::format::reader) const HLP: &[KeyRow] = &[
    row("value", Takes::Number, "the metric that people reach"),
    row("n", Takes::Number, "on how many items; default: 100"),
    row("same_data", Takes::Flag, "whether they saw the same data as the model; default: true"),
    SHIFT,
    SPREAD,
];

pub(in crate::format::reader) const BENCHMARK: &[KeyRow] = &[
    row("value", Takes::Number, "the metric that was reached"),
    row("similarity", SIMILARITIES, "how close that task is to this one; default: similar"),
    row("source", Takes::Text, "where it was published"),
    row("architecture", Takes::Text, "how it was reached"),
    SHIFT,
    SPREAD,
];

pub(in crate::format::reader) const FEATURES: &[KeyRow] = &[
    row("auc", Takes::Numbers, "areas under the ROC curve of single features"),
    row("r2", Takes::Numbers, "shares of variance that single features explain"),
    row("redundancy", Takes::FixedShare, "how much of it others know already; default: 40%"),
    row("new", Takes::Texts, "features to be added to an existing system"),
    row("gap_reduction", Takes::Share, "the share of the remaining gap that these may remove"),
    SHIFT,
    SPREAD,
];

pub(in crate::format::reader) const PILOT: &[KeyRow] = &[
    row("value", Takes::Number, "the metric it reached"),
    row("n", Takes::Number, "on how many items"),
    SHIFT,
    SPREAD,
];

pub(in crate::format::reader) const VALUE: &[KeyRow] = &[
    row("factors", Takes::Factors, "the value of a year at the target is the product of these"),
    row(
        "metric_links",
        Takes::Pairs,
        "the share of that value by the metric reached; default: 0.6 at the minimum, 1 at the target",
    ),
    row("p_commercial", Takes::FixedShare, "how likely it succeeds in its market; default: 70%"),
    row("launch_cost", Takes::FixedMoney, "what the launch costs; default: 0"),
    row("run_cost_per_year", Takes::FixedMoney, "what running it costs in a year; default: 0"),
    row("ramp_months", Takes::Number, "months from the launch to the full value; default: 3"),
];

pub(in crate::format::reader) const MONITORING: &[KeyRow] = &[
    row("drift_half_life_days", Takes::Number, "days after which half of its value is gone"),
    row("retrain_every_days", Takes::Number, "days between retrainings"),
    row("retrain_cost", Takes::FixedMoney, "what one retraining costs; default: 0"),
];

pub(in crate::format::reader) const READINESS: &[KeyRow] = &[
    row("data", Takes::Number, "points for features and data, 0 to 7"),
    row("model", Takes::Number, "points for the model, 0 to 7"),
    row("infra", Takes::Number, "points for infrastructure, 0 to 7"),
    row("monitoring", Takes::Number, "points for monitoring, 0 to 7"),
    row("target_score", Takes::Number, "points that every section should have; default: 3"),
];

pub(in crate::format::reader) const IMPROVE: &[KeyRow] = &[
    row("duration", Takes::Time, "how long an iteration takes, drawn afresh for each"),
    row("work", Takes::WorkByResource, "effort of an iteration by resource"),
    row("uses", Takes::AmountByResource, "units of resources at work during an iteration"),
    row("consumes", Takes::AmountByResource, "pieces of resources used up by an iteration"),
    row("cost", Takes::Money, "what an iteration costs"),
    row("at_most", Takes::Count, "how many iterations there are at most; default: 12"),
    row("adds", Takes::Number, "effort that an iteration adds, in the unit of the history; default: 1"),
    row("checkpoint", Takes::Count, "after so many iterations it is decided whether to go on"),
    row(
        "stop_line",
        Takes::Number,
        "the solution is given up if the metric measured at the checkpoint is worse",
    ),
];
