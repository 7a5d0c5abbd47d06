//! `plan replay PLAN --at P80 | --iteration N`

use crate::cli::arguments::{ReplayOptions, Wanted};
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::ReplayAt;
use crate::view::{json, markdown, text};

use super::solutions::narrowed;

/// Prints one iteration, opened.
pub(in crate::cli) fn replay(options: &ReplayOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = narrowed(load(&options.plan, terminal)?, &options.only)?;
    let headline = loaded.plan.confidence;
    let at = match (options.iteration, options.at) {
        (Some(number), _) => ReplayAt::Iteration(number),
        (None, Some(Wanted::Finish(p))) => ReplayAt::Finish(p),
        (None, Some(Wanted::Cost(p))) => ReplayAt::Cost(p),
        (None, None) => ReplayAt::Finish(headline),
    };
    let run = Run::new(loaded.plan, loaded.network, options.run, terminal);
    let replay = run.replay(at).map_err(|error| Failure::call(error.to_string()))?;
    terminal.print(&match options.format.as_str() {
        "json" => json::replay(&replay),
        "md" => markdown::replay(&replay),
        _ => text::replay(&replay, &terminal.screen(options.all)),
    })
}
