//! `plan compare PLAN[@SCENARIO]…`

use std::path::PathBuf;

use crate::cli::arguments::{Compare, Format, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::{Loaded, load, scenarios};
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::{Comparison, Contender};
use crate::view::text::Screen;
use crate::view::{chart, csv, json, markdown, text};

use super::folder::Folder;

/// The most columns that are set side by side.
const MOST_COLUMNS: usize = 12;

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
    if let Some(path) = &options.folder.output {
        let mut folder = Folder::default();
        folder.text(
            "comparison.txt",
            text::comparison(&comparison, &Screen { width: 160, ..Screen::default() }),
        );
        folder.text("comparison.json", json::comparison(&comparison));
        folder.text("comparison.csv", csv::comparison(&comparison));
        folder.text("comparison.md", markdown::comparison(&comparison));
        folder.text("comparison.svg", chart::comparison(&comparison));
        folder.write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::comparison(&comparison, &terminal.screen(false)),
        Format::Json => json::comparison(&comparison),
        Format::Csv => csv::comparison(&comparison),
        Format::Md => markdown::comparison(&comparison),
    })
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
