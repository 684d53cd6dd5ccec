//! `transaction`: events that are held together, in order of time.

use plan::Transaction;
use spl::ast::CompareOp;

use super::either;
use crate::check::{Check, Kind};
use crate::goal::{Conflict, Goal, Site};
use crate::sizes;
use crate::term::{ClassId, Formula, Term};

pub(super) fn undo(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    transaction: &Transaction,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let mut read = Vec::new();
    for class in active {
        let bounded = transaction.starts_with.is_some() && transaction.ends_with.is_some();
        let counted = |of: ClassId, name: &str| of == class && name == "eventcount";
        let mut shapes: Vec<Vec<usize>> = vec![vec![1, 1]];
        if !bounded {
            shapes = sizes::of_events(goal, &counted).into_iter().map(|size| vec![size]).collect();
            shapes.extend([vec![1, 1], vec![1, 1, 1]]);
        }
        let at = goal.choices.pick(shapes.len());
        let sizes = shapes.get(at).cloned().unwrap_or_else(|| vec![1]);
        let (main, dims) = (goal.is_main(class), goal.dims_of(class));
        let mut events = Vec::new();
        for size in &sizes {
            let own = (*size > 1).then(|| goal.dim(*size));
            events.push(goal.class(main, dims.iter().copied().chain(own).collect()));
        }
        let (Some(first), Some(last)) = (events.first().copied(), events.last().copied()) else { continue };
        let total: usize = sizes.iter().sum();
        goal.replace(&[class], &|_, name| {
            Some(match &**name {
                "duration" => Term::call("-", vec![Term::field(last, "_time"), Term::field(first, "_time")]),
                #[expect(clippy::cast_precision_loss, reason = "a few events")]
                "eventcount" => Term::number(total as f64),
                "_time" => Term::field(first, "_time"),
                _ if events.len() == 1 => Term::field(first, name),
                _ => Term::Union(events.iter().map(|event| Term::field(*event, name)).collect()),
            })
        });
        held_together(goal, transaction, &events);
        bounds(goal, site, transaction, first, last)?;
        read.extend(events);
    }
    Ok(read)
}

/// The events have the same values, and follow each other.
fn held_together(goal: &mut Goal<'_>, transaction: &Transaction, events: &[ClassId]) {
    let Some(first) = events.first().copied() else { return };
    for event in events {
        for field in &transaction.fields {
            goal.ask(Formula::Present(Term::field(*event, field)));
            if *event != first {
                goal.ask(Formula::Same(Term::field(first, field), Term::field(*event, field)));
            }
        }
    }
    for (before, after) in events.iter().zip(events.iter().skip(1)) {
        let passed = Term::call("-", vec![Term::field(*after, "_time"), Term::field(*before, "_time")]);
        let mut ask =
            |op, seconds| goal.ask(Formula::Check(passed.clone(), Check::new(Kind::Order(op, seconds), true)));
        ask(CompareOp::Greater, 0.0);
        #[expect(clippy::cast_precision_loss, reason = "spans are far below what a double holds")]
        let longest = transaction.max_span.into_iter().chain(transaction.max_pause).min().map(|span| span as f64 / 1e6);
        if let Some(longest) = longest {
            ask(CompareOp::LessOrEqual, longest);
        }
    }
}

fn bounds(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    transaction: &Transaction,
    first: ClassId,
    last: ClassId,
) -> Result<(), Conflict> {
    if let Some(starts) = &transaction.starts_with {
        let formula = either(goal, site, first, starts)?;
        goal.condition(first, site.conjunct(0), &|| "transaction startswith".to_owned(), formula);
    }
    if let Some(ends) = &transaction.ends_with {
        let formula = either(goal, site, last, ends)?;
        goal.condition(last, site.conjunct(1), &|| "transaction endswith".to_owned(), formula);
    }
    Ok(())
}
