//! Paths into JSON, as `spath` and the JSON functions of `eval` write them: `a.b`, `a{}.b`, `a{0}.b`, `{}.a`.
//!
//! Manual, "spath": a path is steps between points; a step is a member's name with an index in braces, which counts from 0
//! in JSON; braces without an index are every element; `{@name}` is an attribute of an XML element.

use std::borrow::Cow;

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A member's name.
    Member(String),
    /// `{}`: every element of an array.
    Every,
    /// `{3}`: one element.
    At(usize),
    /// `{@name}`: an attribute; JSON has none.
    Attribute(String),
}

/// What a value is.
pub(crate) enum Shape<'a, T> {
    /// Members in order.
    Object(Vec<(&'a str, &'a T)>),
    /// Elements in order.
    Array(Vec<&'a T>),
    /// A value without parts, as text: strings without quotes, `null` as the text `null`.
    Scalar(Cow<'a, str>),
}

/// A value that a path leads into.
pub(crate) trait Tree: Sized {
    /// What it is.
    fn shape(&self) -> Shape<'_, Self>;
}

impl Tree for serde_json::Value {
    fn shape(&self) -> Shape<'_, Self> {
        match self {
            Self::Object(members) => {
                Shape::Object(members.iter().map(|(name, value)| (name.as_str(), value)).collect())
            }
            Self::Array(elements) => Shape::Array(elements.iter().collect()),
            Self::String(text) => Shape::Scalar(Cow::Borrowed(text)),
            other => Shape::Scalar(Cow::Owned(other.to_string())),
        }
    }
}

/// The steps of a path; `None` where braces hold what is no index or do not close.
pub(crate) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    loop {
        let end = rest.find(['.', '{']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        rest = after;
        while let Some(inside) = rest.strip_prefix('{') {
            let (index, after) = inside.split_once('}')?;
            steps.push(match (index, index.strip_prefix('@')) {
                ("", _) => Step::Every,
                (_, Some(attribute)) => Step::Attribute(attribute.to_owned()),
                (index, None) => Step::At(index.parse().ok()?),
            });
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Some(steps),
            None => {}
        }
    }
}

/// The values that a path leads to, in the order of the text; none where there is no such place.
pub(crate) fn extract<'a, T: Tree>(value: &'a T, path: &str) -> Vec<&'a T> {
    steps(path).map_or_else(Vec::new, |steps| follow(value, &steps))
}

/// [`extract`] of a path whose steps are known: for many values.
pub(crate) fn follow<'a, T: Tree>(value: &'a T, steps: &[Step]) -> Vec<&'a T> {
    let mut found = vec![value];
    for step in steps {
        found = found.into_iter().flat_map(|value| step_into(value, step)).collect();
    }
    found
}

fn step_into<'a, T: Tree>(value: &'a T, step: &Step) -> Vec<&'a T> {
    match (value.shape(), step) {
        (Shape::Object(members), Step::Member(wanted)) => {
            members.into_iter().filter(|(name, _)| name == wanted).map(|(_, value)| value).collect()
        }
        (Shape::Array(elements), Step::Every) => elements,
        (Shape::Array(elements), Step::At(index)) => elements.get(*index).copied().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Give every value without parts the name that `spath` gives it: `a.b`, `a{}.b`. A value that is none of an object's
/// or an array's has the name "".
pub(crate) fn flatten<T: Tree>(value: &T, found: &mut dyn FnMut(String, String)) {
    flatten_below(value, &mut String::new(), &mut |name, value| found(name.to_owned(), value.into_owned()));
}

/// [`flatten`] for callers that need no text of their own.
pub(crate) fn flatten_below<'a, T: Tree>(value: &'a T, path: &mut String, found: &mut dyn FnMut(&str, Cow<'a, str>)) {
    let length = path.len();
    match value.shape() {
        Shape::Object(members) => {
            for (name, value) in members {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                flatten_below(value, path, found);
                path.truncate(length);
            }
        }
        Shape::Array(elements) => {
            path.push_str("{}");
            elements.into_iter().for_each(|value| flatten_below(value, path, found));
            path.truncate(length);
        }
        Shape::Scalar(text) => found(path, text),
    }
}

#[cfg(test)]
mod tests;
