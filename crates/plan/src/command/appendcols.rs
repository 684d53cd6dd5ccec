//! `appendcols`: the fields of another search's results beside these, first to first.
//!
//! Source: Search Reference, "appendcols". Internal fields such as `_time` are not taken over.

use spl::ast::{Command, CommandKind};

use super::{Spec, option, wants_results};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "appendcols", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Piped(piped) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (mut overwrite, mut most) = (false, None);
    for setting in &piped.options {
        if setting.0.value.eq_ignore_ascii_case("override") {
            overwrite = option::boolean(checker, setting).unwrap_or(false);
        } else {
            most = option::of_subsearch(checker, setting, &["override"]).or(most);
        }
    }
    let nested = checker.nested(&piped.subsearch);
    let fields = nested.schema.fields.iter().filter(|name| !name.starts_with('_')).cloned().collect();
    checker.mix(&Schema { open: nested.schema.open, ..Schema::closed(fields) });
    Some(Op::Appendcols { right: Box::new(option::limited(nested.plan?, most)), overwrite })
}
