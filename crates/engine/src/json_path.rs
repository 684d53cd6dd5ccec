//! Paths into JSON, as `spath` and the JSON functions of `eval` write them: `a.b`, `a{}.b`, `a{0}.b`, `{}.a`.
//!
//! [`spl::path`] reads a path; here it is followed, and every value is given the name that `spath` gives it.

use std::borrow::Cow;

use spl::path::Step;

use crate::json::Json;
use crate::xml;

/// A value that a path leads into.
pub(crate) trait Tree: Sized {
    /// The members of an object, in order.
    fn members(&self) -> Option<impl Iterator<Item = (&str, &Self)>>;

    /// The elements of an array.
    fn elements(&self) -> Option<&[Self]>;

    /// A value without parts as text: strings without quotes, `null` as the text `null`.
    fn scalar(&self) -> Cow<'_, str>;
}

impl Tree for serde_json::Value {
    fn members(&self) -> Option<impl Iterator<Item = (&str, &Self)>> {
        self.as_object().map(|members| members.iter().map(|(name, value)| (name.as_str(), value)))
    }

    fn elements(&self) -> Option<&[Self]> {
        self.as_array().map(Vec::as_slice)
    }

    fn scalar(&self) -> Cow<'_, str> {
        match self {
            Self::String(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.to_string()),
        }
    }
}

/// What a path leads to in a text that is JSON or XML, as `spath` writes it: objects and arrays as they stand.
pub(crate) fn in_document(text: &str, steps: &[Step]) -> Vec<String> {
    match Json::parse(text) {
        Some(json) => follow(&json, steps).into_iter().map(|value| value.text().into_owned()).collect(),
        None => xml::follow(&xml::parse(text), steps).into_iter().map(str::to_owned).collect(),
    }
}

/// The values that a path leads to, in the order of the text; none where there is no such place.
pub(crate) fn follow<'a, T: Tree>(value: &'a T, steps: &[Step]) -> Vec<&'a T> {
    let mut found = vec![value];
    for step in steps {
        let mut next = Vec::new();
        found.into_iter().for_each(|value| step_into(value, step, &mut next));
        found = next;
    }
    found
}

fn step_into<'a, T: Tree>(value: &'a T, step: &Step, found: &mut Vec<&'a T>) {
    match step {
        Step::Member(wanted) => {
            if let Some(members) = value.members() {
                found.extend(members.filter(|(name, _)| name == wanted).map(|(_, value)| value));
            }
        }
        // Tested content reads `requestParameters{}.bucketName` where that is an object and no array: our reading is that
        // braces without an index let through what has no elements.
        Step::Every => match value.elements() {
            Some(elements) => found.extend(elements),
            None => found.push(value),
        },
        Step::At(index) => found.extend(value.elements().and_then(|elements| elements.get(*index))),
        Step::Attribute(_) => {}
    }
}

/// Give every value without parts the name that `spath` gives it, behind what `path` holds: `a.b`, `a{}.b`. One that is in no
/// object and no array has the name "".
pub(crate) fn flatten<'a, T: Tree>(value: &'a T, path: &mut String, found: &mut dyn FnMut(&str, Cow<'a, str>)) {
    let length = path.len();
    if let Some(members) = value.members() {
        for (name, value) in members {
            if length > 0 {
                path.push('.');
            }
            path.push_str(name);
            flatten(value, path, found);
            path.truncate(length);
        }
    } else if let Some(elements) = value.elements() {
        path.push_str("{}");
        elements.iter().for_each(|value| flatten(value, path, found));
        path.truncate(length);
    } else {
        found(path, value.scalar());
    }
}

#[cfg(test)]
mod tests;
