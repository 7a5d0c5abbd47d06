//! Members of a correlation group: `stage:data`, `train`, `train.cost`, `risk:consent`.

use super::{Selector, Slip, id, selector};
use crate::text::{Code, did_you_mean};

/// A member as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenMember {
    /// Of these milestones, all that their spans are drawn from.
    Milestones(Selector),
    /// One part of a milestone.
    Part(String, Part),
    /// Whether this risk happens.
    Risk(String),
}

/// A part of a milestone that may go together with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its `duration`.
    Duration,
    /// Its `work`.
    Work,
    /// Its `cost`.
    Cost,
}

impl Part {
    /// Every part with its key.
    const ALL: [(Self, &'static str); 3] =
        [(Self::Duration, "duration"), (Self::Work, "work"), (Self::Cost, "cost")];

    /// The key it stands under.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }
}

/// A member of a group.
///
/// # Errors
/// What it is instead.
pub fn member(text: &str) -> Result<WrittenMember, Slip> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    if let Some(name) = trimmed.strip_prefix("risk:") {
        let at = start + trimmed.len() - name.len();
        // Risks are named nowhere else, so that words of the language are no trouble.
        return match id(name) {
            Err(slip) if slip.code != Code::ReservedId => Err(slip.moved(at)),
            _ => Ok(WrittenMember::Risk(name.to_owned())),
        };
    }
    match trimmed.split_once('.') {
        Some((name, part)) if !trimmed.contains(':') => {
            let name = id(name).map_err(|slip| slip.moved(start))?;
            let known = Part::ALL.iter().find(|row| row.1 == part).map(|row| row.0);
            known.map(|part| WrittenMember::Part(name.to_owned(), part)).ok_or_else(|| {
                let at = start + name.len() + 1;
                let words = Part::ALL.map(|row| row.1);
                let range = at..at + part.len();
                Slip::new(
                    Code::BadSelector,
                    range,
                    format!("`{part}` of a milestone can't go together with others"),
                )
                .help(
                    did_you_mean(part, words)
                        .unwrap_or_else(|| "its `duration`, `work` and `cost` can".into()),
                )
            })
        }
        _ => selector(text).map(WrittenMember::Milestones),
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn members_are_read() {
        for (text, expected) in [
            ("train", WrittenMember::Milestones(Selector::Id("train".into()))),
            ("stage:data", WrittenMember::Milestones(Selector::Stage("data".into()))),
            ("tag:v1.2", WrittenMember::Milestones(Selector::Tag("v1.2".into()))),
            (" train.cost", WrittenMember::Part("train".into(), Part::Cost)),
            ("train.work", WrittenMember::Part("train".into(), Part::Work)),
            ("risk:consent", WrittenMember::Risk("consent".into())),
            ("risk:cost", WrittenMember::Risk("cost".into())),
        ] {
            assert_eq!(member(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_member_is_said() {
        for (text, expected) in [
            ("", "bad-id ``: an id is missing here"),
            ("risk:", "bad-id ``: an id is missing here"),
            (
                "train.duraton",
                "bad-selector `duraton`: `duraton` of a milestone can't go together with others | did you mean `duration`?",
            ),
            (
                "train.finish",
                "bad-selector `finish`: `finish` of a milestone can't go together with others | its `duration`, `work` and `cost` can",
            ),
            (
                "rsk:x",
                "bad-selector `rsk`: `rsk:` selects nothing | a selector is an id, `stage:…`, `tag:…`, `kind:…` or `all`",
            ),
        ] {
            assert_eq!(said(text, member(text)), expected, "{text}");
        }
    }
}
