//! Runs in shards, and their parts joined.

use crate::support::{Folder, Ran};

/// A plan that is asked much: categories, stages, targets, expectations, a burndown of money.
const PLAN: &str = "[plan]
start = 2027-01-11
deadline = 2027-03-12
budget = \"60k\"
[stage]
ground = {}
house = {}
[resource]
builder = { kind = \"people\", rate = \"400/d\" }
[milestone]
dig = { stage = \"ground\", duration = \"5..8..20d\", work.builder = \"10..14..30d\", after = [] }
pour = { stage = \"ground\", duration = { samples = \"pours.csv\" }, after = \"dig\", deadline = 2027-02-05 }
walls = { stage = \"house\", duration = \"4d to 15d\", after = \"pour\", cost = \"3k..5k..11k\" }
[expect]
house = \"P80(cost(stage:house)) <= 3k\"
[scenario.quick]
milestone.dig.duration = \"4..5..9d\"
";

fn folder() -> Folder {
    let folder = Folder::with(PLAN);
    folder.write("pours.csv", "2d\n3d\n4d\n9d\n");
    folder.write("more.toml", "[plan]\nconfidence = \"90%\"\n");
    folder
}

/// What all runs here are asked.
const ASKED: [&str; 10] = [
    "--scenario",
    "quick",
    "--with",
    "more.toml",
    "--set",
    "milestone.walls.cost=4k",
    "-n",
    "4100",
    "--seed",
    "9",
];

/// Writes the shard `K/N` into `K.part`.
fn shard(folder: &Folder, number: usize, of: usize) -> Ran {
    let (shard, file) = (format!("{number}/{of}"), format!("{number}.part"));
    let words = ["simulate", "plan.toml", "--shard", &shard, "-o", &file];
    folder.run(&[&words, &ASKED[..]].concat())
}

fn merge(folder: &Folder, parts: impl IntoIterator<Item = usize>, more: &[&str]) -> Ran {
    let names: Vec<String> = parts.into_iter().map(|part| format!("{part}.part")).collect();
    let names = names.iter().map(String::as_str);
    folder.run(&["merge"].into_iter().chain(names).chain(more.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn sixteen_shards_are_one_run_byte_for_byte() {
    let folder = folder();
    for number in 1..=16 {
        let ran = shard(&folder, number, 16);
        assert_eq!(ran.code, 0, "an expectation is judged when all is joined: {}", ran.err);
        assert!(
            ran.out.starts_with(&format!("{number}.part: shard {number} of 16 of plan.toml, iterations ")),
            "{}",
            ran.out
        );
    }
    let simulated = |more: &[&str]| folder.run(&[&["simulate", "plan.toml"], &ASKED[..], more].concat());
    let one: Vec<Ran> = FORMS.iter().map(|form| simulated(form)).collect();
    // Whoever joins the parts needs nothing but the parts.
    for gone in ["plan.toml", "pours.csv", "more.toml"] {
        std::fs::remove_file(folder.path(gone)).unwrap();
    }
    for (form, one) in FORMS.iter().zip(&one) {
        let merged = merge(&folder, (1..=16).rev(), form);
        assert_eq!((merged.code, &merged.out, &merged.err), (one.code, &one.out, &one.err), "{form:?}");
    }
    assert_eq!(one[0].code, 3, "this expectation is not met");
    let merged = merge(&folder, [3, 1, 2].into_iter().chain(4..=16), &["-o", "merged"]);
    assert_eq!(merged.code, 3);
    for entry in std::fs::read_dir(folder.path("merged")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert_eq!(folder.read(&format!("merged/{name}")), folder.read(&format!("one/{name}")), "{name}");
    }
}

/// Forms of a forecast; the last is written into the folder `one`, too.
const FORMS: [&[&str]; 5] =
    [&[], &["--format", "json"], &["--format", "csv"], &["--format", "md"], &["--all", "-o", "one"]];

#[test]
fn a_killed_shard_is_run_again_alone() {
    let folder = folder();
    for number in [1, 2, 4] {
        assert_eq!(shard(&folder, number, 4).code, 0);
    }
    let merged = merge(&folder, [4, 2, 1], &[]);
    assert_eq!(merged.code, 2);
    assert_eq!(
        merged.err,
        "error: shard 3 of 4 is missing\n  = help: run them with the same plan and options, and --shard K/4\n"
    );
    shard(&folder, 3, 4);
    let whole = folder.run(&[&["simulate", "plan.toml"], &ASKED[..]].concat());
    assert_eq!(merge(&folder, 1..=4, &[]).out, whole.out);
}

#[test]
fn a_damaged_part_is_refused_wherever_it_is_damaged() {
    let folder = folder();
    shard(&folder, 1, 1);
    let bytes = std::fs::read(folder.path("1.part")).unwrap();
    let said = |bytes: &[u8]| {
        std::fs::write(folder.path("2.part"), bytes).unwrap();
        let merged = merge(&folder, [2], &[]);
        assert_eq!((merged.code, merged.out.as_str()), (2, ""));
        merged.err
    };
    let flipped = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x20;
        said(&bytes)
    };
    assert!(flipped(3).contains("it is no part of a simulation"));
    assert!(flipped(8).contains("it is in format 34 of part files"), "{}", flipped(8));
    for at in [20, 40, bytes.len() / 2, bytes.len() - 1] {
        assert!(flipped(at).contains("it is damaged"), "{at}: {}", flipped(at));
    }
    assert!(said(&bytes[..30]).contains("it is cut off: 30 of 36 bytes are there"));
    assert!(said(&bytes[..bytes.len() - 9]).contains("it is cut off: "));
    assert!(said(&[&bytes[..], b"!"].concat()).contains("it is damaged"));
    assert!(said(PLAN.as_bytes()).contains("it is no part of a simulation"));
    assert!(said(b"").contains("it is no part of a simulation"));
}

#[test]
fn parts_of_different_runs_are_refused() {
    let folder = folder();
    folder.write("other.toml", &PLAN.replace("5..8..20d", "5..8..21d"));
    let part = |name: &str, words: &[&str]| {
        let ran = folder.run(&[&["simulate", "--shard", "2/2", "-o", name], words].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    folder.run(&["simulate", "plan.toml", "--shard", "1/2", "-o", "1.part"]);
    for (words, expected) in [
        (&["other.toml"][..], "one is of plan.toml, the other of other.toml"),
        (&["plan.toml", "--seed", "2"], "one has the seed 1, the other 2"),
        (&["plan.toml", "-n", "20k"], "one is of a run of 10000 iterations, the other of 20000"),
        (&["plan.toml", "--scenario", "quick"], "one is of the scenario `base`, the other of `quick`"),
        (&["plan.toml", "--set", "plan.budget=3"], "the plan was changed by other files or settings"),
    ] {
        part("2.part", words);
        let merged = merge(&folder, [1, 2], &[]);
        assert_eq!(merged.code, 2);
        assert!(
            merged.err.starts_with("error: 1.part and 2.part are not of the same run: "),
            "{}",
            merged.err
        );
        assert!(merged.err.contains(expected), "{}", merged.err);
    }
    folder.write("plan.toml", &PLAN.replace("5..8..20d", "5..8..21d"));
    part("2.part", &["plan.toml"]);
    assert!(merge(&folder, [1, 2], &[]).err.contains("plan.toml has changed in between"));
}

#[test]
fn shards_of_different_cuts_are_joined_if_they_fit() {
    let folder = folder();
    let part = |shard: &str, name: &str| {
        folder.run(&["simulate", "plan.toml", "-n", "2048", "--shard", shard, "-o", name]);
    };
    part("1/2", "1.part");
    part("3/4", "2.part");
    part("8/8", "3.part");
    let merged = merge(&folder, 1..=3, &[]);
    assert_eq!(merged.err, "error: the iterations 1537 to 1792 are missing\n");
    part("7/8", "4.part");
    assert_eq!(merge(&folder, 1..=4, &[]).out, folder.run(&["plan.toml", "-n", "2048"]).out);
    part("2/4", "5.part");
    assert!(
        merge(&folder, 1..=5, &[]).err.contains("1.part and 5.part both hold the iterations 513 to 1024")
    );
}

#[test]
fn shards_that_cannot_be_are_refused() {
    let folder = folder();
    for (words, expected) in [
        (&["--shard", "3/2", "-o", "x"][..], "which of how many, counted from 1, is needed, like 3/16"),
        (
            &["--shard", "1/41", "-o", "x"],
            "41 shards are too many: the run has work for 40, 256 iterations each",
        ),
        (&["--shard", "1/2"], "--output"),
        (&["--shard", "1/2", "-o", "x", "--format", "json"], "cannot be used with"),
        (&["--shard", "1/2", "-o", "pours.csv"], "pours.csv is there already and was not written by plan"),
    ] {
        let ran = folder.run(&[&["simulate", "plan.toml"], words].concat());
        assert_eq!(ran.code, 2, "{words:?}");
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
    let part = folder.run(&["simulate", "plan.toml", "--shard", "1/2", "-o", "x.part"]);
    assert_eq!(part.code, 0);
    assert_eq!(
        folder.run(&["simulate", "plan.toml", "--shard", "2/2", "-o", "x.part"]).code,
        0,
        "a part is ours"
    );
}

#[test]
fn a_plan_from_standard_input_is_in_its_parts() {
    let folder = Folder::empty();
    let simulate = |words: &[&str]| {
        let mut command = folder.command(&[&["simulate", "-"], words].concat());
        crate::support::ran(command.write_stdin("[milestone]\na.duration = \"3..4..9d\"\n"))
    };
    simulate(&["--shard", "1/2", "-o", "1.part"]);
    simulate(&["--shard", "2/2", "-o", "2.part"]);
    let (one, merged) = (simulate(&[]), merge(&folder, [2, 1], &[]));
    assert_eq!((merged.code, merged.out, merged.err), (0, one.out, one.err));
}

#[test]
fn a_run_until_settled_says_how_far_it_went() {
    let folder = folder();
    let words =
        ["simulate", "plan.toml", "--until-settled", "--tolerance", "0.5d", "--tolerance-money", "2%"];
    let settled = folder.run(&[&words[..], &["-n", "100k"]].concat());
    let headline = settled.out.lines().next().unwrap_or_default();
    assert!(
        headline.contains(" · until settled, ") && headline.ends_with(" iterations, seed 1"),
        "{headline}"
    );
    let json = folder.run(&[&words[..], &["-n", "100k", "--format", "json"]].concat()).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["settled"], true);
    let iterations = json["iterations"].as_u64().unwrap();
    assert!((1_536..100_000).contains(&iterations), "{iterations}");

    let cut_short = folder.run(&[&words[..], &["-n", "2k"]].concat());
    assert!(cut_short.out.contains("not settled after 2,000 iterations, seed 1"), "{}", cut_short.out);
    let usual = folder.run(&["plan.toml", "--format", "json"]).out;
    assert!(!usual.contains("\"settled\""), "only where it was asked for");
    let written = folder.run(&[&words[..], &["-n", "100k", "-o", "all"]].concat());
    assert_eq!(written.code, settled.code, "a burndown needs no more iterations than there are");
}

#[test]
fn the_burndown_of_a_settled_run_is_that_of_its_own_iterations() {
    let folder = folder();
    let lhs = ["simulate", "plan.toml", "--sampling", "lhs", "--format", "json"];
    let near = ["--until-settled", "--tolerance", "1d", "--tolerance-money", "5%", "-o", "settled"];
    let settled = folder.run(&[&lhs[..], &near].concat()).out;
    let settled: serde_json::Value = serde_json::from_str(&settled).unwrap();
    let iterations = settled["iterations"].to_string();
    folder.run(&[&lhs[..], &["-n", &iterations, "-o", "asked"]].concat());
    for file in ["burndown-data.json", "burndown-money-data.json"] {
        assert_eq!(folder.read(&format!("settled/{file}")), folder.read(&format!("asked/{file}")), "{file}");
    }
}

#[test]
fn a_tolerance_is_of_a_run_that_settles() {
    let folder = folder();
    for words in [&["--tolerance", "1d"][..], &["--tolerance-money", "1%"]] {
        let ran = folder.run(&[&["simulate", "plan.toml"], words].concat());
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("--until-settled"), "{}", ran.err);
    }
    let both = folder.run(&["simulate", "plan.toml", "--until-settled", "--shard", "1/2", "-o", "x"]);
    assert!(both.err.contains("cannot be used with"), "{}", both.err);
}
