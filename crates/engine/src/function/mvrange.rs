//! `mvrange(X, Y, Z)`

use datafusion::common::{Result, exec_err};

use super::support::multi;
use super::{Call, Function};
use crate::column::Output;
use crate::convert::{micros, number_text, seconds};

pub(super) const MVRANGE: Function = Function {
    name: "mvrange",
    signature: "mvrange(X, Y, Z)",
    summary: "the numbers from X up to Y, without Y itself, in steps of Z, which may be a span of time; without Z, of 1",
    examples: &[
        (r#"mvrange(1, 11, 2)"#, r#"1 3 5 7 9"#),
        (r#"mvrange(1, 4)"#, r#"1 2 3"#),
        (r#"mvrange(1514834731, 1516000000, "7d")"#, r#"1514834731 1515439531"#),
        (r#"mvrange(3, 1, -1)"#, r#"3 2"#),
        (r#"mvrange(3, 1)"#, r#"null"#),
    ],
    kind: multi,
    call: |call| {
        let (start, end, step) = (call.argument(0)?, call.argument(1)?, call.arguments.get(2));
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let by = step.map_or(Some("1".into()), |step| step.text(row));
            let values = match (start.number(row), end.number(row), by) {
                (Some(start), Some(end), Some(by)) => match crate::convert::number_of(&by) {
                    Some(step) => numbers(start, end, step)?,
                    None => times(call, start, end, &by)?,
                },
                _ => Vec::new(),
            };
            output.push_values(&values);
        }
        Ok(output.finish())
    },
};

/// More values in one field are a mistake, and would fill the memory.
const MOST: usize = 1_000_000;

/// A step below 0 counts down, as in Python: the manual is silent. A step of 0 gives nothing.
fn numbers(start: f64, end: f64, step: f64) -> Result<Vec<String>> {
    let mut values = Vec::new();
    let mut next = start;
    while (step > 0.0 && next < end) || (step < 0.0 && next > end) {
        push(&mut values, next)?;
        // By the count, so that no error adds up.
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        let steps = values.len() as f64;
        next = start + steps * step;
    }
    Ok(values)
}

/// Steps of time follow the calendar of the search's zone.
fn times(call: &Call<'_>, start: f64, end: f64, span: &str) -> Result<Vec<String>> {
    let modifier = if span.starts_with(['+', '-']) { span.to_owned() } else { format!("+{span}") };
    let step = |time: f64| spl::time::resolve(&modifier, micros(time)?, &call.context.zone).map(seconds);
    let mut values = Vec::new();
    let mut next = Some(start);
    while let Some(time) = next.filter(|time| *time < end) {
        push(&mut values, time)?;
        // A span that goes nowhere would never come to an end.
        next = step(time).filter(|after| *after > time);
    }
    Ok(if next.is_none() { Vec::new() } else { values })
}

fn push(values: &mut Vec<String>, number: f64) -> Result<()> {
    if values.len() == MOST {
        return exec_err!("`mvrange` makes more than {MOST} values");
    }
    values.push(number_text(number));
    Ok(())
}
