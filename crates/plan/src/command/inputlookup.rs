//! `inputlookup`: the rows of a lookup.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Field};

use super::{Spec, lookups, option};
use crate::checker::Checker;
use crate::predicate::{Raw, Resolved, Scope, lower};
use crate::suggest::slip_of;
use crate::{Inputlookup, Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "inputlookup", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Inputlookup { options, name, filter } = &command.kind else {
        return None;
    };
    let mut read = Inputlookup { name: name.value.clone(), filter: None, start: 0, max: None, append: false };
    for setting in options {
        match setting.0.value.to_lowercase().as_str() {
            "append" => read.append = option::boolean(checker, setting)?,
            // A lookup that cannot be read always stops the search here.
            "strict" => {
                option::boolean(checker, setting)?;
            }
            "start" => read.start = option::number(checker, setting)?,
            "max" => read.max = Some(option::number(checker, setting)?),
            _ => option::unknown(checker, &setting.0, &["append", "max", "start", "strict"]),
        }
    }
    if !checker.first && !read.append {
        let message = "`inputlookup` behind other commands needs `append=true`";
        let found = Diagnostic::error(codes::SYNTAX, command.name.span, message);
        checker.push(found.label("would replace the results"));
    }
    let schema = lookups::find_rows(checker, name);
    let rows = schema.as_ref().map_or_else(Schema::open, |schema| schema.rows());
    read.filter = filter.as_ref().map(|filter| lower(checker, &mut Rows { schema: &rows }, filter));
    checker.mix(&rows);
    schema.map(|_| Op::Inputlookup(read))
}

/// The fields of the lookup's rows.
struct Rows<'r> {
    schema: &'r Schema,
}

impl Scope for Rows<'_> {
    fn resolve(&mut self, checker: &mut Checker<'_>, field: &Field) -> Resolved {
        if self.schema.may_have(&field.name) {
            return Resolved::Field(field.name.clone());
        }
        let message = format!("the lookup has no field `{}`", field.name);
        checker.push(match slip_of(&field.name, self.schema.fields.iter().map(String::as_str)) {
            Some(meant) => Diagnostic::error(codes::UNKNOWN_FIELD, field.span, message)
                .label("never has a value")
                .help(format!("did you mean `{meant}`?")),
            None => Diagnostic::warning(codes::UNKNOWN_FIELD, field.span, message).label("always null"),
        });
        Resolved::Missing
    }

    fn raw(&self, _: &Checker<'_>) -> Raw {
        Raw::Elsewhere
    }
}
