//! Conversions between the values of SPL: numbers, texts, times.

/// A text as a number, when it is one.
pub(crate) fn number_of(text: &str) -> Option<f64> {
    spl::value::parse_number(text)
}

/// A number as Splunk prints it.
pub(crate) fn number_text(number: f64) -> String {
    spl::value::format_number(number)
}

/// The whole part of a number.
#[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
pub(crate) fn whole(number: f64) -> Option<i64> {
    (number.abs() < 9.0e18).then_some(number.trunc() as i64)
}

/// Epoch seconds as microseconds.
pub(crate) fn micros(seconds: f64) -> Option<i64> {
    whole((seconds * 1e6).round())
}

/// Microseconds as epoch seconds.
#[expect(clippy::cast_precision_loss, reason = "microseconds of this era have 51 bits, a double keeps 53")]
pub(crate) fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}
