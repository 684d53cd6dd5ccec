//! Eval expressions as DataFusion expressions.

use datafusion::common::{Result, ScalarValue, plan_datafusion_err};
use datafusion::logical_expr::{Expr, lit, not};
use spl::ast::{BinaryOp, Expr as Spl, ExprKind};

use crate::column::Kind;
use crate::convert::number_of;
use crate::frame::{Frame, null};
use crate::function::{self, SearchContext};

/// An expression and the kind of its value.
pub(crate) type Typed = (Expr, Kind);

/// Lower an eval expression over the columns of a frame.
pub(crate) fn lower(frame: &Frame, context: &SearchContext, expr: &Spl) -> Result<Typed> {
    let lowered = |expr: &Spl| lower(frame, context, expr);
    Ok(match &expr.kind {
        ExprKind::Field(name) => (frame.column(name), frame.kind(name).unwrap_or(Kind::Null)),
        ExprKind::Text(text) => (lit(text.as_str()), Kind::Text),
        ExprKind::Number(written) => {
            let number = number_of(written).ok_or_else(|| plan_datafusion_err!("`{written}` is no number"))?;
            (lit(number), Kind::Number)
        }
        ExprKind::Bool(value) => (lit(*value), Kind::Bool),
        ExprKind::Null => (null(), Kind::Null),
        ExprKind::Call { name, arguments } => match function::form::find(&name.value) {
            Some(form) => (form.lower)(frame, context, expr, arguments)?,
            None => call_written(context, &name.value, lower_all(frame, context, arguments)?, written(arguments))?,
        },
        ExprKind::Negate(value) => call(context, "-", vec![(lit(0.0), Kind::Number), lowered(value)?])?,
        ExprKind::Not(value) => (not(truth(lowered(value)?)), Kind::Bool),
        ExprKind::Binary { op: BinaryOp::And, left, right } => {
            (truth(lowered(left)?).and(truth(lowered(right)?)), Kind::Bool)
        }
        ExprKind::Binary { op: BinaryOp::Or, left, right } => {
            (truth(lowered(left)?).or(truth(lowered(right)?)), Kind::Bool)
        }
        ExprKind::Binary { op: BinaryOp::Add, left, right } => {
            call(context, sum(left, right), vec![lowered(left)?, lowered(right)?])?
        }
        ExprKind::Binary { op, left, right } => call(context, symbol(*op), vec![lowered(left)?, lowered(right)?])?,
        ExprKind::In { value, list } => {
            let mut arguments = vec![lowered(value)?];
            arguments.extend(lower_all(frame, context, list)?);
            call(context, "in", arguments)?
        }
        ExprKind::Like { value, pattern } => call(context, "like", vec![lowered(value)?, lowered(pattern)?])?,
    })
}

/// A truth value: what is none counts as null.
pub(crate) fn truth((expr, kind): Typed) -> Expr {
    if kind == Kind::Bool { expr } else { lit(ScalarValue::Boolean(None)) }
}

fn lower_all(frame: &Frame, context: &SearchContext, exprs: &[Spl]) -> Result<Vec<Typed>> {
    exprs.iter().map(|expr| lower(frame, context, expr)).collect()
}

fn call(context: &SearchContext, name: &str, arguments: Vec<Typed>) -> Result<Typed> {
    call_written(context, name, arguments, 0)
}

fn call_written(
    context: &SearchContext,
    name: &str,
    arguments: Vec<Typed>,
    written: function::Written,
) -> Result<Typed> {
    let function = function::find(name).ok_or_else(|| plan_datafusion_err!("unknown function `{name}`"))?;
    let (exprs, kinds): (Vec<Expr>, Vec<Kind>) = arguments.into_iter().unzip();
    let kind = (function.kind)(&kinds);
    Ok((function::udf(function, context, written).call(exprs), kind))
}

/// Which arguments are text that is written out.
fn written(arguments: &[Spl]) -> function::Written {
    let bits = arguments.iter().take(64).enumerate();
    bits.filter(|(_, argument)| matches!(argument.kind, ExprKind::Text(_))).fold(0, |all, (at, _)| all | 1 << at)
}

/// What `+` does: text that is written out or made is joined to, a number is added to, and of fields their values decide.
fn sum(left: &Spl, right: &Spl) -> &'static str {
    match (plan::static_kind(left), plan::static_kind(right)) {
        (plan::Static::Text, _) | (_, plan::Static::Text) => symbol(BinaryOp::Concat),
        (plan::Static::Number, _) | (_, plan::Static::Number) => "+ of numbers",
        _ => symbol(BinaryOp::Add),
    }
}

fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "OR",
        BinaryOp::Xor => "XOR",
        BinaryOp::And => "AND",
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
