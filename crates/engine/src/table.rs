//! Rows of a finished part of a search, for commands that need all rows at once or that make columns out of values.

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, TimestampMicrosecondArray, UInt64Array};
use datafusion::arrow::compute::{concat, concat_batches, take};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::common::Result;
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::logical_expr::LogicalPlanBuilder;

use crate::column::{Input, Item, Kind, Output};
use crate::frame::Frame;

/// Rows in columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    columns: Vec<(String, Kind)>,
    arrays: Vec<ArrayRef>,
    rows: usize,
}

impl Table {
    /// The rows of batches, whose columns are these.
    pub(crate) fn new(columns: Vec<(String, Kind)>, schema: &SchemaRef, batches: &[RecordBatch]) -> Result<Self> {
        let batch = concat_batches(schema, batches)?;
        Ok(Self { columns, arrays: batch.columns().to_vec(), rows: batch.num_rows() })
    }

    /// So many rows without a column.
    pub(crate) fn empty(rows: usize) -> Self {
        Self { columns: Vec::new(), arrays: Vec::new(), rows }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// The columns, in order.
    pub(crate) fn columns(&self) -> &[(String, Kind)] {
        &self.columns
    }

    /// The kind of a column, if there is one of that name.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        self.place(name).and_then(|at| self.columns.get(at)).map(|(_, kind)| *kind)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(column, _)| column == name)
    }

    /// A column's array.
    pub(crate) fn array(&self, name: &str) -> Option<&ArrayRef> {
        self.arrays.get(self.place(name)?)
    }

    /// A column's values, if there is one of that name.
    pub(crate) fn input(&self, name: &str) -> Result<Option<Input>> {
        self.array(name).map(|array| Input::new(array, false)).transpose()
    }

    /// All columns' values, in order.
    pub(crate) fn inputs(&self) -> Result<Vec<Input>> {
        self.arrays.iter().map(|array| Input::new(array, false)).collect()
    }

    /// Rows by number; `None` is a row of nulls.
    pub(crate) fn take(&self, rows: &[Option<usize>]) -> Result<Self> {
        let places: UInt64Array = rows.iter().map(|row| row.map(|row| row as u64)).collect();
        let arrays: Result<Vec<ArrayRef>, _> = self.arrays.iter().map(|array| take(array, &places, None)).collect();
        Ok(Self { columns: self.columns.clone(), arrays: arrays?, rows: rows.len() })
    }

    /// Set a column: in its place when there is one of that name, else at the end.
    pub(crate) fn set(&mut self, name: &str, kind: Kind, array: ArrayRef) {
        match self.place(name) {
            Some(at) => {
                if let (Some(column), Some(known)) = (self.columns.get_mut(at), self.arrays.get_mut(at)) {
                    column.1 = kind;
                    *known = array;
                }
            }
            None => {
                self.columns.push((name.to_owned(), kind));
                self.arrays.push(array);
            }
        }
    }

    /// Drop a column.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(at) = self.place(name) {
            self.columns.remove(at);
            self.arrays.remove(at);
        }
    }

    /// These columns in this order, those that exist.
    pub(crate) fn select(&self, names: &[String]) -> Self {
        let kept = names.iter().filter_map(|name| self.place(name));
        let kept = kept.filter_map(|at| Some((self.columns.get(at)?.clone(), Arc::clone(self.arrays.get(at)?))));
        let (columns, arrays) = kept.unzip();
        Self { columns, arrays, rows: self.rows }
    }

    /// The rows of both, with the columns of both: what one lacks is null there.
    pub(crate) fn append(&self, other: &Self) -> Result<Self> {
        let mut joined = Self { rows: self.rows + other.rows, ..Self::default() };
        let names = self.columns.iter().chain(other.columns.iter().filter(|(name, _)| self.place(name).is_none()));
        for (name, _) in names {
            let kind = match (self.kind(name), other.kind(name)) {
                (Some(a), Some(b)) if a != b => Kind::unify([a, b]),
                (Some(kind), _) | (None, Some(kind)) => kind,
                (None, None) => Kind::Text,
            };
            let (above, below) = (self.conformed(name, kind)?, other.conformed(name, kind)?);
            joined.columns.push((name.clone(), kind));
            joined.arrays.push(concat(&[above.as_ref(), below.as_ref()])?);
        }
        Ok(joined)
    }

    /// A column in a kind; nulls where it does not exist.
    fn conformed(&self, name: &str, kind: Kind) -> Result<ArrayRef> {
        match (self.array(name), self.kind(name)) {
            (Some(array), Some(known)) if known == kind => Ok(Arc::clone(array)),
            (Some(array), Some(_)) => as_kind(&Input::new(array, false)?, self.rows, kind),
            _ => Ok(datafusion::arrow::array::new_null_array(&kind.data_type(), self.rows)),
        }
    }

    /// The columns as Arrow knows them.
    pub(crate) fn schema(&self) -> SchemaRef {
        let fields = self.columns.iter().map(|(name, kind)| Field::new(name, kind.data_type(), true));
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }

    /// As the start of a plan.
    pub(crate) fn into_frame(self) -> Result<Frame> {
        let schema = self.schema();
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&schema), self.arrays, &options)?;
        let provider = Arc::new(MemTable::try_new(schema, vec![vec![batch]])?);
        let plan = LogicalPlanBuilder::scan("rows", provider_as_source(provider), None)?;
        let columns = self.columns;
        // Without the table's name before them: columns are addressed by name alone.
        let bare = columns.iter().map(|(name, _)| {
            datafusion::logical_expr::Expr::Column(datafusion::common::Column::from_name(name)).alias(name)
        });
        let plan = plan.project(bare.collect::<Vec<_>>())?;
        Ok(Frame::new(plan, columns))
    }
}

/// A column's values in another kind.
pub(crate) fn as_kind(input: &Input, rows: usize, kind: Kind) -> Result<ArrayRef> {
    if kind == Kind::Time {
        let times = (0..rows).map(|row| input.number(row).and_then(crate::convert::micros));
        let times: TimestampMicrosecondArray = times.collect();
        return Ok(Arc::new(times.with_timezone("UTC")));
    }
    let mut output = Output::new(kind, rows);
    (0..rows).for_each(|row| output.push(input.item(row)));
    Ok(output.finish())
}

/// A value to be put in a [`Grid`].
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// No value.
    #[default]
    Null,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A time, in microseconds since the epoch.
    Time(i64),
    /// Several texts.
    Multi(Vec<String>),
}

impl Cell {
    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Time(_) => Kind::Time,
            Self::Multi(_) => Kind::Multi,
        }
    }

    fn item(&self) -> Item<'_> {
        match self {
            Self::Null => Item::Null,
            Self::Text(text) => Item::Text(text.into()),
            Self::Number(number) => Item::Number(*number),
            Self::Time(micros) => Item::Number(crate::convert::seconds(*micros)),
            Self::Multi(values) if values.is_empty() => Item::Null,
            Self::Multi(values) => Item::Multi(values.iter().map(String::as_str).collect()),
        }
    }
}

impl From<Item<'_>> for Cell {
    fn from(item: Item<'_>) -> Self {
        match item {
            Item::Null => Self::Null,
            Item::Text(text) => Self::Text(text.into_owned()),
            Item::Number(number) => Self::Number(number),
            Item::Bool(value) => Self::Text(crate::column::bool_text(value).to_owned()),
            Item::Multi(values) => Self::Multi(values.into_iter().map(str::to_owned).collect()),
        }
    }
}

/// Columns whose names come from data. The kind of a column is what all its values have in common.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    rows: usize,
    names: Vec<String>,
    cells: Vec<Vec<Cell>>,
    places: HashMap<String, usize>,
}

impl Grid {
    /// So many rows of nulls.
    pub(crate) fn new(rows: usize) -> Self {
        Self { rows, ..Self::default() }
    }

    /// Make sure that a column exists.
    pub(crate) fn column(&mut self, name: &str) {
        if !self.places.contains_key(name) {
            self.places.insert(name.to_owned(), self.names.len());
            self.names.push(name.to_owned());
            self.cells.push(vec![Cell::Null; self.rows]);
        }
    }

    /// Set a cell; the column is made when it is new.
    pub(crate) fn set(&mut self, row: usize, name: &str, cell: Cell) {
        self.column(name);
        let column = self.places.get(name).and_then(|at| self.cells.get_mut(*at));
        if let Some(known) = column.and_then(|column| column.get_mut(row)) {
            *known = cell;
        }
    }

    /// Add a value to a cell: a second one makes it one of several.
    pub(crate) fn add(&mut self, row: usize, name: &str, value: String) {
        self.column(name);
        let column = self.places.get(name).and_then(|at| self.cells.get_mut(*at));
        let Some(cell) = column.and_then(|column| column.get_mut(row)) else { return };
        match cell {
            Cell::Multi(values) => values.push(value),
            Cell::Null => *cell = Cell::Text(value),
            other => {
                let known = other.item().text().map(std::borrow::Cow::into_owned);
                *other = Cell::Multi(known.into_iter().chain([value]).collect());
            }
        }
    }

    /// A cell.
    pub(crate) fn get(&self, row: usize, name: &str) -> Option<&Cell> {
        self.places.get(name).and_then(|at| self.cells.get(*at)?.get(row))
    }

    /// The table.
    pub(crate) fn finish(self) -> Result<Table> {
        let mut table = Table::empty(self.rows);
        for (name, cells) in self.names.iter().zip(&self.cells) {
            let kind = common_kind(cells);
            let mut output = Output::new(kind, self.rows);
            cells.iter().for_each(|cell| output.push(cell.item()));
            let array = output.finish();
            let array = if kind == Kind::Time {
                let times: TimestampMicrosecondArray =
                    cells.iter().map(|cell| if let Cell::Time(micros) = cell { Some(*micros) } else { None }).collect();
                Arc::new(times.with_timezone("UTC")) as ArrayRef
            } else {
                array
            };
            table.set(name, kind, array);
        }
        Ok(table)
    }
}

fn common_kind(cells: &[Cell]) -> Kind {
    let mut kinds = cells.iter().map(Cell::kind).filter(|kind| *kind != Kind::Null);
    let Some(first) = kinds.next() else { return Kind::Text };
    let mut common = first;
    for kind in kinds {
        if kind != common {
            common = Kind::unify([common, kind]);
        }
    }
    common
}

#[cfg(test)]
mod tests;
