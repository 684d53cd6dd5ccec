//! `tstats`: aggregates over a dataset.
//!
//! Source: Search Reference, "tstats". A row whose by-field is null is dropped unless `fillnull_value` says otherwise.

use diag::{Diagnostic, codes};
use spl::ast::{Aggregate, AggregateArgument, ByField, Command, CommandKind, CompareOp, Field, Spanned, Term};

use super::{Spec, bin, stats};
use crate::checker::Checker;
use crate::dataset::{self, Source};
use crate::predicate::{Resolved, Scope, all, lower};
use crate::{AggregateOver, Aggregation, GroupBy, Op, Predicate, Schema, TimeRange, Tstats};

pub(super) const SPEC: Spec = Spec { name: "tstats", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Tstats(tstats) = &command.kind else {
        return None;
    };
    if !checker.first {
        let found =
            Diagnostic::error(codes::SYNTAX, command.name.span, "`tstats` must be the first command of a search");
        checker.push(found);
    }
    let fillnull_value = options(checker, &tstats.options);
    let node = tstats.filter.as_ref().and_then(nodename);
    let source = dataset::find(checker, command, tstats.from.as_ref(), node);
    let filter = tstats.filter.as_ref().map(|term| filter(checker, &source, term));
    let by = by(checker, &source, &tstats.by);
    let made = tstats.aggregates.iter().filter_map(|written| {
        let made = aggregation(checker, &source, written)?;
        Some(stats::Named { made, span: written.span, wildcard: false })
    });
    let made = made.collect();
    let aggregations = stats::unique(checker, made);
    let names = by.iter().map(|group| &group.output).chain(aggregations.iter().map(|made| &made.output));
    checker.schema = Schema::closed(names.cloned().collect());
    let dataset = source.dataset?;
    Some(Op::Tstats(Tstats {
        dataset,
        filter: filter.filter(|kept| *kept != Predicate::True),
        by,
        aggregations,
        fillnull_value,
        range: TimeRange::default(),
        append: false,
    }))
}

const OPTIONS: &[&str] = &[
    "allow_old_summaries",
    "append",
    "chunk_size",
    "fillnull_value",
    "include_reduced_buckets",
    "local",
    "prestats",
    "summariesonly",
    "use_summary_index_values",
];

/// Check the options; gives the value of `fillnull_value`.
///
/// `summariesonly` and `allow_old_summaries` choose between summaries and raw events: Weir's dataset tables are always
/// complete and current, so both values give the same rows.
fn options(checker: &mut Checker<'_>, options: &[(Spanned<String>, Spanned<String>)]) -> Option<String> {
    let mut fillnull_value = None;
    for (name, value) in options {
        let written = value.value.trim_matches('"');
        match name.value.to_lowercase().as_str() {
            "fillnull_value" => fillnull_value = Some(written.to_owned()),
            "summariesonly" | "allow_old_summaries" => {
                boolean(checker, name, value);
            }
            "chunk_size" if written.parse::<u64>().is_ok() => {}
            "chunk_size" => bad_value(checker, name, value, "a number"),
            "prestats" | "append" | "local" | "include_reduced_buckets" | "use_summary_index_values" => {
                if boolean(checker, name, value) == Some(true) {
                    let message = format!("option `{}={}` is not supported", name.value, value.value);
                    checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
                }
            }
            _ => stats::unknown_option(checker, name, OPTIONS),
        }
    }
    fillnull_value
}

fn boolean(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>) -> Option<bool> {
    match value.value.trim_matches('"').to_lowercase().as_str() {
        "t" | "true" | "1" => Some(true),
        "f" | "false" | "0" => Some(false),
        _ => {
            bad_value(checker, name, value, "`true` or `false`");
            None
        }
    }
}

fn bad_value(checker: &mut Checker<'_>, name: &Spanned<String>, value: &Spanned<String>, wanted: &str) {
    let message = format!("option `{}` takes {wanted}, not `{}`", name.value, value.value);
    checker.push(Diagnostic::error(codes::UNKNOWN_OPTION, value.span, message));
}

/// The value of `nodename=` where it must hold: alone or in a conjunction.
fn nodename(term: &Term) -> Option<Spanned<String>> {
    match term {
        Term::Compare { field, op: CompareOp::Equal, value } if field.name == "nodename" => {
            let [node] = value.parts.as_slice() else {
                return None;
            };
            Some(Spanned { value: node.clone(), span: value.span })
        }
        Term::And(terms) => terms.iter().find_map(nodename),
        _ => None,
    }
}

fn filter(checker: &mut Checker<'_>, source: &Source, term: &Term) -> Predicate {
    match term {
        Term::Compare { .. } if nodename(term).is_some() => Predicate::True,
        Term::And(terms) => all(terms.iter().map(|term| filter(checker, source, term)).collect()),
        _ => lower(checker, &mut DatasetScope { source }, term),
    }
}

/// The fields of the dataset, written with its prefix.
struct DatasetScope<'a> {
    source: &'a Source,
}

impl Scope for DatasetScope<'_> {
    fn resolve(&mut self, checker: &mut Checker<'_>, field: &Field) -> Resolved {
        if field.name == "nodename" {
            let message = "`nodename` is supported only as one condition that must hold";
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
            return Resolved::Missing;
        }
        dataset::field(checker, self.source, field).map_or(Resolved::Missing, Resolved::Field)
    }

    /// `tstats` reads no raw text.
    fn has_raw(&self, _checker: &Checker<'_>) -> bool {
        false
    }
}

fn by(checker: &mut Checker<'_>, source: &Source, by: &[ByField]) -> Vec<GroupBy> {
    let mut groups: Vec<GroupBy> = Vec::new();
    for ByField { field, bucket } in by {
        if let Some(bucket) = bucket {
            bin::check_span(checker, bucket);
        }
        let name = dataset::field(checker, source, field);
        if !groups.iter().any(|group| group.output == field.name) {
            let bucket = bucket.as_ref().map(|bucket| bucket.value.clone());
            groups.push(GroupBy { field: name, output: field.name.clone(), bucket });
        }
    }
    groups
}

fn aggregation(checker: &mut Checker<'_>, source: &Source, aggregate: &Aggregate) -> Option<Aggregation> {
    let (function, parameter) = stats::function(checker, aggregate)?;
    // Manual, "tstats": these aggregates of `stats` are not among its functions.
    if matches!(function, "list" | "exactperc") {
        let message = format!("`tstats` has no aggregate `{}`", aggregate.function.value);
        checker.push(Diagnostic::error(codes::UNKNOWN_FUNCTION, aggregate.function.span, message));
    }
    let over = match &aggregate.argument {
        None => AggregateOver::Rows,
        Some(AggregateArgument::Eval(_)) => {
            let message = "`tstats` aggregates fields, not `eval` expressions";
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, aggregate.span, message));
            return None;
        }
        Some(AggregateArgument::Field(field)) => {
            dataset::field(checker, source, field).map_or(AggregateOver::Missing, AggregateOver::Field)
        }
    };
    let output = stats::output_name(checker.text, aggregate);
    Some(Aggregation { function: function.to_owned(), parameter, over, output })
}
