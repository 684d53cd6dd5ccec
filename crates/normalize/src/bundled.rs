//! The packs that are part of the program.

use include_dir::{Dir, include_dir};

use crate::PackSource;

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// Packs, parts and tests of the folder `packs/`, sorted by path.
pub fn bundled_packs() -> Vec<PackSource<'static>> {
    let mut sources = Vec::new();
    collect(&PACKS, &mut sources);
    sources.sort_by_key(|source| source.path);
    sources
}

fn collect(folder: &Dir<'static>, sources: &mut Vec<PackSource<'static>>) {
    let yaml = folder.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "yml"));
    sources
        .extend(yaml.filter_map(|file| Some(PackSource { path: file.path().to_str()?, text: file.contents_utf8()? })));
    for inner in folder.dirs() {
        collect(inner, sources);
    }
}
