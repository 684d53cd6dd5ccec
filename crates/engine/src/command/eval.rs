//! `eval`: assignments in order; a later one sees the earlier ones.

use datafusion::common::Result;
use datafusion::logical_expr::{lit, when};
use spl::ast::Expr;

use crate::column::{Kind, bool_text};
use crate::expr::{self, Typed};
use crate::frame::Frame;
use crate::function::{SearchContext, random};
use crate::order;

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
