//! Money by month and week.

use crate::support::{Folder, SMALLEST};

/// A plan of half a year with money on release.
const FUNDED: &str = "[plan]
start = 2027-01-11
currency = \"EUR\"

[milestone]
design = { duration = \"2..3..6w\", rate = \"1k/d\" }
build  = { duration = \"6..8..16w\", after = \"design\", cost = \"20..30..50k\", pay = \"bell\" }

[funding]
2027-01-01 = \"20k\"
2027-04-01 = \"25k\"
";

#[test]
fn cashflow_writes_every_form_into_a_folder() {
    let folder = Folder::with(FUNDED);
    for _ in 0..2 {
        let ran = folder.run(&["cashflow", "plan.toml", "-n", "400", "-o", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("Jan 2027") && ran.out.contains("runs out"), "{}", ran.out);
    }
    let answer: serde_json::Value = serde_json::from_str(&folder.read("out/cashflow.json")).unwrap();
    assert_eq!((&answer["schema"], &answer["by"]), (&"plan.cashflow/1".into(), &"month".into()));
    assert_eq!(answer["periods"][0]["funding"]["released"], 20_000.0);
    assert!(folder.read("out/cashflow.csv").starts_with("from,to,from_days"));
    assert!(folder.read("out/cashflow.md").contains("| Jan 2027 |"));
    assert!(folder.read("out/cashflow.svg").contains("released"));
}

#[test]
fn cashflow_is_told_by_week_and_draws_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::with(FUNDED);
    let on = |threads: &str| {
        folder.run(&["cashflow", "plan.toml", "-n", "300", "--by", "week", "--threads", threads]).out
    };
    let one = on("1");
    assert!(one.contains("cash flow by week") && one.contains("11 Jan 2027"), "{one}");
    assert_eq!(one, on("3"));
}

#[test]
fn cashflow_is_exported_as_a_picture_and_only_it_has_periods() {
    let folder = Folder::with(FUNDED);
    let ran = folder.run(&["export", "cashflow", "plan.toml", "-n", "300", "--by", "week", "-o", "c.png"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(std::fs::read(folder.path("c.png")).unwrap().starts_with(b"\x89PNG"));
    let ran = folder.run(&["export", "timeline", "plan.toml", "--by", "week"]);
    assert!(ran.code == 2 && ran.err.contains("`timeline` has no periods"), "{}", ran.err);
    let free = Folder::with(SMALLEST);
    let ran = free.run(&["cashflow", "plan.toml"]);
    assert!(ran.code == 2 && ran.err.contains("a plan that costs nothing"), "{}", ran.err);
}
