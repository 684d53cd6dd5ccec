//! `sigfig(X)`

use datafusion::common::{Result, plan_datafusion_err};
use spl::ast::{BinaryOp, Expr, ExprKind};

use super::Function;
use super::form::{Form, uncalled};
use super::support::{number, number_item};
use crate::closure;
use crate::column::{Input, Kind, Output};
use crate::convert::number_of;

pub(super) const SIGFIG: Function = Function {
    name: "sigfig",
    signature: "sigfig(X)",
    summary: "a calculation rounded to the digits that its numbers have: a product to the fewest digits, a sum to the fewest decimals",
    examples: &[
        (r#"sigfig(1.00*1111)"#, r#"1110"#),
        (r#"sigfig(123.0 + 4.567)"#, r#"127.6"#),
        (r#"sigfig(3.990000000000215 * 1.00)"#, r#"3.99"#),
        (r#"sigfig(1.0/3.00)"#, r#"0.33"#),
        (r#"sigfig(v)"#, r#"null"#),
    ],
    kind: number,
    call: uncalled,
};

pub(super) const FORM: Form = Form {
    name: "sigfig",
    lower: |frame, _, _, arguments| {
        let argument = arguments.first().ok_or_else(|| plan_datafusion_err!("`sigfig` has no argument"))?.clone();
        let mut fields: Vec<String> = argument.fields().into_iter().map(|field| field.name).collect();
        fields.dedup();
        let columns = fields.iter().map(|field| frame.column(field)).collect();
        let key = spl::print_expr(&argument);
        let numbers = closure::call_over("sigfig", key, Kind::Number, columns, move |inputs, rows| {
            let mut output = Output::new(Kind::Number, rows);
            for row in 0..rows {
                let field = |name: &str| fields.iter().position(|field| field == name).and_then(|at| inputs.get(at));
                output.push(number_item(measured(&argument, &field, row).map(Measured::rounded)));
            }
            Ok(output.finish()) as Result<_>
        });
        Ok((numbers, Kind::Number))
    },
};

/// A number and the power of ten of its last digit that counts.
#[derive(Debug, Clone, Copy)]
struct Measured {
    number: f64,
    last: i32,
}

impl Measured {
    /// The number that a text writes, with the digits that it has.
    fn read(text: &str) -> Option<Self> {
        let number = number_of(text)?;
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        // A number has at most some hundred decimals.
        let last = power.parse::<i32>().ok()?.checked_sub(i32::try_from(decimals).ok()?)?;
        Some(Self { number, last })
    }

    /// How many digits count.
    fn digits(self) -> i32 {
        first_digit(self.number) - self.last + 1
    }

    fn rounded(self) -> f64 {
        if self.last > 0 {
            let unit = 10_f64.powi(self.last);
            return (self.number / unit).round() * unit;
        }
        let unit = 10_f64.powi(-self.last);
        let rounded = (self.number * unit).round() / unit;
        // So many decimals that the scale is infinite: nothing is rounded away.
        if rounded.is_finite() { rounded } else { self.number }
    }
}

/// The power of ten of a number's first digit; a zero has one digit.
#[expect(clippy::cast_possible_truncation, reason = "a double has powers of ten from -324 to 308")]
fn first_digit(number: f64) -> i32 {
    if number == 0.0 { 0 } else { number.abs().log10().floor() as i32 }
}

/// "For multiplication and division, the result should have the minimum number of significant figures of all of the operands.
/// For addition and subtraction, the result should have the same number of decimal places as the least precise number."
fn measured<'a>(expr: &Expr, field: &dyn Fn(&str) -> Option<&'a Input>, row: usize) -> Option<Measured> {
    match &expr.kind {
        ExprKind::Number(written) => Measured::read(written),
        ExprKind::Field(name) => Measured::read(&field(name)?.text(row)?),
        ExprKind::Negate(inner) => {
            let inner = measured(inner, field, row)?;
            Some(Measured { number: -inner.number, last: inner.last })
        }
        ExprKind::Binary { op, left, right } => {
            let (left, right) = (measured(left, field, row)?, measured(right, field, row)?);
            let number = match op {
                BinaryOp::Add => left.number + right.number,
                BinaryOp::Subtract => left.number - right.number,
                BinaryOp::Multiply => left.number * right.number,
                BinaryOp::Divide if right.number != 0.0 => left.number / right.number,
                _ => return None,
            };
            let last = match op {
                BinaryOp::Add | BinaryOp::Subtract => left.last.max(right.last),
                _ => first_digit(number) + 1 - left.digits().min(right.digits()),
            };
            Some(Measured { number, last })
        }
        _ => None,
    }
}
