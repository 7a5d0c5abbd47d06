//! The plan with some of its solutions only.

use crate::support::Folder;

const SHOP: &str = include_str!("../../plans/ecommerce.toml");

/// Two ideas that share a kick-off and a launch, and all that can name a milestone.
const SHARED: &str = r#"# Two ideas.
[plan]
start = 2027-01-04

[expect]
launch = "P80(launch.finish) <= 2028-12-31"    # stays
pilot = "P80(b-pilot.finish) <= 2027-12-31"

[solution.a]
fallback = "c"
[solution.b]
[solution.c]
depends = ["b"]

[milestone.kickoff]
after = []
duration = "5d"

[milestone.a-build]
solution = "a"
after = "kickoff"
duration = "5..10..20d"

# ---- the second idea ----

# about the pilot
[milestone.b-pilot]
solution = "b"
after = "kickoff SS"
duration = "5..10..20d"

[milestone.b-build]
solution = "b"
after = "b-pilot"
duration = "5..10..20d"

[milestone.c-build]
solution = "c"
after = "kickoff"
duration = "20..30..50d"

[milestone.papers]
after = "b-build"                               # once that is settled
duration = "3d"

[milestone.launch]
after = ["b-build FF", "a-build", "c-build"]
duration = "1d"

[risk.slow]
probability = "20%"
on = ["b-build", "launch"]
factor = 1.5

[risk.weather]
probability = "20%"
on = "b-pilot"
delay = "5d"

[risk.b-law]
probability = "10%"
solution = "b"
resolved_by = "b-pilot"

[correlation.builds]
among = ["a-build", "b-build", "c-build"]
matrix = [[1, 0.1, 0.2], [0.1, 1, 0.3], [0.2, 0.3, 1]]

[overhead.watch]
rate = "10/d"
over = "b-build"

[scenario.fast]
milestone.b-build.duration = "5..6..9d"
milestone.a-build.duration = "5..6..9d"
milestone.b-more = { new = true, solution = "b", after = "b-build", duration = "1d" }
"#;

#[test]
fn all_solutions_are_the_plan_itself() {
    let folder = Folder::empty();
    folder.write("shop.toml", SHOP);
    let ran = folder.run(&[
        "scope",
        "apply",
        "shop.toml",
        "chatbot",
        "navigator",
        "recommender-a",
        "recommender-b",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (0, SHOP), "{}", ran.err);
}

#[test]
fn what_is_left_forecasts_as_the_scenario_that_removes_the_others() {
    let folder = Folder::empty();
    folder.write("shop.toml", SHOP);
    let ran = folder.run(&["scope", "apply", "shop.toml", "recommender-b", "-o", "b.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let text = folder.read("b.toml");
    for line in SHOP.lines().filter(|line| line.starts_with('#') || line.contains("recb-")) {
        assert!(text.contains(line), "{line}");
    }
    assert!(!text.contains("chat-improve") && !text.contains("[solution.navigator"), "{text}");
    let answers = |words: &[&str]| {
        let ran = folder.run(&[words, &["--format", "csv", "--iterations", "2000"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let alone = answers(&["simulate", "b.toml"]);
    assert_eq!(alone, answers(&["simulate", "shop.toml", "--scenario", "only-recommender-b"]));
}

#[test]
fn nothing_that_is_left_names_what_is_gone() {
    let folder = Folder::empty();
    folder.write("shared.toml", SHARED);
    let ran = folder.run(&["scope", "apply", "shared.toml", "a"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let expected = SHARED
        .replace("pilot = \"P80(b-pilot.finish) <= 2027-12-31\"\n", "")
        .replace("[solution.b]\n", "")
        .replace("depends = [\"b\"]\n", "")
        .replace("after = \"b-build\"    ", "after = [\"kickoff SS\"]    ")
        .replace("[\"b-build FF\", \"a-build\", \"c-build\"]", "[\"a-build\", \"c-build\", \"kickoff SF\"]")
        .replace("[\"b-build\", \"launch\"]", "[\"launch\"]")
        .replace("[\"a-build\", \"b-build\", \"c-build\"]", "[\"a-build\", \"c-build\"]")
        .replace("[[1, 0.1, 0.2], [0.1, 1, 0.3], [0.2, 0.3, 1]]", "[[1, 0.2], [0.2, 1]]")
        .replace("milestone.b-build.duration = \"5..6..9d\"\n", "");
    let expected = without(&expected, "# about the pilot", "[milestone.c-build]");
    let expected = without(&expected, "[risk.weather]", "[correlation.builds]");
    let expected = without(&expected, "[overhead.watch]", "[scenario.fast]");
    let expected = without(&expected, "milestone.b-more", "");
    assert_eq!(ran.out, expected);
}

/// The text without what stands between two marks, the second one excluded.
fn without(text: &str, from: &str, to: &str) -> String {
    let start = text.find(from).unwrap();
    let end = if to.is_empty() { text.len() } else { text.find(to).unwrap() };
    format!("{}{}", &text[..start], &text[end..])
}

#[test]
fn stop_lines_are_written_where_they_pay() {
    let folder = Folder::empty();
    folder.write("shop.toml", SHOP);
    let ran = folder.run(&["scope", "apply", "shop.toml", "navigator", "--stop-lines"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let plain = folder.run(&["scope", "apply", "shop.toml", "navigator"]).out;
    let line = "stop_line = 0.66";
    assert!(ran.out.contains(line) && !plain.contains("stop_line"), "{}", ran.out);
    assert!(ran.err.contains("stop line of nav-improve: 0.66"), "{}", ran.err);
    // Nothing else differs.
    let start = ran.out.find(", stop_line").unwrap();
    let end = start + ran.out[start..].find(" }").unwrap();
    assert_eq!(format!("{}{}", &ran.out[..start], &ran.out[end..]), plain);
}

#[test]
fn wrong_calls_and_plans_that_would_not_stand_write_nothing() {
    let folder = Folder::empty();
    folder.write("shop.toml", SHOP);
    let ran = folder.run(&["scope", "apply", "shop.toml", "recomender-b", "-o", "out.toml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("no solution `recomender-b`") && ran.err.contains("`recommender-b`"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["scope", "apply", "shop.toml", "navigator", "-o", "shop.toml"]);
    assert_eq!((ran.code, folder.read("shop.toml").as_str()), (2, SHOP));
    assert!(ran.err.contains("--force"), "{}", ran.err);
    let branch = "[milestone.b-pilot]\noutcomes = { good = \"50%\", bad = \"50%\" }\n";
    let papers = "[milestone.papers]\nonly_if = \"b-pilot.good\"\n";
    let text = SHARED.replace("[milestone.b-pilot]\n", branch).replace("[milestone.papers]\n", papers);
    folder.write("branch.toml", &text);
    let ran = folder.run(&["scope", "apply", "branch.toml", "a", "-o", "out.toml"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("nothing is written") && ran.err.contains("b-pilot"), "{}", ran.err);
    assert!(!folder.path("out.toml").exists());
}
