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
        (r#"substr("abc", -5, 3)"#, r#"a"#),
        (r#"substr("abc", 0, 2)"#, r#"a"#),
        (r#"substr("abcd", 3, -2)"#, r#"ab"#),
    ],
    kind: text_each,
    call: |call| {
        let (start, length) = (call.argument(1)?, call.arguments.get(2));
        map_text(call, |text, row| {
            let count = i64::try_from(text.chars().count()).ok()?;
            let start = whole(start.number(row)?)?;
            let length =
                length.map(|length| length.number(row).and_then(whole)).map_or(Some(i64::MAX), |length| length)?;
            let (from, take) = place(start, length, count);
            Some(text.chars().skip(from).take(take).collect::<String>().into())
        })
    },
};

/// Where a part begins and how long it is. "The indexes follow SQLite semantics": 0 is before the first character, a start
/// before the text takes from the length, and a length below 0 takes the characters before the start.
fn place(start: i64, length: i64, count: i64) -> (usize, usize) {
    // From 0, like all of Rust.
    let start = match start {
        0 => -1,
        below if below < 0 => count.saturating_add(below),
        above => above - 1,
    };
    let (from, to) =
        if length < 0 { (start.saturating_add(length), start) } else { (start, start.saturating_add(length)) };
    let (from, to) = (from.clamp(0, count), to.clamp(0, count));
    let as_size = |number: i64| usize::try_from(number).unwrap_or(0);
    (as_size(from), as_size(to - from))
}
