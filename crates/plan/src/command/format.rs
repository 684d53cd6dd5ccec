//! `format`: the results as search terms in one field.
//!
//! Source: Search Reference, "format".

use spl::ast::{Command, CommandKind};

use super::{Spec, option, wants_results};
use crate::checker::Checker;
use crate::{Format, Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "format", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Format { options, strings } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    checker.needs("*");
    let mut format = Format {
        mv_separator: "OR".to_owned(),
        max_results: 0,
        strings: ["(", "(", "AND", ")", "OR", ")"].map(str::to_owned),
        empty: "NOT ()".to_owned(),
    };
    for setting in options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "mvsep" => format.mv_separator.clone_from(&value.value),
            "emptystr" => format.empty.clone_from(&value.value),
            "maxresults" => format.max_results = option::number(checker, setting).unwrap_or(0),
            _ => option::unknown(checker, name, &["emptystr", "maxresults", "mvsep"]),
        }
    }
    for (place, written) in format.strings.iter_mut().zip(strings) {
        place.clone_from(&written.value);
    }
    checker.schema = Schema::closed(vec!["search".to_owned()]);
    Some(Op::Format(format))
}
