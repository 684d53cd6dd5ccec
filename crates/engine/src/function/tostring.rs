//! `tostring(X, Y)`

use super::Function;
use super::support::{text, text_item};
use crate::convert::whole;

pub(super) const TOSTRING: Function = Function {
    name: "tostring",
    signature: "tostring(X, Y)",
    summary: "a value as text; Y is `hex`, `commas` or `duration`",
    examples: &[
        (r#"tostring(1==1)"#, r#"True"#),
        (r#"tostring(15, "hex")"#, r#"0xF"#),
        (r#"tostring(12345.6789, "commas")"#, r#"12,345.68"#),
        (r#"tostring(615, "duration")"#, r#"00:10:15"#),
        (r#"tostring(90061, "duration")"#, r#"1+01:01:01"#),
    ],
    kind: text,
    call: |call| {
        let (value, format) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            let item = value.item(row);
            let format = format.and_then(|format| format.text(row));
            let written = match (format.as_deref(), item.number()) {
                (Some("hex"), Some(number)) => whole(number).map(|number| format!("0x{number:X}")),
                (Some("commas"), Some(number)) => Some(commas(number)),
                (Some("duration"), Some(number)) => whole(number).map(duration),
                _ => item.text().map(std::borrow::Cow::into_owned),
            };
            text_item(written)
        }))
    },
};

/// Thousands in threes, rounded to two decimals where there are any.
fn commas(number: f64) -> String {
    let written =
        if number.fract().abs() > 0.0 { format!("{:.2}", number.abs()) } else { format!("{:.0}", number.abs()) };
    let (digits, decimals) =
        written.split_once('.').map_or((written.as_str(), None), |(digits, rest)| (digits, Some(rest)));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    decimals.map_or(format!("{sign}{grouped}"), |decimals| format!("{sign}{grouped}.{decimals}"))
}

/// `HH:MM:SS`, with `D+` before it from a day on.
fn duration(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let days = if days > 0 { format!("{days}+") } else { String::new() };
    format!("{sign}{days}{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}
