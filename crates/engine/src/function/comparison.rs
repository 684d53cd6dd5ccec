//! The comparison operators of eval.

use std::cmp::Ordering;

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

use super::support::{truth, truth_item};
use super::{Call, Function};
use crate::compare::holds;

/// `=`
pub(super) const EQUAL: Function = Function {
    name: "=",
    signature: "X = Y",
    summary: "true when both are equal",
    examples: &[
        (r#"if("a" = "a", "y", "n")"#, r#"y"#),
        (r#"if("a" = "A", "y", "n")"#, r#"n"#),
        (r#"if("1.0" = 1, "y", "n")"#, r#"y"#),
        (r#"if(null() = null(), "y", "n")"#, r#"n"#),
        (r#"if(split("a,b", ",") = "b", "y", "n")"#, r#"y"#),
    ],
    kind: truth,
    call: |call| compared(call, Ordering::is_eq),
};

/// `!=`
pub(super) const NOT_EQUAL: Function = Function {
    name: "!=",
    signature: "X != Y",
    summary: "true when they differ; null when one is null",
    examples: &[(r#"if("a" != "b", "y", "n")"#, r#"y"#), (r#"if(null() != "b", "y", "n")"#, r#"n"#)],
    kind: truth,
    call: |call| compared(call, Ordering::is_ne),
};

/// `<`
pub(super) const LESS: Function = Function {
    name: "<",
    signature: "X < Y",
    summary: "true when the left is smaller: as numbers when both look like numbers, else as text",
    examples: &[(r#"if(9 < "10", "y", "n")"#, r#"y"#), (r#"if("b" < "a", "y", "n")"#, r#"n"#)],
    kind: truth,
    call: |call| compared(call, Ordering::is_lt),
};

/// `<=`
pub(super) const LESS_OR_EQUAL: Function = Function {
    name: "<=",
    signature: "X <= Y",
    summary: "true when the left is smaller or equal",
    examples: &[(r#"if(1 <= 1, "y", "n")"#, r#"y"#)],
    kind: truth,
    call: |call| compared(call, Ordering::is_le),
};

/// `>`
pub(super) const GREATER: Function = Function {
    name: ">",
    signature: "X > Y",
    summary: "true when the left is larger",
    examples: &[(r#"if("10" > 9, "y", "n")"#, r#"y"#)],
    kind: truth,
    call: |call| compared(call, Ordering::is_gt),
};

/// `>=`
pub(super) const GREATER_OR_EQUAL: Function = Function {
    name: ">=",
    signature: "X >= Y",
    summary: "true when the left is larger or equal",
    examples: &[(r#"if("a" >= "b", "y", "n")"#, r#"n"#)],
    kind: truth,
    call: |call| compared(call, Ordering::is_ge),
};

/// `XOR`
pub(super) const XOR: Function = Function {
    name: "XOR",
    signature: "X XOR Y",
    summary: "true when exactly one is true",
    examples: &[(r#"if(1==1 XOR 1==2, "y", "n")"#, r#"y"#)],
    kind: truth,
    call: |call| {
        let (left, right) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| truth_item(left.truth(row).zip(right.truth(row)).map(|(left, right)| left != right))))
    },
};

fn compared(call: &Call<'_>, test: fn(Ordering) -> bool) -> Result<ArrayRef> {
    let (left, right) = (call.argument(0)?, call.argument(1)?);
    Ok(call.each(|row| truth_item(holds(&left.item(row), &right.item(row), test))))
}
