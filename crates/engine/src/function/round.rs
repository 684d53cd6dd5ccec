//! `round(X, Y)`

use super::Function;
use super::support::{number, number_item};
use crate::convert::whole;

pub(super) const ROUND: Function = Function {
    name: "round",
    signature: "round(X, Y)",
    summary: "X rounded to Y decimals, halves away from zero; without Y, to a whole number",
    examples: &[
        (r#"round(3.5)"#, r#"4"#),
        (r#"round(2.555, 2)"#, r#"2.56"#),
        (r#"round(-2.5)"#, r#"-3"#),
        (r#"round("x")"#, r#"null"#),
    ],
    kind: number,
    call: |call| {
        let (value, decimals) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            let places = match decimals {
                // "You cannot specify a negative number for the decimal places."
                Some(decimals) => decimals.number(row).and_then(whole).and_then(|places| u16::try_from(places).ok()),
                None => Some(0),
            };
            number_item(value.number(row).zip(places).map(|(value, places)| rounded(value, places.into())))
        }))
    },
};

/// The manual's `round(2.555, 2)` is 2.56, though the nearest double lies below 2.555: one unit in the last place is added.
fn rounded(value: f64, places: i32) -> f64 {
    /// From here on doubles have no fraction.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let scale = 10_f64.powi(places);
    let scaled = value * scale;
    if scaled.abs() < WHOLE { (scaled + scaled * f64::EPSILON).round() / scale } else { value }
}
