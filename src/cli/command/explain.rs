//! `plan explain WORD [PLAN]`

use crate::cli::arguments::{Changes, Explain, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::{Loaded, load};
use crate::cli::terminal::Terminal;
use crate::text::did_you_mean;
use crate::view::text;

use super::manual;

/// Explains a diagnostic, a metric, a key of the plan file, or a milestone or risk of a plan.
pub(in crate::cli) fn explain(options: &Explain, terminal: &mut Terminal) -> Result<(), Failure> {
    if let Some(plan) = &options.plan {
        let changes = Changes::default();
        return of_plan(
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
        return Err(failure.help("a milestone or a risk is explained with its plan: plan explain ID PLAN"));
    }
    terminal.print(&found.join("\n"))
}

/// How a milestone or a risk of a plan is read.
fn of_plan(word: &str, plan: &PlanOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let Loaded { plan, network, .. } = load(plan, terminal)?;
    let screen = terminal.screen(true);
    if let Some(id) = plan.milestone(word) {
        return terminal.print(&text::reading(&plan, &network, id, &screen));
    }
    if let Some(id) = plan.risk(word) {
        return terminal.print(&text::risk_reading(&plan, id, &screen));
    }
    let keys = plan.milestones.iter().map(|milestone| milestone.key.as_str());
    let keys = keys.chain(plan.risks.iter().map(|risk| risk.key.as_str()));
    Err(Failure::call(format!("no milestone and no risk is called `{word}`"))
        .help_if(did_you_mean(word, keys)))
}
