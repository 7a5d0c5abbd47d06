//! `plan check PLAN`

use serde::Serialize;

use crate::cli::arguments::Check;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, check as checked};
use crate::cli::terminal::Terminal;
use crate::text::{DiagnosticJson, Severity};
use crate::view::text;

use super::self_test::self_test;

/// Says everything that is wrong or doubtful about a plan, and if asked how it is read.
pub(in crate::cli) fn check(options: &Check, terminal: &mut Terminal) -> Result<(), Failure> {
    let checked = checked(&options.plan, terminal)?;
    let denied = options.deny.is_some() && checked.report.count(Severity::Warning) > 0;
    let is_bad = checked.report.has_errors() || denied;
    if options.format == "json" {
        terminal.print(&as_json(&checked, is_bad))?;
    } else {
        checked.show(terminal);
        if let Some((plan, network, _)) = checked.plan.as_ref().filter(|_| options.verbose) {
            let screen = terminal.screen(true);
            terminal.print(&format!("{}\n", text::readings(plan, network, &screen)))?;
        }
        if !is_bad {
            terminal.print(&verdict(&checked))?;
        }
        if let Some((plan, network, _)) = checked.plan.as_ref().filter(|_| options.self_test && !is_bad) {
            self_test(plan, network, terminal)?;
        }
    }
    if is_bad { Err(Failure::Plan) } else { Ok(()) }
}

/// `plans/x.toml is sound: 5 milestones, 6 links, 2 scenarios`.
fn verdict(checked: &Checked) -> String {
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let Some((plan, ..)) = &checked.plan else { return String::new() };
    let (milestones, links) = (count(plan.milestones.len(), "milestone"), count(plan.links.len(), "link"));
    let scenarios = count(checked.scenarios.len(), "scenario");
    format!("{} can be run: {milestones}, {links}, {scenarios}\n", checked.name)
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
