//! `eval`: assignments in order; a later one sees the earlier ones.
//!
//! A name that is made of values ("eval command", "Use the value of one field as the name for a new field") needs all rows. Our
//! reading where the manual is silent: a row whose name has a null part is left as it is, each value of a part with several
//! makes a field, and other rows keep what they have under that name.

use std::collections::HashMap;

use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::{lit, when};
use spl::ast::Expr;
use spl::computed::{Part, parts};

use crate::EngineError;
use crate::column::{Input, Item, Kind, Output, bool_text};
use crate::env::Env;
use crate::expr::{self, Typed};
use crate::frame::Frame;
use crate::function::{SearchContext, random};
use crate::order;
use crate::table::Table;

/// Is some name made of values?
pub(super) fn is_computed(assignments: &[(String, Expr)]) -> bool {
    assignments.iter().any(|(name, _)| parts(name).is_some())
}

/// [`apply`] where some names are made of values.
pub(super) async fn computed(
    env: &Env<'_>,
    frame: Frame,
    assignments: &[(String, Expr)],
) -> Result<Result<Frame>, EngineError> {
    let mut frame = frame;
    for assignment in assignments {
        let named = parts(&assignment.0);
        let one = match &named {
            Some(_) => (VALUE.to_owned(), assignment.1.clone()),
            None => assignment.clone(),
        };
        frame = match apply(frame, &env.context, &[one]) {
            Ok(frame) => frame,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(parts) = named {
            let table = env.collect(frame).await?;
            frame = match scattered(table, &parts).and_then(Table::into_frame) {
                Ok(frame) => frame,
                Err(error) => return Ok(Err(error)),
            };
        }
    }
    Ok(Ok(frame))
}

/// Where the value waits for its name.
const VALUE: &str = "~value";

/// More fields than this are a mistake, and would fill the memory.
const MOST: usize = 10_000;

/// Put the value of each row under the row's own name.
fn scattered(mut table: Table, parts: &[Part]) -> Result<Table> {
    let Some(value) = table.input(VALUE)? else { return Ok(table) };
    table.remove(VALUE);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut targets: Vec<(String, Vec<usize>)> = Vec::new();
    for row in 0..table.len() {
        for name in names(&table, parts, row)? {
            let place = *places.entry(name.clone()).or_insert_with(|| {
                targets.push((name, Vec::new()));
                targets.len() - 1
            });
            if let Some((_, rows)) = targets.get_mut(place) {
                rows.push(row);
            }
        }
        if targets.len() > MOST {
            return exec_err!("`eval` makes more than {MOST} fields out of values");
        }
    }
    for (name, rows) in targets {
        let known = table.input(&name)?;
        let kind = Kind::unify(known.iter().chain([&value]).map(Input::kind));
        let mut output = Output::new(kind, table.len());
        let mut chosen = rows.into_iter().peekable();
        for row in 0..table.len() {
            let item = match (chosen.next_if_eq(&row), &known) {
                (Some(row), _) => value.item(row),
                (None, Some(known)) => known.item(row),
                (None, None) => Item::Null,
            };
            // The same name twice in one row is the same field.
            while chosen.next_if_eq(&row).is_some() {}
            output.push(item);
        }
        table.set(&name, kind, output.finish());
    }
    Ok(table)
}

/// The names that a row gives: one for each combination of values.
fn names(table: &Table, parts: &[Part], row: usize) -> Result<Vec<String>> {
    let mut names = vec![String::new()];
    for part in parts {
        names = match part {
            Part::Text(text) => names.into_iter().map(|name| name + text).collect(),
            Part::Field(field) => {
                let input = table.input(field)?;
                let values = input.as_ref().map(|input| input.values(row)).unwrap_or_default();
                names.iter().flat_map(|name| values.iter().map(move |value| format!("{name}{value}"))).collect()
            }
        };
    }
    names.retain(|name| !name.is_empty());
    Ok(names)
}

pub(super) fn apply(frame: Frame, context: &SearchContext, assignments: &[(String, Expr)]) -> Result<Frame> {
    let random = assignments.iter().any(|(_, value)| random::is_called(value));
    let mut frame = if random { order::numbered(frame)? } else { frame };
    for (name, value) in assignments {
        let (value, kind) = as_value(expr::lower(&frame, context, value)?)?;
        frame = frame.with(name, value, kind)?;
    }
    if random { order::unnumbered(frame) } else { Ok(frame) }
}

/// No field holds true or false: it holds their text.
fn as_value((value, kind): Typed) -> Result<Typed> {
    if kind != Kind::Bool {
        return Ok((value, kind));
    }
    let text =
        when(value.clone().is_true(), lit(bool_text(true))).when(value.is_false(), lit(bool_text(false))).end()?;
    Ok((text, Kind::Text))
}
