//! XML elements as they stand in a text, for `spath`. What is cut off or broken gives what stands before that.

use std::borrow::Cow;

use spl::path::Step;

/// Elements within each other.
const MOST_OPEN: u32 = 128;

/// An element.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Element<'t> {
    name: &'t str,
    attributes: Vec<(&'t str, Cow<'t, str>)>,
    children: Vec<Element<'t>>,
    /// Its own text, entities as the characters they stand for.
    text: Cow<'t, str>,
    /// What stands between its tags.
    inside: &'t str,
}

/// The elements of a text that is XML, outermost ones; none where it does not begin as XML.
pub(crate) fn parse(text: &str) -> Vec<Element<'_>> {
    if !text.trim_start().starts_with('<') {
        return Vec::new();
    }
    let mut root = Element::default();
    let mut reader = Reader { text, position: 0, open: 0 };
    // A broken end is no reason to lose what came before it.
    let _end = reader.content(&mut root);
    root.children
}

/// What a path leads to: the text of elements without children, what stands inside those that have some, attributes.
///
/// Manual, "spath": an index counts from 1 in XML. Braces without one are all, which a name alone is too.
pub(crate) fn follow<'e>(roots: &'e [Element<'_>], steps: &[Step]) -> Vec<&'e str> {
    let mut found: Vec<&Element<'_>> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Member(name) => {
                let index = match steps.get(at + 1) {
                    Some(Step::At(index)) => Some(*index),
                    _ => None,
                };
                let within: Vec<&[Element<'_>]> = match at {
                    0 => vec![roots],
                    _ => found.iter().map(|element| element.children.as_slice()).collect(),
                };
                found = within.into_iter().flat_map(|siblings| named(siblings, name, index)).collect();
            }
            Step::Attribute(name) => {
                let all = found.iter().flat_map(|element| &element.attributes);
                let named = all.filter(|(known, _)| known == name);
                return if steps.len() == at + 1 {
                    named.map(|(_, value)| value.as_ref()).collect()
                } else {
                    Vec::new()
                };
            }
            // The index has been looked at with the name before it.
            Step::Every | Step::At(_) => {}
        }
    }
    found.into_iter().map(Element::value).filter(|value| !value.is_empty()).collect()
}

fn named<'e, 't>(siblings: &'e [Element<'t>], name: &str, index: Option<usize>) -> Vec<&'e Element<'t>> {
    let mut found: Vec<&Element<'_>> = siblings.iter().filter(|element| element.name == name).collect();
    if let Some(index) = index {
        found = index.checked_sub(1).and_then(|at| found.get(at).copied()).into_iter().collect();
    }
    found
}

/// Give every text and attribute the name that `spath` gives it: `a.b`, `a.b{@c}`.
pub(crate) fn flatten(elements: &[Element<'_>], path: &mut String, found: &mut dyn FnMut(&str, &str)) {
    let length = path.len();
    for element in elements {
        if length > 0 {
            path.push('.');
        }
        path.push_str(element.name);
        let named = path.len();
        for (name, value) in &element.attributes {
            path.push_str("{@");
            path.push_str(name);
            path.push('}');
            found(path, value);
            path.truncate(named);
        }
        if !element.text.trim().is_empty() {
            found(path, &element.text);
        }
        flatten(&element.children, path, found);
        path.truncate(length);
    }
}

impl Element<'_> {
    fn value(&self) -> &str {
        if self.children.is_empty() { &self.text } else { self.inside }
    }
}

/// Call `see` with the name and text of every element that holds text and nothing else, wherever it stands in a text that may
/// be no XML at all. Entities stay as they are written.
pub(crate) fn each_pair<'t>(text: &'t str, see: &mut dyn FnMut(&'t str, &'t str)) {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        if let Some((name, value)) = pair(behind).filter(|(_, value)| !value.trim().is_empty()) {
            see(name, value);
        }
    }
}

/// Of `name …>value</name>` the name and the value.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (tag, inside) = text.split_at(text.find(['<', '>'])?);
    let name = tag.split(|c: char| c.is_whitespace()).next().filter(|name| !name.is_empty())?;
    let inside = inside.strip_prefix('>')?;
    let (value, behind) = inside.split_at(inside.find('<')?);
    let end = behind.strip_prefix("</")?.strip_prefix(name)?;
    end.starts_with('>').then_some((name, value))
}

struct Reader<'t> {
    text: &'t str,
    position: usize,
    open: u32,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or("")
    }

    /// Step over the text up to `end` and `end` itself; `None` where there is none.
    fn until(&mut self, end: &str) -> Option<&'t str> {
        let (before, _) = self.rest().split_once(end)?;
        self.position += before.len() + end.len();
        Some(before)
    }

    /// What stands inside an element, up to its end tag. `None` where the text breaks off.
    fn content(&mut self, parent: &mut Element<'t>) -> Option<()> {
        loop {
            let rest = self.rest();
            let length = rest.find('<').unwrap_or(rest.len());
            add(&mut parent.text, unescape(rest.get(..length)?));
            self.position += length;
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with("</") {
                self.until(">")?;
                return Some(());
            }
            if rest.starts_with("<![CDATA[") {
                self.position += "<![CDATA[".len();
                let text = self.until("]]>")?;
                add(&mut parent.text, Cow::Borrowed(text));
            } else if rest.starts_with("<!--") {
                self.until("-->")?;
            } else if rest.starts_with("<?") {
                self.until("?>")?;
            } else if rest.starts_with("<!") {
                self.until(">")?;
            } else {
                self.element(parent)?;
            }
        }
    }

    fn element(&mut self, parent: &mut Element<'t>) -> Option<()> {
        if self.open >= MOST_OPEN {
            return None;
        }
        self.position += 1;
        let name = self.word()?;
        let mut element = Element { name, ..Element::default() };
        let closed = self.attributes(&mut element)?;
        let start = self.position;
        let mut end = Some(());
        if !closed {
            self.open += 1;
            end = self.content(&mut element);
            self.open -= 1;
            let inside = self.text.get(start..self.position).unwrap_or("");
            element.inside = inside.rsplit_once("</").filter(|_| end.is_some()).map_or(inside, |(inside, _)| inside);
        }
        // The text of an element that breaks off may be cut short.
        if end.is_none() {
            element.text = Cow::Borrowed("");
        }
        parent.children.push(element);
        end
    }

    /// A name; `None` where none stands here.
    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_whitespace() || "<>/='\"".contains(c)).unwrap_or(rest.len());
        self.position += length;
        rest.get(..length).filter(|word| !word.is_empty())
    }

    /// The attributes up to the tag's end. True when the tag closes itself.
    fn attributes(&mut self, element: &mut Element<'t>) -> Option<bool> {
        loop {
            self.blanks();
            if self.eat("/>") {
                return Some(true);
            }
            if self.eat(">") {
                return Some(false);
            }
            let name = self.word()?;
            self.blanks();
            if !self.eat("=") {
                return None;
            }
            self.blanks();
            let quote = ["\"", "'"].into_iter().find(|quote| self.rest().starts_with(quote))?;
            self.position += 1;
            let value = self.until(quote)?;
            element.attributes.push((name, unescape(value)));
        }
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        self.position += if found { sign.len() } else { 0 };
        found
    }
}

fn add<'t>(text: &mut Cow<'t, str>, more: Cow<'t, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

/// A text with its entities as the characters they stand for. What is no entity stays as it is.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let (before, mut rest) = text.split_at(first);
    let mut written = before.to_owned();
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        written.push_str(before);
        match character(entity) {
            Some((character, after)) => {
                written.push(character);
                rest = after;
            }
            None => {
                written.push('&');
                rest = entity.get(1..).unwrap_or("");
            }
        }
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// The character of the entity that a text begins with, and what stands behind it.
fn character(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix('&')?;
    // The longest that there is, `&#x10ffff;`, has nine signs behind the `&`.
    let length = rest.bytes().take(10).position(|byte| byte == b';')?;
    let (name, after) = (rest.get(..length)?, rest.get(length + 1..)?);
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, after))
}

#[cfg(test)]
mod tests;
