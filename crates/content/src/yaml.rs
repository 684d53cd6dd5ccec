//! YAML as a small tree that knows where every value stands in the file.
//!
//! Depth and size are bounded, so no file can exhaust the stack or the memory: aliases (`*name`) copy what they
//! stand for only until [`MAX_NODES`] is reached.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use text::Span;

mod indent;
mod offsets;
mod scalar;
#[cfg(test)]
mod tests;

use offsets::Offsets;
pub(crate) use scalar::decode;

/// Lists and maps may nest this deep; ESCU content nests five levels.
const MAX_DEPTH: usize = 64;
/// Values in one file, aliases counted each time they are used.
const MAX_NODES: usize = 100_000;

/// A value and the bytes it stands on.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) span: Span,
    pub(crate) value: Value<'a>,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Scalar(Scalar<'a>),
    List(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>),
}

/// A decoded scalar and how it was written.
#[derive(Debug, Clone)]
pub(crate) struct Scalar<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) style: ScalarStyle,
    /// Written with `!!str`, so `null` and numbers are text.
    pub(crate) is_text: bool,
}

/// `key: value` of a map.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) key_at: Span,
    pub(crate) node: Node<'a>,
}

/// Why a file is no YAML, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) at: Span,
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) help: Option<&'static str>,
}

impl Problem {
    fn new(at: Span, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }
}

/// What usually stands behind the YAML library's words.
const HELP: [(&str, &str); 5] = [
    ("did not find expected key", "the line should begin in the same column as the keys above it"),
    ("mapping values are not allowed", "text that holds a colon and a blank must be quoted"),
    ("did not find expected '-'", "the line should begin in the same column as the dashes above it"),
    (
        "trailing content after",
        "a quote inside quoted text is written twice: `''` in single quotes, `\\\"` in double quotes",
    ),
    ("tabs disallowed", "indent with blanks"),
];

impl Node<'_> {
    /// True for `~`, `null` and nothing at all, when not quoted.
    pub(crate) fn is_null(&self) -> bool {
        let Value::Scalar(scalar) = &self.value else {
            return false;
        };
        let plain = scalar.style == ScalarStyle::Plain && !scalar.is_text;
        plain && matches!(scalar.text.as_ref(), "" | "~" | "null" | "Null" | "NULL")
    }

    /// What it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            _ if self.is_null() => "nothing",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// The same tree, independent of the text it was read from.
    fn into_owned(self) -> Node<'static> {
        let value = match self.value {
            Value::Scalar(scalar) => Value::Scalar(Scalar { text: Cow::Owned(scalar.text.into_owned()), ..scalar }),
            Value::List(items) => Value::List(items.into_iter().map(Node::into_owned).collect()),
            Value::Map(entries) => Value::Map(entries.into_iter().map(Entry::into_owned).collect()),
        };
        Node { span: self.span, value }
    }

    /// Nodes in this subtree, itself included.
    fn size(&self) -> usize {
        1 + match &self.value {
            Value::Scalar(_) => 0,
            Value::List(items) => items.iter().map(Node::size).sum(),
            Value::Map(entries) => entries.iter().map(|entry| 1 + entry.node.size()).sum::<usize>(),
        }
    }
}

impl Entry<'_> {
    fn into_owned(self) -> Entry<'static> {
        Entry { key: Cow::Owned(self.key.into_owned()), key_at: self.key_at, node: self.node.into_owned() }
    }
}

/// Read every document of `source`.
pub(crate) fn parse(source: &str) -> Result<Vec<Node<'_>>, Problem> {
    let read = match parse_text(source, Offsets::new(source)) {
        Err(problem) if problem.message.ends_with(indent::REFUSED) => match indent::repair(source, problem.at) {
            Some(repaired) => repaired.parse(),
            None => Err(indent::unclosed(problem)),
        },
        Err(problem) if problem.message.ends_with(indent::END_IN_QUOTES) => Err(indent::unclosed(problem)),
        result => result,
    };
    read.map_err(|problem| Problem { at: visible(source, problem.at), ..problem })
}

/// Read every document of `source`, whose characters stand at `offsets`.
fn parse_text(source: &str, offsets: Offsets) -> Result<Vec<Node<'_>>, Problem> {
    let mut builder = Builder { offsets, ..Builder::default() };
    for event in Parser::new_from_str(source) {
        match event {
            Ok((event, at)) => builder.accept(event, at)?,
            Err(error) => {
                let start = builder.offsets.byte(error.marker().index()).min(source.len());
                let message = format!("YAML cannot be read: {}", lower_first(error.info()));
                let help = HELP.iter().find(|(words, _)| error.info().contains(words));
                let problem = Problem::new(Span::new(start, start), message);
                return Err(Problem { help: help.map(|(_, help)| *help), ..problem });
            }
        }
    }
    Ok(builder.documents)
}

fn lower_first(info: &str) -> String {
    let mut letters = info.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// An empty place stretched over the character there, so that a caret has something to stand under.
fn visible(source: &str, at: Span) -> Span {
    let start = at.start as usize;
    let next = source.get(start..).and_then(|rest| rest.chars().next());
    match next.filter(|letter| at.is_empty() && !matches!(letter, '\n' | '\r')) {
        Some(letter) => Span::new(start, start + letter.len_utf8()),
        None => at,
    }
}

/// An open list or map.
enum Frame<'a> {
    List { start: usize, anchor: usize, items: Vec<Node<'a>> },
    Map { start: usize, anchor: usize, entries: Vec<Entry<'a>>, key: Option<(Cow<'a, str>, Span)> },
}

#[derive(Default)]
struct Builder<'a> {
    offsets: Offsets,
    open: Vec<Frame<'a>>,
    documents: Vec<Node<'a>>,
    anchors: HashMap<usize, Node<'a>>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    fn accept(&mut self, event: Event<'a>, at: saphyr_parser::Span) -> Result<(), Problem> {
        let (start, end) = (self.offsets.byte(at.start.index()), self.offsets.byte(at.end.index()));
        let span = Span::new(start, end);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let value = Value::Scalar(Scalar { text, style, is_text });
                self.add(Node { span, value }, anchor)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, _) => self.push(Frame::List { start, anchor, items: Vec::new() }, span),
            Event::MappingStart(anchor, _) => {
                self.push(Frame::Map { start, anchor, entries: Vec::new(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => Ok(()),
        }
    }

    fn push(&mut self, frame: Frame<'a>, span: Span) -> Result<(), Problem> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Problem::new(span, format!("lists and maps are nested deeper than {MAX_DEPTH} levels")));
        }
        self.open.push(frame);
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Problem> {
        let (node, anchor) = match self.open.pop() {
            Some(Frame::List { start, anchor, items }) => {
                let last = items.last().map_or(end.end, |item| item.span.end);
                (Node { span: Span { start: to_u32(start), end: last }, value: Value::List(items) }, anchor)
            }
            Some(Frame::Map { start, anchor, entries, .. }) => {
                let last = entries.last().map_or(end.end, |entry| entry.node.span.end.max(entry.key_at.end));
                (Node { span: Span { start: to_u32(start), end: last }, value: Value::Map(entries) }, anchor)
            }
            None => return Ok(()),
        };
        self.add(node, anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Problem> {
        let Some(known) = self.anchors.get(&anchor) else {
            return Err(Problem::new(span, "an alias stands for something that contains it".to_owned()));
        };
        self.nodes += known.size();
        let copy = known.clone();
        self.add(copy, 0)
    }

    fn add(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Problem> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Problem::new(node.span, format!("the file holds more than {MAX_NODES} values")));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map { entries, key, .. }) => match key.take() {
                Some((key, key_at)) => entries.push(Entry { key, key_at, node }),
                None => *key = Some(as_key(node)?),
            },
        }
        Ok(())
    }
}

fn as_key(node: Node<'_>) -> Result<(Cow<'_, str>, Span), Problem> {
    match node.value {
        Value::Scalar(scalar) => Ok((scalar.text, node.span)),
        _ => Err(Problem::new(node.span, format!("a key must be text, not {}", node.kind()))),
    }
}

fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
