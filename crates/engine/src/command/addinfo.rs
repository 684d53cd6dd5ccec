//! `addinfo`: the search's time range and when it runs. An open start is 0, an open end `+Infinity`, as in Splunk; a search's
//! id is the time of its run, as Splunk's begins with it (our reading).

use datafusion::common::Result;
use datafusion::logical_expr::lit;

use crate::column::Kind;
use crate::convert::seconds;
use crate::env::Env;
use crate::frame::Frame;

pub(super) fn apply(frame: Frame, env: &Env<'_>) -> Result<Frame> {
    let window = &env.covered;
    let frame = frame.with("info_min_time", lit(window.earliest.map_or(0.0, seconds)), Kind::Number)?;
    let frame = match window.latest {
        Some(latest) => frame.with("info_max_time", lit(seconds(latest)), Kind::Number)?,
        None => frame.with("info_max_time", lit("+Infinity"), Kind::Text)?,
    };
    let frame = frame.with("info_sid", lit(spl::value::format_time(window.now)), Kind::Text)?;
    frame.with("info_search_time", lit(seconds(window.now)), Kind::Number)
}
