//! `lookups/*.yml`.

use crate::door::{Door, Fields, Placed};
use crate::model::{Lookup, LookupSource, LookupTime, MatchType};
use crate::schema::{HEAD, Read};
use crate::yaml::{Node, Value};

/// Read a lookup definition. `stem` is the file's name without its ending: since ESCU 5 the table of a lookup of type
/// `csv` lies beside it under the same name.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>, stem: &str) -> Option<Read<Lookup>> {
    let mut fields = door.fields("lookup", node)?;
    let name = fields.need_placed(door, "name");
    let source = source(door, &mut fields, &name, stem);
    let match_types = fields.get("match_type").map(|node| match_types(door, node)).unwrap_or_default();
    let case_sensitive = fields.boolean(door, "case_sensitive_match");
    let default_match = fields.remark(door, "default_match");
    let min_matches = fields.whole(door, "min_matches", 0..=1000);
    let max_matches = fields.whole(door, "max_matches", 1..=1000);
    let time = time(door, &mut fields);
    let list = fields.get("fields").or_else(|| fields.get("fields_list"));
    let list = list.map(|node| words(door, "fields", node)).unwrap_or_default();
    let description = fields.remark(door, "description").unwrap_or_default();
    let app = fields.text(door, "app");
    fields.skip(&["fields", "fields_list"]);
    fields.skip(&["references"]);
    fields.skip(&HEAD);
    fields.close(door, false);
    let name = name?;
    let value = Lookup {
        name: name.0.clone(),
        source: source?,
        description,
        match_types,
        case_sensitive: case_sensitive.unwrap_or(true),
        default_match,
        min_matches,
        max_matches,
        time,
        fields: list,
        app,
        name_at: name.1,
    };
    Some(Read { value, name, id: None, mentions: Vec::new() })
}

/// The file or the collection behind a lookup.
fn source(door: &mut Door<'_>, fields: &mut Fields<'_, '_>, name: &Option<Placed>, stem: &str) -> Option<LookupSource> {
    let kinds = ["csv", "kvstore", "mlmodel", "computed"].map(|kind| (kind, kind));
    let kind = fields.get("lookup_type").and_then(|node| door.choice("lookup_type", node, &kinds));
    let filename = fields.text(door, "filename");
    let collection = fields.text(door, "collection");
    let source = match (kind, filename, collection) {
        (Some("computed"), ..) => Some(LookupSource::Computed),
        (Some(kind @ ("csv" | "mlmodel")), None, _) => Some(file(format!("{stem}.{kind}"))),
        (_, Some(filename), _) => Some(file(filename)),
        (_, None, Some(collection)) => Some(LookupSource::Collection(collection)),
        (Some("kvstore"), None, None) => name.as_ref().map(|(name, _)| LookupSource::Collection(name.clone())),
        _ => None,
    };
    if source.is_none() && name.is_some() {
        let message = "lookup has neither `filename` nor `collection` nor `lookup_type`".to_owned();
        door.report(diag::codes::MISSING_KEY, diag::Severity::Error, fields.first_key(), message);
    }
    source
}

/// Only names count: Splunk strips folders (manual: transforms.conf).
fn file(path: String) -> LookupSource {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
    if name.ends_with(".mlmodel") { LookupSource::Model(name) } else { LookupSource::Csv(name) }
}

/// `time_field` and what goes with it. The defaults are the manual's.
fn time(door: &mut Door<'_>, fields: &mut Fields<'_, '_>) -> Option<LookupTime> {
    const MOST: u32 = 2_000_000_000;
    let field = fields.text(door, "time_field");
    let format = fields.text(door, "time_format");
    let min_offset = fields.whole(door, "min_offset_secs", 0..=MOST);
    let max_offset = fields.whole(door, "max_offset_secs", 0..=MOST);
    Some(LookupTime {
        field: field?,
        format,
        min_offset: min_offset.unwrap_or(0).into(),
        max_offset: max_offset.unwrap_or(MOST).into(),
    })
}

/// A list, or words with commas between them, as older content writes it.
fn words(door: &mut Door<'_>, key: &'static str, node: &Node<'_>) -> Vec<String> {
    match &node.value {
        Value::List(_) => door.texts(key, node).into_iter().map(|(word, _)| word).collect(),
        _ => {
            let text = door.text(key, node).unwrap_or_default();
            text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
        }
    }
}

/// `WILDCARD(field)` and `CIDR(field)`, in a list or with commas between them.
fn match_types(door: &mut Door<'_>, node: &Node<'_>) -> Vec<(MatchType, String)> {
    let mut found = Vec::new();
    for word in words(door, "match_type", node) {
        let parts = word.strip_suffix(')').and_then(|rest| rest.split_once('('));
        match parts.map(|(kind, field)| (kind.trim().to_ascii_uppercase(), field.trim())) {
            Some((kind, field)) if kind == "WILDCARD" => found.push((MatchType::Wildcard, field.to_owned())),
            Some((kind, field)) if kind == "CIDR" => found.push((MatchType::Cidr, field.to_owned())),
            Some((kind, _)) if kind == "EXACT" => {}
            _ => {
                let message = format!("`match_type` holds `{word}`, expected `WILDCARD(field)` or `CIDR(field)`");
                door.bad(node.span, message);
            }
        }
    }
    found
}
