//! `plan check PLAN`

use serde::Serialize;

use crate::cli::arguments::Check;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, check as checked};
use crate::cli::terminal::Terminal;
use crate::text::{DiagnosticJson, Severity};
use crate::view::text;
use crate::view::words::counted;

use super::self_test::self_test;
use super::solutions;

/// Says everything that is wrong or doubtful about a plan, and if asked how it is read.
pub(in crate::cli) fn check(options: &Check, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = checked(&options.plan, terminal)?;
    show(&checked, options, terminal, verdict)
}

/// The same of a plan that is to have solutions.
pub(super) fn check_scope(options: &Check, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = checked(&options.plan, terminal)?;
    if let Some((plan, ..)) = &checked.plan {
        solutions::refuse_none(plan)?;
    }
    show(&checked, options, terminal, scope_verdict)
}

fn show(
    checked: &Checked,
    options: &Check,
    terminal: &mut Terminal,
    verdict: fn(&Checked) -> String,
) -> Result<(), Failure> {
    let denied = options.deny.is_some() && checked.report.count(Severity::Warning) > 0;
    let is_bad = checked.report.has_errors() || denied;
    if options.format == "json" {
        terminal.print(&as_json(checked, is_bad))?;
    } else {
        checked.show(terminal);
        if let Some((plan, network, _)) = checked.plan.as_ref().filter(|_| options.verbose) {
            let screen = terminal.screen(true);
            terminal.print(&format!("{}\n", text::readings(plan, network, &screen)))?;
        }
        if !is_bad {
            terminal.print(&verdict(checked))?;
        }
        if let Some((plan, network, _)) = checked.plan.as_ref().filter(|_| options.self_test && !is_bad) {
            self_test(plan, network, terminal)?;
        }
    }
    if is_bad { Err(Failure::Plan) } else { Ok(()) }
}

/// `plans/x.toml is sound: 5 milestones, 6 links, 2 scenarios`.
fn verdict(checked: &Checked) -> String {
    let Some((plan, ..)) = &checked.plan else { return String::new() };
    let (milestones, links) =
        (counted(plan.milestones.len(), "milestone"), counted(plan.links.len(), "link"));
    let scenarios = counted(checked.scenarios.len(), "scenario");
    format!("{} can be run: {milestones}, {links}, {scenarios}\n", checked.name)
}

/// `plans/x.toml can be scoped: 1 problem, 5 metrics, 4 solutions`.
fn scope_verdict(checked: &Checked) -> String {
    let Some((plan, ..)) = &checked.plan else { return String::new() };
    let scoping = &plan.scoping;
    let counts = [
        (scoping.problems.len(), "problem"),
        (scoping.metrics.len(), "metric"),
        (scoping.solutions.len(), "solution"),
    ];
    let counts = counts.map(|(count, word)| counted(count, word)).join(", ");
    format!("{} can be scoped: {counts}\n", checked.name)
}

#[derive(Serialize)]
struct CheckJson {
    schema: &'static str,
    ok: bool,
    errors: usize,
    warnings: usize,
    remarks: usize,
    diagnostics: Vec<DiagnosticJson>,
}

fn as_json(checked: &Checked, is_bad: bool) -> String {
    let report = &checked.report;
    let diagnostics = report.diagnostics().iter().map(|it| DiagnosticJson::new(it, &checked.sources));
    let document = CheckJson {
        schema: "plan.check/1",
        ok: !is_bad,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        remarks: report.count(Severity::Remark),
        diagnostics: diagnostics.collect(),
    };
    let text = serde_json::to_string_pretty(&document);
    text.expect("numbers and strings always serialise") + "\n"
}
