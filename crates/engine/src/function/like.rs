//! `like(X, Y)`

use super::Function;
use super::support::{truth, truth_item};
use crate::column::Output;
use crate::regex::{Regexes, like_pattern};

pub(super) const LIKE: Function = Function {
    name: "like",
    signature: "like(X, Y)",
    summary: "true when the whole of X fits Y, in which % is any text and _ any character",
    examples: &[
        (r#"if(like("powershell.exe", "power%"), "y", "n")"#, r#"y"#),
        (r#"if(like("abc", "a_c"), "y", "n")"#, r#"y"#),
        (r#"if(like("ABC", "abc"), "y", "n")"#, r#"n"#),
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
            let Some(regex) = regexes.get_with(&pattern, like_pattern) else {
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
