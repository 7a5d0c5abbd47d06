//! Running the command, and looking at what it did.

use assert_cmd::Command;
use tempfile::TempDir;

/// A run of the command: exit code, standard output, standard error.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// An empty folder with a plan in it.
pub(crate) struct Folder {
    folder: TempDir,
}

/// Four lines that make a plan.
pub(crate) const SMALLEST: &str = "[milestone]
design = { duration = \"2..3..6w\" }
build  = { duration = \"6..8..16w\", after = \"design\" }
launch = { duration = \"1w\", after = \"build\" }
";

impl Folder {
    /// A folder with this plan as `plan.toml`.
    pub(crate) fn with(plan: &str) -> Self {
        let folder = Self::empty();
        folder.write("plan.toml", plan);
        folder
    }

    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a temporary file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The command in this folder, without colours of the surroundings.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::cargo_bin("plan").expect("the binary is built with the tests");
        command.args(words).current_dir(self.folder.path());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the command in this folder.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        ran(&mut self.command(words))
    }
}

/// Runs a command.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the command runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}
