//! Files: read whole, written whole or not at all.
//!
//! A file is written under a temporary name in the folder it is meant for and then renamed, so
//! nobody ever sees half of it. What people wrote is not overwritten: see [`mark`](super::mark).

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use crate::simulate::part::Part;
use crate::text::{LARGEST_DOCUMENT, Source};

use super::failure::{Failure, reason};
use super::mark;
use super::revision::Revision;

/// What stands for standard input.
pub(super) const STDIN: &str = "-";

/// Standard input can be read once, a plan of it several times: once for each of its scenarios.
static STANDARD_INPUT: OnceLock<Vec<u8>> = OnceLock::new();

/// A document by its path, of a revision, or of standard input.
pub(super) fn read(path: &Path) -> Result<Source, Failure> {
    if let Some(revision) = Revision::of(path) {
        return document(path, revision.read()?);
    }
    if Revision::is_named_by(path) {
        let fact = format!("{} names no file of a revision", path.display());
        return Err(Failure::call(fact).help("write git:REVISION:PATH, like git:HEAD~1:plans/x.toml"));
    }
    let is_stdin = path.as_os_str() == STDIN;
    let bytes = if is_stdin { standard_input() } else { fs::File::open(path).and_then(bounded) };
    document(path, bytes.map_err(|error| Failure::reading(Path::new(&shown(path)), &error))?)
}

/// A document from what a file held, or standard input.
pub(super) fn document(path: &Path, bytes: Vec<u8>) -> Result<Source, Failure> {
    let name = shown(path);
    Source::from_bytes(name.clone(), bytes)
        .map_err(|error| Failure::call(format!("can't read {name}: {error}")))
}

/// How a document is called.
fn shown(path: &Path) -> String {
    if path.as_os_str() == STDIN { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// The bytes of a part of a simulation; of anything else only the first, so that an endless file is
/// not read.
pub(super) fn part(path: &Path) -> Result<Vec<u8>, Failure> {
    const HEAD: u64 = 64;
    let read = || {
        let mut file = fs::File::open(path)?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut file).take(HEAD).read_to_end(&mut bytes)?;
        if Part::is_begun_by(&bytes) {
            file.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    };
    read().map_err(|error| Failure::reading(path, &error))
}

fn standard_input() -> io::Result<Vec<u8>> {
    if let Some(bytes) = STANDARD_INPUT.get() {
        return Ok(bytes.clone());
    }
    let bytes = bounded(io::stdin().lock())?;
    Ok(STANDARD_INPUT.get_or_init(|| bytes).clone())
}

/// All bytes, but never more than one past what a document may hold: an endless file is no plan.
fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_DOCUMENT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file that a plan names: it lies in the plan's folder or below, and links do not lead
/// out of there. What a plan of a revision names is of the same one.
pub(super) fn read_below(plan: &Path, name: &str) -> Result<String, String> {
    if let Some(revision) = Revision::of(plan) {
        return revision.read_below(name);
    }
    let folder = plan.parent().unwrap_or(Path::new(""));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let said = |error: io::Error| reason(&error);
    if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err("it has to lie in the plan's folder or below".to_owned());
    }
    let (folder, path) =
        (fs::canonicalize(folder).map_err(said)?, fs::canonicalize(folder.join(name)).map_err(said)?);
    if !path.starts_with(&folder) {
        return Err("it has to lie in the plan's folder or below".to_owned());
    }
    if !fs::metadata(&path).map_err(said)?.is_file() {
        return Err("it is no file".to_owned());
    }
    let bytes = fs::File::open(&path).and_then(bounded).map_err(said)?;
    if bytes.len() > LARGEST_DOCUMENT {
        return Err(format!("it holds more than {LARGEST_DOCUMENT} bytes"));
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// A file to be written.
pub(super) struct Output {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Output {
    /// These bytes under this path.
    pub(super) fn new(path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// Writes some files; none if one of them would overwrite what is not ours, unless forced.
pub(super) fn write(outputs: &[Output], force: bool) -> Result<(), Failure> {
    for output in outputs {
        check(&output.path, force)?;
    }
    outputs.iter().try_for_each(|output| {
        whole(&output.path, &output.bytes).map_err(|error| Failure::writing(&output.path, &error))
    })
}

/// Makes a folder, and those above it, unless it is there.
pub(super) fn make_folder(path: &Path) -> Result<(), Failure> {
    match fs::create_dir_all(path) {
        Err(_) if path.is_file() => {
            Err(Failure::call(format!("can't write into {}: it is a file, not a folder", path.display())))
        }
        Err(error) => {
            Err(Failure::call(format!("can't make the folder {}: {}", path.display(), reason(&error))))
        }
        Ok(()) => Ok(()),
    }
}

/// Refuses to overwrite what is not ours.
fn check(path: &Path, force: bool) -> Result<(), Failure> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    if metadata.is_dir() {
        return Err(Failure::call(format!("can't write {}: it is a folder", path.display())));
    }
    // Devices and pipes hold nothing that could be lost.
    if force || !metadata.is_file() {
        return Ok(());
    }
    let bytes = fs::read(path).map_err(|error| Failure::writing(path, &error))?;
    if mark::is_ours(&bytes) {
        return Ok(());
    }
    let fact = format!("{} is there already and was not written by plan", path.display());
    Err(Failure::call(fact).help("choose another name, or overwrite it with --force"))
}

/// Writes a file under a temporary name and renames it; a device or pipe is written to.
fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let known = fs::metadata(path).ok();
    if known.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    // Through a symbolic link the file behind it is replaced, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".plan-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file, less what the umask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(metadata) = known {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_if_one_file_is_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, new) = (folder.path().join("mine.txt"), folder.path().join("new.txt"));
        fs::write(&mine, "kept").unwrap();
        let outputs = [Output::new(&new, "new"), Output::new(&mine, "lost")];
        assert!(write(&outputs, false).is_err());
        assert_eq!(fs::read_to_string(&mine).unwrap(), "kept");
        assert!(!new.exists());
        write(&outputs, true).unwrap();
        assert_eq!(fs::read_to_string(&mine).unwrap(), "lost");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
    }
}
