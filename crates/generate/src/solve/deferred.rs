//! Conditions on several fields at once: all but one are settled, and the condition is then on that one.

use spl::value::Value;

use super::vars::{VarId, VarKey};
use super::{Solver, is_branching};
use crate::check::{Check, Kind};
use crate::find;
use crate::goal::Conflict;
use crate::term::{Formula, Term};

impl Solver<'_> {
    /// Go on with a condition that could not be taken apart.
    pub(super) fn undefer(&mut self, formula: Formula) -> Result<(), Conflict> {
        let bound = self.bound_formula(&formula);
        match self.context.fold(&bound) {
            Some(true) => return Ok(()),
            Some(false) => return Err(Conflict::new("values that do not go together")),
            None => (),
        }
        let mut open: Vec<(VarId, Term)> = Vec::new();
        let mut terms = Vec::new();
        bound.visit(&mut |term| {
            if matches!(term, Term::Field(..) | Term::Part(..)) {
                terms.push(term.clone());
            }
        });
        // What a part is taken out of is not asked for by itself.
        let inner: Vec<Term> = terms.iter().flat_map(inputs).collect();
        for term in terms.into_iter().filter(|term| !inner.contains(term)) {
            if let Some(var) = self.var_of(&term)
                && !open.iter().any(|(known, _)| *known == var)
            {
                open.push((var, term));
            }
        }
        if is_ordering(&bound) {
            for (var, _) in &open {
                self.constrain(*var, &Check::new(Kind::Order(spl::ast::CompareOp::GreaterOrEqual, 0.0), true))?;
            }
        }
        match open.as_slice() {
            [] => Err(Conflict::new("what cannot be worked out without the engine")),
            [(var, _)] => {
                if is_direct(&bound) {
                    self.push(bound);
                    let waiting = self.deferred.len();
                    self.work()?;
                    if self.deferred.len() <= waiting {
                        return Ok(());
                    }
                    // It came back as it was.
                    self.deferred.truncate(waiting);
                }
                self.try_values(*var, &formula)
            }
            _ => {
                let kept = self.choices.pick(open.len());
                let settled = open.iter().enumerate().rev().find(|(at, _)| *at != kept).map(|(_, (var, _))| *var);
                if let Some(var) = settled {
                    self.fix(var)?;
                }
                self.deferred.push(formula);
                Ok(())
            }
        }
    }

    fn bound_formula(&self, formula: &Formula) -> Formula {
        match formula {
            Formula::Truth(term, value) => Formula::Truth(self.bound(term), *value),
            Formula::Check(term, check) => Formula::Check(self.bound(term), check.clone()),
            Formula::Same(left, right) => Formula::Same(self.bound(left), self.bound(right)),
            Formula::Present(term) => Formula::Present(self.bound(term)),
            other => other.clone(),
        }
    }

    /// Give the variable a value that fits.
    pub(super) fn fix(&mut self, id: VarId) -> Result<Value, Conflict> {
        let values = self.values_for(id, 3);
        let at = self.choices.pick(values.len());
        let name = self.get(id).map(|var| var.name.clone()).unwrap_or_default();
        let value = values.get(at).cloned().ok_or_else(|| Conflict::new(format!("no value does for `{name}`")))?;
        if let Some(var) = self.get_mut(id) {
            if !var.vary.is_empty() {
                return Err(Conflict::new(format!("`{name}` would need to differ and to be the same")));
            }
            var.present = true;
            var.fixed = Some(value.clone());
        }
        Ok(value)
    }

    /// Some values that the variable may have.
    pub(super) fn values_for(&self, id: VarId, count: usize) -> Vec<Value> {
        let Some(var) = self.get(id) else { return Vec::new() };
        if let Some(value) = &var.fixed {
            return vec![value.clone()];
        }
        if var.absent {
            return vec![Value::Null];
        }
        if &*var.name == "_time" {
            return self.times_for(id, count);
        }
        let passed = var.offset;
        let texts = find::texts(&var.checks, passed + count, &|at| crate::plain::text(&var.name, at));
        let skipped = if texts.len() > passed { passed } else { 0 };
        texts.into_iter().skip(skipped).map(Value::text).collect()
    }

    /// Times that satisfy what is asked of a time, the usual one first.
    pub(super) fn times_for(&self, id: VarId, count: usize) -> Vec<Value> {
        let Some(var) = self.get(id) else { return Vec::new() };
        let base = self.context.base_time();
        let mut times = vec![base];
        times.extend(find::numbers(&var.checks, count));
        #[expect(clippy::cast_precision_loss, reason = "few rows")]
        times.extend((0..count + var.offset + 2).map(|at| base - at as f64 * var.step));
        let fits = |time: &f64| {
            let written = spl::value::format_number(*time);
            *time > 0.0 && var.checks.iter().all(|check| check.matches(&written))
        };
        let mut kept: Vec<f64> = Vec::new();
        for time in times.into_iter().filter(fits) {
            if !kept.contains(&time) {
                kept.push(time);
            }
        }
        kept.into_iter().take(count.max(1)).map(Value::Number).collect()
    }

    /// Try one value after the other for a variable that the condition cannot be turned into a check of.
    fn try_values(&mut self, id: VarId, formula: &Formula) -> Result<(), Conflict> {
        let before = self.get(id).and_then(|var| var.fixed.clone());
        let mut candidates = self.values_for(id, 24);
        let constants: Vec<f64> = self.numbers.clone();
        let fits = |value: &Value, solver: &Self| {
            solver.get(id).is_some_and(|var| var.checks.iter().all(|check| check.matches_value(value)))
        };
        candidates
            .extend(constants.iter().flat_map(|number| [*number, number + 1.0, number * 10.0]).map(Value::Number));
        candidates.retain(|value| fits(value, self));
        let mut good = Vec::new();
        for value in candidates {
            if let Some(var) = self.get_mut(id) {
                var.fixed = Some(value.clone());
            }
            let bound = self.bound_formula(formula);
            if self.context.fold(&bound) == Some(true) {
                good.push(value);
            }
            if good.len() >= 4 {
                break;
            }
        }
        if let Some(var) = self.get_mut(id) {
            var.fixed = before;
        }
        let at = self.choices.pick(good.len());
        let name = self.get(id).map(|var| var.name.clone()).unwrap_or_default();
        let value = good.get(at).cloned().ok_or_else(|| {
            Conflict::new(format!(
                "no value of `{name}` was found for a condition that is not undone ({})",
                shown(formula)
            ))
        })?;
        if let Some(var) = self.get_mut(id) {
            var.present = true;
            var.fixed = Some(value);
        }
        Ok(())
    }

    /// The value of a term whose fields are all settled now.
    pub(super) fn settled_value(&mut self, term: &Term) -> Result<Value, Conflict> {
        for _ in 0..64 {
            let bound = self.bound(term);
            if let Some(value) = self.context.evaluate(&bound) {
                return Ok(value);
            }
            let mut open = None;
            bound.visit(&mut |term| {
                if open.is_none() && matches!(term, Term::Field(..) | Term::Part(..)) {
                    open = Some(term.clone());
                }
            });
            match open.and_then(|term| self.var_of(&term)) {
                Some(var) => self.fix(var)?,
                None => break,
            };
        }
        Err(Conflict::new("a value that cannot be worked out"))
    }

    /// The parts of a source that something is asked of.
    pub(super) fn parts_of(&self, source: usize) -> Vec<(String, VarId)> {
        let parts = self.known.iter().filter_map(|(key, id)| match key {
            VarKey::Part(at, name) if *at == source => Some((name.to_string(), *id)),
            _ => None,
        });
        parts.collect()
    }
}

fn inputs(term: &Term) -> Vec<Term> {
    let mut found = Vec::new();
    if let Term::Part(source, _) = term {
        for (_, input) in &source.inputs {
            input.visit(&mut |term| {
                if matches!(term, Term::Field(..) | Term::Part(..)) {
                    found.push(term.clone());
                }
            });
        }
    }
    found
}

/// Are numbers compared or worked out?
fn is_ordering(formula: &Formula) -> bool {
    let mut found = false;
    formula.visit(&mut |term| {
        if let Term::Call(name, _) = term {
            found |= matches!(&**name, "<" | "<=" | ">" | ">=" | "-" | "*" | "/" | "%" | "round" | "floor" | "abs");
        }
    });
    found
}

/// Can the condition be taken apart, now that one field is left?
fn is_direct(formula: &Formula) -> bool {
    match formula {
        Formula::Truth(Term::Call(name, _), _) => !is_branching(name),
        Formula::Same(..) | Formula::Check(..) | Formula::Present(_) => true,
        _ => false,
    }
}

/// The functions of a condition, for a message.
fn shown(formula: &Formula) -> String {
    let mut names: Vec<String> = Vec::new();
    formula.visit(&mut |term| {
        let name = match term {
            Term::Call(name, _) => name.to_string(),
            Term::Over(over) => over.function.to_string(),
            _ => return,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    });
    names.join(" ")
}
