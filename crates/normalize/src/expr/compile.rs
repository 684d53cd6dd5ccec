//! From the syntax tree of an expression to [`Op`].

use std::sync::Arc;

use diag::{Diagnostic, codes};
use spl::ast::{BinaryOp, Expr, ExprKind, Spanned};

use super::functions::FUNCTIONS;
use super::{Op, idioms};
use crate::pack::Symbols;
use crate::pattern::Pattern;

/// Boxed, because a diagnostic is much larger than what it stands in for.
pub(crate) type Compiled<T> = Result<T, Box<Diagnostic>>;

/// Compile an expression; problems have spans in the expression's text.
pub(crate) fn compile(expr: &Expr, symbols: &mut Symbols) -> Compiled<Op> {
    Ok(match &expr.kind {
        ExprKind::Field(name) => Op::Field(symbols.intern(name)),
        ExprKind::Text(text) => Op::Text(text.as_str().into()),
        ExprKind::Number(number) => match super::eval::parse_number(number) {
            Some(number) => Op::Number(number),
            None => return Err(bad(expr, format!("`{number}` is not a number"))),
        },
        ExprKind::Bool(value) => Op::Bool(*value),
        ExprKind::Null => Op::Null,
        ExprKind::Not(inner) => Op::Not(Box::new(compile(inner, symbols)?)),
        ExprKind::Negate(inner) => match compile(inner, symbols)? {
            Op::Number(number) => Op::Number(-number),
            inner => Op::Arithmetic(BinaryOp::Subtract, Box::new([Op::Number(0.0), inner])),
        },
        ExprKind::Binary { op, left, right } => binary(expr, *op, compile(left, symbols)?, compile(right, symbols)?)?,
        ExprKind::In { value, list } => is_in(compile(value, symbols)?, compile_all(list, symbols)?),
        ExprKind::Like { value, pattern } => {
            let arguments = vec![compile(value, symbols)?, compile(pattern, symbols)?];
            plain_call(expr, "like", arguments)?
        }
        ExprKind::Call { name, arguments } => call(expr, name, arguments, symbols)?,
    })
}

fn compile_all(list: &[Expr], symbols: &mut Symbols) -> Compiled<Vec<Op>> {
    list.iter().map(|one| compile(one, symbols)).collect()
}

fn bad(expr: &Expr, message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::BAD_PACK, expr.span, message))
}

fn binary(expr: &Expr, op: BinaryOp, left: Op, right: Op) -> Compiled<Op> {
    Ok(match op {
        BinaryOp::And => join(left, right, Op::And),
        BinaryOp::Or => join(left, right, Op::Or),
        BinaryOp::Xor => return Err(bad(expr, "`XOR` is not supported in packs".to_owned())),
        BinaryOp::Concat => join(left, right, Op::Concat),
        BinaryOp::Equal => is_in_one(left, right),
        BinaryOp::NotEqual | BinaryOp::Less | BinaryOp::LessOrEqual | BinaryOp::Greater | BinaryOp::GreaterOrEqual => {
            Op::Compare(op, Box::new([left, right]))
        }
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => {
            Op::Arithmetic(op, Box::new([left, right]))
        }
    })
}

/// `a AND b AND c` as one list, whatever the shape of the tree.
fn join(left: Op, right: Op, make: fn(Vec<Op>) -> Op) -> Op {
    let mut parts = Vec::new();
    for side in [left, right] {
        match (side, make(Vec::new())) {
            (Op::And(inner), Op::And(_)) | (Op::Or(inner), Op::Or(_)) | (Op::Concat(inner), Op::Concat(_)) => {
                parts.extend(inner);
            }
            (side, _) => parts.push(side),
        }
    }
    make(parts)
}

fn is_in_one(left: Op, right: Op) -> Op {
    idioms::is_one_of(&left, std::slice::from_ref(&right))
        .unwrap_or_else(|| Op::Compare(BinaryOp::Equal, Box::new([left, right])))
}

fn is_in(value: Op, list: Vec<Op>) -> Op {
    idioms::is_one_of(&value, &list).unwrap_or_else(|| Op::In(Box::new(value), list))
}

/// `lookup(table, value)`: the table is one of the file's own.
fn lookup(expr: &Expr, arguments: &[Expr], symbols: &mut Symbols) -> Compiled<Op> {
    let [table, value] = arguments else { return Err(wrong_arity(expr, "lookup", (2, 2), arguments.len())) };
    let (ExprKind::Field(name) | ExprKind::Text(name)) = &table.kind else {
        return Err(bad(table, "the first argument names a table under `tables`".to_owned()));
    };
    let Some(rows) = symbols.tables.get(&**name).cloned() else {
        return Err(bad(table, format!("no table `{name}` stands under `tables` of this file")));
    };
    Ok(Op::Lookup(Box::new(compile(value, symbols)?), rows))
}

/// `record(kind, field)`: a field of the records of that kind of the same event.
fn record(expr: &Expr, arguments: &[Expr], symbols: &mut Symbols) -> Compiled<Op> {
    let [kind, field] = arguments else { return Err(wrong_arity(expr, "record", (2, 2), arguments.len())) };
    match (&kind.kind, &field.kind) {
        (ExprKind::Text(kind), ExprKind::Text(field)) => Ok(Op::Field(symbols.intern_record(kind, field))),
        _ => Err(bad(expr, "`record` takes the kind of record and the field's name, both in quotes".to_owned())),
    }
}

/// Functions whose arguments are more than values.
fn call(expr: &Expr, name: &Spanned<String>, arguments: &[Expr], symbols: &mut Symbols) -> Compiled<Op> {
    if name.value == "lookup" {
        return lookup(expr, arguments, symbols);
    }
    if name.value == "record" {
        return record(expr, arguments, symbols);
    }
    let mut ops = compile_all(arguments, symbols)?;
    let count = ops.len();
    let arity = |least: usize, most: usize| {
        if (least..=most).contains(&count) { Ok(()) } else { Err(wrong_arity(expr, &name.value, (least, most), count)) }
    };
    Ok(match &*name.value {
        "null" => arity(0, 0).map(|()| Op::Null)?,
        "true" => arity(0, 0).map(|()| Op::Bool(true))?,
        "false" => arity(0, 0).map(|()| Op::Bool(false))?,
        "coalesce" => arity(1, usize::MAX).map(|()| Op::Coalesce(ops))?,
        "mvappend" => arity(1, usize::MAX).map(|()| Op::Append(ops))?,
        "isnull" => arity(1, 1).map(|()| Op::IsNull(Box::new(ops.swap_remove(0))))?,
        "isnotnull" => arity(1, 1).map(|()| Op::Not(Box::new(Op::IsNull(Box::new(ops.swap_remove(0))))))?,
        "in" => {
            arity(2, usize::MAX)?;
            let list = ops.split_off(1);
            is_in(ops.swap_remove(0), list)
        }
        "if" => {
            arity(3, 3)?;
            let otherwise = ops.pop().unwrap_or(Op::Null);
            branches(ops, otherwise)
        }
        "case" => {
            if count == 0 || count % 2 != 0 {
                return Err(bad(expr, "`case` takes pairs of a condition and a value".to_owned()));
            }
            branches(ops, Op::Null)
        }
        "match" => match (arguments, &*ops) {
            ([_, pattern], [value, op]) => Op::Match(Box::new(value.clone()), regex(pattern, op, symbols)?),
            _ => return Err(wrong_arity(expr, &name.value, (2, 2), count)),
        },
        "mvfind" => match (arguments, &*ops) {
            ([_, pattern], [value, op]) => Op::Find(Box::new(value.clone()), regex(pattern, op, symbols)?),
            _ => return Err(wrong_arity(expr, &name.value, (2, 2), count)),
        },
        "replace" => match (arguments, &*ops) {
            ([_, pattern, _], [value, op, by]) => replace((pattern, op), value, by, symbols)?,
            _ => return Err(wrong_arity(expr, &name.value, (3, 3), count)),
        },
        other => plain_call(expr, other, ops)?,
    })
}

fn branches(ops: Vec<Op>, otherwise: Op) -> Op {
    let mut pairs = Vec::new();
    let mut ops = ops.into_iter();
    while let (Some(condition), Some(value)) = (ops.next(), ops.next()) {
        pairs.push((condition, value));
    }
    Op::Case(pairs, Box::new(otherwise))
}

fn wrong_arity(expr: &Expr, name: &str, (least, most): (usize, usize), count: usize) -> Box<Diagnostic> {
    let wanted = if least == most { least.to_string() } else { format!("{least} to {most}") };
    let s = if wanted == "1" { "" } else { "s" };
    bad(expr, format!("`{name}` takes {wanted} argument{s}, not {count}"))
}

fn plain_call(expr: &Expr, name: &str, ops: Vec<Op>) -> Compiled<Op> {
    let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
        return Err(bad(expr, format!("function `{name}` is not supported in packs")));
    };
    let (least, most) = function.arity;
    if !(least..=most).contains(&ops.len()) {
        return Err(wrong_arity(expr, name, function.arity, ops.len()));
    }
    Ok(idioms::split_part(function, &ops).unwrap_or(Op::Call(function, ops)))
}

/// A constant regular expression.
fn regex(argument: &Expr, op: &Op, symbols: &Symbols) -> Compiled<Arc<Pattern>> {
    let Op::Text(text) = op else {
        return Err(bad(argument, "the regular expression must be text in quotes".to_owned()));
    };
    symbols.pattern(text).map_err(|reason| bad(argument, reason))
}

fn replace((argument, pattern): (&Expr, &Op), value: &Op, by: &Op, symbols: &Symbols) -> Compiled<Op> {
    let regex = regex(argument, pattern, symbols)?;
    let Op::Text(by) = by else {
        return Err(bad(argument, "the replacement must be text in quotes".to_owned()));
    };
    let by = replacement(by);
    Ok(idioms::after_last(value, regex.as_str(), &by)
        .or_else(|| idioms::before_last(value, regex.as_str(), &by))
        .or_else(|| idioms::capture(value, &regex, &by))
        .unwrap_or_else(|| Op::Replace(Box::new(value.clone()), regex, by.into())))
}

/// `\1` of eval becomes `${1}` of crate `regex`; its own `$` is doubled.
fn replacement(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(digit)) if digit.is_ascii_digit() => {
                out.push_str("${");
                out.push(*digit);
                out.push('}');
                characters.next();
            }
            ('$', _) => out.push_str("$$"),
            _ => out.push(character),
        }
    }
    out
}

/// True when a field cannot hold the result.
pub(crate) fn is_condition(op: &Op) -> bool {
    match op {
        Op::Bool(_)
        | Op::Not(_)
        | Op::And(_)
        | Op::Or(_)
        | Op::Compare(..)
        | Op::In(..)
        | Op::IsNull(_)
        | Op::Match(..)
        | Op::IsOneOf(..) => true,
        Op::Call(function, _) => function.is_condition,
        Op::Case(branches, otherwise) => {
            branches.iter().any(|(_, value)| is_condition(value)) || is_condition(otherwise)
        }
        _ => false,
    }
}
