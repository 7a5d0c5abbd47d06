//! Every diagnostic code has its smallest plan, its rendering and its section in the documentation.
//!
//! `tests/diagnostics/CODE.toml` is the plan and `CODE.txt` what `plan check CODE.toml` says of it
//! on standard error, byte for byte. Where another command is needed, `CODE.args` holds it, with
//! `FILE` for the plan. `PLAN_UPDATE=1 cargo test --test diagnostics` rewrites the renderings; the
//! diff is read like code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plan::text::{Code, Severity};

/// Plans with many mistakes at once, which show more than one code.
const MANY: [&str; 2] = ["many-at-once", "traps"];

#[test]
fn every_code_has_a_plan_a_rendering_and_a_section() {
    let slugs: BTreeSet<String> = Code::all().map(|code| code.slug().to_owned()).collect();
    let documented: Vec<String> = documentation()
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .map(|heading| heading.trim_matches('`').to_owned())
        .collect();
    assert_eq!(documented.len(), documented.iter().collect::<BTreeSet<_>>().len(), "a section occurs twice");
    assert_eq!(documented.into_iter().collect::<BTreeSet<_>>(), slugs, "docs/diagnostics.md");
    for extension in ["toml", "txt"] {
        let files: BTreeSet<String> =
            stems(extension).into_iter().filter(|stem| !MANY.contains(&stem.as_str())).collect();
        assert_eq!(files, slugs, "tests/diagnostics/*.{extension}");
    }
}

#[test]
fn every_rendering_is_what_the_command_says_today() {
    let update = std::env::var_os("PLAN_UPDATE").is_some();
    let mut different = Vec::new();
    for stem in stems("toml") {
        let (said, _) = run(&stem);
        let kept = folder().join(format!("{stem}.txt"));
        if update {
            fs::write(&kept, &said).unwrap();
        } else if fs::read_to_string(&kept).unwrap_or_default() != said {
            different.push(format!("{stem}.txt should now be:\n{said}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn every_smallest_plan_shows_its_code_and_nothing_else() {
    for code in Code::all() {
        let (said, exit) = run(code.slug());
        let mut shown: Vec<&str> = said.lines().filter_map(code_of).collect();
        shown.dedup();
        assert_eq!(shown, [code.slug()], "{said}");
        let expected = match code {
            // The plan is not to blame for a wrong call.
            Code::BadSet => 2,
            _ if code.severity() == Severity::Error => 1,
            _ => 0,
        };
        assert_eq!(exit, Some(expected), "{code}");
    }
}

#[test]
fn a_plan_with_many_mistakes_shows_them_all_in_file_order() {
    for (stem, least) in MANY.iter().zip([18, 14]) {
        let (said, exit) = run(stem);
        let lines: Vec<u32> = said.lines().filter_map(line_of).collect();
        assert!(lines.is_sorted() && lines.len() >= least, "{stem}: {lines:?}");
        assert_eq!(exit, Some(1), "{stem}");
    }
}

/// The code of a line like `error[unknown-key]: …`.
fn code_of(line: &str) -> Option<&str> {
    let kind = line.split_once('[')?;
    let word = ["error", "warning", "remark"].contains(&kind.0);
    word.then(|| kind.1.split(']').next().unwrap_or_default())
}

/// The line of a place like `  --> traps.toml:4:8`.
fn line_of(line: &str) -> Option<u32> {
    line.trim_start().strip_prefix("--> ")?.split(':').nth(1)?.parse().ok()
}

/// What the command for this plan says on standard error, and how it ends.
fn run(stem: &str) -> (String, Option<i32>) {
    let file = format!("{stem}.toml");
    let words = fs::read_to_string(folder().join(format!("{stem}.args")));
    let words = words.unwrap_or_else(|_| "check FILE".to_owned());
    let words = words.split_whitespace().map(|word| if word == "FILE" { &file } else { word });
    let output = Command::new(env!("CARGO_BIN_EXE_plan"))
        .args(words)
        .current_dir(folder())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

fn documentation() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md")).unwrap()
}

/// The names of all files with this extension, in order.
fn stems(extension: &str) -> Vec<String> {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|it| it == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    found
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}
