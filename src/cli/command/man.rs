//! `plan man [-o DIR]`

use clap::CommandFactory;

use crate::cli::arguments::{Arguments, Man};
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::terminal::Terminal;

/// Prints `plan.1`, or writes a page for every command into a folder.
pub(in crate::cli) fn man(options: &Man, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut root = Arguments::command();
    root.build();
    let Some(folder) = &options.output else { return terminal.print(&page(&root, "plan")) };
    let mut outputs = vec![Output::new(folder.join("plan.1"), page(&root, "plan"))];
    for command in root.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("plan-{}", command.get_name());
        outputs.push(Output::new(folder.join(format!("{name}.1")), page(command, &name)));
    }
    files::make_folder(folder)?;
    // Manual pages are derived from the program alone; there is nothing of anybody's to lose.
    files::write(&outputs, true)
}

fn page(command: &clap::Command, name: &str) -> String {
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    let mut roff = Vec::new();
    // Writing into a vector does not fail.
    let _ = clap_mangen::Man::new(command.clone().name(name)).render(&mut roff);
    String::from_utf8_lossy(&roff).into_owned()
}
