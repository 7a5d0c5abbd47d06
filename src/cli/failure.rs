//! Why a command ends before it is done.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// Why a command ends, and with which exit code.
#[derive(Debug)]
pub(super) enum Failure {
    /// The plan has errors; they have been shown. Exit code 1.
    Plan,
    /// A wrong call, or a file that can't be read or written: the fact and the ways out. Exit code 2.
    Call(String, Vec<String>),
    /// A wrong call that has been shown. Exit code 2.
    Usage,
    /// An expectation is not met; the forecast has been shown. Exit code 3.
    NotMet,
    /// Whoever read the output has left, which is fine. Exit code 0.
    Closed,
}

impl Failure {
    /// A wrong call, or a file that can't be read or written.
    pub(super) fn call(fact: impl Into<String>) -> Self {
        Self::Call(fact.into(), Vec::new())
    }

    /// With a way out.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        if let Self::Call(_, ways) = &mut self {
            ways.push(help.into());
        }
        self
    }

    /// With a way out, if there is one.
    pub(super) fn help_if(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// A file that can't be read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        Self::call(format!("can't read {}: {}", path.display(), reason(error)))
    }

    /// A file that can't be written.
    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        Self::call(format!("can't write {}: {}", path.display(), reason(error)))
    }

    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Closed => 0,
            Self::Plan => 1,
            Self::Call(..) | Self::Usage => 2,
            Self::NotMet => 3,
        })
    }
}

/// What the operating system says, in words of ours where they are plainer.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        _ => without_number(&error.to_string()),
    }
}

/// The words of the operating system without "(os error 28)" behind them.
fn without_number(words: &str) -> String {
    words.split(" (os error").next().unwrap_or(words).to_owned()
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(fact, _) => f.write_str(fact),
            Self::Plan => f.write_str("the plan has errors"),
            Self::Usage => f.write_str("the call is wrong"),
            Self::NotMet => f.write_str("an expectation is not met"),
            Self::Closed => f.write_str("nobody reads the output any more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_words_without_numbers() {
        for (error, expected) in [
            (io::ErrorKind::PermissionDenied.into(), "permission denied"),
            (io::ErrorKind::NotFound.into(), "there is no such file or folder"),
            (io::ErrorKind::IsADirectory.into(), "it is a folder"),
            (io::ErrorKind::NotADirectory.into(), "a part of the path is a file, not a folder"),
            (io::Error::other("No space left on device (os error 28)"), "No space left on device"),
        ] {
            assert_eq!(reason(&error), expected);
            let failure = Failure::reading(Path::new("x.toml"), &error);
            assert_eq!(failure.to_string(), format!("can't read x.toml: {expected}"));
            assert_eq!(failure.exit_code(), ExitCode::from(2));
        }
    }
}
