//! Commands that take fields out of text, and lookups.

use std::sync::Arc;

use plan::{Lookup, Op};

use crate::goal::{Conflict, Goal, Site};
use crate::term::{ClassId, Source, SourceKind, Term};

/// Undo a command that takes fields out of something; false for all others.
pub(super) fn undo(goal: &mut Goal<'_>, site: &Site<'_>, op: &Op, active: &[ClassId]) -> Result<bool, Conflict> {
    let depth = goal.depth;
    match op {
        Op::Rex { field, pattern, groups, max_match, .. } => {
            let kind = SourceKind::Regex { pattern: pattern.as_str().into(), many: *max_match != 1 };
            let before = |name: &str| site.has(name);
            goal.replace(active, &|class, name| {
                if !groups.iter().any(|group| group.as_str() == &**name) {
                    return None;
                }
                let taken = part(&kind, depth, Term::field(class, field), name);
                // What does not match leaves the field as it was.
                Some(if before(name) && &**name != field.as_str() {
                    Term::call("coalesce", vec![taken, Term::Field(class, Arc::clone(name))])
                } else {
                    taken
                })
            });
        }
        Op::Spath { input, path: Some(path), output } => {
            let output = output.as_ref().unwrap_or(path).as_str();
            goal.replace(active, &|class, name| {
                (&**name == output).then(|| part(&SourceKind::Json, depth, Term::field(class, input), path))
            });
        }
        Op::Spath { input, path: None, .. } => {
            let kind = if input.to_lowercase().contains("xml") { SourceKind::Xml } else { SourceKind::Json };
            everything(goal, site, &kind, input, "", active);
        }
        Op::Xmlkv { field } => everything(goal, site, &SourceKind::Xml, field, "", active),
        Op::Fromjson { field, prefix } => everything(goal, site, &SourceKind::Json, field, prefix, active),
        Op::Extract { delimiters, .. } => {
            let first = |written: &str, plain: &str| written.chars().next().map_or(plain.to_owned(), String::from);
            let (between, inside) = match delimiters {
                Some((between, inside)) => (first(between, " "), first(inside, "=")),
                None => (" ".to_owned(), "=".to_owned()),
            };
            let kind = SourceKind::Pairs(between.into(), inside.into());
            everything(goal, site, &kind, "_raw", "", active);
        }
        Op::Lookup(lookup) => undo_lookup(goal, site, lookup, active),
        Op::Iplocation(iplocation) => {
            goal.replace(active, &|class, name| {
                let (what, _) = iplocation.outputs.iter().find(|(_, output)| output.as_str() == &**name)?;
                Some(part(&SourceKind::Place, depth, Term::field(class, &iplocation.field), what))
            });
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn part(kind: &SourceKind, depth: usize, input: Term, name: &str) -> Term {
    Term::Part(Arc::new(Source { kind: kind.clone(), depth, inputs: vec![("".into(), input)] }), name.into())
}

/// A command that makes a field of everything it finds: what is asked for later is put there, or is in the event itself.
#[expect(clippy::too_many_arguments, reason = "what is made of what, and for whom")]
fn everything(goal: &mut Goal<'_>, site: &Site<'_>, kind: &SourceKind, input: &str, prefix: &str, active: &[ClassId]) {
    const OWN: [&str; 7] = ["_time", "_raw", "host", "source", "sourcetype", "index", "eventtype"];
    let depth = goal.depth;
    let from_event = goal.choices.pick(2) == 1;
    goal.replace(active, &|class, name| {
        let found = name.strip_prefix(prefix)?;
        let own = OWN.contains(&&**name) || &**name == input || (prefix.is_empty() && site.has(name));
        (!own && !from_event).then(|| part(kind, depth, Term::field(class, input), found))
    });
}

fn undo_lookup(goal: &mut Goal<'_>, site: &Site<'_>, lookup: &Lookup, active: &[ClassId]) {
    let depth = goal.depth;
    let columns = goal.context.columns(&lookup.name);
    let source = |class: ClassId| {
        let inputs =
            lookup.inputs.iter().map(|(column, field)| (Arc::from(column.as_str()), Term::field(class, field)));
        Arc::new(Source { kind: SourceKind::Lookup(lookup.name.as_str().into()), depth, inputs: inputs.collect() })
    };
    goal.replace(active, &|class, name| {
        let column = match &lookup.outputs {
            Some(outputs) => {
                outputs.iter().find(|(_, field)| field.as_str() == &**name).map(|(column, _)| column.clone())
            }
            None => columns
                .iter()
                .find(|column| column.as_str() == &**name && !lookup.inputs.iter().any(|(input, _)| input == *column))
                .cloned(),
        };
        let found = Term::Part(source(class), column?.as_str().into());
        let kept = lookup.keep && (site.has(name) || site.is_open());
        Some(if kept { Term::call("coalesce", vec![Term::Field(class, Arc::clone(name)), found]) } else { found })
    });
}
