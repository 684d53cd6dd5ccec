#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

use super::*;
use content::SourceFile;

fn load(files: &[(&str, &str)]) -> Content {
    let ours = files.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() });
    Content::load_folders(vec![content::bundled_defaults(), ours.collect()])
}

fn fields(names: &Names, lookup: &str) -> String {
    let schema = names.lookups.get(lookup).expect("a lookup");
    schema.fields.clone().map_or("?".to_owned(), |fields| fields.join(" "))
}

const ASSETS: &str = "asset_lookup_by_str";

#[test]
fn columns_come_from_files_and_definitions() {
    let content = load(&[
        ("e/lookups/tools.yml", "name: tools\nfilename: tools_2024.csv\n"),
        ("e/lookups/tools_2024.csv", "name, note\nx, y\n"),
        ("e/lookups/seen.yml", "name: seen\ncollection: seen_of_app\nfields_list: _key, user\n"),
        ("e/lookups/m.yml", "name: __mlspl_dga\nfilename: __mlspl_dga.mlmodel\n"),
        ("e/lookups/plain.csv", "a,b\n"),
    ]);
    let names = names_of(&content);
    assert_eq!(fields(&names, "tools"), "name note");
    assert_eq!(fields(&names, "tools_2024.csv"), "name note");
    assert_eq!(fields(&names, "plain.csv"), "a b");
    assert_eq!(fields(&names, "seen"), "_key user");
    assert!(names.models.get("dga").is_some_and(|reason| reason.contains("__mlspl_dga.mlmodel")));
    assert!(!names.lookups.contains_key("__mlspl_dga"));
    let stores = stores_of(&content, names, None);
    let tools = stores.lookups.get("tools").unwrap().expect("defined");
    assert_eq!((tools.table.len(), tools.definition.table.as_str()), (1, "tools_2024.csv"));
    assert!(stores.lookups.get("seen").unwrap().expect("defined").table.is_empty());
    assert!(stores.lookups.get("unknown").unwrap().is_none());
}

#[test]
fn lookups_of_other_apps_are_empty_until_a_file_is_there() {
    let names = names_of(&load(&[]));
    let assets = names.lookups.get(ASSETS).expect("known");
    assert!(assets.absent.as_ref().is_some_and(|why| why.contains("Enterprise Security")));
    assert!(fields(&names, ASSETS).contains("owner"));
    assert!(names.lookups.get("cim_corporate_email_domains.csv").is_some_and(|schema| schema.absent.is_some()));
    let content = load(&[("mine/lookups/asset_lookup_by_str.csv", "asset,owner\nh1,ann\n")]);
    assert_eq!(content.reports, []);
    let names = names_of(&content);
    assert_eq!(fields(&names, ASSETS), "asset owner");
    assert_eq!(names.lookups.get(ASSETS).and_then(|schema| schema.absent.clone()), None);
    let found = stores_of(&content, names, None).lookups.get(ASSETS).unwrap().expect("defined");
    assert_eq!((found.table.len(), found.definition.case_sensitive), (1, false));
}

#[test]
fn computed_lookups_are_computed() {
    let content = load(&[]);
    let names = names_of(&content);
    let shannon = names.lookups.get("ut_shannon_lookup").expect("known");
    assert!(shannon.computed && shannon.absent.is_none());
    let found = stores_of(&content, names, None).lookups.get("ut_shannon_lookup").unwrap().expect("defined");
    assert_eq!(found.definition.kind, LookupKind::Computed(Computed::Shannon));
    let columns = Computed::Shannon.columns();
    assert_eq!(fields(&names_of(&content), "ut_shannon_lookup"), columns.join(" "));
}
