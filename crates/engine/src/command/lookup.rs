//! `lookup`: fields of the rows of a table that match.
//!
//! Source: Search Reference, "lookup"; Admin Manual, "transforms.conf"; Knowledge Manager Manual, "Add field matching
//! rules to your lookup configuration". Where they are silent, our reading:
//!
//! - `OUTPUT` empties an output field where no row matches, as a value that the lookup does not have; `OUTPUTNEW` fills each
//!   output field that has no value yet.
//! - A result without a value for one of the compared fields is not looked up: it gets no default either.
//! - Several values of a compared field are looked up one after the other, each with its own `max_matches` and
//!   `default_match`; of several such fields, every combination.
//! - An empty cell of a matching row gives no value.

use std::borrow::Cow;
use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use plan::Lookup as Op;

use crate::EngineError;
use crate::column::{Input, Item, Kind, Output};
use crate::convert::micros;
use crate::env::Env;
use crate::frame::Frame;
use crate::lookup::{Computed, Lookup, LookupError, LookupKind, LookupValue, Matcher};

pub(super) fn apply(env: &Env<'_>, frame: Frame, op: &Op) -> Result<Result<Frame>, EngineError> {
    let found = env.stores.lookups.get(&op.name)?;
    let lookup = found.ok_or_else(|| LookupError::Unknown { name: op.name.clone() })?;
    if let LookupKind::Computed(computed) = lookup.definition.kind {
        return Ok(self::computed(frame, op, computed));
    }
    let outputs = outputs(op, &lookup);
    let columns = |names: Vec<&String>| columns(op, &lookup, names);
    let compared = columns(op.inputs.iter().map(|(column, _)| column).collect())?;
    let given = columns(outputs.iter().map(|(column, _)| column).collect())?;
    let (Some(compared), Some(given)) = (compared, given) else {
        return Ok(nothing(frame, op, &outputs));
    };
    let matcher = Matcher::new(&lookup, &compared, &env.context);
    let targets: Vec<Target> =
        given.iter().zip(outputs).map(|(column, (_, field))| Target { column: *column, field }).collect();
    Ok(looked_up(frame, op, lookup, matcher, targets))
}

/// The table's columns and the fields that they go to.
fn outputs(op: &Op, lookup: &Lookup) -> Vec<(String, String)> {
    let others = || {
        let columns = lookup.table.columns().filter(|column| !op.inputs.iter().any(|(input, _)| input == column));
        columns.map(|column| (column.to_owned(), column.to_owned())).collect()
    };
    op.outputs.clone().unwrap_or_else(others)
}

/// The places of columns. `None` where the table is empty and has no columns at all: nobody has written it yet.
fn columns(op: &Op, lookup: &Lookup, names: Vec<&String>) -> Result<Option<Vec<usize>>, LookupError> {
    if lookup.table.columns().next().is_none() {
        return Ok(None);
    }
    let place = |name: &String| {
        let place = lookup.table.column(name);
        place.ok_or_else(|| LookupError::NoField { name: op.name.clone(), field: name.clone() })
    };
    names.into_iter().map(place).collect::<Result<_, _>>().map(Some)
}

/// A table without rows: nothing matches.
fn nothing(frame: Frame, op: &Op, outputs: &[(String, String)]) -> Result<Frame> {
    let mut frame = frame;
    for (_, field) in outputs {
        if !op.keep || frame.kind(field).is_none() {
            frame = frame.with(field, crate::frame::null(), Kind::Null)?;
        }
    }
    Ok(frame)
}

/// A column of the table and the field that it goes to.
struct Target {
    column: usize,
    field: String,
}

/// What a looked-up field is made of.
struct Made {
    kind: Kind,
    column: usize,
    /// The place among the inputs of the field's own value, where it wins.
    kept: Option<usize>,
}

fn looked_up(frame: Frame, op: &Op, lookup: Lookup, matcher: Matcher, targets: Vec<Target>) -> Result<Frame> {
    if targets.is_empty() {
        return Ok(frame);
    }
    let definition = Arc::clone(&lookup.definition);
    let mut inputs: Vec<String> = op.inputs.iter().map(|(_, field)| field.clone()).collect();
    let compared = inputs.len();
    let one_value = inputs.iter().all(|field| frame.kind(field) != Some(Kind::Multi));
    let one_row = one_value && matcher.is_unique() && definition.min_matches < 2;
    let timed = definition.time.is_some().then(|| {
        inputs.push("_time".to_owned());
        compared
    });
    let mut made = Vec::with_capacity(targets.len());
    let mut fields = Vec::with_capacity(targets.len());
    for Target { column, field } in targets {
        let mut kind = if one_row && !lookup.table.is_multi(column) { Kind::Text } else { Kind::Multi };
        let known = frame.kind(&field).filter(|_| op.keep);
        let kept = known.map(|known| {
            kind = Kind::unify([kind, known]);
            inputs.push(field.clone());
            inputs.len() - 1
        });
        made.push(Made { kind, column, kept });
        fields.push((field, kind));
    }
    frame.extend("lookup", format!("{op:?}"), &inputs, &fields, move |inputs, rows| {
        let mut columns: Vec<Output> = made.iter().map(|made| Output::new(made.kind, rows)).collect();
        for row in 0..rows {
            let time = timed.and_then(|at| inputs.get(at)).and_then(|input| input.number(row)).and_then(micros);
            let found = found(inputs.get(..compared).unwrap_or(&[]), row, &matcher, definition.min_matches, time);
            for (column, made) in columns.iter_mut().zip(&made) {
                match own(made, inputs, row) {
                    Item::Null => column.push_values(&values(made.column, &found, &lookup)),
                    own => column.push(own),
                }
            }
        }
        Ok(columns.into_iter().map(Output::finish).collect::<Vec<ArrayRef>>())
    })
}

/// The rows of the table for a row of results; `None` stands for the default.
fn found(
    compared: &[Input],
    row: usize,
    matcher: &Matcher,
    min_matches: usize,
    time: Option<i64>,
) -> Vec<Option<usize>> {
    let values: Vec<Vec<Cow<'_, str>>> = compared.iter().map(|input| input.values(row)).collect();
    let mut found = Vec::new();
    each_combination(&values, &mut Vec::new(), &mut |combination| {
        let rows = matcher.find(combination, time);
        let missing = min_matches.saturating_sub(rows.len());
        found.extend(rows.into_iter().map(Some));
        found.extend(std::iter::repeat_n(None, missing));
    });
    found
}

/// Call `see` with one value of each list, in every combination.
fn each_combination<'v>(lists: &'v [Vec<Cow<'_, str>>], chosen: &mut Vec<&'v str>, see: &mut dyn FnMut(&[&str])) {
    let Some((first, rest)) = lists.split_first() else { return see(chosen) };
    for value in first {
        chosen.push(value);
        each_combination(rest, chosen, see);
        chosen.pop();
    }
}

/// The field's own value, where it wins.
fn own<'i>(made: &Made, inputs: &'i [Input], row: usize) -> Item<'i> {
    made.kept.and_then(|at| inputs.get(at)).map_or(Item::Null, |input| input.item(row))
}

/// The values of a column in the rows that were found.
fn values<'l>(column: usize, found: &[Option<usize>], lookup: &'l Lookup) -> Vec<&'l str> {
    let mut values: Vec<&str> = Vec::new();
    for row in found {
        match row {
            Some(row) => values.extend(lookup.table.value(*row, column).values()),
            None => values.push(&lookup.definition.default_match),
        }
    }
    values
}

/// A lookup without a table: its value for each value of the one field that it is given.
fn computed(frame: Frame, op: &Op, computed: Computed) -> Result<Frame> {
    let [given, made] = computed.columns();
    let field = op.inputs.iter().find(|(column, _)| column == given).map(|(_, field)| field.clone());
    let every = vec![(made.to_owned(), made.to_owned())];
    let outputs = op.outputs.clone().unwrap_or(every);
    let Some((_, output)) = outputs.into_iter().find(|(column, _)| column == made) else { return Ok(frame) };
    let Some(field) = field else { return nothing(frame, op, &[(made.to_owned(), output)]) };
    let kind = if frame.kind(&field) == Some(Kind::Multi) { Kind::Multi } else { Kind::Text };
    let known = frame.kind(&output).filter(|_| op.keep);
    let kind = Kind::unify(std::iter::once(kind).chain(known));
    let mut inputs = vec![field];
    inputs.extend(known.map(|_| output.clone()));
    frame.extend("lookup", format!("{op:?}"), &inputs, &[(output, kind)], move |inputs, rows| {
        let mut column = Output::new(kind, rows);
        for row in 0..rows {
            let own = inputs.get(1).map_or(Item::Null, |input| input.item(row));
            if own == Item::Null {
                let values = inputs.first().map(|input| input.values(row)).unwrap_or_default();
                let values: Vec<String> = values.iter().map(|value| computed.compute(value)).collect();
                column.push_values(&values);
            } else {
                column.push(own);
            }
        }
        Ok(vec![column.finish()])
    })
}

/// A value of results as one of a table.
pub(super) fn stored(item: Item<'_>) -> LookupValue {
    match item {
        Item::Multi(values) => match values.as_slice() {
            [] => LookupValue::Null,
            [value] => LookupValue::of(value),
            values => LookupValue::Many(values.iter().map(|value| (*value).to_owned()).collect()),
        },
        item => item.text().map_or(LookupValue::Null, |text| LookupValue::of(&text)),
    }
}
