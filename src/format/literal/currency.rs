//! Money of another currency: `12k USD`, `8..10..14k USD`, `3.0 USD`.

use std::ops::Range;

/// Whether a word is written like the code of a currency: three capital letters, as in ISO 4217.
pub fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// An amount without the code behind it, and the code with its place.
pub fn currency(text: &str) -> (&str, Option<(&str, Range<usize>)>) {
    let trimmed = text.trim_end();
    match trimmed.rsplit_once([' ', '\t']) {
        Some((amount, code)) if is_currency(code) && !amount.trim().is_empty() => {
            (amount, Some((code, trimmed.len() - code.len()..trimmed.len())))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_behind_the_amount() {
        for (text, amount, code) in [
            ("12k USD", "12k", Some("USD")),
            ("8..10..14k USD ", "8..10..14k", Some("USD")),
            ("5k to 20k  GBP", "5k to 20k ", Some("GBP")),
            ("12k", "12k", None),
            ("12kUSD", "12kUSD", None),
            ("12 Mio", "12 Mio", None),
            (" USD", " USD", None),
            ("", "", None),
        ] {
            let (found, place) = currency(text);
            assert_eq!((found, place.as_ref().map(|(code, _)| *code)), (amount, code), "{text}");
            assert!(place.is_none_or(|(code, range)| &text[range] == code), "{text}");
        }
    }
}
