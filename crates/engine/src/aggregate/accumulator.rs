//! States of aggregates, one a group, as DataFusion wants them.
//!
//! A grouping that does not fit in memory saves its states, and merges those of a group later, in no order that DataFusion says.
//! Where an aggregate depends on the order of rows, what is saved begins with a number that grows, and is merged by it.

use std::sync::atomic::{AtomicU64, Ordering};

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
    /// By group: saved states that are still to be merged, where their order matters.
    waiting: Vec<Vec<Saved>>,
}

/// A saved state with the number that says when it was saved.
type Saved = (u64, Vec<String>);

/// The next number of a saved state.
static SAVED: AtomicU64 = AtomicU64::new(0);

impl Groups {
    pub(super) fn new(aggregate: &'static Aggregate, parameter: f64, all_numbers: bool, kind: Kind) -> Self {
        Self { aggregate, parameter, all_numbers, kind, states: Vec::new(), waiting: Vec::new() }
    }

    /// The states of these groups, with all that was to be merged.
    fn take(&mut self, emit_to: EmitTo) -> Vec<Box<dyn State>> {
        let mut states = emit_to.take_needed(&mut self.states);
        if self.aggregate.ordered {
            settle(&mut states, emit_to.take_needed(&mut self.waiting));
        }
        states
    }

    fn saved(&self, states: &[Box<dyn State>]) -> ArrayRef {
        let mut output = Output::new(Kind::Multi, states.len());
        let number = SAVED.fetch_add(1, Ordering::Relaxed).to_string();
        for state in states {
            let mut values = state.save();
            if self.aggregate.ordered {
                values.insert(0, number.clone());
            }
            output.push_values(&values);
        }
        output.finish()
    }

    fn resize(&mut self, groups: usize) {
        let (aggregate, parameter, all_numbers) = (self.aggregate, self.parameter, self.all_numbers);
        self.states.resize_with(groups, || super::state(aggregate, parameter, all_numbers));
        if aggregate.ordered {
            self.waiting.resize_with(groups, Vec::new);
        }
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
            let (Some(group), Item::Multi(saved)) = (group_of(row), input.item(row)) else { continue };
            if !self.aggregate.ordered {
                self.states.get_mut(group).into_iter().for_each(|state| state.merge(&saved));
                continue;
            }
            let numbered = saved.split_first().and_then(|(number, values)| Some((number.parse().ok()?, values)));
            let (number, values) = numbered.ok_or_else(|| exec_datafusion_err!("a saved state has no number"))?;
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            if let Some(waiting) = self.waiting.get_mut(group) {
                waiting.push((number, values));
            }
        }
        Ok(())
    }
}

/// Merge what waits, in the order in which it was saved.
fn settle(states: &mut [Box<dyn State>], waiting: Vec<Vec<Saved>>) {
    for (state, mut waiting) in states.iter_mut().zip(waiting) {
        waiting.sort_by_key(|(number, _)| *number);
        for (_, values) in waiting {
            state.merge(&values.iter().map(String::as_str).collect::<Vec<_>>());
        }
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
        Ok(finished(&self.take(emit_to), self.kind))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let states = self.take(emit_to);
        Ok(vec![self.saved(&states)])
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
        groups.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        let states: usize = self.states.iter().map(|state| state.size() + size_of::<Box<dyn State>>()).sum();
        let text = |value: &String| value.len() + size_of::<String>();
        let waiting = self.waiting.iter().flatten().map(|(_, values)| values.iter().map(text).sum::<usize>());
        states + waiting.sum::<usize>() + self.waiting.len() * size_of::<Vec<Saved>>()
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

    /// The one state stays: rows may come after it was looked at.
    fn settle(&mut self) {
        let waiting = self.groups.waiting.iter_mut().map(std::mem::take).collect();
        settle(&mut self.groups.states, waiting);
    }
}

impl Accumulator for Single {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.groups.update(values, |_| Some(0))
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.settle();
        ScalarValue::try_from_array(&finished(&self.groups.states, self.groups.kind), 0)
    }

    fn size(&self) -> usize {
        GroupsAccumulator::size(&self.groups)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.settle();
        Ok(vec![ScalarValue::try_from_array(&self.groups.saved(&self.groups.states), 0)?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.groups.merge(states, |_| Some(0))
    }
}

#[cfg(test)]
mod tests;
