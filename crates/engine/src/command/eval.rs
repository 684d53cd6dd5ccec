//! `eval`: assignments in order; a later one sees the earlier ones.

use datafusion::common::Result;
use spl::ast::Expr;

use crate::expr;
use crate::frame::Frame;
use crate::function::SearchContext;

pub(super) fn apply(frame: Frame, context: &SearchContext, assignments: &[(String, Expr)]) -> Result<Frame> {
    let mut frame = frame;
    for (name, value) in assignments {
        let (value, kind) = expr::lower(&frame, context, value)?;
        frame = frame.with(name, value, kind)?;
    }
    Ok(frame)
}
