//! `fromjson`: the members of an object as fields.
//!
//! Our reading where the manual is silent: an array is several values, an object in it or in a member is its text, `null` is no
//! value, and what is no whole object gives nothing.

use datafusion::common::Result;

use super::overlay::{Wins, overlay};
use crate::json::Json;
use crate::json_path::Tree;
use crate::table::{Grid, Table};

pub(super) fn apply(table: Table, field: &str, prefix: &str) -> Result<Table> {
    let Some(input) = table.input(field)? else { return Ok(table) };
    let mut made = Grid::new(table.len());
    for row in 0..table.len() {
        for text in input.values(row) {
            let Some(json) = Json::parse_whole(&text) else { continue };
            for (name, value) in json.members().into_iter().flatten() {
                let name = format!("{prefix}{name}");
                let values = value.elements().unwrap_or(std::slice::from_ref(value));
                for value in values.iter().filter(|value| !value.is_null()) {
                    made.add(row, &name, value.text().into_owned());
                }
            }
        }
    }
    overlay(table, made, Wins::New)
}
