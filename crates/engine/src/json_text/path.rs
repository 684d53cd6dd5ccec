//! Paths into JSON: `a.b{0}.c{}`.

use serde_json::{Map, Value};
use spl::path::{Step, steps};

use crate::json_path::follow;

/// A way into a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    steps: Vec<Step>,
}

impl Path {
    /// Read a path. What is none is a key.
    pub(crate) fn parse(text: &str) -> Self {
        steps(text).map_or_else(|| Self::key(text), |steps| Self { steps })
    }

    /// A key as it is, without a way further in.
    pub(crate) fn key(key: &str) -> Self {
        Self { steps: vec![Step::Member(key.to_owned())] }
    }

    /// May it lead to several values?
    pub(crate) fn is_multiple(&self) -> bool {
        self.steps.contains(&Step::Every)
    }

    /// Everything that it leads to, in order.
    pub(crate) fn get<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        follow(value, &self.steps)
    }

    /// Change everything that it leads to.
    pub(crate) fn change(&self, value: &mut Value, change: &mut dyn FnMut(&mut Value)) {
        descend(&self.steps, value, change);
    }

    /// Put a value where it leads; keys that do not exist are made. Where the text has another form, nothing changes.
    pub(crate) fn set(&self, value: &mut Value, new: &Value) {
        insert(&self.steps, value, new);
    }

    /// Remove the member that it leads to.
    pub(crate) fn remove(&self, value: &mut Value) {
        if let Some((Step::Member(last), before)) = self.steps.split_last() {
            descend(before, value, &mut |parent| {
                if let Value::Object(members) = parent {
                    // The order of the others stays.
                    members.shift_remove(last);
                }
            });
        }
    }
}

fn descend(steps: &[Step], value: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = steps.split_first() else {
        change(value);
        return;
    };
    match (step, value) {
        (Step::Member(key), Value::Object(members)) => {
            if let Some(member) = members.get_mut(key) {
                descend(rest, member, change);
            }
        }
        (Step::At(at), Value::Array(elements)) => {
            if let Some(element) = elements.get_mut(*at) {
                descend(rest, element, change);
            }
        }
        (Step::Every, Value::Array(elements)) => {
            elements.iter_mut().for_each(|element| descend(rest, element, change));
        }
        _ => {}
    }
}

fn insert(steps: &[Step], value: &mut Value, new: &Value) {
    let Some((step, rest)) = steps.split_first() else {
        *value = new.clone();
        return;
    };
    match (step, value) {
        (Step::Member(key), Value::Object(members)) => match members.get_mut(key) {
            Some(member) => insert(rest, member, new),
            // A way through keys alone can be made; one through an array that is not there cannot.
            None if rest.iter().all(|step| matches!(step, Step::Member(_))) => {
                members.insert(key.clone(), nested(rest, new));
            }
            None => {}
        },
        (Step::At(at), Value::Array(elements)) => {
            if let Some(element) = elements.get_mut(*at) {
                insert(rest, element, new);
            }
        }
        (Step::Every, Value::Array(elements)) => elements.iter_mut().for_each(|element| insert(rest, element, new)),
        _ => {}
    }
}

/// Objects inside each other, and the value in the innermost.
fn nested(steps: &[Step], new: &Value) -> Value {
    steps.iter().rev().fold(new.clone(), |inner, step| match step {
        Step::Member(key) => Value::Object(Map::from_iter([(key.clone(), inner)])),
        Step::At(_) | Step::Every | Step::Attribute(_) => inner,
    })
}
