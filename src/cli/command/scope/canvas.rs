//! `plan scope canvas PLAN SOLUTION [-o FILE]`

use crate::cli::arguments::CanvasOptions;
use crate::cli::command::solutions;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Output, STDIN};
use crate::cli::loading::load;
use crate::cli::mark;
use crate::cli::terminal::Terminal;
use crate::scope::{Canvas, ScopeReport};
use crate::view::page;

use super::settings;

/// Prints one solution on one page, or writes it.
pub(super) fn canvas(options: &CanvasOptions, terminal: &mut Terminal) -> Result<(), Failure> {
    let loaded = load(&options.plan, terminal)?;
    let id = solutions::one(&loaded.plan, &options.solution)?;
    let settings = settings(&loaded, options.run);
    let failure = |error: crate::network::NetworkError| Failure::call(error.to_string());
    let report = ScopeReport::of(&loaded.plan, &settings).map_err(failure)?;
    let canvas = Canvas::of(&loaded.plan, &report, id, &settings).map_err(failure)?;
    let text = page::canvas(&canvas);
    match options.output.as_deref().filter(|path| path.as_os_str() != STDIN) {
        Some(path) => files::write(&[Output::new(path, mark::marked("md", text))], options.force),
        None => terminal.print(&text),
    }
}
