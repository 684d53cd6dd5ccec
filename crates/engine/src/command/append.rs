//! `append`: the rows of another search behind these.

use datafusion::common::Result;
use plan::Plan;

use crate::env::Env;
use crate::frame::Frame;
use crate::{EngineError, compile, scan};

pub(super) async fn apply(env: &Env<'_>, frame: Frame, plan: &Plan) -> Result<Result<Frame>, EngineError> {
    let below = compile::compile(env, plan).await?;
    Ok(scan::union(vec![frame, below]))
}
