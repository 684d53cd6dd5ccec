//! `fillnull`: a value in place of null; `0` by default. Fields that are named and do not exist are made.

use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "fillnull", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Fillnull { value, fields } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    for name in &names {
        checker.needs(name);
        if !name.contains('*') {
            checker.schema.add(name);
        }
    }
    let value = value.as_ref().map_or("0", |value| value.value.as_str()).to_owned();
    Some(Op::Fillnull { value, fields: names })
}
