//! Selectors: `train`, `stage:data`, `tag:mobile`, `kind:people`, `all`.

use super::{Slip, id};
use crate::model::Category;
use crate::text::{Code, did_you_mean};

/// Which milestones, or which money, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// The milestone of this id.
    Id(String),
    /// The milestones of a stage.
    Stage(String),
    /// The milestones with a tag.
    Tag(String),
    /// Money of a category.
    Kind(Category),
    /// All of them.
    All,
}

/// A selector.
///
/// # Errors
/// What it is instead.
pub fn selector(text: &str) -> Result<Selector, Slip> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let whole = start..start + trimmed.len();
    if trimmed == "all" {
        return Ok(Selector::All);
    }
    let Some((kind, name)) = trimmed.split_once(':') else {
        return match id(trimmed) {
            Ok(name) => Ok(Selector::Id(name.to_owned())),
            Err(slip) => Err(slip.moved(start)),
        };
    };
    let name_start = start + kind.len() + 1;
    let name_range = name_start..whole.end;
    if name.trim().is_empty() {
        return Err(Slip::new(Code::BadSelector, whole, format!("`{kind}:` needs a name behind it")));
    }
    match kind {
        "stage" => {
            id(name).map(|name| Selector::Stage(name.to_owned())).map_err(|slip| slip.moved(name_start))
        }
        "tag" => Ok(Selector::Tag(name.to_owned())),
        "kind" => Category::ALL
            .into_iter()
            .find(|category| category.word() == name)
            .map(Selector::Kind)
            .ok_or_else(|| {
                let words = Category::ALL.map(Category::word);
                Slip::new(Code::BadSelector, name_range, format!("`{name}` is no kind of money")).help(
                    did_you_mean(name, words).unwrap_or_else(|| format!("kinds are {}", words.join(", "))),
                )
            }),
        _ => {
            Err(Slip::new(Code::BadSelector, start..start + kind.len(), format!("`{kind}:` selects nothing"))
                .help("a selector is an id, `stage:…`, `tag:…`, `kind:…` or `all`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn selectors_are_read() {
        for (text, expected) in [
            ("train", Selector::Id("train".into())),
            (" train ", Selector::Id("train".into())),
            ("stage:data", Selector::Stage("data".into())),
            ("tag:mobile app", Selector::Tag("mobile app".into())),
            ("kind:people", Selector::Kind(Category::People)),
            ("all", Selector::All),
        ] {
            assert_eq!(selector(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_selector_is_said() {
        for (text, expected) in [
            ("", "bad-id ``: an id is missing here"),
            ("stage:", "bad-selector `stage:`: `stage:` needs a name behind it"),
            (
                "phase:data",
                "bad-selector `phase`: `phase:` selects nothing | a selector is an id, `stage:…`, `tag:…`, `kind:…` or `all`",
            ),
            (
                "kind:persons",
                "bad-selector `persons`: `persons` is no kind of money | kinds are people, compute, data, other, risk",
            ),
            (
                "kind:computer",
                "bad-selector `computer`: `computer` is no kind of money | did you mean `compute`?",
            ),
            (
                "stage:a b",
                "bad-id ` `: an id has letters a to z, digits, `-` and `_` | call it `a-b` and write the rest as `name = …`",
            ),
            (
                "cost",
                "reserved-id `cost`: `cost` is a word of the plan language, not an id | call it `cost-1` or anything else",
            ),
        ] {
            assert_eq!(said(text, selector(text)), expected, "{text}");
        }
    }
}
