//! `plan simulate PLAN --shard K/N -o PART`

use crate::cli::arguments::{Shard, Simulate};
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::loading::Loaded;
use crate::cli::run::{settings, simulated};
use crate::cli::terminal::Terminal;
use crate::simulate::Stretch;
use crate::simulate::part::{Label, Part};
use crate::view::words::count;

/// Simulates one of several parts of a run, writes it, and says what it is. Expectations are judged
/// when all parts are joined.
pub(super) fn shard(
    loaded: Loaded,
    options: &Simulate,
    Shard { number, of }: Shard,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let Loaded { plan, network, reader, .. } = loaded;
    let mut settings = settings(&plan, &network, options.run);
    let stretch = Stretch::shard(number, of, settings.iterations);
    let stretch = stretch.map_err(|error| Failure::call(error.to_string()))?;
    settings = settings.only(stretch);
    let samples = simulated(&plan, &network, &settings, terminal);
    let label = Label::new(reader.origin(&options.plan), &settings, (number, of), &samples);
    let bytes = Part::new(label, samples).to_bytes();
    let Some(path) = &options.showing.folder.output else {
        return Err(Failure::call("a part needs a file: -o FILE"));
    };
    let size = bytes.len();
    files::write(&[Output::new(path, bytes)], options.showing.folder.force)?;
    terminal.print(&format!(
        "{}: shard {number} of {of} of {}, iterations {} to {} of {}, seed {}, {} bytes\n",
        path.display(),
        options.plan.plan.display(),
        counted(stretch.first() + 1),
        counted(stretch.end()),
        counted(settings.iterations),
        settings.seed,
        counted(size as u64),
    ))
}

fn counted(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}
