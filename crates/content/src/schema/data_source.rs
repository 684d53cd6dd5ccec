//! `data_sources/*.yml`.

use crate::door::Door;
use crate::model::DataSource;
use crate::schema::Read;
use crate::yaml::Node;

/// Read a data source.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>) -> Option<Read<DataSource>> {
    let mut keys = door.fields("data source", node)?;
    let name_node = keys.need(door, "name");
    let name = name_node.and_then(|node| Some((door.text("name", node)?, door.place(node.span))));
    let id_node = keys.get("id");
    let id = id_node.and_then(|node| {
        Some((
            door.text("id", node)?.to_ascii_lowercase(),
            door.place(node.span),
        ))
    });
    let source = keys
        .need(door, "source")
        .and_then(|node| door.text("source", node));
    let sourcetype = keys
        .need(door, "sourcetype")
        .and_then(|node| door.text("sourcetype", node));
    let separator = keys
        .get("separator")
        .and_then(|node| door.remark("separator", node));
    let example_log = keys
        .get("example_log")
        .and_then(|node| door.remark("example_log", node));
    let fields = keys
        .get("fields")
        .map(|node| door.texts("fields", node))
        .unwrap_or_default();
    keys.skip(&[
        "version",
        "date",
        "creation_date",
        "modification_date",
        "author",
        "description",
        "status",
        "references",
    ]);
    keys.skip(&[
        "separator_value",
        "configuration",
        "supported_TA",
        "field_mappings",
        "mitre_components",
    ]);
    keys.skip(&["convert_to_log_source", "output_fields", "tags"]);
    keys.close(door, false);
    let name = name?;
    let value = DataSource {
        name: name.0.clone(),
        source: source?,
        sourcetype: sourcetype?,
        separator,
        example_log,
        fields: fields.into_iter().map(|(field, _)| field).collect(),
    };
    Some(Read {
        value,
        name,
        id,
        mentions: Vec::new(),
    })
}
