//! Commands that put rows together: how many rows, alike or not, give a result row.

use std::sync::Arc;

use plan::wildcard::{capture, fill};
use plan::{AggregateOver, Aggregation, Chart, Timechart, Top, Tstats};

use super::scan;
use crate::goal::{Conflict, Goal, Site};
use crate::lower;
use crate::sizes;
use crate::term::{ClassId, DimId, Facet, Formula, Over, Term};

/// A by-field: its name in the result, and what it is of the rows that are read.
struct Key<'k> {
    output: &'k str,
    of: Box<dyn Fn(ClassId) -> Term + 'k>,
}

pub(super) fn stats(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    aggregations: &[Aggregation],
    by: &[String],
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let keys: Vec<Key<'_>> = by.iter().map(|name| plain_key(name)).collect();
    group(goal, site, &keys, aggregations, active)
}

fn plain_key(name: &str) -> Key<'_> {
    Key { output: name, of: Box::new(move |class| Term::field(class, name)) }
}

pub(super) fn tstats(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    tstats: &Tstats,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let keys: Vec<Key<'_>> = tstats
        .by
        .iter()
        .map(|by| Key {
            output: &by.output,
            of: Box::new(move |class| match (&by.field, &by.bucket, &tstats.fillnull_value) {
                (Some(field), Some(span), _) => {
                    Term::call("#bucket", vec![Term::field(class, field), Term::text(span)])
                }
                (Some(field), None, None) => Term::field(class, field),
                (Some(field), None, Some(fill)) if field != "_time" => {
                    Term::call("coalesce", vec![Term::field(class, field), Term::text(fill)])
                }
                (Some(field), None, Some(_)) => Term::field(class, field),
                (None, _, Some(fill)) => Term::text(fill),
                (None, _, None) => Term::null(),
            }),
        })
        .collect();
    let (rest, read) = if tstats.append { nested_append(goal, active) } else { (Vec::new(), active) };
    let read = group(goal, site, &keys, &tstats.aggregations, read)?;
    if let Some(filter) = &tstats.filter {
        super::filter(goal, site, filter, &read)?;
    }
    for class in &read {
        scan::range(goal, &tstats.range, *class);
    }
    scan::tstats(goal, tstats, &read);
    Ok(rest)
}

/// Of a command that adds rows behind others: the classes that are of the others, and those that it makes.
fn nested_append(goal: &mut Goal<'_>, active: Vec<ClassId>) -> (Vec<ClassId>, Vec<ClassId>) {
    active.into_iter().partition(|_| goal.choices.pick(2) == 0)
}

/// The rows of a chart are those of `stats` by its row field; what its columns hold is not followed.
pub(super) fn chart(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    chart: &Chart,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let keys: Vec<Key<'_>> = chart.over.iter().map(|name| plain_key(name)).collect();
    group(goal, site, &keys, &chart.aggregations, active)
}

pub(super) fn timechart(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    chart: &Timechart,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let span = chart.buckets.span.clone().unwrap_or_else(|| "1h".to_owned());
    let bucket = move |class| Term::call("#bucket", vec![Term::field(class, "_time"), Term::text(&span)]);
    group(goal, site, &[Key { output: "_time", of: Box::new(bucket) }], &chart.aggregations, active)
}

pub(super) fn top(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    top: &Top,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let keys: Vec<Key<'_>> = top.by.iter().chain(&top.fields).map(|name| plain_key(name)).collect();
    let count = top.count_field.iter().map(|name| Aggregation {
        function: "count".to_owned(),
        parameter: None,
        over: AggregateOver::Rows,
        output: name.clone(),
    });
    group(goal, site, &keys, &count.collect::<Vec<_>>(), active)
}

fn group(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    keys: &[Key<'_>],
    aggregations: &[Aggregation],
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let mut read = Vec::new();
    let mut firsts = Vec::new();
    for class in active {
        let facets = shape(goal, keys, aggregations, class);
        let sources: Vec<ClassId> = facets.iter().map(|source| source.class).collect();
        let Some(first) = sources.first().copied() else { continue };
        goal.replace(&[class], &|_, name| Some(value(site, keys, aggregations, &facets, name)));
        for key in keys {
            for source in &sources {
                goal.ask(Formula::Present((key.of)(*source)));
                if *source != first {
                    goal.ask(Formula::Same((key.of)(first), (key.of)(*source)));
                }
            }
        }
        for dim in goal.dims_of(class) {
            goal.ask(Formula::Vary(keys.iter().map(|key| (key.of)(first)).collect(), dim));
        }
        for other in &firsts {
            goal.ask(Formula::Apart(keys.iter().map(|key| ((key.of)(*other), (key.of)(first))).collect()));
        }
        firsts.push(first);
        read.extend(sources);
    }
    Ok(read)
}

/// Rows that go into a result row: a class, and the dimension along which it comes in several rows.
struct Rows {
    class: ClassId,
    dim: Option<DimId>,
    size: usize,
}

/// The rows that make a result row of `class`.
fn shape(goal: &mut Goal<'_>, keys: &[Key<'_>], aggregations: &[Aggregation], class: ClassId) -> Vec<Rows> {
    let is_key = |name: &str| keys.iter().any(|key| key.output == name);
    let made = |of: ClassId, name: &str| {
        of == class && !is_key(name) && aggregations.iter().any(|made| capture(&made.output, name).is_some())
    };
    let sizes = if aggregations.is_empty() { vec![1] } else { sizes::of_groups(goal, &made, aggregations) };
    let mut shapes: Vec<Vec<usize>> = sizes.iter().map(|size| vec![*size]).collect();
    let asked = goal.formulas.iter().any(|formula| {
        let mut found = false;
        formula.visit(&mut |term| {
            found |= matches!(term, Term::Field(of, name) if made(*of, name));
        });
        found
    });
    if asked {
        shapes.extend([vec![1, 1], vec![1, 1, 1]]);
        for size in sizes.iter().filter(|size| **size > 1).take(3) {
            shapes.extend([vec![*size, 1], vec![1, *size], vec![*size, *size]]);
        }
    }
    let at = goal.choices.pick(shapes.len());
    let chosen = shapes.get(at).cloned().unwrap_or_else(|| vec![1]);
    let (main, dims) = (goal.is_main(class), goal.dims_of(class));
    chosen
        .into_iter()
        .map(|size| {
            let own = (size > 1).then(|| goal.dim(size));
            Rows { class: goal.class(main, dims.iter().copied().chain(own).collect()), dim: own, size }
        })
        .collect()
}

/// What a field of the result row is of the rows that make it.
fn value(site: &Site<'_>, keys: &[Key<'_>], aggregations: &[Aggregation], facets: &[Rows], name: &str) -> Term {
    let over = |function: &str, parameter: Option<f64>, of: &dyn Fn(ClassId) -> Option<Term>| {
        let facets = facets.iter().map(|rows| Facet { rows: rows.size, dim: rows.dim, term: of(rows.class) });
        Term::Over(Arc::new(Over { function: function.into(), parameter, facets: facets.collect() }))
    };
    if let Some(made) = aggregations.iter().find(|made| made.output == name) {
        let of = |class: ClassId| argument(&made.over, class);
        return over(&made.function, made.parameter, &of);
    }
    if let (Some(key), Some(first)) = (keys.iter().find(|key| key.output == name), facets.first()) {
        return (key.of)(first.class);
    }
    for made in aggregations.iter().filter(|made| made.output.contains('*')) {
        let AggregateOver::Wildcard(pattern) = &made.over else { continue };
        if let Some(captured) = capture(&made.output, name) {
            let field = fill(pattern, &captured);
            if site.may_have(&field) {
                return over(&made.function, made.parameter, &|class| Some(Term::field(class, &field)));
            }
        }
    }
    Term::null()
}

/// What an aggregate runs over, of the rows of a class; `None` is the rows themselves.
pub(super) fn argument(over: &AggregateOver, class: ClassId) -> Option<Term> {
    match over {
        AggregateOver::Rows => None,
        AggregateOver::Field(field) | AggregateOver::Wildcard(field) => Some(Term::field(class, field)),
        AggregateOver::Eval(expr) => Some(lower::term(class, expr)),
        AggregateOver::Missing => Some(Term::null()),
    }
}
