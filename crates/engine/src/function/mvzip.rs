//! `mvzip(X, Y, Z)`

use super::Function;
use super::support::multi;
use crate::column::Output;

pub(super) const MVZIP: Function = Function {
    name: "mvzip",
    signature: "mvzip(X, Y, Z)",
    summary: "the values of X and Y in pairs, joined by Z; without Z, by a comma",
    examples: &[
        (r#"mvzip(split("a,b", ","), split("1,2", ","))"#, r#"a,1 b,2"#),
        (r#"mvzip(split("a,b", ","), "1", ":")"#, r#"a:1"#),
    ],
    kind: multi,
    call: |call| {
        let (left, right, delimiter) = (call.argument(0)?, call.argument(1)?, call.arguments.get(2));
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let delimiter = delimiter.map_or(Some(",".into()), |delimiter| delimiter.text(row)).unwrap_or_default();
            let pairs = left.values(row).into_iter().zip(right.values(row));
            let joined: Vec<String> = pairs.map(|(left, right)| format!("{left}{delimiter}{right}")).collect();
            output.push_values(&joined);
        }
        Ok(output.finish())
    },
};
