//! Finding and reading files: content, packs and logs, in an order that does not depend on the file system.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// A path that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct FileError {
    /// The path as given.
    pub path: String,
    /// What the system said.
    #[source]
    pub error: io::Error,
}

/// All files under a path (or the file itself), sorted; hidden folders such as `.git` are left out.
///
/// # Errors
/// A path that does not exist or cannot be listed.
pub fn walk(root: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    let kind = fs::metadata(root).map_err(|error| file_error(root, error))?;
    if kind.is_file() {
        return Ok(folders);
    }
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| file_error(&folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| file_error(&folder, error))?;
            let path = entry.path();
            // A link to a folder could make a circle, so only links to files count.
            let own = entry.file_type().map_err(|error| file_error(&path, error))?;
            let is_link = own.is_symlink();
            let kind =
                if is_link { fs::metadata(&path).map_err(|error| file_error(&path, error))?.file_type() } else { own };
            if kind.is_file() {
                files.push(path);
            } else if kind.is_dir() && !is_link && !is_hidden(&path) {
                folders.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

pub(crate) fn file_error(path: &Path, error: io::Error) -> FileError {
    FileError { path: path.display().to_string(), error }
}

/// The folders of an ESCU checkout that hold content.
const CONTENT_FOLDERS: [&str; 8] =
    ["baselines", "data_sources", "deployments", "detections", "lookups", "macros", "schedules", "stories"];

/// The files of content: YAML, and the tables of lookups. Of an ESCU checkout those of its content folders, else all below
/// the path. A table is a CSV file in a folder called `lookups`, or beside YAML: other CSV files may be logs.
///
/// # Errors
/// A path that cannot be listed or read, or that holds no YAML.
pub fn content_files(root: &Path) -> Result<Vec<content::SourceFile>, FileError> {
    let is_checkout = root.join("detections").is_dir();
    let mut files = Vec::new();
    if is_checkout {
        for folder in CONTENT_FOLDERS {
            let folder = root.join(folder);
            if folder.is_dir() {
                files.extend(walk(&folder)?);
            }
        }
    } else {
        files = walk(root)?;
    }
    let is_yaml = |path: &Path| path.extension().is_some_and(|end| end == "yml" || end == "yaml");
    let beside: BTreeSet<PathBuf> =
        files.iter().filter(|path| is_yaml(path)).filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
    let is_table = |path: &Path| {
        let ending = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        let in_lookups = path.parent().and_then(Path::file_name).is_some_and(|name| name == "lookups");
        ending && (in_lookups || path.parent().is_some_and(|folder| beside.contains(folder)))
    };
    files.retain(|path| is_yaml(path) || is_table(path));
    if files.is_empty() {
        return Err(file_error(root, io::Error::new(io::ErrorKind::NotFound, "no .yml file here")));
    }
    // Thousands of small files: what takes the time is opening them.
    let read: Vec<_> = files.par_iter().map(|path| read_source(path)).collect();
    read.into_iter().collect()
}

fn read_source(path: &Path) -> Result<content::SourceFile, FileError> {
    let bytes = fs::read(path).map_err(|error| file_error(path, error))?;
    // A stray byte must not keep the rest of the file from being checked; the replacement character shows in reports.
    let text = String::from_utf8(bytes).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned());
    Ok(content::SourceFile { path: path.display().to_string(), text })
}

/// A text file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// The path, as users know it.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The pack files below a folder.
///
/// # Errors
/// A path that cannot be listed or read.
pub fn pack_files(root: &Path) -> Result<Vec<TextFile>, FileError> {
    let mut files = walk(root)?;
    files.retain(|path| path.extension().is_some_and(|end| end == "yml" || end == "yaml"));
    files.iter().map(|path| read_source(path).map(|read| TextFile { path: read.path, text: read.text })).collect()
}
