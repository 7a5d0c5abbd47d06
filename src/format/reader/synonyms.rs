//! What other tools, and people, call our keys.

/// Words for keys, and the keys they may mean.
const WORDS: &[(&[&str], &[&str])] = &[
    (
        &[
            "depends_on",
            "depends",
            "dependencies",
            "dependency",
            "deps",
            "predecessors",
            "predecessor",
            "requires",
            "needs",
            "blocked_by",
            "waits_for",
            "prerequisites",
        ],
        &["after"],
    ),
    (&["successors", "successor", "blocks", "precedes"], &["before"]),
    (&["start", "starts", "start_date", "begin", "begins"], &["not_before", "must_start"]),
    (&["start_date", "begin", "begins"], &["start"]),
    (&["finish", "end", "ends", "end_date", "due", "due_date"], &["deadline", "must_finish"]),
    (&["effort"], &["work"]),
    (&["estimate", "days", "length"], &["duration"]),
    (&["resource", "resources", "assignee", "assigned_to", "owner", "team"], &["uses", "work"]),
    (&["title", "label"], &["name"]),
    (&["description", "comment", "notes"], &["note"]),
    (&["phase", "group", "epic"], &["stage"]),
    (&["likelihood", "chance", "p"], &["probability", "success"]),
    (&["mitigation", "treatment", "countermeasure", "action"], &["response"]),
    (&["affects", "hits", "milestones", "targets"], &["on"]),
    (&["effect", "impacts"], &["impact"]),
    (&["multiplier"], &["factor"]),
    (&["members", "of", "between"], &["among"]),
    (&["correlation", "coefficient", "strength"], &["rho"]),
    (&["condition", "when", "if", "conditions"], &["only_if"]),
    (&["loop", "iterate", "redo", "repeat"], &["rework"]),
    (&["branches", "results", "decision"], &["outcomes"]),
];

/// "did you mean `after`?", of those keys that the table has.
pub(super) fn ours(key: &str, names: &[&str]) -> Option<String> {
    let key = key.to_lowercase().replace('-', "_");
    let rows = WORDS.iter().filter(|(words, _)| words.contains(&key.as_str()));
    let meant: Vec<String> = rows
        .flat_map(|(_, keys)| *keys)
        .filter(|key| names.contains(key))
        .map(|key| format!("`{key}`"))
        .collect();
    (!meant.is_empty()).then(|| format!("did you mean {}?", meant.join(" or ")))
}

#[cfg(test)]
mod tests {
    use super::super::keys::TABLES;
    use super::*;

    #[test]
    fn words_of_others_lead_to_keys_that_the_table_has() {
        let keys = |table: &str| -> Vec<&str> {
            let row = TABLES.iter().find(|row| row.name == table).unwrap();
            row.keys.iter().map(|row| row.key).collect()
        };
        for (table, word, expected) in [
            ("milestone", "depends_on", Some("did you mean `after`?")),
            ("milestone", "Depends-On", Some("did you mean `after`?")),
            ("milestone", "deps", Some("did you mean `after`?")),
            ("milestone", "start", Some("did you mean `not_before` or `must_start`?")),
            ("milestone", "due", Some("did you mean `deadline` or `must_finish`?")),
            ("plan", "due", Some("did you mean `deadline`?")),
            ("plan", "begin", Some("did you mean `start`?")),
            ("stage", "depends_on", None),
            ("milestone", "duration", None),
        ] {
            assert_eq!(ours(word, &keys(table)).as_deref(), expected, "{table}.{word}");
        }
    }

    #[test]
    fn no_word_is_a_key_where_it_is_explained() {
        for (words, keys) in WORDS {
            for table in TABLES {
                let has = |key: &&str| table.keys.iter().any(|row| row.key == *key);
                assert!(!(words.iter().any(has) && keys.iter().all(has)), "{words:?} in {}", table.name);
            }
        }
    }
}
