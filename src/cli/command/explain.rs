//! `plan explain WORD [PLAN]`

use crate::cli::arguments::Explain;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::text::did_you_mean;

use super::manual;

/// Explains a diagnostic, a metric, a key, or a milestone of a plan.
pub(in crate::cli) fn explain(options: &Explain, terminal: &mut Terminal) -> Result<(), Failure> {
    let found = manual::sections(&options.word);
    if found.is_empty() {
        let words = manual::words();
        let fact = format!("nothing is called `{}`", options.word);
        let failure =
            Failure::call(fact).help_if(did_you_mean(&options.word, words.iter().map(String::as_str)));
        return Err(failure.help("a milestone is explained with its plan: plan explain ID PLAN"));
    }
    terminal.print(&found.join("\n"))
}
