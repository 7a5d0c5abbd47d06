//! Rules about money.

use crate::model::{Plan, Subject};
use crate::network::Network;
use crate::text::{Code, Diagnostic};

/// Finds a budget in a plan where nothing costs anything: its chance would always be 100 %.
pub(super) fn budget_without_cost(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    if plan.budget.is_none() || network.costs_something() {
        return Vec::new();
    }
    vec![
        Diagnostic::new(
            Code::BudgetWithoutCost,
            Subject::PlanKey("budget"),
            "there is a budget, but nothing in the plan costs anything",
        )
        .help("give milestones a `cost` or a `rate`, or resources a `rate` and milestones `uses` or `work`"),
    ]
}
