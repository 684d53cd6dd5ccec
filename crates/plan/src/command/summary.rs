//! `summary`: a row for each density of a model.

use spl::ast::{Command, CommandKind};

use super::models::{name_of, read};
use super::{Spec, comes_first, fit, one_name};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "summary", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    comes_first(checker, command);
    let model = one_name(checker, command, plain, "a model")?;
    let name = name_of(&model.name);
    let known = read(checker, &name, model.span);
    let groups = known.flatten().map(|fitted| fitted.by.clone());
    // The groups of a model that is not known may be any fields.
    let open = groups.is_none();
    let mut fields = groups.unwrap_or_default();
    fields.extend(fit::SUMMARY.iter().map(|name| (*name).to_owned()));
    checker.schema = Schema { open, ..Schema::closed(fields) };
    known?;
    Some(Op::Summary { model: name })
}
