//! Which numbers a value is, for the functions that tell.

use super::Call;
use crate::column::Item;
use crate::convert::number_of;

/// A number without or with a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A whole number.
    Whole,
    /// A number with a fraction.
    Decimal,
}

/// What number the first argument is. Fields hold text that may look like a number, and then is one; text that is written out
/// in the search is not (manual: "Informational functions", `isnum`). A text with a point is a decimal (manual: `tonumber`).
pub(super) fn form(call: &Call<'_>, row: usize) -> Option<Form> {
    let decimal = |decimal: bool| Some(if decimal { Form::Decimal } else { Form::Whole });
    match call.arguments.first()?.item(row) {
        Item::Number(number) => decimal(number.fract() != 0.0),
        Item::Text(text) if !call.written(0) => number_of(&text).and_then(|_| decimal(text.contains('.'))),
        Item::Multi(values) => match values.as_slice() {
            [text] => number_of(text).and_then(|_| decimal(text.contains('.'))),
            _ => None,
        },
        _ => None,
    }
}
