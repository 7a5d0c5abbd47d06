//! Ids: the names by which a plan calls its parts.

use super::Slip;
use crate::text::Code;

/// Words that can't be ids, because links, selectors and expectations use them.
pub const RESERVED_IDS: [&str; 12] =
    ["FS", "SS", "FF", "SF", "finish", "start", "cost", "deadline", "budget", "base", "stage", "all"];

/// An id: letters a to z, digits, `-` and `_`, and none of [`RESERVED_IDS`].
///
/// # Errors
/// What it is instead.
pub fn id(text: &str) -> Result<&str, Slip> {
    let wrong = text.char_indices().find(|(_, letter)| !is_id_letter(*letter));
    if let Some((at, letter)) = wrong {
        let plain: String =
            text.trim().chars().map(|letter| if is_id_letter(letter) { letter } else { '-' }).collect();
        let is_readable = plain.chars().any(|letter| letter.is_ascii_alphanumeric());
        let slip = Slip::new(
            Code::BadId,
            at..at + letter.len_utf8(),
            "an id has letters a to z, digits, `-` and `_`",
        );
        let help = is_readable.then(|| format!("call it `{plain}` and write the rest as `name = …`"));
        return Err(slip.help_if(help));
    }
    if text.is_empty() {
        return Err(Slip::new(Code::BadId, 0..0, "an id is missing here"));
    }
    if RESERVED_IDS.contains(&text) {
        return Err(Slip::new(
            Code::ReservedId,
            0..text.len(),
            format!("`{text}` is a word of the plan language, not an id"),
        )
        .help(format!("call it `{text}-1` or anything else")));
    }
    Ok(text)
}

fn is_id_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn ids_are_read() {
        for text in ["design", "ml-engineer", "x_1", "2", "Finish", "ss"] {
            assert_eq!(id(text), Ok(text));
        }
    }

    #[test]
    fn what_is_no_id_is_said() {
        for (text, expected) in [
            ("", "bad-id ``: an id is missing here"),
            (
                "site prep",
                "bad-id ` `: an id has letters a to z, digits, `-` and `_` | call it `site-prep` and write the rest as `name = …`",
            ),
            (
                "abnahmeprüfung",
                "bad-id `ü`: an id has letters a to z, digits, `-` and `_` | call it `abnahmepr-fung` and write the rest as `name = …`",
            ),
            ("日本", "bad-id `日`: an id has letters a to z, digits, `-` and `_`"),
            (
                "all",
                "reserved-id `all`: `all` is a word of the plan language, not an id | call it `all-1` or anything else",
            ),
        ] {
            assert_eq!(said(text, id(text)), expected, "{text}");
        }
        for text in RESERVED_IDS {
            assert!(id(text).is_err(), "{text}");
        }
    }
}
