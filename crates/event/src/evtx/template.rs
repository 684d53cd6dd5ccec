//! BinXml: template definitions as small trees, and the values that a record puts into them.
//!
//! Grammar: [MS-EVEN6] 2.2.12. A chunk defines each template once, where it is first used; names too.

use std::collections::HashMap;
use std::rc::Rc;

use super::cursor::{Bad, Cursor};
use super::record::escape;
use super::value::{BINXML, Value, utf16};

/// Elements within elements of one stream.
const MOST_OPEN: usize = 32;
/// Values of one instance; Windows allows 256.
const MOST_VALUES: usize = 4096;

/// A part of an element's content or of an attribute's value.
#[derive(Debug)]
pub(super) enum Part {
    /// Index in [`Tree::elements`].
    Element(usize),
    Text(String),
    /// A value goes here.
    Slot {
        id: usize,
        optional: bool,
    },
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    /// Left out when this value is null.
    pub(super) dependency: Option<usize>,
    pub(super) attributes: Vec<(String, Vec<Part>)>,
    pub(super) content: Vec<Part>,
    /// Written `<a/>`.
    pub(super) closed: bool,
    /// The whole start tag, where no value goes into it: most are `<Data Name='User'>`.
    pub(super) start_tag: Option<String>,
    pub(super) end_tag: String,
}

impl Element {
    fn fixed_start(&self) -> Option<String> {
        let is_text = |part: &Part| matches!(part, Part::Text(_));
        if !self.attributes.iter().all(|(_, value)| value.iter().all(is_text)) {
            return None;
        }
        let mut tag = format!("<{}", self.name);
        // An attribute without a value is left out.
        for (name, value) in self.attributes.iter().filter(|(_, value)| !value.is_empty()) {
            tag.extend([" ", name, "='"]);
            for part in value {
                if let Part::Text(text) = part {
                    escape(text, true, &mut tag);
                }
            }
            tag.push('\'');
        }
        tag.push_str(if self.closed { "/>" } else { ">" });
        Some(tag)
    }
}

/// A template, or elements that stand in a record itself.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    pub(super) roots: Vec<usize>,
}

/// A template with values.
pub(super) struct Instance<'c> {
    pub(super) tree: Rc<Tree>,
    pub(super) values: Vec<Value<'c>>,
}

/// The templates of one chunk, by the offset of their definition.
pub(super) struct Chunk<'c> {
    pub(super) bytes: &'c [u8],
    templates: HashMap<u32, Rc<Tree>, foldhash::fast::RandomState>,
}

impl<'c> Chunk<'c> {
    pub(super) fn new(bytes: &'c [u8]) -> Self {
        Self { bytes, templates: HashMap::default() }
    }

    /// The instances of a stream: a record's content, or an embedded fragment.
    pub(super) fn stream(&mut self, start: usize, end: usize) -> Result<Vec<Instance<'c>>, Bad> {
        let mut cursor = Cursor::new(self.bytes, start, end);
        let mut instances = Vec::with_capacity(1);
        while cursor.pos < cursor.end {
            let before = cursor;
            match cursor.u8()? {
                0x00 => break,
                0x0f => {
                    cursor.take(3)?;
                }
                0x0c => instances.push(self.instance(&mut cursor)?),
                _ => {
                    // Elements without a template: as Windows writes some fragments.
                    cursor = before;
                    let tree = parse_tree(&mut cursor, false)?;
                    instances.push(Instance { tree: Rc::new(tree), values: Vec::new() });
                    break;
                }
            }
        }
        Ok(instances)
    }

    fn instance(&mut self, cursor: &mut Cursor<'c>) -> Result<Instance<'c>, Bad> {
        cursor.take(5)?;
        let definition = cursor.u32()?;
        if usize::try_from(definition) == Ok(cursor.pos) {
            // The definition stands here: next, GUID, size, body.
            cursor.take(20)?;
            let size = cursor.u32()? as usize;
            cursor.take(size)?;
        }
        let tree = self.template(definition)?;
        let count = cursor.u32()? as usize;
        if count > MOST_VALUES {
            return Err("too many values");
        }
        let mut descriptors = Cursor::new(self.bytes, cursor.pos, cursor.end);
        cursor.take(count * 4)?;
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            let size = usize::from(descriptors.u16()?);
            let kind = descriptors.u8()?;
            descriptors.u8()?;
            let at = cursor.pos;
            values.push(Value { kind, bytes: cursor.take(size)?, at });
        }
        Ok(Instance { tree, values })
    }

    fn template(&mut self, definition: u32) -> Result<Rc<Tree>, Bad> {
        if let Some(known) = self.templates.get(&definition) {
            return Ok(Rc::clone(known));
        }
        let mut header = Cursor::new(self.bytes, definition as usize, self.bytes.len());
        header.take(20).map_err(|_| "a template outside its chunk")?;
        let size = header.u32()? as usize;
        let mut body = Cursor::new(self.bytes, header.pos, header.pos.saturating_add(size));
        let tree = Rc::new(parse_tree(&mut body, true)?);
        self.templates.insert(definition, Rc::clone(&tree));
        Ok(tree)
    }

    /// The instances in a value that holds BinXml.
    pub(super) fn nested(&mut self, value: &Value<'c>) -> Result<Vec<Instance<'c>>, Bad> {
        if value.kind != BINXML {
            return Err("no embedded XML");
        }
        self.stream(value.at, value.at + value.bytes.len())
    }
}

/// What is being filled.
struct Parser {
    tree: Tree,
    open: Vec<usize>,
    in_attribute: bool,
    /// The start tag is not closed yet.
    in_tag: bool,
}

/// Parse elements up to the end of the stream. Definitions carry dependency ids, streams in records do not.
fn parse_tree(cursor: &mut Cursor<'_>, is_definition: bool) -> Result<Tree, Bad> {
    let mut parser = Parser { tree: Tree::default(), open: Vec::new(), in_attribute: false, in_tag: false };
    while cursor.pos < cursor.end {
        let token = cursor.u8()?;
        match token {
            0x00 => break,
            0x0f => {
                cursor.take(3)?;
            }
            0x01 | 0x41 => parser.start(cursor, is_definition, token == 0x41)?,
            0x02 => parser.close_tag()?,
            0x03 => {
                parser.close_tag()?;
                parser.close(true)?;
            }
            0x04 => parser.close(false)?,
            0x06 | 0x46 => parser.attribute(name(cursor)?)?,
            0x05 | 0x45 => {
                if cursor.u8()? != 0x01 {
                    return Err("a literal that is no text");
                }
                parser.text(cursor.counted_text()?)?;
            }
            0x07 | 0x47 => parser.text(cursor.counted_text()?)?,
            0x08 | 0x48 => {
                let code = cursor.u16()?;
                parser.push(Part::Text(char::from_u32(u32::from(code)).unwrap_or('_').to_string()))?;
            }
            0x09 | 0x49 => parser.push(Part::Text(entity(&name(cursor)?)?.to_owned()))?,
            0x0a => drop(name(cursor)?),
            0x0b => drop(cursor.counted_text()?),
            0x0d | 0x0e => {
                let id = usize::from(cursor.u16()?);
                cursor.u8()?;
                parser.push(Part::Slot { id, optional: token == 0x0e })?;
            }
            _ => return Err("an unknown BinXml token"),
        }
    }
    if parser.open.is_empty() { Ok(parser.tree) } else { Err("an element has no end") }
}

impl Parser {
    fn start(&mut self, cursor: &mut Cursor<'_>, has_dependency: bool, has_attributes: bool) -> Result<(), Bad> {
        let dependency = if has_dependency { cursor.u16()? } else { u16::MAX };
        cursor.take(4)?;
        let name = name(cursor)?;
        if has_attributes {
            cursor.take(4)?;
        }
        if self.in_tag || self.open.len() >= MOST_OPEN {
            return Err("elements nested wrongly");
        }
        let dependency = (dependency != u16::MAX).then_some(usize::from(dependency));
        let index = self.tree.elements.len();
        self.tree.elements.push(Element {
            end_tag: format!("</{name}>"),
            name,
            dependency,
            attributes: Vec::new(),
            content: Vec::new(),
            closed: false,
            start_tag: None,
        });
        match self.open.last().and_then(|parent| self.tree.elements.get_mut(*parent)) {
            Some(parent) => parent.content.push(Part::Element(index)),
            None => self.tree.roots.push(index),
        }
        self.open.push(index);
        self.in_tag = true;
        self.in_attribute = false;
        Ok(())
    }

    fn current(&mut self) -> Result<&mut Element, Bad> {
        self.open.last().and_then(|at| self.tree.elements.get_mut(*at)).ok_or("content outside of an element")
    }

    fn close_tag(&mut self) -> Result<(), Bad> {
        if !std::mem::take(&mut self.in_tag) {
            return Err("a start tag closed twice");
        }
        self.in_attribute = false;
        Ok(())
    }

    fn close(&mut self, closed: bool) -> Result<(), Bad> {
        if self.in_tag {
            return Err("an element closed in its start tag");
        }
        let element = self.current()?;
        element.closed = closed;
        element.start_tag = element.fixed_start();
        self.open.pop();
        Ok(())
    }

    fn attribute(&mut self, name: String) -> Result<(), Bad> {
        if !self.in_tag {
            return Err("an attribute outside of a start tag");
        }
        self.in_attribute = true;
        self.current()?.attributes.push((name, Vec::new()));
        Ok(())
    }

    fn text(&mut self, units: &[u8]) -> Result<(), Bad> {
        let mut text = String::new();
        utf16(units, &mut text);
        self.push(Part::Text(text))
    }

    fn push(&mut self, part: Part) -> Result<(), Bad> {
        let (in_attribute, in_tag) = (self.in_attribute, self.in_tag);
        let element = self.current()?;
        match element.attributes.last_mut().filter(|_| in_attribute) {
            Some((_, value)) => value.push(part),
            None if in_tag => return Err("content in a start tag"),
            None => element.content.push(part),
        }
        Ok(())
    }
}

/// A name: its offset, and the name itself where it is used first.
fn name(cursor: &mut Cursor<'_>) -> Result<String, Bad> {
    let offset = cursor.u32()? as usize;
    let is_here = offset == cursor.pos;
    let mut at = Cursor::new(cursor.chunk, offset, cursor.chunk.len());
    at.take(6).map_err(|_| "a name outside its chunk")?;
    let mut text = String::new();
    utf16(at.counted_text()?, &mut text);
    if is_here {
        at.take(2)?;
        cursor.pos = at.pos;
    }
    Ok(text)
}

fn entity(name: &str) -> Result<&'static str, Bad> {
    match name {
        "amp" => Ok("&"),
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "quot" => Ok("\""),
        "apos" => Ok("'"),
        _ => Err("an unknown entity"),
    }
}
