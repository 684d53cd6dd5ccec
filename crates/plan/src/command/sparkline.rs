//! `sparkline(count(x), 1h)` among the aggregates of `stats`.
//!
//! Source: "stats", sparkline function options. The parser leaves what stands in the parentheses as text.

use diag::{Diagnostic, codes};
use spl::ast::{Aggregate, AggregateArgument, CommandKind, Field, Spanned};

use super::buckets::check_time_span;
use super::stats;
use crate::Sparkline;
use crate::checker::Checker;
use crate::function::{AggregateName, resolve_aggregate};

/// The aggregates that a sparkline may hold.
const HELD: &[&str] = &["avg", "count", "dc", "max", "min", "range", "stdev", "stdevp", "sum", "sumsq", "var", "varp"];

/// Is the aggregate a sparkline?
pub(super) fn is(aggregate: &Aggregate) -> bool {
    aggregate.function.value.eq_ignore_ascii_case("sparkline")
}

/// A sparkline by `by`; `None` when it was refused.
pub(super) fn resolve(checker: &mut Checker<'_>, line: &Aggregate, by: &[String]) -> Option<Sparkline> {
    checker.usage.functions.insert("sparkline".to_owned());
    checker.reads("_time", line.function.span);
    let (mut held, span) = match &line.argument {
        None => (count(line), None),
        Some(AggregateArgument::Field(field)) => inside(checker, field)?,
        Some(AggregateArgument::Eval(inner)) => {
            let message = "an expression in a sparkline is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, inner.span, message);
            return None;
        }
    };
    let known = match resolve_aggregate(&held.function.value) {
        AggregateName::Supported(name, ..) => HELD.contains(&name),
        // Reported below, with the nearest name.
        _ => true,
    };
    if !known {
        let message = format!("a sparkline cannot hold `{}`", held.function.value);
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, held.function.span, message));
        return None;
    }
    if let Some(span) = &span {
        check_time_span(checker, span);
    }
    held.alias = Some(Field { name: stats::output_name(checker.text, line), span: line.span });
    let made = stats::aggregations(checker, &[held.clone()], by);
    match made.as_slice() {
        [one] if !one.output.contains('*') => {
            Some(Sparkline { aggregation: one.clone(), span: span.map(|span| span.value) })
        }
        _ => {
            if matches!(&held.argument, Some(AggregateArgument::Field(field)) if field.name.contains('*')) {
                let message = "a sparkline of several fields is not supported";
                checker.unsupported(codes::UNSUPPORTED_OPTION, held.span, message);
            }
            None
        }
    }
}

/// "If the sparkline is not scoped to a field, only the count aggregator is permitted."
fn count(line: &Aggregate) -> Aggregate {
    Aggregate {
        function: Spanned { value: "count".to_owned(), span: line.function.span },
        argument: None,
        alias: None,
        span: line.span,
    }
}

/// The aggregate and the span that stand in the parentheses.
fn inside(checker: &mut Checker<'_>, field: &Field) -> Option<(Aggregate, Option<Spanned<String>>)> {
    let (written, span) = match field.name.rsplit_once(',') {
        Some((before, after)) if !after.contains(')') => (before, Some(after)),
        _ => (field.name.as_str(), None),
    };
    let start = usize::try_from(field.span.start).unwrap_or_default();
    let span = span.map(|span| {
        let begins = start + written.len() + 1 + (span.len() - span.trim_start().len());
        let value = span.trim().to_owned();
        let span = text::Span::new(begins, begins + value.len());
        Spanned { value, span }
    });
    // Blanks in front, so that what is found points at its place in the search.
    const COMMAND: &str = "| stats ";
    let search = format!("{}{COMMAND}{written}", " ".repeat(start.saturating_sub(COMMAND.len())));
    let parsed = spl::parse(&search);
    let held = match parsed.pipeline.commands.first().map(|command| &command.kind) {
        Some(CommandKind::Stats(stats)) if parsed.diagnostics.is_empty() => stats.aggregates.first().cloned(),
        _ => None,
    };
    match held {
        Some(held) if parsed.pipeline.commands.len() == 1 => Some((held, span)),
        _ => {
            let message = format!("`{}` is no aggregate for a sparkline", field.name);
            let found = Diagnostic::error(codes::BAD_ARGUMENT, field.span, message);
            checker.push(found.help("as in `sparkline(count(user), 1h)`"));
            None
        }
    }
}
