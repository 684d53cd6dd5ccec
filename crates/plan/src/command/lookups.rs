//! The lookups that commands name: which there are, which fields they have.

use diag::{Diagnostic, codes};
use spl::ast::{Field, Spanned};
use text::Span;

use crate::checker::Checker;
use crate::suggest::nearest;
use crate::{LookupSchema, Schema};

/// The place of a word in a span; the span when it is not there.
pub(crate) fn span_of(text: &str, span: Span, word: &str) -> Span {
    let place = span.of(text).find(word).map(|at| span.range().start + at);
    place.map_or(span, |start| Span::new(start, start + word.len()))
}

/// The lookup of a name. `None` when there is none, which is reported, as is one that has no rows to find.
pub(crate) fn find(checker: &mut Checker<'_>, name: &Spanned<String>) -> Option<LookupSchema> {
    checker.usage.lookups.insert(name.value.clone());
    let names = checker.names;
    let Some(schema) = names.lookups.get(&name.value) else {
        if is_file(&name.value) {
            let message = format!("lookup file `{}` is not loaded", name.value);
            let found = Diagnostic::warning(codes::UNKNOWN_REFERENCE, name.span, message);
            checker.push(found.label("has no rows until a search writes it"));
            return Some(LookupSchema::default());
        }
        let message = format!("lookup `{}` is not defined", name.value);
        let found = Diagnostic::error(codes::UNKNOWN_REFERENCE, name.span, message).label("no such lookup");
        checker.unknown(found, nearest(&name.value, names.lookups.keys().map(String::as_str)));
        return None;
    };
    if let Some(why) = &schema.absent {
        let message = format!("lookup `{}` has no rows: {why}", name.value);
        checker.push(Diagnostic::warning(codes::UNKNOWN_REFERENCE, name.span, message).label("finds nothing"));
    }
    Some(schema.clone())
}

/// Files may be named without a definition.
fn is_file(name: &str) -> bool {
    name.get(name.len().saturating_sub(4)..).is_some_and(|ending| ending.eq_ignore_ascii_case(".csv"))
}

/// The lookup of a name, whose rows are read.
pub(crate) fn find_rows(checker: &mut Checker<'_>, name: &Spanned<String>) -> Option<LookupSchema> {
    let schema = find(checker, name)?;
    has_rows(checker, name, &schema).then_some(schema)
}

/// The lookup of a name, whose rows are written: that it has none yet is no wonder.
pub(crate) fn find_target(checker: &mut Checker<'_>, name: &Spanned<String>) -> Option<LookupSchema> {
    let known = checker.names.lookups.get(&name.value);
    if known.is_none() && !is_file(&name.value) {
        return find(checker, name);
    }
    checker.usage.lookups.insert(name.value.clone());
    let schema = known.cloned().unwrap_or_default();
    has_rows(checker, name, &schema).then_some(schema)
}

fn has_rows(checker: &mut Checker<'_>, name: &Spanned<String>, schema: &LookupSchema) -> bool {
    if schema.computed {
        let message = format!("lookup `{}` is computed from each result: it has no rows", name.value);
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, name.span, message));
    }
    !schema.computed
}

impl LookupSchema {
    /// The fields of its rows.
    pub(crate) fn rows(&self) -> Schema {
        match &self.fields {
            Some(fields) if self.absent.is_none() => Schema::closed(fields.clone()),
            // A table that is not there may have more.
            Some(fields) => Schema { open: true, ..Schema::closed(fields.clone()) },
            None => Schema::open(),
        }
    }
}

/// Check that a lookup has a field: Splunk refuses to run the search without it.
pub(crate) fn check_field(checker: &mut Checker<'_>, lookup: &str, schema: &LookupSchema, field: &Field) -> bool {
    if schema.rows().may_have(&field.name) {
        return true;
    }
    let fields = schema.fields.as_deref().unwrap_or_default();
    let message = format!("lookup `{lookup}` has no field `{}`", field.name);
    let found = Diagnostic::error(codes::UNKNOWN_FIELD, field.span, message).label("no such field");
    match nearest(&field.name, fields.iter().map(String::as_str)) {
        Some(near) => checker.unknown(found, Some(near)),
        None => checker.push(found.help(format!("it has: {}", fields.join(", ")))),
    }
    false
}
