//! `stories/*.yml`.

use crate::door::Door;
use crate::model::Story;
use crate::schema::{HEAD, Read};
use crate::yaml::Node;

/// Read an analytic story.
pub(crate) fn read(door: &mut Door<'_>, node: &Node<'_>) -> Option<Read<Story>> {
    let mut fields = door.fields("story", node)?;
    let name = fields.need_placed(door, "name");
    let id_node = fields.expect(door, "id");
    let id = id_node.and_then(|node| Some((door.text("id", node)?.to_ascii_lowercase(), door.place(node.span))));
    let description = fields.expect_remark(door, "description");
    let narrative = fields.expect_remark(door, "narrative");
    let references = fields.placed_texts(door, "references");
    let mut category = fields.get("category");
    let tags = fields.get("tags").and_then(|node| door.fields("tags", node));
    if let Some(mut tags) = tags {
        category = category.or_else(|| tags.get("category"));
        tags.skip(&["category", "product", "usecase", "cve", "group"]);
        tags.close(door, false);
    }
    let categories = category.map(|node| door.texts("category", node)).unwrap_or_default();
    fields.skip(&["type"]);
    fields.skip(&["product", "usecase", "cve", "group"]);
    fields.skip(&HEAD);
    fields.close(door, false);
    let name = name?;
    let plain = |placed: Vec<crate::door::Placed>| placed.into_iter().map(|(text, _)| text).collect();
    let value = Story {
        name: name.0.clone(),
        id: id.as_ref().map(|(id, _)| id.clone()).unwrap_or_default(),
        description,
        narrative,
        references: plain(references),
        categories: plain(categories),
    };
    Some(Read { value, name, id, mentions: Vec::new() })
}
