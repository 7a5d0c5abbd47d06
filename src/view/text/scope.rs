//! What to do at all, on a terminal.

use std::fmt::Write as _;

use crate::scope::decision::Decision;
use crate::scope::{Assessment, ScopeReport};
use crate::view::decisions::{
    aim, changes, choice, driver, ease_trap, fallbacks, funnel, partial, reason, remark, worth,
};
use crate::view::needs::needs;
use crate::view::palette::paint;
use crate::view::scoping::chance;
use crate::view::solution::rows;
use crate::view::table::{Cell, Table, one_line};
use crate::view::words::{number, run, stamp};

use super::drivers::drawn;
use super::feasibility::feasibility;
use super::{Screen, paragraph, stacked};

/// Problems, solutions, feasibility and value, and what to fund: the four steps of scoping.
pub fn scope(report: &ScopeReport, screen: &Screen) -> String {
    let chosen = report.ranking.iter().map(|&index| &report.solutions[index]);
    stacked([
        title(report, screen),
        problems(report, screen),
        solutions(report, screen),
        table(report, screen),
        chosen.map(|it| explained(it, report, screen)).collect(),
        budget(report, screen),
        remarks(report, screen),
    ])
}

/// One solution in detail.
pub fn solution(report: &ScopeReport, it: &Assessment, screen: &Screen) -> String {
    stacked([
        title(report, screen),
        details(it, report, screen),
        worth_drivers(it, screen),
        explained(it, report, screen),
        remarks(report, screen),
    ])
}

/// What its worth goes with, the strongest first.
fn worth_drivers(it: &Assessment, screen: &Screen) -> String {
    if it.drivers.is_empty() {
        return String::new();
    }
    let mut table = Table::new("<><").indent(4);
    for one in &it.drivers {
        let note = if one.may_be_chance { "may be chance" } else { "" };
        table.row([
            Cell::new(driver(&one.kind)),
            number(one.correlation, 2).into(),
            Cell::styled(note, screen.palette.faint),
        ]);
    }
    let words = "What its worth goes with (rank correlation)";
    format!("{}{}", heading(words, screen), table.draw(screen.width))
}

fn title(report: &ScopeReport, screen: &Screen) -> String {
    let name = paint(screen.palette.heading, &one_line(report.plan.clone()));
    let runs = format!("· {}", run(report.iterations, "mc", report.seed));
    let funnel = paint(screen.palette.strong, &funnel(report));
    format!("{name} {}\n\n  {funnel}\n", paint(screen.palette.faint, &runs))
}

fn heading(words: &str, screen: &Screen) -> String {
    format!("  {}\n", paint(screen.palette.heading, words))
}

fn problems(report: &ScopeReport, screen: &Screen) -> String {
    let mut table = Table::new("<</").indent(4);
    for problem in &report.problems {
        let mark = if problem.metric.is_some() || problem.is_parent { "✓" } else { "!" };
        let name = format!("{}{}", "  ".repeat(problem.depth), problem.name);
        table.row([mark.into(), Cell::new(name), Cell::new(aim(problem))]);
    }
    format!("{}{}", heading("1  Business problems", screen), table.draw(screen.width))
}

fn solutions(report: &ScopeReport, screen: &Screen) -> String {
    let mut table = Table::new("</").indent(4);
    for it in &report.solutions {
        table.row([Cell::new(it.key.clone()), Cell::new(it.name.clone())]);
    }
    let without =
        if report.only_models { ", none without a model: what would rules or a process do?" } else { "" };
    let words = format!("2  Solutions{without}");
    format!("{}{}", heading(&words, screen), table.draw(screen.width))
}

fn table(report: &ScopeReport, screen: &Screen) -> String {
    let mut table = Table::new("<<>>>>>>>>>").gap(2);
    let head = [
        "",
        "",
        "feasible",
        "partial",
        "P80 launch",
        "P80 cost",
        "worth",
        "effort",
        "at 5 %",
        "gain",
        "in time",
    ];
    table.row(head.map(|words| Cell::styled(words, screen.palette.faint)));
    for it in report.ranking.iter().map(|&index| &report.solutions[index]) {
        let style = match it.decision {
            Decision::Fund => screen.palette.good,
            Decision::Hold | Decision::Probe => screen.palette.doubtful,
            Decision::Reject | Decision::Blocked => screen.palette.bad,
        };
        let launch = it.launch.map_or("—".to_owned(), |[_, p80]| stamp(p80));
        table.row([
            Cell::new(it.key.clone()),
            Cell::styled(it.decision.word(), style),
            chance(it.p_feasible).into(),
            partial(it).into(),
            launch.into(),
            worth(it.cost.p80, report).into(),
            worth(it.worths.expected, report).into(),
            format!("{:.0} d", it.effort).into(),
            worth(it.worths.p05, report).into(),
            chance(it.worths.p_gain).into(),
            it.p_in_time.map_or(String::new(), chance).into(),
        ]);
    }
    let words = heading("3  Feasibility and value", screen);
    format!("{words}{}\n{}", feasibility(report, screen), table.draw(screen.width))
}

/// Why, and what would change it.
fn explained(it: &Assessment, report: &ScopeReport, screen: &Screen) -> String {
    let reasons: Vec<String> = it.reasons.iter().map(|one| reason(one, report)).collect();
    let words = format!("{} – {}: {}.", it.key, it.decision.word(), reasons.join("; "));
    let after = [fallbacks(it), changes(it)].into_iter().flatten();
    let after = after.map(|words| paragraph(&format!("{words}."), screen.palette.faint, screen));
    format!("{}{}", paragraph(&words, anstyle::Style::new(), screen), after.collect::<String>())
}

fn budget(report: &ScopeReport, screen: &Screen) -> String {
    let mut text = heading("4  Milestones and budget", screen);
    text.push_str(&paragraph(&format!("{}.", choice(report)), screen.palette.strong, screen));
    if let Some(words) = ease_trap(report) {
        text.push_str(&paragraph(&format!("ease trap: {words}."), screen.palette.doubtful, screen));
    }
    if let Some(grid) = needs(report) {
        let _ = write!(text, "\n{}", drawn(&grid, screen));
    }
    text
}

/// What to take with care.
fn remarks(report: &ScopeReport, screen: &Screen) -> String {
    let one = |it| paragraph(&format!("{}.", remark(it)), screen.palette.doubtful, screen);
    report.remarks.iter().map(one).collect()
}

fn details(it: &Assessment, report: &ScopeReport, screen: &Screen) -> String {
    let mut table = Table::new("</");
    for (what, words) in rows(it, report) {
        table.row([Cell::new(what), Cell::new(words)]);
    }
    table.draw(screen.width)
}
