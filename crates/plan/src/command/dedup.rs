//! `dedup`: the first rows of each combination of values.

use spl::ast::{Command, CommandKind};

use super::option::{boolean, unknown};
use super::{Spec, sort, wants_results};
use crate::checker::Checker;
use crate::{DedupOptions, Op};

pub(super) const SPEC: Spec = Spec { name: "dedup", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Dedup { keep, fields, options: written, sort_by } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    for field in fields {
        checker.reads_field(field);
    }
    sort::check_keys(checker, sort_by);
    let mut options = DedupOptions { sort_by: sort_by.clone(), ..DedupOptions::default() };
    for setting in written {
        let name = &setting.0;
        let on = boolean(checker, setting).unwrap_or_default();
        match name.value.to_lowercase().as_str() {
            "consecutive" => options.consecutive = on,
            "keepevents" => options.keep_events = on,
            "keepempty" => options.keep_empty = on,
            _ => unknown(checker, name, &["consecutive", "keepempty", "keepevents"]),
        }
    }
    let fields = fields.iter().map(|field| field.name.clone()).collect();
    Some(Op::Dedup { keep: keep.unwrap_or(1), fields, options })
}
