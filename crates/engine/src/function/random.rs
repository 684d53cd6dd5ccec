//! `random()`

use datafusion::common::plan_err;
use spl::ast::{Expr, ExprKind};

use super::Function;
use super::form::{Form, uncalled};
use super::support::number;
use crate::closure;
use crate::column::{Item, Kind, Output};
use crate::order;

pub(super) const RANDOM: Function = Function {
    name: "random",
    signature: "random()",
    summary: "a whole number from 0 to 2147483647; a search that runs again at the same time over the same rows gets the same ones",
    examples: &[(r#"if(random() >= 0 AND random() < pow(2, 31), "y", "n")"#, r#"y"#), (r#"random()"#, r#"2057300554"#)],
    kind: number,
    call: uncalled,
};

/// The number goes by the time of the search, the row and the place of the call in the search: our reading of "pseudo-random",
/// so that the same search gives the same results.
pub(super) const FORM: Form = Form {
    name: "random",
    lower: |frame, context, expr, _| {
        if frame.kind(order::ORDER).is_none() {
            return plan_err!("`random` needs to know the row");
        }
        let seed = mixed(context.now.unsigned_abs() ^ mixed(u64::from(expr.span.start)));
        let numbers = closure::call("random", seed.to_string(), Kind::Number, order::order(), move |rows, count| {
            let mut output = Output::new(Kind::Number, count);
            for row in 0..count {
                // Row numbers are whole and small.
                let place = rows.number(row).map_or(0, f64::to_bits);
                let drawn = u32::try_from(mixed(seed ^ mixed(place)) >> 33).unwrap_or(0);
                output.push(Item::Number(f64::from(drawn)));
            }
            Ok(output.finish())
        });
        Ok((numbers, Kind::Number))
    },
};

/// Does an expression call it?
pub(crate) fn is_called(expr: &Expr) -> bool {
    let mut called = false;
    expr.visit(&mut |inner| called |= matches!(&inner.kind, ExprKind::Call { name, .. } if name.value == "random"));
    called
}

/// Splitmix64: every bit of the input moves every bit of the output.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
