//! `bin`: times become the start of their span, numbers the label of their range. A span with a unit of time makes a time
//! of any number, as in `eval t=_time | bin span=1h t`.

use datafusion::common::{Result, plan_datafusion_err};
use spl::time::TimeSpan;

use crate::column::Kind;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::group::{as_time, bucket, number_bucket};

pub(super) fn apply(frame: Frame, context: &SearchContext, field: &str, alias: &str, span: &str) -> Result<Frame> {
    let Some(kind) = frame.kind(field) else { return Ok(frame) };
    let column = frame.column(field);
    let parsed = TimeSpan::parse(span.trim_matches('"')).ok_or_else(|| plan_datafusion_err!("`{span}` is no span"))?;
    match parsed {
        TimeSpan::Number(width) if kind != Kind::Time && field != "_time" => {
            frame.with(alias, number_bucket(column, width), Kind::Text)
        }
        _ => {
            let time = if kind == Kind::Time { column } else { as_time(column) };
            let bucketed = bucket(time, span, context)?;
            frame.with(alias, bucketed, Kind::Time)
        }
    }
}
