//! `spath`: values out of JSON or XML.
//!
//! Our reading where the manual is silent: each value of a field with several is a document; a path that leads nowhere leaves
//! the field as it was.

use datafusion::common::{Result, plan_datafusion_err};

use super::overlay::{Wins, overlay};
use crate::column::{Item, Kind, Output};
use crate::frame::Frame;
use crate::json::Json;
use crate::table::{Grid, Table};
use crate::{json_path, xml};

/// Manual, "spath" and "limits.conf" (`extraction_cutoff`): without a path, only so many bytes are looked at.
const CUTOFF: usize = 5000;

/// What a path leads to, as a field.
pub(super) fn path(frame: Frame, input: &str, path: &str, output: &str) -> Result<Frame> {
    let steps = spl::path::steps(path).ok_or_else(|| plan_datafusion_err!("`{path}` is no path"))?;
    let inputs = [input.to_owned(), output.to_owned()];
    let outputs = [(output.to_owned(), Kind::Multi)];
    frame.extend("spath", path.to_owned(), &inputs, &outputs, move |inputs, rows| {
        let [document, known] = inputs else { return Err(plan_datafusion_err!("`spath` has no field")) };
        let mut made = Output::new(Kind::Multi, rows);
        for row in 0..rows {
            let mut found = Vec::new();
            document.values(row).iter().for_each(|text| found.extend(json_path::in_document(text, &steps)));
            match found.is_empty() {
                true => made.push(known.item(row)),
                false => made.push(Item::Multi(found.iter().map(String::as_str).collect())),
            }
        }
        Ok(vec![made.finish()])
    })
}

/// Everything that has a name, as fields.
pub(super) fn all(table: Table, input: &str) -> Result<Table> {
    let Some(documents) = table.input(input)? else { return Ok(table) };
    let mut made = Grid::new(table.len());
    let mut name = String::new();
    for row in 0..table.len() {
        for text in documents.values(row) {
            let text = text.get(..text.floor_char_boundary(CUTOFF)).unwrap_or(&text);
            name.clear();
            match Json::parse(text) {
                Some(json) => json_path::flatten(&json, &mut name, &mut |name, value| {
                    made.add(row, name, value.into_owned());
                }),
                None => xml::flatten(&xml::parse(text), &mut name, &mut |name, value| {
                    made.add(row, name, value.to_owned());
                }),
            }
        }
    }
    overlay(table, made, Wins::New)
}
