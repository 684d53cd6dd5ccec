//! Paths into JSON: `a.b{0}.c{}`.

use serde_json::{Map, Value};

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A member of an object.
    Key(String),
    /// An element of an array.
    Index(usize),
    /// Every element of an array.
    All,
}

/// A way into a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    steps: Vec<Step>,
}

impl Path {
    /// Read a path. What stands in braces and is no number is part of the key.
    pub(crate) fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let mut key = part;
            let mut indices = Vec::new();
            while let Some((before, inside)) = key.strip_suffix('}').and_then(|open| open.rsplit_once('{')) {
                let index = if inside.is_empty() { Some(Step::All) } else { inside.parse().ok().map(Step::Index) };
                let Some(index) = index else { break };
                indices.push(index);
                key = before;
            }
            if !key.is_empty() || indices.is_empty() {
                steps.push(Step::Key(key.to_owned()));
            }
            steps.extend(indices.into_iter().rev());
        }
        Self { steps }
    }

    /// A key as it is, without a way further in.
    pub(crate) fn key(key: &str) -> Self {
        Self { steps: vec![Step::Key(key.to_owned())] }
    }

    /// May it lead to several values?
    pub(crate) fn is_multiple(&self) -> bool {
        self.steps.contains(&Step::All)
    }

    /// Everything that it leads to, in order.
    pub(crate) fn get<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        // In the manual's example `{}` of an object is the object.
        if self.steps == [Step::All] && value.is_object() {
            return vec![value];
        }
        let mut found = vec![value];
        for step in &self.steps {
            found = found.into_iter().flat_map(|value| step.get(value)).collect();
        }
        found
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
        if let Some((Step::Key(last), before)) = self.steps.split_last() {
            descend(before, value, &mut |parent| {
                if let Value::Object(members) = parent {
                    // The order of the others stays.
                    members.shift_remove(last);
                }
            });
        }
    }
}

impl Step {
    fn get<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match (self, value) {
            (Self::Key(key), Value::Object(members)) => members.get(key).into_iter().collect(),
            (Self::Index(at), Value::Array(elements)) => elements.get(*at).into_iter().collect(),
            (Self::All, Value::Array(elements)) => elements.iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn descend(steps: &[Step], value: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = steps.split_first() else {
        change(value);
        return;
    };
    match (step, value) {
        (Step::Key(key), Value::Object(members)) => {
            if let Some(member) = members.get_mut(key) {
                descend(rest, member, change);
            }
        }
        (Step::Index(at), Value::Array(elements)) => {
            if let Some(element) = elements.get_mut(*at) {
                descend(rest, element, change);
            }
        }
        (Step::All, Value::Array(elements)) => {
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
        (Step::Key(key), Value::Object(members)) => match members.get_mut(key) {
            Some(member) => insert(rest, member, new),
            // A way through keys alone can be made; one through an array that is not there cannot.
            None if rest.iter().all(|step| matches!(step, Step::Key(_))) => {
                members.insert(key.clone(), nested(rest, new));
            }
            None => {}
        },
        (Step::Index(at), Value::Array(elements)) => {
            if let Some(element) = elements.get_mut(*at) {
                insert(rest, element, new);
            }
        }
        (Step::All, Value::Array(elements)) => elements.iter_mut().for_each(|element| insert(rest, element, new)),
        _ => {}
    }
}

/// Objects inside each other, and the value in the innermost.
fn nested(steps: &[Step], new: &Value) -> Value {
    steps.iter().rev().fold(new.clone(), |inner, step| match step {
        Step::Key(key) => Value::Object(Map::from_iter([(key.clone(), inner)])),
        Step::Index(_) | Step::All => inner,
    })
}
