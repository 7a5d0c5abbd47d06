//! `plan export KIND PLAN [-o FILE]`

use std::path::Path;

use crate::cli::arguments::{Export, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::loading::load;
use crate::cli::mark;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::Aim;
use crate::units::Instant;

use super::compare::compared;
use super::kinds::{KINDS, Kind, Make};
use super::optimise::cheapest;
use super::rendering::rendered;
use super::scope::assessed;
use super::solutions::narrowed;

/// Writes one picture or table.
pub(in crate::cli) fn export(options: &Export, terminal: &mut Terminal) -> Result<(), Failure> {
    let (Some(name), Some(plan), false) = (&options.kind, &options.plan, options.list) else {
        return terminal.print(&list());
    };
    let kind = KINDS.iter().find(|kind| kind.name == name);
    let kind =
        kind.ok_or_else(|| Failure::call(format!("no kind of picture or table is called `{name}`")))?;
    if options.by.is_some() && !matches!(kind.make, Make::CashFlow(_)) {
        let refused = Failure::call(format!("`{name}` has no periods"));
        return Err(refused.help("`--by` belongs to `cashflow` and `cashflow-data`"));
    }
    if !options.only.solution.is_empty() && matches!(kind.make, Make::Comparison(_) | Make::Scope(_)) {
        return Err(Failure::call(format!("`{name}` is about the whole plan: it takes no `--solution`")));
    }
    let as_png = wants_png(kind, options.output.as_deref())?;
    let made = made(kind, plan, options, terminal)?;
    let made = made.ok_or_else(|| {
        let lacks =
            if matches!(kind.make, Make::Scope(_)) { "has a single solution" } else { "costs nothing" };
        Failure::call(format!("there is no `{name}` of a plan that {lacks}"))
    })?;
    let bytes = if as_png {
        rendered(&made, options.scale, terminal)?
    } else {
        mark::marked(kind.extension, made).into_bytes()
    };
    match &options.output {
        Some(path) => files::write(&[Output::new(path, bytes)], options.force),
        // Without a name it is no PNG, so it is text.
        None => terminal.print(&String::from_utf8_lossy(&bytes)),
    }
}

/// The picture or table of a plan; of all its scenarios, where the kind is about those.
fn made(
    kind: &Kind,
    plan: &Path,
    options: &Export,
    terminal: &mut Terminal,
) -> Result<Option<String>, Failure> {
    if let Make::Comparison(make) = kind.make {
        if options.scenario.is_some() {
            let refused = Failure::call(format!("`{}` shows all scenarios", kind.name));
            return Err(refused.help("`plan compare PLAN PLAN@SCENARIO -o DIR` draws some of them"));
        }
        let plans = [plan.to_path_buf()];
        return Ok(make(&compared(&plans, &options.changes, options.run, terminal)?));
    }
    let plan = PlanOptions {
        plan: plan.to_path_buf(),
        scenario: options.scenario.clone(),
        changes: options.changes.clone(),
    };
    let loaded = narrowed(load(&plan, terminal)?, &options.only)?;
    if let Make::Optimisation(make) = kind.make {
        return Ok(Some(make(&cheapest(&loaded, &Aim::default(), options.run, terminal)?)));
    }
    if let Make::Scope(make) = kind.make {
        return Ok(make(&assessed(&loaded, options.run)?));
    }
    let run = Run::new(loaded.plan, loaded.network, options.run, terminal);
    Ok(match kind.make {
        Make::Forecast(make) => make(&run, &run.forecast(), options.today.map(Instant::midnight)),
        Make::CashFlow(make) => run.cashflow(options.by.unwrap_or_default().into()).as_ref().map(make),
        Make::Drivers(make) => make(&run.drivers(false)),
        Make::Comparison(_) | Make::Optimisation(_) | Make::Scope(_) => None,
    })
}

/// Whether the file's name asks for PNG; refuses names that ask for what the kind is not.
fn wants_png(kind: &Kind, output: Option<&Path>) -> Result<bool, Failure> {
    let extension = output.and_then(Path::extension).map(|it| it.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("png") if kind.extension == "svg" => Ok(true),
        Some(known @ ("svg" | "png" | "csv" | "json" | "md" | "txt" | "html" | "pdf" | "toml"))
            if known != kind.extension =>
        {
            let forms = if kind.extension == "svg" { ".svg or .png" } else { kind.extension };
            Err(Failure::call(format!("`{}` can't be written as .{known}", kind.name))
                .help(format!("name the file {forms}")))
        }
        _ => Ok(false),
    }
}

fn list() -> String {
    let width = KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
    KINDS.iter().map(|kind| format!("{:width$}  {:4}  {}\n", kind.name, kind.extension, kind.about)).collect()
}
