//! What the tests share.

use content::SourceFile;

/// A detection that gives nothing but its rows.
pub(crate) fn detection(name: &str, search: &str) -> SourceFile {
    let text = format!(
        "name: {name}\nid: 11111111-2222-3333-4444-5555555555{name}\nversion: 1\nauthor: A\nstatus: production\ndescription: D\n\
         type: Hunting\ncreation_date: '2026-01-01'\nmodification_date: '2026-01-01'\nhow_to_implement: H\n\
         known_false_positives: K\nsearch: '{search}'\n"
    );
    SourceFile { path: format!("e/detections/{name}.yml"), text }
}
