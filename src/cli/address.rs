//! Plans as the command line names them: `plans/x.toml`, `plans/x.toml@lean`,
//! `git:HEAD~1:plans/x.toml@lean`; and what to call them where several stand side by side.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::files::STDIN;
use super::revision::Revision;

/// A plan and one of its scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The file, of today or of a revision, or standard input.
    pub(super) plan: PathBuf,
    /// The scenario; `None` is the plan as written.
    pub(super) scenario: Option<String>,
}

impl Address {
    /// A file and the scenario after its last `@`; a file that has an `@` in its own name is a file.
    pub(super) fn of(word: &Path) -> Self {
        let text = word.to_str().filter(|_| !word.exists()).unwrap_or_default();
        // The `@` of `git:main@{1}:x.toml` belongs to the revision.
        let path = Revision::path_in(text).map_or(0, |path| text.len() - path.len());
        match text[path..].rsplit_once('@') {
            Some((plan, scenario)) if !plan.is_empty() => Self {
                plan: format!("{}{plan}", &text[..path]).into(),
                scenario: Some(scenario.to_owned()).filter(|name| name != "base"),
            },
            _ => Self { plan: word.to_path_buf(), scenario: None },
        }
    }

    /// The file's stem, and the revision it is of.
    fn stem(&self) -> String {
        let revision = Revision::of(&self.plan);
        let path = revision.as_ref().map_or(self.plan.as_path(), Revision::path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        revision.as_ref().map_or(stem.to_string(), |revision| format!("{stem} at {}", revision.name()))
    }
}

/// How plans are told apart that stand side by side.
pub(super) enum Names {
    /// All are of one plan: by their scenarios.
    Scenarios,
    /// By the stems of their files.
    Stems,
    /// By their files, of which some have the same stem.
    Paths,
}

impl Names {
    /// The shortest way to tell these apart.
    pub(super) fn of(addresses: &[Address]) -> Self {
        let files: BTreeSet<_> = addresses.iter().map(|address| address.plan.as_path()).collect();
        let stems: BTreeSet<_> = addresses.iter().map(Address::stem).collect();
        match (files.len(), stems.len()) {
            (1, _) => Self::Scenarios,
            (files, stems) if files == stems => Self::Stems,
            _ => Self::Paths,
        }
    }

    /// What to call one of them; standard input goes by the name of its plan.
    pub(super) fn label(&self, address: &Address, plan: &str) -> String {
        let scenario = address.scenario.as_deref();
        let file = match self {
            Self::Scenarios => return scenario.unwrap_or("base").to_owned(),
            _ if address.plan.as_os_str() == STDIN => plan.to_owned(),
            Self::Stems => address.stem(),
            Self::Paths => address.plan.display().to_string(),
        };
        scenario.map_or(file.clone(), |scenario| format!("{file}@{scenario}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_have_one_name() {
        for (words, expected) in [
            (&["x.toml", "x.toml@lean"][..], &["base", "lean"][..]),
            (&["a/x.toml", "a/y.toml@lean"], &["x", "y@lean"]),
            (&["a/x.toml", "b/x.toml"], &["a/x.toml", "b/x.toml"]),
            (&["-", "x.toml"], &["My plan", "x"]),
            (&["-", "-@lean"], &["base", "lean"]),
            (&["git:HEAD~1:a/x.toml", "a/x.toml"], &["x at HEAD~1", "x"]),
            (&["git:main@{1}:x.toml", "git:main@{1}:x.toml@lean"], &["base", "lean"]),
        ] {
            let addresses: Vec<Address> = words.iter().map(|word| Address::of(Path::new(word))).collect();
            let names = Names::of(&addresses);
            let labels: Vec<String> = addresses.iter().map(|it| names.label(it, "My plan")).collect();
            assert_eq!(labels, expected);
        }
    }
}
