//! The steps of an extraction.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use event::{EventBatch, EventHead, FieldId, TextRef};
use regex::CaptureLocations;

use super::Field;
use super::key_value::{self, Delimiters};
use crate::pattern::Pattern;

/// What a step reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum From {
    /// The event's text.
    Raw,
    /// A field, also of an earlier step.
    Field(Box<str>),
}

/// One step. What an event has already stays as it is.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// The named groups of regular expressions.
    Regex(From, Vec<Arc<Pattern>>),
    /// The named groups of that regular expression which stands under the value of a field.
    RegexBy(From, Box<str>, HashMap<Box<str>, Arc<Pattern>>),
    /// `key=value` pairs.
    KeyValue(From, Delimiters),
    /// Values in the order of names; an empty name skips one.
    Csv(From, char, Vec<Box<str>>),
    /// The fields of a JSON object, their names behind a prefix.
    Json(From, Box<str>),
    /// Fields whose names are the values of one field, and their values those of another.
    Pairs(Box<str>, Box<str>),
}

impl Step {
    /// The fields that it is known to give.
    pub(crate) fn names(&self) -> Vec<String> {
        let groups = |pattern: &Pattern| -> Vec<String> {
            let regex = pattern.get();
            regex.into_iter().flat_map(|regex| regex.capture_names().flatten().map(str::to_owned)).collect()
        };
        match self {
            Self::Regex(_, patterns) => patterns.iter().flat_map(|pattern| groups(pattern)).collect(),
            Self::RegexBy(_, _, patterns) => patterns.values().flat_map(|pattern| groups(pattern)).collect(),
            Self::Csv(_, _, names) => {
                names.iter().filter(|name| !name.is_empty()).map(|name| name.to_string()).collect()
            }
            Self::KeyValue(..) | Self::Json(..) | Self::Pairs(..) => Vec::new(),
        }
    }

    /// True when it gives fields whose names stand in the event.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::KeyValue(..) | Self::Json(..) | Self::Pairs(..))
    }
}

/// Runs steps; kept for its memory.
#[derive(Default)]
pub(super) struct Work {
    found: Vec<(Box<str>, Place)>,
    /// Values that do not stand in the text as they are.
    made: String,
}

/// Where a value stands.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// In the text that the step reads.
    Text(Range<usize>),
    /// In what the step made.
    Made(Range<usize>),
}

impl Work {
    /// Run a step on an event whose fields begin at `first`.
    pub(super) fn run(
        &mut self,
        step: &Step,
        batch: &mut EventBatch,
        head: &EventHead,
        (fields, first): (&mut Vec<Field>, usize),
    ) {
        let from = match step {
            Step::Pairs(names, values) => return pairs(batch, fields, first, names, values),
            Step::Regex(from, _) | Step::RegexBy(from, ..) | Step::KeyValue(from, _) | Step::Csv(from, ..) => from,
            Step::Json(from, _) => from,
        };
        let own = fields.get(first..).unwrap_or(&[]);
        let at = match from {
            From::Raw => head.raw,
            From::Field(name) => match value_of(batch, own, name) {
                Some(at) => at,
                None => return,
            },
        };
        self.found.clear();
        self.made.clear();
        self.find(step, batch.text_of(at), |name| value_of(batch, own, name).map(|at| batch.text_of(at)));
        let made_at = batch.text.len();
        batch.text.push_str(&self.made);
        let had = fields.len();
        for (name, place) in &self.found {
            let Some(id) = batch.names.intern(name) else { continue };
            if fields.get(first..had).is_some_and(|own| own.iter().any(|(known, _)| *known == id)) {
                continue;
            }
            let (start, range) = match place {
                Place::Text(range) => (at.start as usize, range),
                Place::Made(range) => (made_at, range),
            };
            if let Some(value) = reference(start, range) {
                fields.push((id, value));
            }
        }
    }

    fn find<'t>(&mut self, step: &Step, text: &'t str, field: impl Fn(&str) -> Option<&'t str>) {
        match step {
            Step::Regex(_, regexes) => regexes.iter().for_each(|regex| self.groups(regex, text)),
            Step::RegexBy(_, by, regexes) => {
                if let Some(regex) = field(by).and_then(|value| regexes.get(value)) {
                    self.groups(regex, text);
                }
            }
            Step::KeyValue(_, delimiters) => key_value::find(text, delimiters, &mut self.found, &mut self.made),
            // Taken from fields, not from a text.
            Step::Pairs(..) => {}
            Step::Csv(_, delimiter, names) => self.cells(text, *delimiter, names),
            Step::Json(_, prefix) => {
                let (found, made) = (&mut self.found, &mut self.made);
                event::json_fields(text, &mut |name, value| {
                    let start = made.len();
                    made.push_str(value);
                    found.push((format!("{prefix}{name}").into(), Place::Made(start..made.len())));
                });
            }
        }
    }

    fn groups(&mut self, pattern: &Pattern, text: &str) {
        let Some(regex) = pattern.get() else { return };
        let mut locations: CaptureLocations = regex.capture_locations();
        if regex.captures_read(&mut locations, text).is_none() {
            return;
        }
        for (at, name) in regex.capture_names().enumerate() {
            if let (Some(name), Some((start, end))) = (name, locations.get(at))
                && self.found.iter().all(|(known, _)| **known != *name)
            {
                self.found.push((name.into(), Place::Text(start..end)));
            }
        }
    }

    /// Cells apart by a character; a quoted cell may hold it, and doubled quotes.
    fn cells(&mut self, text: &str, delimiter: char, names: &[Box<str>]) {
        let mut rest = text;
        for name in names {
            let start = text.len() - rest.len();
            let (place, length) =
                match rest.strip_prefix('"').and_then(|inside| quoted_end(inside).map(|end| (inside, end))) {
                    Some((inside, end)) => {
                        let value = inside.get(..end).unwrap_or("");
                        let place = if value.contains("\"\"") {
                            let from = self.made.len();
                            self.made.push_str(&value.replace("\"\"", "\""));
                            Place::Made(from..self.made.len())
                        } else {
                            Place::Text(start + 1..start + 1 + end)
                        };
                        (place, end + 2)
                    }
                    None => {
                        let length = rest.find(delimiter).unwrap_or(rest.len());
                        (Place::Text(start..start + length), length)
                    }
                };
            if !name.is_empty() {
                self.found.push((name.clone(), place));
            }
            let after = rest.get(length..).unwrap_or("");
            match after.find(delimiter) {
                Some(next) => rest = after.get(next + delimiter.len_utf8()..).unwrap_or(""),
                None => return,
            }
        }
    }
}

/// Fields named by the values of a field.
fn pairs(batch: &mut EventBatch, fields: &mut Vec<Field>, first: usize, names: &str, values: &str) {
    let (Some(names), Some(values)) = (batch.names.get(names), batch.names.get(values)) else { return };
    let own = fields.get(first..).unwrap_or(&[]);
    let of = |id: FieldId| own.iter().filter(move |(known, _)| *known == id).map(|(_, value)| *value);
    let pairs: Vec<(TextRef, TextRef)> = of(names).zip(of(values)).collect();
    let had = fields.len();
    for (name, value) in pairs.into_iter().filter(|(_, value)| value.len > 0) {
        let name = batch.text_of(name).to_owned();
        let Some(id) = batch.names.intern(&name).filter(|_| !name.is_empty()) else { continue };
        if fields.get(first..had).is_some_and(|own| own.iter().all(|(known, _)| *known != id)) {
            fields.push((id, value));
        }
    }
}

/// Where the closing quote of a cell stands.
fn quoted_end(inside: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let end = from + inside.get(from..)?.find('"')?;
        if !inside.get(end + 1..).is_some_and(|rest| rest.starts_with('"')) {
            return Some(end);
        }
        from = end + 2;
    }
}

fn value_of(batch: &EventBatch, own: &[Field], name: &str) -> Option<TextRef> {
    let id = batch.names.get(name)?;
    own.iter().find(|(known, _)| *known == id).map(|(_, value)| *value)
}

/// An empty value is no field.
fn reference(start: usize, range: &Range<usize>) -> Option<TextRef> {
    let len = u32::try_from(range.end.checked_sub(range.start)?).ok().filter(|len| *len > 0)?;
    Some(TextRef { start: u32::try_from(start + range.start).ok()?, len })
}
