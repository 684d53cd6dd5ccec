//! YAML as a tree in which everything knows its bytes.

use saphyr_parser::{Event, Parser, ScalarStyle};
use text::Span;

/// A node and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its bytes; a list's or map's reach from its first to its last item.
    pub(crate) span: Span,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Text, number, boolean or null, as text.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order written.
    Map(Vec<(Node, Node)>),
}

/// Nesting beyond this is refused: packs are shallow.
const MAX_DEPTH: usize = 16;

/// The single document of a YAML text; an empty text is an empty map.
pub(crate) fn parse(yaml: &str) -> Result<Node, (Span, String)> {
    let offsets = CharOffsets::new(yaml);
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(yaml) {
        let (event, at) = event.map_err(|error| (offsets.at(error.marker().index()), error.info().to_owned()))?;
        let span = Span { start: offsets.at(at.start.index()).start, end: offsets.at(at.end.index()).start };
        let done = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if open.len() == MAX_DEPTH {
                    return Err((span, "nested too deeply".to_owned()));
                }
                open.push(Open { map: matches!(event, Event::MappingStart(..)), items: Vec::new(), span });
                continue;
            }
            Event::Scalar(value, style, ..) => {
                Node { kind: Kind::Scalar(value.into_owned()), span: inside(yaml, span, style) }
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(open) => open.close(),
                None => continue,
            },
            Event::Alias(_) => return Err((span, "aliases are not supported".to_owned())),
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.items.push(done),
            None if root.is_none() => root = Some(done),
            None => return Err((done.span, "more than one document".to_owned())),
        }
    }
    Ok(root.unwrap_or(Node { kind: Kind::Map(Vec::new()), span: Span::default() }))
}

/// A list or map whose end has not been met.
struct Open {
    map: bool,
    items: Vec<Node>,
    span: Span,
}

impl Open {
    fn close(self) -> Node {
        let span = self.items.last().map_or(self.span, |last| self.span.to(last.span));
        if !self.map {
            return Node { kind: Kind::List(self.items), span };
        }
        let mut pairs = Vec::new();
        let mut items = self.items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            pairs.push((key, value));
        }
        Node { kind: Kind::Map(pairs), span }
    }
}

/// The bytes of a scalar without its quotes or block header.
fn inside(yaml: &str, span: Span, style: ScalarStyle) -> Span {
    match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if span.len() >= 2 => {
            Span { start: span.start + 1, end: span.end - 1 }
        }
        ScalarStyle::Plain => {
            let kept = span.of(yaml).trim_end().len();
            Span::new(span.start as usize, span.start as usize + kept)
        }
        _ => span,
    }
}

/// The parser counts characters, reports count bytes.
struct CharOffsets<'a> {
    text: &'a str,
    /// Byte offset of every character; empty when the text is ASCII.
    starts: Vec<usize>,
}

impl<'a> CharOffsets<'a> {
    fn new(text: &'a str) -> Self {
        let starts = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { text, starts }
    }

    /// An empty span at a character.
    fn at(&self, index: usize) -> Span {
        let byte = if self.starts.is_empty() {
            index.min(self.text.len())
        } else {
            self.starts.get(index).copied().unwrap_or(self.text.len())
        };
        Span::new(byte, byte)
    }
}
