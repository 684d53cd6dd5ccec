//! `tomv(X)`

use super::Function;
use super::json_array_to_mv::values;
use super::support::multi;
use crate::column::{Item, Output};
use crate::json_text as json;

pub(super) const TOMV: Function = Function {
    name: "tomv",
    signature: "tomv(X)",
    summary: "several values as they are, and the elements of a JSON array, strings with their quotes; null for all else",
    examples: &[
        (r##"tomv(json_array("dubois", json_object("name", "patel")))"##, r##""dubois" {"name":"patel"}"##),
        (r##"tomv(split("a,b", ","))"##, r##"a b"##),
        (r##"tomv("a")"##, r##"null"##),
    ],
    kind: multi,
    call: |call| {
        let value = call.argument(0)?;
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            match value.item(row) {
                item @ Item::Multi(_) if value.values(row).len() > 1 => output.push(item),
                _ => output.push_values(&values(&json::array(value, row).unwrap_or_default(), true)),
            }
        }
        Ok(output.finish())
    },
};
