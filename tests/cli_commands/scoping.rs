//! What to do at all.

use crate::support::Folder;

const SHOP: &str = include_str!("../../plans/ecommerce.toml");

const PLATEAU: &str = "iteration,accuracy\n1,.52\n2,.60\n3,.645\n4,.67\n5,.685\n6,.692\n7,.697\n8,.70\n";

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["scope", "extrapolate", "--history", "history.csv"], more].concat()
}

#[test]
fn a_plateau_is_called_out_of_reach_in_words() {
    let folder = Folder::empty();
    folder.write("history.csv", PLATEAU);
    let ran = folder.run(&asked(&["--target", ".85", "--max", "24"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for words in [
        "Out of reach: <1 % chance to get to 0.85 by iteration 24.",
        "More of the same will not get there.",
        "0.70, measured at iteration 8",
        "0.72 in the middle",
        "another history",
    ] {
        let out = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(words), "{words}: {}", ran.out);
    }
}

#[test]
fn an_extrapolation_is_json_with_its_exact_chances() {
    let folder = Folder::empty();
    folder.write("history.csv", PLATEAU);
    let ran = folder.run(&asked(&["--target", "0.85", "--max", "24", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (json["schema"].as_str(), json["verdict"].as_str()),
        (Some("plan.extrapolation/1"), Some("out of reach"))
    );
    for (name, expected) in [("p_curve", 0.007_096), ("p_target", 0.006_742), ("p_ever", 0.181_299)] {
        let found = json[name].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-6, "{name}: {found}");
    }
    for (name, expected) in [("p05", 0.686_68), ("p50", 0.724_21), ("p95", 0.788_65)] {
        let found = json["metric_at_limit"][name].as_f64().unwrap();
        assert!((found - expected).abs() < 2e-5, "{name}: {found}");
    }
}

#[test]
fn a_metric_that_should_fall_is_the_mirror_of_one_that_should_rise() {
    let folder = Folder::empty();
    folder.write("history.csv", PLATEAU);
    let mirrored: String = PLATEAU
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter_map(|(at, value)| Some(format!("{at},{}\n", 100.0 - 100.0 * value.parse::<f64>().ok()?)))
        .collect();
    folder.write("mirrored.csv", &mirrored);
    let p = |words: &[&str]| {
        let ran = folder.run(words);
        let json: serde_json::Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        json["p_target"].as_f64().unwrap()
    };
    let rising = p(&asked(&["--target", "0.75", "--format", "json"]));
    let words = ["scope", "extrapolate", "--history", "mirrored.csv", "--target", "25", "--range", "0,100"];
    let falling = p(&[&words[..], &["--direction", "down", "--format", "json"]].concat());
    assert!((rising - falling).abs() < 1e-6, "{rising} and {falling}");
}

#[test]
fn the_picture_is_written_as_svg_or_png() {
    let folder = Folder::empty();
    folder.write("history.csv", PLATEAU);
    for (name, start) in [("fan.svg", &b"<svg"[..]), ("fan.png", b"\x89PNG")] {
        let ran = folder.run(&asked(&["--target", ".85", "--hlp", ".95", "-o", name]));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(std::fs::read(folder.path(name)).unwrap().starts_with(start), "{name}");
    }
    let svg = folder.read("fan.svg");
    assert!(svg.contains("target 0.85") && svg.contains("people 0.95") && svg.contains("out of reach"));
    assert_eq!(folder.run(&asked(&["--target", ".85", "-o", "fan.pdf"])).code, 2);
}

#[test]
fn what_is_no_history_is_refused_line_by_line() {
    let folder = Folder::empty();
    for (text, more, expected) in [
        ("1,.5\n2,much\n3\n", &["--target", ".85"][..], "line 3"),
        ("1,.5\n", &["--target", ".85"], "two efforts at least"),
        ("1,50\n2,60\n", &["--target", "85"], "--range 0,100"),
        ("1,.5\n2,.6\n", &["--target", ".85", "--max", "1"], "before the last measurement"),
        ("1,.5\n2,.6\n", &["--target", ".85", "--ceiling", ".4"], "better than the ceiling"),
        ("1,.5\n2,.6\n", &["--target", ".85", "--range", "1,0"], "the lowest and the highest"),
        ("", &["--target", ".85"], "it holds no line"),
    ] {
        folder.write("history.csv", text);
        let ran = folder.run(&asked(more));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text}: {}", ran.err);
        assert!(ran.err.contains(expected), "{text}: {}", ran.err);
    }
}

#[test]
fn a_check_of_scoping_is_a_check_of_the_plan() {
    let folder = Folder::with(SHOP);
    let ran = folder.run(&["scope", "check", "plan.toml"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "plan.toml can be scoped: 1 problem, 5 metrics, 4 solutions\n")
    );
    assert_eq!(ran.err, folder.run(&["check", "plan.toml"]).err);
    let wrong = ["--set", "metric.hit-rate.target=2", "--format", "json"];
    let [scope, plan] = [&["scope", "check"][..], &["check"]]
        .map(|words| folder.run(&[words, &["plan.toml"], &wrong].concat()));
    assert_eq!((scope.code, &scope.out), (1, &plan.out));
    assert!(scope.out.contains("bad-metric"), "{}", scope.out);
}

#[test]
fn the_frontier_is_what_no_cheaper_set_beats() {
    let folder = Folder::with(SHOP);
    let sets = |more: &[&str]| -> Vec<(String, f64, f64, String)> {
        let words = ["scope", "frontier", "plan.toml", "--iterations", "1000", "--format", "csv"];
        let ran = folder.run(&[&words[..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
        let row = |row: csv::StringRecord| {
            let marks = format!("{} {} {}", &row[9], &row[10], &row[11]);
            (row[0].to_owned(), row[2].parse().unwrap(), row[3].parse().unwrap(), marks)
        };
        reader.records().map(|record| row(record.unwrap())).collect()
    };
    let all = sets(&["--all"]);
    // Of four solutions, two of them of a group: 2 × 2 × 3 sets.
    assert_eq!(all.len(), 12);
    for (name, cost, worth, marks) in &all {
        let is_beaten = all.iter().any(|other| other.1 < *cost && other.2 >= *worth);
        assert_eq!(marks.starts_with("true"), !is_beaten, "{name}");
    }
    let shown = sets(&[]);
    let kept: Vec<_> = all.iter().filter(|set| set.3.contains("true ") || set.3.ends_with("true")).collect();
    assert!(shown.iter().all(|set| kept.contains(&set)) && shown.len() < all.len(), "{shown:?}");
    let chosen = |sets: Vec<(String, f64, f64, String)>| sets.into_iter().find(|set| set.3.ends_with("true"));
    assert_eq!(chosen(shown).unwrap().0, "navigator recommender-b");
    assert_eq!(chosen(sets(&["--budget", "200k"])).unwrap().0, "recommender-b");
    assert_eq!(chosen(sets(&["--budget", "1"])).unwrap().0, "");
    assert_eq!(chosen(sets(&["--goal", "cvar"])).unwrap().0, "");
}

#[test]
fn options_of_terms_are_changes_of_the_plan() {
    let folder = Folder::with(SHOP);
    let report = |more: &[&str]| {
        let ran = folder.run(&[&["scope", "plan.toml", "--iterations", "200"][..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let usual = report(&[]);
    for (option, change) in [
        (["--budget", "200k"], "scope.budget=200k"),
        (["--deadline", "2027-06-30"], "scope.deadline=2027-06-30"),
        (["--rate", "30%"], "scope.discount_rate=30%"),
        (["--goal", "cvar"], "scope.goal=cvar"),
    ] {
        let changed = report(&option);
        assert_eq!(changed, report(&["--set", change]), "{change}");
        assert_ne!(changed, usual, "{change}");
    }
    let ran = folder.run(&["scope", "plan.toml", "--budget", "much"]);
    assert!(ran.code == 1 && ran.err.contains("scope.budget=much"), "{}", ran.err);
}

#[test]
fn scores_stand_below_the_report_and_in_tables_of_programs() {
    let folder = Folder::with(SHOP);
    let report =
        |more: &[&str]| folder.run(&[&["scope", "plan.toml", "--iterations", "200"][..], more].concat()).out;
    let (without, with) = (report(&[]), report(&["--scores"]));
    assert!(with.starts_with(&without) && with.contains("RICE") && !without.contains("RICE"), "{with}");
    let json: serde_json::Value = serde_json::from_str(&report(&["--format", "json"])).unwrap();
    let table = report(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headings = reader.headers().unwrap().clone();
    for record in reader.records().map(Result::unwrap) {
        let solutions = json["solutions"].as_array().unwrap();
        let own = solutions.iter().find(|it| it["id"] == record[0]).unwrap();
        for name in ["rice", "wsjf", "productivity"] {
            let column = headings.iter().position(|heading| heading == name).unwrap();
            let cell: f64 = record[column].parse().unwrap();
            assert!((cell - own[name].as_f64().unwrap()).abs() < 0.01, "{name}: {cell} and {}", own[name]);
        }
    }
    assert!(report(&["--scores", "--format", "md"]).contains("### Scores"));
}

#[test]
fn a_group_is_tried_in_every_order() {
    let folder = Folder::with(SHOP);
    let run = |plan: &str, form: &str| {
        folder.run(&["scope", "sequences", plan, "--iterations", "1000", "--format", form])
    };
    let rows = run("plan.toml", "csv").out;
    let orders: Vec<&str> = rows.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    let (b, a) = ("recommender-b", "recommender-a");
    assert_eq!(orders, [b.to_owned(), format!("{b} {a}"), format!("{a} {b}"), a.to_owned()]);
    assert!(run("plan.toml", "text").out.ends_with("recommender: recommender-b alone is worth most.\n"));
    assert!(run("plan.toml", "md").out.contains("**Recommender: recommender-b alone is worth most.**"));
    // With value that costs next to nothing to try for, a second try pays.
    let cheap = ["--set", "factor.margin.value=5000"];
    let words = ["scope", "sequences", "plan.toml", "--iterations", "1000"];
    let ran = folder.run(&[&words[..], &cheap].concat());
    assert!(ran.out.contains("write `solution.recommender-b.fallback = \"recommender-a\"`"), "{}", ran.out);
    // What is written already and would make it a circle has to go, and is not what is asked for.
    let circle = ["--set", "solution.recommender-a.fallback=recommender-b"];
    let ran = folder.run(&[&words[..], &cheap, &circle].concat());
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.ends_with("\"recommender-a\"`, and remove `solution.recommender-a.fallback`."), "{said}");
}

/// A cheap and a dear way of which one is chosen, both sure to work.
const EITHER: &str = r#"
[plan]
start = 2027-01-04
budget = "20k"
[problem.wait]
statement = "Customers wait"
metric = "hours"
[metric.hours]
kind = "business"
direction = "down"
baseline = 9
target = 3
[factor]
saved = { value = 100000 }
bought = { value = 300000 }
[solution.rules]
problem = "wait"
kind = "rules"
group = "way"
value = { factors = ["saved"], p_commercial = "90%" }
[solution.suite]
problem = "wait"
kind = "buy"
group = "way"
value = { factors = ["bought"], p_commercial = "70%" }
[milestone.write]
solution = "rules"
after = []
duration = "10d"
cost = "10k"
[milestone.buy]
solution = "suite"
after = []
duration = "10d"
cost = "40k"
"#;

#[test]
fn why_one_of_a_group_is_held_is_what_keeps_it_out() {
    let folder = Folder::with(EITHER);
    let held = |more: &[&str]| {
        let ran = folder.run(&[&["scope", "plan.toml", "--iterations", "500"][..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let from = said.find(" – hold: ").unwrap_or_else(|| panic!("{said}")) + " – hold: ".len();
        said[from..].split(';').next().unwrap().to_owned()
    };
    // The dear one is worth more: it is the money, or what is asked for, that keeps it out.
    assert_eq!(held(&[]), "costs more than the budget at P80");
    assert_eq!(held(&["--budget", "1M", "--goal", "p_positive"]), "“Rules” of the same group is funded");
    assert_eq!(held(&["--budget", "1M"]), "“Suite” of the same group is worth more");
}

#[test]
fn what_has_no_metric_to_improve_has_no_part_of_it() {
    let folder = Folder::with(EITHER);
    let said = |more: &[&str]| {
        let ran = folder.run(&[&["scope", "plan.toml", "--iterations", "200"][..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(said(&[]).contains("rules fund >99 % — "), "{}", said(&[]));
    let one = said(&["--solution", "rules"]);
    assert!(one.contains("chances launch >99 % cost") && !one.contains("partial"), "{one}");
    let with = said(&["--format", "md", "--deadline", "2027-03-01"]);
    assert!(with.contains("| launch P80 | in time |"), "{with}");
    assert!(!said(&["--format", "md"]).contains("in time"));
}

#[test]
fn narrow_terminals_lose_no_number_of_one_solution() {
    let folder = Folder::with(SHOP);
    let shown = |width: &str, words: &[&str]| {
        let output = folder.command(words).env("COLUMNS", width).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for words in [
        &["scope", "plan.toml", "-n", "200", "--solution", "chatbot"][..],
        &["scope", "extrapolate", "plan.toml", "recommender-b"],
    ] {
        let (wide, narrow) = (shown("200", words), shown("74", words));
        let numbers = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        assert_eq!(numbers(&narrow), numbers(&wide), "{narrow}");
        assert!(narrow.lines().all(|line| line.chars().count() <= 74), "{narrow}");
    }
    // The decision's most important number is there on any usual terminal.
    assert!(shown("80", &["scope", "plan.toml", "-n", "200"]).contains("P80 cost    worth"));
}

#[test]
fn criteria_weigh_what_no_money_measures() {
    let plan = SHOP
        .replace(
            "[scope]\n",
            "[criterion]\nfit = { name = \"Fits the strategy\", over = { learning = 3, ease = 5 } }\n\
             learning = { over.ease = 2 }\nease = {}\n[scope]\n",
        )
        .replace("[solution.chatbot]\n", "[solution.chatbot]\nscores = { fit = 7, learning = 9, ease = 8 }\n")
        .replace("[solution.navigator]\n", "[solution.navigator]\nscores = { fit = 5 }\n");
    let folder = Folder::with(&plan);
    let report = |more: &[&str]| {
        let ran = folder.run(&[&["scope", "plan.toml", "--iterations", "200"][..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let json: serde_json::Value = serde_json::from_str(&report(&["--format", "json"])).unwrap();
    let near = |found: &serde_json::Value, expected: f64| {
        let found = found.as_f64().unwrap();
        assert!((found - expected).abs() < 1e-5, "{found} instead of {expected}");
    };
    near(&json["criteria"]["consistency_ratio"], 0.003_185);
    for (weight, expected) in
        json["criteria"]["weights"].as_array().unwrap().iter().zip([0.648_329, 0.229_651, 0.122_020])
    {
        near(&weight["weight"], expected);
    }
    near(&json["solutions"][0]["criteria_score"], 7.0 * 0.648_329 + 9.0 * 0.229_651 + 8.0 * 0.122_020);
    // Not scored by all, so not at all.
    assert!(json["solutions"][1]["criteria_score"].is_null());
    let text = report(&["--scores"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Fits the strategy 65 %, Learning 23 %, Ease 12 %"), "{text}");
    let changed = report(&["--set", "criterion.fit.over.learning=1", "--format", "json"]);
    assert!(!changed.contains("0.648329"), "{changed}");
}

#[test]
fn few_runs_and_a_late_launch_are_remarked() {
    let folder = Folder::with(SHOP);
    let report = |more: &[&str]| {
        let ran = folder.run(&[&["scope", "plan.toml"][..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let few = report(&["--iterations", "200"]);
    assert!(
        few.contains("the worst twentieth is only 10 runs") && few.contains("make 4,000 runs or more"),
        "{few}"
    );
    assert!(!few.contains("value counts"), "{few}");
    let late = ["--iterations", "200", "--set", "scope.horizon_months=9", "--format", "json"];
    let late = report(&late);
    assert!(late.contains("chatbot is launched after the 9 months in which value counts"), "{late}");
    assert!(!late.contains("navigator is launched after"), "{late}");
}

#[test]
fn a_given_problem_needs_no_other_solution() {
    let problem = "[problem.p]\nmetric = \"m\"\n[metric.m]\nkind = \"business\"\nbaseline = 1\ntarget = 2\n";
    let one = "[solution.x]\nproblem = \"p\"\n[milestone.go]\nsolution = \"x\"\nafter = []\nduration = \"2..3..6d\"\n";
    let two = "[solution.y]\nproblem = \"p\"\n[milestone.do]\nsolution = \"y\"\nafter = []\nduration = \"2..3..7d\"\n";
    let rules = two.replace("problem", "kind = \"rules\"\nproblem");
    let given = "[scope]\nproblem_given = true\n";
    for (parts, expected) in [
        ([problem, one, ""], Some("single-solution")),
        ([problem, one, two], Some("only-models")),
        ([problem, one, &rules], None),
        ([given, problem, one], None),
    ] {
        let folder = Folder::with(&parts.concat());
        let ran = folder.run(&["scope", "check", "plan.toml"]);
        let found = ["single-solution", "only-models"].into_iter().find(|code| ran.err.contains(code));
        assert_eq!((ran.code, found), (0, expected), "{}", ran.err);
    }
}

#[test]
fn solutions_of_a_plan_are_compared_like_scenarios() {
    let folder = Folder::with(SHOP);
    let compare = |solutions: &str| {
        let words = ["compare", "plan.toml", "--iterations", "1000", "--format", "json", "--solutions"];
        folder.run(&[&words[..], &[solutions]].concat())
    };
    let both: serde_json::Value =
        serde_json::from_str(&compare("navigator,recommender-b + navigator").out).unwrap();
    let text = both.to_string();
    assert!(text.contains("\"navigator\"") && text.contains("\"recommender-b + navigator\""), "{text}");
    // Each column is what `simulate --solution` says.
    let one = folder.run(&[
        "simulate",
        "plan.toml",
        "--iterations",
        "1000",
        "--format",
        "json",
        "--solution",
        "navigator",
    ]);
    let one: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    let mean = one.pointer("/cost/mean").or_else(|| one.pointer("/cost/mean/value")).unwrap().to_string();
    assert!(text.contains(&mean), "{mean} is not in {text}");
    for (solutions, words) in
        [("navigator", "there is nothing to compare with"), ("navigator,naviator", "no solution `naviator`")]
    {
        let ran = compare(solutions);
        assert!(ran.code == 2 && ran.err.contains(words), "{}", ran.err);
    }
}
