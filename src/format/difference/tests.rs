//! Differences of small plans.

use std::collections::BTreeMap;

use super::*;
use crate::network::Network;
use crate::text::{Source, Sources};

const PLAN: &str = "\
[plan]
budget = \"10k\"
[milestone.design]
duration = \"2..3..5d\"
after = []
[milestone.build]
duration = \"5d\"
after = [\"design\", \"permit\"]
uses.dev = 1
[milestone.permit]
duration = \"9d\"
after = \"design\"
[resource]
dev = { capacity = 2, rate = \"500/d\" }
[expect]
date = \"P80(build.finish) <= 20d\"
";

/// The changes of each step in words, and how many differences are of writing alone.
fn told(before: &str, after: &str) -> (Vec<Vec<String>>, usize) {
    let mut sources = Sources::new();
    let mut tree = |text: &str| {
        let id = sources.add(Source::new("plan.toml", text).unwrap());
        let parsed = crate::format::tree::parse(id, text);
        assert_eq!(parsed.errors, []);
        (id, parsed.table)
    };
    let ((plan, before), (_, after)) = (tree(before), tree(after));
    let files = BTreeMap::new();
    let (before, after) = (Side { tree: &before, files: &files }, Side { tree: &after, files: &files });
    let examine = |plan: &crate::model::Plan| match Network::of(plan) {
        Ok(_) => Vec::new(),
        Err(error) => crate::check::no_network(plan, &error),
    };
    let steps = steps(&sources, plan, before, after, &examine).expect("the first plan can be read");
    let words = |change: &Change| format!("{} {}", change.topic.word(), said(change));
    (steps.steps.iter().map(|step| step.changes.iter().map(words).collect()).collect(), steps.rewritten)
}

fn said(Change { kind, name, key, what, .. }: &Change) -> String {
    let place = [Some(kind), name.as_ref(), key.as_ref()]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    match what {
        Became::New(value) => format!("{place} + {value}"),
        Became::Gone(value) => format!("{place} - {value}"),
        Became::Other { before, after } => format!("{place}: {before} → {after}"),
        Became::Renamed(name) => format!("{place} ⇒ {name}"),
    }
}

#[test]
fn writing_is_no_change() {
    let other = "\
# Another order, other blanks, lists and tables.
[milestone]
permit = { after = [\"design\"], duration = 9 }
[milestone.build]
after = [\"permit\", \"design\"]
duration = \"5 d\"
uses = { dev = 1.0 }
[milestone.design]
after = []
duration = \"2 .. 3 .. 5d\"
[expect]
date = \"P80( build.finish )<=20d\"
[resource.dev]
rate = \"500 / d\"
capacity = 2
[plan]
budget = 10_000
";
    assert_eq!(told(PLAN, PLAN), (vec![], 0));
    // A bare 9 for \"9d\" and 10_000 for \"10k\" are read before they are known to be the same.
    assert_eq!(told(PLAN, other), (vec![], 2));
}

#[test]
fn each_change_is_a_step_of_its_own() {
    let change = |from: &str, to: &str| told(PLAN, &PLAN.replacen(from, to, 1)).0;
    for (from, to, expected) in [
        ("\"5d\"", "\"7d\"", "estimates milestone build duration: \"5d\" → \"7d\""),
        ("\"10k\"", "\"12k\"", "money plan budget: \"10k\" → \"12k\""),
        ("capacity = 2, ", "", "resources resource dev capacity - 2"),
        ("uses.dev = 1", "uses.dev = 2", "resources milestone build uses.dev: 1 → 2"),
        (
            "after = [\"design\", \"permit\"]",
            "after = \"permit\"",
            "logic milestone build after: [\"design\", \"permit\"] → \"permit\"",
        ),
        (
            "[expect]",
            "[risk.storm]\nprobability = \"10%\"\non = \"build\"\ndelay = \"3d\"\n[expect]",
            "risks risk storm + probability = \"10%\", on = \"build\", delay = \"3d\"",
        ),
        (
            "20d\"",
            "30d\"",
            "expectations expectation date: \"P80(build.finish) <= 20d\" → \"P80(build.finish) <= 30d\"",
        ),
        (
            "[expect]",
            "[scenario.fast]\nmilestone.build.duration = \"3d\"\n[expect]",
            "scenarios scenario fast + milestone = { build = { duration = \"3d\" } }",
        ),
    ] {
        assert_eq!(change(from, to), [[expected]], "{to}");
    }
}

#[test]
fn what_leaves_no_plan_between_is_done_together() {
    // The permit goes; the build no longer waits for it: links first, so that each is a plan.
    let without = PLAN
        .replace("[milestone.permit]\nduration = \"9d\"\nafter = \"design\"\n", "")
        .replace(", \"permit\"", "");
    let (steps, _) = told(PLAN, &without);
    assert_eq!(
        steps,
        [
            ["logic milestone build after: [\"design\", \"permit\"] → [\"design\"]"],
            ["milestones milestone permit - duration = \"9d\", after = \"design\""],
        ]
    );
    // A circle in between: design waits for the permit that waited for it.
    let turned = PLAN
        .replace("after = []", "after = \"permit\"")
        .replace("\"9d\"\nafter = \"design\"", "\"9d\"\nafter = []");
    assert_eq!(told(PLAN, &turned).0.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_renamed_milestone_is_known_again() {
    let renamed = PLAN.replace("permit", "licence").replace("design", "draft");
    let expected = ["milestones milestone design ⇒ draft", "milestones milestone permit ⇒ licence"];
    let (mut steps, _) = told(PLAN, &renamed);
    steps.sort();
    assert_eq!(steps.concat(), expected);
}
