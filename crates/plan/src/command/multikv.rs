//! `multikv`: a row of each line of a table in `_raw`.

use diag::codes;
use spl::ast::{Command, CommandKind};

use super::option::{bad_value, boolean, number, refuse, unknown};
use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Multikv, Op};

pub(super) const SPEC: Spec = Spec { name: "multikv", check };

const OPTIONS: &[&str] = &["conf", "copyattrs", "forceheader", "multitable", "noheader", "rmorig"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Multikv(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut multikv = Multikv {
        fields: written.fields.iter().map(|field| field.name.clone()).collect(),
        filter: written.filter.iter().map(|word| word.value.clone()).collect(),
        ..Multikv::default()
    };
    for setting in &written.options {
        let (name, value) = setting;
        let mut yes = |default| boolean(checker, setting).unwrap_or(default);
        match name.value.to_lowercase().as_str() {
            "noheader" => multikv.no_header = yes(false),
            "rmorig" => multikv.keep_original = !yes(true),
            "copyattrs" => multikv.default_fields_only = !yes(true),
            "multitable" => multikv.one_table = !yes(true),
            "forceheader" => match number(checker, setting) {
                Some(0) => bad_value(checker, name, value, "the number of a line, counted from 1"),
                line => multikv.header_line = line,
            },
            // A stanza of multikv.conf.
            "conf" => refuse(checker, setting, "is not supported"),
            _ => unknown(checker, name, OPTIONS),
        }
    }
    if let Some(field) = written.fields.iter().find(|field| field.name.contains('*')) {
        let message = "a wildcard in the field list of `multikv` is not supported";
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
    }
    checker.reads("_raw", command.name.span);
    match multikv.fields.is_empty() {
        true => checker.schema.open = true,
        false => multikv.fields.iter().for_each(|field| checker.schema.add(field)),
    }
    Some(Op::Multikv(multikv))
}
