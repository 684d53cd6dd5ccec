//! `xyseries` and `untable`: rows that hold a cell each become a table, and a table such rows.
//!
//! Where two rows fill one cell, the later one counts; columns are sorted by name and rows by their field, unless the rows
//! are grouped; `untable` passes over cells without a value and internal fields. All this is our reading.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use datafusion::common::{Result, exec_err};

use crate::column::{Input, Item, Kind};
use crate::states::cell_of;
use crate::table::{Cell, Grid, Table};

/// The fields that `xyseries` reads, and how its columns are called.
pub(super) struct Fields<'a> {
    pub(super) x: &'a str,
    pub(super) y: &'a str,
    pub(super) values: &'a [String],
    pub(super) format: &'a str,
    pub(super) grouped: bool,
}

pub(super) fn xyseries(table: &Table, fields: &Fields<'_>) -> Result<Table> {
    let (x, y) = (table.input(fields.x)?, table.input(fields.y)?);
    let mut rows: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut cells: BTreeMap<(String, String), (usize, &String)> = BTreeMap::new();
    for row in 0..table.len() {
        let text = |input: &Option<Input>| Some(input.as_ref()?.text(row)?.into_owned());
        let (Some(x), Some(y)) = (text(&x), text(&y)) else { continue };
        if !places.contains_key(&x) {
            places.insert(x.clone(), rows.len());
            rows.push(x.clone());
        }
        for value in fields.values {
            let name = match fields.values {
                [_] => y.clone(),
                _ => fields.format.replace("$AGG$", value).replace("$VAL$", &y),
            };
            names.insert(name.clone());
            cells.insert((x.clone(), name), (row, value));
        }
    }
    if names.contains(fields.x) {
        return exec_err!("a column would be called `{}`, as the rows' field is", fields.x);
    }
    if !fields.grouped {
        rows.sort_by(|left, right| crate::compare::order(left, right).then_with(|| left.cmp(right)));
    }
    let kind = table.kind(fields.x).unwrap_or(Kind::Text);
    let mut grid = Grid::new(rows.len());
    grid.column(fields.x);
    names.iter().for_each(|name| grid.column(name));
    let columns = Columns::new(table, fields.values)?;
    for (at, x) in rows.iter().enumerate() {
        grid.set(at, fields.x, cell_of(kind, x.clone()));
        for name in &names {
            if let Some((row, value)) = cells.get(&(x.clone(), name.clone())) {
                grid.set(at, name, columns.cell(value, *row));
            }
        }
    }
    grid.finish()
}

pub(super) fn untable(table: &Table, x: &str, y: &str, value: &str) -> Result<Table> {
    let names: Vec<String> = table.columns().iter().map(|(name, _)| name.clone()).collect();
    let columns = Columns::new(table, &names)?;
    let turned: Vec<&String> = names.iter().filter(|name| *name != x && !name.starts_with('_')).collect();
    let present = |row: usize| turned.iter().map(move |name| (row, *name));
    let cells: Vec<(usize, &String)> =
        (0..table.len()).flat_map(present).filter(|(row, name)| columns.cell(name, *row) != Cell::Null).collect();
    let mut grid = Grid::new(cells.len());
    [x, y, value].iter().for_each(|name| grid.column(name));
    for (at, (row, name)) in cells.into_iter().enumerate() {
        grid.set(at, x, columns.cell(x, row));
        grid.set(at, y, Cell::Text(name.clone()));
        grid.set(at, value, columns.cell(name, row));
    }
    grid.finish()
}

/// Columns read as cells: a time stays one.
pub(super) struct Columns {
    inputs: HashMap<String, (Kind, Input)>,
}

impl Columns {
    pub(super) fn new(table: &Table, names: &[String]) -> Result<Self> {
        let mut inputs = HashMap::new();
        for name in names {
            if let (Some(kind), Some(input)) = (table.kind(name), table.input(name)?) {
                inputs.insert(name.clone(), (kind, input));
            }
        }
        Ok(Self { inputs })
    }

    pub(super) fn cell(&self, name: &str, row: usize) -> Cell {
        match self.inputs.get(name).map(|(kind, input)| (*kind, input.item(row))) {
            Some((Kind::Time, Item::Number(seconds))) => crate::convert::micros(seconds).map_or(Cell::Null, Cell::Time),
            Some((_, item)) => item.into(),
            None => Cell::Null,
        }
    }
}
