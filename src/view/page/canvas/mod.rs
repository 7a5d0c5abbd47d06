//! One solution on one page, to hand to whoever owns the product.

mod about;
mod way;

use std::fmt::Write as _;

use crate::model::{Solution, SolutionId};
use crate::scope::decision::Decision;
use crate::scope::{Canvas, CanvasTake};
use crate::view::decisions::{changes, reason, worth};
use crate::view::markdown::{plain, table_of_words};
use crate::view::scoping::{capital, chance, written};
use crate::view::words::{run, stamp};

use about::{data, evidence, metric, problem, value};
use way::{integration, risks, skills};

/// The page: the decision first, then what it rests on.
pub fn canvas(canvas: &Canvas<'_>) -> String {
    let solution = &canvas.plan.scoping[canvas.own.id];
    let mut text = format!("# {}\n\n{}", plain(&solution.name), headline(canvas));
    let sections = [
        ("Problem", problem(canvas.plan, solution)),
        ("Value proposition", value(canvas, solution)),
        (
            "Output metric",
            solution.metric.map_or(String::new(), |id| metric(&canvas.plan.scoping[id], solution)),
        ),
        ("Data", data(canvas, solution)),
        ("Evidence", evidence(canvas, solution)),
        ("Integration", integration(canvas)),
        ("Skills", skills(canvas)),
        ("Risks", risks(canvas)),
        ("Cost and revenue", money(canvas)),
        ("Decision", decision(canvas, solution)),
    ];
    for (title, body) in sections.iter().filter(|(_, body)| !body.is_empty()) {
        let _ = write!(text, "\n## {title}\n\n{body}");
    }
    let report = canvas.report;
    let runs = run(report.iterations, "mc", report.seed);
    let _ = writeln!(
        text,
        "\n{} · {runs}. Value factors dominate: their error is larger than that of the simulation.",
        plain(&report.plan)
    );
    text
}

/// `**Fund.** …` and the figures to remember.
fn headline(canvas: &Canvas<'_>) -> String {
    let (own, report) = (canvas.own, canvas.report);
    // That a funded solution gains is said by its figures.
    let why = own.reasons.first().filter(|_| own.decision != Decision::Fund);
    let why = why.map_or(String::new(), |one| format!(": {}", plain(&reason(one, report))));
    let by = own.launch.map_or(String::new(), |[_, p80]| format!(", by {} at P80", stamp(p80)));
    format!(
        "**{}{why}.** {} chance of a launch{by}; costs {} at P80; worth {} in the mean; {} chance to gain.\n",
        capital(own.decision.word()),
        chance(own.p_launch),
        worth(own.cost.p80, report),
        worth(own.worths.expected, report),
        chance(own.worths.p_gain)
    )
}

fn money(canvas: &Canvas<'_>) -> String {
    let (own, report) = (canvas.own, canvas.report);
    let shown = |value: f64| worth(value, report);
    let mut rows = vec![vec![
        "cost to the launch, launch included".to_owned(),
        format!("P50 {}, P80 {}", shown(own.cost.p50), shown(own.cost.p80)),
    ]];
    if let Some(value) = &canvas.plan.scoping[own.id].value {
        rows.push(vec!["of it the launch".to_owned(), shown(value.launch_cost.0)]);
        rows.push(vec!["running it, a year".to_owned(), shown(value.run_cost_per_year.0)]);
        rows.push(vec!["value of a year, in the middle".to_owned(), shown(own.yearly_value)]);
    }
    let horizon = written(canvas.plan.scoping.terms.horizon_months);
    rows.push(vec![
        format!("net present value over {horizon} months"),
        format!(
            "{} expected; {} at 5 %, {} at 95 %",
            shown(own.worths.expected),
            shown(own.worths.p05),
            shown(own.worths.p95)
        ),
    ]);
    rows.push(vec!["chance to gain".to_owned(), chance(own.worths.p_gain)]);
    rows.push(vec!["a month of waiting costs".to_owned(), shown(own.scores.cost_of_delay)]);
    table_of_words(&["", ""], &rows)
}

fn decision(canvas: &Canvas<'_>, solution: &Solution) -> String {
    let own = canvas.own;
    let chances = if own.improves {
        let [target, minimum] = [own.p_feasible, own.p_partial].map(chance);
        format!("{target} chance of the target, {minimum} of the minimum only")
    } else {
        format!("{} chance of a launch", chance(own.p_launch))
    };
    let mut lines = vec![format!("{}: {chances}", own.decision.word())];
    lines.extend(own.reasons.iter().map(|one| reason(one, canvas.report)));
    lines.extend(changes(own));
    let name = |id: SolutionId| canvas.plan.scoping[id].name.as_str();
    if !solution.depends.is_empty() {
        let needs: Vec<&str> = solution.depends.iter().map(|&id| name(id)).collect();
        lines.push(format!("needs {}", needs.join(", ")));
    }
    lines.extend(solution.fallback.map(|id| format!("if it fails: {}", name(id))));
    listed(&lines)
}
/// What it takes of some resources.
fn takes<'a>(
    canvas: &'a Canvas<'_>,
    keep: impl Fn(&CanvasTake) -> bool + 'a,
) -> impl Iterator<Item = &'a CanvasTake> {
    canvas.takes.iter().filter(move |take| keep(take))
}

fn listed(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {}\n", plain(line))).collect()
}
