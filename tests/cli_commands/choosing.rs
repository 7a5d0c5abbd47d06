//! What to choose.

use serde_json::Value;

use crate::support::Folder;

const CHOICES: &str = "[plan]
start = 2027-01-11
deadline = 2027-03-12
budget = \"30k\"
currency = \"EUR\"
[milestone.dig]
duration = \"8..10..20d\"
cost = \"9k..10k..14k\"
after = []
option.rent = { name = \"Rent a digger\", duration = \"5..6..9d\", cost = \"18k\" }
[milestone.pour]
duration = \"5..6..12d\"
after = \"dig\"
crash = { by = \"2d\", cost = \"1.5k/d\" }
[milestone.build]
duration = \"20..24..40d\"
after = \"pour\"
";

#[test]
fn optimise_writes_every_form_and_the_frontier_into_a_folder() {
    let folder = Folder::with(CHOICES);
    for _ in 0..2 {
        let ran = folder.run(&["optimise", "plan.toml", "-n", "400", "-o", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("cheapest for P80 of the finish by 12 Mar 2027"), "{}", ran.out);
    }
    let mut names: Vec<String> = std::fs::read_dir(folder.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["frontier.csv", "frontier.svg", "optimise.json", "optimise.md", "optimise.txt"]);
}

#[test]
fn the_scenario_to_paste_gives_what_was_promised() {
    let folder = Folder::with(CHOICES);
    let json = |words: &[&str]| -> Value {
        let ran = folder.run(&[words, &["--format", "json", "-n", "600", "--threads", "2"]].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err))
    };
    let answer = json(&["optimise", "plan.toml"]);
    let best = &answer["best"];
    let patch: Vec<&str> =
        best["patch"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert!(!patch.is_empty() && best["meets"] == true, "{best}");
    folder.write("plan.toml", &format!("{CHOICES}[scenario.optimised]\n{}\n", patch.join("\n")));
    let forecast = json(&["simulate", "plan.toml", "--scenario", "optimised"]);
    assert_eq!(forecast["targets"][0]["probability"], best["probability"]);
    assert_eq!(forecast["cost"]["mean"], best["mean_cost"]);
}

#[test]
fn optimise_says_the_same_on_any_number_of_threads() {
    let folder = Folder::with(CHOICES);
    let on = |threads: &str| {
        let words =
            ["optimise", "plan.toml", "-n", "700", "--both", "60%", "--format", "json", "--threads", threads];
        folder.run(&words).out
    };
    let one = on("1");
    assert!(one.contains("\"within\": 30000.0") && one.contains("\"confidence\": 0.6"), "{one}");
    assert_eq!(one, on("3"));
}

#[test]
fn contingency_adds_up_in_every_form() {
    let folder = Folder::with(CHOICES);
    let ran = folder.run(&["contingency", "plan.toml", "-n", "800", "--format", "json"]);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    for (of, whole) in [("time", "contingency_days"), ("money", "contingency")] {
        let parts = answer[of]["parts"].as_array().unwrap();
        let sum: f64 = parts
            .iter()
            .filter(|part| part["kind"] == "item")
            .map(|part| part["amount"].as_f64().unwrap())
            .sum();
        assert!((sum - answer[of][whole].as_f64().unwrap()).abs() < 0.01, "{of}: {sum}");
    }
    let ran = folder.run(&["contingency", "plan.toml", "-n", "800", "--confidence", "90%", "-o", "out"]);
    assert!(ran.code == 0 && ran.out.contains("P90"), "{}{}", ran.out, ran.err);
    for file in ["contingency.csv", "contingency.json", "contingency.md", "contingency.txt"] {
        assert!(folder.path("out").join(file).exists(), "{file}");
    }
}

#[test]
fn a_date_for_a_plan_without_dates_is_a_wrong_call() {
    let folder = Folder::with(
        "[milestone.a]\nduration = \"5..8..15d\"\nafter = []\noption.b = { duration = \"3d\", cost = 5 }\n",
    );
    for (by, code) in [("2027-03-05", 2), ("9d", 0), ("soon", 2), ("3ed", 2), ("1d", 0)] {
        assert_eq!(folder.run(&["optimise", "plan.toml", "-n", "100", "--by", by]).code, code, "{by}");
    }
}
