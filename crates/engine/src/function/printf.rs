//! `printf(X, …)`

use std::borrow::Cow;

use spl::printf::{Argument, Format};

use super::support::{text, text_item};
use super::{Call, Function};

pub(super) const PRINTF: Function = Function {
    name: "printf",
    signature: "printf(X, …)",
    summary: "the values written by the format X, as C's `sprintf`; null when one is null, or no number where one is needed",
    examples: &[
        (r#"printf("%04d", 1)"#, r#"0001"#),
        (r#"printf("%'d", 12345)"#, r#"12,345"#),
        (r#"printf("%.2e", 5139)"#, r#"5.14e+03"#),
        (r#"printf("%-6s|%5.1f|%x", "ab", 1.25, 255)"#, r#"ab    |  1.2|ff"#),
        (r#"printf("%s", null())"#, r#"null"#),
        (r#"printf("%d", "ten")"#, r#"null"#),
    ],
    kind: text,
    call: |call| {
        let format = call.argument(0)?;
        // Read once where it is written out.
        let constant = if format.is_constant() { read(format.text(0)) } else { None };
        Ok(call.each(|row| {
            let of_row = if constant.is_none() { read(format.text(row)) } else { None };
            text_item(constant.as_ref().or(of_row.as_ref()).and_then(|format| written(call, format, row)))
        }))
    },
};

fn read(format: Option<Cow<'_, str>>) -> Option<Format> {
    // `plan` reports what is wrong with a format that is written out.
    Format::parse(&format?).ok()
}

fn written(call: &Call<'_>, format: &Format, row: usize) -> Option<String> {
    let values: Option<Vec<(Cow<'_, str>, Option<f64>)>> = call
        .arguments
        .iter()
        .enumerate()
        .skip(1)
        .take(format.arguments())
        .map(|(at, argument)| {
            let item = argument.item(row);
            let number = item.number().filter(|_| !call.written(at));
            Some((item.text()?, number))
        })
        .collect();
    let values = values?;
    let arguments: Vec<Argument<'_>> = values.iter().map(|(text, number)| Argument { text, number: *number }).collect();
    format.write(&arguments)
}
