//! Which fields tell the result rows apart: the by-fields of the last grouping, followed to their final names.
//!
//! A finding's id is made of them: more events of the same group in the same window change a row's count, not what it is about.

use crate::wildcard::{capture, fill};
use crate::{Iplocation, Lookup, Op, Schema, Streamstats};

/// The key after a command; `None` where rows may be equal in every field that is left of it.
pub(crate) fn after(op: &Op, key: Option<Vec<String>>, before: &Schema, schema: &Schema) -> Option<Vec<String>> {
    let kept = |key: Vec<String>| key.iter().all(|name| schema.fields.contains(name)).then_some(key);
    match op {
        // A left row stays one row; a right field of a key's name takes its place where it has a value.
        Op::Join(join) if join.max == 1 => {
            let right = join.right.stages.last().map(|stage| &stage.schema)?;
            let replaced = |name: &String| join.overwrite && !join.by.contains(name) && right.may_have(name);
            key.filter(|key| !join.by.is_empty() && !key.iter().any(replaced))
        }
        Op::Tstats(read) => Some(read.by.iter().map(|group| group.output.clone()).collect()),
        Op::Stats { by, .. } => Some(by.clone()),
        Op::Sparklines(made) => Some(made.by.clone()),
        // A name made of values may be any.
        Op::Eval(made) if made.iter().any(|(name, _)| spl::computed::parts(name).is_some()) => None,
        Op::Mcatalog(read) => Some(read.by.clone()),
        Op::Mstats(read) => Some(read.span.iter().map(|_| "_time".to_owned()).chain(read.by.iter().cloned()).collect()),
        // The groups of a model that is known.
        Op::Summary { .. } if !schema.open => {
            Some(schema.fields.iter().filter(|name| !crate::command::is_summary(name)).cloned().collect())
        }
        Op::Fit(_) | Op::Apply(_) => unless(key, schema.fields.iter().filter(|name| !before.fields.contains(name))),
        Op::Outlier(outlier) if outlier.remove => key,
        Op::Outlier(outlier) => unless(key, &outlier.fields).filter(|_| !outlier.fields.is_empty()),
        Op::Eval(made) => unless(key, made.iter().map(|(name, _)| name)),
        Op::Eventstats { aggregations, .. } | Op::Streamstats(Streamstats { aggregations, .. }) => {
            unless(key, aggregations.iter().map(|made| &made.output))
        }
        Op::Chart(chart) => Some(chart.over.iter().cloned().collect()),
        Op::Timechart(_) => Some(vec!["_time".to_owned()]),
        Op::Top(top) => Some(top.by.iter().chain(&top.fields).cloned().collect()),
        Op::Xyseries { x, .. } => Some(vec![x.clone()]),
        Op::Accum { output, .. } | Op::Delta { output, .. } => unless(key, [output]),
        Op::Rangemap { .. } => unless(key, [&"range".to_owned()]),
        Op::Addinfo => {
            let made = ["info_min_time", "info_max_time", "info_sid", "info_search_time"].map(str::to_owned);
            unless(key, &made)
        }
        Op::Addtotals(made) if !made.column => unless(key, &made.row),
        Op::Dedup { options, .. } if options.keep_events => None,
        Op::Convert { conversions, .. } => unless(key, conversions.iter().map(|made| &made.output)),
        Op::Bin { alias, .. } => unless(key, [alias]),
        Op::Rex { groups, offset_field, .. } => unless(key, groups.iter().chain(offset_field)),
        Op::Spath { path: Some(path), output, .. } => unless(key, [output.as_ref().unwrap_or(path)]),
        Op::Sed { field, .. } | Op::Makemv { field, .. } | Op::Nomv { field, .. } => unless(key, [field]),
        // Rows that differ in a field of the key stay apart.
        Op::Mvcombine { field, .. } => unless(key, [field]),
        Op::Replace { fields, .. } if !fields.is_empty() => unless(key, fields),
        Op::Xmlunescape => unless(key, [&"_raw".to_owned()]),
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
        | Op::HeadWhile { .. }
        | Op::Tail(_)
        | Op::Reverse
        | Op::Uniq
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
