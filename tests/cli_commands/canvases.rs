//! One solution on one page.

use crate::support::Folder;

const SHOP: &str = include_str!("../../plans/ecommerce.toml");

const QUICK: [&str; 2] = ["--iterations", "1000"];

fn canvas<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["scope", "canvas"], more, &QUICK].concat()
}

#[test]
fn the_page_holds_every_box_and_the_figures_of_the_report() {
    let folder = Folder::with(SHOP);
    let ran = folder.run(&canvas(&["plan.toml", "recommender-b"]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let boxes: Vec<&str> = ran.out.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(
        boxes,
        [
            "Problem",
            "Value proposition",
            "Output metric",
            "Data",
            "Evidence",
            "Integration",
            "Skills",
            "Risks",
            "Cost and revenue",
            "Decision"
        ]
    );
    for words in
        ["from 2.1 to 2.4 % of sessions", "18M – 20M – 23M", "| target | 0.85 |", "Two stages are too slow"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let report = folder.run(&[&["scope", "plan.toml", "--format", "md"][..], &QUICK].concat()).out;
    let row = report.lines().find(|line| line.starts_with("| Spend-aware")).unwrap();
    let cells: Vec<&str> = row.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect();
    // Cost at P80, worth, worst 5 % and gain stand in the report and on the page.
    for cell in [cells[4], cells[5], cells[6], cells[7]] {
        assert!(ran.out.contains(cell), "{cell}: {}", ran.out);
    }
    let reasons = report.split("### ").find(|part| part.starts_with("Spend-aware")).unwrap();
    let first = reasons.lines().find(|line| line.starts_with("- ")).unwrap();
    assert!(ran.out.contains(first), "{first}: {}", ran.out);
}

#[test]
fn dates_of_the_page_are_those_of_the_solution_alone() {
    let folder = Folder::with(SHOP);
    let page = folder.run(&canvas(&["plan.toml", "recommender-b"])).out;
    let words = ["simulate", "plan.toml", "--solution", "recommender-b", "--format", "md"];
    let alone = folder.run(&[&words[..], &QUICK].concat()).out;
    let p80 = |page: &str, column: usize| {
        let row = page.lines().find(|line| line.starts_with("| Deploy algorithm B"))?;
        let cell = row.split(" | ").nth(column)?.trim_matches(['|', ' ']);
        cell.split(" (").next().map(str::to_owned)
    };
    let date = p80(&page, 3).unwrap();
    assert!(date.contains(" 2027"), "{date}");
    assert!(alone.contains(&date), "{date}: {alone}");
}

#[test]
fn a_solution_of_which_little_is_said_has_a_short_page() {
    let plan = "[solution.x]\nname = \"a | <b>\"\n[milestone.go]\nsolution = \"x\"\nduration = \"2..3..6d\"\nafter = []\n";
    let folder = Folder::with(plan);
    let ran = folder.run(&canvas(&["plan.toml", "x"]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("# a \\| &lt;b&gt;\n"), "{}", ran.out);
    assert!(!ran.out.contains("## Problem") && !ran.out.contains("## Skills"), "{}", ran.out);
    assert!(ran.out.contains("## Decision"), "{}", ran.out);
}

#[test]
fn a_page_is_written_over_its_like_only() {
    let folder = Folder::with(SHOP);
    let write = |file: &str| folder.run(&canvas(&["plan.toml", "navigator", "-o", file]));
    assert_eq!((write("page.md").code, write("page.md").code), (0, 0));
    assert!(folder.read("page.md").starts_with("# Predict the section"));
    folder.write("notes.md", "mine");
    assert_eq!((write("notes.md").code, folder.read("notes.md").as_str()), (2, "mine"));
    let ran = folder.run(&canvas(&["plan.toml", "navigater"]));
    assert!(ran.code == 2 && ran.err.contains("did you mean `navigator`"), "{}", ran.err);
}
