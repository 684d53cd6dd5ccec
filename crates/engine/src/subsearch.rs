//! Subsearches among search terms: they run first, and their rows become terms.
//!
//! Source: Search Manual, "About subsearches"; Search Reference, "format", "return". A row is the conjunction of its fields,
//! the rows are a disjunction; several values of a field are a disjunction too. Fields whose names begin with `_` are left
//! out. A field `search` or `query` is taken as search terms, as they stand. No row: nothing matches (`NOT ()`).

use datafusion::common::{Result, exec_err};
use futures::future::BoxFuture;
use plan::{Predicate, TstatsSource};
use spl::ast::{Command, CommandKind, CompareOp, Pattern};
use text::Span;

use crate::EngineError;
use crate::compile::collect;
use crate::env::Env;
use crate::table::Table;

/// The predicate with its subsearches replaced by what they found. In `tstats`, `source` is what it reads: names begin with
/// the dataset's (`Processes.dest`).
pub(crate) fn resolve<'a>(
    env: &'a Env<'a>,
    predicate: &'a Predicate,
    source: Option<&'a TstatsSource>,
) -> BoxFuture<'a, Result<Predicate, EngineError>> {
    Box::pin(async move {
        Ok(match predicate {
            Predicate::And(terms) => Predicate::And(resolve_all(env, terms, source).await?),
            Predicate::Or(terms) => Predicate::Or(resolve_all(env, terms, source).await?),
            Predicate::Not(term) => Predicate::Not(Box::new(resolve(env, term, source).await?)),
            Predicate::Subsearch(plan) => {
                let found = collect(env, plan).await?;
                terms_of(&found, source).map_err(|source| env.failed(source))?
            }
            other => other.clone(),
        })
    })
}

async fn resolve_all(
    env: &Env<'_>,
    terms: &[Predicate],
    source: Option<&TstatsSource>,
) -> Result<Vec<Predicate>, EngineError> {
    let mut resolved = Vec::with_capacity(terms.len());
    for term in terms {
        resolved.push(resolve(env, term, source).await?);
    }
    Ok(resolved)
}

fn terms_of(found: &Table, source: Option<&TstatsSource>) -> Result<Predicate> {
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
                for value in &values {
                    terms.push(written(value, source)?);
                }
                continue;
            }
            let field = bare(name, source);
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

fn bare(name: &str, source: Option<&TstatsSource>) -> String {
    source.map_or(name, |source| source.field(name)).to_owned()
}

/// `field="value"`: a `*` in the value is a wildcard, as it is in the text that `format` writes.
fn compare(field: &str, value: &str) -> Predicate {
    let parts = value.split('*').map(str::to_owned).collect();
    let value = Pattern { parts, quoted: true, span: Span::default() };
    Predicate::Compare { field: field.to_owned(), op: CompareOp::Equal, value }
}

/// The terms that a field `search` holds.
fn written(text: &str, source: Option<&TstatsSource>) -> Result<Predicate> {
    // What `format` writes for no rows; it can be read by nothing else.
    if text.split_whitespace().eq(["NOT", "()"]) {
        return Ok(Predicate::False);
    }
    let parsed = spl::parse(text);
    let wrong = parsed.diagnostics.iter().find(|found| found.severity == diag::Severity::Error);
    match (parsed.pipeline.commands.as_slice(), wrong) {
        ([], None) => Ok(Predicate::True),
        ([Command { kind: CommandKind::Search(term), .. }], None) => {
            Ok(term.as_ref().map_or(Predicate::True, |term| plan::terms(term, &|name| bare(name, source))))
        }
        (_, Some(found)) => exec_err!("a subsearch gave `{text}`, which is no search terms: {}", found.message),
        _ => exec_err!("a subsearch gave `{text}`, which is no search terms"),
    }
}
