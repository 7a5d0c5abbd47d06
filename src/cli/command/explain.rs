//! `plan explain WORD [PLAN]`

use crate::cli::arguments::{Changes, Explain, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::{Loaded, load};
use crate::cli::terminal::Terminal;
use crate::text::did_you_mean;
use crate::view::text;

use super::manual;

/// Explains a diagnostic, a metric, a key of the plan file, or a milestone of a plan.
pub(in crate::cli) fn explain(options: &Explain, terminal: &mut Terminal) -> Result<(), Failure> {
    if let Some(plan) = &options.plan {
        let changes = Changes::default();
        return milestone(
            &options.word,
            &PlanOptions { plan: plan.clone(), scenario: None, changes },
            terminal,
        );
    }
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

/// How a milestone of a plan is read.
fn milestone(word: &str, plan: &PlanOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let Loaded { plan, network, .. } = load(plan, terminal)?;
    match plan.milestone(word) {
        Some(id) => terminal.print(&text::reading(&plan, &network, id, &terminal.screen(true))),
        None => {
            let keys = plan.milestones.iter().map(|milestone| milestone.key.as_str());
            Err(Failure::call(format!("no milestone is called `{word}`")).help_if(did_you_mean(word, keys)))
        }
    }
}
