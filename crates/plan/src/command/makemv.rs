//! `makemv`: several values of one.

use diag::{Diagnostic, codes};
use spl::ast::{Command, Spanned};

use super::Spec;
use super::option::{boolean, refuse, unknown};
use super::words::{arguments, bad_argument, not_internal, one_field};
use crate::checker::Checker;
use crate::{Op, Split, pattern};

pub(super) const SPEC: Spec = Spec { name: "makemv", check };

const OPTIONS: &[&str] = &["allowempty", "delim", "setsv", "tokenizer"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let plain = arguments(checker, command)?;
    let (mut delimiter, mut tokenizer, mut keep_empty) = (None, None, false);
    for setting in &plain.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "delim" => delimiter = Some(value),
            "tokenizer" => tokenizer = Some(value),
            "allowempty" => keep_empty = boolean(checker, setting).unwrap_or(false),
            // The field would have a single value beside the several ones.
            "setsv" => {
                if boolean(checker, setting) == Some(true) {
                    refuse(checker, setting, "is not supported");
                }
            }
            _ => unknown(checker, name, OPTIONS),
        }
    }
    let field = one_field(checker, command, plain)?;
    not_internal(checker, command, field)?;
    checker.reads_field(field);
    let split = match (delimiter, tokenizer) {
        (Some(_), Some(tokenizer)) => {
            bad_argument(checker, tokenizer, "`makemv` takes `delim` or `tokenizer`, not both");
            return None;
        }
        (_, Some(tokenizer)) => {
            self::tokenizer(checker, tokenizer);
            Split::Tokenizer { pattern: tokenizer.value.clone(), keep_empty }
        }
        (delimiter, None) => {
            if let Some(delimiter) = delimiter.filter(|delimiter| delimiter.value.is_empty()) {
                bad_argument(checker, delimiter, "the delimiter is empty");
            }
            let text = delimiter.map_or(" ", |delimiter| delimiter.value.as_str()).to_owned();
            Split::Delimiter { text, keep_empty }
        }
    };
    Some(Op::Makemv { field: field.name.clone(), split })
}

fn tokenizer(checker: &mut Checker<'_>, tokenizer: &Spanned<String>) {
    if let Some(problem) = pattern::regex_problem(&tokenizer.value) {
        bad_argument(checker, tokenizer, problem);
    } else if !pattern::has_group(&tokenizer.value) {
        let found = Diagnostic::error(codes::BAD_ARGUMENT, tokenizer.span, "this tokenizer captures nothing");
        checker.push(found.help("put what is wanted of each match in parentheses"));
    }
}
