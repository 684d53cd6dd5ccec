//! `rangemap`: the names of the ranges that a number lies in, both ends included.

use datafusion::common::Result;

use crate::column::{Kind, Output};
use crate::frame::Frame;

pub(super) fn apply(frame: Frame, field: &str, ranges: &[(String, f64, f64)], default: &str) -> Result<Frame> {
    let key = format!("{field} {ranges:?} {default}");
    let (ranges, default) = (ranges.to_vec(), default.to_owned());
    let overlap = ranges.iter().enumerate().any(|(at, (_, start, end))| {
        ranges.iter().skip(at + 1).any(|(_, other_start, other_end)| start <= other_end && other_start <= end)
    });
    let kind = if overlap { Kind::Multi } else { Kind::Text };
    frame.extend("rangemap", key, &[field.to_owned()], &[("range".to_owned(), kind)], move |inputs, rows| {
        let mut output = Output::new(kind, rows);
        for row in 0..rows {
            let number = inputs.first().and_then(|input| input.number(row));
            let holds = |start: &f64, end: &f64| number.is_some_and(|number| *start <= number && number <= *end);
            let names = ranges.iter().filter(|(_, start, end)| holds(start, end)).map(|(name, ..)| name.as_str());
            let mut names: Vec<&str> = names.collect();
            if names.is_empty() {
                names.push(&default);
            }
            output.push_values(&names);
        }
        Ok(vec![output.finish()])
    })
}
