//! The pictures of a report of scoping.

use crate::cli::command::folder::Folder;
use crate::model::Plan;
use crate::scope::{Asked, Assessment, Extrapolation, ScopeReport, ValueMap, ValueOf};
use crate::view::chart;

/// Every picture; of those that are about a single solution, `only` that one's if it is given.
pub(super) fn add(
    folder: &mut Folder,
    plan: &Plan,
    report: &ScopeReport,
    only: Option<&Assessment>,
    value: ValueOf,
) {
    folder.text("scope-process.svg", chart::process(report));
    folder.text("feasibility.svg", chart::feasibility(report));
    folder.text("value-effort.svg", chart::value_effort(report, &ValueMap::of(report, value)));
    folder.text("npv.svg", chart::npv(report));
    if let Some(picture) = chart::portfolio(report) {
        folder.text("scope-frontier.svg", picture);
    }
    for it in report.solutions.iter().filter(|it| only.is_none_or(|only| only.id == it.id)) {
        folder.text(&format!("drivers-{}.svg", it.key), chart::net_drivers(report, it));
        // Where a history says nothing there is no picture of it.
        let history = Asked::of_solution(plan, it.id).and_then(|asked| Extrapolation::of(asked).ok());
        if let Some(history) = history {
            folder.text(&format!("history-{}.svg", it.key), chart::extrapolation(&history, &history.fan()));
        }
    }
}
