//! States of aggregates, one a group, as DataFusion wants them.

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::{Result, ScalarValue, exec_datafusion_err};
use datafusion::logical_expr::{Accumulator, EmitTo, GroupsAccumulator};

use super::{Aggregate, Finished, State};
use crate::column::{Input, Item, Kind, Output};

/// The states of all groups.
#[derive(Debug)]
pub(super) struct Groups {
    aggregate: &'static Aggregate,
    parameter: f64,
    all_numbers: bool,
    kind: Kind,
    states: Vec<Box<dyn State>>,
}

impl Groups {
    pub(super) fn new(aggregate: &'static Aggregate, parameter: f64, all_numbers: bool, kind: Kind) -> Self {
        Self { aggregate, parameter, all_numbers, kind, states: Vec::new() }
    }

    fn resize(&mut self, groups: usize) {
        let (aggregate, parameter, all_numbers) = (self.aggregate, self.parameter, self.all_numbers);
        self.states.resize_with(groups, || super::state(aggregate, parameter, all_numbers));
    }

    fn update(&mut self, values: &[ArrayRef], group_of: impl Fn(usize) -> Option<usize>) -> Result<()> {
        let array = values.first().ok_or_else(|| exec_datafusion_err!("an aggregate over nothing"))?;
        let input = Input::new(array, false)?;
        let times = values.get(1).and_then(|times| times.as_primitive_opt::<TimestampMicrosecondType>());
        for row in 0..array.len() {
            let Some(state) = group_of(row).and_then(|group| self.states.get_mut(group)) else { continue };
            let item = input.item(row);
            if item != Item::Null {
                state.update(&item, times.filter(|times| times.is_valid(row)).map(|times| times.value(row)));
            }
        }
        Ok(())
    }

    fn merge(&mut self, values: &[ArrayRef], group_of: impl Fn(usize) -> Option<usize>) -> Result<()> {
        let array = values.first().ok_or_else(|| exec_datafusion_err!("an aggregate's state is missing"))?;
        let input = Input::new(array, false)?;
        for row in 0..array.len() {
            let Some(state) = group_of(row).and_then(|group| self.states.get_mut(group)) else { continue };
            if let Item::Multi(saved) = input.item(row) {
                state.merge(&saved);
            }
        }
        Ok(())
    }
}

fn finished(states: &[Box<dyn State>], kind: Kind) -> ArrayRef {
    let mut output = Output::new(kind, states.len());
    for state in states {
        match state.finish() {
            Finished::Null => output.push(Item::Null),
            Finished::Number(number) => output.push(Item::Number(number)),
            Finished::Text(text) => output.push(Item::Text(text.into())),
            Finished::Multi(values) => output.push_values(&values),
        }
    }
    output.finish()
}

fn saved(states: &[Box<dyn State>]) -> ArrayRef {
    let mut output = Output::new(Kind::Multi, states.len());
    states.iter().for_each(|state| output.push_values(&state.save()));
    output.finish()
}

impl GroupsAccumulator for Groups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.resize(total);
        let passes = |row: usize| filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row));
        self.update(values, |row| groups.get(row).copied().filter(|_| passes(row)))
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        Ok(finished(&emit_to.take_needed(&mut self.states), self.kind))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![saved(&emit_to.take_needed(&mut self.states))])
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.resize(total);
        self.merge(values, |row| groups.get(row).copied())
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |array| array.len());
        let mut groups = Self::new(self.aggregate, self.parameter, self.all_numbers, self.kind);
        let each: Vec<usize> = (0..rows).collect();
        groups.update_batch(values, &each, filter, rows)?;
        Ok(vec![saved(&groups.states)])
    }

    fn size(&self) -> usize {
        self.states.iter().map(|state| state.size() + size_of::<Box<dyn State>>()).sum()
    }
}

/// The state of one group.
#[derive(Debug)]
pub(super) struct Single {
    groups: Groups,
}

impl Single {
    pub(super) fn new(mut groups: Groups) -> Self {
        groups.resize(1);
        Self { groups }
    }
}

impl Accumulator for Single {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.groups.update(values, |_| Some(0))
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        ScalarValue::try_from_array(&finished(&self.groups.states, self.groups.kind), 0)
    }

    fn size(&self) -> usize {
        GroupsAccumulator::size(&self.groups)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![ScalarValue::try_from_array(&saved(&self.groups.states), 0)?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.groups.merge(states, |_| Some(0))
    }
}

#[cfg(test)]
mod tests;
