//! What to do at all, on a terminal.

use std::fmt::Write as _;

use crate::scope::decision::Decision;
use crate::scope::{Assessment, ProblemLine, ScopeReport};
use crate::view::decisions::{
    changes, choice, driver, ease_trap, evidence, fallbacks, funnel, partial, readiness, reason, remark,
    worth,
};
use crate::view::needs::needs;
use crate::view::palette::paint;
use crate::view::scoping::{chance, written};
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
        let mark = if problem.metric.is_some() { "✓" } else { "!" };
        table.row([mark.into(), Cell::new(problem.name.clone()), Cell::new(aim(problem))]);
    }
    format!("{}{}", heading("1  Business problems", screen), table.draw(screen.width))
}

/// What a problem's metric should do, or the question to ask.
fn aim(problem: &ProblemLine) -> String {
    match &problem.metric {
        Some((name, baseline, target, unit)) => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            format!("{name} {} → {}{unit}", written(*baseline), written(*target))
        }
        None => "vague: what are the top things you wish were working better?".to_owned(),
    }
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

/// The chances of a solution, as far as it has them.
fn chances(it: &Assessment) -> String {
    let metric =
        [("metric at its target", it.p_metric), ("feasible", it.p_feasible), ("partial", it.p_partial)];
    let of_metric = metric.into_iter().filter(|_| it.improves);
    let in_time = it.p_in_time.map(|p| ("launch by the deadline", p));
    let all = of_metric.chain([("launch", it.p_launch)]).chain(in_time);
    all.map(|(of, p)| format!("{of} {}", chance(p))).collect::<Vec<_>>().join(", ")
}

fn details(it: &Assessment, report: &ScopeReport, screen: &Screen) -> String {
    let mut table = Table::new("</");
    let money = |value: f64| worth(value, report);
    let mut row = |what: &str, words: String| table.row([Cell::new(what), Cell::new(words)]);
    row("evidence", evidence(it));
    if let Some(it) = &it.readiness {
        row("readiness", readiness(it));
    }
    row("chances", chances(it));
    if let Some([p10, p50, p90]) = it.iterations {
        row("iterations", format!("{p50} in the middle, P10 {p10}, P90 {p90}, where the target is reached"));
    }
    row(
        "cost",
        format!("mean {}, P50 {}, P80 {}", money(it.cost.mean), money(it.cost.p50), money(it.cost.p80)),
    );
    row(
        "worth",
        format!(
            "mean {}, 5 % {}, 50 % {}, 95 % {}; worst twentieth {}",
            money(it.worths.expected),
            money(it.worths.p05),
            money(it.worths.p50),
            money(it.worths.p95),
            money(it.worths.worst_twentieth)
        ),
    );
    row("knowing", format!("that it is feasible is worth up to {}", money(it.worth_of_knowing)));
    row("delay", format!("a month of waiting costs {}", money(it.scores.cost_of_delay)));
    if let Some([p50, p80]) = it.launch {
        row("launch", format!("P50 {}, P80 {}, in runs that launch", stamp(p50), stamp(p80)));
    }
    table.draw(screen.width)
}
