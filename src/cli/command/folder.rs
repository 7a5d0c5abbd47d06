//! Many forms of one answer, written into one folder.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::files::{self, Output};
use crate::cli::mark;
use crate::cli::terminal::Terminal;

/// Files to be, by their names.
#[derive(Default)]
pub(super) struct Folder {
    files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    /// Adds a text under a name, with its mark.
    pub(super) fn text(&mut self, name: &str, text: String) {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        self.files.push((name.to_owned(), mark::marked(extension, text).into_bytes()));
    }

    /// Writes all of them, or none if one would overwrite what is not ours.
    pub(super) fn write(self, folder: &Path, force: bool, terminal: &mut Terminal) -> Result<(), Failure> {
        files::make_folder(folder)?;
        let outputs: Vec<Output> =
            self.files.into_iter().map(|(name, bytes)| Output::new(folder.join(name), bytes)).collect();
        files::write(&outputs, force)?;
        terminal.remark(&format!("wrote {} files into {}\n", outputs.len(), folder.display()));
        Ok(())
    }
}
