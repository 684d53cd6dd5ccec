//! `replace`: other values in place of whole values.
//!
//! Source: Search Reference, "replace". Of pairs without wildcards the later wins, of pairs with some the one that says more,
//! which one without wildcards always does. Our reading: letter case counts, and values that `stats` or `eval` made are replaced
//! too, as published content relies on.

use std::borrow::Cow;

use datafusion::common::Result;
use datafusion::logical_expr::Expr;

use crate::closure;
use crate::column::{Item, Kind, Output};
use crate::frame::Frame;
use crate::wildcard;

pub(super) fn apply(frame: Frame, pairs: &[(String, String)], fields: &[String]) -> Result<Frame> {
    let pairs = ordered(pairs);
    let mut columns = frame.all();
    for (name, expr, kind) in &mut columns {
        let meant = match fields {
            [] => !name.starts_with('_'),
            fields => fields.contains(name),
        };
        let numbers = matches!(kind, Kind::Number | Kind::Time);
        if meant && *kind != Kind::Null && (!numbers || pairs.iter().any(|(from, _)| may_be_number(from))) {
            (*expr, *kind) = replaced(expr.clone(), *kind, pairs.clone());
        }
    }
    frame.project(columns)
}

/// The pairs, the one that wins before the others.
fn ordered(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = pairs.iter().rev().cloned().collect();
    pairs.sort_by_key(|(from, _)| match from.matches('*').count() {
        0 => (0, 0),
        stars => (1, usize::MAX - (from.len() - stars)),
    });
    pairs
}

/// Can a number be printed so? Columns of numbers stay numbers where none can.
fn may_be_number(from: &str) -> bool {
    from.chars().all(|c| c.is_ascii_digit() || "*.-+eE".contains(c))
}

fn replaced(column: Expr, kind: Kind, pairs: Vec<(String, String)>) -> (Expr, Kind) {
    let kind = if kind == Kind::Multi { Kind::Multi } else { Kind::Text };
    let made = closure::call("replace", format!("{pairs:?}"), kind, column, move |input, rows| {
        let mut output = Output::new(kind, rows);
        for row in 0..rows {
            match input.item(row) {
                Item::Null => output.push(Item::Null),
                Item::Multi(values) => {
                    let made: Vec<Cow<'_, str>> = values
                        .into_iter()
                        .map(|value| replace(&pairs, value).unwrap_or(Cow::Borrowed(value)))
                        .collect();
                    output.push_values(&made);
                }
                item => {
                    let text = item.text().unwrap_or_default();
                    let made = replace(&pairs, &text);
                    output.push(Item::Text(made.unwrap_or(Cow::Borrowed(&text))));
                }
            }
        }
        Ok(output.finish())
    });
    (made, kind)
}

/// What stands in place of a value; `None` where it stays.
fn replace<'p>(pairs: &'p [(String, String)], value: &str) -> Option<Cow<'p, str>> {
    pairs.iter().find_map(|(from, to)| {
        let captured = wildcard::capture_text(from, value)?;
        Some(if to.contains('*') { Cow::Owned(wildcard::fill(to, &captured)) } else { Cow::Borrowed(to.as_str()) })
    })
}
