//! `untable`: each cell of a table becomes a row.

use spl::ast::Command;

use super::{Spec, words};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "untable", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    words::no_options(checker, written);
    words::at_most(checker, command, written, 3)?;
    let names: Vec<String> = written.fields.iter().map(|field| field.name.clone()).collect();
    let [x, y, value] = names.as_slice() else {
        words::fields(checker, command, written, 3)?;
        return None;
    };
    // The names of the other two are new.
    written.fields.iter().take(1).for_each(|field| {
        checker.reads_field(field);
    });
    checker.needs("*");
    checker.schema = Schema::closed(names.clone());
    Some(Op::Untable { x: x.clone(), y: y.clone(), value: value.clone() })
}
