//! Solutions as the command line names them.

use crate::cli::failure::Failure;
use crate::model::{Plan, SolutionId};
use crate::text::did_you_mean;

/// Ends the command if a plan has no solutions at all.
pub(super) fn refuse_none(plan: &Plan) -> Result<(), Failure> {
    if !plan.scoping.solutions.is_empty() {
        return Ok(());
    }
    let failure = Failure::call(format!("`{}` has no solutions to choose from", plan.name));
    Err(failure
        .help("a solution is a table like `[solution.chatbot]` that milestones name; see docs/scoping.md"))
}

/// The solutions of these names.
pub(super) fn named(plan: &Plan, names: &[String]) -> Result<Vec<SolutionId>, Failure> {
    names.iter().map(|name| one(plan, name)).collect()
}

/// The solution of this name.
pub(super) fn one(plan: &Plan, name: &str) -> Result<SolutionId, Failure> {
    refuse_none(plan)?;
    let known = || plan.scoping.solutions.iter().map(|solution| solution.key.as_str());
    plan.scoping.solution(name).ok_or_else(|| {
        let failure = Failure::call(format!("the plan has no solution `{name}`"));
        failure.help_if(did_you_mean(name, known()).or_else(|| known_words(known())))
    })
}

/// `its solutions are …`
fn known_words<'a>(known: impl Iterator<Item = &'a str>) -> Option<String> {
    let words: Vec<String> = known.map(|key| format!("`{key}`")).collect();
    (!words.is_empty()).then(|| format!("its solutions are {}", words.join(", ")))
}
