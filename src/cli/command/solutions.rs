//! Solutions as the command line names them.

use crate::cli::arguments::Only;
use crate::cli::failure::Failure;
use crate::cli::loading::Loaded;
use crate::model::{Plan, SolutionId};
use crate::network::Network;
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
pub(super) fn named(plan: &Plan, names: &[impl AsRef<str>]) -> Result<Vec<SolutionId>, Failure> {
    names.iter().map(|name| one(plan, name.as_ref())).collect()
}

/// The plan of the solutions of these names, and its network.
pub(super) fn alone(plan: &Plan, names: &[impl AsRef<str>]) -> Result<(Plan, Network), Failure> {
    let chosen = named(plan, names)?;
    let titles: Vec<&str> = chosen.iter().map(|&id| plan.scoping[id].name.as_str()).collect();
    let name = format!("{} · {}", plan.name, titles.join(" + "));
    let plan = Plan { name, ..plan.with_solutions(&chosen) };
    let network = Network::of(&plan).map_err(|error| Failure::call(error.to_string()))?;
    Ok((plan, network))
}

/// What was read, but for other solutions than these; all of it, where none is named.
pub(super) fn narrowed(loaded: Loaded, only: &Only) -> Result<Loaded, Failure> {
    if only.solution.is_empty() {
        return Ok(loaded);
    }
    let (plan, network) = alone(&loaded.plan, &only.solution)?;
    Ok(Loaded { plan, network, ..loaded })
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
