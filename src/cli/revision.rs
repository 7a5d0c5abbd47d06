//! Plans of an earlier day: `git:REVISION:PATH` is a file as a commit of the repository has it.
//!
//! The revision is anything that git understands (`HEAD~1`, `main`, `v1.2`, a hash); the path counts
//! from the top of the repository, or with `./` in front from the present folder. Nothing is checked
//! out: the file, and the files of samples that it names, are read from the repository that the
//! present folder lies in.

use std::path::{Component, Path, PathBuf};

use git2::{ObjectType, Repository, Tree};

use crate::text::LARGEST_DOCUMENT;

use super::failure::Failure;

/// What a word begins with that names a file of a revision.
const PREFIX: &str = "git:";
/// The mode of a symbolic link in a tree.
const LINK: i32 = 0o120_000;

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Revision {
    /// `HEAD~1`.
    revision: String,
    /// `plans/x.toml`, from the top of the repository.
    path: PathBuf,
}

impl Revision {
    /// Whether a word names a file of a revision; a file that is called so is a file.
    pub(super) fn is_named_by(word: &Path) -> bool {
        word.to_str().is_some_and(|text| text.starts_with(PREFIX)) && !word.exists()
    }

    /// The file that a word names, if it names one of a revision.
    pub(super) fn of(word: &Path) -> Option<Self> {
        let text = word.to_str().filter(|_| Self::is_named_by(word))?;
        let (revision, path) = text[PREFIX.len()..].split_once(':')?;
        Some(Self { revision: revision.to_owned(), path: path.into() })
    }

    /// The path in a word that names a file of a revision.
    pub(super) fn path_in(word: &str) -> Option<&str> {
        word.strip_prefix(PREFIX)?.split_once(':').map(|(_, path)| path)
    }

    /// The revision, as it was named.
    pub(super) fn name(&self) -> &str {
        &self.revision
    }

    /// The path, as it was named.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes of the file.
    pub(super) fn read(&self) -> Result<Vec<u8>, Failure> {
        let said = |why: String| Failure::call(format!("can't read {PREFIX}{}: {why}", self.shown()));
        let path = self.path.strip_prefix(".").map(|below| (true, below)).unwrap_or((false, &self.path));
        self.bytes(path).map_err(said)
    }

    /// The text of a file that the plan names: it lies in the plan's folder or below, in the same revision.
    pub(super) fn read_below(&self, name: &str) -> Result<String, String> {
        let is_below =
            Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !is_below {
            return Err("it has to lie in the plan's folder or below".to_owned());
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let below: PathBuf = Path::new(name).components().filter(|part| *part != Component::CurDir).collect();
        let path = folder.strip_prefix(".").map(|below| (true, below)).unwrap_or((false, folder));
        let bytes = self.bytes((path.0, &path.1.join(below)))?;
        String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
    }

    fn shown(&self) -> String {
        format!("{}:{}", self.revision, self.path.display())
    }

    /// The bytes of a file in the revision, counted from the present folder or from the top.
    fn bytes(&self, (from_here, path): (bool, &Path)) -> Result<Vec<u8>, String> {
        let said = |error: git2::Error| error.message().trim_end_matches('.').to_owned();
        let repository = Repository::discover(".")
            .map_err(|_| "the present folder lies in no git repository".to_owned())?;
        let object = repository.revparse_single(&self.revision);
        let object = object.map_err(|_| format!("git knows no revision `{}`", self.revision))?;
        let tree = object.peel_to_tree().map_err(said)?;
        let path = if from_here { here(&repository).join(path) } else { path.to_path_buf() };
        let id = file(&tree, &path)
            .ok_or_else(|| format!("`{}` has no file {}", self.revision, path.display()))?;
        let blob = repository.find_blob(id).map_err(said)?;
        if blob.size() > LARGEST_DOCUMENT {
            return Err(format!("it holds more than {LARGEST_DOCUMENT} bytes"));
        }
        Ok(blob.content().to_vec())
    }
}

/// The way from the top of the repository to the present folder.
fn here(repository: &Repository) -> PathBuf {
    let way = || {
        let folder = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok()?;
        let top = repository.workdir()?.canonicalize().ok()?;
        folder.strip_prefix(top).ok().map(Path::to_path_buf)
    };
    way().unwrap_or_default()
}

/// The file of a tree under a path, unless it is a folder, a link or a repository of its own.
fn file(tree: &Tree<'_>, path: &Path) -> Option<git2::Oid> {
    let entry = tree.get_path(path).ok()?;
    let is_file = entry.kind() == Some(ObjectType::Blob) && entry.filemode() != LINK;
    is_file.then(|| entry.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_a_revision_and_a_path() {
        let revision =
            |revision: &str, path: &str| Some(Revision { revision: revision.to_owned(), path: path.into() });
        for (word, expected) in [
            ("git:HEAD~1:plans/x.toml", revision("HEAD~1", "plans/x.toml")),
            ("git:main@{1}:./x.toml", revision("main@{1}", "./x.toml")),
            ("git:HEAD", None),
            ("plans/x.toml", None),
        ] {
            assert_eq!(Revision::of(Path::new(word)), expected, "{word}");
        }
    }
}
