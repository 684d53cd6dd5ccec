//! Numbers and text.

use std::fmt::Write as _;

/// Beyond this a whole number is no longer exact, and digits would pretend that it is.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A number as Splunk prints it: whole numbers without `.0`, others with the fewest digits that give
/// the number back, no exponent within the range in which `f64` is exact.
///
/// The manual ("eval command", numeric calculations) says that numbers are doubles, and that what is no number and
/// what is infinite print as `nan`, `inf` and `-inf`. It gives no number of digits; the fewest that lose nothing is our choice.
pub fn format_number(number: f64) -> String {
    let mut out = String::new();
    push_number(number, &mut out);
    out
}

/// [`format_number`] behind what `out` holds already.
pub fn push_number(number: f64, out: &mut String) {
    let size = number.abs();
    // A `String` takes every write.
    let _written = if number.is_nan() {
        out.write_str("nan")
    } else if number.is_infinite() {
        out.write_str(if number > 0.0 { "inf" } else { "-inf" })
    } else if number == 0.0 {
        out.write_char('0')
    } else if !(1e-9..EXACT * 1e6).contains(&size) {
        write!(out, "{number:e}")
    } else {
        write!(out, "{number}")
    };
}

/// A time in epoch microseconds as Splunk prints it: seconds with up to six decimals, zeros at the end left out.
pub fn format_time(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let micros = micros.unsigned_abs();
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    if rest == 0 {
        return format!("{sign}{seconds}");
    }
    let decimals = format!("{rest:06}");
    format!("{sign}{seconds}.{}", decimals.trim_end_matches('0'))
}

/// Text as a number, when the whole of it is one: digits with a sign, a point, an exponent.
///
/// `inf`, `nan`, hexadecimal (`0x1f`) and text with blanks around are text to Splunk.
pub fn parse_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first = *digits.as_bytes().first()?;
    if !first.is_ascii_digit() && first != b'.' {
        return None;
    }
    // The error says only that it is no number, and so does `None`.
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some(number)
}
