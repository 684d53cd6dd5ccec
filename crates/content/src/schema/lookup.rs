//! `lookups/*.yml`.

use crate::door::Door;
use crate::model::{Lookup, MatchType};
use crate::schema::Read;
use crate::yaml::{Node, Value};

/// Read a lookup definition. `stem` is the file's name without its ending: since ESCU 5 the table of a lookup of type
/// `csv` lies beside it under the same name.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>, stem: &str) -> Option<Read<Lookup>> {
    let mut fields = door.fields("lookup", node)?;
    let name_node = fields.need(door, "name");
    let name = name_node.and_then(|node| Some((door.text("name", node)?, door.place(node.span))));
    let kinds = [
        ("csv", "csv"),
        ("kvstore", "kvstore"),
        ("mlmodel", "mlmodel"),
    ];
    let kind = fields
        .get("lookup_type")
        .and_then(|node| door.choice("lookup_type", node, &kinds));
    let mut filename = fields
        .get("filename")
        .and_then(|node| door.text("filename", node));
    let mut collection = fields
        .get("collection")
        .and_then(|node| door.text("collection", node));
    if let (Some(kind @ ("csv" | "mlmodel")), None) = (kind, &filename) {
        filename = Some(format!("{stem}.{kind}"));
    }
    if let (Some("kvstore"), None, Some((name, _))) = (kind, &collection, &name) {
        collection = Some(name.clone());
    }
    if filename.is_none() && collection.is_none() {
        let at = fields.first_key();
        let message = "lookup has neither `filename` nor `collection` nor `lookup_type`".to_owned();
        door.report(diag::codes::MISSING_KEY, diag::Severity::Error, at, message);
    }
    let is_model = filename
        .as_ref()
        .is_some_and(|name| name.ends_with(".mlmodel"));
    let match_types = fields
        .get("match_type")
        .map(|node| match_types(door, node))
        .unwrap_or_default();
    let case_sensitive = fields
        .get("case_sensitive_match")
        .and_then(|node| door.boolean("case_sensitive_match", node));
    let default_match = fields
        .get("default_match")
        .and_then(|node| door.remark("default_match", node));
    let min_matches = fields
        .get("min_matches")
        .and_then(|node| door.whole("min_matches", node, 0..=1000));
    let max_matches = fields
        .get("max_matches")
        .and_then(|node| door.whole("max_matches", node, 1..=1000));
    let list = fields.get("fields").or_else(|| fields.get("fields_list"));
    let list = list
        .map(|node| words(door, "fields", node))
        .unwrap_or_default();
    let description = fields
        .get("description")
        .and_then(|node| door.remark("description", node))
        .unwrap_or_default();
    fields.skip(&[
        "fields",
        "fields_list",
        "id",
        "version",
        "date",
        "creation_date",
        "modification_date",
        "author",
        "status",
    ]);
    fields.skip(&["references", "tags"]);
    fields.close(door, false);
    let name = name?;
    let value = Lookup {
        name: name.0.clone(),
        filename,
        collection,
        is_model,
        description,
        match_types,
        case_sensitive: case_sensitive.unwrap_or(true),
        default_match,
        min_matches,
        max_matches,
        fields: list,
        file: door.file,
    };
    Some(Read {
        value,
        name,
        id: None,
        mentions: Vec::new(),
    })
}

/// A list, or words with commas between them, as older content writes it.
fn words(door: &mut Door<'_>, key: &'static str, node: &Node<'_>) -> Vec<String> {
    match &node.value {
        Value::List(_) => door
            .texts(key, node)
            .into_iter()
            .map(|(word, _)| word)
            .collect(),
        _ => {
            let text = door.text(key, node).unwrap_or_default();
            text.split(',')
                .map(|word| word.trim().to_owned())
                .filter(|word| !word.is_empty())
                .collect()
        }
    }
}

/// `WILDCARD(field)` and `CIDR(field)`, in a list or with commas between them.
fn match_types(door: &mut Door<'_>, node: &Node<'_>) -> Vec<(MatchType, String)> {
    let mut found = Vec::new();
    for word in words(door, "match_type", node) {
        let parts = word.strip_suffix(')').and_then(|rest| rest.split_once('('));
        match parts.map(|(kind, field)| (kind.trim().to_ascii_uppercase(), field.trim())) {
            Some((kind, field)) if kind == "WILDCARD" => {
                found.push((MatchType::Wildcard, field.to_owned()))
            }
            Some((kind, field)) if kind == "CIDR" => {
                found.push((MatchType::Cidr, field.to_owned()))
            }
            Some((kind, _)) if kind == "EXACT" => {}
            _ => {
                let message = format!(
                    "`match_type` holds `{word}`, expected `WILDCARD(field)` or `CIDR(field)`"
                );
                door.bad(node.span, message);
            }
        }
    }
    found
}
