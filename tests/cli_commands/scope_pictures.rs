//! `plan scope PLAN -o DIR`: the forms of the report, and its pictures.

use crate::support::Folder;

const SHOP: &str = include_str!("../../plans/ecommerce.toml");

#[test]
fn the_report_of_scoping_is_written_into_a_folder_with_its_pictures() {
    let folder = Folder::with(SHOP);
    let asked = ["scope", "plan.toml", "-n", "500"];
    let ran = folder.run(&[&asked[..], &["-o", "out"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("wrote 15 files into out"), "{}", ran.err);
    for format in ["json", "csv"] {
        let printed = folder.run(&[&asked[..], &["--format", format]].concat()).out;
        assert_eq!(folder.read(&format!("out/scope.{format}")), printed);
    }
    for (name, words) in [
        ("scope-process", &["1 problem → 4 solutions → 3 feasible", "recommender-a lacks new features"][..]),
        ("feasibility", &["asks for new features and history", "new features missing", "history ✓"]),
        ("value-effort", &["recommender-b", "quick wins", "money pits", "index 1"]),
        ("scope-frontier", &["budget $420k", "12 sets of solutions", "navigator + recommender-b"]),
        ("npv", &["Spend-aware two-stage recommender", "chance to gain"]),
        (
            "history-recommender-a",
            &["P(target by 24) = 0.7 %", "target 0.85", "minimum 0.80", "out of reach"],
        ),
        ("drivers-recommender-b", &["success in the market", "target reached", "overrun of effort"]),
    ] {
        let svg = folder.read(&format!("out/{name}.svg"));
        for words in words {
            assert!(svg.contains(words), "{name} lacks `{words}`");
        }
    }
    // A new system has no history to draw.
    assert!(!folder.path("out/history-chatbot.svg").exists());
}

#[test]
fn pictures_of_one_solution_leave_out_those_of_the_others() {
    let folder = Folder::with(SHOP);
    let asked = ["scope", "plan.toml", "-n", "200", "-o", "out", "--y", "launched"];
    let ran = folder.run(&[&asked[..], &["--solution", "recommender-b"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (name, is_there) in [
        ("drivers-recommender-b", true),
        ("history-recommender-b", true),
        ("drivers-recommender-a", false),
        ("npv", true),
    ] {
        assert_eq!(folder.path(&format!("out/{name}.svg")).exists(), is_there, "{name}");
    }
    assert!(folder.read("out/value-effort.svg").contains("net present value if launched"));
    std::fs::write(folder.path("out/npv.svg"), "mine").unwrap();
    let refused = folder.run(&asked);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert_eq!(folder.read("out/npv.svg"), "mine");
    assert_eq!(folder.run(&[&asked[..], &["--force"]].concat()).code, 0);
    // Without a folder nothing is drawn.
    assert_eq!(folder.run(&["scope", "plan.toml", "--y", "launched"]).code, 2);
}

#[test]
fn pictures_of_all_solutions_are_exported_one_by_one() {
    let folder = Folder::with(SHOP);
    for kind in ["scope-process", "feasibility", "value-effort", "npv", "scope-frontier"] {
        let name = format!("{kind}.png");
        let ran = folder.run(&["export", kind, "plan.toml", "-n", "200", "-o", &name]);
        assert_eq!(ran.code, 0, "{kind}: {}", ran.err);
        assert!(std::fs::read(folder.path(&name)).unwrap().starts_with(b"\x89PNG"), "{kind}");
    }
    let alone = Folder::with(include_str!("../../plans/mlops.toml"));
    let refused = alone.run(&["export", "scope-frontier", "plan.toml", "-n", "200"]);
    assert!(refused.code == 2 && refused.err.contains("a single solution"), "{}", refused.err);
    let without = Folder::with(crate::support::SMALLEST);
    assert_eq!(without.run(&["export", "npv", "plan.toml"]).code, 2);
}

#[test]
fn the_report_shows_every_solution_in_its_cell() {
    let folder = Folder::with(SHOP);
    let report = |width: &str, more: &[&str]| {
        let mut command = folder.command(&[&["scope", "plan.toml", "-n", "200"][..], more].concat());
        let output = command.env("COLUMNS", width).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let text = report("100", &[]);
    let row = text.lines().find(|line| line.trim_start().starts_with("new ")).unwrap();
    assert!(row.find("chatbot").unwrap() < row.find("navigator").unwrap(), "{row}");
    assert!(text.contains("existing  —"), "{text}");
    let page = report("100", &["--format", "md"]);
    assert!(page.contains("new features missing, history ✓<br>"), "{page}");
    let one = report("100", &["--solution", "recommender-b"]);
    assert!(one.contains("What its worth goes with") && one.contains("success in the market"), "{one}");
}
