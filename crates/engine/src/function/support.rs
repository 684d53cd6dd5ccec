//! What several functions share.

use std::borrow::Cow;

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

use super::Call;
use crate::column::{Item, Kind, Output};

pub(super) fn text(_: &[Kind]) -> Kind {
    Kind::Text
}

pub(super) fn number(_: &[Kind]) -> Kind {
    Kind::Number
}

pub(super) fn truth(_: &[Kind]) -> Kind {
    Kind::Bool
}

pub(super) fn multi(_: &[Kind]) -> Kind {
    Kind::Multi
}

/// Text, or several texts when the first argument has several.
pub(super) fn text_each(kinds: &[Kind]) -> Kind {
    if kinds.first() == Some(&Kind::Multi) { Kind::Multi } else { Kind::Text }
}

/// A kind that holds every argument.
pub(super) fn unified(kinds: &[Kind]) -> Kind {
    Kind::unify(kinds.iter().copied())
}

/// Apply a text function to the first argument, value by value where it has several.
pub(super) fn map_text<'a, F>(call: &'a Call<'_>, function: F) -> Result<ArrayRef>
where
    F: Fn(&str, usize) -> Option<Cow<'a, str>>,
{
    let input = call.argument(0)?;
    let mut output = Output::new(call.kind, call.rows);
    for row in 0..call.rows {
        match input.item(row) {
            Item::Multi(values) => {
                let mapped: Vec<Cow<'_, str>> = values.into_iter().filter_map(|value| function(value, row)).collect();
                output.push_values(&mapped);
            }
            item => {
                let mapped = item.text().and_then(|text| function(&text, row).map(Cow::into_owned));
                output.push(mapped.map_or(Item::Null, |text| Item::Text(Cow::Owned(text))));
            }
        }
    }
    Ok(output.finish())
}

/// As [`map_text`], for functions that can fail.
pub(super) fn map_text_with(
    call: &Call<'_>,
    mut function: impl FnMut(&str, usize) -> Result<Option<String>>,
) -> Result<ArrayRef> {
    let input = call.argument(0)?;
    let mut output = Output::new(call.kind, call.rows);
    for row in 0..call.rows {
        let mut mapped = Vec::new();
        for value in input.values(row) {
            mapped.extend(function(&value, row)?);
        }
        output.push_values(&mapped);
    }
    Ok(output.finish())
}

/// The largest or smallest of all values of a row. Source: "Statistical eval functions": texts are larger than numbers.
pub(super) fn extreme(call: &Call<'_>, better: std::cmp::Ordering) -> Result<ArrayRef> {
    Ok(call.each(|row| {
        let mut best: Option<Cow<'_, str>> = None;
        for value in call.arguments.iter().flat_map(|argument| argument.values(row)) {
            if best.as_ref().is_none_or(|best| crate::compare::order(&value, best) == better) {
                best = Some(value);
            }
        }
        best.map_or(Item::Null, Item::Text)
    }))
}

/// Apply a function of one number; what is no number gives null.
pub(super) fn map_number(call: &Call<'_>, function: impl Fn(f64) -> f64) -> Result<ArrayRef> {
    let input = call.argument(0)?;
    Ok(call.each(|row| number_item(input.number(row).map(&function))))
}

/// A number or null. A result that is no number, or infinite, is one too (manual: "eval command", numeric calculations).
pub(super) fn number_item(number: Option<f64>) -> Item<'static> {
    number.map_or(Item::Null, Item::Number)
}

/// The bytes of a hash in lower-case hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A truth value or null.
pub(super) fn truth_item(value: Option<bool>) -> Item<'static> {
    value.map_or(Item::Null, Item::Bool)
}

/// Text or null.
pub(super) fn text_item(value: Option<String>) -> Item<'static> {
    value.map_or(Item::Null, |text| Item::Text(Cow::Owned(text)))
}

/// The numbers among all values of all arguments of a row.
pub(super) fn numbers_of_row(call: &Call<'_>, row: usize) -> Vec<f64> {
    let values = call.arguments.iter().map(|argument| argument.item(row));
    let numbers = values.flat_map(|item| match item {
        Item::Multi(values) => values.into_iter().filter_map(crate::convert::number_of).collect(),
        item => item.number().into_iter().collect::<Vec<_>>(),
    });
    numbers.collect()
}

/// Change the values of the first argument, row by row.
pub(super) fn map_values(call: &Call<'_>, change: impl Fn(&mut Vec<Cow<'_, str>>)) -> Result<ArrayRef> {
    let value = call.argument(0)?;
    let mut output = Output::new(call.kind, call.rows);
    for row in 0..call.rows {
        let mut values = value.values(row);
        change(&mut values);
        output.push_values(&values);
    }
    Ok(output.finish())
}
