//! `bin`: times become the start of their span, numbers the label of their range.

use datafusion::common::{Result, plan_datafusion_err};
use spl::time::TimeSpan;

use crate::column::Kind;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::group::{as_time, bucket, number_bucket};

pub(super) fn apply(frame: Frame, context: &SearchContext, field: &str, alias: &str, span: &str) -> Result<Frame> {
    let Some(kind) = frame.kind(field) else { return Ok(frame) };
    let column = frame.column(field);
    if field == "_time" || kind == Kind::Time {
        let time = if kind == Kind::Time { column } else { as_time(column) };
        let bucketed = bucket(time, span, context)?;
        return frame.with(alias, bucketed, Kind::Time);
    }
    let Some(TimeSpan::Number(width)) = TimeSpan::parse(span.trim_matches('"')) else {
        return Err(plan_datafusion_err!("`span={span}` of `{field}`: only `_time` has spans of time"));
    };
    frame.with(alias, number_bucket(column, width), Kind::Text)
}
