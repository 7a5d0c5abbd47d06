//! `plan compare PLAN[@SCENARIO]…`

use std::path::{Path, PathBuf};

use crate::cli::arguments::{Compare, Format, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::loading::{Loaded, load, scenarios};
use crate::cli::mark;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::{Comparison, Contender};
use crate::view::text::Screen;
use crate::view::{chart, csv, json, markdown, text};

use super::folder::Folder;
use super::rendering::rendered;

/// The most columns that are set side by side.
const MOST_COLUMNS: usize = 12;
/// Pixels of a PNG for each of the picture.
const SCALE: f32 = 2.0;

/// A plan and one of its scenarios.
struct Choice {
    plan: PathBuf,
    scenario: Option<String>,
}

/// Sets plans and scenarios side by side.
pub(in crate::cli) fn compare(options: &Compare, terminal: &mut Terminal) -> Result<(), Failure> {
    let choices = choices(options, terminal)?;
    let many_files = choices.iter().any(|choice| choice.plan != choices[0].plan);
    let mut runs = Vec::new();
    for choice in &choices {
        let plan = PlanOptions {
            plan: choice.plan.clone(),
            scenario: choice.scenario.clone(),
            changes: options.changes.clone(),
        };
        let Loaded { plan, network, description, .. } = load(&plan, terminal)?;
        runs.push((label(choice, many_files), description, Run::new(plan, network, options.run, terminal)));
    }
    let contenders: Vec<Contender<'_>> = runs
        .iter()
        .map(|(label, description, run)| Contender {
            label,
            description: description.as_deref(),
            plan: &run.plan,
            network: &run.network,
            samples: &run.samples,
        })
        .collect();
    let comparison = Comparison::of(&contenders);
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
    for extension in FORMS {
        folder.text(&format!("comparison.{extension}"), form(comparison, extension));
    }
    folder.write(path, force, terminal)
}

/// The columns that the words on the command line ask for.
fn choices(options: &Compare, terminal: &mut Terminal) -> Result<Vec<Choice>, Failure> {
    let mut choices = Vec::new();
    for word in &options.plans {
        let (plan, scenario) = split(word);
        let all = scenario.as_deref() == Some("*") || (scenario.is_none() && options.plans.len() == 1);
        if !all {
            choices.push(Choice { plan, scenario });
            continue;
        }
        let names = scenarios(&plan, &options.changes, terminal)?;
        choices.push(Choice { plan: plan.clone(), scenario: None });
        choices.extend(names.into_iter().map(|name| Choice { plan: plan.clone(), scenario: Some(name) }));
    }
    match choices.len() {
        1 => Err(Failure::call("there is nothing to compare with: the plan has no scenarios")
            .help("name a second plan, or write a [scenario] into this one")),
        2..=MOST_COLUMNS => Ok(choices),
        many => Err(Failure::call(format!(
            "{many} columns are more than the {MOST_COLUMNS} that fit side by side"
        ))
        .help("name the scenarios that matter: PLAN@SCENARIO PLAN@SCENARIO …")),
    }
}

/// A file and the scenario after its last `@`; a file that has an `@` in its own name is a file.
fn split(word: &std::path::Path) -> (PathBuf, Option<String>) {
    let parts = word.to_str().filter(|_| !word.exists()).and_then(|text| text.rsplit_once('@'));
    match parts {
        Some((plan, scenario)) if !plan.is_empty() => (plan.into(), Some(scenario.to_owned())),
        _ => (word.to_path_buf(), None),
    }
}

/// The scenario, with the file's stem where there are several files.
fn label(choice: &Choice, many_files: bool) -> String {
    let scenario = choice.scenario.as_deref();
    if !many_files {
        return scenario.unwrap_or("base").to_owned();
    }
    let stem = choice.plan.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    scenario.map_or(stem.clone(), |scenario| format!("{stem}@{scenario}"))
}
