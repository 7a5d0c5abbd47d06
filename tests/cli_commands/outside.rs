//! What needs no plan: help, templates, explanations, completions, wrong calls.

use crate::support::{Folder, ran};

#[test]
fn a_wrong_call_exits_with_2_and_says_what_is_wrong() {
    for (words, expected) in [
        (&["simulate"][..], "PLAN"),
        (&[], "Usage"),
        (&["simluate"], "simulate"),
        (&["simulate", "p.toml", "--iterations", "0"], "1 to 1,000,000"),
        (&["simulate", "p.toml", "--iterations", "2M"], "1 to 1,000,000"),
        (&["simulate", "p.toml", "--threads", "0"], "1 to 1,024"),
        (&["simulate", "p.toml", "--seed", "-1"], "a whole number from 0 to"),
        (&["simulate", "p.toml", "--seed", "x"], "a whole number from 0 to"),
        (&["simulate", "p.toml", "-n", "-5"], "a whole number from 1 to 1,000,000"),
        (&["p.toml", "-n", "-5"], "a whole number from 1 to 1,000,000"),
        (&["simulate", "p.toml", "--format", "yaml"], "json"),
        (&["simulate", "p.toml", "--shard", "1/2"], "--shard"),
        (&["simulate", "p.toml", "--sampling", "sobol"], "lhs"),
        (&["optimise", "p.toml", "--by", "soon"], "a date like"),
        (&["optimise", "p.toml", "--both", "100%"], "a share between"),
        (&["export", "pie", "p.toml"], "timeline"),
        (&["replay", "p.toml", "--at", "80"], "a percentile like `P80`"),
        (&["replay", "p.toml", "--at", "P80", "--iteration", "3"], "--iteration"),
        (&["replay", "p.toml", "--iteration", "0"], "a whole number from 1"),
        (&["check", "p.toml", "--deny", "remarks"], "warnings"),
        (&["init", "nothing-like-it"], "nothing-like-it"),
        (&["completions", "cobol"], "bash"),
    ] {
        let ran = Folder::empty().run(words);
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{words:?}: {}", ran.out);
    }
}

#[test]
fn help_and_version_are_answers() {
    for words in [&["--help"][..], &["--version"], &["help", "simulate"], &["simulate", "--help"]] {
        let ran = Folder::empty().run(words);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
        assert!(ran.out.contains("plan"), "{words:?}");
    }
}

#[test]
fn init_writes_a_plan_and_never_over_one() {
    let folder = Folder::empty();
    let first = folder.run(&["init"]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.err.contains("wrote plan.toml"), "{}", first.err);
    folder.write("plan.toml", "mine");
    let second = folder.run(&["init", "recommender"]);
    assert_eq!(second.code, 2);
    assert!(second.err.contains("plan.toml is there already"), "{}", second.err);
    assert_eq!(folder.read("plan.toml"), "mine");
    assert_eq!(folder.run(&["init", "recommender", "--force"]).code, 0);
    assert!(folder.read("plan.toml").contains("Product recommender"));
    let printed = folder.run(&["init", "textbook", "-o", "-"]);
    assert!(printed.out.contains("[milestone"), "{}", printed.out);
}

#[test]
fn init_lists_its_templates_with_a_line_each() {
    let ran = Folder::empty().run(&["init", "--list"]);
    for name in [
        "starter",
        "recommender",
        "ecommerce",
        "mlops",
        "llm-finetune",
        "cv-labelling",
        "fit-out",
        "textbook",
    ] {
        let line = ran.out.lines().find(|line| line.starts_with(name));
        assert!(line.is_some_and(|line| line.len() > name.len() + 10), "{name}: {}", ran.out);
    }
}

#[test]
fn explain_knows_metrics_and_suggests_what_was_meant() {
    let folder = Folder::empty();
    assert!(folder.run(&["explain", "criticality"]).out.contains("driving path"));
    assert!(folder.run(&["explain", "P80"]).out.contains("80 %"));
    let unknown = folder.run(&["explain", "critcality"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `criticality`?"), "{}", unknown.err);
}

#[test]
fn export_lists_its_kinds() {
    let ran = Folder::empty().run(&["export", "--list"]);
    assert_eq!(ran.code, 0);
    for kind in ["timeline", "finish", "budget", "burndown", "milestones", "percentiles"] {
        assert!(ran.out.lines().any(|line| line.starts_with(kind)), "{kind}: {}", ran.out);
    }
}

#[test]
fn shells_and_manuals_are_served() {
    let folder = Folder::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("simulate"), "{shell}");
    }
    assert!(folder.run(&["man"]).out.contains(".TH plan 1"));
    assert_eq!(folder.run(&["man", "-o", "pages"]).code, 0);
    assert!(folder.read("pages/plan-simulate.1").contains("iterations"));
}

#[test]
fn errors_carry_colours_only_where_they_are_wanted() {
    let folder = Folder::empty();
    let words = ["explain", "nonsense"];
    let has_colour = |words: &[&str]| folder.run(words).err.contains('\u{1b}');
    assert!(!has_colour(&words), "a pipe is no terminal");
    assert!(has_colour(&["--color", "always", "explain", "nonsense"]));
    assert!(has_colour(&["explain", "nonsense", "--color=always"]));
    let forced = ran(folder.command(&words).env("CLICOLOR_FORCE", "1"));
    assert!(forced.err.contains('\u{1b}'));
    let silenced = ran(folder.command(&words).env("NO_COLOR", "1"));
    assert!(!silenced.err.contains('\u{1b}'));
}
