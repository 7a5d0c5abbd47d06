//! `plan diff A B`

use crate::check;
use crate::cli::address::{Address, Names};
use crate::cli::arguments::{Diff as Options, Format, PlanOptions};
use crate::cli::failure::Failure;
use crate::cli::loading::{Counted, Loaded, load_beside, load_next};
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::{Diff, DiffTrace};
use crate::format::difference::{Step, Steps, steps};
use crate::model::Plan;
use crate::network::Network;
use crate::view::text::Screen;
use crate::view::{csv, json, markdown, text};

use super::folder::Folder;

/// Says what changed from one plan to another, and what each change did.
pub(in crate::cli) fn diff(options: &Options, terminal: &mut Terminal) -> Result<(), Failure> {
    let addresses = [Address::of(&options.before), Address::of(&options.after)];
    let [before, after] = addresses.clone().map(|Address { plan, scenario }| PlanOptions {
        plan,
        scenario,
        changes: options.changes.clone(),
    });
    let mut counted = Counted::default();
    let before = load_next(&before, &mut counted, terminal)?;
    let after = load_beside(&before.reader, &after, &mut counted, terminal)?;
    let names = Names::of(&addresses);
    let labels =
        [names.label(&addresses[0], &before.plan.name), names.label(&addresses[1], &after.plan.name)];
    let diff = walked(&before, &after, &labels, options, terminal)?;
    if let Some(path) = &options.folder.output {
        folder(&diff).write(path, options.folder.force, terminal)?;
    }
    terminal.print(&match options.format {
        Format::Text => text::diff(&diff, &terminal.screen(false)),
        Format::Json => json::diff(&diff),
        Format::Csv => csv::diff(&diff),
        Format::Md => markdown::diff(&diff),
    })
}

/// Makes one change after the other, and simulates the plan after each.
fn walked(
    before: &Loaded,
    after: &Loaded,
    [before_label, after_label]: &[String; 2],
    options: &Options,
    terminal: &Terminal,
) -> Result<Diff, Failure> {
    let sources = after.reader.sources();
    let examine = |plan: &Plan| match Network::of(plan) {
        Ok(_) => Vec::new(),
        Err(error) => check::no_network(plan, &error),
    };
    let way = steps(sources, before.reader.plan(), before.reader.side(), after.reader.side(), &examine);
    let Steps { first, steps, rewritten } = way.ok_or(Failure::Plan)?;
    let first = run(first, |plan, network| Run::new(plan, network, options.run, terminal))?;
    let mut trace = DiffTrace::at(first.contender(before_label));
    let mut last = None;
    for Step { changes, plan } in steps {
        let next =
            plan.map(|plan| run(plan, |plan, network| first.next(plan, network, terminal))).transpose()?;
        trace.step(changes, next.as_ref().map(|run| (&run.plan, &run.network, &run.samples)));
        last = next.or(last);
    }
    Ok(trace.end(last.as_ref().unwrap_or(&first).contender(after_label), rewritten))
}

/// Simulates a plan that was found sound.
fn run(plan: Plan, simulate: impl FnOnce(Plan, Network) -> Run) -> Result<Run, Failure> {
    let network = Network::of(&plan).map_err(|_| Failure::Plan)?;
    Ok(simulate(plan, network))
}

/// The difference in every form.
fn folder(diff: &Diff) -> Folder {
    let mut folder = Folder::default();
    folder.text("diff.txt", text::diff(diff, &Screen::default()));
    folder.text("diff.json", json::diff(diff));
    folder.text("diff.csv", csv::diff(diff));
    folder.text("diff.md", markdown::diff(diff));
    folder
}
