//! The command line: arguments, files, the terminal, exit codes.
//!
//! A command parses, calls the pipeline and hands over a string. Results go to standard output,
//! remarks to standard error. Exit codes: 0 well (also if the reader of the output has left), 1 the
//! plan has errors, 2 usage or files, 3 an expectation is not met.

mod address;
mod arguments;
mod bare;
mod command;
mod failure;
mod files;
mod hint;
mod loading;
mod mark;
mod revision;
mod run;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::format;

use arguments::{Arguments, Command};
use command as run_command;
use failure::Failure;
use terminal::Terminal;

/// Runs one command line, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(bare::completed(arguments.into_iter().collect())) {
        Ok(arguments) => arguments,
        // Help and version are answers, anything else is a wrong call. A pipe closed meanwhile is fine.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let mut terminal = Terminal::new(arguments.color, arguments.quiet);
    let done = dispatch(&arguments.command, &mut terminal).and_then(|()| terminal.flush());
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.complain(&failure);
            failure.exit_code()
        }
    }
}

fn dispatch(command: &Command, terminal: &mut Terminal) -> Result<(), Failure> {
    match command {
        Command::Check(options) => run_command::check(options, terminal),
        Command::Path(options) => run_command::path(options, terminal),
        Command::Simulate(options) => run_command::simulate(options, terminal),
        Command::Replay(options) => run_command::replay(options, terminal),
        Command::Cashflow(options) => run_command::cashflow(options, terminal),
        Command::Drivers(options) => run_command::drivers(options, terminal),
        Command::Contingency(options) => run_command::contingency(options, terminal),
        Command::Optimise(options) => run_command::optimise(options, terminal),
        Command::Merge(options) => run_command::merge(options, terminal),
        Command::Compare(options) => run_command::compare(options, terminal),
        Command::Scope(options) => run_command::scope(options, terminal),
        Command::Diff(options) => run_command::diff(options, terminal),
        Command::Export(options) => run_command::export(options, terminal),
        Command::Schema => terminal.print(&format::schema()),
        Command::Init(options) => run_command::init(options, terminal),
        Command::Explain(options) => run_command::explain(options, terminal),
        Command::Completions { shell } => run_command::completions(*shell, terminal),
        Command::Man(options) => run_command::man(options, terminal),
    }
}
