//! `rex`: a field for each named group, or an edit.
//!
//! Our reading where the manual is silent: a row without a match, and a group that takes no part in one, leave a field as it
//! was; of a field with several values each is searched.

use std::sync::Mutex;

use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Result, plan_datafusion_err};
use spl::sed::{Sed, Which};

use crate::closure;
use crate::column::{Input, Item, Kind, Output};
use crate::frame::Frame;
use crate::regex::{Groups, Regex};

/// What is taken out of a field.
pub(super) struct Extraction<'a> {
    pub(super) field: &'a str,
    pub(super) pattern: &'a str,
    pub(super) groups: &'a [String],
    /// Most matches; 0 is all.
    pub(super) max_match: u64,
    pub(super) offset_field: Option<&'a str>,
}

/// A group that becomes a column.
struct Target {
    group: usize,
    kind: Kind,
}

pub(super) fn extract(frame: Frame, extraction: &Extraction<'_>) -> Result<Frame> {
    let regex = Regex::new(extraction.pattern)?;
    let several = extraction.max_match != 1 || frame.kind(extraction.field) == Some(Kind::Multi);
    let made = if several { Kind::Multi } else { Kind::Text };
    let kind = |name: &String| frame.kind(name).map_or(made, |known| Kind::unify([known, made]));
    let mut names: Vec<String> = extraction.groups.to_vec();
    names.extend(extraction.offset_field.map(str::to_owned));
    let outputs: Vec<(String, Kind)> = names.iter().map(|name| (name.clone(), kind(name))).collect();
    let mut targets = Vec::new();
    for (name, kind) in outputs.iter().take(extraction.groups.len()) {
        let group = regex.group(name).ok_or_else(|| plan_datafusion_err!("the expression has no group `{name}`"))?;
        targets.push(Target { group, kind: *kind });
    }
    let offsets = outputs.get(extraction.groups.len()).map(|(_, kind)| *kind);
    let search = Search { regex, targets, offsets, most: extraction.max_match, names: extraction.groups.to_vec() };
    let mut inputs = vec![extraction.field.to_owned()];
    inputs.extend(names);
    let key = format!("{} {} {:?}", extraction.pattern, extraction.max_match, outputs);
    // A batch needs room for the groups; it is passed from batch to batch.
    let spare: Mutex<Vec<Groups>> = Mutex::new(Vec::new());
    frame.extend("rex", key, &inputs, &outputs, move |inputs, rows| {
        let kept = spare.lock().ok().and_then(|mut spare| spare.pop());
        let mut groups = kept.unwrap_or_else(|| search.regex.groups());
        let made = search.run(inputs, rows, &mut groups);
        if let Ok(mut spare) = spare.lock() {
            spare.push(groups);
        }
        made
    })
}

struct Search {
    regex: Regex,
    targets: Vec<Target>,
    /// The kind of the offsets' column, where there is one.
    offsets: Option<Kind>,
    most: u64,
    names: Vec<String>,
}

impl Search {
    fn run(&self, inputs: &[Input], rows: usize, groups: &mut Groups) -> Result<Vec<ArrayRef>> {
        let Some((input, known)) = inputs.split_first() else {
            return Err(plan_datafusion_err!("`rex` has no field"));
        };
        let kinds = self.targets.iter().map(|target| target.kind).chain(self.offsets);
        let mut outputs: Vec<Output> = kinds.map(|kind| Output::new(kind, rows)).collect();
        // Start and end of what each group of the row matched; values of one row are few.
        let mut found: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.targets.len()];
        for row in 0..rows {
            match input.item(row) {
                Item::Multi(values) => self.each(&values, row, groups, known, &mut outputs)?,
                item => match item.text() {
                    Some(text) => self.one(&text, row, groups, &mut found, known, &mut outputs)?,
                    None => keep(&mut outputs, known, row),
                },
            }
        }
        Ok(outputs.into_iter().map(Output::finish).collect())
    }

    /// A row with one value: slices of it go straight into the columns.
    #[expect(clippy::too_many_arguments, reason = "parts of one loop, borrowed apart from each other")]
    fn one(
        &self,
        text: &str,
        row: usize,
        groups: &mut Groups,
        found: &mut [Vec<(usize, usize)>],
        known: &[Input],
        outputs: &mut [Output],
    ) -> Result<()> {
        found.iter_mut().for_each(Vec::clear);
        let mut offsets = Vec::new();
        self.regex.each_match(text, self.most, groups, |groups| {
            for (target, found) in self.targets.iter().zip(found.iter_mut()) {
                found.extend(groups.get(target.group));
            }
            offsets.extend(self.offsets.map(|_| self.offsets_of(text, groups)));
        })?;
        let slice = |place: &(usize, usize)| text.get(place.0..place.1).unwrap_or("");
        for ((found, output), known) in found.iter().zip(outputs.iter_mut()).zip(known) {
            match found.as_slice() {
                [] => output.push(known.item(row)),
                [place] => output.push(Item::Text(slice(place).into())),
                places => output.push(Item::Multi(places.iter().map(slice).collect())),
            }
        }
        self.push_offsets(&offsets, row, known, outputs);
        Ok(())
    }

    /// A row with several values.
    #[expect(clippy::too_many_arguments, reason = "parts of one loop, borrowed apart from each other")]
    fn each(
        &self,
        values: &[&str],
        row: usize,
        groups: &mut Groups,
        known: &[Input],
        outputs: &mut [Output],
    ) -> Result<()> {
        let mut found: Vec<Vec<&str>> = vec![Vec::new(); self.targets.len()];
        let mut offsets = Vec::new();
        for text in values {
            self.regex.each_match(text, self.most, groups, |groups| {
                for (target, found) in self.targets.iter().zip(found.iter_mut()) {
                    found.extend(groups.get(target.group).and_then(|(start, end)| text.get(start..end)));
                }
                offsets.extend(self.offsets.map(|_| self.offsets_of(text, groups)));
            })?;
        }
        for ((found, output), known) in found.into_iter().zip(outputs.iter_mut()).zip(known) {
            output.push(if found.is_empty() { known.item(row) } else { Item::Multi(found) });
        }
        self.push_offsets(&offsets, row, known, outputs);
        Ok(())
    }

    /// `name=0-9` of every group, counted in characters. Manual, "rex": of `(?<tenchars>.{10})` it is `tenchars=0-9`; the `&`
    /// between several is our reading.
    fn offsets_of(&self, text: &str, groups: &Groups) -> String {
        let characters = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
        let places = self.targets.iter().zip(&self.names).filter_map(|(target, name)| {
            let (start, end) = groups.get(target.group).filter(|(start, end)| end > start)?;
            Some(format!("{name}={}-{}", characters(start), characters(end) - 1))
        });
        places.collect::<Vec<_>>().join("&")
    }

    fn push_offsets(&self, offsets: &[String], row: usize, known: &[Input], outputs: &mut [Output]) {
        if let (Some(output), Some(known)) = (outputs.get_mut(self.targets.len()), known.get(self.targets.len())) {
            match offsets {
                [] => output.push(known.item(row)),
                offsets => output.push_values(offsets),
            }
        }
    }
}

fn keep(outputs: &mut [Output], known: &[Input], row: usize) {
    outputs.iter_mut().zip(known).for_each(|(output, known)| output.push(known.item(row)));
}

/// `mode=sed`: each value edited.
pub(super) fn edit(frame: Frame, field: &str, script: &Sed) -> Result<Frame> {
    let Some(known) = frame.kind(field) else { return Ok(frame) };
    let kind = if known == Kind::Multi { Kind::Multi } else { Kind::Text };
    let regex = match script {
        Sed::Substitute { pattern, .. } => Some(Regex::new(pattern)?),
        Sed::Transliterate(_) => None,
    };
    let (key, script) = (format!("{script:?}"), script.clone());
    let column = frame.column(field);
    let edited = closure::call("sed", key, kind, column, move |input, rows| {
        let mut output = Output::new(kind, rows);
        for row in 0..rows {
            let values: Result<Vec<String>> =
                input.values(row).iter().map(|value| apply(&script, regex.as_ref(), value)).collect();
            output.push_values(&values?);
        }
        Ok(output.finish())
    });
    frame.with(field, edited, kind)
}

fn apply(script: &Sed, regex: Option<&Regex>, value: &str) -> Result<String> {
    match (script, regex) {
        (Sed::Substitute { replacement, which: Which::All, .. }, Some(regex)) => regex.replace_all(value, replacement),
        (Sed::Substitute { replacement, which: Which::Only(number), .. }, Some(regex)) => {
            regex.replace_one(value, *number, replacement)
        }
        _ => Ok(script.transliterate(value).unwrap_or_else(|| value.to_owned())),
    }
}
