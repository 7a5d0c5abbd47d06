//! Whole documents: what is believed, what is refused, and how fast.

use proptest::prelude::*;

use super::*;
use crate::model::{Lag, LinkKind, SpanUnit, Subject};
use crate::text::{Colour, Source};

fn reading(text: &str, scenario: Option<&str>) -> (Sources, Reading) {
    let mut sources = Sources::new();
    let id = sources.add(Source::new("plan.toml", text).unwrap());
    let reading = read(&sources, &Request { scenario, ..Request::plain(id) });
    (sources, reading)
}

fn plan(text: &str) -> (Plan, Places) {
    let (sources, reading) = reading(text, None);
    let drawn = reading.report.draw(&sources, Colour::Plain);
    reading.into_plan().unwrap_or_else(|_| panic!("{text}\n{drawn}"))
}

/// What is said, each with its code, the text at its place, the fact and the help.
fn said(text: &str) -> Vec<String> {
    let (sources, reading) = reading(text, None);
    let all = reading.report.diagnostics().iter().map(|it| {
        let help: String = it.help.iter().map(|help| format!(" | {help}")).collect();
        format!("{} `{}`: {}{help}", it.code, sources.slice(it.place), it.message)
    });
    all.collect()
}

const FOUR_LINES: &str = "\
[milestone]
design = { duration = \"2..3..6w\" }
build  = { duration = \"6..8..16w\", after = \"design\" }
launch = { duration = \"1w\", after = \"build\" }
";

#[test]
fn four_lines_are_a_plan() {
    let (plan, places) = plan(FOUR_LINES);
    assert_eq!(
        (plan.name.as_str(), plan.start, plan.milestones.len(), plan.links.len()),
        ("plan", None, 3, 2)
    );
    let build = plan.milestone("build").unwrap();
    assert_eq!(plan[build].name, "Build");
    let duration = plan[build].duration.as_ref().unwrap();
    assert_eq!((duration.seconds.planned, duration.unit), (8.0 * 40.0 * 3_600.0, SpanUnit::Work));
    assert_eq!(duration.seconds.written, "6..8..16w");
    assert_eq!(&FOUR_LINES[places.of(&Subject::MilestoneKey(build, "duration")).range()], "\"6..8..16w\"");
    assert_eq!(&FOUR_LINES[places.of(&Subject::Link(0)).range()], "\"design\"");
    assert_eq!(&FOUR_LINES[places.of(&Subject::Milestone(build)).range()], "build");
}

#[test]
fn every_kind_of_link_lag_and_calendar_is_read() {
    let (plan, _) = plan(
        "[plan]\nstart = 2027-03-01\n\
         [calendar]\nsite = { week = [\"Mon-Fri 07:00-12:00 12:30-16:30\", \"Sat 07:00-12:00\"] }\n\
         office = { week = \"Mon-Fri 09:00-17:00\" }\n\
         [stage]\nworks = { calendar = \"site\", cost = \"1k\" }\n\
         [milestone]\n\
         dig = { stage = \"works\", duration = \"5d\" }\n\
         pour = { stage = \"works\", duration = \"2d\", after = \"dig SS+50%\", cost = 5 }\n\
         cure = { duration = \"28ed\", calendar = \"always\", after = [\"pour FF+1d\", \"dig\"] }\n\
         roof = { duration = 3, after = \"cure FS-1..2..4ed\", before = \"all SF\" }\n",
    );
    let kinds: Vec<_> =
        plan.links.iter().map(|link| (link.from.index(), link.to.index(), link.kind)).collect();
    use LinkKind::*;
    assert_eq!(
        kinds,
        [
            (0, 1, StartStart),
            (1, 2, FinishFinish),
            (0, 2, FinishStart),
            (2, 3, FinishStart),
            (3, 0, StartFinish),
            (3, 1, StartFinish),
            (3, 2, StartFinish)
        ]
    );
    assert!(matches!(&plan.links[0].lag, Lag::Share(share) if share.planned == 0.5));
    // One day of the successor's calendar, which is always at work.
    assert!(matches!(&plan.links[1].lag, Lag::Span(span) if span.seconds.planned == 86_400.0));
    assert!(
        matches!(&plan.links[3].lag, Lag::Span(span) if span.seconds.planned == -2.0 * 86_400.0 && span.unit == SpanUnit::Elapsed)
    );
    assert_eq!(plan.milestones[0].duration.as_ref().unwrap().seconds.planned, 5.0 * 9.0 * 3_600.0);
    let costs: Vec<_> = plan.milestones.iter().map(|it| it.cost.as_ref().map(|cost| cost.planned)).collect();
    assert_eq!(costs, [Some(1_000.0), Some(5.0), None, None]);
}

#[test]
fn a_removed_milestone_stays_for_its_links_and_expectations_follow() {
    let text = "\
[milestone]
a = { duration = 1 }
b = { duration = 2, after = \"a FS+3d\", cost = 5 }
c = { duration = 1, after = \"b\" }
[expect]
b = \"P80(b.finish) <= 12d\"
both = \"P(b.finish <= 3d and finish <= 9d) >= 50%\"
[scenario.lean]
description = \"without b\"
milestone.b = false
";
    let (_, reading) = reading(text, Some("lean"));
    let codes: Vec<_> = reading.report.diagnostics().iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::ExpectationDropped]);
    assert_eq!(reading.scenarios[0].description.as_deref(), Some("without b"));
    let (plan, _) = reading.into_plan().unwrap();
    let b = plan.milestone("b").unwrap();
    assert!(plan[b].removed && plan[b].duration.is_none() && plan[b].cost.is_none());
    assert_eq!((plan.links.len(), plan.expectations.len()), (2, 1));
    assert_eq!(plan.scenario.as_deref(), Some("lean"));
}

#[test]
fn scenarios_are_checked_even_when_not_chosen() {
    let text = format!(
        "{FOUR_LINES}[scenario.fast]\nmilestone.biuld.duration = \"1w\"\nmilestone.design.duration = \"1m\"\n"
    );
    let expected = [
        "unknown-name `biuld`: there is no milestone `biuld` to change | did you mean `build`? | what a patch adds says `new = true`",
        "ambiguous-unit `m`: `m` may mean minutes or months | `1min` is minutes, `1mo` is months",
    ];
    assert_eq!(said(&text), expected);
    let (_, chosen) = reading(&text, Some("fsat"));
    assert_eq!(chosen.report.diagnostics()[0].help, ["did you mean `fast`?", "its scenarios are fast"]);
}

#[test]
fn with_and_set_patch_the_plan() {
    let mut sources = Sources::new();
    let plan = sources.add(Source::new("plan.toml", FOUR_LINES).unwrap());
    let with = sources
        .add(Source::new("team.toml", "[resource]\ndev = { new = true, rate = \"750/d\" }\n").unwrap());
    let set = ["milestone.build.uses.dev=2", "milestone.build.duration=4..6..9w"]
        .map(|text| sources.add(Source::new("--set", text).unwrap()));
    let request = Request { with: vec![with], set: set.to_vec(), ..Request::plain(plan) };
    let (plan, places) = read(&sources, &request).into_plan().unwrap();
    let build = plan.milestone("build").unwrap();
    assert_eq!(plan[build].uses[0].1.planned, 2.0);
    assert_eq!(sources.slice(places.of(&Subject::MilestoneKey(build, "duration"))), "4..6..9w");
}

#[test]
fn every_mistake_is_said_with_its_way_out() {
    for (text, expected) in [
        (
            "deadline = 2027-01-01",
            &[
                "misplaced-key `deadline`: `deadline` is a key of `[plan]` | write it below that header: nothing stands above `[plan]`",
            ][..],
        ),
        (
            "[milestone]\ndeadline = 2027-01-01",
            &[
                "misplaced-key `deadline`: `deadline` is a key of `[plan]` | move it up below `[plan]`; here it would be the name of a milestone",
            ],
        ),
        (
            "[milestone]\nduration = \"3d\"",
            &[
                "misplaced-key `duration`: `duration` is a key of a milestone | write it below a header with a name: `[milestone.NAME]`",
            ],
        ),
        (
            "[milestone]\na = \"3d\"",
            &["wrong-type `\"3d\"`: a milestone is a table, not a text | write `a = { duration = \"3d\" }`"],
        ),
        (
            "[milstone]",
            &["unknown-key `milstone`: `milstone` is no table of a plan | did you mean `milestone`?"],
        ),
        (
            "[plan]\nduration = 3",
            &[
                "unknown-key `duration`: `duration` is no key of `[plan]` | it is a key of a stage and of a milestone",
            ],
        ),
        (
            "[milestone.a]\nduration = [5, \"10\", 20]",
            &[
                "bad-estimate `[5, \"10\", 20]`: a list is no estimate, for it may mean two things | `\"5..10..20\"` is lowest, likeliest, highest | `{ samples = [5, \"10\", 20] }` are observed values",
            ],
        ),
        (
            "[milestone.a]\nduration = true",
            &[
                "wrong-type `true`: `duration` takes a duration like `\"10d\"` or `\"8..10..20d\"`, not true or false",
            ],
        ),
        ("[milestone.a]\nduration = -3", &["bad-number `-3`: a duration can't be negative"]),
        ("[plan]\nbudget = \"-5k\"", &["out-of-range `\"-5k\"`: a budget can't be negative"]),
        ("[milestone.a]\ncost = \"-3k\"", &["bad-number `-3k`: money can't be negative"]),
        ("[milestone.a]\ncost = -3", &["bad-number `-3`: money can't be negative"]),
        ("[milestone.a]\nrate = \"-3/d\"", &["bad-number `-3`: money can't be negative"]),
        ("[milestone.a]\ncost = { uniform = [-1, 2] }", &["bad-number `-1`: money can't be negative"]),
        (
            "[resource.r]\ncapacity = -1\navailability = 0\nprice = -1\nallowance = \"-5%\"\nthroughput.r = \"0/d\"\n[milestone.a]\nuses.r = 1",
            &[
                "out-of-range `-1`: a capacity is above 0",
                "out-of-range `0`: an availability is above 0%; when it is 0, the resource is `away`",
                "bad-number `-1`: money can't be negative",
                "bad-number `-5%`: a share can't be negative",
                "out-of-range `\"0/d\"`: a throughput is above 0",
            ],
        ),
        (
            "[resource.r]\navailability = \"120%\"\nthroughput.r = \"-4/d\"",
            &[
                "out-of-range `120%`: a share lies between 0% and 100%",
                "bad-number `-4`: an amount can't be negative",
            ],
        ),
        (
            "[plan]\nconfidence = 1",
            &["out-of-range `1`: a confidence lies between 0% and 100%, both excluded"],
        ),
        (
            "[milestone.b]\n[milestone.a]\nafter = \"b-3d\"",
            &[
                "unknown-milestone `\"b-3d\"`: no milestone is called `b-3d` | if `3d` is a lag, write `b FS-3d`",
            ],
        ),
        (
            "[milestone.a]\nstart = 2027-01-01",
            &[
                "unknown-key `start`: `start` is no key of a milestone | did you mean `not_before` or `must_start`? | it is a key of `[plan]`",
            ],
        ),
        (
            "duration = \"3d\"",
            &[
                "misplaced-key `duration`: `duration` is a key of `[milestone.NAME]` | write it below a header with a name: `[milestone.NAME]`",
            ],
        ),
        ("[milestone.a]\nduration = nan", &["bad-number `nan`: a plan counts with finite numbers"]),
        (
            "[milestone.a]\nduration = { pert = [3, 2, 4] }",
            &["bad-estimate `{ pert = [3, 2, 4] }`: the likeliest value lies below the lowest"],
        ),
        (
            "[milestone.a]\nduration = { pert = [3, 4], triangular = [1, 2, 3] }",
            &[
                "conflicting-keys `{ pert = [3, 4], triangular = [1, 2, 3] }`: an estimate is one of `pert` and `triangular` | keep one of them",
            ],
        ),
        (
            "[milestone.a]\nduration = { pert = [3, 4] }",
            &["wrong-type `[3, 4]`: `pert` takes a list of 3: lowest, likeliest and highest"],
        ),
        (
            "[milestone.a]\nduration = { normal = { mean = 2, sd = 2 } }",
            &[
                "cut-at-zero `{ normal = { mean = 2, sd = 2 } }`: 15.9 % of this estimate lies below zero and is cut off | `lognormal` and `gamma` take a mean and a deviation, too, and begin at zero",
            ],
        ),
        (
            "[milestone.a]\nduration = { normal = { mean = 2 } }",
            &["missing-key `{ mean = 2 }`: `sd` of `normal` is missing"],
        ),
        (
            "[milestone.a]\nduration = { samples = \"../x.csv\" }",
            &[
                "bad-samples `\"../x.csv\"`: a file of samples lies in the plan's folder or below | copy it there: a plan reads nothing else",
            ],
        ),
        (
            "[milestone.a]\nduration = { uniform = [\"1d\", \"1ed\"] }",
            &[
                "mixed-units `{ uniform = [\"1d\", \"1ed\"] }`: working time and elapsed time can't stand in one estimate | working time is `min h d w mo`, elapsed time `eh ed ew`",
            ],
        ),
        (
            "[milestone.a]\nafter = \"b\"\n[milestone.bb]",
            &["unknown-milestone `\"b\"`: no milestone is called `b` | did you mean `bb`?"],
        ),
        ("[milestone.a]\nafter = \"tag:x\"", &["empty-selection `\"tag:x\"`: no milestone has the tag `x`"]),
        (
            "[milestone.a]\nafter = \"kind:people\"",
            &[
                "bad-selector `\"kind:people\"`: `kind:` selects money, and milestones are meant here | milestones are an id, `stage:…`, `tag:…` or `all`",
            ],
        ),
        (
            "[milestone.a]\ndeadline = 2027-01-05",
            &[
                "date-without-start `2027-01-05`: a plan without a start has no dates | give it one: `start = 2027-01-11` below `[plan]`",
            ],
        ),
        (
            "[plan]\nstart = 2027-13-01\n[milestone.a]\ndeadline = 2027-01-05",
            &[
                "impossible-date `2027-13-01`: there is no such day | there is no month 13; a date is year-month-day",
            ],
        ),
        (
            "[milestone.a]\nstage = \"x\"",
            &[
                "unknown-stage `\"x\"`: no stage is called `x` | there is none: they stand below `[stage]`, like `[stage.NAME]`",
            ],
        ),
        (
            "[milestone.a]\nwork.x = 3",
            &[
                "unknown-resource `x`: no resource is called `x` | there is none: they stand below `[resource]`, like `[resource.NAME]`",
            ],
        ),
        (
            "[milestone.a]\ncalendar = \"standrad\"",
            &["unknown-calendar `\"standrad\"`: no calendar is called `standrad` | did you mean `standard`?"],
        ),
        (
            "[resource]\ndev = 3\n[milestone.a]\nwork.dev = 3",
            &["wrong-type `3`: a resource is a table, not a whole number | write `dev = { … }`"],
        ),
        (
            "[milestone.\"ä b\"]",
            &[
                "bad-id `ä`: an id has letters a to z, digits, `-` and `_` | call it `--b` and write the rest as `name = …`",
            ],
        ),
        (
            "[milestone.all]",
            &[
                "reserved-id `all`: `all` is a word of the plan language, not an id | call it `all-1` or anything else",
            ],
        ),
        (
            "[expect]\nx = \"P80(finish) <= deadline\"",
            &["missing-key `deadline`: the plan has no `deadline`"],
        ),
        (
            "[milestone.a]\npay = { start = \"50%\" }",
            &[
                "out-of-range `{ start = \"50%\" }`: the shares of `pay` add up to 50%, not to 100% | 50% more are to be paid",
            ],
        ),
        (
            "[plan]\nconfidence = 80",
            &["out-of-range `80`: a share lies between 0% and 100% | write `\"80%\"`"],
        ),
        (
            "[milestone.a\nduration = 3",
            &["syntax `[milestone.a`: this header is not closed | close it with `]`"],
        ),
        ("milestone = 3", &["wrong-type `3`: `[milestone]` is a table of names, not a whole number"]),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_milestones_is_read() {
    let row = |at: usize| {
        format!("[milestone.m{at}]\nduration = \"2..3..6d\"\nafter = [\"m{}\"]\n", at.saturating_sub(1))
    };
    let text: String = (0..100_000).map(row).collect();
    let (plan, _) = plan(&text);
    assert_eq!((plan.milestones.len(), plan.links.len()), (100_000, 100_000));
}

proptest! {
    #[test]
    fn no_document_makes_the_reader_panic(lines in prop::collection::vec((
        prop::sample::select(vec![
            "[plan]", "[milestone]", "[milestone.a]", "[milestone.b]", "[risk.r]", "[risk.s]", "[correlation.g]", "[correlation.h]", "[resource.r]", "[stage.s]", "[calendar.c]", "[overhead.o]", "[expect]", "[spread]",
            "[scenario.x]", "[scenario.y]",
        ]),
        prop::collection::vec((
            prop::sample::select(vec![
                "start", "name", "duration", "after", "before", "stage", "uses.r", "work.r", "consumes.r", "cost", "rate", "pay", "deadline", "calendar", "week", "day",
                "holidays", "extra", "capacity", "availability", "price", "throughput.r", "allowance", "away", "over", "of", "share", "x", "inherits", "milestone.a",
                "milestone.c.new", "plan.start", "a", "confidence", "budget", "finish", "tags", "alap", "spread", "basis", "must_start", "rework", "rework.probability", "rework.back_to", "rework.redo", "outcomes", "only_if", "success", "probability", "on", "delay", "factor",
                "cost_factor", "season", "parallel", "impact", "impact.a", "response", "response.impact.a", "respond", "among", "rho", "matrix", "correlation", "risk.r", "risk.r.response",
            ]),
            prop::sample::select(vec![
                "1", "-1", "0", "1e300", "nan", "true", "false", "\"\"", "\"a\"", "\"2..3..9d\"", "\"1ed\"", "\"a FS-1..2..3d\"", "\"r\"", "\"stage:s\"", "\"all\"", "\"x\"", "\"y\"", "\"1k/d\"",
                "2027-01-04", "\"2027-01-04..2027-02-01\"", "[]", "[1, 2]", "{}", "{ start = 1 }", "{ pert = [1, 2, 3] }", "{ normal = { mean = 0, sd = 1 } }", "{ samples = [] }", "{ r = 1 }",
                "{ 2027-01-01 = 1 }", "\"Mon-Sun 00:00-24:00\"", "\"-30% +50%\"", "\"P80(a.finish) <= 3d\"", "{ discrete = [[1, 0]] }", "{ p10 = 1, p50 = 1, p90 = 1 }", "{ weibull = { shape = 1e-9, scale = 1e15 } }",
                "\"a.x\"", "\"risk:r\"", "\"b.finish > 3d\"", "\"a.cost\"", "\"05-01..09-30\"", "\"rest\"", "{ x = \"rest\", y = 0.4 }", "[\"a\", \"b\"]", "[[1, 0.5], [0.5, 1]]", "[[]]",
                "{ delay = \"1..2..3d\" }", "{ a = { factor = 2 } }", "{ probability = [0.3, 0.2], at_most = 4294967296 }", "{ price = 3, delay = false, impact = false }",
            ]),
        ), 0..5),
    ), 0..5)) {
        let text: String = lines.iter().map(|(header, keys)| {
            let keys: String = keys.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
            format!("{header}\n{keys}")
        }).collect();
        let (sources, reading) = reading(&text, None);
        reading.report.draw(&sources, Colour::Plain);
        let _ = reading.into_plan();
    }
}

mod mistakes;
mod uncertainty;
