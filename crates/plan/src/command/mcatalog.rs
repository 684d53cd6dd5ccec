//! `mcatalog`: the names, dimensions and values that data points have.
//!
//! Source: Search Reference, "mcatalog" (internal commands). Of aggregates it has `values` alone.

use diag::{Diagnostic, codes};
use spl::ast::{AggregateArgument, Command, CommandKind};

use super::option::truth;
use super::{Spec, comes_first, mstats, stats};
use crate::checker::Checker;
use crate::{Mcatalog, Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "mcatalog", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Mstats(written) = &command.kind else {
        return None;
    };
    comes_first(checker, command);
    for (name, value) in &written.options {
        match name.value.to_lowercase().as_str() {
            "prestats" | "append" => {
                if truth(checker, name, value) == Some(true) {
                    let message = format!("option `{}={}` of `mcatalog` is not supported", name.value, value.value);
                    checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
                }
            }
            _ => stats::unknown_option(checker, name, &["append", "prestats"]),
        }
    }
    let mut values: Vec<(String, String)> = Vec::new();
    for aggregate in &written.aggregates {
        match &aggregate.argument {
            Some(AggregateArgument::Field(field))
                if aggregate.function.value.eq_ignore_ascii_case("values")
                    && !field.name.contains('*')
                    && field.name != "_value" =>
            {
                values.push((field.name.clone(), stats::output_name(checker.text, aggregate)));
            }
            _ => {
                let message = "`mcatalog` takes `values(…)` of a dimension, of `metric_name` or of `_dims`";
                checker.push(Diagnostic::error(codes::BAD_ARGUMENT, aggregate.span, message));
            }
        }
    }
    let (filter, range) = mstats::filter(checker, written.filter.as_ref(), true);
    let by = mstats::by(checker, written);
    checker.schema = Schema::closed(by.iter().cloned().chain(values.iter().map(|(_, name)| name.clone())).collect());
    Some(Op::Mcatalog(Mcatalog { values, filter, range, by }))
}
