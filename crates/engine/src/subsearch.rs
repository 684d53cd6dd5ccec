//! Subsearches among search terms: they run first, and their rows become terms.
//!
//! Source: Search Manual, "About subsearches"; Search Reference, "format", "return". A row is the conjunction of its fields,
//! the rows are a disjunction; several values of a field are a disjunction too. Fields whose names begin with `_` are left
//! out. A field `search` or `query` is taken as search terms, as they stand. No row: nothing matches (`NOT ()`).

use futures::future::BoxFuture;
use plan::Predicate;
use spl::ast::{CommandKind, CompareOp, Pattern};
use text::Span;

use crate::EngineError;
use crate::compile::collect;
use crate::env::Env;
use crate::table::Table;

/// The predicate with its subsearches replaced by what they found. `prefix` is what field names of a dataset begin with
/// (`Processes.`), in `tstats`.
pub(crate) fn resolve<'a>(
    env: &'a Env<'a>,
    predicate: &'a Predicate,
    prefix: Option<&'a str>,
) -> BoxFuture<'a, Result<Predicate, EngineError>> {
    Box::pin(async move {
        Ok(match predicate {
            Predicate::And(terms) => Predicate::And(resolve_all(env, terms, prefix).await?),
            Predicate::Or(terms) => Predicate::Or(resolve_all(env, terms, prefix).await?),
            Predicate::Not(term) => Predicate::Not(Box::new(resolve(env, term, prefix).await?)),
            Predicate::Subsearch(plan) => {
                let found = collect(env, plan).await?;
                terms_of(&found, prefix).map_err(|source| env.failed(source))?
            }
            other => other.clone(),
        })
    })
}

async fn resolve_all(env: &Env<'_>, terms: &[Predicate], prefix: Option<&str>) -> Result<Vec<Predicate>, EngineError> {
    let mut resolved = Vec::with_capacity(terms.len());
    for term in terms {
        resolved.push(resolve(env, term, prefix).await?);
    }
    Ok(resolved)
}

fn terms_of(found: &Table, prefix: Option<&str>) -> datafusion::common::Result<Predicate> {
    let inputs = found.inputs()?;
    let mut rows = Vec::with_capacity(found.len());
    for row in 0..found.len() {
        let mut terms = Vec::new();
        for ((name, _), input) in found.columns().iter().zip(&inputs) {
            let values = input.values(row);
            if values.is_empty() || name.starts_with('_') {
                continue;
            }
            if name == "search" || name == "query" {
                terms.extend(values.iter().map(|value| written(value, prefix)));
                continue;
            }
            let field = bare(name, prefix);
            let equal = values.iter().map(|value| compare(&field, value));
            terms.push(any(equal.collect()));
        }
        if !terms.is_empty() {
            rows.push(if terms.len() == 1 { terms.swap_remove(0) } else { Predicate::And(terms) });
        }
    }
    Ok(any(rows))
}

fn any(mut terms: Vec<Predicate>) -> Predicate {
    match terms.len() {
        0 => Predicate::False,
        1 => terms.swap_remove(0),
        _ => Predicate::Or(terms),
    }
}

fn bare(name: &str, prefix: Option<&str>) -> String {
    prefix.and_then(|prefix| name.strip_prefix(prefix)).unwrap_or(name).to_owned()
}

/// `field="value"`: a `*` in the value is a wildcard, as it is in the text that `format` writes.
fn compare(field: &str, value: &str) -> Predicate {
    let parts = value.split('*').map(str::to_owned).collect();
    let value = Pattern { parts, quoted: true, span: Span::default() };
    Predicate::Compare { field: field.to_owned(), op: CompareOp::Equal, value }
}

/// The terms that a field `search` holds. What is no search matches nothing.
fn written(text: &str, prefix: Option<&str>) -> Predicate {
    let parsed = spl::parse(text);
    let term = match parsed.pipeline.commands.as_slice() {
        [command] => match &command.kind {
            CommandKind::Search(Some(term)) => term,
            _ => return Predicate::False,
        },
        _ => return Predicate::False,
    };
    plan::terms(term, &|name| bare(name, prefix))
}
