//! `tonumber(X, Y)`

use super::Function;
use super::support::{finite, number};
use crate::convert::whole;

pub(super) const TONUMBER: Function = Function {
    name: "tonumber",
    signature: "tonumber(X, Y)",
    summary: "the number that a text writes, in base Y (2 to 36, else 10); null when it writes none",
    examples: &[
        (r#"tonumber("12.5")"#, r#"12.5"#),
        (r#"tonumber("0A4", 16)"#, r#"164"#),
        (r#"tonumber("0x1a", 16)"#, r#"26"#),
        (r#"tonumber("abc")"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let (value, base) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            finite(match base {
                None => value.number(row),
                Some(base) => base.number(row).and_then(whole).and_then(|base| based(&value.text(row)?, base)),
            })
        }))
    },
};

#[expect(clippy::cast_precision_loss, reason = "numbers of eval are doubles")]
fn based(text: &str, base: i64) -> Option<f64> {
    let base = u32::try_from(base).ok().filter(|base| (2..=36).contains(base))?;
    let text = text.trim();
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).filter(|_| base == 16).unwrap_or(text);
    i64::from_str_radix(digits, base).ok().map(|number| number as f64)
}
