//! What a function's result being so asks of its arguments.

use std::sync::Arc;

use spl::ast::CompareOp;
use spl::value::{Value, parse_number};

use super::{Solver, opposite, turned};
use crate::check::{Check, Kind, order};
use crate::find;
use crate::goal::Conflict;
use crate::term::{Formula, Term};

/// Hours before the usual time that are looked through for a time of the wanted form: nine days.
const HOURS: u32 = 9 * 24;

impl Solver<'_> {
    /// The value satisfies the check.
    pub(super) fn require(&mut self, term: &Term, check: &Check) -> Result<(), Conflict> {
        match term {
            Term::Value(value) if check.matches_value(value) => Ok(()),
            Term::Value(_) => Err(Conflict::new("a value that never is so")),
            Term::Field(..) | Term::Part(..) => match self.var_of(term) {
                Some(var) => self.constrain(var, check),
                None => Ok(()),
            },
            Term::Union(terms) => {
                let ways = terms.iter().map(|term| vec![Formula::Check(term.clone(), check.clone())]);
                self.branch(ways.collect(), "none of the values can be so")
            }
            Term::Over(_) => self.require_lifted(term, check),
            Term::Call(name, arguments) => self.require_call(name, arguments, check),
        }
    }

    /// The check on what the term comes to in each of its branches.
    fn require_lifted(&mut self, term: &Term, check: &Check) -> Result<(), Conflict> {
        match self.lift(term) {
            Some(ways) => {
                let ways = ways.into_iter().map(|(mut way, term)| {
                    way.push(Formula::Check(term, check.clone()));
                    way
                });
                self.branch(ways.collect(), "no branch gives it")
            }
            None => {
                self.deferred.push(Formula::Check(term.clone(), check.clone()));
                Ok(())
            }
        }
    }

    fn require_call(&mut self, name: &str, arguments: &[Term], check: &Check) -> Result<(), Conflict> {
        let call = || Term::call(name, arguments.to_vec());
        match (name, arguments) {
            // What these do to a text that looks as wanted changes nothing about that.
            (
                "lower" | "upper" | "urldecode" | "tostring" | "tonumber" | "round" | "floor" | "ceil" | "ceiling"
                | "abs" | "exact" | "mvdedup" | "mvsort" | "mvjoin" | "trim" | "ltrim" | "rtrim" | "replace" | "split"
                | "#bucket" | "max" | "min" | "nomv",
                [first, ..],
            ) if !(matches!(name, "max" | "min") && arguments.len() > 1) => self.require(first, check),
            ("max" | "min", _) => {
                let all = arguments.iter().map(|term| Formula::Check(term.clone(), check.clone()));
                self.all(all.collect::<Vec<_>>())
            }
            ("len", [text]) => match target(check) {
                Some((op, number)) => self.require(text, &Check::new(Kind::Length(op, number), true)),
                None => self.present(text),
            },
            ("substr", [text, Term::Value(start), rest @ ..]) => {
                let length = rest.first().and_then(|length| match length {
                    Term::Value(length) => length.as_number().map(whole),
                    _ => None,
                });
                let start = start.as_number().map_or(1, |start| start as i64);
                let inner = Check { near: false, ..check.clone() };
                let length = length.and_then(|length| usize::try_from(length).ok());
                self.require(text, &Check::new(Kind::Slice { start, length, check: inner }, true))
            }
            ("mvindex", [list, Term::Value(at), ..]) => {
                let at = at.as_number().map_or(0, whole);
                self.require_at(list, at, check)
            }
            ("mvcount", [list]) => self.require_count(list, check),
            ("mvappend", terms) => self.require(&Term::Union(terms.to_vec()), check),
            ("mvfilter", [condition]) => {
                let field = first_field(condition).ok_or_else(|| Conflict::new("a filter over no field"))?;
                self.push(Formula::Truth(condition.clone(), true));
                self.require(&field, check)
            }
            ("mvmap", [_, result]) => self.require(result, check),
            ("mvzip", [left, right, rest @ ..]) => {
                let delimiter = rest.first().cloned().unwrap_or_else(|| Term::text(","));
                self.concatenated(&[left.clone(), delimiter, right.clone()], check)
            }
            (".", [left, right]) => self.concatenated(&[left.clone(), right.clone()], check),
            ("+", [left, right]) if !(is_number_wanted(check) || is_numeric(left) || is_numeric(right)) => {
                self.concatenated(&[left.clone(), right.clone()], check)
            }
            ("+" | "-" | "*" | "/", [left, right]) => self.require_sum(name, left, right, check),
            ("strftime", [time, Term::Value(format)]) => self.require_formatted(time, format, check),
            ("strptime", [text, Term::Value(format), ..]) => self.require_parsed(text, format, check),
            ("relative_time", [time, Term::Value(modifier)]) => self.require_moved(time, modifier, check),
            ("pow", [base, Term::Value(power)]) => {
                let root = |number: f64| power.as_number().map_or(number, |power| number.powf(1.0 / power));
                self.require_number(base, check, &root)
            }
            ("sqrt", [square]) => self.require_number(square, check, &|number| number * number),
            _ if super::is_condition(name) => {
                let ways = [true, false].into_iter().filter_map(|value| {
                    let text = if value { "True" } else { "False" };
                    check.matches(text).then(|| vec![Formula::Truth(call(), value)])
                });
                self.branch(ways.collect(), "a truth value that is compared with something else")
            }
            _ => self.require_lifted(&call(), check),
        }
    }

    /// A number whose function satisfies the check, found from the number that the check names.
    fn require_number(&mut self, term: &Term, check: &Check, back: &dyn Fn(f64) -> f64) -> Result<(), Conflict> {
        match target(check) {
            Some((op, number)) => self.require(term, &Check::new(Kind::Order(op, back(number)), true)),
            None => self.present(term),
        }
    }

    /// `left OP right` of which one side is known.
    fn require_sum(&mut self, name: &str, left: &Term, right: &Term, check: &Check) -> Result<(), Conflict> {
        let call = Term::call(name, vec![left.clone(), right.clone()]);
        let Some((op, wanted)) = target(check) else {
            self.push(Formula::Present(left.clone()));
            return self.present(right);
        };
        let number = |term: &Term| match term {
            Term::Value(value) => value.as_number(),
            _ => None,
        };
        let (term, op, wanted) = match (number(left), number(right), name) {
            (None, Some(other), "+") => (left, op, wanted - other),
            (Some(other), None, "+") => (right, op, wanted - other),
            (None, Some(other), "-") => (left, op, wanted + other),
            (Some(other), None, "-") => (right, turned(op), other - wanted),
            (None, Some(other), "*") if other > 0.0 => (left, op, wanted / other),
            (Some(other), None, "*") if other > 0.0 => (right, op, wanted / other),
            (None, Some(other), "/") if other > 0.0 => (left, op, wanted * other),
            (Some(other), None, "/") if wanted > 0.0 && other > 0.0 => (right, turned(op), other / wanted),
            _ => return self.require_lifted(&call, check),
        };
        self.require(term, &Check::new(Kind::Order(op, wanted), true))
    }

    /// The value at a place of several.
    pub(super) fn require_at(&mut self, list: &Term, at: i64, check: &Check) -> Result<(), Conflict> {
        match list {
            Term::Call(name, arguments) if &**name == "split" => {
                let [text, Term::Value(delimiter)] = arguments.as_slice() else {
                    return Err(Conflict::new("a text split at what is not known"));
                };
                let delimiter = delimiter.to_text().unwrap_or_default().into_owned();
                self.require(text, &Check::new(Kind::Piece { delimiter, at, check: check.clone() }, true))
            }
            Term::Call(name, arguments)
                if matches!(&**name, "mvdedup" | "mvsort" | "lower" | "upper" | "mvmap" | "mvfilter")
                    && arguments.len() == 1 =>
            {
                let first = arguments.first().cloned().unwrap_or_else(Term::null);
                self.require_at(&first, at, check)
            }
            Term::Call(name, arguments) if &**name == "mvappend" => {
                let at = if at < 0 { at + i64::try_from(arguments.len()).unwrap_or(0) } else { at };
                let term = usize::try_from(at).ok().and_then(|at| arguments.get(at));
                match term {
                    Some(term) => self.require(&term.clone(), check),
                    None => Err(Conflict::new("a value at a place that is not there")),
                }
            }
            Term::Union(terms) => {
                let ways = terms.iter().map(|term| vec![Formula::Check(term.clone(), check.clone())]);
                self.branch(ways.collect(), "none of the values can be so")
            }
            Term::Field(..) => {
                let Some(var) = self.var_of(list) else { return Ok(()) };
                let element = self.element(var, at);
                self.constrain(element, check)
            }
            // A single value is the first and the last.
            Term::Part(..) if matches!(at, 0 | -1) => self.require(list, check),
            Term::Value(Value::Multi(values)) => {
                let at = if at < 0 { at + i64::try_from(values.len()).unwrap_or(0) } else { at };
                let value = usize::try_from(at).ok().and_then(|at| values.get(at)).cloned();
                self.require(&Term::Value(value.unwrap_or(Value::Null)), check)
            }
            Term::Value(_) if matches!(at, 0 | -1) => self.require(list, check),
            Term::Over(_) | Term::Call(..) => {
                let at = i32::try_from(at).unwrap_or(0);
                let call = Term::call("mvindex", vec![list.clone(), Term::number(f64::from(at))]);
                self.require_lifted(&call, check)
            }
            _ => Err(Conflict::new("a value at a place that is not there")),
        }
    }

    /// How many values there are.
    fn require_count(&mut self, list: &Term, check: &Check) -> Result<(), Conflict> {
        match list {
            Term::Call(name, arguments) if &**name == "split" => {
                let ([text, Term::Value(delimiter)], Some((op, number))) = (arguments.as_slice(), target(check)) else {
                    return self.present(list);
                };
                let delimiter = delimiter.to_text().unwrap_or_default().into_owned();
                self.require(text, &Check::new(Kind::Pieces(delimiter, op, number), true))
            }
            Term::Over(over) if matches!(&*over.function, "values" | "list") => {
                let counted = crate::term::Over { function: "dc".into(), ..(**over).clone() };
                self.require(&Term::Over(Arc::new(counted)), check)
            }
            Term::Call(name, arguments) if matches!(&**name, "mvfilter" | "mvdedup" | "mvsort" | "if" | "coalesce") => {
                if let ("mvfilter", [condition]) = (&**name, arguments.as_slice()) {
                    let field = first_field(condition).ok_or_else(|| Conflict::new("a filter over no field"))?;
                    self.push(Formula::Truth(condition.clone(), true));
                    return self.require_count(&field, check);
                }
                self.require_lifted(&Term::call("mvcount", vec![list.clone()]), check)
            }
            Term::Field(..) => {
                let Some(var) = self.var_of(list) else { return Ok(()) };
                let known = self.get(var).and_then(|var| var.count);
                let sizes: Vec<u32> = (1..=300).filter(|size| check.matches(&size.to_string())).take(3).collect();
                if let Some(known) = known {
                    let holds = check.matches(&known.to_string());
                    return if holds { Ok(()) } else { Err(Conflict::new("so many values and so many others")) };
                }
                let at = self.choices.pick(sizes.len());
                let Some(size) = sizes.get(at) else { return Err(Conflict::new("a number of values that cannot be")) };
                self.must_exist(var)?;
                if let Some(var) = self.get_mut(var) {
                    var.count = usize::try_from(*size).ok();
                }
                Ok(())
            }
            _ if check.matches("1") => self.present(list),
            other => self.require_lifted(&Term::call("mvcount", vec![other.clone()]), check),
        }
    }

    /// Texts one behind the other.
    fn concatenated(&mut self, terms: &[Term], check: &Check) -> Result<(), Conflict> {
        let mut parts = Vec::new();
        terms.iter().for_each(|term| flatten(term, &mut parts));
        let fixed = |term: &Term| match term {
            Term::Value(value) => value.to_text().map(|text| text.into_owned()),
            _ => None,
        };
        let open: Vec<usize> =
            (0..parts.len()).filter(|at| parts.get(*at).is_some_and(|part| fixed(part).is_none())).collect();
        let exact = match &*check.kind {
            Kind::Is(value) if check.holds => value.to_text().map(|text| text.into_owned()),
            _ => None,
        };
        if let (Some(text), [only]) = (&exact, open.as_slice()) {
            let before: String = parts.iter().take(*only).filter_map(fixed).collect();
            let after: String = parts.iter().skip(only + 1).filter_map(fixed).collect();
            let middle = text.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            let middle = middle.ok_or_else(|| Conflict::new("a text that does not begin or end so"))?;
            let check = Check::is(Value::text(middle));
            return match parts.get(*only).cloned() {
                Some(part) => self.require(&part, &check),
                None => Ok(()),
            };
        }
        let mut ways = Vec::new();
        for at in &open {
            let mut way: Vec<Formula> = open
                .iter()
                .filter(|other| *other != at)
                .filter_map(|other| parts.get(*other).map(|part| Formula::Present(part.clone())))
                .collect();
            way.extend(parts.get(*at).map(|part| Formula::Check(part.clone(), check.clone())));
            ways.push(way);
        }
        // What is fixed may be enough.
        if parts.iter().filter_map(fixed).any(|text| check.matches(&text)) {
            let all = open.iter().filter_map(|at| parts.get(*at).map(|part| Formula::Present(part.clone())));
            ways.insert(0, all.collect());
        }
        self.branch(ways, "no part of the text can be so")
    }

    /// A time that is written so.
    fn require_formatted(&mut self, time: &Term, format: &Value, check: &Check) -> Result<(), Conflict> {
        let format = format.to_text().unwrap_or_default().into_owned();
        let base = self.context.base_time();
        let mut ways: Vec<Vec<Formula>> = Vec::new();
        for hour in 0..HOURS {
            let seconds = base - f64::from(hour) * 3600.0;
            let written = spl::time::strftime((seconds * 1e6) as i64, &format, &spl::time::utc());
            if written.is_some_and(|written| check.matches(&written)) {
                ways.push(vec![Formula::Check(time.clone(), Check::is(Value::Number(seconds)))]);
            }
        }
        ways.truncate(8);
        self.branch(ways, "a time that is never written so")
    }

    /// A text that is read as such a time.
    pub(super) fn require_parsed(&mut self, text: &Term, format: &Value, check: &Check) -> Result<(), Conflict> {
        let format = format.to_text().unwrap_or_default().into_owned();
        let mut times = find::numbers(std::slice::from_ref(check), 2);
        times.extend(
            [-86_400.0, 86_400.0, -864_000.0, 864_000.0].iter().filter_map(|step| Some(target(check)?.1 + step)),
        );
        times.push(self.context.base_time());
        let utc = spl::time::utc();
        let mut ways = Vec::new();
        for time in times {
            let Some(written) = spl::time::strftime((time * 1e6) as i64, &format, &utc) else { continue };
            let read = spl::time::strptime(&written, &format, (self.context.now() * 1e6) as i64, &utc);
            let read = read.map(crate::context::seconds);
            if read.is_some_and(|read| check.matches(&spl::value::format_number(read))) {
                ways.push(vec![Formula::Check(text.clone(), Check::is(Value::text(written)))]);
            }
        }
        ways.truncate(4);
        self.branch(ways, "a text that is no such time")
    }

    /// A time that is so after a modifier.
    fn require_moved(&mut self, time: &Term, modifier: &Value, check: &Check) -> Result<(), Conflict> {
        let modifier = modifier.to_text().unwrap_or_default().into_owned();
        let utc = spl::time::utc();
        let mut times = vec![self.context.base_time()];
        if let Some((_, wanted)) = target(check) {
            for days in -40..=40 {
                times.push(wanted + f64::from(days) * 86_400.0);
            }
        }
        let fits = |time: &f64| {
            let moved = spl::time::resolve(&modifier, (time * 1e6) as i64, &utc).map(crate::context::seconds);
            moved.is_some_and(|moved| check.matches(&spl::value::format_number(moved)))
        };
        let ways = times.iter().filter(|time| fits(time));
        let ways: Vec<Vec<Formula>> = ways
            .map(|seconds| vec![Formula::Check(time.clone(), Check::is(Value::Number(*seconds)))])
            .take(6)
            .collect();
        self.branch(ways, "a time that is never so after the modifier")
    }
}

/// The first field or part that a term speaks of.
pub(super) fn first_field(term: &Term) -> Option<Term> {
    let mut found = None;
    term.visit(&mut |term| {
        if found.is_none() && matches!(term, Term::Field(..) | Term::Part(..)) {
            found = Some(term.clone());
        }
    });
    found
}

/// Nested concatenations as one list.
fn flatten(term: &Term, parts: &mut Vec<Term>) {
    match term {
        Term::Call(name, arguments) if matches!(&**name, "." | "+") => {
            arguments.iter().for_each(|argument| flatten(argument, parts));
        }
        other => parts.push(other.clone()),
    }
}

/// Does the term look like a number: a constant, or arithmetic?
fn is_numeric(term: &Term) -> bool {
    match term {
        Term::Value(Value::Number(_)) | Term::Over(_) => true,
        Term::Call(name, arguments) => {
            matches!(&**name, "-" | "*" | "/" | "%" | "round" | "abs" | "pow" | "mvcount" | "len")
                || (matches!(&**name, "+" | "if" | "coalesce" | "case") && arguments.iter().any(is_numeric))
        }
        _ => false,
    }
}

fn is_number_wanted(check: &Check) -> bool {
    check.is_numeric()
}

/// The comparison with a number that a check is.
pub(super) fn target(check: &Check) -> Option<(CompareOp, f64)> {
    let (op, number) = match &*check.kind {
        Kind::Order(op, number) => (*op, *number),
        Kind::Is(value) => (CompareOp::Equal, value.as_number()?),
        Kind::Search(op, pattern, _) => (*op, parse_number(&pattern.parts.join("*"))?),
        _ => return None,
    };
    debug_assert!(order(CompareOp::Equal, number, number), "numbers are numbers");
    Some((if check.holds { op } else { opposite(op) }, number))
}

pub(super) fn whole(number: f64) -> i64 {
    number as i64
}
