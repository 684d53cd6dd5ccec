//! `match(X, Y)`

use super::Function;
use super::support::{truth, truth_item};
use crate::column::Output;
use crate::regex::Regexes;

pub(super) const MATCH: Function = Function {
    name: "match",
    signature: "match(X, Y)",
    summary: "true when the expression Y matches some part of X; of several values, of any",
    examples: &[
        (r#"if(match("C:\Windows", "(?i)windows$"), "y", "n")"#, r#"y"#),
        (r#"if(match(null(), "a"), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let (subject, pattern) = (call.argument(0)?, call.argument(1)?);
        let mut regexes = Regexes::default();
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let values = subject.values(row);
            let Some(pattern) = pattern.text(row).filter(|_| !values.is_empty()) else {
                output.push(truth_item(None));
                continue;
            };
            let Some(regex) = regexes.get(&pattern) else {
                output.push(truth_item(None));
                continue;
            };
            let mut found = false;
            for value in values {
                found = found || regex.is_match(&value)?;
            }
            output.push(truth_item(Some(found)));
        }
        Ok(output.finish())
    },
};
