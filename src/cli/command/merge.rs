//! `plan merge PART…`

use std::path::Path;

use crate::cli::arguments::Merge;
use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::loading::load_part;
use crate::cli::run::Run;
use crate::cli::terminal::Terminal;
use crate::forecast::keep;
use crate::simulate::part::{JoinError, Part, PartError, Parts};
use crate::simulate::{Settings, Stretch, simulate};

use super::simulate::show;

/// Joins the parts of a run and shows it as if it had been run at once.
pub(in crate::cli) fn merge(options: &Merge, terminal: &mut Terminal) -> Result<(), Failure> {
    let parts: Result<Vec<Part>, Failure> = options.parts.iter().map(|path| read(path)).collect();
    let names: Vec<String> = options.parts.iter().map(|path| path.display().to_string()).collect();
    let parts = Parts::new(parts?).map_err(|error| refused(&error, &names))?;
    let label = parts.label();
    let loaded = load_part(&label.origin, terminal)?;
    let (plan, network) = (loaded.plan, loaded.network);
    let settings = Settings {
        sampling: label.sampling,
        keep: keep(&plan, &network),
        ..Settings::default().seed(label.seed).iterations(label.iterations)
    };
    let none = simulate(&plan, &network, &settings.clone().only(Stretch::whole(0)));
    let samples = parts.join(none).map_err(|error| refused(&error, &names))?;
    show(&Run::of(plan, network, settings, samples), &loaded.reader, &options.showing, terminal)
}

fn read(path: &Path) -> Result<Part, Failure> {
    Part::from_bytes(&files::part(path)?).map_err(|error| {
        let failure = Failure::call(format!("can't merge {}: {error}", path.display()));
        failure.help(match error {
            PartError::NoPart => "parts are written by plan simulate PLAN --shard K/N -o FILE",
            PartError::Newer(_) | PartError::OtherProgram(_) => {
                "run all shards and the merge with the same version of plan"
            }
            PartError::CutOff { .. } | PartError::Damaged => "run this shard again, alone",
        })
    })
}

fn refused(error: &JoinError, names: &[String]) -> Failure {
    let failure = Failure::call(error.words(names));
    match error {
        JoinError::Missing { shards: Some((_, of)), .. } => {
            failure.help(format!("run them with the same plan and options, and --shard K/{of}"))
        }
        JoinError::Overlap { .. } => failure.help("name each part once"),
        JoinError::Damaged(_) | JoinError::DrawnOtherwise(_) => {
            failure.help("run this shard again with this program")
        }
        _ => failure,
    }
}
