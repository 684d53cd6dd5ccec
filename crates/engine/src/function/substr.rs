//! `substr(X, Y, Z)`

use super::Function;
use super::support::{map_text, text_each};
use crate::convert::whole;

pub(super) const SUBSTR: Function = Function {
    name: "substr",
    signature: "substr(X, Y, Z)",
    summary: "Z characters of X from the Y-th, counted from 1 or, below 0, from the end; without Z the rest",
    examples: &[
        (r#"substr("string", 1, 3)"#, r#"str"#),
        (r#"substr("string", -3)"#, r#"ing"#),
        (r#"substr("string", 4)"#, r#"ing"#),
        (r#"substr("abc", 9)"#, r#""#),
    ],
    kind: text_each,
    call: |call| {
        let (start, length) = (call.argument(1)?, call.arguments.get(2));
        map_text(call, |text, row| {
            let count = i64::try_from(text.chars().count()).ok()?;
            let start = whole(start.number(row)?)?;
            let from = if start < 0 { (count + start).max(0) } else { (start - 1).max(0) };
            let take = match length {
                Some(length) => whole(length.number(row)?)?.max(0),
                None => count,
            };
            let (from, take) = (usize::try_from(from).ok()?, usize::try_from(take).ok()?);
            Some(text.chars().skip(from).take(take).collect::<String>().into())
        })
    },
};
