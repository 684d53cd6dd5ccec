//! `fields`: keep or remove.

use spl::ast::{Command, CommandKind, Field};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "fields", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Fields { remove, fields } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    if *remove {
        for name in &names {
            let gone = checker.schema.matching(name);
            gone.iter().for_each(|field| checker.schema.remove(field));
        }
        return Some(Op::Remove(names));
    }
    // Manual, "fields": internal fields stay unless they are removed by name.
    let internal: Vec<String> =
        if checker.schema.open { vec!["_time".to_owned(), "_raw".to_owned()] } else { checker.schema.matching("_*") };
    internal.iter().for_each(|name| checker.needs(name));
    keep(checker, fields);
    internal.iter().for_each(|name| checker.schema.add(name));
    Some(Op::Keep(names))
}

/// Only `fields` remain, in that order; shared with `table`. A name that cannot exist is reported and yields nothing.
pub(super) fn keep(checker: &mut Checker<'_>, fields: &[Field]) {
    let mut kept = Schema::default();
    for field in fields {
        if field.name.contains('*') {
            checker.needs(&field.name);
            kept.open |= checker.schema.open;
            checker.schema.matching(&field.name).iter().for_each(|name| kept.add(name));
        } else if checker.reads_field(field) {
            kept.add(&field.name);
        }
    }
    checker.schema = kept;
}
