//! `deletemodel`: a model is no more.

use spl::ast::{Command, CommandKind};

use super::models::name_of;
use super::{Spec, comes_first, one_name};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "deletemodel", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    comes_first(checker, command);
    checker.schema = Schema::closed(Vec::new());
    let model = one_name(checker, command, plain, "a model")?;
    Some(Op::Deletemodel { model: name_of(&model.name) })
}
