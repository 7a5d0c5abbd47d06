//! `plan scope PLAN`

use crate::cli::arguments::{Format, PlanOptions, ScopeReportOptions};
use crate::cli::command::folder::Folder;
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::loading::load;
use crate::cli::terminal::Terminal;
use crate::scope::ScopeReport;
use crate::view::text::Screen;
use crate::view::{csv, json, page, text};

use super::{assessed, pictures};

/// Says what to do at all: feasibility, value, what to fund.
pub(super) fn report(options: &ScopeReportOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let Some(plan) = options.plan.clone() else {
        return Err(Failure::call("a plan is needed")
            .help("like `plan scope plan.toml`, or `plan scope extrapolate --history FILE --target VALUE`"));
    };
    let plan = PlanOptions {
        plan,
        scenario: options.scenario.clone(),
        changes: options.terms.onto(&options.changes),
    };
    let loaded = load(&plan, terminal)?;
    solutions::refuse_none(&loaded.plan)?;
    let one = options.solution.as_ref().map(|key| solutions::one(&loaded.plan, key)).transpose()?;
    let report = assessed(&loaded, options.run)?;
    let one = one.map(|id| &report.solutions[id.index()]);
    if let Some(path) = &options.folder.output {
        let mut folder = Folder::default();
        let wide = Screen { width: 120, all: true, ..Screen::default() };
        folder.text("scope.txt", as_text(&report, options.scores, &wide));
        folder.text("scope.json", json::scope(&report));
        folder.text("scope.md", as_page(&report, options.scores));
        folder.text("scope.csv", csv::scope(&report));
        pictures::add(&mut folder, &loaded.plan, &report, one, options.y.into());
        folder.write(path, options.folder.force, terminal)?;
    }
    let screen = terminal.screen(false);
    terminal.print(&match (options.format, one) {
        (Format::Text, Some(one)) => text::solution(&report, one, &screen),
        (Format::Text, None) => as_text(&report, options.scores, &screen),
        (Format::Json, _) => json::scope(&report),
        (Format::Csv, _) => csv::scope(&report),
        (Format::Md, _) => as_page(&report, options.scores),
    })
}

fn as_text(report: &ScopeReport, has_scores: bool, screen: &Screen) -> String {
    let scores = if has_scores { text::scores(report, screen) } else { String::new() };
    text::scope(report, screen) + &scores
}

fn as_page(report: &ScopeReport, has_scores: bool) -> String {
    let scores = if has_scores { page::scores(report) } else { String::new() };
    page::scope(report) + &scores
}
