//! `where`: rows for which an eval expression is true; null is not.

use datafusion::common::Result;
use spl::ast::Expr;

use crate::expr;
use crate::frame::Frame;
use crate::function::{SearchContext, random};
use crate::order;

pub(super) fn apply(frame: Frame, context: &SearchContext, condition: &Expr) -> Result<Frame> {
    let random = random::is_called(condition);
    let frame = if random { order::numbered(frame)? } else { frame };
    let condition = expr::truth(expr::lower(&frame, context, condition)?);
    let frame = frame.filter(condition)?;
    if random { order::unnumbered(frame) } else { Ok(frame) }
}
