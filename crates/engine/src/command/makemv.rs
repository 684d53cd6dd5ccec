//! `makemv` and `nomv`: several values of one, one of several. `replace` and `xmlunescape` are in their own files.

use datafusion::common::Result;
use plan::Split;

use crate::closure;
use crate::column::{Item, Kind, Output};
use crate::frame::Frame;
use crate::regex::{Groups, Regex};

/// Splits each value of a field. A value of which nothing is left is none.
pub(super) fn apply(frame: Frame, field: &str, split: &Split) -> Result<Frame> {
    if frame.kind(field).is_none() {
        return Ok(frame);
    }
    let regex = match split {
        Split::Tokenizer { pattern, .. } => Some(Regex::new(pattern)?),
        Split::Delimiter { .. } => None,
    };
    let (key, split) = (format!("{split:?}"), split.clone());
    let column = frame.column(field);
    let made = closure::call("makemv", key, Kind::Multi, column, move |input, rows| {
        let mut output = Output::new(Kind::Multi, rows);
        let mut groups = regex.as_ref().map(Regex::groups);
        for row in 0..rows {
            let values = input.values(row);
            let mut parts: Vec<&str> = Vec::new();
            for value in &values {
                match (&split, &regex, &mut groups) {
                    (Split::Tokenizer { keep_empty, .. }, Some(regex), Some(groups)) => {
                        tokens(regex, value, *keep_empty, groups, &mut parts)?;
                    }
                    (Split::Delimiter { text, keep_empty }, ..) => {
                        parts.extend(value.split(text.as_str()).filter(|part| *keep_empty || !part.is_empty()));
                    }
                    _ => parts.push(value),
                }
            }
            output.push_values(&parts);
        }
        Ok(output.finish())
    });
    frame.with(field, made, Kind::Multi)
}

/// The first group of every match.
fn tokens<'v>(
    regex: &Regex,
    value: &'v str,
    keep_empty: bool,
    groups: &mut Groups,
    parts: &mut Vec<&'v str>,
) -> Result<()> {
    regex.each_match(value, 0, groups, |groups| {
        let part = groups.get(1).and_then(|(start, end)| value.get(start..end));
        parts.extend(part.filter(|part| keep_empty || !part.is_empty()));
    })
}

/// Joins the values of a field.
pub(super) fn join(frame: Frame, field: &str, separator: &str) -> Result<Frame> {
    if frame.kind(field) != Some(Kind::Multi) {
        return Ok(frame);
    }
    let separator = separator.to_owned();
    let column = frame.column(field);
    let joined = closure::call("nomv", separator.clone(), Kind::Text, column, move |input, rows| {
        let mut output = Output::new(Kind::Text, rows);
        for row in 0..rows {
            output.push(match input.item(row) {
                Item::Multi(values) => Item::Text(values.join(&separator).into()),
                item => item,
            });
        }
        Ok(output.finish())
    });
    frame.with(field, joined, Kind::Text)
}
