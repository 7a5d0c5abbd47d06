//! Measurements that are added while a project runs.

use crate::support::Folder;

const SHOP: &str = include_str!("../../plans/ecommerce.toml");
const POINTS: &str = "[5, 0.78]]";

fn shop() -> Folder {
    let folder = Folder::empty();
    folder.write("shop.toml", SHOP);
    folder
}

fn add<'a>(solution: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["scope", "history", "shop.toml", solution], more].concat()
}

#[test]
fn a_measurement_changes_its_list_and_no_other_byte() {
    let folder = shop();
    let ran = folder.run(&add("recommender-b", &["--add", "6,0.801", "--add", "7,.81,400"]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(folder.read("shop.toml"), SHOP.replace(POINTS, "[5, 0.78], [6, 0.801], [7, 0.81, 400]]"));
    for words in ["7 measurements", "0.81 at iteration 7", "before ", "by iteration 17", "lower `at_most`"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
}

#[test]
fn what_is_said_of_a_measurement_is_what_extrapolating_says() {
    let folder = shop();
    let chance = || {
        let words = ["scope", "extrapolate", "shop.toml", "recommender-b", "--max", "17", "--format", "json"];
        let json: serde_json::Value = serde_json::from_str(&folder.run(&words).out).unwrap();
        format!("{:.0} % chance", json["p_target"].as_f64().unwrap() * 100.0)
    };
    let before = chance();
    let ran = folder.run(&add("recommender-b", &["--add", "6,0.801"]));
    let lines: Vec<&str> = ran.out.lines().filter(|line| line.contains("chance of")).collect();
    assert!(lines[0].contains(&before) && lines[1].contains(&chance()), "{}", ran.out);
    assert_ne!(before, chance());
}

#[test]
fn a_history_in_a_file_is_added_to_there() {
    let folder = Folder::empty();
    let from = SHOP.find("history.points = [[1, 0.58]").unwrap();
    let to = from + SHOP[from..].find("    #").unwrap();
    let plan = format!("{}history.file = \"b.csv\"{}", &SHOP[..from], &SHOP[to..]);
    folder.write("shop.toml", &plan);
    folder.write("b.csv", "iteration,hits\n1,0.58\n2,0.66\n3,0.715\n4,0.755\n5,0.78\n");
    let ran = folder.run(&add("recommender-b", &["--add", "6,0.801"]));
    assert_eq!((ran.code, folder.read("shop.toml")), (0, plan), "{}", ran.err);
    assert!(folder.read("b.csv").ends_with("5,0.78\n6,0.801\n"));
    assert!(ran.out.contains("6 measurements"), "{}", ran.out);
}

#[test]
fn standard_input_is_printed_changed() {
    let folder = shop();
    let mut command = folder.command(&["scope", "history", "-", "recommender-b", "--add", "6,0.801"]);
    let ran = crate::support::ran(command.write_stdin(SHOP));
    assert_eq!((ran.code, ran.out), (0, SHOP.replace(POINTS, "[5, 0.78], [6, 0.801]]")));
    assert!(ran.err.contains("6 measurements"), "{}", ran.err);
}

#[test]
fn nothing_is_written_that_would_not_be_a_history() {
    let folder = shop();
    for (solution, point, code, words) in [
        ("recomender-b", "6,0.801", 2, "did you mean `recommender-b`"),
        ("recommender-b", "6", 2, "like 6,0.801"),
        ("recommender-b", "2027-03-01,0.801", 2, "does not count in dates"),
        ("recommender-b", "6,80.1", 1, "outside the range 0 to 1"),
        ("navigator", "1,0.65", 1, "a new system has no history"),
    ] {
        let ran = folder.run(&add(solution, &["--add", point]));
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{point}: {}", ran.err);
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
        assert_eq!(folder.read("shop.toml"), SHOP);
    }
}

#[test]
fn every_command_of_scoping_says_that_there_are_no_solutions() {
    let folder = Folder::with(crate::support::SMALLEST);
    for words in [
        &["scope", "plan.toml"][..],
        &["scope", "apply", "plan.toml", "x"],
        &["scope", "extrapolate", "plan.toml", "x"],
        &["scope", "history", "plan.toml", "x", "--add", "1,2"],
        &["scope", "check", "plan.toml"],
        &["scope", "frontier", "plan.toml"],
        &["scope", "sequences", "plan.toml"],
        &["scope", "canvas", "plan.toml", "x"],
        &["simulate", "plan.toml", "--solution", "x"],
    ] {
        let ran = folder.run(words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}");
        assert!(
            ran.err.contains("no solutions to choose from") && ran.err.contains("[solution."),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_history_is_begun_where_the_plan_could_not_do_without() {
    let plan = "[plan]\nstart = 2027-01-04\n[metric.m]\nbaseline = 0.5\ntarget = 0.9\n\
                [solution.x]\nsystem = \"existing\"\nmetric = \"m\"\n\
                [milestone.go]\nsolution = \"x\"\nafter = []\nimprove = { duration = \"5..6..9d\", adds = 10 }\n";
    let folder = Folder::with(plan);
    let add = |points: &[&str]| {
        let words = points.iter().flat_map(|point| ["--add", point]);
        folder.run(&["scope", "history", "plan.toml", "x"].into_iter().chain(words).collect::<Vec<_>>())
    };
    let one = add(&["2027-01-05,0.5"]);
    assert_eq!((one.code, folder.read("plan.toml").as_str()), (1, plan), "{}", one.err);
    let two = add(&["2027-01-05,0.5", "2027-02-01,0.6"]);
    assert_eq!(two.code, 0, "{}", two.err);
    assert!(two.out.contains("2 measurements") && !two.out.contains("before"), "{}", two.out);
    assert!(folder.read("plan.toml").contains("unit = \"date\""), "{}", folder.read("plan.toml"));
    let three = add(&["2027-03-01,0.65"]);
    assert!(three.code == 0 && three.out.contains("before"), "{}{}", three.out, three.err);
    let wrong = add(&["6,0.7"]);
    assert!(wrong.code == 2 && wrong.err.contains("counts in dates"), "{}", wrong.err);
    folder.write("plan.toml", "[plan\n");
    let broken = add(&["6,0.7"]);
    assert_eq!((broken.code, folder.read("plan.toml").as_str()), (1, "[plan\n"), "{}", broken.err);
}
