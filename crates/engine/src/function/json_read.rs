//! What the functions share that look into a JSON text.

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use serde_json::Value;

use super::Call;
use super::support::text_item;
use crate::json_text::{self as json, Path};

/// What the first argument's JSON has at the paths of the others: the whole without a path, one path's value, or an array.
pub(super) fn extracted(call: &Call<'_>, path: impl Fn(&str) -> Path) -> Result<ArrayRef> {
    let text = call.argument(0)?;
    Ok(call.each(|row| {
        let found = json::read(text, row).and_then(|value| {
            let paths = call.arguments.iter().skip(1).map(|argument| argument.text(row).map(|text| path(&text)));
            match paths.collect::<Vec<Option<Path>>>().as_slice() {
                [] => json::native(&value),
                [one] => at(&value, one.as_ref()?).as_ref().and_then(json::native),
                several => {
                    let each = |path: &Option<Path>| path.as_ref().and_then(|path| at(&value, path));
                    Some(json::write(&several.iter().map(|path| each(path).unwrap_or_default()).collect()))
                }
            }
        });
        text_item(found)
    }))
}

/// The value at a path; with `{}` in it, the array of all that are found, if any is.
fn at(value: &Value, path: &Path) -> Option<Value> {
    let found = path.get(value);
    match found.as_slice() {
        [] => None,
        [one] if !path.is_multiple() || *one == value => Some((*one).clone()),
        _ => Some(found.into_iter().cloned().collect()),
    }
}
