//! Which fields tell the result rows apart: the by-fields of the last grouping, followed to their final names.
//!
//! A finding's id is made of them: more events of the same group in the same window change a row's count, not what it is about.

use crate::wildcard::{capture, fill};
use crate::{Iplocation, Lookup, Op, Schema};

/// The key after a command; `None` where rows may be equal in every field that is left of it.
pub(crate) fn after(op: &Op, key: Option<Vec<String>>, before: &Schema, schema: &Schema) -> Option<Vec<String>> {
    let kept = |key: Vec<String>| key.iter().all(|name| schema.fields.contains(name)).then_some(key);
    match op {
        Op::ScanEvents(_) => None,
        Op::Tstats(read) => Some(read.by.iter().map(|group| group.output.clone()).collect()),
        Op::Stats { by, .. } => Some(by.clone()),
        Op::Eval(made) => unless(key, made.iter().map(|(name, _)| name)),
        Op::Eventstats { aggregations, .. } => unless(key, aggregations.iter().map(|made| &made.output)),
        Op::Convert { conversions, .. } => unless(key, conversions.iter().map(|made| &made.output)),
        Op::Bin { alias, .. } => unless(key, [alias]),
        Op::Lookup(Lookup { outputs: Some(outputs), .. }) | Op::Iplocation(Iplocation { outputs, .. }) => {
            unless(key, outputs.iter().map(|(_, output)| output))
        }
        Op::Rename(renamings) => renamed(key?, renamings, before).and_then(kept),
        Op::Table(_) | Op::Keep(_) | Op::Remove(_) => key.and_then(kept),
        // By-fields are never null, so there is nothing to fill.
        Op::Fillnull { .. }
        | Op::Filter(_)
        | Op::Where(_)
        | Op::Head(_)
        | Op::Sort { .. }
        | Op::Dedup { .. }
        | Op::Regex { .. }
        | Op::Outputlookup(_) => key,
        _ => None,
    }
}

/// The key, unless one of its fields is written over.
fn unless<'a>(key: Option<Vec<String>>, written: impl IntoIterator<Item = &'a String>) -> Option<Vec<String>> {
    let written: Vec<&String> = written.into_iter().collect();
    key.filter(|key| !written.iter().any(|name| name.contains('*') || key.contains(name)))
}

fn renamed(mut key: Vec<String>, renamings: &[(String, String)], before: &Schema) -> Option<Vec<String>> {
    let mut fields = before.fields.clone();
    for (from, to) in renamings {
        let moved = |name: &String| capture(from, name).map(|captured| fill(to, &captured));
        let overwritten = |name: &String| moved(name).is_some_and(|new| new != *name && key.contains(&new));
        if fields.iter().any(overwritten) || (!from.contains('*') && !fields.contains(from) && key.contains(to)) {
            return None;
        }
        for name in fields.iter_mut().chain(&mut key) {
            if let Some(new) = moved(name) {
                *name = new;
            }
        }
    }
    Some(key)
}
