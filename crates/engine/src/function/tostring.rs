//! `tostring(X, Y)`

use super::Function;
use super::support::{text, text_item};
use crate::convert::whole;

pub(super) const TOSTRING: Function = Function {
    name: "tostring",
    signature: "tostring(X, Y)",
    summary: "a value as text; a number by Y, which is `binary`, `commas`, `duration` or `hex`",
    examples: &[
        (r#"tostring(1==1)"#, r#"True"#),
        (r#"tostring(15, "hex")"#, r#"0xF"#),
        (r#"tostring(12345.6789, "commas")"#, r#"12,345.68"#),
        (r#"tostring(615, "duration")"#, r#"00:10:15"#),
        (r#"tostring(90061, "duration")"#, r#"1+01:01:01"#),
        (r#"tostring(9, "binary")"#, r#"1001"#),
        (r#"tostring("5", "binary")"#, r#"5"#),
        (r#"tostring(-5, "hex")"#, r#"null"#),
        (r#"tostring(null(), "hex")"#, r#"null"#),
    ],
    kind: text,
    call: |call| {
        let (value, format) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            let item = value.item(row);
            let format = format.and_then(|format| format.text(row));
            // "The format argument is only used when the value argument is a number."
            let written = match (format.as_deref(), item.number().filter(|_| !call.written(0))) {
                (Some("hex"), Some(number)) => bits(number).map(|number| format!("0x{number:X}")),
                (Some("binary"), Some(number)) => bits(number).map(|number| format!("{number:b}")),
                (Some("commas"), Some(number)) => Some(commas(number)),
                (Some("duration"), Some(number)) => whole(number).map(duration),
                _ => item.text().map(std::borrow::Cow::into_owned),
            };
            text_item(written)
        }))
    },
};

/// "Only integers in the range of 0 to 2^53-1 are accepted as input." A fraction is left out.
fn bits(number: f64) -> Option<u64> {
    u64::try_from(whole(number)?).ok().filter(|bits| *bits <= super::bits::MOST)
}

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
