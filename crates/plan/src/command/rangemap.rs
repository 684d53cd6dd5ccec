//! `rangemap`: the names of the ranges that a number lies in, as the field `range`.

use diag::{Diagnostic, codes};
use spl::ast::Command;

use super::option::bad_value;
use super::{Spec, words};
use crate::Op;
use crate::checker::Checker;

pub(super) const SPEC: Spec = Spec { name: "rangemap", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let written = words::arguments(checker, command)?;
    words::at_most(checker, command, written, 0)?;
    let (mut field, mut default, mut ranges) = (None, "None".to_owned(), Vec::new());
    for (name, value) in &written.options {
        match name.value.as_str() {
            "field" => {
                checker.reads(&value.value, value.span);
                field = Some(value.value.clone());
            }
            "default" => default.clone_from(&value.value),
            range => match bounds(&value.value) {
                Some((start, end)) => ranges.push((range.to_owned(), start, end)),
                None => bad_value(checker, name, value, "a range of numbers such as `0-30`"),
            },
        }
    }
    let Some(field) = field else {
        let message = "`rangemap` needs the field that holds the number";
        let found = Diagnostic::error(codes::SYNTAX, command.span, message);
        checker.push(found.help("write `field=` and its name"));
        return None;
    };
    checker.schema.add("range");
    Some(Op::Rangemap { field, ranges, default })
}

/// `0-30`, `-10--5`
fn bounds(text: &str) -> Option<(f64, f64)> {
    let dashes = text.match_indices('-').map(|(at, _)| at).filter(|at| *at > 0);
    let numbers = dashes.filter_map(|at| {
        let start = spl::value::parse_number(text.get(..at)?)?;
        Some((start, spl::value::parse_number(text.get(at + 1..)?)?))
    });
    let mut found = numbers.filter(|(start, end)| start <= end);
    found.next()
}

#[cfg(test)]
mod tests {
    use super::bounds;

    #[test]
    fn ranges() {
        assert_eq!(bounds("0-30"), Some((0.0, 30.0)));
        assert_eq!(bounds("-10--5"), Some((-10.0, -5.0)));
        assert_eq!(bounds("-1.5-2"), Some((-1.5, 2.0)));
        assert_eq!(bounds("5"), None);
        assert_eq!(bounds("9-1"), None);
        assert_eq!(bounds("a-b"), None);
    }
}
