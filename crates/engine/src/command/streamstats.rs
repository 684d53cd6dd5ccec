//! `streamstats`: aggregates of the rows seen so far, added to each row.
//!
//! Source: "streamstats". A row that lacks a by-field gets no results and is seen by none (as `eventstats` has it). A reset
//! forgets all rows, whatever group they are of. In a window of time a row that is exactly as far away as the window is long
//! is no longer seen. The last two are our reading.

use std::collections::{HashMap, VecDeque};

use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Result, plan_datafusion_err};
use plan::Streamstats;
use spl::ast::Expr;
use spl::time::TimeSpan;

use crate::aggregate::Finished;
use crate::column::{Input, Kind};
use crate::env::Env;
use crate::evaluate::{evaluate, scope};
use crate::expr;
use crate::states::{Aggregates, States};
use crate::table::Table;

pub(super) fn apply(mut table: Table, env: &Env<'_>, command: &Streamstats) -> Result<Table> {
    let aggregates = Aggregates::new(env, &table, &command.aggregations, &command.by)?.all_numbers(command.all_numbers);
    let groups = groups(&table, &command.by)?;
    let before = command.reset_before.as_ref().map(|condition| condition_of(&table, env, condition)).transpose()?;
    let after = ResetAfter::new(&table, env, command, &aggregates)?;
    let mut seen = Seen::new(&table, command)?;
    let mut results: Vec<Vec<Finished>> = vec![Vec::with_capacity(table.len()); aggregates.len()];
    let mut last: Option<usize> = None;
    for (row, group) in groups.iter().enumerate() {
        if before.as_ref().is_some_and(|condition| condition.truth(row) == Some(true)) {
            seen.forget();
        }
        if let Some(group) = group {
            if command.reset_on_change && last.is_some_and(|last| last != *group) {
                seen.forget();
            }
            last = Some(*group);
        }
        let made = match group {
            Some(group) => seen.step(&aggregates, row, *group),
            None => vec![Finished::Null; aggregates.len()],
        };
        if after.holds(env, &aggregates, row, &made)? {
            seen.forget();
        }
        for (column, result) in results.iter_mut().zip(made) {
            column.push(result);
        }
    }
    let names: Vec<String> = aggregates.names().map(str::to_owned).collect();
    for (at, (name, results)) in names.iter().zip(results).enumerate() {
        let (kind, array) = aggregates.column(at, results)?;
        table.set(name, kind, array);
    }
    Ok(table)
}

/// The group of each row; none where it lacks a by-field.
fn groups(table: &Table, by: &[String]) -> Result<Vec<Option<usize>>> {
    let inputs: Result<Vec<Option<Input>>> = by.iter().map(|field| table.input(field)).collect();
    let inputs = inputs?;
    let mut known: HashMap<Vec<String>, usize> = HashMap::new();
    let group = |row: usize| {
        let values = inputs.iter().map(|input| Some(input.as_ref()?.text(row)?.into_owned()));
        let values: Option<Vec<String>> = values.collect();
        let next = known.len();
        values.map(|values| *known.entry(values).or_insert(next))
    };
    Ok((0..table.len()).map(group).collect())
}

/// A condition over the rows of a table.
fn condition_of(table: &Table, env: &Env<'_>, condition: &Expr) -> Result<Input> {
    let scope = scope(table);
    let condition = expr::truth(expr::lower(&scope, &env.context, condition)?);
    Input::new(&evaluate(table, &condition)?, false)
}

/// What the aggregates have seen.
struct Seen {
    window: usize,
    current: bool,
    /// One window for all groups.
    global: bool,
    /// The length of a window of time in microseconds, and the rows' times.
    time: Option<(f64, Input)>,
    /// Without a window: a state for each group.
    states: HashMap<usize, States>,
    /// With one: the rows in it with their groups, in one queue or in one a group.
    rows: HashMap<usize, VecDeque<(usize, usize)>>,
}

impl Seen {
    fn new(table: &Table, command: &Streamstats) -> Result<Self> {
        let time = match (&command.time_window, table.input("_time")?) {
            (Some(span), Some(times)) => Some((seconds_of(span)?, times)),
            _ => None,
        };
        Ok(Self {
            window: usize::try_from(command.window).unwrap_or(usize::MAX),
            current: command.current,
            global: command.global,
            time,
            states: HashMap::new(),
            rows: HashMap::new(),
        })
    }

    fn forget(&mut self) {
        self.states.clear();
        self.rows.clear();
    }

    /// See a row; gives the results for it.
    fn step(&mut self, aggregates: &Aggregates, row: usize, group: usize) -> Vec<Finished> {
        if self.window == 0 && self.time.is_none() {
            let states = self.states.entry(group).or_insert_with(|| aggregates.start());
            if self.current {
                aggregates.update(states, row);
                return aggregates.finish(states);
            }
            let made = aggregates.finish(states);
            aggregates.update(states, row);
            return made;
        }
        let queue = self.rows.entry(if self.global { 0 } else { group }).or_default();
        if self.current {
            queue.push_back((row, group));
        }
        while self.window > 0 && queue.len() > self.window {
            queue.pop_front();
        }
        if let Some((length, times)) = &self.time
            && let Some(now) = times.number(row)
        {
            queue.retain(|(other, _)| times.number(*other).is_none_or(|time| (time - now).abs() < *length));
        }
        let mut states = aggregates.start();
        for (other, _) in queue.iter().filter(|(_, of)| *of == group) {
            aggregates.update(&mut states, *other);
        }
        if !self.current {
            queue.push_back((row, group));
        }
        aggregates.finish(&states)
    }
}

fn seconds_of(span: &str) -> Result<f64> {
    #[expect(clippy::cast_precision_loss, reason = "spans of years in microseconds fit")]
    let seconds = match TimeSpan::parse(span) {
        Some(TimeSpan::Micros(micros)) => micros as f64 / 1e6,
        Some(TimeSpan::Days { count, .. }) => count as f64 * 86_400.0,
        Some(TimeSpan::Number(seconds)) => seconds,
        _ => return Err(plan_datafusion_err!("`{span}` is no span of time")),
    };
    Ok(seconds)
}

/// `reset_after=`: a condition that may look at the results of the same row.
enum ResetAfter<'c> {
    Never,
    /// Over the rows as they came.
    Known(Input),
    /// Over the results, which are there row by row.
    Results(&'c Expr, Table),
}

impl<'c> ResetAfter<'c> {
    fn new(table: &Table, env: &Env<'_>, command: &'c Streamstats, aggregates: &Aggregates) -> Result<Self> {
        let Some(condition) = &command.reset_after else { return Ok(Self::Never) };
        let fields = condition.fields();
        if fields.iter().any(|field| aggregates.names().any(|name| name == field.name)) {
            let names: Vec<String> = fields.into_iter().map(|field| field.name).collect();
            return Ok(Self::Results(condition, table.select(&names)));
        }
        condition_of(table, env, condition).map(Self::Known)
    }

    fn holds(&self, env: &Env<'_>, aggregates: &Aggregates, row: usize, made: &[Finished]) -> Result<bool> {
        match self {
            Self::Never => Ok(false),
            Self::Known(condition) => Ok(condition.truth(row) == Some(true)),
            Self::Results(condition, table) => {
                let mut one = table.take(&[Some(row)])?;
                let names: Vec<&str> = aggregates.names().collect();
                for (at, (name, result)) in names.iter().zip(made).enumerate() {
                    let (kind, array): (Kind, ArrayRef) = aggregates.column(at, vec![result.clone()])?;
                    one.set(name, kind, array);
                }
                Ok(condition_of(&one, env, condition)?.truth(0) == Some(true))
            }
        }
    }
}
