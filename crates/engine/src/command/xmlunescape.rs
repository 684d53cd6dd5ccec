//! `xmlunescape`: the entities of `_raw` become the characters that they stand for.

use datafusion::common::Result;

use crate::closure;
use crate::column::{Item, Kind, Output};
use crate::frame::Frame;
use crate::xml;

const FIELD: &str = "_raw";

pub(super) fn apply(frame: Frame) -> Result<Frame> {
    if frame.kind(FIELD).is_none() {
        return Ok(frame);
    }
    let made = closure::call("xmlunescape", String::new(), Kind::Text, frame.column(FIELD), |input, rows| {
        let mut output = Output::new(Kind::Text, rows);
        for row in 0..rows {
            match input.text(row) {
                Some(text) => output.push(Item::Text(xml::unescape(&text))),
                None => output.push(Item::Null),
            }
        }
        Ok(output.finish())
    });
    frame.with(FIELD, made, Kind::Text)
}
