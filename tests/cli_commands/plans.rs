//! What is done with a plan.

use serde_json::Value;

use crate::support::{Folder, SMALLEST, ran};

/// A plan with dates, money, targets, and two scenarios.
const BRIDGE: &str = r#"
[plan]
name = "Bridge"
start = 2027-01-11
deadline = 2027-06-30
budget = "100k"

[expect]
date = "P80(finish) <= deadline"

[resource]
engineer = { kind = "people", capacity = 2, rate = "600/d" }

[milestone]
survey = { duration = "5..8..20d", uses.engineer = 1, after = [] }
design = { duration = "10..15..40d", uses.engineer = 1, after = "survey" }
permit = { duration = "10d to 40d", cost = "3k", after = "survey" }
build = { duration = "20..30..60d", uses.engineer = 2, after = ["design", "permit"] }

[scenario.fast]
description = "Two survey teams"
milestone.survey.duration = "3..4..10d"

[scenario.slow]
milestone.build.duration = "40..60..90d"
"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_bare_plan_is_simulated() {
    let folder = Folder::with(BRIDGE);
    let (bare, whole) = (folder.run(&["plan.toml"]), folder.run(&["simulate", "plan.toml"]));
    assert_eq!((bare.code, &bare.out), (0, &whole.out), "{}", bare.err);
    assert!(bare.out.starts_with("Bridge · 4 milestones · 10,000 iterations, seed 1\n"), "{}", bare.out);
    assert!(bare.out.contains("the error of the inputs is larger"), "{}", bare.out);
}

#[test]
fn four_lines_are_a_plan_in_working_days() {
    let ran = Folder::with(SMALLEST).run(&["plan.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("finish, in working days"), "{}", ran.out);
}

#[test]
fn a_plan_may_come_from_standard_input() {
    let folder = Folder::empty();
    let ran = ran(folder.command(&["-", "--format", "json"]).write_stdin(SMALLEST));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(json(&ran.out)["plan"]["milestones"], 3);
    let compared = crate::support::ran(folder.command(&["compare", "-"]).write_stdin(BRIDGE));
    assert!(compared.out.contains("slow"), "every scenario of standard input: {}", compared.err);
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::with(BRIDGE);
    let run = |threads: &str, seed: &str| {
        folder.run(&["simulate", "plan.toml", "--format", "json", "--threads", threads, "--seed", seed]).out
    };
    assert_eq!(run("1", "7"), run("3", "7"));
    assert_ne!(run("1", "7"), run("1", "8"));
}

#[test]
fn json_is_whole_and_holds_no_nan() {
    let folder = Folder::with(BRIDGE);
    let simulated = folder.run(&["simulate", "plan.toml", "--format", "json", "-n", "2k"]);
    let answer = json(&simulated.out);
    assert_eq!((&answer["schema"], &answer["iterations"]), (&"plan.simulation/1".into(), &2_000.into()));
    let percentiles = answer["finish"]["percentiles"].as_array().expect("a list");
    assert!(percentiles.len() >= 99, "P1 to P99");
    let days: Vec<f64> = percentiles.iter().map(|it| it["days"].as_f64().expect("no NaN")).collect();
    assert!(days.is_sorted(), "{days:?}");
    assert_eq!(answer["milestones"][0]["id"], "survey");
    let path = json(&folder.run(&["path", "plan.toml", "--format", "json"]).out);
    assert_eq!(path["schema"], "plan.path/1");
    assert_eq!(path["milestones"][0]["early_start"], "2027-01-11T09:00");
}

#[test]
fn an_expectation_that_is_not_met_exits_with_3_after_the_forecast() {
    let folder = Folder::with(BRIDGE);
    let ran = folder.run(&["simulate", "plan.toml", "--set", "plan.deadline=2027-03-01"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.out.contains("not met"), "{}", ran.out);
}

#[test]
fn check_reports_every_unknown_key_at_once() {
    let folder =
        Folder::with("[milestone]\na = { duraton = \"3d\" }\nb = { duration = \"3d\", aftr = \"a\" }\n");
    let ran = folder.run(&["check", "plan.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    for word in ["duraton", "aftr", "did you mean `duration`?", "2 errors in plan.toml"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
    assert_eq!(folder.run(&["simulate", "plan.toml", "--quiet"]).err, ran.err, "errors are never quiet");
    let checked = json(&folder.run(&["check", "plan.toml", "--format", "json"]).out);
    assert_eq!((&checked["ok"], &checked["errors"]), (&false.into(), &2.into()));
}

#[test]
fn a_cycle_is_shown_as_its_path() {
    let folder = Folder::with(
        "[milestone]\na = { duration = \"3d\", after = \"c\" }\nb = { after = \"a\" }\nc = { after = \"b\" }\n",
    );
    let ran = folder.run(&["plan.toml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[cycle]") && ran.err.contains("a → b → c → a"), "{}", ran.err);
}

#[test]
fn warnings_are_denied_on_request_only() {
    let folder = Folder::with(&format!("{SMALLEST}[resource]\nnobody = {{ kind = \"people\" }}\n"));
    let kind = folder.run(&["check", "plan.toml"]);
    assert_eq!(kind.code, 0, "{}", kind.err);
    assert!(kind.err.contains("warning[unused-resource]"), "{}", kind.err);
    assert_eq!(folder.run(&["check", "plan.toml", "--deny", "warnings"]).code, 1);
    assert_eq!(folder.run(&["check", "plan.toml", "--quiet"]).err, "");
    assert!(folder.run(&["plan.toml"]).err.contains("1 warning in plan.toml: plan check plan.toml"));
}

#[test]
fn check_echoes_how_estimates_are_read() {
    let folder = Folder::with(BRIDGE);
    let ran = folder.run(&["check", "plan.toml", "-v"]);
    assert!(ran.out.contains("PERT from 10 d to 40 d, likeliest 15 d; mean "), "{}", ran.out);
    let explained = folder.run(&["explain", "design", "plan.toml"]);
    assert!(explained.out.contains("starts once `survey` is finished"), "{}{}", explained.out, explained.err);
    assert!(folder.run(&["explain", "desing", "plan.toml"]).err.contains("did you mean `design`?"));
}

#[test]
fn explain_says_how_solutions_and_their_terms_are_read_within_the_terminal() {
    let folder = Folder::with(include_str!("../../plans/ecommerce.toml"));
    for (word, expected) in [
        ("navigator", "solution navigator"),
        ("hit-rate", "metric hit-rate"),
        ("findability", "problem findability"),
        ("sessions", "factor sessions"),
        ("scope", "scope\n"),
    ] {
        let ran = folder.run(&["explain", word, "plan.toml"]);
        assert!(ran.code == 0 && ran.out.starts_with(expected), "{word}: {}{}", ran.out, ran.err);
        assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{word}: {}", ran.out);
    }
    let missed = folder.run(&["explain", "navigater", "plan.toml"]);
    assert!(missed.code == 2 && missed.err.contains("did you mean `navigator`?"), "{}", missed.err);
}

#[test]
fn a_comparison_is_written_in_the_form_its_name_asks_for() {
    let folder = Folder::with(BRIDGE);
    for (name, head) in [
        ("cmp.svg", "<svg"),
        ("cmp.json", "{"),
        ("cmp.csv", "label,"),
        ("cmp.md", "## Bridge"),
        ("cmp.txt", "Bridge"),
    ] {
        for _ in 0..2 {
            let ran = folder.run(&["compare", "plan.toml", "--iterations", "100", "-o", name]);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
        }
        assert!(folder.read(name).starts_with(head), "{name}: {}", folder.read(name));
    }
    folder.run(&["compare", "plan.toml", "--iterations", "100", "-o", "cmp.png"]);
    assert!(std::fs::read(folder.path("cmp.png")).expect("a picture").starts_with(b"\x89PNG"));
    folder.run(&["compare", "plan.toml", "--iterations", "100", "-o", "cmp"]);
    assert!(folder.read("cmp/comparison.svg").starts_with("<svg"));
    folder.write("mine.md", "kept");
    let ran = folder.run(&["compare", "plan.toml", "--iterations", "100", "-o", "mine.md"]);
    assert_eq!((ran.code, folder.read("mine.md").as_str()), (2, "kept"));
}

#[test]
fn png_says_what_its_font_lacks() {
    let folder = Folder::with("[milestone]\na = { name = \"設計\", duration = \"3d\" }\n");
    let ran = folder.run(&["export", "timeline", "plan.toml", "-o", "t.png", "--iterations", "100"]);
    assert!(ran.code == 0 && ran.err.contains("設計") && ran.err.contains(".svg"), "{}", ran.err);
    let ran = folder.run(&["export", "timeline", "plan.toml", "-o", "t.svg", "--iterations", "100"]);
    assert!(!ran.err.contains("設計"), "{}", ran.err);
}

#[test]
fn a_span_is_judged_in_days() {
    let folder = Folder::with(&BRIDGE.replace("P80(finish) <= deadline", "P80(finish) <= 40d"));
    let ran = folder.run(&["plan.toml", "--format", "json"]);
    let expectation = &json(&ran.out)["expectations"][0];
    assert!(expectation["value"].as_f64().is_some_and(|days| days > 20.0 && days < 150.0), "{expectation}");
}

#[test]
fn scenarios_are_compared_under_the_same_draws() {
    let folder = Folder::with(BRIDGE);
    let ran = folder.run(&["compare", "plan.toml", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answer = json(&ran.out);
    let labels: Vec<&Value> =
        answer["columns"].as_array().expect("a list").iter().map(|it| &it["label"]).collect();
    assert_eq!(labels, ["base", "fast", "slow"]);
    assert!(answer["differences"][0]["finish_days"]["mean"]["value"].as_f64().expect("a number") < 0.0);
    let text = folder.run(&["compare", "plan.toml"]).out;
    for words in ["behind fast", "whatever a day of delay costs", "milestone.survey.duration = \"3..4..10d\""]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for kind in ["comparison", "tradeoff", "differences"] {
        let ran = folder.run(&["export", kind, "plan.toml", "-n", "100"]);
        assert!(ran.code == 0 && ran.out.contains("<svg"), "{kind}: {}", ran.err);
    }
    let one = folder.run(&["export", "tradeoff", "plan.toml", "--scenario", "fast"]);
    assert!(one.code == 2 && one.err.contains("shows all scenarios"), "{}", one.err);
    for words in [&["compare", "plan.toml@slow", "plan.toml"][..], &["compare", "plan.toml@*"]] {
        assert_eq!(folder.run(words).code, 0, "{words:?}");
    }
    let unknown = folder.run(&["compare", "plan.toml@fats", "plan.toml"]);
    assert!(unknown.code == 2 && unknown.err.contains("did you mean `fast`?"), "{}", unknown.err);
    let alone = Folder::with(SMALLEST).run(&["compare", "plan.toml"]);
    assert!(alone.code == 2 && alone.err.contains("nothing to compare with"), "{}", alone.err);
}

#[test]
fn everything_is_written_into_a_folder_and_again_but_never_over_what_is_mine() {
    let folder = Folder::with(BRIDGE);
    let write = || folder.run(&["simulate", "plan.toml", "-o", "out"]);
    assert_eq!(write().code, 0);
    for name in [
        "forecast.txt",
        "forecast.json",
        "forecast.md",
        "milestones.csv",
        "percentiles.csv",
        "timeline.svg",
        "burndown.svg",
    ] {
        assert!(!folder.read(&format!("out/{name}")).is_empty(), "{name}");
    }
    assert_eq!(write().code, 0, "our own files are overwritten");
    folder.write("out/forecast.md", "my own words");
    let refused = write();
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("forecast.md") && refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(folder.read("out/forecast.md"), "my own words");
    assert_eq!(folder.run(&["simulate", "plan.toml", "-o", "out", "--force"]).code, 0);
}

#[test]
fn pictures_are_svg_or_png_by_their_names() {
    let folder = Folder::with(BRIDGE);
    assert_eq!(
        folder.run(&["export", "timeline", "plan.toml", "-o", "t.svg", "--today", "2027-02-01"]).code,
        0
    );
    assert!(folder.read("t.svg").starts_with("<svg"));
    assert_eq!(folder.run(&["export", "finish", "plan.toml", "-o", "f.png"]).code, 0);
    assert!(std::fs::read(folder.path("f.png")).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG")));
    assert_eq!(folder.run(&["export", "finish", "plan.toml", "-o", "f.png"]).code, 0, "over our own");
    assert!(folder.run(&["export", "finish", "plan.toml"]).out.starts_with("<svg"));
    let wrong = folder.run(&["export", "milestones", "plan.toml", "-o", "m.png"]);
    assert!(wrong.code == 2 && !folder.path("m.png").exists(), "{}", wrong.err);
    let free = Folder::with(SMALLEST).run(&["export", "budget", "plan.toml"]);
    assert!(free.code == 2 && free.err.contains("costs nothing"), "{}", free.err);
}

#[test]
fn files_that_cannot_be_read_or_written_exit_with_2() {
    let folder = Folder::with(SMALLEST);
    folder.write("file", "x");
    std::fs::write(folder.path("latin.toml"), b"a = \"\xe4\"").expect("a temporary file");
    for (words, expected) in [
        (&["simulate", "nothing.toml"][..], "can't read nothing.toml: there is no such file"),
        (&["simulate", "."], "can't read .: it is a folder"),
        (&["check", "latin.toml"], "not UTF-8"),
        (&["simulate", "plan.toml", "--with", "nothing.toml"], "can't read nothing.toml"),
        (&["simulate", "plan.toml", "-o", "file"], "it is a file, not a folder"),
        (&["simulate", "plan.toml", "-o", "file/below"], "can't make the folder"),
        (&["export", "finish", "plan.toml", "-o", "nowhere/f.svg"], "there is no such file or folder"),
        (&["export", "finish", "plan.toml", "-o", "."], "it is a folder"),
    ] {
        let ran = folder.run(words);
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
}

#[test]
fn a_call_that_asks_for_what_is_not_there_exits_with_2() {
    let folder = Folder::with(BRIDGE);
    for (words, expected) in [
        (
            &["simulate", "plan.toml", "--scenario", "fsat"][..],
            "error: plan.toml: the plan has no scenario `fsat`",
        ),
        (
            &["check", "plan.toml", "--scenario", "fsat"],
            "  = help: did you mean `fast`?\n  = help: its scenarios are fast, slow\n",
        ),
        (&["compare", "plan.toml@nope", "plan.toml"], "its scenarios are fast, slow"),
        (&["compare", "plan.toml@fast", "plan.toml@fast"], "`fast` of plan.toml is named twice"),
        (&["compare", "plan.toml", "plan.toml@base"], "`base` of plan.toml is named twice"),
        (&["simulate", "plan.toml", "--set", "foo"], "error[bad-set]: `--set` takes KEY=VALUE"),
        (&["check", "plan.toml", "--set", "=3"], "error[bad-set]: a key is missing before `=`"),
    ] {
        let ran = folder.run(words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
        assert!(ran.err.contains("bad-set") || !ran.err.contains("-->"), "{words:?}: {}", ran.err);
    }
    let value = folder.run(&["check", "plan.toml", "--set", "milestone.build.duration=soon"]);
    assert_eq!(value.code, 1, "{}", value.err);
    let without = Folder::with(SMALLEST).run(&["plan.toml", "--scenario", "x"]);
    assert!(without.code == 2 && without.err.contains("it has no scenarios"), "{}", without.err);
}

#[test]
fn respond_puts_a_response_in_force_and_a_stranger_is_a_wrong_call() {
    let risk = "[risk]\nice = { probability = 0.3, on = \"build\", delay = \"1..2..6w\", response = { probability = 0.1 } }\nfog = { probability = 0.1, on = \"launch\", delay = \"1w\" }\n";
    let folder = Folder::with(&format!("{SMALLEST}{risk}"));
    let asked = folder.run(&["check", "plan.toml", "-v", "--respond", "ice"]);
    assert_eq!(asked.code, 0, "{}", asked.err);
    let read =
        |out: &str| out.lines().find(|line| line.contains("risk.ice")).expect("its reading").to_owned();
    let unasked = folder.run(&["check", "plan.toml", "-v"]);
    assert!(read(&unasked.out).contains("30 %") && read(&asked.out).contains("10 %"), "{}", asked.out);
    for (risk, expected) in [
        ("icy", "error[unknown-risk]: no risk is called `icy`"),
        ("fog", "error[missing-key]: `fog` has no `response`"),
        ("build", "error[unknown-risk]: no risk is called `build`"),
    ] {
        for command in ["simulate", "path", "check"] {
            let ran = folder.run(&[command, "plan.toml", "--respond", risk]);
            assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains(expected), "{risk}: {}", ran.err);
        }
    }
    let explained = folder.run(&["explain", "ice", "plan.toml"]);
    assert!(explained.code == 0 && explained.out.contains("not in force"), "{}", explained.out);
}

#[test]
fn the_sum_names_the_document_that_holds_the_error() {
    let folder = Folder::with(SMALLEST);
    folder.write("team.toml", "milestone.build.durtion = 3\n");
    let with = folder.run(&["check", "plan.toml", "--with", "team.toml"]);
    assert!(with.code == 1 && with.err.ends_with("\n1 error in team.toml\n"), "{}", with.err);
    let set = folder.run(&["check", "plan.toml", "--set", "milestone.build.duration=x"]);
    assert!(set.code == 1 && set.err.ends_with("\n1 error in --set\n"), "{}", set.err);
}

/// Follows the command behind the colon of "1 warning in plan.toml: plan check plan.toml".
#[cfg(unix)]
#[test]
fn the_hint_at_warnings_is_a_command_that_shows_them() {
    let folder = Folder::with(SMALLEST);
    folder.write("team file.toml", "resource.nobody = { new = true, kind = \"people\" }\n");
    let set = "milestone.design.duration=5 to 8d";
    let hinted = folder.run(&["plan.toml", "--with", "team file.toml", "--set", set]);
    let expected = "plan check plan.toml --with 'team file.toml' --set 'milestone.design.duration=5 to 8d'";
    assert_eq!(hinted.err, format!("1 warning in team file.toml: {expected}\n"));
    let binary = assert_cmd::cargo::cargo_bin("plan");
    let followed = expected.replacen("plan", &binary.display().to_string(), 1);
    let mut shell = assert_cmd::Command::new("sh");
    let followed = ran(shell.args(["-c", &followed]).current_dir(folder.path("")));
    assert!(followed.err.contains("warning[unused-resource]"), "{}", followed.err);
    let input = format!("{SMALLEST}[resource]\nnobody = {{ kind = \"people\" }}\n");
    let input = ran(folder.command(&["-"]).write_stdin(input));
    assert_eq!(input.err, "1 warning in <stdin>: plan check - (with the same input)\n");
}

#[test]
fn columns_of_one_plan_count_the_same_warning_once() {
    let folder = Folder::with(&format!(
        "{SMALLEST}[resource]\nnobody = {{ kind = \"people\" }}\n[scenario.a]\n[scenario.b]\nmilestone.odd = {{ new = true }}\n"
    ));
    let ran = folder.run(&["compare", "plan.toml", "-n", "100"]);
    let expected = "1 warning in plan.toml: plan check plan.toml\n2 warnings in plan.toml: plan check plan.toml --scenario b\n";
    assert_eq!(ran.err, expected);
}

#[test]
fn standard_input_goes_by_the_name_of_its_plan_in_a_comparison() {
    let folder = Folder::with(SMALLEST);
    let ran = ran(folder
        .command(&["compare", "-", "plan.toml", "--format", "json", "-n", "100"])
        .write_stdin(BRIDGE));
    assert_eq!(json(&ran.out)["columns"][0]["label"], "Bridge", "{}", ran.err);
}

#[test]
fn a_cycle_that_only_a_scenario_makes_is_found_without_choosing_it() {
    let folder = Folder::with(&format!(
        "{SMALLEST}\n[scenario.fast]\n[scenario.ring]\nmilestone.design.after = \"launch\"\n"
    ));
    for words in [&["check", "plan.toml"][..], &["plan.toml"], &["check", "plan.toml", "--scenario", "fast"]]
    {
        let ran = folder.run(words);
        assert_eq!(ran.code, 1, "{words:?}");
        for expected in
            ["error[cycle]", "--> plan.toml:8:26", "so it is in the scenario `ring`", "\n1 error in"]
        {
            assert!(ran.err.contains(expected), "{expected}: {}", ran.err);
        }
    }
    let chosen = folder.run(&["check", "plan.toml", "--scenario", "ring"]);
    assert!(chosen.err.contains("error[cycle]") && chosen.err.contains("\n1 error in"), "{}", chosen.err);
    let base = Folder::with(
        "[milestone]\na = { after = \"b\" }\nb = { after = \"a\" }\n[scenario.x]\n[scenario.y]\n",
    );
    let said = base.run(&["check", "plan.toml"]).err;
    assert!(said.contains("\n1 error in") && !said.contains("so it is"), "{said}");
    let long =
        Folder::with(&format!("{SMALLEST}\n[scenario.long]\nmilestone.build.duration = \"1_000_000w\"\n"));
    let said = long.run(&["check", "plan.toml"]).err;
    assert!(said.contains("error[beyond-limit]") && said.contains("scenario `long`"), "{said}");
}

#[test]
fn what_a_scenario_removes_leaves_no_warning_behind() {
    let plan = format!(
        "{SMALLEST}lab = {{ duration = \"2..3..6w\", uses.rig = 1, before = \"launch\", after = [] }}\n\
         [resource]\nrig = {{ kind = \"people\", capacity = 1 }}\n[scenario.lean]\nmilestone.lab = false\n"
    );
    let ran = Folder::with(&plan).run(&["check", "plan.toml", "--scenario", "lean"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn what_runs_as_late_as_possible_does_not_start_with_the_plan() {
    let plan = format!("{SMALLEST}order = {{ duration = \"1d\", before = \"launch\", alap = true }}\n");
    assert_eq!(Folder::with(&plan).run(&["check", "plan.toml"]).err, "");
    let early = Folder::with(&plan.replace(", alap = true", "")).run(&["check", "plan.toml"]);
    assert!(early.err.contains("warning[open-start]"), "{}", early.err);
}

#[test]
fn json_says_null_where_there_is_no_money() {
    let answer = json(&Folder::with(SMALLEST).run(&["plan.toml", "-n", "100", "--format", "json"]).out);
    for absent in [&answer["cost"], &answer["plan"]["currency"], &answer["contingency"]["money"]] {
        assert!(absent.is_null(), "{absent}");
    }
    let answer = json(&Folder::with(BRIDGE).run(&["plan.toml", "-n", "100", "--format", "json"]).out);
    assert!(answer["contingency"]["money"].is_number());
}

#[test]
fn a_bare_plan_takes_every_option_of_simulate() {
    let folder = Folder::with(BRIDGE);
    folder.write("team.toml", "");
    for option in [
        &["--scenario", "fast"][..],
        &["--set", "plan.budget=3k"],
        &["--with", "team.toml"],
        &["--iterations", "200"],
        &["-n", "200"],
        &["--seed", "3"],
        &["--threads", "1"],
        &["--format", "md"],
        &["--all"],
        &["-o", "out"],
        &["--output", "out"],
        &["--force"],
        &["--quiet"],
        &["-q"],
        &["--color", "always"],
        &["--help"],
        &["-h"],
    ] {
        let whole = folder.run(&[&["simulate", "plan.toml"], option].concat());
        assert!(whole.code == 0 || whole.code == 3, "{option:?}: {}", whole.err);
        let behind = folder.run(&[&["plan.toml"], option].concat());
        assert_eq!((behind.code, &behind.out), (whole.code, &whole.out), "{option:?}: {}", behind.err);
        if !matches!(option, ["--help" | "-h"]) {
            let before = folder.run(&[option, &["plan.toml"]].concat());
            assert_eq!((before.code, &before.out), (whole.code, &whole.out), "{option:?}: {}", before.err);
        }
    }
}

#[test]
fn no_colours_reach_a_file_unless_asked_for() {
    let folder = Folder::with(BRIDGE);
    assert!(!folder.run(&["plan.toml"]).out.contains('\u{1b}'));
    assert!(folder.run(&["plan.toml", "--color", "always"]).out.contains('\u{1b}'));
    assert!(!folder.run(&["plan.toml", "--color", "always", "--format", "json"]).out.contains('\u{1b}'));
}

#[test]
fn samples_are_read_only_below_the_plan() {
    let folder = Folder::empty();
    std::fs::create_dir(folder.path("sub")).expect("a temporary folder");
    folder.write("outside.csv", "1\n2\n");
    folder.write("sub/history.csv", "3\n5\n8\n");
    for (file, code) in [("history.csv", 0), ("../outside.csv", 1), ("/etc/hostname", 1), ("nothing.csv", 1)]
    {
        folder.write(
            "sub/plan.toml",
            &format!("[milestone]\na = {{ duration = {{ samples = \"{file}\" }} }}\n"),
        );
        let ran = folder.run(&["check", "sub/plan.toml"]);
        assert_eq!(ran.code, code, "{file}: {}", ran.err);
    }
}

/// The reader of the output may leave at any time.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let folder = Folder::with(BRIDGE);
    for words in [&["simulate", "plan.toml", "--format", "json"][..], &["check", "plan.toml", "-v"], &["man"]]
    {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("plan"))
            .args(words)
            .current_dir(folder.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("error"), "{words:?}");
    }
}
