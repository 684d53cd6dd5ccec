//! Windows events as XML: `<Event>` elements, as Splunk's `renderXml`, `wevtutil` and WEF write them.
//!
//! Field names are those of the Splunk Add-on for Microsoft Windows' XML extraction: children of `System` and their
//! attributes by name (`EventID` also as `EventCode`, `EventRecordID` also as `RecordNumber`), `<Data Name='x'>` as `x`,
//! unnamed `Data` as `Data`, the leaf elements of `UserData` by name. An empty value is no field. Entities are decoded in fields
//! and left alone in `_raw`.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::builder::Builder;
use crate::time;

/// Where in the event the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Outside,
    System,
    EventData,
    UserData,
    RenderingInfo,
}

/// The element whose text is being read; `name` is kept between events to save allocations.
struct Leaf {
    name: String,
    text: String,
    open: bool,
}

/// Decode one `<Event>…</Event>` element into an open event of the builder.
///
/// # Errors
/// What is wrong with the XML, in words.
pub(crate) fn decode_fields(xml: &str, builder: &mut Builder<'_>) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut section = Section::Outside;
    let mut depth = 0usize;
    let mut leaf = Leaf { name: String::new(), text: String::new(), open: false };
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                depth += 1;
                open(&tag, depth, &mut section, &mut leaf, builder);
            }
            Event::Empty(tag) => {
                open(&tag, depth + 1, &mut section, &mut leaf, builder);
                leaf.open = false;
                if depth < 1 {
                    return Ok(());
                }
            }
            Event::End(_) => {
                close(section, &mut leaf, builder);
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Ok(());
                }
            }
            Event::Text(text) if leaf.open => leaf.text.push_str(&text.decode().map_err(|error| error.to_string())?),
            Event::CData(text) if leaf.open => leaf.text.push_str(&text.decode().map_err(|error| error.to_string())?),
            Event::GeneralRef(reference) if leaf.open => leaf.text.push_str(&resolve(&reference)?),
            Event::Eof => return Err("the event ends before its last element is closed".to_owned()),
            _ => {}
        }
    }
}

/// Depth 1 is `Event`, 2 its sections, 3 and more what is in them.
fn open(tag: &BytesStart<'_>, depth: usize, section: &mut Section, leaf: &mut Leaf, builder: &mut Builder<'_>) {
    let name = tag.local_name();
    let name = std::str::from_utf8(name.as_ref()).unwrap_or_default();
    leaf.open = false;
    if depth <= 2 {
        *section = match (depth, name) {
            (2, "System") => Section::System,
            (2, "EventData") => Section::EventData,
            (2, "RenderingInfo") => Section::RenderingInfo,
            // `UserData`, and the rare `ProcessingErrorData` and `DebugData`.
            (2, _) => Section::UserData,
            _ => Section::Outside,
        };
        return;
    }
    leaf.name.clear();
    leaf.text.clear();
    leaf.open = true;
    leaf.name.push_str(name);
    match section {
        Section::EventData => {
            if let Some(named) = attribute(tag, b"Name") {
                leaf.name.clear();
                leaf.name.push_str(&named);
            }
        }
        Section::System | Section::UserData => attributes(tag, *section, builder),
        Section::Outside | Section::RenderingInfo => {}
    }
}

fn attribute<'a>(tag: &'a BytesStart<'_>, name: &[u8]) -> Option<Cow<'a, str>> {
    let attribute = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    unescape(attribute.value)
}

/// Attributes of `System`'s and `UserData`'s elements are fields too: `SystemTime`, `UserID`, `ProcessID` …
fn attributes(tag: &BytesStart<'_>, section: Section, builder: &mut Builder<'_>) {
    for attribute in tag.attributes().with_checks(false).flatten() {
        let key = attribute.key;
        let is_namespace = key.as_ref().starts_with(b"xmlns");
        let (Ok(name), Some(value)) = (std::str::from_utf8(key.local_name().into_inner()), unescape(attribute.value)) else {
            continue;
        };
        if is_namespace {
            continue;
        }
        if section == Section::System && name == "SystemTime" {
            builder.time(time::iso_utc(&value));
        }
        builder.field(name, &value);
    }
}

fn close(section: Section, leaf: &mut Leaf, builder: &mut Builder<'_>) {
    if !leaf.open {
        return;
    }
    leaf.open = false;
    match (section, leaf.name.as_str()) {
        (Section::System, "EventID") => {
            builder.field("EventCode", &leaf.text);
            builder.field("EventID", &leaf.text);
        }
        (Section::System, "EventRecordID") => {
            builder.field("EventRecordID", &leaf.text);
            builder.field("RecordNumber", &leaf.text);
        }
        // The rendered level, task and so on would stand beside the numbers of `System` under the same name.
        (Section::RenderingInfo, name) if name != "Message" => {
            let name = format!("RenderingInfo.{name}");
            builder.field(&name, &leaf.text);
        }
        (_, name) => builder.field(name, &leaf.text),
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(character.to_string());
    }
    let name = reference.decode().map_err(|error| error.to_string())?;
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => Ok(text.to_owned()),
        // Windows writes no other entity; the text stays as it is rather than being lost.
        None => Ok(format!("&{name};")),
    }
}

fn unescape(value: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match value {
        Cow::Borrowed(bytes) => {
            let text = std::str::from_utf8(bytes).ok()?;
            // Malformed entities stay as written.
            Some(quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text)))
        }
        Cow::Owned(bytes) => {
            let text = String::from_utf8(bytes).ok()?;
            let unescaped = quick_xml::escape::unescape(&text).map(Cow::into_owned).ok();
            Some(Cow::Owned(unescaped.unwrap_or(text)))
        }
    }
}

#[cfg(test)]
mod tests;
