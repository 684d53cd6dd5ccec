//! `listmodels`: the models that there are.

use spl::ast::{Command, CommandKind};

use super::{Spec, comes_first, no_arguments};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "listmodels", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    comes_first(checker, command);
    no_arguments(checker, command, plain);
    checker.schema = Schema::closed(vec!["name".to_owned(), "type".to_owned()]);
    Some(Op::Listmodels)
}
