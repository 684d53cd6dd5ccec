//! `appendpipe`: what a pipeline makes of these rows comes behind them.

use datafusion::common::Result;
use plan::Stage;

use crate::env::Env;
use crate::frame::Frame;
use crate::table::Table;
use crate::{EngineError, compile};

pub(super) async fn apply(env: &Env<'_>, frame: Frame, stages: &[Stage]) -> Result<Result<Frame>, EngineError> {
    let above = env.collect(frame).await?;
    let start = match above.clone().into_frame() {
        Ok(start) => start,
        Err(error) => return Ok(Err(error)),
    };
    let Some(below) = compile::stages(env, Some(start), stages, None).await? else { return Ok(above.into_frame()) };
    let below = env.collect(below).await?;
    Ok(above.append(&below).and_then(Table::into_frame))
}
