//! `foreach`: the `eval` that it stands for, for the fields that there are.

use datafusion::common::{DataFusionError, Result};
use plan::Foreach;

use super::eval;
use crate::frame::Frame;
use crate::function::SearchContext;

pub(super) fn apply(frame: Frame, context: &SearchContext, foreach: &Foreach) -> Result<Frame> {
    let names: Vec<String> = frame.columns().iter().map(|(name, _)| name.clone()).collect();
    let assignments = plan::foreach_evals(foreach, &names).map_err(DataFusionError::Plan)?;
    eval::apply(frame, context, &assignments)
}
