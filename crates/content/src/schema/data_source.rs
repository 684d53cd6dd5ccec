//! `data_sources/*.yml`.

use crate::door::Door;
use crate::model::DataSource;
use crate::schema::{HEAD, Read};
use crate::yaml::Node;

/// Read a data source.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>) -> Option<Read<DataSource>> {
    let mut keys = door.fields("data source", node)?;
    let name = keys.need_placed(door, "name");
    let id_node = keys.get("id");
    let id = id_node.and_then(|node| Some((door.text("id", node)?.to_ascii_lowercase(), door.place(node.span))));
    let source = keys.need_text(door, "source");
    let sourcetype = keys.need_text(door, "sourcetype");
    let separator = keys.remark(door, "separator");
    let example_log = keys.remark(door, "example_log");
    let fields = keys.placed_texts(door, "fields");
    keys.skip(&["description", "references"]);
    keys.skip(&["separator_value", "configuration", "supported_TA", "field_mappings", "mitre_components"]);
    keys.skip(&["convert_to_log_source", "output_fields"]);
    keys.skip(&HEAD);
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
    Some(Read { value, name, id, mentions: Vec::new() })
}
