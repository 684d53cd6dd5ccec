//! Search terms lowered to a [`Predicate`].

use diag::codes;
use spl::ast::{Field, Pattern, Term};

use crate::Predicate;
use crate::checker::Checker;

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

    /// Can a word be looked for in `_raw` here?
    fn has_raw(&self, checker: &Checker<'_>) -> bool;
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
        Term::Directive { name, .. } => {
            let message = format!("`{}()` is not supported", name.value);
            checker.unsupported(codes::UNSUPPORTED_OPTION, name.span, message);
            Predicate::False
        }
        Term::Subsearch(subsearch) => {
            let message = "a subsearch among search terms is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, subsearch.span, message);
            checker.subsearch(subsearch);
            Predicate::False
        }
    }
}

/// Terms lowered without a checker, for terms that are known only when a search runs; `name` gives the field that a name
/// means. What such terms cannot say (a subsearch, `TERM()`) matches nothing.
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
        Term::Directive { .. } | Term::Subsearch(_) => Predicate::False,
    }
}

fn resolve(checker: &mut Checker<'_>, scope: &mut dyn Scope, field: &Field) -> Resolved {
    if let Some(what) = special(&field.name) {
        let message = format!("{what} `{}` among search terms is not supported", field.name);
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
        return Resolved::Missing;
    }
    scope.resolve(checker, field)
}

/// Names that are no fields: they set the time range, or expand to what is stored elsewhere.
fn special(name: &str) -> Option<&'static str> {
    let time = [
        "earliest",
        "latest",
        "_index_earliest",
        "_index_latest",
        "starttime",
        "endtime",
        "startdaysago",
        "enddaysago",
        "starthoursago",
        "endhoursago",
        "startminutesago",
        "endminutesago",
        "startmonthsago",
        "endmonthsago",
        "starttimeu",
        "endtimeu",
        "daysago",
        "hoursago",
        "minutesago",
        "monthsago",
        "searchtimespandays",
        "searchtimespanhours",
        "searchtimespanminutes",
        "searchtimespanmonths",
        "timeformat",
    ];
    if time.contains(&name) {
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
    if !scope.has_raw(checker) {
        let message = "a word without a field name is looked for in `_raw`, which no longer exists here";
        checker.unsupported(codes::UNSUPPORTED_OPTION, pattern.span, message);
        return Predicate::False;
    }
    checker.needs("_raw");
    Predicate::Keyword(pattern.clone())
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
