//! Which fields can exist at a pipe.

use crate::Schema;

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

/// What the wildcards of `pattern` stand for in `name`; `None` when it does not match.
///
/// The first wildcard takes as little as it can, as in `rename`'s documented examples (`rename foo* AS bar*`).
pub(crate) fn capture<'a>(pattern: &str, name: &'a str) -> Option<Vec<&'a str>> {
    if pattern.starts_with('*') && name.starts_with('_') {
        return None;
    }
    let mut parts = pattern.split('*');
    let mut rest = name.strip_prefix(parts.next()?)?;
    let mut captured = Vec::new();
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty().then_some(captured);
    };
    for part in middle {
        let (before, after) = rest.split_once(part)?;
        captured.push(before);
        rest = after;
    }
    captured.push(rest.strip_suffix(last)?);
    Some(captured)
}

/// Put what was captured where the wildcards of `pattern` are.
pub(crate) fn fill(pattern: &str, captured: &[&str]) -> String {
    let mut filled = String::new();
    let mut captured = captured.iter();
    for (at, part) in pattern.split('*').enumerate() {
        if at > 0 {
            filled.push_str(captured.next().copied().unwrap_or("*"));
        }
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::{capture, fill};

    fn check(from: &str, to: &str, name: &str, expected: Option<&str>) {
        let filled = capture(from, name).map(|captured| fill(to, &captured));
        assert_eq!(filled.as_deref(), expected, "{from} as {to} on {name}");
    }

    #[test]
    fn wildcards_carry_over() {
        check("Processes.*", "*", "Processes.dest", Some("dest"));
        check("Processes.*", "*", "Registry.dest", None);
        check("*ip", "*address", "src_ip", Some("src_address"));
        check("a*b*c", "x*y*z", "a1b2c", Some("x1y2z"));
        check("dest", "host", "dest", Some("host"));
        check("dest", "host", "dest_ip", None);
        check("*", "x*", "_time", None);
        check("_*", "x*", "_time", Some("xtime"));
    }
}
