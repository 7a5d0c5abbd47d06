//! `plan compare PLAN[@SCENARIO]…`

use std::path::{Path, PathBuf};

use crate::cli::address::{Address, Names};
use crate::cli::arguments::{Changes, Compare, Format, PlanOptions, RunOptions};
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::loading::{Counted, Loaded, load, load_next, scenarios};
use crate::cli::mark;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::{Comparison, Contender};
use crate::model::Plan;
use crate::view::text::Screen;
use crate::view::{chart, csv, json, markdown, text};

use super::folder::Folder;
use super::kinds::{KINDS, Make};
use super::rendering::rendered;
use super::solutions;

/// The most columns that are set side by side.
const MOST_COLUMNS: usize = 12;
/// Pixels of a PNG for each of the picture.
const SCALE: f32 = 2.0;

/// A plan or scenario that was run.
struct Column {
    label: String,
    description: Option<String>,
    changes: Option<String>,
    run: Run,
}

impl Column {
    fn contender(&self) -> Contender<'_> {
        let (description, changes) = (self.description.as_deref(), self.changes.as_deref());
        Contender { description, changes, ..self.run.contender(&self.label) }
    }
}

/// Sets plans and scenarios side by side.
pub(in crate::cli) fn compare(options: &Compare, terminal: &mut Terminal) -> Result<(), Failure> {
    let Compare { plans, solutions, changes, run, .. } = options;
    let comparison = match solutions.is_empty() {
        true => compared(plans, changes, *run, terminal)?,
        false => compared_solutions(plans, solutions, changes, *run, terminal)?,
    };
    if let Some(path) = &options.output {
        write(&comparison, path, options.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::comparison(&comparison, &terminal.screen(false)),
        Format::Json => json::comparison(&comparison),
        Format::Csv => csv::comparison(&comparison),
        Format::Md => markdown::comparison(&comparison),
    })
}

/// The comparison of the plans and scenarios that some words name; of a single plan, all its scenarios.
pub(super) fn compared(
    plans: &[PathBuf],
    changes: &Changes,
    run: RunOptions,
    terminal: &mut Terminal,
) -> Result<Comparison, Failure> {
    let choices = choices(plans, changes, terminal)?;
    let names = Names::of(&choices);
    let mut counted = Counted::default();
    let mut runs: Vec<Column> = Vec::new();
    for choice in &choices {
        let Address { plan, scenario } = choice.clone();
        let options = PlanOptions { plan, scenario, changes: changes.clone() };
        let Loaded { plan, network, description, changes, .. } = load_next(&options, &mut counted, terminal)?;
        let label = names.label(choice, &plan.name);
        let run = match runs.first() {
            None => Run::new(plan, network, run, terminal),
            Some(first) => first.run.next(plan, network, terminal),
        };
        runs.push(Column { label, description, changes, run });
    }
    Ok(side_by_side(&runs))
}

fn side_by_side(columns: &[Column]) -> Comparison {
    Comparison::of(&columns.iter().map(Column::contender).collect::<Vec<_>>())
}

/// The comparison of solutions of one plan, each column without all others.
fn compared_solutions(
    plans: &[PathBuf],
    solutions: &[String],
    changes: &Changes,
    run: RunOptions,
    terminal: &mut Terminal,
) -> Result<Comparison, Failure> {
    let [word] = plans else {
        return Err(Failure::call("solutions of one plan are compared")
            .help("name one plan, perhaps with a scenario: `plan compare PLAN@SCENARIO --solutions a,b`"));
    };
    refuse_columns(solutions.len(), "name a second solution: `--solutions a,b`")?;
    let Address { plan, scenario } = Address::of(word);
    let loaded = load(&PlanOptions { plan, scenario, changes: changes.clone() }, terminal)?;
    let mut runs: Vec<Column> = Vec::new();
    for label in solutions {
        let names: Vec<&str> = label.split('+').map(str::trim).collect();
        let (plan, network) = solutions::alone(&loaded.plan, &names)?;
        // The columns say which solutions they are.
        let plan = Plan { name: loaded.plan.name.clone(), ..plan };
        let run = match runs.first() {
            None => Run::new(plan, network, run, terminal),
            Some(first) => first.run.next(plan, network, terminal),
        };
        runs.push(Column { label: names.join(" + "), description: None, changes: None, run });
    }
    Ok(side_by_side(&runs))
}

/// The endings of file names that ask for one form.
const FORMS: [&str; 5] = ["txt", "json", "csv", "md", "svg"];

/// The comparison in a form by the ending of its file's name.
fn form(comparison: &Comparison, extension: &str) -> String {
    match extension {
        "json" => json::comparison(comparison),
        "csv" => csv::comparison(comparison),
        "md" => markdown::comparison(comparison),
        "svg" => chart::comparison(comparison),
        _ => text::comparison(comparison, &Screen { width: 160, ..Screen::default() }),
    }
}

/// Writes one form into a file that is named like one, else all forms into a folder.
fn write(comparison: &Comparison, path: &Path, force: bool, terminal: &mut Terminal) -> Result<(), Failure> {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    let extension = extension.as_str();
    if (extension == "png" || FORMS.contains(&extension)) && !path.is_dir() {
        let bytes = match extension {
            "png" => rendered(&chart::comparison(comparison), SCALE, terminal)?,
            _ => mark::marked(extension, form(comparison, extension)).into_bytes(),
        };
        return files::write(&[Output::new(path, bytes)], force);
    }
    let mut folder = Folder::default();
    // The picture is one of the kinds.
    for extension in FORMS.into_iter().filter(|extension| *extension != "svg") {
        folder.text(&format!("comparison.{extension}"), form(comparison, extension));
    }
    for kind in KINDS {
        let Make::Comparison(make) = kind.make else { continue };
        if let Some(made) = make(comparison) {
            folder.text(&format!("{}.{}", kind.name, kind.extension), made);
        }
    }
    folder.write(path, force, terminal)
}

/// The columns that the words on the command line ask for.
fn choices(plans: &[PathBuf], changes: &Changes, terminal: &mut Terminal) -> Result<Vec<Address>, Failure> {
    let mut choices = Vec::new();
    for word in plans {
        let Address { plan, scenario } = Address::of(word);
        let all = scenario.as_deref() == Some("*") || (scenario.is_none() && plans.len() == 1);
        if !all {
            choices.push(Address { plan, scenario });
            continue;
        }
        let names = scenarios(&plan, changes, terminal)?;
        choices.push(Address { plan: plan.clone(), scenario: None });
        choices.extend(names.into_iter().map(|name| Address { plan: plan.clone(), scenario: Some(name) }));
    }
    if let Some(twice) = (1..choices.len()).find(|&at| choices[..at].contains(&choices[at])) {
        let Address { plan, scenario } = &choices[twice];
        let scenario = scenario.as_deref().unwrap_or("base");
        return Err(Failure::call(format!("`{scenario}` of {} is named twice", plan.display()))
            .help("each column is a plan or scenario of its own"));
    }
    let help = "name a second plan, or write a [scenario] into this one";
    refuse_columns(choices.len(), help)?;
    Ok(choices)
}

/// Ends the command if there is nothing to compare, or too much.
fn refuse_columns(count: usize, help: &str) -> Result<(), Failure> {
    match count {
        0 | 1 => Err(Failure::call("there is nothing to compare with").help(help)),
        2..=MOST_COLUMNS => Ok(()),
        many => Err(Failure::call(format!(
            "{many} columns are more than the {MOST_COLUMNS} that fit side by side"
        ))
        .help("name those that matter: PLAN@SCENARIO PLAN@SCENARIO …, or `--solutions a,b`")),
    }
}
