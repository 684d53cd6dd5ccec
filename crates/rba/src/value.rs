//! Values as text.

use spl::value::{Value, format_number};

/// The texts of a field's values, in order; null has none.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Text(text) => vec![text.to_string()],
        Value::Number(number) => vec![format_number(*number)],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Multi(values) => values.iter().flat_map(texts).collect(),
    }
}

/// The texts that name something. Null and empty name nothing; nor do `null`, which ESCU's `fillnull_value=null` writes, and
/// `N/A`, which Enterprise Security writes where a finding has no entity.
pub(crate) fn names(value: &Value) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for text in texts(value) {
        let bare = text.trim();
        let nothing = bare.is_empty() || bare.eq_ignore_ascii_case("null") || bare.eq_ignore_ascii_case("n/a");
        if !nothing && !named.contains(&text) {
            named.push(text);
        }
    }
    named
}

/// The number as an integer, when it is one that a double holds exactly.
pub(crate) fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // The cast is exact: the number has no fraction and lies within 53 bits.
    #[allow(clippy::cast_possible_truncation)]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}
