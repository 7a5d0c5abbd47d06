//! `plan compare PLAN[@SCENARIO]…`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Compare, Format, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output, STDIN};
use crate::cli::loading::{Counted, Loaded, load_next, scenarios};
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
#[derive(PartialEq)]
struct Choice {
    plan: PathBuf,
    scenario: Option<String>,
}

/// Sets plans and scenarios side by side.
pub(in crate::cli) fn compare(options: &Compare, terminal: &mut Terminal) -> Result<(), Failure> {
    let choices = choices(options, terminal)?;
    let names = Names::of(&choices);
    let mut counted = Counted::default();
    let mut runs = Vec::new();
    for choice in &choices {
        let plan = PlanOptions {
            plan: choice.plan.clone(),
            scenario: choice.scenario.clone(),
            changes: options.changes.clone(),
        };
        let Loaded { plan, network, description, .. } = load_next(&plan, &mut counted, terminal)?;
        let label = names.label(choice, &plan.name);
        runs.push((label, description, Run::new(plan, network, options.run, terminal)));
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
        let scenario = scenario.filter(|name| name != "base");
        let all = scenario.as_deref() == Some("*") || (scenario.is_none() && options.plans.len() == 1);
        if !all {
            choices.push(Choice { plan, scenario });
            continue;
        }
        let names = scenarios(&plan, &options.changes, terminal)?;
        choices.push(Choice { plan: plan.clone(), scenario: None });
        choices.extend(names.into_iter().map(|name| Choice { plan: plan.clone(), scenario: Some(name) }));
    }
    if let Some(twice) = (1..choices.len()).find(|&at| choices[..at].contains(&choices[at])) {
        let Choice { plan, scenario } = &choices[twice];
        let scenario = scenario.as_deref().unwrap_or("base");
        return Err(Failure::call(format!("`{scenario}` of {} is named twice", plan.display()))
            .help("each column is a plan or scenario of its own"));
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

/// How columns are told apart.
enum Names {
    /// All are of one plan: by their scenarios.
    Scenarios,
    /// By the stems of their files.
    Stems,
    /// By their files, of which some have the same stem.
    Paths,
}

impl Names {
    fn of(choices: &[Choice]) -> Self {
        let files: BTreeSet<_> = choices.iter().map(|choice| choice.plan.as_path()).collect();
        let stems: BTreeSet<_> = files.iter().map(|file| file.file_stem()).collect();
        match (files.len(), stems.len()) {
            (1, _) => Self::Scenarios,
            (files, stems) if files == stems => Self::Stems,
            _ => Self::Paths,
        }
    }

    /// The words above a column; standard input goes by the name of its plan.
    fn label(&self, choice: &Choice, plan: &str) -> String {
        let scenario = choice.scenario.as_deref();
        let file = match self {
            Self::Scenarios => return scenario.unwrap_or("base").to_owned(),
            _ if choice.plan.as_os_str() == STDIN => plan.to_owned(),
            Self::Stems => choice.plan.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            Self::Paths => choice.plan.display().to_string(),
        };
        scenario.map_or(file.clone(), |scenario| format!("{file}@{scenario}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_have_one_name() {
        for (words, expected) in [
            (&["x.toml", "x.toml@lean"][..], &["base", "lean"][..]),
            (&["a/x.toml", "a/y.toml@lean"], &["x", "y@lean"]),
            (&["a/x.toml", "b/x.toml"], &["a/x.toml", "b/x.toml"]),
            (&["-", "x.toml"], &["My plan", "x"]),
            (&["-", "-@lean"], &["base", "lean"]),
        ] {
            let choices: Vec<Choice> = words
                .iter()
                .map(|word| split(std::path::Path::new(word)))
                .map(|(plan, scenario)| Choice { plan, scenario })
                .collect();
            let names = Names::of(&choices);
            let labels: Vec<String> = choices.iter().map(|choice| names.label(choice, "My plan")).collect();
            assert_eq!(labels, expected);
        }
    }
}
