//! `plan FILE` means `plan simulate FILE`.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::CommandFactory;

use super::arguments::Arguments;

/// The command line with `simulate` put in where it was left out: in front of the first word that is
/// no global option, if that word is an option of another command or looks like a file.
pub(super) fn completed(mut words: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(word) = words.get(at).and_then(|word| word.to_str()) {
        at += match word {
            "--color" => 2,
            "--quiet" | "-q" => 1,
            _ if word.starts_with("--color=") => 1,
            _ => break,
        };
    }
    if words.get(at).is_some_and(|word| means_simulate(word)) {
        words.insert(at, "simulate".into());
    }
    words
}

fn means_simulate(word: &OsStr) -> bool {
    let Some(text) = word.to_str() else { return true };
    let is_command =
        text == "help" || Arguments::command().get_subcommands().any(|command| command.get_name() == text);
    if is_command || ["-h", "--help", "-V", "--version", ""].contains(&text) {
        return false;
    }
    text.starts_with('-') || text.contains(['.', '/', '\\']) || Path::new(text).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_simulated() {
        for (line, expected) in [
            ("plan x.toml", "plan simulate x.toml"),
            ("plan - --seed 3", "plan simulate - --seed 3"),
            ("plan --seed 3 x.toml", "plan simulate --seed 3 x.toml"),
            ("plan --color never -q x.toml", "plan --color never -q simulate x.toml"),
            ("plan check x.toml", "plan check x.toml"),
            ("plan simluate x.toml", "plan simluate x.toml"),
            ("plan --help", "plan --help"),
            ("plan", "plan"),
        ] {
            let words = completed(line.split(' ').map(OsString::from).collect());
            assert_eq!(words.join(OsStr::new(" ")), expected);
        }
    }
}
