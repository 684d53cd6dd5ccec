//! `extract`, also called `kv`: the pairs of key and value in `_raw`.

use diag::codes;
use spl::ast::Command;

use super::Spec;
use super::option::{boolean, number, refuse, unknown};
use super::words::arguments;
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "extract", check };

const OPTIONS: &[&str] =
    &["auto", "clean_keys", "kvdelim", "limit", "maxchars", "mv_add", "pairdelim", "reload", "segment"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    let (mut pairs, mut keys, mut automatic) = (None, None, true);
    // Manual, "extract" and "transforms.conf": the defaults.
    let (mut clean_keys, mut mv_add, mut limit, mut max_chars) = (true, false, 50, 10_240);
    for setting in &plain.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "pairdelim" => pairs = Some(value),
            "kvdelim" => keys = Some(value),
            "auto" => automatic = boolean(checker, setting).unwrap_or(true),
            "clean_keys" => clean_keys = boolean(checker, setting).unwrap_or(true),
            "mv_add" => mv_add = boolean(checker, setting).unwrap_or(false),
            "limit" => limit = number(checker, setting).unwrap_or(limit),
            "maxchars" => max_chars = number(checker, setting).unwrap_or(max_chars),
            // Reads configuration anew; Weir has none.
            "reload" => {
                boolean(checker, setting);
            }
            "segment" => {
                if boolean(checker, setting) == Some(true) {
                    refuse(checker, setting, "is not supported");
                }
            }
            _ => unknown(checker, name, OPTIONS),
        }
    }
    if let Some(extractor) = plain.fields.first() {
        let message = format!("`{}` names an extraction of transforms.conf, which is not supported", extractor.name);
        checker.unsupported(codes::UNSUPPORTED_OPTION, extractor.span, message);
    }
    let delimiters = match (pairs, keys) {
        (Some(pairs), Some(keys)) => Some((pairs.value.clone(), keys.value.clone())),
        (None, None) if automatic => None,
        (None, None) => {
            checker.unsupported(
                codes::UNSUPPORTED_OPTION,
                command.span,
                "`auto=f` without delimiters is not supported",
            );
            return None;
        }
        (Some(one), None) | (None, Some(one)) => {
            let message = "`pairdelim` without `kvdelim`, or the other way round, is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, one.span, message);
            return None;
        }
    };
    checker.reads("_raw", command.name.span);
    checker.schema.open = true;
    Some(Op::Extract { delimiters, clean_keys, mv_add, limit, max_chars })
}
