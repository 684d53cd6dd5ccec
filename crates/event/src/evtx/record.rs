//! A record's tree and values to fields, and to XML text when the caller wants `_raw`.

use super::cursor::Bad;
use super::template::{Chunk, Element, Instance, Part, Tree};
use super::value::{BINXML, Value};
use crate::FieldId;
use crate::builder::Builder;
use crate::windows::{Section, alias, is_named, prefix};

/// Embedded fragments within each other.
const MOST_NESTED: usize = 8;

/// Where an element stands.
#[derive(Clone, Copy)]
struct Context {
    /// `Event` is 0, its parts 1.
    level: usize,
    section: Section,
    nested: usize,
}

impl Context {
    /// The context of a child of the given name.
    fn child(self, name: &str) -> Self {
        let section = if self.level == 1 { Section::of_child(name) } else { self.section };
        Self { level: self.level + 1, section, ..self }
    }
}

/// Reads records of one chunk into a builder.
pub(super) struct Reader<'c, 'b, 's> {
    pub(super) chunk: Chunk<'c>,
    pub(super) builder: &'b mut Builder<'s>,
    /// The XML of the event, when wanted.
    pub(super) xml: String,
    pub(super) has_time: bool,
    /// What the records of the chunk may still unfold to. A template may use a value many times over, and a value may
    /// hold templates: a crafted chunk could grow without end.
    pub(super) budget: usize,
}

/// Bytes of text and elements that one chunk (64 KiB) may unfold to; real ones need a hundredth.
pub(super) const CHUNK_BUDGET: usize = 32 << 20;

impl<'c> Reader<'c, '_, '_> {
    fn spend(&mut self, amount: usize) -> Result<(), Bad> {
        self.budget = self.budget.checked_sub(amount).ok_or("the chunk unfolds to too much")?;
        Ok(())
    }

    fn spend_parts(&mut self, parts: &[Part], values: &[Value<'c>], item: Option<&Value<'c>>) -> Result<(), Bad> {
        let size = |part: &Part| match part {
            Part::Slot { id, .. } => item.or_else(|| values.get(*id)).map_or(1, |value| 1 + value.bytes.len()),
            Part::Text(text) => 1 + text.len(),
            Part::Element(_) => 1,
        };
        self.spend(parts.iter().map(size).sum())
    }

    /// Read a record's content into the open event of the builder.
    pub(super) fn record(&mut self, start: usize, end: usize) -> Result<(), Bad> {
        self.xml.clear();
        self.has_time = false;
        let instances = self.chunk.stream(start, end)?;
        if instances.is_empty() {
            return Err("no content");
        }
        let context = Context { level: 0, section: Section::Event, nested: 0 };
        self.instances(&instances, context)?;
        if self.builder.keeps_raw() {
            self.builder.quoted(&self.xml, 0);
        }
        Ok(())
    }

    fn instances(&mut self, instances: &[Instance<'c>], context: Context) -> Result<(), Bad> {
        if context.nested > MOST_NESTED {
            return Err("fragments nested too deeply");
        }
        for instance in instances {
            for root in &instance.tree.roots {
                self.element(&instance.tree, *root, &instance.values, context)?;
            }
        }
        Ok(())
    }

    fn element(&mut self, tree: &Tree, index: usize, values: &[Value<'c>], above: Context) -> Result<(), Bad> {
        let element = tree.elements.get(index).ok_or("a lost element")?;
        let is_out = element.dependency.and_then(|id| values.get(id)).is_some_and(Value::is_null);
        if is_out && above.level > 0 {
            return Ok(());
        }
        // An array in an element's content repeats the element.
        if let [Part::Slot { id, .. }] = element.content.as_slice()
            && let Some(array) = values.get(*id).filter(|value| value.is_array())
        {
            let items = array.items().ok_or("an array of an unknown type")?;
            return items.iter().try_for_each(|item| self.one(tree, element, Some(item), above, values));
        }
        self.one(tree, element, None, above, values)
    }

    /// One element; `item` stands for its content's value when that is an array.
    #[allow(clippy::too_many_arguments, reason = "tree, values and context are three things at each level of the walk")]
    fn one(
        &mut self,
        tree: &Tree,
        element: &Element,
        item: Option<&Value<'c>>,
        above: Context,
        values: &[Value<'c>],
    ) -> Result<(), Bad> {
        let tags = element.end_tag.len() + element.start_tag.as_ref().map_or(0, String::len);
        self.spend(32 + tags)?;
        self.spend_parts(&element.content, values, item)?;
        for (_, value) in &element.attributes {
            self.spend_parts(value, values, None)?;
        }
        let context = above.child(&element.name);
        let field = self.attributes(element, values, context)?;
        if self.builder.keeps_raw() {
            self.start_tag(element, values)?;
        }
        let is_leaf = context.level > 2 && !element.content.iter().any(|part| is_inner(part, values));
        if is_leaf {
            self.leaf(element, field.as_deref(), item, (values, context))?;
        } else {
            self.inner(tree, element, values, context)?;
        }
        if self.builder.keeps_raw() && !element.closed {
            self.xml.push_str(&element.end_tag);
        }
        Ok(())
    }

    fn start_tag(&mut self, element: &Element, values: &[Value<'c>]) -> Result<(), Bad> {
        if let Some(fixed) = &element.start_tag {
            self.xml.push_str(fixed);
            return Ok(());
        }
        self.xml.push('<');
        self.xml.push_str(&element.name);
        for (name, value) in &element.attributes {
            self.attribute_xml(name, value, values)?;
        }
        self.xml.push_str(if element.closed { "/>" } else { ">" });
        Ok(())
    }

    /// Attributes to fields; gives the value of `Name` where that names the field.
    fn attributes<'t>(
        &mut self,
        element: &'t Element,
        values: &[Value<'c>],
        context: Context,
    ) -> Result<Option<std::borrow::Cow<'t, str>>, Bad> {
        let mut field = None;
        for (name, value) in &element.attributes {
            if context.level < 2 || (context.level == 2 && context.section != Section::UserData) {
                continue;
            }
            if name == "Name" && is_named(context.section, &element.name) {
                field = Some(match value.as_slice() {
                    [Part::Text(text)] => std::borrow::Cow::Borrowed(text.as_str()),
                    _ => {
                        let mut text = String::new();
                        write_parts(value, values, None, &mut text)?;
                        text.into()
                    }
                });
            } else if context.section.takes_attribute(name) {
                self.attribute_field(name, value, values)?;
            }
        }
        Ok(field)
    }

    fn attribute_field(&mut self, name: &str, value: &[Part], values: &[Value<'c>]) -> Result<(), Bad> {
        let Some(id) = self.builder.id(name) else { return Ok(()) };
        let start = self.builder.text().len();
        write_parts(value, values, None, self.builder.text())?;
        self.builder.field_from(id, start);
        if name == "SystemTime" {
            self.time(value, values, start);
        }
        Ok(())
    }

    fn time(&mut self, value: &[Part], values: &[Value<'c>], start: usize) {
        let micros = match value {
            [Part::Slot { id, .. }] => values.get(*id).and_then(Value::time),
            _ => None,
        };
        let micros = micros.or_else(|| crate::time::iso(self.builder.text().get(start..)?));
        if let Some(micros) = micros {
            self.builder.time(micros);
            self.has_time = true;
        }
    }

    /// An attribute is left out when its optional values are empty.
    fn attribute_xml(&mut self, name: &str, value: &[Part], values: &[Value<'c>]) -> Result<(), Bad> {
        let is_absent = value.iter().all(|part| match part {
            Part::Slot { id, optional } => values.get(*id).is_none_or(|value| *optional && value.is_empty()),
            _ => false,
        });
        if is_absent {
            return Ok(());
        }
        self.xml.extend([" ", name, "='"]);
        let start = self.xml.len();
        write_parts(value, values, None, &mut self.xml)?;
        let written = self.xml.as_bytes().get(start..).unwrap_or(&[]);
        if written.iter().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'\'')) {
            let text = self.xml.split_off(start);
            escape(&text, true, &mut self.xml);
        }
        self.xml.push('\'');
        Ok(())
    }

    /// An element without elements in it: its text is a field.
    fn leaf(
        &mut self,
        element: &Element,
        field: Option<&str>,
        item: Option<&Value<'c>>,
        at: (&[Value<'c>], Context),
    ) -> Result<(), Bad> {
        let (values, context) = at;
        if element.content.is_empty() {
            return Ok(());
        }
        let name = field.filter(|name| !name.is_empty()).unwrap_or(&element.name);
        let prefix = if field.is_none() { prefix(context.section, &element.name) } else { "" };
        let id = if prefix.is_empty() { self.builder.id(name) } else { self.builder.id(&format!("{prefix}{name}")) };
        let Some(id) = id else { return Ok(()) };
        let is_written = if self.builder.keeps_raw() {
            let start = self.xml.len();
            write_parts(&element.content, values, item, &mut self.xml)?;
            self.quote(id, start)
        } else {
            let start = self.builder.text().len();
            write_parts(&element.content, values, item, self.builder.text())?;
            self.builder.field_from(id, start);
            self.builder.text().len() > start
        };
        if !is_written {
            return Ok(());
        }
        if let Some(alias) = alias(context.section, &element.name)
            && let Some(id) = self.builder.id(alias)
        {
            self.builder.alias(id);
        }
        Ok(())
    }

    /// Make what stands in the XML since `start` a field's value. Most values stand there as they are; one that has to be
    /// escaped is copied first. False when there is none.
    fn quote(&mut self, id: FieldId, start: usize) -> bool {
        let value = self.xml.get(start..).unwrap_or("");
        if value.is_empty() {
            return false;
        }
        if next_escaped(value).is_none() {
            self.builder.quote(id, start, value.len());
            return true;
        }
        let copied = self.builder.text().len();
        self.builder.text().push_str(value);
        self.builder.field_from(id, copied);
        self.xml.truncate(start);
        escape(self.builder.text().get(copied..).unwrap_or(""), false, &mut self.xml);
        true
    }

    /// An element with elements in it, or a part of the event.
    fn inner(&mut self, tree: &Tree, element: &Element, values: &[Value<'c>], context: Context) -> Result<(), Bad> {
        for part in &element.content {
            match part {
                Part::Element(index) => self.element(tree, *index, values, context)?,
                Part::Slot { id, .. } if values.get(*id).is_some_and(|value| value.kind == BINXML) => {
                    let Some(value) = values.get(*id).filter(|value| !value.bytes.is_empty()) else { continue };
                    let instances = self.chunk.nested(value)?;
                    self.instances(&instances, Context { nested: context.nested + 1, ..context })?;
                }
                _ if self.builder.keeps_raw() => {
                    let mut text = String::new();
                    write_parts(std::slice::from_ref(part), values, None, &mut text)?;
                    escape(&text, false, &mut self.xml);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// True for a part that is or holds elements.
fn is_inner(part: &Part, values: &[Value<'_>]) -> bool {
    match part {
        Part::Element(_) => true,
        Part::Slot { id, .. } => values.get(*id).is_some_and(|value| value.kind == BINXML && !value.bytes.is_empty()),
        Part::Text(_) => false,
    }
}

/// Append text and values; `item` stands for the only value.
fn write_parts(parts: &[Part], values: &[Value<'_>], item: Option<&Value<'_>>, into: &mut String) -> Result<(), Bad> {
    for part in parts {
        match part {
            Part::Text(text) => into.push_str(text),
            Part::Slot { id, .. } => {
                if let Some(value) = item.or_else(|| values.get(*id)) {
                    value.write(into).ok_or("a value that does not fit its type")?;
                }
            }
            Part::Element(_) => return Err("an element in a text"),
        }
    }
    Ok(())
}

/// The next character that text outside of attributes has to escape.
fn next_escaped(text: &str) -> Option<usize> {
    memchr::memchr3(b'&', b'<', b'>', text.as_bytes())
}

/// Append as XML text.
pub(super) fn escape(text: &str, in_attribute: bool, into: &mut String) {
    let mut rest = text;
    let next = |rest: &str| {
        if in_attribute {
            return rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'\''));
        }
        next_escaped(rest)
    };
    while let Some(at) = next(rest) {
        let (before, from) = rest.split_at(at);
        into.push_str(before);
        into.push_str(match from.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&apos;",
        });
        rest = from.get(1..).unwrap_or("");
    }
    into.push_str(rest);
}
