//! `outputlookup`: the results become rows of a lookup.

use spl::ast::{Command, CommandKind};

use super::{Spec, lookups, option, wants_results};
use crate::checker::Checker;
use crate::{Op, Outputlookup};

pub(super) const SPEC: Spec = Spec { name: "outputlookup", check };

const OPTIONS: &[&str] = &[
    "allow_updates",
    "append",
    "create_context",
    "create_empty",
    "createinapp",
    "key_field",
    "max",
    "output_format",
    "override_if_empty",
];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Outputlookup { options, name } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    // Every field is written.
    checker.needs("*");
    let mut write = Outputlookup {
        name: name.value.clone(),
        append: false,
        override_if_empty: true,
        key_field: None,
        max: None,
        multivalues: false,
    };
    let mut append = None;
    for setting in options {
        let (option, value) = setting;
        match option.value.to_lowercase().as_str() {
            "append" => append = option::boolean(checker, setting),
            "override_if_empty" => write.override_if_empty = option::boolean(checker, setting)?,
            "max" => write.max = Some(option::number(checker, setting)?),
            "key_field" => {
                checker.reads(&value.value, value.span);
                write.key_field = Some(value.value.clone());
            }
            "allow_updates" => match option::boolean(checker, setting)? {
                true => {}
                false => option::refuse(checker, setting, "is not supported"),
            },
            // An empty table and one that is not there are the same to every search.
            "create_empty" | "createinapp" => {
                option::boolean(checker, setting)?;
            }
            "create_context" => choice(checker, setting, &["app", "user", "system"]),
            "output_format" => {
                choice(checker, setting, &["splunk_sv_csv", "splunk_mv_csv"]);
                write.multivalues = value.value.eq_ignore_ascii_case("splunk_mv_csv");
            }
            _ => option::unknown(checker, option, OPTIONS),
        }
    }
    // Manual, "outputlookup": with `key_field` rows are appended unless `append=false` says otherwise.
    write.append = append.unwrap_or(write.key_field.is_some());
    lookups::find_target(checker, name)?;
    Some(Op::Outputlookup(write))
}

fn choice(checker: &mut Checker<'_>, (name, value): &option::Setting, known: &[&str]) {
    if !known.iter().any(|word| value.value.eq_ignore_ascii_case(word)) {
        let words: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        option::bad_value(checker, name, value, &words.join(" or "));
    }
}
