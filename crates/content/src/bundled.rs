//! The content that comes with Weir.

use include_dir::{Dir, DirEntry, include_dir};

use crate::load::SourceFile;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// Folders that other content builds on: the macros of the CIM app and of ESCU's core, the configuration of each type,
/// the lookups of other apps.
const DEFAULTS: [&str; 3] = ["macros/", "deployments/", "lookups/"];

/// Every YAML and CSV file of the bundled content folder, sorted by path. Paths begin with `content/`.
pub fn bundled() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(FOLDER.entries(), &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

/// The part of the bundled content that other content builds on: load it first, as a folder of its own, so that a
/// checkout of ESCU or a site's own folder can override every piece of it.
pub fn bundled_defaults() -> Vec<SourceFile> {
    let is_default = |file: &SourceFile| {
        let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
        DEFAULTS.iter().any(|folder| path.starts_with(folder))
    };
    bundled().into_iter().filter(is_default).collect()
}

/// The bundled demo logs: Windows event XML of Sysmon, one event a line.
pub fn demo_sysmon() -> &'static str {
    FOLDER.get_file("demo/sysmon.xml").and_then(include_dir::File::contents_utf8).unwrap_or_default()
}

fn collect(entries: &[DirEntry<'static>], files: &mut Vec<SourceFile>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(folder) => collect(folder.entries(), files),
            DirEntry::File(file)
                if file.path().extension().is_some_and(|ending| ending == "yml" || ending == "csv") =>
            {
                let path = format!("content/{}", file.path().to_string_lossy().replace('\\', "/"));
                let text = file.contents_utf8().unwrap_or_default().to_owned();
                files.push(SourceFile { path, text });
            }
            DirEntry::File(_) => {}
        }
    }
}
