//! Expressions and predicates of a plan as terms and formulas over a class of rows.

use std::sync::Arc;

use plan::Predicate;
use spl::ast::{BinaryOp, Expr, ExprKind};
use spl::value::{Value, parse_number};

use crate::check::Check;
use crate::context::Context;
use crate::term::{ClassId, Formula, Term};

/// An eval expression over the rows of a class.
pub(crate) fn term(class: ClassId, expr: &Expr) -> Term {
    let lower = |expr: &Expr| term(class, expr);
    let call = |name: &str, arguments: Vec<Term>| Term::call(name, arguments);
    match &expr.kind {
        ExprKind::Field(name) => Term::Field(class, Arc::from(name.as_str())),
        ExprKind::Text(text) => Term::text(text),
        ExprKind::Number(written) => parse_number(written).map_or_else(|| Term::text(written), Term::number),
        ExprKind::Bool(value) => Term::Value(Value::Bool(*value)),
        ExprKind::Null => Term::null(),
        ExprKind::Call { name, arguments } => call(&name.value.to_lowercase(), arguments.iter().map(lower).collect()),
        ExprKind::Negate(value) => call("-", vec![Term::number(0.0), lower(value)]),
        ExprKind::Not(value) => call("not", vec![lower(value)]),
        ExprKind::Binary { op, left, right } => call(symbol(*op), vec![lower(left), lower(right)]),
        ExprKind::In { value, list } => {
            let arguments = std::iter::once(lower(value)).chain(list.iter().map(lower));
            call("in", arguments.collect())
        }
        ExprKind::Like { value, pattern } => call("like", vec![lower(value), lower(pattern)]),
    }
}

/// The operator's name in a term.
pub(crate) fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "or",
        BinaryOp::Xor => "xor",
        BinaryOp::And => "and",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessOrEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterOrEqual => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Concat => ".",
    }
}

/// The operator of a name that [`symbol`] gives.
pub(crate) fn operator(name: &str) -> Option<BinaryOp> {
    const ALL: [BinaryOp; 15] = [
        BinaryOp::Or,
        BinaryOp::Xor,
        BinaryOp::And,
        BinaryOp::Equal,
        BinaryOp::NotEqual,
        BinaryOp::Less,
        BinaryOp::LessOrEqual,
        BinaryOp::Greater,
        BinaryOp::GreaterOrEqual,
        BinaryOp::Add,
        BinaryOp::Subtract,
        BinaryOp::Multiply,
        BinaryOp::Divide,
        BinaryOp::Modulo,
        BinaryOp::Concat,
    ];
    ALL.into_iter().find(|op| symbol(*op) == name)
}

/// The conditions that must all hold for a predicate to hold.
pub(crate) fn conjuncts(predicate: &Predicate) -> Vec<&Predicate> {
    match predicate {
        Predicate::True => Vec::new(),
        Predicate::And(terms) => terms.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// The conditions that must all hold for an expression to hold.
pub(crate) fn expr_conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Binary { op: BinaryOp::And, left, right } => {
            expr_conjuncts(left).into_iter().chain(expr_conjuncts(right)).collect()
        }
        _ => vec![expr],
    }
}

/// A predicate over the rows of a class. `nested` says what a subsearch comes to.
pub(crate) fn formula(
    context: &Context<'_>,
    class: ClassId,
    predicate: &Predicate,
    nested: &mut dyn FnMut(&plan::Plan) -> Formula,
) -> Formula {
    let field = |name: &str| Term::field(class, name);
    match predicate {
        Predicate::True => Formula::Const(true),
        Predicate::False => Formula::Const(false),
        Predicate::And(terms) => Formula::All(terms.iter().map(|term| formula(context, class, term, nested)).collect()),
        Predicate::Or(terms) => Formula::Any(terms.iter().map(|term| formula(context, class, term, nested)).collect()),
        Predicate::Not(term) => Formula::not(formula(context, class, term, nested)),
        Predicate::Compare { field: name, op, value } => Formula::Check(field(name), Check::search(*op, value)),
        Predicate::In { field: name, values } => Formula::Check(field(name), Check::among(values)),
        Predicate::Keyword(pattern) => match context.keyword(pattern) {
            Some(check) => Formula::Check(field("_raw"), check),
            None => Formula::Impossible("a word that cannot be looked for".to_owned()),
        },
        // One word between blanks is found by all three.
        Predicate::Term(pattern) | Predicate::Case(pattern) => match context.keyword(pattern) {
            Some(check) => Formula::Check(field("_raw"), check),
            None => Formula::Impossible("a word that cannot be looked for".to_owned()),
        },
        Predicate::Subsearch(plan) => nested(plan),
    }
}

/// A predicate as people write it.
pub(crate) fn describe(predicate: &Predicate) -> String {
    let all = |terms: &[Predicate], between: &str| {
        let terms: Vec<String> = terms.iter().map(describe).collect();
        format!("({})", terms.join(between))
    };
    let value = |pattern: &spl::ast::Pattern| format!("\"{}\"", pattern.parts.join("*"));
    match predicate {
        Predicate::True => "*".to_owned(),
        Predicate::False => "NOT *".to_owned(),
        Predicate::And(terms) => all(terms, " "),
        Predicate::Or(terms) => all(terms, " OR "),
        Predicate::Not(term) => format!("NOT {}", describe(term)),
        Predicate::Compare { field, op, value: pattern } => {
            let op = match op {
                spl::ast::CompareOp::Equal => "=",
                spl::ast::CompareOp::NotEqual => "!=",
                spl::ast::CompareOp::Less => "<",
                spl::ast::CompareOp::LessOrEqual => "<=",
                spl::ast::CompareOp::Greater => ">",
                spl::ast::CompareOp::GreaterOrEqual => ">=",
            };
            format!("{field}{op}{}", value(pattern))
        }
        Predicate::In { field, values } => {
            format!("{field} IN ({})", values.iter().map(value).collect::<Vec<_>>().join(", "))
        }
        Predicate::Keyword(pattern) => value(pattern),
        Predicate::Term(pattern) => format!("TERM({})", pattern.parts.join("*")),
        Predicate::Case(pattern) => format!("CASE({})", pattern.parts.join("*")),
        Predicate::Subsearch(_) => "[ subsearch ]".to_owned(),
    }
}
