//! What is decided when everything else is known: which fields differ between rows.

use spl::time::TimeSpan;
use spl::value::Value;

use super::vars::{VarId, VarKey};
use super::{Solver, size_of};
use crate::check::Check;
use crate::find;
use crate::goal::Conflict;
use crate::term::{DimId, Formula, Term};

/// A field that may differ, and the time that then lies between its values if it is a time.
type Leaf = (VarId, f64);

impl Solver<'_> {
    /// Decide until nothing is left to decide.
    pub(super) fn settle(&mut self) -> Result<(), Conflict> {
        loop {
            self.work()?;
            if !self.late.is_empty() {
                match self.late.remove(0) {
                    Formula::Vary(terms, dim) => self.vary(&terms, dim)?,
                    Formula::Apart(pairs) => self.tell_apart(&pairs)?,
                    other => self.push(other),
                }
            } else if let Some(formula) = self.deferred.pop() {
                self.undefer(formula)?;
            } else {
                return Ok(());
            }
        }
    }

    /// One of the terms takes a new value along the dimension.
    fn vary(&mut self, terms: &[Term], dim: DimId) -> Result<(), Conflict> {
        let mut leaves: Vec<Leaf> = Vec::new();
        for term in terms {
            let term = self.bound(term);
            self.leaves(&term, 1.0, &mut leaves);
        }
        if leaves.iter().any(|(var, _)| self.get(*var).is_some_and(|var| var.vary.contains(&dim))) {
            return Ok(());
        }
        let mut open: Vec<Leaf> = leaves.into_iter().filter(|(var, _)| self.can_vary(*var, dim)).collect();
        // Times last: they decide what belongs together.
        open.sort_by_key(|(var, _)| self.get(*var).is_some_and(|var| &*var.name == "_time"));
        let at = self.choices.pick(open.len());
        let Some((var, step)) = open.get(at).copied() else {
            return Err(Conflict::new("rows that must differ and have no field to differ in"));
        };
        self.must_exist(var)?;
        if let Some(var) = self.get_mut(var) {
            var.vary.insert(dim);
            var.step = var.step.max(step);
        }
        Ok(())
    }

    fn can_vary(&self, id: VarId, dim: DimId) -> bool {
        let Some(var) = self.get(id) else { return false };
        let everywhere =
            var.classes.iter().all(|class| self.classes.get(*class).is_some_and(|class| class.dims.contains(&dim)));
        if var.absent || var.fixed.is_some() || !everywhere || var.classes.is_empty() {
            return false;
        }
        if var.checks.is_empty() || &*var.name == "_time" {
            return true;
        }
        let wanted = size_of(self.dims, dim).min(3);
        find::texts(&var.checks, wanted, &|at| crate::plain::text(&var.name, at)).len() >= wanted
    }

    /// The values of at least one pair differ.
    fn tell_apart(&mut self, pairs: &[(Term, Term)]) -> Result<(), Conflict> {
        let mut ways: Vec<(Term, Term)> = Vec::new();
        for (left, right) in pairs {
            let (left, right) = (self.bound(left), self.bound(right));
            if self.are_apart(&left, &right) {
                return Ok(());
            }
            ways.push((left, right));
        }
        ways.retain(|(left, right)| left != right && self.can_be_apart(left, right));
        ways.sort_by_key(|(left, _)| left.mentions(&|_, name| name == "_time"));
        let at = self.choices.pick(ways.len());
        let Some((left, right)) = ways.get(at).cloned() else {
            return Err(Conflict::new("rows that must differ and have no field to differ in"));
        };
        match (&left, &right) {
            (Term::Value(value), term) | (term, Term::Value(value)) => {
                self.push(Formula::Check(term.clone(), Check::is(value.clone()).negated()));
                return Ok(());
            }
            _ => (),
        }
        let (mut first, mut second) = (Vec::new(), Vec::new());
        self.leaves(&left, 1.0, &mut first);
        self.leaves(&right, 1.0, &mut second);
        let other = second.iter().chain(&first).find(|(var, _)| self.is_free(*var)).copied();
        let Some((var, step)) = other else {
            return Err(Conflict::new("rows that must differ and have no field to differ in"));
        };
        self.apart += 1;
        let apart = self.apart;
        self.must_exist(var)?;
        if let Some(var) = self.get_mut(var) {
            var.offset = var.offset.max(apart);
            var.step = var.step.max(step);
        }
        Ok(())
    }

    /// Are the values known to differ?
    fn are_apart(&self, left: &Term, right: &Term) -> bool {
        if let (Term::Value(left), Term::Value(right)) = (left, right) {
            return left.to_text() != right.to_text();
        }
        match (self.only_text(left), self.only_text(right)) {
            (Some(left), Some(right)) => left != right,
            _ => false,
        }
    }

    /// The text that a field has to have, where there is no choice.
    fn only_text(&self, term: &Term) -> Option<String> {
        if let Term::Value(value) = term {
            return value.to_text().map(std::borrow::Cow::into_owned);
        }
        let id = match term {
            Term::Field(class, name) => self.known.get(&VarKey::Field(*class, name.clone()))?,
            Term::Part(source, name) => {
                let at = self.sources.iter().position(|known| known == source)?;
                self.known.get(&VarKey::Part(at, name.clone()))?
            }
            _ => return None,
        };
        let var = self.get(*id)?;
        if let Some(value) = &var.fixed {
            return value.to_text().map(std::borrow::Cow::into_owned);
        }
        let texts = find::texts(&var.checks, 2, &|at| crate::plain::text(&var.name, at));
        match texts.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    fn can_be_apart(&mut self, left: &Term, right: &Term) -> bool {
        match (left, right) {
            (Term::Value(_), Term::Value(_)) => return false,
            (Term::Value(_), _) | (_, Term::Value(_)) => return true,
            _ => (),
        }
        let (mut first, mut second) = (Vec::new(), Vec::new());
        self.leaves(left, 1.0, &mut first);
        self.leaves(right, 1.0, &mut second);
        let differ = first.iter().any(|(one, _)| second.iter().all(|(other, _)| one != other));
        differ && first.iter().chain(&second).any(|(var, _)| self.is_free(*var))
    }

    fn is_free(&self, id: VarId) -> bool {
        let Some(var) = self.get(id) else { return false };
        let several = || find::texts(&var.checks, 3, &|at| crate::plain::text(&var.name, at)).len() > 2;
        var.fixed.is_none() && !var.absent && (var.checks.is_empty() || &*var.name == "_time" || several())
    }

    /// The fields that a term is made of.
    fn leaves(&mut self, term: &Term, step: f64, leaves: &mut Vec<Leaf>) {
        match term {
            Term::Field(..) => leaves.extend(self.var_of(term).map(|var| (var, step))),
            Term::Value(_) => (),
            Term::Call(name, arguments) => {
                let step = match (&**name, arguments.as_slice()) {
                    ("#bucket", [_, Term::Value(Value::Text(span))]) => bucket_seconds(span).max(step),
                    _ => step,
                };
                arguments.iter().for_each(|argument| self.leaves(argument, step, leaves));
            }
            Term::Part(source, _) => source.inputs.iter().for_each(|(_, input)| self.leaves(input, step, leaves)),
            Term::Union(terms) => terms.iter().for_each(|term| self.leaves(term, step, leaves)),
            Term::Over(over) => {
                for facet in &over.facets {
                    if let Some(term) = &facet.term {
                        self.leaves(term, step, leaves);
                    }
                }
            }
        }
    }
}

/// The width of a span in seconds; months count as 31 days.
fn bucket_seconds(span: &str) -> f64 {
    match TimeSpan::parse(span) {
        Some(TimeSpan::Micros(micros)) => crate::context::seconds(micros),
        #[expect(clippy::cast_precision_loss, reason = "a few days")]
        Some(TimeSpan::Days { count, .. }) => count as f64 * 86_400.0,
        #[expect(clippy::cast_precision_loss, reason = "a few months")]
        Some(TimeSpan::Months(count)) => count as f64 * 31.0 * 86_400.0,
        Some(TimeSpan::Number(width)) => width,
        None => 1.0,
    }
}
