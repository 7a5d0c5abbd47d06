//! Plans, and what is said of them.

use super::*;
use crate::format::{self, Request};
use crate::text::{Colour, Source, Sources};

const PLAN: &str = r#"
[plan]
start = 2027-01-11
currency = "EUR"
calendar = "team"
[calendar]
team = { week = "Mon-Fri 09:00-17:00" }
[resource]
dev = { kind = "people", capacity = 4, availability = "80%", rate = "750/d" }
gpu = { kind = "compute", rate = "3.0/h", calendar = "always" }
labels = { price = 0.5, throughput = { dev = "100/d" }, allowance = "20%" }
[milestone]
first = { duration = "8..12..25d", uses.gpu = 2 }
second = { duration = "5d to 20d", after = "first SS+50%", not_before = 2027-02-01 }
third = { work.dev = "32d", uses.dev = 2, duration = "3d", spread = "-50% +100%", after = "first FS+28..35..56ed" }
fourth = { consumes.labels = 1000, after = ["second FF-2d", "third"], cost = "3k", pay = { start = "40%", "finish+30ed" = "60%" } }
fifth = { after = "fourth SS", deadline = 2027-09-30, rate = "1k/w" }
"#;

fn read(text: &str) -> Plan {
    let mut sources = Sources::new();
    let id = sources.add(Source::new("plan.toml", text).unwrap());
    let read = format::read(&sources, &Request::plain(id)).into_plan();
    read.unwrap_or_else(|report| panic!("{}", report.draw(&sources, Colour::Plain))).0
}

fn lines(readings: &[Reading]) -> Vec<String> {
    let lines = readings.iter().filter(|it| !["name", "calendar", "before"].contains(&&*it.key));
    lines.map(|it| format!("{} | {} | {}", it.key, it.written, it.words)).collect()
}

fn said_of(plan: &Plan, key: &str) -> Vec<String> {
    let network = Network::of(plan).unwrap();
    lines(&readings(plan, &network, plan.milestone(key).unwrap()))
}

fn said(key: &str) -> Vec<String> {
    said_of(&read(PLAN), key)
}

const UNCERTAIN: &str = r#"
[plan]
start = 2027-01-11
currency = "EUR"
[milestone]
collect = { duration = "4d", cost = "3k..4k..9k" }
train = { duration = "6d", after = "collect", calendar = "always" }
check = { after = "train", rework = { probability = [0.35, 0.2], back_to = "train", share = "0.2..0.4..0.7", at_most = 3, otherwise = "fail" }, outcomes = { go = "70%", pivot = "rest" } }
again = { after = "check", duration = 1, only_if = ["check.pivot", "risk:consent", "train.finish > 2027-03-01", "train.start <= 6d"], success = "90%", rework.probability = 0.1 }
[risk]
consent = { probability = "25%", on = ["collect", "train"], delay = "5..10..30d", season = ["05-01..09-30", "12-24"], parallel = "law", impact.collect = { factor = 1.5, cost_factor = 2 }, response = { price = "6k", probability = "5%", season = false, impact.collect.delay = "2ed" } }
strike = { probability = "10%", on = "train", cost = "2k", parallel = "law", response.cost = false, respond = true }
[correlation]
crew = { among = ["collect.cost", "train", "risk:strike"], rho = 0.4 }
"#;

#[test]
fn what_may_come_otherwise_is_said_in_words() {
    let plan = read(UNCERTAIN);
    for (key, expected) in [
        (
            "collect",
            &[
                "risk.consent | 25 % | duration and work × 1.5, all that it costs × 2; its own draw; only if at work from 1 May to 30 Sep, or on 24 Dec",
                "correlation.crew |  | its cost goes together with the others of the group: rank correlation 0.4 for each pair",
            ][..],
        ),
        (
            "train",
            &[
                "risk.consent | 25 % | takes longer: PERT from 5 d to 30 d, likeliest 10 d; one draw for all the risk is on; only if at work from 1 May to 30 Sep, or on 24 Dec",
                "risk.strike | 10 % | nothing happens to it; with its response in force",
                "correlation.crew |  | its span goes together with the others of the group: rank correlation 0.4 for each pair",
            ],
        ),
        (
            "check",
            &[
                "rework |  | its check fails with a chance of 35 %, then 20 %; then all from `train` to here is done again, at most 3 times, with this share of the work: PERT from 20 % to 70 %, likeliest 40 %; if the last check fails, too, the plan fails",
                "outcomes |  | turns out as `go` 70 % or `pivot` 30 %",
            ],
        ),
        (
            "again",
            &[
                "rework |  | its check fails with a chance of 10 %; then this is done again, at most 1 time, with this share of the work: 100 %; after the last check it goes on in any case",
                "only_if | check.pivot | exists only if `check` turns out as `pivot`: 30 %",
                "only_if | risk:consent | exists only if the risk `consent` happens: 25 %",
                "only_if | train.finish > 2027-03-01 | exists only if `train` finishes after 1 Mar 2027",
                "only_if | train.start <= 6d | exists only if `train` starts by 6 d from the plan's start",
                "success | 90 % | the plan fails at its finish with a chance of 10 %",
            ],
        ),
    ] {
        let found: Vec<String> = said_of(&plan, key)
            .into_iter()
            .filter(|line| !["duration", "cost", "after", "span"].contains(&line.split(' ').next().unwrap()))
            .collect();
        assert_eq!(found, expected, "{key}");
    }
}

#[test]
fn a_risk_and_a_group_are_said_in_words() {
    let plan = read(UNCERTAIN);
    let risk = |key: &str| lines(&risk_readings(&plan, plan.risk(key).unwrap()));
    assert_eq!(
        risk("consent"),
        [
            "probability | 25 % | how likely it happens",
            "on |  | `train`; one draw for all of them",
            "delay | 5..10..30d | takes longer: PERT from 5 d to 30 d, likeliest 10 d; mean 12.5 d, P80 16.26 d",
            "impact.collect.factor | 1.5 | duration and work × 1.5",
            "impact.collect.cost_factor | 2 | all that it costs × 2",
            "season |  | strikes only what is at work from 1 May to 30 Sep, or on 24 Dec",
            "parallel | law | absorbed together with 1 other risk: the worst of them counts",
            "response |  | not in force; what it changes:",
            "response.price | 6k | €6,000; paid at the plan's start in any case",
            "response.probability | 5 % | how likely it happens",
            "response.impact.collect.delay | 2ed | takes longer: 2 ed",
            "response.season |  | none",
        ]
    );
    assert_eq!(risk("strike")[4..], ["response |  | in force; what it changes:", "response.cost |  | none"]);
    assert_eq!(
        lines(&group_readings(&plan, 0)),
        [
            "among |  | `collect.cost`, `train`, `risk:strike`",
            "strength |  | rank correlation 0.4 for each pair"
        ]
    );
}

#[test]
fn every_key_is_said_in_words() {
    for (key, expected) in [
        (
            "first",
            &[
                "duration | 8..12..25d | PERT from 8 d to 25 d, likeliest 12 d; mean 13.5 d, P80 16.14 d",
                "uses.gpu | 2 | 2, for the whole span; €3 per hour worked each",
                "money per day |  | about €202 for each day of its span",
                "after |  | nothing: it starts with the plan",
            ][..],
        ),
        (
            "second",
            &[
                "duration | 5d to 20d | lognormal with P10 5 d and P90 20 d; mean 11.58 d, P80 15.76 d",
                "after | first SS+50% | starts once `first` has done 50 % of its duration",
                "not_before | 2027-02-01 | starts no earlier than 1 Feb 2027",
            ],
        ),
        (
            "third",
            &[
                "duration | 3d | PERT from 1.5 d to 6 d, likeliest 3 d, by its spread; mean 3.25 d, P80 3.99 d",
                "work.dev | 32d | PERT from 16 d to 64 d, likeliest 32 d, by its spread; mean 34.67 d, P80 42.6 d; ÷ (2 units × 80 %): 20 d as written",
                "uses.dev | 2 | 2, at once, paid by their work; €750 per day worked each",
                "span |  | the longest of these: 20 d as written",
                "after | first FS+28..35..56ed | starts no earlier than `first` finishes plus a wait: PERT from 28 ed to 56 ed, likeliest 35 ed",
            ],
        ),
        (
            "fourth",
            &[
                "consumes.labels | 1000 | 1,000; plus 20 % for waste; ÷ (`dev` 100/d × all 4 units): 3 d as written; each costs €0.50",
                "cost | 3k | €3,000; 40 % at its start, 60 % 30 ed after its finish; counts as other",
                "after | second FF-2d | finishes no earlier than 2 d before `second` finishes",
                "after | third | starts once `third` is finished",
            ],
        ),
        (
            "fifth",
            &[
                "span |  | none: it is an event",
                "rate | 1k/w | €1,000 per week elapsed; counts as other",
                "money per day |  | about €200 for each day of its span",
                "after | fourth SS | starts once `fourth` has started",
                "deadline | 2027-09-30 | the forecast says how likely it is done by 30 Sep 2027",
            ],
        ),
    ] {
        assert_eq!(said(key), expected, "{key}");
    }
}

const CHOICES: &str = r#"
[plan]
currency = "EUR"
[resource]
dev = { kind = "people", capacity = 2 }
[milestone.permit]
duration = "20d"
cost = "2k"
work.dev = "5d"
crash = [{ by = "3d", cost = "500/d" }, { by = "2d", cost = "900/d" }]
crashed = "4d"
option.fast = { name = "Expedited", duration = "8d", cost = "8k", work.dev = "6d" }
[milestone.build]
duration = "10d"
option.buy = { duration = "5d", cost = "9k", success = "90%" }
choose = "buy"
"#;

#[test]
fn options_and_time_to_buy_are_said_in_words() {
    let plan = read(CHOICES);
    let of = |key: &str| -> Vec<String> {
        let told = ["option.", "choose", "crash"];
        said_of(&plan, key).into_iter().filter(|line| told.iter().any(|it| line.starts_with(it))).collect()
    };
    assert_eq!(
        of("permit"),
        [
            "option.fast |  | Expedited: duration 8 d, work.dev 6 d, costs €8,000; the rest as written",
            "choose |  | as written; `plan optimise` weighs the options",
            "crash |  | up to 3 d can be bought off its duration at €500 per d",
            "crash |  | up to 2 d more can be bought off its duration at €900 per d",
            "crashed | 4 d | bought off its duration for €2,400",
        ]
    );
    assert_eq!(
        of("build"),
        [
            "option.buy |  | Buy: duration 5 d, costs €9,000, succeeds with 90 %; the rest as written",
            "choose | buy | done as the option `buy`",
        ]
    );
}

/// What is said of one thing of scoping.
fn scoped(plan: &Plan, kind: &str, key: &str) -> Vec<String> {
    let network = Network::of(plan).unwrap();
    let all = scoping_readings(plan, &network);
    lines(&all.iter().find(|it| it.kind == kind && it.key == key).unwrap().said)
}

#[test]
fn solutions_are_said_in_words_with_what_their_evidence_comes_to() {
    let plan = read(include_str!("../../../plans/ecommerce.toml"));
    let navigator = scoped(&plan, "solution", "navigator");
    for expected in [
        "problem | findability | Findability",
        "evidence.features.auc | 0.66, 0.62, 0.6, 0.57 | of single features; 40 % of what one knows others know already",
        "comes to |  | prior of what can be reached at all: from 0.56 to 0.80 (P10 to P90), P50 0.70; the target 0.72 with a chance of 42 %",
        "value.factors |  | `sessions` × `orders-navigated` × `margin`: $144k a year at the target, as written",
    ] {
        assert!(navigator.iter().any(|line| line == expected), "{expected}\n{navigator:#?}");
    }
    let recommender = scoped(&plan, "solution", "recommender-a");
    let comes_to = "comes to |  | posterior of its history: after 16 iterations more, from ";
    let found = recommender.iter().find(|line| line.starts_with(comes_to)).unwrap();
    assert!(found.ends_with("the target 0.85 with a chance of 0.7 %"), "{found}");
    let improve = said_of(&plan, "nav-improve");
    let expected = "improve |  | iterates at its end until `next-auc` is at 0.72, in at most 8 iterations";
    assert!(improve.iter().any(|line| line == expected), "{improve:#?}");
    assert!(improve.iter().any(|line| line == "span |  | that of its iterations"), "{improve:#?}");
}

#[test]
fn problems_metrics_factors_and_terms_are_said_in_words() {
    let plan = read(include_str!("../../../plans/mlops.toml"));
    assert_eq!(
        scoped(&plan, "metric", "wape"),
        [
            "kind | ml | of a model",
            "direction | down | lower is better",
            "range |  | from 0 to 1",
            "baseline | 0.38 | its value today",
            "minimum | 0.32 | the least that is worth a launch",
            "target | 0.28 | the value wanted",
        ]
    );
    assert_eq!(
        scoped(&plan, "problem", "stockouts"),
        ["statement |  | 7 % of orders hit an empty shelf", "metric | stockout | tells whether it is solved",]
    );
    let avoided = scoped(&plan, "factor", "avoided");
    assert_eq!(
        avoided,
        [
            "value | 0.008..0.018..0.026 | PERT from 0.008 to 0.026, likeliest 0.018; mean 0.018, P80 0.021; one draw wherever it is named"
        ]
    );
    let terms = scoped(&plan, "scope", "scope");
    assert!(
        terms.iter().any(|line| line.starts_with("tail |  | efforts run away with a chance of 17 %")),
        "{terms:#?}"
    );
    let plain = read(PLAN);
    assert!(scoping_readings(&plain, &Network::of(&plain).unwrap()).is_empty());
}
