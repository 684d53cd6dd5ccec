//! Tree to text. What is printed parses back to the same tree, but for spans.

mod expr;
mod term;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

pub(crate) use expr::print_eval_field;
pub use expr::print_expr;
pub use term::print_term;
pub(crate) use term::{print_filter, push_subsearch};

use crate::ast::{Aggregate, AggregateArgument, ByField, Command, CommandKind, Field, Pipeline};
use crate::command;
use crate::parse::is_bare_field;

/// Write a pipeline as one line of SPL. An implied `search` is written out; operators are in upper case.
///
/// A tree that the parser cannot give (a bare value with blanks in it, say) is written as the nearest
/// text that parses.
pub fn print(pipeline: &Pipeline) -> String {
    let mut out = String::new();
    for (at, command) in pipeline.commands.iter().enumerate() {
        // Without a pipe only the lower-case word is the command: `SEARCH x` looks for two words.
        let generates = command.name.value != "search";
        match at {
            0 if generates => out.push_str("| "),
            0 => {}
            _ => out.push_str(" | "),
        }
        push_command(command, &mut out);
    }
    out
}

fn push_command(command: &Command, out: &mut String) {
    out.push_str(&command.name.value);
    match (&command.kind, command::typed(&command.name.value)) {
        (CommandKind::Other { arguments, .. }, _) => {
            if !arguments.is_empty() {
                out.push(' ');
                out.push_str(arguments);
            }
        }
        (kind, Some(typed)) => (typed.print)(kind, out),
        // A kind always comes with the name of its command.
        (_, None) => {}
    }
}

/// ` "text"`-style quoting without the blank: `\` and `"` are escaped.
pub(crate) fn push_text(text: &str, out: &mut String) {
    push_quoted(text, '"', out);
}

pub(crate) fn push_quoted(text: &str, quote: char, out: &mut String) {
    out.push(quote);
    for c in text.chars() {
        if c == '\\' || c == quote {
            out.push('\\');
        }
        out.push(c);
    }
    out.push(quote);
}

/// A field of a list, in quotes where its name needs them.
pub(crate) fn push_field(name: &str, out: &mut String) {
    if is_bare_field(name) { out.push_str(name) } else { push_text(name, out) }
}

/// Fields split by commas, with a blank before the first.
pub(crate) fn push_fields(fields: &[Field], out: &mut String) {
    for (at, field) in fields.iter().enumerate() {
        out.push_str(if at == 0 { " " } else { ", " });
        push_field(&field.name, out);
    }
}

/// ` name=value`
pub(crate) fn push_option(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push('=');
    push_value(value, out);
}

/// The value of an option, in quotes where it needs them.
pub(crate) fn push_value(value: &str, out: &mut String) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '@' | ':' | '*' | '/');
    if !value.is_empty() && value.chars().all(plain) { out.push_str(value) } else { push_text(value, out) }
}

/// ` function(argument) as alias`
pub(crate) fn push_aggregate(aggregate: &Aggregate, out: &mut String) {
    out.push(' ');
    out.push_str(&aggregate_name(aggregate));
    if let Some(alias) = &aggregate.alias {
        out.push_str(" as ");
        push_field(&alias.name, out);
    }
}

/// ` by a, b span=1h`
pub(crate) fn push_by(by: &[ByField], out: &mut String) {
    for (at, by) in by.iter().enumerate() {
        out.push_str(if at == 0 { " by " } else { ", " });
        push_field(&by.field.name, out);
        if let Some(bucket) = &by.bucket {
            push_option("span", &bucket.value, out);
        }
    }
}

fn aggregate_name(aggregate: &Aggregate) -> String {
    let mut name = aggregate.function.value.clone();
    match &aggregate.argument {
        None => {}
        Some(AggregateArgument::Field(field)) => {
            name.push('(');
            push_field(&field.name, &mut name);
            name.push(')');
        }
        Some(AggregateArgument::Eval(expr)) => {
            // A `String` takes every write.
            let _written = write!(name, "(eval({}))", print_expr(expr));
        }
    }
    name
}
