//! `plan scope history PLAN SOLUTION --add 6,0.801`

use std::path::{Path, PathBuf};

use crate::cli::arguments::{History, PlanOptions};
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output, STDIN};
use crate::cli::loading::{Checked, Draft, check, check_draft};
use crate::cli::revision::Revision;
use crate::cli::terminal::Terminal;
use crate::format::{NewPoint, csv_with_points, history_file, with_points};
use crate::model::{EffortUnit, Plan, SolutionId};
use crate::scope::Update;
use crate::view::text;

use super::extrapolate::failure;

/// Appends measurements to the history of a solution, where it is kept, and says what they change.
pub(super) fn history(options: &History, terminal: &mut Terminal) -> Result<(), Failure> {
    if Revision::is_named_by(&options.plan) {
        return Err(Failure::call(format!(
            "{} is of the past, which does not change",
            options.plan.display()
        ))
        .help("name the file of today"));
    }
    let before = check(&PlanOptions::plain(&options.plan), terminal)?;
    if let Some((plan, ..)) = &before.plan {
        let id = solutions::one(plan, &options.solution)?;
        refuse_wrong_units(plan, id, &options.add)?;
    }
    let kept = Kept::with(&before, options)?;
    let after = check_draft(&options.plan, kept.draft(), terminal)?;
    let Some((plan, ..)) = &after.plan else {
        return Err(refuse(&before, &after, terminal));
    };
    let id = solutions::one(plan, &options.solution)?;
    // A plan that lacks nothing but this history can be read only with it.
    let update = Update::of(before.plan.as_ref().map(|(plan, ..)| plan), plan, id);
    let range = plan.scoping[id].metric.map_or((0.0, 1.0), |metric| plan.scoping[metric].range);
    let update = update.map_err(|error| failure(&error, &options.plan, range))?;
    let said = text::measured(&plan.scoping[id], update.as_ref(), &terminal.screen(false));
    if options.plan.as_os_str() == STDIN {
        terminal.print(kept.text())?;
        terminal.remark(&said);
        return Ok(());
    }
    // The user asks for this very file to be changed.
    files::write(&[Output::new(kept.path(&options.plan), kept.text())], true)?;
    terminal.print(&said)
}

/// Says what is wrong: with the plan as it is, if that could not be read, else with the addition.
fn refuse(before: &Checked, after: &Checked, terminal: &mut Terminal) -> Failure {
    if before.plan.is_none() {
        before.show(terminal);
    } else {
        terminal.insist("nothing is written, for the plan could not be read with it:\n\n");
        after.show(terminal);
    }
    Failure::Plan
}

/// A history that counts in dates is added to with dates, and another is not.
fn refuse_wrong_units(plan: &Plan, id: SolutionId, points: &[NewPoint]) -> Result<(), Failure> {
    let solution = &plan.scoping[id];
    let is_dated = match &solution.evidence.history {
        Some(history) => history.unit == EffortUnit::Date,
        // The first point says what a new history counts in.
        None => points.first().is_some_and(|point| point.is_date),
    };
    if points.iter().all(|point| point.is_date == is_dated) {
        return Ok(());
    }
    let (words, help) = if is_dated {
        ("counts in dates", "like `--add 2027-03-01,0.801`")
    } else {
        ("does not count in dates", "say the effort, like `--add 6,0.801`")
    };
    Err(Failure::call(format!("the history of `{}` {words}", solution.key)).help(help))
}

/// The document that keeps a history, with what is new.
enum Kept {
    /// The plan itself.
    Plan(String),
    /// A CSV file that the plan names, beside the plan as it is.
    File { plan: String, name: String, text: String },
}

impl Kept {
    /// The document with the points that are asked for.
    fn with(before: &Checked, options: &History) -> Result<Self, Failure> {
        let plan = before.text();
        let failure = |error| Failure::call(format!("can't change {}: {error}", options.plan.display()));
        // What is no TOML is shown with the errors of the plan.
        let Some(name) = history_file(plan, &options.solution).unwrap_or_default() else {
            let text = with_points(plan, &options.solution, &options.add);
            return match text {
                Err(_) if before.plan.is_none() => Ok(Self::Plan(plan.to_owned())),
                text => text.map(Self::Plan).map_err(failure),
            };
        };
        let text = csv_with_points(before.file(&name), &options.add);
        Ok(Self::File { plan: plan.to_owned(), name, text })
    }

    fn draft(&self) -> Draft<'_> {
        match self {
            Self::Plan(plan) => Draft { plan, file: None },
            Self::File { plan, name, text } => Draft { plan, file: Some((name, text)) },
        }
    }

    fn text(&self) -> &str {
        let (Self::Plan(text) | Self::File { text, .. }) = self;
        text
    }

    /// Where it is written.
    fn path(&self, plan: &Path) -> PathBuf {
        match self {
            Self::Plan(_) => plan.to_path_buf(),
            Self::File { name, .. } => plan.with_file_name(name),
        }
    }
}
