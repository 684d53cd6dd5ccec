//! `datamodel`: the events of a dataset.
//!
//! Source: Search Reference, "datamodel".

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Plain, Spanned};

use super::{Spec, from, option};
use crate::checker::Checker;
use crate::{Op, Schema, dataset};

pub(super) const SPEC: Spec = Spec { name: "datamodel", check };

const OPTIONS: &[&str] = &["allow_old_summaries", "strict_fields", "summariesonly"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    from::comes_first(checker, command);
    checker.schema = Schema::open();
    options(checker, plain);
    let [model, dataset, mode] = plain.fields.as_slice() else {
        let message = "`datamodel` without a dataset and `search` or `flat`, which describes models, is not supported";
        checker.unsupported(codes::UNSUPPORTED_OPTION, command.span, message);
        return None;
    };
    let prefixed = match mode.name.to_lowercase().as_str() {
        "search" => true,
        "flat" => false,
        "acceleration_search" | "acceleration_search_flat" => {
            let message = "the search that fills a summary is not supported: datasets are always complete";
            checker.unsupported(codes::UNSUPPORTED_OPTION, mode.span, message);
            return None;
        }
        other => {
            let message = format!("`datamodel` takes `search` or `flat` behind the dataset, not `{other}`");
            checker.push(Diagnostic::error(codes::UNKNOWN_OPTION, mode.span, message));
            return None;
        }
    };
    let name = format!("{}.{}", model.name, dataset.name);
    let found = dataset::one(checker, &Spanned { value: name, span: model.span.to(dataset.span) })?;
    Some(from::scan(checker, found, prefixed))
}

fn options(checker: &mut Checker<'_>, plain: &Plain) {
    for setting in &plain.options {
        match setting.0.value.to_lowercase().as_str() {
            // Datasets are always complete and current.
            "summariesonly" | "allow_old_summaries" => {
                option::boolean(checker, setting);
            }
            "strict_fields" => {
                if option::boolean(checker, setting) == Some(false) {
                    option::refuse(checker, setting, "is not supported: a dataset's rows have its fields alone");
                }
            }
            _ => option::unknown(checker, &setting.0, OPTIONS),
        }
    }
}
