//! The documentation, section by section, held in the program.

use crate::format::keys::{self, KeyRow};
use crate::text::Code;

const METHOD: &str = include_str!("../../../docs/method.md");
const DIAGNOSTICS: &str = include_str!("../../../docs/diagnostics.md");

/// Headings of the method that are chapters, not words.
const CHAPTERS: &[&str] = &["method", "answers", "sources"];

/// A heading and what stands below it, up to the next of its rank or above.
struct Section<'a> {
    word: String,
    text: &'a str,
}

/// What the documentation says of a word, a section for each meaning.
pub(super) fn sections(word: &str) -> Vec<String> {
    let wanted = normal(word);
    let matching = all().into_iter().filter(|section| section.word == wanted);
    let documents = matching.map(|section| format!("{}\n\n{}\n", title(&section.word), section.text.trim()));
    documents.chain(keys_of(&wanted)).collect()
}

/// Every word that has a section.
pub(super) fn words() -> Vec<String> {
    let keys = keys::TABLES.iter().flat_map(|table| table.keys.iter().map(|row| row.key).chain([table.name]));
    let inner = keys::INNER.iter().flat_map(|table| table.keys.iter().map(|row| row.key));
    let mut words: Vec<String> =
        all().into_iter().map(|section| section.word).chain(keys.chain(inner).map(str::to_owned)).collect();
    words.sort();
    words.dedup();
    words
}

/// The tables and keys of the plan file that have this name.
fn keys_of(wanted: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for table in keys::TABLES {
        if normal(table.name) == wanted {
            let keys = listed(table.keys);
            let gap = if keys.is_empty() { "" } else { "\n" };
            found.push(format!("[{}]\n\n{}\n{gap}{keys}", table.name, table.doc));
        }
        for row in table.keys.iter().filter(|row| normal(row.key) == wanted) {
            let owner = if table.is_named { format!("{}.ID", table.name) } else { table.name.to_owned() };
            found.push(described(row, &owner));
            let inner = keys::INNER.iter().filter(|inner| inner.name == row.key);
            found.extend(inner.map(|inner| listed(inner.keys)));
        }
    }
    for table in keys::INNER {
        found.extend(
            table.keys.iter().filter(|row| normal(row.key) == wanted).map(|row| described(row, table.path)),
        );
    }
    found
}

/// `not_before in [milestone.ID]`, and what it means.
fn described(row: &KeyRow, owner: &str) -> String {
    format!("{} in [{owner}]\n\n{}; takes {}\n", row.key, row.doc, row.takes.words())
}

/// Keys with what they mean, a line each.
fn listed(keys: &[KeyRow]) -> String {
    keys.iter().map(|row| format!("  {:14} {}\n", row.key, row.doc)).collect()
}

fn all() -> Vec<Section<'static>> {
    let mut all = split(DIAGNOSTICS);
    all.retain(|section| Code::from_slug(&section.word).is_some());
    all.extend(split(METHOD).into_iter().filter(|section| !CHAPTERS.contains(&section.word.as_str())));
    all
}

/// A diagnostic as it is shown, any other word as it is.
fn title(word: &str) -> String {
    match Code::from_slug(word) {
        Some(code) => format!("{}[{code}]", code.severity().word()),
        None => word.to_owned(),
    }
}

/// The sections of a document in Markdown.
fn split(document: &str) -> Vec<Section<'_>> {
    let mut headings = Vec::new();
    let mut at = 0;
    for line in document.split_inclusive('\n') {
        let rank = line.bytes().take_while(|&byte| byte == b'#').count();
        if rank > 0 && line[rank..].starts_with(' ') {
            headings.push((rank, normal(&line[rank..]), at, at + line.len()));
        }
        at += line.len();
    }
    let text = |index: usize| {
        let (rank, _, _, start) = headings[index];
        let end =
            headings[index + 1..].iter().find(|next| next.0 <= rank).map_or(document.len(), |next| next.2);
        &document[start..end]
    };
    (0..headings.len()).map(|index| Section { word: headings[index].1.clone(), text: text(index) }).collect()
}

/// A word without quotes and capitals; `P80` is a percentile.
fn normal(word: &str) -> String {
    let word = word.trim().trim_matches('`').to_lowercase().replace('_', " ");
    let is_percentile =
        word.strip_prefix('p').is_some_and(|p| !p.is_empty() && p.bytes().all(|byte| byte.is_ascii_digit()));
    if is_percentile { "percentile".to_owned() } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_explained_by_the_method() {
        for word in [
            "criticality",
            "saves",
            "P80",
            "total float",
            "Total_Float",
            "contingency",
            "merge bias",
            "driver",
            "feasible",
            "worth",
            "EVPI",
            "RICE",
            "cost_of_delay",
            "WSJF",
            "productivity",
            "worst twentieth",
        ] {
            let sections = sections(word);
            // That is a key of `[scope]`, too.
            let expected = if word == "contingency" { 2 } else { 1 };
            assert_eq!(sections.len(), expected, "{word}: {sections:?}");
            assert!(sections[0].len() > 60, "{word}: {sections:?}");
        }
        assert!(sections("nonsense").is_empty());
    }

    #[test]
    fn keys_and_tables_are_explained_by_the_reader() {
        for (key, expected) in [
            ("not_before", "[milestone.ID]"),
            ("overhead", "[overhead]"),
            ("throughput", "takes"),
            ("rework", "back_to"),
            ("at_most", "[milestone.ID.rework]"),
            ("price", "[risk.ID.response]"),
            ("risk", "cost_factor"),
        ] {
            assert!(sections(key).concat().contains(expected), "{key}: {:?}", sections(key));
        }
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let sections = split("# A\na\n## B\nb\n### C\nc\n## D\nd\n");
        let found: Vec<_> = sections.iter().map(|section| (section.word.as_str(), section.text)).collect();
        assert_eq!(
            found,
            [("a", "a\n## B\nb\n### C\nc\n## D\nd\n"), ("b", "b\n### C\nc\n"), ("c", "c\n"), ("d", "d\n")]
        );
    }
}
