//! Fields that are made of an event's time and text where a search reads them: `date_hour`, `linecount`, `EventData_Xml`.
//!
//! Source: Knowledge Manager Manual, "Use default fields". Splunk takes the `date_*` fields from the time as an event's text
//! writes it; here they are those of `_time` in the search's zone.

use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::arrow::array::StringArray;
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, when};
use spl::time::TimeZone;

use crate::closure;
use crate::column::Kind;
use crate::convert::micros;
use crate::frame::Frame;
use crate::function::SearchContext;

/// Add the fields that a search reads; a value that an event has itself stays.
pub(crate) fn add(mut frame: Frame, names: &BTreeSet<String>, context: &SearchContext) -> Result<Frame> {
    for name in names {
        let made = match name.as_str() {
            "linecount" => line_count(frame.column("_raw")),
            "EventData_Xml" | "RenderingInfo_Xml" | "UserData_Xml" => section(frame.column("_raw"), name),
            _ => match part(name) {
                Some(format) => part_of_time(frame.column("_time"), name, format, context.zone.clone()),
                None => continue,
            },
        };
        let own = frame.column(name);
        let (value, kind) = match frame.kind(name) {
            None => (made, Kind::Text),
            Some(Kind::Text) => (when(own.clone().is_not_null(), own).otherwise(made)?, Kind::Text),
            Some(other) => (own, other),
        };
        frame = frame.with(name, value, kind)?;
    }
    Ok(frame)
}

/// How `strftime` writes a part of a time.
fn part(name: &str) -> Option<&'static str> {
    Some(match name {
        "date_hour" => "%H",
        "date_mday" => "%d",
        "date_minute" => "%M",
        "date_month" => "%B",
        "date_second" => "%S",
        "date_wday" => "%A",
        "date_year" => "%Y",
        _ => return None,
    })
}

/// A number without zeros before it, or a name in lower case.
fn part_of_time(time: Expr, name: &str, format: &'static str, zone: TimeZone) -> Expr {
    closure::call("date", name.to_owned(), Kind::Text, time, move |input, rows| {
        let written = |row| {
            let time = input.number(row).and_then(micros)?;
            let written = spl::time::strftime(time, format, &zone)?;
            Some(written.parse::<u32>().map_or_else(|_| written.to_lowercase(), |number| number.to_string()))
        };
        Ok(Arc::new((0..rows).map(written).collect::<StringArray>()))
    })
}

/// What stands in a section of a Windows event's XML, as the Splunk Add-on for Microsoft Windows extracts it.
fn section(raw: Expr, name: &str) -> Expr {
    let tag = name.trim_end_matches("_Xml").to_owned();
    closure::call("section", tag.clone(), Kind::Text, raw, move |input, rows| {
        let inside = |row| {
            let text = input.text(row)?;
            let (_, after) = text.split_once(&format!("<{tag}"))?;
            let (_, inside) = after.split_once('>')?;
            inside.split_once(&format!("</{tag}>")).map(|(inside, _)| inside.to_owned())
        };
        Ok(Arc::new((0..rows).map(inside).collect::<StringArray>()))
    })
}

fn line_count(raw: Expr) -> Expr {
    closure::call("linecount", String::new(), Kind::Text, raw, |input, rows| {
        let lines = |row| input.text(row).map(|text| text.lines().count().max(1).to_string());
        Ok(Arc::new((0..rows).map(lines).collect::<StringArray>()))
    })
}
