//! What to do at all, as pages to hand to whoever decides.

mod canvas;

use std::fmt::Write as _;

pub use canvas::canvas;

use crate::scope::{ScopeReport, Sequences};
use crate::view::cells::{COLUMNS, ROWS, models, others};
use crate::view::decisions::{
    aim, changes, choice, ease_trap, evidence, fallbacks, funnel, partial, reason, remark, worth,
};
use crate::view::markdown::{plain, section, table};
use crate::view::needs::needs;
use crate::view::scoping::{capital, chance};
use crate::view::sequences::{advice as sequence_advice, grids};
use crate::view::sets::{question, scores as grid_of_scores, sets};
use crate::view::words::{run, stamp};

/// The decision first, then why, then the figures.
pub fn scope(report: &ScopeReport) -> String {
    let mut text = format!("# {}: what to fund\n\n", plain(&report.plan));
    let _ = writeln!(text, "**{}.**\n\n{}\n", plain(&choice(report)), funnel(report));
    text.push_str("## Problems\n\n");
    for problem in &report.problems {
        let statement = problem.statement.as_ref().map_or(String::new(), |words| format!(": {words}"));
        let (indent, name) = ("  ".repeat(problem.depth), plain(&problem.name));
        let _ = writeln!(text, "{indent}- **{name}**{} – {}", plain(&statement), plain(&aim(problem)));
    }
    text.push_str("\n## Evidence\n\n");
    text.push_str(&feasibility(report));
    text.push_str("\n## Solutions\n\n");
    let has_deadline = report.solutions.iter().any(|it| it.p_in_time.is_some());
    let head = [
        "solution",
        "decision",
        "feasible",
        "partial",
        "cost P80",
        "worth",
        "worst 5 %",
        "gain",
        "launch P80",
        "in time",
    ];
    let head = &head[..head.len() - usize::from(!has_deadline)];
    let rows: Vec<Vec<String>> = report
        .ranking
        .iter()
        .map(|&index| &report.solutions[index])
        .map(|it| {
            let mut row = vec![
                it.name.clone(),
                it.decision.word().to_owned(),
                chance(it.p_feasible),
                partial(it),
                worth(it.cost.p80, report),
                worth(it.worths.expected, report),
                worth(it.worths.p05, report),
                chance(it.worths.p_gain),
                it.launch.map_or("—".to_owned(), |[_, p80]| stamp(p80)),
            ];
            row.extend(it.p_in_time.map(chance));
            row
        })
        .collect();
    text.push_str(&table(head, &rows));
    for it in report.ranking.iter().map(|&index| &report.solutions[index]) {
        let _ = writeln!(text, "\n### {} – {}\n", plain(&it.name), it.decision.word());
        for one in &it.reasons {
            let _ = writeln!(text, "- {}", plain(&reason(one, report)));
        }
        for words in [fallbacks(it), changes(it)].into_iter().flatten() {
            let _ = writeln!(text, "- {}", plain(&words));
        }
    }
    if let Some(words) = ease_trap(report) {
        let _ = writeln!(text, "\nEase trap: {}.", plain(&words));
    }
    if let Some(grid) = needs(report) {
        text.push_str(&section(&grid));
    }
    for one in &report.remarks {
        let _ = writeln!(text, "\n{}.", capital(&plain(&remark(one))));
    }
    let _ = writeln!(
        text,
        "\n{}. Value factors dominate: their error is larger than that of the simulation.",
        run(report.iterations, "mc", report.seed)
    );
    text
}

/// Every model in its cell with its evidence: new or existing, unstructured or structured.
fn feasibility(report: &ScopeReport) -> String {
    let mut text = format!("| | {} | {} |\n| --- | --- | --- |\n", COLUMNS[0].1, COLUMNS[1].1);
    for (system, name) in ROWS {
        let cells = COLUMNS.map(|(data_kind, _)| {
            let models = models(report, data_kind, system);
            let words: Vec<String> =
                models.map(|it| plain(&format!("{}: {}", it.name, evidence(it)))).collect();
            if words.is_empty() { "—".to_owned() } else { words.join("<br>") }
        });
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    let rest: Vec<String> = others(report).map(|it| plain(&it.name)).collect();
    if !rest.is_empty() {
        let _ = writeln!(text, "\nNo models: {}.", rest.join(", "));
    }
    text
}

/// The sets of solutions that no cheaper one is worth more than, or all, and the choice.
pub fn frontier(report: &ScopeReport, all: bool) -> String {
    let title = format!("# {}: what to fund together\n\n", plain(&report.plan));
    let head = format!("**{}.**\n\n{}.\n", plain(&choice(report)), capital(&plain(&question(report))));
    let runs = run(report.iterations, "mc", report.seed);
    format!("{title}{head}{}\n{runs}.\n", section(&sets(report, all)))
}

/// Scores of every solution.
pub fn scores(report: &ScopeReport) -> String {
    section(&grid_of_scores(report))
}

/// Orders in which solutions of a group are tried, and what to do.
pub fn sequences(answer: &Sequences) -> String {
    let title = format!("# {}: what to try first\n\n", plain(&answer.plan));
    let advice = sequence_advice(answer);
    let advice: Vec<String> = advice.iter().map(|words| format!("**{}.**", capital(&plain(words)))).collect();
    let tables: String = grids(answer).iter().map(section).collect();
    let runs = run(answer.iterations, "mc", answer.seed);
    format!("{title}{}\n{tables}\n{runs}.\n", advice.join("\n\n"))
}
