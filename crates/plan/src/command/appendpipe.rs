//! `appendpipe`: what a pipeline makes of the results comes behind them.
//!
//! Source: Search Reference, "appendpipe".

use spl::ast::{Command, CommandKind};

use super::{Spec, option, wants_results};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "appendpipe", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Piped(piped) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    for setting in &piped.options {
        // A preview shows results before there are all; Weir has none.
        if setting.0.value.eq_ignore_ascii_case("run_in_preview") {
            option::boolean(checker, setting);
        } else {
            option::unknown(checker, &setting.0, &["run_in_preview"]);
        }
    }
    checker.pipeline(&piped.subsearch.pipeline).map(Op::Appendpipe)
}
