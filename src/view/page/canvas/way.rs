//! The way to the launch: milestones, who it takes, what would end it.

use crate::model::{ResourceKind, Risk};
use crate::scope::Canvas;
use crate::view::markdown::{table, table_of_words};
use crate::view::words::{counted, number, percent, stamp};

use super::takes;

pub(super) fn integration(canvas: &Canvas<'_>) -> String {
    let plan = canvas.plan;
    let rows: Vec<Vec<String>> = canvas
        .steps
        .iter()
        .map(|step| {
            let milestone = &plan[step.id];
            let name = match &milestone.improve {
                Some(improve) => {
                    format!("{} (up to {})", milestone.name, counted(improve.at_most as usize, "iteration"))
                }
                None => milestone.name.clone(),
            };
            let stage = milestone.stage.map_or(String::new(), |id| plan[id].name.clone());
            let tool = milestone.tool.clone().unwrap_or_default();
            let [p50, p80] = step.finish.map_or(["—".to_owned(), "—".to_owned()], |it| it.map(stamp));
            vec![name, stage, tool, p50, p80]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    // Without a single tool there is no column of them.
    let has_tools = rows.iter().any(|row| !row[2].is_empty());
    let narrow = |mut row: Vec<String>| {
        if !has_tools {
            row.remove(2);
        }
        row
    };
    let head: Vec<String> = ["milestone", "stage", "done with", "P50", "P80"].map(str::to_owned).to_vec();
    let head = narrow(head);
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    format!(
        "{}\nDates are of runs that launch.\n",
        table_of_words(&head, &rows.into_iter().map(narrow).collect::<Vec<_>>())
    )
}

pub(super) fn skills(canvas: &Canvas<'_>) -> String {
    let rows: Vec<Vec<String>> = takes(canvas, |take| !take.in_pieces)
        .map(|take| {
            let unit = if take.kind == ResourceKind::People { "person-days" } else { "hours" };
            vec![take.name.clone(), format!("{} {unit}", number(take.amount, 0))]
        })
        .collect();
    if rows.is_empty() { String::new() } else { table(&["who and what", "in the mean"], &rows) }
}

pub(super) fn risks(canvas: &Canvas<'_>) -> String {
    let plan = canvas.plan;
    let own = plan.risks.iter().filter_map(|risk| Some((risk, risk.ends?)));
    let own = own.filter(|(_, end)| end.solution == canvas.own.id);
    let rows: Vec<Vec<String>> = own
        .map(|(risk, end)| {
            let veto = match (end.veto, end.cleared) {
                (true, false) => "veto, not cleared",
                (true, true) => "veto, cleared",
                (false, _) => "",
            };
            vec![risk.name.clone(), likely(risk), plan[end.resolved_by].name.clone(), veto.to_owned()]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    table_of_words(&["what would end it", "chance", "known after", ""], &rows)
}

fn likely(risk: &Risk) -> String {
    percent(risk.terms().probability)
}
