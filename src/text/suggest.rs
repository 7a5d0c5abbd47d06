//! "Did you mean": the nearest of the names there are.

use strsim::{damerau_levenshtein, jaro_winkler};

/// The candidate a misspelt word most likely meant, if one is near enough.
///
/// Near enough: the same but for case, `-` and `_`; or at most a third of the letters of the shorter
/// word wrong (one at least), by optimal Damerau–Levenshtein distance; or, for words of four letters and
/// more, a Jaro–Winkler likeness of 0.9. Ties go to the likelier beginning, then to the
/// candidate that comes first.
///
/// ```
/// use plan::text::suggest;
/// assert_eq!(suggest("survy", ["survey", "design"]), Some("survey"));
/// assert_eq!(suggest("zebra", ["survey", "design"]), None);
/// ```
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = plain(word);
    let letters = plain.chars().count();
    if letters == 0 || letters > LONGEST_WORD {
        return None;
    }
    let mut best: Option<(usize, f64, &str)> = None;
    for candidate in candidates {
        let other = self::plain(candidate);
        let length = other.chars().count();
        // A length that differs by more than could be forgiven settles it without the table.
        if length > LONGEST_WORD || length.abs_diff(letters) > allowed(letters.max(length)).max(4) {
            continue;
        }
        let distance = damerau_levenshtein(&plain, &other);
        let likeness = jaro_winkler(&plain, &other);
        let near = distance <= allowed(letters.min(length)) && distance < length
            || (letters.min(length) >= 4 && likeness >= 0.9);
        let better =
            best.is_none_or(|(least, most, _)| distance < least || (distance == least && likeness > most));
        if near && better {
            best = Some((distance, likeness, candidate));
        }
    }
    best.map(|(_, _, candidate)| candidate)
}

/// The help line for a misspelt word: "did you mean `survey`?".
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Words longer than this, in letters, are not compared.
const LONGEST_WORD: usize = 80;

fn allowed(letters: usize) -> usize {
    (letters / 3).max(1)
}

fn plain(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(|letter| if letter == '_' { '-' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant() {
        let keys = [
            "duration",
            "deadline",
            "after",
            "before",
            "cost",
            "rate",
            "uses",
            "work",
            "must_start",
            "not_before",
        ];
        for (word, meant) in [
            ("durration", Some("duration")),
            ("Duration", Some("duration")),
            ("dedline", Some("deadline")),
            ("not-before", Some("not_before")),
            ("mst_start", Some("must_start")),
            ("csot", Some("cost")),
            ("use", Some("uses")),
            ("x", None),
            ("", None),
            ("quality", None),
            ("rework", None),
            ("risk", None),
            ("probability", None),
            ("correlation", None),
            ("escalation", None),
            ("funding", None),
        ] {
            assert_eq!(suggest(word, keys), meant, "{word}");
        }
    }

    #[test]
    fn ties_go_to_the_first() {
        assert_eq!(suggest("gate-x", ["gate-a", "gate-b"]), Some("gate-a"));
    }

    #[test]
    fn the_help_line_is_a_question() {
        assert_eq!(did_you_mean("survy", ["survey"]).as_deref(), Some("did you mean `survey`?"));
    }
}
