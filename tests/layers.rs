//! The layers of the library point one way: each folder uses only those its row names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A layer and the layers it may use.
const LAYERS: [(&str, &[&str]); 14] = [
    ("units", &[]),
    ("text", &[]),
    ("stats", &[]),
    ("model", &["units", "stats"]),
    ("network", &["model", "stats", "units"]),
    ("simulate", &["network", "model", "stats", "units"]),
    ("reference", &["network", "model", "stats", "units"]),
    ("check", &["network", "model", "stats", "text", "units"]),
    ("forecast", &["simulate", "network", "stats", "model", "text", "units"]),
    ("scope", &["forecast", "simulate", "network", "stats", "model", "text", "units"]),
    ("format", &["model", "stats", "text", "units"]),
    ("view", &["forecast", "scope", "network", "stats", "model", "text", "units"]),
    (
        "cli",
        &[
            "check",
            "forecast",
            "format",
            "model",
            "network",
            "reference",
            "scope",
            "simulate",
            "stats",
            "text",
            "units",
            "view",
        ],
    ),
    ("lib.rs", &[]),
];

#[test]
fn every_folder_of_the_source_is_a_layer_with_a_row() {
    let known: BTreeSet<_> = LAYERS.iter().map(|(name, _)| *name).chain(["main.rs"]).collect();
    let found: BTreeSet<String> = fs::read_dir(source())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let unknown: Vec<_> = found.iter().filter(|name| !known.contains(name.as_str())).collect();
    assert!(unknown.is_empty(), "without a row in the table of layers: {unknown:?}");
}

#[test]
fn a_layer_uses_only_the_layers_its_row_names() {
    let mut broken = Vec::new();
    for (layer, allowed) in LAYERS {
        for file in rust_files(&source().join(layer)) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, used) in used_layers(library_part(&text)) {
                if used != layer && !allowed.contains(&used.as_str()) {
                    broken.push(format!("{}:{number} uses {used}", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The text before the file's unit tests, which may use anything.
fn library_part(text: &str) -> &str {
    text.find("#[cfg(test)]").map_or(text, |end| &text[..end])
}

/// The layers named after `crate::` or `plan::` outside of comments, with their line numbers.
fn used_layers(text: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for root in ["crate::", "plan::"] {
            for (at, _) in code.match_indices(root) {
                let name: String = code[at + root.len()..]
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                    .collect();
                if LAYERS.iter().any(|(layer, _)| *layer == name) {
                    used.push((index + 1, name));
                }
            }
        }
    }
    used
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of a layer, but for unit tests that have one of their own.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| !path.ends_with("tests.rs"))
        .collect();
    files.sort();
    files
}
