//! `plan completions SHELL`

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Prints the completions of a shell.
pub(in crate::cli) fn completions(shell: Shell, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plan", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))
}
