//! `plan scope apply PLAN SOLUTION… [-o FILE]`

use crate::cli::arguments::{Apply, PlanOptions};
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output, STDIN};
use crate::cli::loading::{Draft, Loaded, check_draft, load};
use crate::cli::terminal::Terminal;
use crate::format::{NewLine, with_solutions, with_stop_lines};
use crate::model::SolutionId;
use crate::scope::{Assessment, ScopeReport};
use crate::text::Source;

use super::usual_settings;

/// Writes the plan with only these solutions, once it has been read back as one that can be run.
pub(in crate::cli) fn apply(options: &Apply, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = load(&PlanOptions::plain(&options.plan), terminal)?;
    let chosen = solutions::named(&loaded.plan, &options.solutions)?;
    let source = loaded.reader.sources().get(loaded.reader.plan());
    let written = source.map(Source::text).unwrap_or_default();
    let failure = |error| Failure::call(format!("can't change {}: {error}", options.plan.display()));
    let mut text = with_solutions(written, &loaded.plan, &chosen).map_err(failure)?;
    if options.stop_lines {
        let lines = stop_lines(&loaded, &chosen)?;
        text = with_stop_lines(&text, &lines).map_err(failure)?;
        terminal.remark(&said(&lines));
    }
    let output = options.output.as_deref().filter(|path| path.as_os_str() != STDIN);
    let checked = check_draft(output.unwrap_or(&options.plan), Draft { plan: &text, file: None }, terminal)?;
    if checked.plan.is_none() {
        terminal.insist("nothing is written, for the plan would not stand without the other solutions:\n\n");
        checked.show(terminal);
        return Err(Failure::Plan);
    }
    let Some(path) = output else { return terminal.print(&text) };
    files::write(&[Output::new(path, text)], options.force)?;
    terminal.remark(&format!("wrote {0}; next: plan {0}\n", path.display()));
    Ok(())
}

/// The stop lines of these solutions that are worth having.
fn stop_lines(loaded: &Loaded, chosen: &[SolutionId]) -> Result<Vec<NewLine>, Failure> {
    let plan = &loaded.plan;
    let report = ScopeReport::of(plan, &usual_settings());
    let report = report.map_err(|error| Failure::call(error.to_string()))?;
    let is_kept = plan.solutions_with(chosen);
    let kept = report.solutions.iter().filter(|it| is_kept[it.id.index()]);
    let line = |it: &Assessment| {
        let (_, metric, _) = it.stop.filter(|(line, ..)| line.gain > 0.0)?;
        let milestone = plan.milestones_of(it.id).find(|&id| plan[id].improve.is_some())?;
        Some(NewLine { milestone: plan[milestone].key.clone(), metric: rounded(metric) })
    };
    Ok(kept.filter_map(line).collect())
}

/// With four significant digits: a line that the runs don't know better.
fn rounded(metric: f64) -> f64 {
    format!("{metric:.3e}").parse().unwrap_or(metric)
}

fn said(lines: &[NewLine]) -> String {
    if lines.is_empty() {
        return "no stop line is worth having\n".to_owned();
    }
    lines.iter().map(|line| format!("stop line of {}: {}\n", line.milestone, line.metric)).collect()
}
