//! `plan explain WORD [PLAN]`

use crate::cli::arguments::{Changes, Explain, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::{Loaded, load};
use crate::cli::terminal::Terminal;
use crate::text::did_you_mean;
use crate::view::reading::scoping_readings;
use crate::view::text;

use super::manual;

/// Explains a diagnostic, a metric, a key of the plan file, or what a plan names.
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
        return Err(failure
            .help("a milestone, a risk or a solution is explained with its plan: plan explain ID PLAN"));
    }
    terminal.print(&found.join("\n"))
}

/// How something of a plan is read.
fn of_plan(word: &str, plan: &PlanOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let Loaded { plan, network, .. } = load(plan, terminal)?;
    let screen = terminal.screen(true);
    if let Some(words) = text::explained(&plan, &network, word, &screen) {
        return terminal.print(&words);
    }
    let keys = plan.milestones.iter().map(|milestone| milestone.key.clone());
    let keys = keys.chain(plan.risks.iter().map(|risk| risk.key.clone()));
    let scoped = scoping_readings(&plan, &network).into_iter().map(|it| it.key);
    let keys: Vec<String> = keys.chain(scoped).collect();
    Err(Failure::call(format!("no milestone, risk or part of scoping is called `{word}`"))
        .help_if(did_you_mean(word, keys.iter().map(String::as_str))))
}
