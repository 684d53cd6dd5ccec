//! `where`: rows for which an eval expression is true; null is not.

use datafusion::common::Result;
use spl::ast::Expr;

use crate::expr;
use crate::frame::Frame;
use crate::function::SearchContext;

pub(super) fn apply(frame: Frame, context: &SearchContext, condition: &Expr) -> Result<Frame> {
    let condition = expr::truth(expr::lower(&frame, context, condition)?);
    frame.filter(condition)
}
