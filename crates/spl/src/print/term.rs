//! Search terms as text.

use super::push_text;
use crate::ast::{CompareOp, Pattern, Pipeline, Term};
use crate::command::CLAUSES;
use crate::parse::{is_bare_keyword, is_bare_term_field, is_bare_value};

/// Write a search term. AND is written as a blank; parentheses stand where the tree needs them.
pub fn print_term(term: &Term) -> String {
    let mut out = String::new();
    push_term(term, Place::Top, &mut out);
    out
}

/// [`print_term`] for the WHERE of `tstats`, which the words `by`, `from` and `where` end.
pub(crate) fn print_filter(term: &Term) -> String {
    let mut out = String::new();
    push_term(term, Place::Clause, &mut out);
    out
}

/// What a term stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Clause,
    Inner,
}

fn push_term(term: &Term, place: Place, out: &mut String) {
    // OR binds tighter than AND: in an AND it needs no parentheses, but people read it the other way round.
    let joined = matches!(term, Term::And(_) | Term::Or(_));
    // A word to look for that would read as more than that, in the place that it has.
    let word = matches!(term, Term::Keyword(pattern) if !pattern.quoted && ends_terms(&pattern.parts.join("*")));
    let grouped = (joined && place == Place::Inner) || (word && place != Place::Top);
    if grouped {
        out.push('(');
    }
    push_bare_term(term, out);
    if grouped {
        out.push(')');
    }
}

/// `IN` before a group is the operator; the others end the terms of `tstats`.
fn ends_terms(word: &str) -> bool {
    word == "IN" || CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause))
}

fn push_bare_term(term: &Term, out: &mut String) {
    match term {
        Term::And(terms) => push_joined(terms, " ", out),
        Term::Or(terms) => push_joined(terms, " OR ", out),
        Term::Not(term, _) => {
            out.push_str("NOT ");
            push_term(term, Place::Inner, out);
        }
        Term::Compare { field, op, value } => {
            push_name(&field.name, out);
            out.push_str(sign(*op));
            // `a= =b` must not become `a==b`.
            if !value.quoted && value.parts.first().is_some_and(|part| part.starts_with('=')) {
                out.push(' ');
            }
            push_pattern(value, false, out);
        }
        Term::In { field, values, .. } => {
            push_name(&field.name, out);
            out.push_str(" IN (");
            for (at, value) in values.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                push_pattern(value, true, out);
            }
            out.push(')');
        }
        Term::Keyword(pattern) => push_keyword(pattern, out),
        Term::Directive { name, value } => {
            out.push_str(&name.value);
            out.push('(');
            if value.quoted {
                push_text(&value.parts.join("*"), out)
            } else {
                out.push_str(&value.parts.join("*"))
            }
            out.push(')');
        }
        Term::Subsearch(subsearch) => push_subsearch(&subsearch.pipeline, out),
    }
}

fn push_joined(terms: &[Term], separator: &str, out: &mut String) {
    for (at, term) in terms.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { separator });
        push_term(term, Place::Inner, out);
    }
}

/// `[pipeline]`
pub(crate) fn push_subsearch(pipeline: &Pipeline, out: &mut String) {
    out.push('[');
    out.push_str(&super::print(pipeline));
    out.push(']');
}

fn push_name(name: &str, out: &mut String) {
    if is_bare_term_field(name) && !ends_terms(name) { out.push_str(name) } else { push_text(name, out) }
}

fn push_pattern(pattern: &Pattern, in_list: bool, out: &mut String) {
    let written = escaped(pattern);
    let plain = !pattern.quoted && is_bare_value(&written, pattern, in_list);
    if plain { out.push_str(&written) } else { push_text(&pattern.parts.join("*"), out) }
}

fn push_keyword(pattern: &Pattern, out: &mut String) {
    let written = escaped(pattern);
    let plain = !pattern.quoted && is_bare_keyword(&written, pattern);
    if plain { out.push_str(&written) } else { push_text(&pattern.parts.join("*"), out) }
}

fn escaped(pattern: &Pattern) -> String {
    pattern.parts.join("*").replace('\\', "\\\\").replace('"', "\\\"")
}

fn sign(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "!=",
        CompareOp::Less => "<",
        CompareOp::LessOrEqual => "<=",
        CompareOp::Greater => ">",
        CompareOp::GreaterOrEqual => ">=",
    }
}
