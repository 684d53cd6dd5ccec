//! `map`: a search for each row, with the row's values in the place of `$field$`.
//!
//! Source: Search Reference, "map". A value that stands between double quotes is put there as it is, its own quotes and
//! backslashes escaped; anywhere else it is put in quotes unless it is a number (our reading), so that no value can become
//! a command.

use std::borrow::Cow;

use datafusion::common::{Result, exec_datafusion_err};
use plan::Verdict;

use crate::column::Input;
use crate::env::Env;
use crate::frame::Frame;
use crate::table::Table;
use crate::{EngineError, compile};

pub(super) async fn apply(
    env: &Env<'_>,
    frame: Frame,
    template: &str,
    max_searches: u64,
) -> Result<Result<Frame>, EngineError> {
    let rows = env.collect(frame).await?;
    let inputs = match named_inputs(&rows) {
        Ok(inputs) => inputs,
        Err(error) => return Ok(Err(error)),
    };
    let for_made = env.tables.for_made();
    let env = env.over(for_made.as_deref().unwrap_or(env.tables));
    let most = usize::try_from(max_searches).unwrap_or(usize::MAX);
    let mut found = Table::default();
    for row in 0..rows.len().min(most) {
        let search = filled(template, &|name| {
            match name {
                // Manual, "map": the first search has the number 1.
                "_serial_id" => Some(Cow::Owned((row + 1).to_string())),
                _ => inputs.iter().find(|(known, _)| known == name).and_then(|(_, input)| input.text(row)),
            }
        });
        let parsed = spl::parse(&search);
        let checked = plan::check(&parsed.pipeline, &search, &env.stores.names).with_syntax_errors(parsed.diagnostics);
        let Some(plan) = checked.plan.filter(|_| checked.verdict == Verdict::Supported) else {
            let why = checked.diagnostics.first().map(|found| found.message.clone()).unwrap_or_default();
            return Ok(Err(exec_datafusion_err!("the search `{search}` for row {}: {why}", row + 1)));
        };
        let more = compile::collect(&env, &plan).await?;
        found = match found.append(&more) {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
    }
    Ok(found.into_frame())
}

fn named_inputs(table: &Table) -> Result<Vec<(String, Input)>> {
    let inputs = table.inputs()?;
    Ok(table.columns().iter().map(|(name, _)| name.clone()).zip(inputs).collect())
}

/// The template with its tokens replaced. A token without a value stays as it is; `$$` is `$`.
fn filled<'v>(template: &str, value: &dyn Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut search = String::new();
    let mut quoted = false;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('$') {
        quoted ^= odd_quotes(before);
        search.push_str(before);
        let Some((name, behind)) = after.split_once('$') else {
            search.push('$');
            rest = after;
            break;
        };
        match value(name) {
            _ if name.is_empty() => search.push('$'),
            Some(value) if quoted => push_escaped(&mut search, &value),
            Some(value) if is_number(&value) => search.push_str(&value),
            Some(value) => {
                search.push('"');
                push_escaped(&mut search, &value);
                search.push('"');
            }
            None => {
                // It may be the end of one word and the start of another.
                search.push('$');
                rest = after;
                continue;
            }
        }
        rest = behind;
    }
    search.push_str(rest);
    search
}

/// A number in quotes would be compared as text.
fn is_number(value: &str) -> bool {
    value.parse::<f64>().is_ok() && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
}

/// Does a quoted text begin or end in this piece? Escaped quotes do neither.
fn odd_quotes(piece: &str) -> bool {
    let mut odd = false;
    let mut characters = piece.chars();
    while let Some(next) = characters.next() {
        match next {
            '\\' => {
                characters.next();
            }
            '"' => odd = !odd,
            _ => (),
        }
    }
    odd
}

fn push_escaped(search: &mut String, value: &str) {
    for character in value.chars() {
        if matches!(character, '"' | '\\') {
            search.push('\\');
        }
        search.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn values_stay_values() {
        let value = |name: &str| match name {
            "user" => Some("bob".into()),
            "odd" => Some("a\" | delete \\".into()),
            _ => None,
        };
        let check = |template: &str, expected: &str| assert_eq!(filled(template, &value), expected);
        check("search user=$user$ | head", "search user=\"bob\" | head");
        check("search user=\"$user$*\"", "search user=\"bob*\"");
        check("search x=\"$odd$\"", "search x=\"a\\\" | delete \\\\\"");
        check("search a=$none$ b=$user$", "search a=$none$ b=\"bob\"");
        check("eval price=\"$$5\"", "eval price=\"$5\"");
    }
}
