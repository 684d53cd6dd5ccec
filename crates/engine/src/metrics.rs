//! Conditions on data points: as those of events, but upper and lower case are told apart, and `=` compares text.
//!
//! Source: Search Reference, "mstats", "WHERE clause" and "Comparison expression options".

use datafusion::common::{Result, not_impl_err};
use datafusion::logical_expr::{Expr, lit, not};
use plan::Predicate;
use spl::ast::{CompareOp, Pattern};

use crate::closure;
use crate::column::{Item, Kind, Output};
use crate::frame::Frame;

/// Keep the data points that satisfy a predicate.
pub(crate) fn filter(frame: Frame, predicate: &Predicate) -> Result<Frame> {
    match predicate {
        Predicate::True => Ok(frame),
        predicate => {
            let condition = lower(&frame, predicate)?;
            frame.filter(condition)
        }
    }
}

fn lower(frame: &Frame, predicate: &Predicate) -> Result<Expr> {
    Ok(match predicate {
        Predicate::True => lit(true),
        Predicate::False => lit(false),
        Predicate::And(terms) => all(frame, terms, lit(true), Expr::and)?,
        Predicate::Or(terms) => all(frame, terms, lit(false), Expr::or)?,
        Predicate::Not(term) => not(lower(frame, term)?),
        Predicate::Compare { field, op, value } => {
            let (op, value) = (*op, value.clone());
            term(frame, field, format!("{op:?} {:?}", value.parts), move |text| compares(text, op, &value))
        }
        Predicate::In { field, values } => {
            let key = values.iter().map(|value| format!("{:?}", value.parts)).collect::<Vec<_>>().join(" ");
            let values = values.clone();
            term(frame, field, format!("in {key}"), move |text| values.iter().any(|value| is_like(text, value)))
        }
        // `*` alone; the check refuses words and subsearches.
        Predicate::Keyword(_) => lit(true),
        Predicate::Term(_) | Predicate::Case(_) => return not_impl_err!("a word over metrics"),
        Predicate::Subsearch(_) => return not_impl_err!("a subsearch over metrics"),
    })
}

fn all(frame: &Frame, terms: &[Predicate], empty: Expr, join: fn(Expr, Expr) -> Expr) -> Result<Expr> {
    let lowered: Result<Vec<Expr>> = terms.iter().map(|term| lower(frame, term)).collect();
    Ok(lowered?.into_iter().reduce(join).unwrap_or(empty))
}

/// True where one of a dimension's values holds; a data point that lacks the dimension satisfies nothing.
fn term(frame: &Frame, field: &str, key: String, holds: impl Fn(&str) -> bool + Send + Sync + 'static) -> Expr {
    if frame.kind(field).is_none() {
        return lit(false);
    }
    closure::call("dimension", key, Kind::Bool, frame.column(field), move |input, rows| {
        let mut output = Output::new(Kind::Bool, rows);
        for row in 0..rows {
            output.push(Item::Bool(input.values(row).iter().any(|value| holds(value))));
        }
        Ok(output.finish())
    })
}

fn compares(text: &str, op: CompareOp, value: &Pattern) -> bool {
    let order = || spl::value::compare_text(text, &value.parts.join("*"));
    match op {
        CompareOp::Equal => is_like(text, value),
        CompareOp::NotEqual => !is_like(text, value),
        CompareOp::Less => order().is_lt(),
        CompareOp::LessOrEqual => order().is_le(),
        CompareOp::Greater => order().is_gt(),
        CompareOp::GreaterOrEqual => order().is_ge(),
    }
}

/// The same text, `*` standing for any.
fn is_like(text: &str, value: &Pattern) -> bool {
    let Some((first, rest)) = value.parts.split_first() else { return text.is_empty() };
    let Some((last, middle)) = rest.split_last() else { return text == first };
    let Some(mut left) = text.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        match left.split_once(part.as_str()) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use spl::ast::{CompareOp, Pattern};

    #[track_caller]
    fn check(text: &str, op: CompareOp, value: &str, expected: bool) {
        let parts = value.split('*').map(str::to_owned).collect();
        let value = Pattern { parts, quoted: false, span: text::Span::default() };
        assert_eq!(super::compares(text, op, &value), expected, "{text} {op:?} {value:?}");
    }

    #[test]
    fn dimensions_are_compared_with_case() {
        use CompareOp::{Equal, GreaterOrEqual, Less, NotEqual};
        check("node1", Equal, "node1", true);
        check("Node1", Equal, "node1", false);
        check("node1", Equal, "n*1", true);
        check("node1", Equal, "*od*", true);
        check("node", Equal, "node*ode", false);
        check("1.0", Equal, "1", false);
        check("1.0", NotEqual, "1", true);
        check("10", Less, "9", false);
        check("10", GreaterOrEqual, "9", true);
        check("b", Less, "a", false);
    }
}
