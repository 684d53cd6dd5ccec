//! `mvfind(X, Y)`

use super::Function;
use super::support::{number, number_item};
use crate::column::Output;
use crate::regex::Regexes;

pub(super) const MVFIND: Function = Function {
    name: "mvfind",
    signature: "mvfind(X, Y)",
    summary: "the place, from 0, of the first value that the expression Y matches; null when none does",
    examples: &[(r#"mvfind(split("ab,cd", ","), "^c")"#, r#"1"#), (r#"mvfind("ab", "z")"#, r#"null"#)],
    kind: number,
    call: |call| {
        let (value, pattern) = (call.argument(0)?, call.argument(1)?);
        let mut regexes = Regexes::default();
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let mut found = None;
            let regex = pattern.text(row).and_then(|pattern| regexes.get(&pattern));
            if let Some(regex) = regex {
                for (at, value) in value.values(row).iter().enumerate() {
                    if found.is_none() && regex.is_match(value)? {
                        found = u32::try_from(at).ok();
                    }
                }
            }
            output.push(number_item(found.map(f64::from)));
        }
        Ok(output.finish())
    },
};
