//! `foreach`: expressions computed for each field whose name matches.
//!
//! Source: Search Reference, "foreach". Where the fields are known it becomes the `eval` that it stands for; else the run
//! knows them. A field that several patterns match is taken once, by the first.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Expr, Field, Spanned};

use super::{Spec, eval, option, wants_results};
use crate::checker::Checker;
use crate::template::{self, STAND_INS};
use crate::{Foreach, Op};

pub(super) const SPEC: Spec = Spec { name: "foreach", check };

const OPTIONS: &[&str] = &["fieldstr", "itemstr", "iterstr", "matchseg1", "matchseg2", "matchseg3", "matchstr", "mode"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Foreach { options, fields, template } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let foreach = tokens(checker, options, fields, template)?;
    if checker.schema.open {
        open(checker, &foreach, template)?;
        return Some(Op::Foreach(foreach));
    }
    closed(checker, &foreach, fields, template).map(Op::Eval)
}

fn tokens(
    checker: &mut Checker<'_>,
    options: &[option::Setting],
    fields: &[Field],
    template: &Spanned<String>,
) -> Option<Foreach> {
    let mut foreach = Foreach {
        fields: fields.iter().map(|field| field.name.clone()).collect(),
        template: template.value.clone(),
        field_token: "<<FIELD>>".to_owned(),
        match_token: "<<MATCHSTR>>".to_owned(),
        segment_tokens: ["<<MATCHSEG1>>", "<<MATCHSEG2>>", "<<MATCHSEG3>>"].map(str::to_owned),
    };
    let [first, second, third] = &mut foreach.segment_tokens;
    for setting in options {
        let (name, value) = setting;
        let token = match name.value.to_lowercase().as_str() {
            "mode" => {
                match value.value.to_lowercase().as_str() {
                    "multifield" => {}
                    "auto_collections" | "json_array" | "multivalue" => {
                        option::refuse(checker, setting, "is not supported");
                        return None;
                    }
                    _ => option::bad_value(checker, name, value, "`multifield`, `multivalue` or `json_array`"),
                }
                continue;
            }
            "fieldstr" => &mut foreach.field_token,
            "matchstr" => &mut foreach.match_token,
            "matchseg1" => &mut *first,
            "matchseg2" => &mut *second,
            "matchseg3" => &mut *third,
            // They belong to the other modes.
            "itemstr" | "iterstr" => continue,
            _ => {
                option::unknown(checker, name, OPTIONS);
                continue;
            }
        };
        if value.value.is_empty() {
            option::bad_value(checker, name, value, "text");
        } else {
            token.clone_from(&value.value);
        }
    }
    Some(foreach)
}

/// The fields are known: the assignments for each of them.
fn closed(
    checker: &mut Checker<'_>,
    foreach: &Foreach,
    fields: &[Field],
    template: &Spanned<String>,
) -> Option<Vec<(String, Expr)>> {
    for field in fields {
        if checker.schema.matching(&field.name).is_empty() {
            let message = format!("no field matches `{}`", field.name);
            checker.push(Diagnostic::warning(codes::UNKNOWN_FIELD, field.span, message).label("computes nothing"));
        }
    }
    let known = checker.schema.fields.clone();
    let mut made = Vec::new();
    for text in template::filled(foreach, &known) {
        made.extend(assignments(checker, &text, template)?);
    }
    Some(made)
}

/// The fields are not known: the commands are checked with stand-ins for their names.
fn open(checker: &mut Checker<'_>, foreach: &Foreach, template: &Spanned<String>) -> Option<()> {
    assignments(checker, &template::with_stand_ins(foreach), template)?;
    let made = |name: &String| STAND_INS.iter().any(|stand_in| name.contains(stand_in));
    checker.schema.fields.retain(|name| !made(name));
    foreach.fields.iter().for_each(|pattern| checker.needs_pattern(pattern));
    for stand_in in STAND_INS {
        for name in checker.take_needs(stand_in) {
            // `<<FIELD>>` is one of the fields above.
            if name != STAND_INS[0] {
                checker.needs_pattern(&name.replace(stand_in, "*"));
            }
        }
    }
    Some(())
}

/// The assignments of a filled template; what is wrong with it is reported at the template.
fn assignments(checker: &mut Checker<'_>, text: &str, template: &Spanned<String>) -> Option<Vec<(String, Expr)>> {
    let commands = match template::evals(text) {
        Ok(commands) => commands,
        Err(found) if found.is_empty() => {
            let message = "a command other than `eval` in `foreach` is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, template.span, message);
            return None;
        }
        Err(found) => {
            checker.extend_at(found, template.span);
            return None;
        }
    };
    checker.usage.commands.insert("eval".to_owned());
    let before = checker.diagnostics();
    let mut made = Vec::new();
    for command in &commands {
        if let Some(Op::Eval(evals)) = eval::check(checker, command) {
            made.extend(evals);
        }
    }
    let found = checker.take_diagnostics(before);
    checker.extend_at(found, template.span);
    Some(made)
}
