//! Is this plan sensible? Rules that find plans which run but probably lie.
//!
//! A rule is one function; its documentation is its meaning. It speaks of subjects in the model; the
//! reader carries them back to lines in the file.

mod capacity;
mod choosing;
mod correlation;
mod dates;
mod links;
mod money;
mod network;
mod ranges;
mod risks;
mod scope;
mod unused;

use crate::model::{Plan, Subject};
use crate::network::Network;
use crate::text::Diagnostic;

pub use network::no_network;

/// Everything worth a warning in a plan that can be run.
pub fn warnings(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    let schedule = network.schedule();
    [
        links::empty_plan(plan),
        links::open_start(plan),
        links::isolated_milestone(plan),
        links::duplicate_link(plan),
        links::beside_finish(plan),
        dates::deadline_out_of_reach(plan, network),
        dates::bound_broken(plan, network, &schedule),
        dates::nothing_uncertain(plan, network),
        capacity::over_capacity(plan, network, &schedule),
        capacity::part_time_compute(plan),
        money::budget_without_cost(plan, network),
        ranges::symmetric_ranges(plan),
        ranges::identical_ranges(plan),
        ranges::empty_range(plan),
        risks::certain_risk(plan),
        risks::double_counting(plan),
        risks::unreachable_branch(plan),
        correlation::lonely_group(plan, network),
        correlation::matrix_changed(plan, network),
        scope::vague_problem(plan),
        scope::target_reached(plan),
        scope::thin_history(plan),
        scope::far_horizon(plan),
        scope::ignored_evidence(plan),
        scope::missing_history(plan),
        scope::no_monitoring(plan),
        scope::wide_factor(plan),
        scope::falling_history(plan),
        scope::no_baseline(plan),
        choosing::inconsistent_pairwise(plan),
        choosing::single_solution(plan),
        choosing::only_models(plan),
        choosing::many_solutions(plan),
        choosing::people_short(plan, network),
        choosing::short_horizon(plan, network, &schedule),
        unused::unused_resource(plan),
        unused::unused_calendar(plan),
    ]
    .concat()
}
