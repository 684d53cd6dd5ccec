//! What is known beside the search: the clock, the lookups, and what expressions without fields come to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use fancy_regex::Regex;
use spl::ast::Pattern;
use spl::time::TimeSpan;
use spl::value::Value;

use crate::check::{Check, keyword_expression, like_expression};
use crate::lookups::LookupTable;
use crate::run::Runner;
use crate::term::{Formula, Term};
use crate::to_expr;

/// See the module's documentation.
pub(crate) struct Context<'c> {
    pub(crate) runner: &'c Runner,
    known: RefCell<BTreeMap<String, Value>>,
    /// Expressions compiled once.
    expressions: RefCell<BTreeMap<String, Option<Arc<Regex>>>>,
}

impl<'c> Context<'c> {
    pub(crate) fn new(runner: &'c Runner) -> Self {
        Self { runner, known: RefCell::default(), expressions: RefCell::default() }
    }

    pub(crate) fn names(&self) -> &plan::Names {
        self.runner.names()
    }

    /// `now()` in seconds.
    pub(crate) fn now(&self) -> f64 {
        seconds(self.runner.now)
    }

    /// The time that events have where nothing is asked of it.
    pub(crate) fn base_time(&self) -> f64 {
        // Ten minutes before now: inside every window that a detection is run over.
        self.now() - 600.0
    }

    /// A time modifier in seconds.
    pub(crate) fn resolve(&self, written: &str) -> Option<f64> {
        spl::time::resolve(written, self.runner.now, &spl::time::utc()).map(seconds)
    }

    /// A regular expression; `None` where it does not compile.
    pub(crate) fn expression(&self, pattern: &str) -> Option<Arc<Regex>> {
        if let Some(known) = self.expressions.borrow().get(pattern) {
            return known.clone();
        }
        // What does not compile matches nothing, and the caller says so.
        let compiled = Regex::new(pattern).ok().map(Arc::new);
        self.expressions.borrow_mut().insert(pattern.to_owned(), compiled.clone());
        compiled
    }

    /// A check for a regular expression.
    pub(crate) fn matching(&self, pattern: &str) -> Option<Check> {
        Some(Check::regex(pattern, self.expression(pattern)?))
    }

    /// A check for a pattern of `like`.
    pub(crate) fn like(&self, pattern: &str) -> Option<Check> {
        Some(Check::like(pattern, self.expression(&like_expression(pattern))?))
    }

    /// A check for a word of `_raw`.
    pub(crate) fn keyword(&self, pattern: &Pattern) -> Option<Check> {
        Some(Check::keyword(pattern, self.expression(&keyword_expression(pattern))?))
    }

    /// A lookup.
    pub(crate) fn lookup(&self, name: &str) -> Arc<LookupTable> {
        self.runner.lookup(name)
    }

    /// The columns of a lookup.
    pub(crate) fn columns(&self, name: &str) -> Vec<String> {
        let columns = self.lookup(name).columns.clone();
        if columns.is_empty() {
            return self.names().lookups.get(name).and_then(|schema| schema.fields.clone()).unwrap_or_default();
        }
        columns
    }

    /// Is the formula true or false whatever the fields hold? `None` where that depends.
    pub(crate) fn fold(&self, formula: &Formula) -> Option<bool> {
        match formula {
            Formula::Const(value) => Some(*value),
            Formula::Impossible(_) => Some(false),
            Formula::All(formulas) => self.fold_all(formulas, false),
            Formula::Any(formulas) => self.fold_all(formulas, true),
            Formula::Not(formula) => self.fold(formula).map(|value| !value),
            Formula::Check(term, check) => match self.simplify(term) {
                Term::Value(value) => Some(check.matches_value(&value)),
                _ => None,
            },
            Formula::Truth(term, wanted) => match self.simplify(term) {
                Term::Value(Value::Bool(value)) => Some(value == *wanted),
                Term::Value(_) => Some(false),
                _ => None,
            },
            Formula::Present(term) => match self.simplify(term) {
                Term::Value(value) => Some(!value.is_null()),
                _ => None,
            },
            Formula::Same(left, right) => match (self.simplify(left), self.simplify(right)) {
                (Term::Value(left), Term::Value(right)) => Some(left.to_text() == right.to_text()),
                _ => None,
            },
            Formula::Apart(_) | Formula::Vary(..) => None,
        }
    }

    /// `decides` is the value that one formula decides all with.
    fn fold_all(&self, formulas: &[Formula], decides: bool) -> Option<bool> {
        let mut open = false;
        for formula in formulas {
            match self.fold(formula) {
                Some(value) if value == decides => return Some(decides),
                Some(_) => (),
                None => open = true,
            }
        }
        (!open).then_some(!decides)
    }

    /// The term with everything worked out that needs no field.
    pub(crate) fn simplify(&self, term: &Term) -> Term {
        match term {
            Term::Field(..) | Term::Value(_) | Term::Part(..) => term.clone(),
            Term::Union(terms) => {
                let mut kept: Vec<Term> = terms.iter().map(|term| self.simplify(term)).collect();
                kept.retain(|term| !term.is_null());
                match kept.len() {
                    0 => Term::null(),
                    1 => kept.swap_remove(0),
                    _ => Term::Union(kept),
                }
            }
            Term::Over(over) => {
                #[expect(clippy::cast_precision_loss, reason = "a few thousand rows")]
                if &*over.function == "count" && over.facets.iter().all(|facet| facet.term.is_none()) {
                    return Term::number(over.facets.iter().map(|facet| facet.rows).sum::<usize>() as f64);
                }
                term.clone()
            }
            Term::Call(name, arguments) => {
                let arguments: Vec<Term> = arguments.iter().map(|argument| self.simplify(argument)).collect();
                self.simplify_call(name, arguments)
            }
        }
    }

    fn simplify_call(&self, name: &str, mut arguments: Vec<Term>) -> Term {
        match (name, arguments.as_slice()) {
            ("if", [Term::Value(Value::Bool(true)), then, _]) => return then.clone(),
            ("if", [Term::Value(_), _, other]) => return other.clone(),
            ("isnull", [Term::Value(value)]) => return Term::Value(Value::Bool(value.is_null())),
            ("isnotnull", [Term::Value(value)]) => return Term::Value(Value::Bool(!value.is_null())),
            ("and", [Term::Value(Value::Bool(true)), rest] | [rest, Term::Value(Value::Bool(true))]) => {
                return rest.clone();
            }
            ("or", [Term::Value(Value::Bool(false)), rest] | [rest, Term::Value(Value::Bool(false))]) => {
                return rest.clone();
            }
            ("and", [Term::Value(Value::Bool(false)), _] | [_, Term::Value(Value::Bool(false))]) => {
                return Term::Value(Value::Bool(false));
            }
            ("or", [Term::Value(Value::Bool(true)), _] | [_, Term::Value(Value::Bool(true))]) => {
                return Term::Value(Value::Bool(true));
            }
            _ => (),
        }
        match name {
            "coalesce" => {
                arguments.retain(|argument| !argument.is_null());
                match arguments.first() {
                    None => return Term::null(),
                    Some(first @ Term::Value(_)) => return first.clone(),
                    Some(only) if arguments.len() == 1 => return only.clone(),
                    Some(_) => (),
                }
            }
            "case" => {
                let mut kept = Vec::new();
                for pair in arguments.chunks(2) {
                    match pair {
                        [Term::Value(Value::Bool(true)), value] if kept.is_empty() => return value.clone(),
                        [Term::Value(Value::Bool(true)), _] => {
                            kept.extend(pair.iter().cloned());
                            break;
                        }
                        [Term::Value(_), _] => (),
                        other => kept.extend(other.iter().cloned()),
                    }
                }
                if kept.is_empty() {
                    return Term::null();
                }
                return Term::call(name, kept);
            }
            _ => (),
        }
        let call = Term::call(name, arguments);
        self.evaluate(&call).map_or(call, Term::Value)
    }

    /// The value of a term without fields.
    pub(crate) fn evaluate(&self, term: &Term) -> Option<Value> {
        match term {
            Term::Value(value) => return Some(value.clone()),
            Term::Call(name, arguments) => {
                let values: Option<Vec<&Value>> = arguments
                    .iter()
                    .map(|argument| match argument {
                        Term::Value(value) => Some(value),
                        _ => None,
                    })
                    .collect();
                if let Some(value) = at_hand(name, &values?) {
                    return Some(value);
                }
            }
            _ => return None,
        }
        let expr = to_expr::expr(term)?;
        let key = spl::print_expr(&expr);
        if let Some(value) = self.known.borrow().get(&key) {
            return Some(value.clone());
        }
        let value = self.runner.evaluate(expr)?;
        self.known.borrow_mut().insert(key, value.clone());
        Some(value)
    }
}

/// What is asked for so often that the engine need not be: numbers compared and added, times in buckets.
fn at_hand(name: &str, values: &[&Value]) -> Option<Value> {
    if let ("#bucket", [value, Value::Text(span)]) = (name, values) {
        return Some(value.as_number().and_then(|number| bucket(number, span)).map_or(Value::Null, Value::Number));
    }
    let [Value::Number(left), Value::Number(right)] = values else { return None };
    Some(match name {
        "+" => Value::Number(left + right),
        "-" => Value::Number(left - right),
        "*" => Value::Number(left * right),
        "/" if *right != 0.0 => Value::Number(left / right),
        "=" => Value::Bool(left == right),
        "!=" => Value::Bool(left != right),
        "<" => Value::Bool(left < right),
        "<=" => Value::Bool(left <= right),
        ">" => Value::Bool(left > right),
        ">=" => Value::Bool(left >= right),
        _ => return None,
    })
}

/// The start of the span that a time in seconds lies in.
fn bucket(time: f64, span: &str) -> Option<f64> {
    #[expect(clippy::cast_possible_truncation, reason = "times of our own making")]
    let micros = (time * 1e6).round() as i64;
    TimeSpan::parse(span)?.bucket(micros, &spl::time::utc()).map(seconds)
}

#[expect(clippy::cast_precision_loss, reason = "times of our own making are exact")]
pub(crate) fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}
