//! `plan scope apply PLAN SOLUTION… [-o FILE]`

use crate::cli::arguments::{Apply, PlanOptions};
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output, STDIN};
use crate::cli::loading::{Draft, check_draft, load};
use crate::cli::terminal::Terminal;
use crate::format::with_solutions;
use crate::text::Source;

/// Writes the plan with only these solutions, once it has been read back as one that can be run.
pub(in crate::cli) fn apply(options: &Apply, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = load(&PlanOptions::plain(&options.plan), terminal)?;
    let chosen = solutions::named(&loaded.plan, &options.solutions)?;
    let source = loaded.reader.sources().get(loaded.reader.plan());
    let written = source.map(Source::text).unwrap_or_default();
    let text = with_solutions(written, &loaded.plan, &chosen);
    let text =
        text.map_err(|error| Failure::call(format!("can't change {}: {error}", options.plan.display())))?;
    let output = options.output.as_deref().filter(|path| path.as_os_str() != STDIN);
    let checked = check_draft(output.unwrap_or(&options.plan), Draft { plan: &text, file: None }, terminal)?;
    if checked.plan.is_none() {
        terminal.insist("nothing is written, for the plan would not stand without the other solutions:\n\n");
        checked.show(terminal);
        return Err(Failure::Plan);
    }
    let Some(path) = output else { return terminal.print(&text) };
    files::write(&[Output::new(path, text)], options.force)?;
    terminal.remark(&format!("wrote {0}; next: plan {0}\n", path.display()));
    Ok(())
}
