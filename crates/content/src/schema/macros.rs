//! `macros/*.yml`.

use crate::door::Door;
use crate::model::Macro;
use crate::schema::{HEAD, Read};
use crate::yaml::Node;

/// Read a macro. The name may carry the number of arguments (`name(1)`), as in Splunk's macros.conf.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>) -> Option<Read<Macro>> {
    let mut fields = door.fields("macro", node)?;
    let name_node = fields.need(door, "name");
    let name = name_node.and_then(|node| door.text("name", node));
    let definition = fields.need_mapped(door, "definition");
    let description = fields.remark(door, "description").unwrap_or_default();
    let arguments = fields.placed_texts(door, "arguments");
    fields.skip(&["references"]);
    fields.skip(&HEAD);
    fields.close(door, false);
    let (name_node, written) = (name_node?, name?);
    let name_at = door.place(name_node.span);
    let name = written.split('(').next().unwrap_or_default().to_owned();
    let count = written.strip_suffix(')').and_then(|rest| rest.rsplit('(').next());
    if count.is_some_and(|count| count != arguments.len().to_string()) {
        let message = format!("macro `{written}` lists {} arguments", arguments.len());
        door.bad(name_node.span, message);
    }
    let arguments = arguments.into_iter().map(|(argument, _)| argument).collect();
    let value = Macro { name: name.clone(), arguments, definition: definition?, description, name_at };
    Some(Read { value, name: (name, name_at), id: None, mentions: Vec::new() })
}
