//! `spath(X, Y)`

use super::Function;
use super::support::multi;
use crate::column::Output;
use crate::json_path::in_document;

pub(super) const SPATH: Function = Function {
    name: "spath",
    signature: "spath(X, Y)",
    summary: "the values at the path Y of the JSON or XML text X",
    examples: &[
        (r#"spath("{\"a\": {\"b\": [1, \"x\"]}}", "a.b{}")"#, r#"1 x"#),
        (r#"spath("<a><b id=\"7\">x</b></a>", "a.b")"#, r#"x"#),
        (r#"spath("<a><b id=\"7\">x</b></a>", "a.b{@id}")"#, r#"7"#),
        (r#"spath("{}", "a")"#, r#"null"#),
    ],
    kind: multi,
    call: |call| {
        let (document, path) = (call.argument(0)?, call.argument(1)?);
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            // Several paths are followed in turn: "Using a field name for path might result in a multivalue field".
            let paths = path.values(row).into_iter().filter_map(|path| spl::path::steps(&path));
            let mut found = Vec::new();
            for steps in paths {
                document.values(row).iter().for_each(|text| found.extend(in_document(text, &steps)));
            }
            output.push_values(&found);
        }
        Ok(output.finish())
    },
};
