//! The arithmetic operators of eval and `.`.

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

use super::support::{number, number_item, text, text_item};
use super::{Call, Function};
use crate::column::{Item, Kind};

/// `+` of two fields, or of what may be number or text
pub(super) const ADD: Function = Function {
    name: "+",
    signature: "X + Y",
    summary: "the sum of two numbers; two texts are joined",
    examples: &[
        (r#""a" + "b""#, r#"ab"#),
        (r#""1" + "2""#, r#"12"#),
        (r#""+" + tostring(3) + "d""#, r#"+3d"#),
        (r#"v + v"#, r#"oneone"#),
        (r#"coalesce(3, v) + coalesce(4, v)"#, r#"7"#),
        (r#"null() + null()"#, r#"null"#),
    ],
    kind: sum_kind,
    call: add,
};

/// `+` where one side is a number
pub(super) const ADD_NUMBERS: Function = Function {
    name: "+ of numbers",
    signature: "X + Y",
    summary: "the sum of two numbers",
    examples: &[(r#"1 + 2"#, r#"3"#), (r#"1 + v"#, r#"null"#), (r#"1 + null()"#, r#"null"#)],
    kind: number,
    call: |call| numbers(call, |left, right| left + right),
};

/// `-`
pub(super) const SUBTRACT: Function = Function {
    name: "-",
    signature: "X - Y",
    summary: "the difference of two numbers",
    examples: &[(r#"3 - 1"#, r#"2"#), (r#""a" - 1"#, r#"null"#)],
    kind: number,
    call: |call| numbers(call, |left, right| left - right),
};

/// `*`
pub(super) const MULTIPLY: Function = Function {
    name: "*",
    signature: "X * Y",
    summary: "the product of two numbers",
    examples: &[(r#"3 * "2""#, r#"6"#)],
    kind: number,
    call: |call| numbers(call, |left, right| left * right),
};

/// `/`
pub(super) const DIVIDE: Function = Function {
    name: "/",
    signature: "X / Y",
    summary: "the quotient of two numbers; null when divided by zero",
    examples: &[(r#"3 / 2"#, r#"1.5"#), (r#"1 / 0"#, r#"null"#), (r#"0 / 0"#, r#"null"#)],
    kind: number,
    call: |call| quotients(call, |left, right| left / right),
};

/// `%`
pub(super) const MODULO: Function = Function {
    name: "%",
    signature: "X % Y",
    summary: "the rest of a division",
    examples: &[(r#"7 % 3"#, r#"1"#), (r#"1 % 0"#, r#"null"#)],
    kind: number,
    call: |call| quotients(call, |left, right| left % right),
};

/// `.`
pub(super) const CONCAT: Function = Function {
    name: ".",
    signature: "X . Y",
    summary: "two values joined as text",
    examples: &[(r#""a" . "b""#, r#"ab"#), (r#"1 . 2"#, r#"12"#), (r#""a" . null()"#, r#"null"#)],
    kind: text,
    call: |call| {
        let (left, right) = (call.argument(0)?, call.argument(1)?);
        Ok(call
            .each(|row| text_item(left.text(row).zip(right.text(row)).map(|(left, right)| format!("{left}{right}")))))
    },
};

/// Two numeric columns give a number; where text may be met, the sum of a row may be text.
fn sum_kind(kinds: &[Kind]) -> Kind {
    let numeric = |kind: &Kind| matches!(kind, Kind::Number | Kind::Time);
    if kinds.iter().all(numeric) { Kind::Number } else { Kind::Text }
}

fn add(call: &Call<'_>) -> Result<ArrayRef> {
    let (left, right) = (call.argument(0)?, call.argument(1)?);
    Ok(call.each(|row| {
        let (left, right) = (left.item(row), right.item(row));
        if let (Some(left), Some(right)) = (left.number(), right.number()) {
            return number_item(Some(left + right));
        }
        match (left, right) {
            (Item::Text(left), Item::Text(right)) => text_item(Some(format!("{left}{right}"))),
            _ => Item::Null,
        }
    }))
}

/// "Division by zero results in a null field."
fn quotients(call: &Call<'_>, operator: impl Fn(f64, f64) -> f64) -> Result<ArrayRef> {
    let (left, right) = (call.argument(0)?, call.argument(1)?);
    let both = |row: usize| left.number(row).zip(right.number(row).filter(|right| *right != 0.0));
    Ok(call.each(|row| number_item(both(row).map(|(left, right)| operator(left, right)))))
}

fn numbers(call: &Call<'_>, operator: impl Fn(f64, f64) -> f64) -> Result<ArrayRef> {
    let (left, right) = (call.argument(0)?, call.argument(1)?);
    Ok(call.each(|row| number_item(left.number(row).zip(right.number(row)).map(|(left, right)| operator(left, right)))))
}
