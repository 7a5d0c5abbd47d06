//! What changed between two plans.

use serde_json::Value;

use crate::support::Folder;

const BEFORE: &str = r#"
[plan]
name = "Bridge"
start = 2027-01-11
deadline = 2027-06-30
budget = "100k"

[resource]
engineer = { kind = "people", capacity = 2, rate = "600/d" }

[milestone]
survey = { duration = "5..8..20d", uses.engineer = 1, after = [] }
design = { duration = "10..15..40d", uses.engineer = 1, after = "survey" }
build = { duration = "20..30..60d", uses.engineer = 2, after = "design" }

[scenario.fast]
milestone.survey.duration = "3..4..10d"
"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The sentences of all steps.
fn sentences(diff: &Value) -> Vec<String> {
    let steps = diff["steps"].as_array().unwrap().iter();
    let changes = steps.flat_map(|step| step["changes"].as_array().unwrap());
    changes.map(|change| change["sentence"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_plan_and_itself_differ_in_nothing() {
    let folder = Folder::with(BEFORE);
    folder.write("other.toml", &format!("# The same, written anew.\n{}", BEFORE.replace(" = ", "  =  ")));
    for other in ["plan.toml", "other.toml"] {
        let ran = folder.run(&["diff", "plan.toml", other]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("nothing has changed in meaning"), "{other}: {}", ran.out);
        assert!(!ran.out.contains("of writing alone"), "{other}: {}", ran.out);
    }
}

#[test]
fn each_change_is_a_sentence_with_what_it_did() {
    let folder = Folder::with(BEFORE);
    let after = BEFORE
        .replace("20..30..60d", "15..25..60d")
        .replace("budget = \"100k\"", "budget = \"90k\"")
        .replace(
            "[scenario.fast]",
            "[milestone.permit]\nduration = \"2w\"\nafter = \"survey\"\n\n[scenario.fast]",
        );
    folder.write("after.toml", &after);
    let diff = json(&folder.run(&["diff", "plan.toml", "after.toml", "--format", "json", "-n", "2k"]).out);
    assert_eq!(
        sentences(&diff),
        [
            "milestone `permit` is new: duration = \"2w\", after = \"survey\"",
            "plan: budget = \"100k\" → \"90k\"",
            "milestone `build`: duration = \"20..30..60d\" → \"15..25..60d\"",
        ]
    );
    let effect = |step: usize| &diff["steps"][step]["effect"]["finish_days"]["headline"]["value"];
    assert_eq!((effect(1), diff["steps"][1]["changes"][0]["about"].as_str()), (&0.0.into(), Some("money")));
    assert!(effect(2).as_f64().unwrap() < -3.0, "{}", effect(2));
    for format in ["text", "md", "csv"] {
        let ran = folder.run(&["diff", "plan.toml", "after.toml", "--format", format, "-n", "2k"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("15..25..60d"), "{format}: {}", ran.out);
    }
}

/// Whether the effects of all steps add up to the total, in units of a tenth of a day and of money.
fn adds_up(diff: &Value, figure: &str, statistic: &str, per_unit: f64) -> Option<(i64, i64)> {
    let units = |effect: &Value| {
        let value = effect[figure][statistic]["value"].as_f64()?;
        let units = value * per_unit;
        assert!((units - units.round()).abs() < 1e-4, "{value} is no whole number of units");
        Some(units.round() as i64)
    };
    let steps = diff["steps"].as_array().unwrap().iter();
    Some((steps.filter_map(|step| units(&step["effect"])).sum(), units(&diff["total"])?))
}

#[test]
fn effects_add_up_to_the_total() {
    let plans = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let folder = Folder::empty();
    // Scenarios of one plan, and plans that have nothing in common; every other pair the other way.
    for (before, after) in [
        ("recommender", "recommender@lean"),
        ("recommender@audited", "recommender@prepared"),
        ("llm-finetune@four-writers", "llm-finetune"),
        ("cv-labelling", "mlops"),
        ("textbook", "fit-out"),
        ("mlops", "recommender"),
    ] {
        let file = |word: &str| {
            let (stem, scenario) = word.split_once('@').unwrap_or((word, "base"));
            format!("{}@{scenario}", plans.join(stem).with_extension("toml").display())
        };
        let ran = folder.run(&["diff", &file(before), &file(after), "--format", "json", "-n", "200"]);
        assert_eq!(ran.code, 0, "{before} {after}: {}", ran.err);
        let diff = json(&ran.out);
        assert!(!sentences(&diff).is_empty(), "{before} {after}");
        for statistic in ["p50", "headline"] {
            let (sum, total) = adds_up(&diff, "finish_days", statistic, 10.0).expect("both are delivered");
            assert_eq!(sum, total, "{before} {after}");
            if let Some((sum, total)) = adds_up(&diff, "cost", statistic, 100.0) {
                assert_eq!(sum, total, "{before} {after}");
            }
            // A day rounded at either end is all that the total may miss.
            let of = |side: &str| {
                let percentiles = diff[side]["forecast"]["finish"]["percentiles"].as_array().unwrap();
                let p = if statistic == "p50" { 0.5 } else { diff["confidence"].as_f64().unwrap() };
                percentiles.iter().find(|it| it["p"] == p).unwrap()["days"].as_f64().unwrap()
            };
            let is_one_calendar = before.split('@').next() == after.split('@').next();
            let missed = of("after") - of("before") - total as f64 / 10.0;
            assert!(!is_one_calendar || missed.abs() <= 0.1 + 1e-6, "{before} {after}: {missed}");
        }
    }
}

#[test]
fn a_plan_that_cannot_be_read_is_said_with_its_errors() {
    let folder = Folder::with(BEFORE);
    folder.write("broken.toml", "[milestone]\na = { duraton = \"3d\" }\n");
    for words in [["plan.toml", "broken.toml"], ["broken.toml", "plan.toml"]] {
        let ran = folder.run(&["diff", words[0], words[1]]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(
            ran.err.contains("did you mean `duration`?") && ran.err.contains("broken.toml:2"),
            "{}",
            ran.err
        );
    }
    let ran = folder.run(&["diff", "plan.toml", "plan.toml@slow"]);
    assert!(ran.code == 2 && ran.err.contains("no scenario `slow`"), "{}", ran.err);
    assert_eq!(folder.run(&["diff", "plan.toml"]).code, 2);
}
