//! `transpose`: a row for each field, a column for each row, called `row 1` and so on or by the values of a field.
//!
//! Where two rows have one name, the first one's column stays; a row without a name gets `row N`. Both are our reading.

use datafusion::common::Result;

use super::xyseries::Columns;
use crate::table::{Cell, Grid, Table};

/// How a table is turned.
pub(super) struct Turn<'a> {
    pub(super) limit: u64,
    pub(super) column_name: &'a str,
    pub(super) header_field: Option<&'a str>,
    pub(super) include_empty: bool,
}

pub(super) fn apply(table: &Table, turn: &Turn<'_>) -> Result<Table> {
    let names: Vec<String> = table.columns().iter().map(|(name, _)| name.clone()).collect();
    let columns = Columns::new(table, &names)?;
    let limit = if turn.limit == 0 { usize::MAX } else { usize::try_from(turn.limit).unwrap_or(usize::MAX) };
    let rows = table.len().min(limit);
    let header = turn.header_field.map(|field| table.input(field)).transpose()?.flatten();
    let has_value = |name: &String| (0..rows).any(|row| columns.cell(name, row) != Cell::Null);
    let turned = names.iter().filter(|name| Some(name.as_str()) != turn.header_field);
    let turned: Vec<&String> = turned.filter(|name| turn.include_empty || has_value(name)).collect();
    let mut grid = Grid::new(turned.len());
    grid.column(turn.column_name);
    for (at, name) in turned.iter().enumerate() {
        grid.set(at, turn.column_name, Cell::Text((*name).clone()));
    }
    for row in (0..rows).rev() {
        let written = header.as_ref().and_then(|header| header.text(row));
        let heading = written.map_or_else(|| format!("row {}", row + 1), std::borrow::Cow::into_owned);
        for (at, name) in turned.iter().enumerate() {
            grid.set(at, &heading, columns.cell(name, row));
        }
    }
    in_order(grid, turn, rows, header.as_ref())
}

fn in_order(grid: Grid, turn: &Turn<'_>, rows: usize, header: Option<&crate::column::Input>) -> Result<Table> {
    let written = |row: usize| header.and_then(|header| header.text(row)).map(std::borrow::Cow::into_owned);
    let headings = (0..rows).map(|row| written(row).unwrap_or_else(|| format!("row {}", row + 1)));
    let mut order = vec![turn.column_name.to_owned()];
    headings.for_each(|heading| {
        if !order.contains(&heading) {
            order.push(heading);
        }
    });
    Ok(grid.finish()?.select(&order))
}
