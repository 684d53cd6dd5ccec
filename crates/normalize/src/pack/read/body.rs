//! What packs and parts have in common: times, fields, groups.

use super::reader::Reader;
use crate::expr::{Case, Op, is_condition};
use crate::pack::{Kind, Layer, Node, TimeFormat, TimeRule};

/// The keys of a body.
pub(super) const KEYS: &[&str] = &["time", "tables", "fields", "groups"];

/// The definitions of a part, or a pack's own.
#[derive(Debug, Clone)]
pub(super) struct Body {
    /// The condition for all of it.
    pub(super) scope: Option<Op>,
    /// Fields for all events, then the groups in order.
    pub(super) layers: Vec<Layer>,
    /// Where `_time` comes from.
    pub(super) times: Vec<TimeRule>,
}

/// Read `when`, `time`, `fields` and `groups`.
pub(super) fn body(reader: &mut Reader<'_>, node: &Node) -> Option<Body> {
    let scope = match node.get("when") {
        Some(when) => Some(condition(reader, when)?),
        None => None,
    };
    let mut layers = Vec::new();
    if let Some(map) = node.get("fields") {
        let fields = fields(reader, map)?;
        layers.push(Layer { scope: None, when: None, fields, eventtypes: Vec::new(), tags: Vec::new() });
    }
    for one in items(reader, node.get("groups")) {
        layers.extend(group(reader, one));
    }
    let mut times = Vec::new();
    for one in items(reader, node.get("time")) {
        times.extend(time(reader, one));
    }
    Some(Body { scope, layers, times })
}

fn items<'n>(reader: &mut Reader<'_>, node: Option<&'n Node>) -> &'n [Node] {
    match node.map(|node| (&node.kind, node.span)) {
        None => &[],
        Some((Kind::List(list), _)) => list,
        Some((_, span)) => {
            reader.report(span, "expected a list".to_owned());
            &[]
        }
    }
}

fn group(reader: &mut Reader<'_>, node: &Node) -> Option<Layer> {
    reader.map(node, &["name", "when", "eventtypes", "tags", "fields"])?;
    let when = match node.get("when") {
        Some(when) => Some(condition(reader, when)?),
        None => None,
    };
    let fields = match node.get("fields") {
        Some(map) => fields(reader, map)?,
        None => Vec::new(),
    };
    let mut texts = |key| reader.texts(node, key).into_iter().map(|(text, _)| text).collect();
    Some(Layer { scope: None, when, fields, eventtypes: texts("eventtypes"), tags: texts("tags") })
}

/// A condition: an eval expression, or a list of values of `EventCode`.
fn condition(reader: &mut Reader<'_>, node: &Node) -> Option<Op> {
    if let Kind::List(_) = &node.kind {
        let code = Op::Field(reader.symbols.intern("EventCode"));
        let codes = reader.texts_of(node).into_iter().map(|(text, _)| text.into_boxed_str()).collect();
        return Some(Op::IsOneOf(Box::new(code), Case::Exact, codes));
    }
    let op = reader.expression(node)?;
    if !is_condition(&op) {
        reader.report(node.span, "this is a value, not a condition".to_owned());
    }
    Some(op)
}

fn fields(reader: &mut Reader<'_>, map: &Node) -> Option<Vec<(String, Op)>> {
    let mut fields = Vec::new();
    for (name, node) in reader.any_map(map)? {
        let Some(op) = reader.expression(node) else {
            continue;
        };
        if is_condition(&op) {
            reader.report(node.span, format!("`{name}` would be true or false, which a field cannot hold"));
        }
        fields.push((name, op));
    }
    Some(fields)
}

fn time(reader: &mut Reader<'_>, node: &Node) -> Option<TimeRule> {
    reader.map(node, &["field", "value", "format"])?;
    let value = match node.get("value") {
        Some(value) => reader.expression(value)?,
        None => Op::Field(reader.required_text(node, "field").map(|field| reader.symbols.intern(&field))?),
    };
    let format = match reader.optional_text(node, "format").as_deref() {
        None | Some("iso8601") => TimeFormat::Iso,
        Some("epoch") => TimeFormat::Epoch,
        Some("epoch_ms") => TimeFormat::EpochMillis,
        Some("epoch_us") => TimeFormat::EpochMicros,
        Some("epoch_ns") => TimeFormat::EpochNanos,
        Some("us_clock") => TimeFormat::UsClock,
        Some(format) if format.contains('%') => TimeFormat::Strptime(format.to_owned()),
        Some(other) => {
            let known = "`iso8601`, `epoch`, `epoch_ms`, `epoch_us`, `epoch_ns`, `us_clock`, and formats of strptime";
            reader.report(node.span, format!("unknown time format `{other}`; known are {known}"));
            return None;
        }
    };
    Some(TimeRule { scope: None, value, format })
}
