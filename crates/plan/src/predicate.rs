//! Search terms lowered to a [`Predicate`].

use diag::{Diagnostic, codes};
use spl::ast::{Field, Pattern, Subsearch, Term};
use text::Span;

use crate::checker::Checker;
use crate::{Op, Plan, Predicate, Schema, time_range};

impl Predicate {
    /// Call `see` with the name of each field that is compared, subsearches not entered.
    pub(crate) fn fields<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        match self {
            Self::And(terms) | Self::Or(terms) => terms.iter().for_each(|term| term.fields(see)),
            Self::Not(term) => term.fields(see),
            Self::Compare { field, .. } | Self::In { field, .. } => see(field),
            Self::True | Self::False | Self::Keyword(_) | Self::Term(_) | Self::Case(_) | Self::Subsearch(_) => {}
        }
    }
}

/// What a field name of a term means.
pub(crate) enum Resolved {
    /// This field.
    Field(String),
    /// A field that cannot exist: no comparison with it holds.
    Missing,
}

/// How names are resolved: the results' fields, or a dataset's.
pub(crate) trait Scope {
    /// Resolve a field name, reporting what is wrong with it.
    fn resolve(&mut self, checker: &mut Checker<'_>, field: &Field) -> Resolved;

    /// What a word that is looked for in `_raw` finds here.
    fn raw(&self, checker: &Checker<'_>) -> Raw;
}

/// The text that words are looked for in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Raw {
    /// Is here.
    Here,
    /// Is here no more: no word is found (manual: "Use the search command", words are looked for in `_raw` of events or results).
    Gone,
    /// Is elsewhere, where Weir does not look.
    Elsewhere,
}

/// Lower a term. NOT, OR and AND keep the structure that the parser gave them.
pub(crate) fn lower(checker: &mut Checker<'_>, scope: &mut dyn Scope, term: &Term) -> Predicate {
    match term {
        Term::And(terms) => all(terms.iter().map(|term| lower(checker, scope, term)).collect()),
        Term::Or(terms) => any(terms.iter().map(|term| lower(checker, scope, term)).collect()),
        Term::Not(term, _) => Predicate::Not(Box::new(lower(checker, scope, term))),
        Term::Compare { field, op, value } => match resolve(checker, scope, field) {
            Resolved::Field(field) => Predicate::Compare { field, op: *op, value: value.clone() },
            Resolved::Missing => Predicate::False,
        },
        Term::In { field, values, .. } => match resolve(checker, scope, field) {
            Resolved::Field(field) => Predicate::In { field, values: values.clone() },
            Resolved::Missing => Predicate::False,
        },
        Term::Keyword(pattern) => keyword(checker, scope, pattern),
        Term::Directive { name, value } => match in_raw(checker, scope, name.span) {
            true => directive(&name.value, value),
            false => Predicate::False,
        },
        Term::Subsearch(inner) => subsearch(checker, scope, inner),
    }
}

/// The rows of a subsearch as terms (manual: "About subsearches"). Which fields they name is known where the subsearch ends
/// with known fields; a field `search` or `query` holds terms that only the run shows.
fn subsearch(checker: &mut Checker<'_>, scope: &mut dyn Scope, subsearch: &Subsearch) -> Predicate {
    let nested = checker.nested(subsearch);
    let Some(plan) = nested.plan else { return Predicate::False };
    let (fields, values) = named(&plan, &nested.schema);
    match fields {
        Some(fields) => {
            for name in fields.iter().filter(|name| !name.starts_with('_')) {
                scope.resolve(checker, &Field { name: name.clone(), span: subsearch.span });
            }
        }
        None => checker.needs("*"),
    }
    if values {
        in_raw(checker, scope, subsearch.span);
    }
    Predicate::Subsearch(Box::new(plan))
}

/// The fields that the terms made of a subsearch's rows compare, `None` where only the run shows; and whether there are words
/// without a field among them.
fn named(plan: &Plan, schema: &Schema) -> (Option<Vec<String>>, bool) {
    let (last, before) = match plan.stages.as_slice() {
        [.., before, last] => (last, Some(before)),
        [last] => (last, None),
        [] => return (None, false),
    };
    match &last.op {
        Op::Return { items, .. } => {
            let names = items.iter().filter_map(|(name, _)| name.clone()).collect();
            (Some(names), items.iter().any(|(name, _)| name.is_none()))
        }
        Op::Format(_) => match before.map(|stage| &stage.schema) {
            Some(schema) if is_plain(schema) => (Some(schema.fields.clone()), false),
            _ => (None, false),
        },
        _ if is_plain(schema) => (Some(schema.fields.clone()), false),
        _ => (None, false),
    }
}

fn is_plain(schema: &Schema) -> bool {
    !schema.open && !schema.fields.iter().any(|name| matches!(name.as_str(), "search" | "query"))
}

fn directive(name: &str, value: &Pattern) -> Predicate {
    if name == "CASE" { Predicate::Case(value.clone()) } else { Predicate::Term(value.clone()) }
}

/// Terms lowered without a checker, for terms that are known only when a search runs; `name` gives the field that a name
/// means. What such terms cannot say (a subsearch) matches nothing.
pub fn terms(term: &Term, name: &dyn Fn(&str) -> String) -> Predicate {
    let each = |terms: &[Term]| terms.iter().map(|term| self::terms(term, name)).collect();
    match term {
        Term::And(terms) => all(each(terms)),
        Term::Or(terms) => any(each(terms)),
        Term::Not(term, _) => Predicate::Not(Box::new(self::terms(term, name))),
        Term::Compare { field, op, value } => {
            Predicate::Compare { field: name(&field.name), op: *op, value: value.clone() }
        }
        Term::In { field, values, .. } => Predicate::In { field: name(&field.name), values: values.clone() },
        Term::Keyword(pattern) if pattern.parts.len() > 1 && pattern.parts.iter().all(String::is_empty) => {
            Predicate::True
        }
        Term::Keyword(pattern) => Predicate::Keyword(pattern.clone()),
        Term::Directive { name, value } => directive(&name.value, value),
        Term::Subsearch(_) => Predicate::False,
    }
}

fn resolve(checker: &mut Checker<'_>, scope: &mut dyn Scope, field: &Field) -> Resolved {
    // The tags of an event are those of its event types.
    if field.name == "tag::eventtype" {
        return scope.resolve(checker, &Field { name: "tag".to_owned(), span: field.span });
    }
    if let Some(what) = special(&field.name) {
        let message = format!("{what} `{}` among search terms is not supported", field.name);
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
        return Resolved::Missing;
    }
    scope.resolve(checker, field)
}

/// Names that are no fields: they set the time range, or expand to what is stored elsewhere.
fn special(name: &str) -> Option<&'static str> {
    if time_range::is_modifier(name) {
        return Some("time modifier");
    }
    if matches!(name, "savedsearch" | "hosttag" | "eventtypetag") || name.starts_with("tag::") {
        return Some("search modifier");
    }
    name.contains('*').then_some("field name with a wildcard")
}

/// A bare word. `*` alone is every row (the default of filter macros is `search *`).
fn keyword(checker: &mut Checker<'_>, scope: &dyn Scope, pattern: &Pattern) -> Predicate {
    if !pattern.parts.is_empty() && pattern.parts.len() > 1 && pattern.parts.iter().all(String::is_empty) {
        return Predicate::True;
    }
    if in_raw(checker, scope, pattern.span) { Predicate::Keyword(pattern.clone()) } else { Predicate::False }
}

/// Can a word be found? Reports it where not.
fn in_raw(checker: &mut Checker<'_>, scope: &dyn Scope, span: Span) -> bool {
    match scope.raw(checker) {
        Raw::Here => {
            checker.needs("_raw");
            return true;
        }
        Raw::Gone => {
            let message = "a word without a field name is looked for in `_raw`, which no longer exists here";
            checker.push(Diagnostic::warning(codes::UNKNOWN_FIELD, span, message).label("never found"));
        }
        Raw::Elsewhere => {
            let message = "a word without a field name is looked for in the index's words, which datasets do not keep";
            checker.unsupported(codes::UNSUPPORTED_OPTION, span, message);
        }
    }
    false
}

/// A conjunction without the terms that always hold.
pub(crate) fn all(predicates: Vec<Predicate>) -> Predicate {
    let mut kept: Vec<Predicate> = predicates.into_iter().filter(|predicate| *predicate != Predicate::True).collect();
    match kept.len() {
        0 => Predicate::True,
        1 => kept.swap_remove(0),
        _ => Predicate::And(kept),
    }
}

/// A disjunction without the terms that never hold.
fn any(predicates: Vec<Predicate>) -> Predicate {
    if predicates.contains(&Predicate::True) {
        return Predicate::True;
    }
    let mut kept: Vec<Predicate> = predicates.into_iter().filter(|predicate| *predicate != Predicate::False).collect();
    match kept.len() {
        0 => Predicate::False,
        1 => kept.swap_remove(0),
        _ => Predicate::Or(kept),
    }
}
