//! What the functions share that change a JSON text at paths.

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use serde_json::Value;

use super::Call;
use super::support::text_item;
use crate::json_text as json;

/// The first argument's JSON, changed by each pair of a path and a value in turn; null when it is no JSON. A pair whose path is
/// null changes nothing.
pub(super) fn changed(call: &Call<'_>, change: impl Fn(&mut Value, &str, Value)) -> Result<ArrayRef> {
    let json = call.argument(0)?;
    Ok(call.each(|row| {
        let changed = json::read(json, row).map(|mut value| {
            for (at, path) in call.arguments.iter().enumerate().skip(1).step_by(2) {
                if let (Some(path), Some(new)) = (path.text(row), call.arguments.get(at + 1)) {
                    change(&mut value, &path, json::of(&new.item(row), call.written(at + 1)));
                }
            }
            json::write(&value)
        });
        text_item(changed)
    }))
}

/// Change the array that a value is or becomes: what is none is put into one.
pub(super) fn wrapped(value: &mut Value, change: impl FnOnce(&mut Vec<Value>)) {
    let mut elements = match value.take() {
        Value::Array(elements) => elements,
        other => vec![other],
    };
    change(&mut elements);
    *value = Value::Array(elements);
}
