//! `append`: the results of another search behind these.
//!
//! Source: Search Reference, "append".

use spl::ast::{Command, CommandKind};

use super::{Spec, option, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "append", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Piped(piped) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut most = None;
    for setting in &piped.options {
        if setting.0.value.eq_ignore_ascii_case("extendtimerange") {
            if option::boolean(checker, setting) == Some(true) {
                option::refuse(checker, setting, "is not supported: a search covers what it was dispatched with");
            }
        } else {
            most = option::of_subsearch(checker, setting, &["extendtimerange"]).or(most);
        }
    }
    let nested = checker.nested(&piped.subsearch);
    checker.mix(&nested.schema);
    Some(Op::Append(Box::new(option::limited(nested.plan?, most))))
}
