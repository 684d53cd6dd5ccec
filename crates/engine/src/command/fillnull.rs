//! `fillnull`: fields without a value get one; without a list of fields, all fields that some row has. A field that is named
//! and does not exist is made; a name with `*` means the fields that it matches (our reading).

use datafusion::common::Result;
use datafusion::logical_expr::{Expr, lit};

use crate::closure;
use crate::column::{Item, Kind, Output};
use crate::convert::number_of;
use crate::frame::Frame;
use crate::wildcard::capture;

pub(super) fn apply(frame: Frame, value: &str, fields: &[String]) -> Result<Frame> {
    let mut columns = frame.all();
    for (name, expr, kind) in &mut columns {
        // Every event has a time: it stays one.
        let wanted = fields.is_empty() && !(name == "_time" && *kind == Kind::Time);
        if wanted || fields.iter().any(|field| capture(field, name).is_some()) {
            (*expr, *kind) = filled(expr.clone(), *kind, value);
        }
    }
    for field in fields.iter().filter(|field| !field.contains('*') && frame.kind(field).is_none()) {
        columns.push((field.clone(), lit(value), Kind::Text));
    }
    frame.project(columns)
}

/// A number stays one when what fills it is a number.
fn filled(column: Expr, kind: Kind, value: &str) -> (Expr, Kind) {
    let kind = match kind {
        Kind::Number | Kind::Time if number_of(value).is_some() => Kind::Number,
        Kind::Multi => Kind::Multi,
        _ => Kind::Text,
    };
    let fill = value.to_owned();
    let made = closure::call("fillnull", format!("{kind:?} {value}"), kind, column, move |input, rows| {
        let mut output = Output::new(kind, rows);
        for row in 0..rows {
            output.push(match input.item(row) {
                Item::Null => Item::Text(fill.as_str().into()),
                item => item,
            });
        }
        Ok(output.finish())
    });
    (made, kind)
}
