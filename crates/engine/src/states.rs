//! Aggregates of commands that keep their states themselves: `chart`, `timechart`, `streamstats`.

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use plan::Aggregation;

use crate::aggregate::{Finished, State};
use crate::column::{Input, Item, Kind, Output};
use crate::convert::{micros, number_of};
use crate::env::Env;
use crate::evaluate::{evaluate, scope};
use crate::group::{self, Planned};
use crate::table::{Cell, Table, as_kind};

/// The states of one group, one for each aggregate.
pub(crate) type States = Vec<Box<dyn State>>;

/// Aggregates with the values that they run over.
pub(crate) struct Aggregates {
    planned: Vec<Planned>,
    /// What each runs over; none counts rows.
    inputs: Vec<Option<Input>>,
    times: Option<Input>,
}

impl Aggregates {
    /// The aggregates over the rows of a table. `keys` are not among what `*` means.
    pub(crate) fn new(env: &Env<'_>, table: &Table, aggregations: &[Aggregation], keys: &[String]) -> Result<Self> {
        let (planned, columns) = group::plan_all(&scope(table), &env.context, aggregations, keys)?;
        let find = |wanted: &str| {
            let column = columns.iter().find(|(name, ..)| name == wanted);
            column.map(|(_, expr, _)| Input::new(&evaluate(table, expr)?, false)).transpose()
        };
        let inputs: Result<Vec<Option<Input>>> =
            planned.iter().map(|made| made.input().map_or(Ok(None), &find)).collect();
        Ok(Self { inputs: inputs?, times: find("~time")?, planned })
    }

    /// An aggregate of numbers is null where a value is none.
    pub(crate) fn all_numbers(mut self, all_numbers: bool) -> Self {
        self.planned.iter_mut().for_each(|made| made.all_numbers = all_numbers);
        self
    }

    /// The names of the results.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.planned.iter().map(|made| made.output.as_str())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.planned.len()
    }

    /// The seconds of the unit of time that the aggregate at a place is for: `per_hour`.
    pub(crate) fn unit(&self, at: usize) -> Option<f64> {
        self.planned.get(at).and_then(Planned::unit)
    }

    /// States that have seen nothing.
    pub(crate) fn start(&self) -> States {
        self.planned.iter().map(Planned::state).collect()
    }

    /// Let the states see a row.
    pub(crate) fn update(&self, states: &mut States, row: usize) {
        for (state, input) in states.iter_mut().zip(&self.inputs) {
            let item = input.as_ref().map_or(Item::Number(1.0), |input| input.item(row));
            if item != Item::Null {
                let time = self.times.as_ref().and_then(|times| times.number(row)).and_then(micros);
                state.update(&item, time);
            }
        }
    }

    /// The results of states, one for each aggregate.
    pub(crate) fn finish(&self, states: &States) -> Vec<Finished> {
        states.iter().map(|state| state.finish()).collect()
    }

    /// A result of the aggregate at a place, as a cell.
    pub(crate) fn cell(&self, at: usize, result: Finished) -> Cell {
        let kind = self.planned.get(at).map_or(Kind::Text, Planned::kind);
        match result {
            Finished::Null => Cell::Null,
            Finished::Number(number) => Cell::Number(number),
            Finished::Text(text) => cell_of(kind, text),
            Finished::Multi(values) => Cell::Multi(values),
        }
    }

    /// The results of the aggregate at a place, one a row.
    pub(crate) fn column(&self, at: usize, results: Vec<Finished>) -> Result<(Kind, ArrayRef)> {
        let kind = self.planned.get(at).map_or(Kind::Text, Planned::kind);
        let rows = results.len();
        let mut output = Output::new(if kind == Kind::Time { Kind::Number } else { kind }, rows);
        for result in &results {
            match result {
                Finished::Null => output.push(Item::Null),
                Finished::Number(number) => output.push(Item::Number(*number)),
                Finished::Text(text) => output.push(Item::Text(text.into())),
                Finished::Multi(values) => output.push_values(values),
            }
        }
        let array = output.finish();
        if kind == Kind::Time {
            return Ok((kind, as_kind(&Input::new(&array, false)?, rows, kind)?));
        }
        Ok((kind, array))
    }
}

/// A value as a cell of a column that was of this kind.
pub(crate) fn cell_of(kind: Kind, text: String) -> Cell {
    match kind {
        Kind::Number => number_of(&text).map_or(Cell::Text(text), Cell::Number),
        Kind::Time => number_of(&text).and_then(micros).map_or(Cell::Text(text), Cell::Time),
        _ => Cell::Text(text),
    }
}
