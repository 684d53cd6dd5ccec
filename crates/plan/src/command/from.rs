//! `from`: the rows of a dataset or a lookup.
//!
//! Source: Search Reference, "from". A dataset's rows have its fields, `_time`, `host`, `source`, `sourcetype` and `_raw`.

use cim::Dataset;
use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};

use super::{Spec, inputlookup};
use crate::checker::Checker;
use crate::{Op, ScanDataset, Schema, TimeRange, dataset};

pub(super) const SPEC: Spec = Spec { name: "from", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::From { kind, name } = &command.kind else {
        return None;
    };
    comes_first(checker, command);
    checker.schema = Schema::open();
    match kind.value.to_lowercase().as_str() {
        "datamodel" => {
            let dataset = dataset::one(checker, name)?;
            Some(scan(checker, dataset, false))
        }
        "lookup" | "inputlookup" => inputlookup(checker, name).map(Op::Inputlookup),
        "savedsearch" => {
            checker.unsupported(codes::UNSUPPORTED_OPTION, kind.span, "a saved search as dataset is not supported");
            None
        }
        other => {
            let message = format!("`from` knows no datasets of type `{other}`");
            let found = Diagnostic::error(codes::UNKNOWN_OPTION, kind.span, message);
            checker.unknown(found, crate::suggest::nearest(other, ["datamodel", "lookup", "savedsearch"]));
            None
        }
    }
}

/// A command that reads events by itself comes first.
pub(super) fn comes_first(checker: &mut Checker<'_>, command: &Command) {
    if !checker.first {
        let message = format!("`{}` must be the first command of a search", command.name.value);
        checker.push(Diagnostic::error(codes::SYNTAX, command.name.span, message));
    }
}

/// Fields that rows have beside those of their dataset.
const DEFAULT_FIELDS: &[&str] = &["_time", "host", "source", "sourcetype", "index", "_raw"];

/// The rows of a dataset; with `prefixed` its fields are called `Processes.dest` and not `dest`.
pub(super) fn scan(checker: &mut Checker<'_>, dataset: &'static Dataset, prefixed: bool) -> Op {
    let named = dataset.all_fields().into_iter().map(|field| {
        let output = if prefixed { dataset::full_name(dataset, field.name) } else { field.name.to_owned() };
        (field.name.to_owned(), output)
    });
    let fields: Vec<(String, String)> = named.collect();
    let names = DEFAULT_FIELDS.iter().map(|name| (*name).to_owned());
    checker.schema = Schema::closed(names.chain(fields.iter().map(|(_, output)| output.clone())).collect());
    Op::ScanDataset(ScanDataset { dataset, fields, range: TimeRange::default(), reads_raw: false })
}
