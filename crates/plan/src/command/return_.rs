//! `return`: fields of the first results as search terms in one field.
//!
//! Source: Search Reference, "return".

use spl::ast::{Command, CommandKind};

use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "return", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Return { count, items } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut returned = Vec::new();
    for item in items {
        checker.reads_field(&item.field);
        let name = item.alias.as_ref().unwrap_or(&item.field).name.clone();
        returned.push(((!item.value_only).then_some(name), item.field.name.clone()));
    }
    checker.schema = Schema::closed(vec!["search".to_owned()]);
    Some(Op::Return { count: count.unwrap_or(1), items: returned })
}
