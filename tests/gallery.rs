//! The gallery in `output/` is what the commands make of `plans/` today, byte for byte.
//!
//! `PLAN_UPDATE=1 cargo test --test gallery` rewrites it; the diff is read like code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_gallery_is_what_the_commands_make_today() {
    let made = tempfile::tempdir().unwrap();
    for plan in plans() {
        make(&plan, &made.path().join(plan.file_stem().unwrap()));
    }
    let gallery = root().join("output");
    if std::env::var_os("PLAN_UPDATE").is_some() {
        replace(&gallery, made.path());
        return;
    }
    let (made, kept) = (files(made.path()), files(&gallery));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&kept), "the gallery has other files; see CONTRIBUTING.md");
    for (name, bytes) in &made {
        assert!(
            bytes == &kept[name],
            "output/{name} is not what the command makes today; see CONTRIBUTING.md"
        );
    }
}

/// Writes everything there is to say about one plan.
fn make(plan: &Path, folder: &Path) {
    let plan = plan.strip_prefix(root()).unwrap().to_str().unwrap();
    run(&["simulate", plan, "-o", folder.to_str().unwrap()]);
    run(&["drivers", plan, "-o", folder.to_str().unwrap()]);
    run(&["contingency", plan, "-o", folder.to_str().unwrap()]);
    if says(plan, "option.") {
        run(&["optimise", plan, "-o", folder.to_str().unwrap()]);
    }
    if says(plan, "[solution.") {
        run(&["scope", plan, "-o", folder.to_str().unwrap()]);
    }
    if folder.join("budget.svg").exists() {
        run(&["cashflow", plan, "-o", folder.to_str().unwrap()]);
    }
    if let Some(scenario) = first_scenario(plan) {
        run(&["compare", plan, "-o", folder.to_str().unwrap()]);
        run(&["diff", plan, &format!("{plan}@{scenario}"), "-o", folder.to_str().unwrap()]);
    }
}

fn says(plan: &str, words: &str) -> bool {
    fs::read_to_string(root().join(plan)).unwrap().contains(words)
}

fn first_scenario(plan: &str) -> Option<String> {
    let text = fs::read_to_string(root().join(plan)).unwrap();
    let (_, behind) = text.split_once("\n[scenario.")?;
    Some(behind.split_once(']').unwrap().0.to_owned())
}

/// Runs the command; an expectation that is not met is no failure here.
fn run(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_plan"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let code = output.status.code();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(code, Some(0 | 3)), "plan {arguments:?} ended with {code:?}: {said}");
}

fn plans() -> Vec<PathBuf> {
    let mut plans: Vec<PathBuf> = fs::read_dir(root().join("plans"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    plans.sort();
    plans
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(next) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != "README.md") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn replace(gallery: &Path, made: &Path) {
    let kept = files(gallery);
    for name in kept.keys() {
        fs::remove_file(gallery.join(name)).unwrap();
    }
    for (name, bytes) in files(made) {
        let path = gallery.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
