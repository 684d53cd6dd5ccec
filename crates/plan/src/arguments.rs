//! Arguments that are written out and that the function could never take.

use diag::{Diagnostic, codes};
use spl::ast::{BinaryOp, CommandKind, Expr, ExprKind, Term};
use spl::function::Eval;
use text::Span;

use crate::checker::Checker;
use crate::typing::{self, Static};

/// Report what is wrong with the arguments of a call, before their names are resolved.
pub(crate) fn check(checker: &mut Checker<'_>, function: &Eval, arguments: &[Expr], span: Span) {
    for (at, argument) in arguments.iter().enumerate() {
        let problem = match &argument.kind {
            ExprKind::Text(text) => text_problem(function.name, at, text, arguments),
            ExprKind::Negate(_) if function.name == "round" && at == 1 => {
                Some("`round` takes no number of decimals below 0".to_owned())
            }
            _ => None,
        };
        if let Some(problem) = problem {
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, argument.span, problem));
        }
    }
    conditions(checker, function.name, arguments);
    match function.name {
        "mvfilter" => one_field(checker, arguments, span),
        "mvmap" => bound_field(checker, arguments),
        "searchmatch" => search_terms(checker, arguments),
        "sigfig" => calculation(checker, arguments),
        "json_set_exact" if arguments.len() > 3 => {
            // The manual says no more than that "the function outputs an array".
            let message = "`json_set_exact` with several keys is not supported";
            checker.unsupported(codes::UNSUPPORTED_OPTION, span, message);
        }
        _ => {}
    }
}

fn text_problem(function: &str, at: usize, text: &str, arguments: &[Expr]) -> Option<String> {
    match (function, at) {
        ("match" | "replace" | "mvfind", 1) => crate::pattern::regex_problem(text),
        ("tostring", 1) => (!matches!(text, "binary" | "commas" | "duration" | "hex")).then(|| {
            format!("`tostring` knows the formats \"hex\", \"commas\", \"duration\" and \"binary\", not \"{text}\"")
        }),
        ("tonumber", 0) if arguments.len() == 1 && spl::value::parse_number(text).is_none() => {
            Some(format!("\"{text}\" is no number"))
        }
        ("avg" | "sum", _) => Some(format!("`{function}` takes numbers and fields, not text")),
        ("spath", 1) if spl::path::steps(text).is_none() => Some(format!("\"{text}\" is no path")),
        ("ipmask", 0) if text.parse::<std::net::Ipv4Addr>().is_err() => Some(format!("\"{text}\" is no IPv4 address")),
        ("printf", 0) => match spl::printf::Format::parse(text) {
            Err(problem) => Some(problem),
            Ok(format) if format.arguments() >= arguments.len() => {
                let (wanted, found) = (format.arguments(), arguments.len().saturating_sub(1));
                Some(format!("this format takes {wanted} arguments, found {found}"))
            }
            Ok(_) => None,
        },
        _ => None,
    }
}

/// The arguments that must be conditions.
fn conditions(checker: &mut Checker<'_>, function: &str, arguments: &[Expr]) {
    match function {
        "if" | "mvfilter" => arguments.iter().take(1).for_each(|argument| condition(checker, argument)),
        "case" | "validate" => arguments.iter().step_by(2).for_each(|argument| condition(checker, argument)),
        _ => {}
    }
}

/// Report an expression that is used as a condition and can be none.
pub(crate) fn condition(checker: &mut Checker<'_>, expr: &Expr) {
    let what = match typing::kind(expr) {
        Static::Truth => return,
        Static::Any => {
            if let ExprKind::Call { name, .. } = &expr.kind
                && matches!(name.value.as_str(), "json_extract" | "json_extract_exact")
            {
                // Weir's fields have no truth values, so `true` of a JSON text would be text.
                let message = format!("the value of `{}` as a condition is not supported", name.value);
                checker.unsupported(codes::UNSUPPORTED_OPTION, expr.span, message);
            }
            return;
        }
        Static::Number => "a number",
        Static::Text => "text",
        Static::Values => "a list of values",
    };
    let found = Diagnostic::error(codes::BAD_ARGUMENT, expr.span, format!("a condition is needed here, not {what}"));
    checker.push(found.help("compare it with something"));
}

/// "The Boolean expression can reference ONLY ONE field at a time."
fn one_field(checker: &mut Checker<'_>, arguments: &[Expr], span: Span) {
    let fields = arguments.first().map(distinct_fields).unwrap_or_default();
    if fields.len() == 1 {
        return;
    }
    let found = if fields.is_empty() { "none".to_owned() } else { format!("`{}`", fields.join("`, `")) };
    let message = format!("`mvfilter` filters the values of one field, this expression reads {found}");
    checker.push(Diagnostic::error(codes::BAD_ARGUMENT, span, message));
}

/// The expression of `mvmap` is computed for each value of a field. The manual's examples have that field, or a function of it,
/// as the first argument.
fn bound_field(checker: &mut Checker<'_>, arguments: &[Expr]) {
    let Some(first) = arguments.first() else { return };
    if lambda_field("mvmap", arguments).is_none() {
        let message = "`mvmap` over what is not one field or a function of one is not supported";
        checker.unsupported(codes::UNSUPPORTED_OPTION, first.span, message);
    }
}

/// The field whose values `mvfilter` and `mvmap` go through.
pub fn lambda_field(function: &str, arguments: &[Expr]) -> Option<String> {
    if !matches!(function, "mvfilter" | "mvmap") {
        return None;
    }
    match distinct_fields(arguments.first()?).as_mut_slice() {
        [field] => Some(std::mem::take(field)),
        _ => None,
    }
}

fn distinct_fields(expr: &Expr) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for field in expr.fields() {
        if !fields.contains(&field.name) {
            fields.push(field.name);
        }
    }
    fields
}

/// The terms of `searchmatch`, which are text written out.
pub fn searchmatch_terms(text: &str) -> Option<Option<Term>> {
    let parsed = spl::parse(text);
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    match parsed.pipeline.commands.as_slice() {
        [] => Some(None),
        [command] => match &command.kind {
            CommandKind::Search(term) => Some(term.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn search_terms(checker: &mut Checker<'_>, arguments: &[Expr]) {
    let Some(argument) = arguments.first() else { return };
    let ExprKind::Text(text) = &argument.kind else {
        let message = "`searchmatch` of what is not written out is not supported";
        checker.unsupported(codes::UNSUPPORTED_FUNCTION, argument.span, message);
        return;
    };
    // Blanks in front, so that what is found points at its place in the search.
    let start = usize::try_from(argument.span.start).unwrap_or_default() + 1;
    match searchmatch_terms(&format!("{}{text}", " ".repeat(start))) {
        None => {
            let message = "`searchmatch` takes search terms, and these cannot be read";
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, argument.span, message));
        }
        Some(None) => {}
        Some(Some(term)) if has_subsearch(&term) => {
            let message = "a subsearch among the terms of `searchmatch` is not supported";
            checker.unsupported(codes::UNSUPPORTED_FUNCTION, argument.span, message);
        }
        Some(Some(term)) => {
            crate::predicate::lower(checker, &mut crate::command::Results, &term);
        }
    }
}

fn has_subsearch(term: &Term) -> bool {
    match term {
        Term::And(terms) | Term::Or(terms) => terms.iter().any(has_subsearch),
        Term::Not(term, _) => has_subsearch(term),
        Term::Subsearch(_) => true,
        _ => false,
    }
}

/// `sigfig` goes by how many digits the numbers of a calculation have.
fn calculation(checker: &mut Checker<'_>, arguments: &[Expr]) {
    let Some(argument) = arguments.first() else { return };
    if !is_calculation(argument) {
        let message = "`sigfig` of what is not a calculation with numbers and fields is not supported";
        checker.unsupported(codes::UNSUPPORTED_FUNCTION, argument.span, message);
    }
}

fn is_calculation(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Field(_) => true,
        ExprKind::Negate(inner) => is_calculation(inner),
        ExprKind::Binary {
            op: BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide,
            left,
            right,
        } => is_calculation(left) && is_calculation(right),
        _ => false,
    }
}

/// "The plus operator accepts two numbers for addition, or two strings for concatenation."
pub(crate) fn sum(checker: &mut Checker<'_>, left: &Expr, right: &Expr, span: Span) {
    let mixed = matches!(
        (typing::kind(left), typing::kind(right)),
        (Static::Text, Static::Number) | (Static::Number, Static::Text)
    );
    if mixed {
        let message = "`+` adds two numbers or joins two texts, and this is one of each";
        let found = Diagnostic::error(codes::BAD_ARGUMENT, span, message);
        checker.push(found.help("`.` joins numbers and texts"));
    }
}
