//! Fields that Splunk gives every event and that are made here of its time and text: `date_hour`, `linecount`.
//!
//! Source: Knowledge Manager Manual, "Use default fields". Splunk takes the `date_*` fields from the time as an event's text
//! writes it; here they are those of `_time` in the search's zone.

use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::arrow::array::{Float64Array, StringArray};
use datafusion::common::Result;
use spl::time::TimeZone;

use crate::closure;
use crate::column::Kind;
use crate::convert::micros;
use crate::frame::Frame;
use crate::function::SearchContext;

/// Add the fields that a search reads; one that events have themselves stays.
pub(crate) fn add(mut frame: Frame, names: &BTreeSet<String>, context: &SearchContext) -> Result<Frame> {
    for name in names {
        if frame.kind(name).is_some() {
            continue;
        }
        if name == "linecount" {
            frame = line_count(frame, name)?;
        } else if let Some((format, kind)) = part(name) {
            frame = part_of_time(frame, name, format, kind, context.zone.clone())?;
        }
    }
    Ok(frame)
}

/// How `strftime` writes a part of a time, and whether it is a number or a name in lower case.
fn part(name: &str) -> Option<(&'static str, Kind)> {
    Some(match name {
        "date_hour" => ("%H", Kind::Number),
        "date_mday" => ("%d", Kind::Number),
        "date_minute" => ("%M", Kind::Number),
        "date_month" => ("%B", Kind::Text),
        "date_second" => ("%S", Kind::Number),
        "date_wday" => ("%A", Kind::Text),
        "date_year" => ("%Y", Kind::Number),
        _ => return None,
    })
}

fn part_of_time(frame: Frame, name: &str, format: &'static str, kind: Kind, zone: TimeZone) -> Result<Frame> {
    let column = frame.column("_time");
    let made = closure::call("date", name.to_owned(), kind, column, move |input, rows| {
        let written = |row| {
            let time = input.number(row).and_then(micros)?;
            spl::time::strftime(time, format, &zone)
        };
        Ok(if kind == Kind::Number {
            // A part of a time is always a number.
            let numbers: Float64Array = (0..rows).map(|row| written(row).and_then(|text| text.parse().ok())).collect();
            Arc::new(numbers)
        } else {
            let names: StringArray = (0..rows).map(|row| written(row).map(|text| text.to_lowercase())).collect();
            Arc::new(names)
        })
    });
    frame.with(name, made, kind)
}

#[expect(clippy::cast_precision_loss, reason = "no text has 2^53 lines")]
fn line_count(frame: Frame, name: &str) -> Result<Frame> {
    let column = frame.column("_raw");
    let made = closure::call("linecount", String::new(), Kind::Number, column, |input, rows| {
        let lines = |row| input.text(row).map(|text| text.lines().count().max(1) as f64);
        let counts: Float64Array = (0..rows).map(lines).collect();
        Ok(Arc::new(counts))
    });
    frame.with(name, made, Kind::Number)
}
