//! `xmlkv`: a field for each element that holds text.
//!
//! Our reading where the manual is silent: a name that comes twice has several values; entities stay as they are written.

use datafusion::common::Result;

use super::overlay::{Wins, overlay};
use crate::table::{Grid, Table};
use crate::xml;

pub(super) fn apply(table: Table, field: &str) -> Result<Table> {
    let Some(input) = table.input(field)? else { return Ok(table) };
    let mut made = Grid::new(table.len());
    for row in 0..table.len() {
        for text in input.values(row) {
            xml::each_pair(&text, &mut |name, value| made.add(row, name, value.to_owned()));
        }
    }
    overlay(table, made, Wins::New)
}
