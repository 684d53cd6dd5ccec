//! `tonumber(X, Y)`

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

use super::support::{number, number_item};
use super::{Call, Function};
use crate::column::Item;
use crate::convert::whole;

pub(super) const TONUMBER: Function = Function {
    name: "tonumber",
    signature: "tonumber(X, Y)",
    summary: "the number that a text writes, in base Y (2 to 36, else 10); null when it writes none",
    examples: &[
        (r#"tonumber("12.5")"#, r#"12.5"#),
        (r#"tonumber("0A4", 16)"#, r#"164"#),
        (r#"tonumber("0x1a", 16)"#, r#"26"#),
        (r#"tonumber("0101", 2)"#, r#"5"#),
        (r#"tonumber(lower("ABC"))"#, r#"null"#),
        (r#"tonumber("12", 3)"#, r#"5"#),
        (r#"tonumber("13", 3)"#, r#"null"#),
        (r#"tonumber(12, 3)"#, r#"12"#),
    ],
    kind: number,
    call: |call| numbers(call, |number| number),
};

/// The number of the first argument, in the base of the second. "The base argument is used only when the value argument is a
/// string."
pub(super) fn numbers(call: &Call<'_>, function: impl Fn(f64) -> f64) -> Result<ArrayRef> {
    let (value, base) = (call.argument(0)?, call.arguments.get(1));
    Ok(call.each(|row| {
        let item = value.item(row);
        let number = match (base, &item) {
            (None, _) | (_, Item::Number(_)) => item.number(),
            (Some(base), _) => base.number(row).and_then(whole).and_then(|base| based(&item.clone().text()?, base)),
        };
        number_item(number.map(&function))
    }))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of eval are doubles")]
fn based(text: &str, base: i64) -> Option<f64> {
    let base = u32::try_from(base).ok().filter(|base| (2..=36).contains(base))?;
    if base == 10 {
        return crate::convert::number_of(text);
    }
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).filter(|_| base == 16).unwrap_or(text);
    // The error says only that it is no number, and so does null.
    i64::from_str_radix(digits, base).ok().map(|number| number as f64)
}
