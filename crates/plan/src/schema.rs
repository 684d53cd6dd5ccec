//! Which fields can exist at a pipe.

use crate::Schema;
use crate::wildcard::capture;

impl Schema {
    /// Every field may exist: raw events.
    pub fn open() -> Self {
        Self { fields: Vec::new(), open: true }
    }

    /// Only these fields exist.
    pub fn closed(fields: Vec<String>) -> Self {
        let mut schema = Self::default();
        fields.into_iter().for_each(|field| schema.add(&field));
        schema
    }

    /// True when a field of this name can exist here.
    pub fn may_have(&self, name: &str) -> bool {
        self.open || self.fields.iter().any(|field| field == name)
    }

    pub(crate) fn add(&mut self, name: &str) {
        if !self.fields.iter().any(|field| field == name) {
            self.fields.push(name.to_owned());
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.fields.retain(|field| field != name);
    }

    /// The known fields that a name with wildcards means, in order. `*` does not reach internal fields (`_time`, `_raw`)
    /// unless the pattern starts with `_`.
    pub(crate) fn matching(&self, pattern: &str) -> Vec<String> {
        let fields = self.fields.iter().filter(|field| capture(pattern, field).is_some());
        fields.cloned().collect()
    }

    /// Move the known field `from` to `to`, in its place; a field that was called `to` is gone.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        self.remove(to);
        if let Some(field) = self.fields.iter_mut().find(|field| *field == from) {
            to.clone_into(field);
        }
    }
}

/// Can result rows with this schema carry `field`? For `$tokens$`, entities and threat objects.
pub fn yields(schema: &Schema, field: &str) -> bool {
    schema.may_have(field)
}
