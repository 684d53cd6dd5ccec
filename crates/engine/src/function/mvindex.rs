//! `mvindex(X, Y, Z)`

use super::Function;
use crate::column::{Kind, Output};
use crate::convert::whole;

pub(super) const MVINDEX: Function = Function {
    name: "mvindex",
    signature: "mvindex(X, Y, Z)",
    summary: "the value at place Y, counted from 0 or, below 0, from the end; with Z, those from Y to Z",
    examples: &[
        (r#"mvindex(split("a,b,c", ","), 1)"#, r#"b"#),
        (r#"mvindex(split("a,b,c", ","), -1)"#, r#"c"#),
        (r#"mvindex(split("a,b,c", ","), 0, 1)"#, r#"a b"#),
        (r#"mvindex("a", 1)"#, r#"null"#),
    ],
    kind: |kinds| if kinds.len() > 2 { Kind::Multi } else { Kind::Text },
    call: |call| {
        let (value, first, last) = (call.argument(0)?, call.argument(1)?, call.arguments.get(2));
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let values = value.values(row);
            let at = |number: f64| place(whole(number)?, values.len());
            let from = first.number(row).and_then(at);
            let to = last.map_or(from, |last| last.number(row).and_then(at));
            let range = from.zip(to).and_then(|(from, to)| values.get(from..=to));
            output.push_values(range.unwrap_or(&[]));
        }
        Ok(output.finish())
    },
};

fn place(index: i64, count: usize) -> Option<usize> {
    let count = i64::try_from(count).ok()?;
    let at = if index < 0 { count + index } else { index };
    usize::try_from(at).ok().filter(|_| at < count)
}
