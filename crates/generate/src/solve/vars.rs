//! Variables: the values of fields, and of what is taken out of fields, that are still to be found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spl::value::Value;

use super::Solver;
use crate::check::{Check, Kind};
use crate::goal::Conflict;
use crate::term::{ClassId, DimId, Source, Term};

/// A variable.
pub(super) type VarId = usize;

/// What a variable is the value of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VarKey {
    /// A field of a class of rows that are read.
    Field(ClassId, Arc<str>),
    /// A part of a source.
    Part(usize, Arc<str>),
    /// One of several values; from the end where negative.
    Element(VarId, i64),
}

/// What is known of a variable.
#[derive(Debug, Clone, Default)]
pub(super) struct Var {
    /// Another variable that it is the same as.
    pub(super) same_as: Option<VarId>,
    /// The field's name, for a plain value.
    pub(super) name: Arc<str>,
    /// The classes of rows that it is a field of.
    pub(super) classes: BTreeSet<ClassId>,
    pub(super) checks: Vec<Check>,
    pub(super) present: bool,
    pub(super) absent: bool,
    /// Single values of it, by place.
    pub(super) elements: BTreeMap<i64, VarId>,
    /// How many values it has.
    pub(super) count: Option<usize>,
    /// Rows along these dimensions have other values.
    pub(super) vary: BTreeSet<DimId>,
    /// What lies between times that differ, in seconds.
    pub(super) step: f64,
    /// Values passed over, so that those of other variables differ.
    pub(super) offset: usize,
    /// Its value, once it is settled.
    pub(super) fixed: Option<Value>,
}

impl Solver<'_> {
    /// The variable of a field or part.
    pub(super) fn var_of(&mut self, term: &Term) -> Option<VarId> {
        match term {
            Term::Field(class, name) => Some(self.var(VarKey::Field(*class, Arc::clone(name)), name, Some(*class))),
            Term::Part(source, name) => {
                let at = self.source(source);
                Some(self.var(VarKey::Part(at, Arc::clone(name)), name, None))
            }
            _ => None,
        }
    }

    pub(super) fn var(&mut self, key: VarKey, name: &Arc<str>, class: Option<ClassId>) -> VarId {
        if let Some(id) = self.known.get(&key) {
            return self.root(*id);
        }
        let id = self.vars.len();
        self.vars.push(Var {
            name: Arc::clone(name),
            classes: class.into_iter().collect(),
            step: 1.0,
            ..Var::default()
        });
        self.known.insert(key, id);
        id
    }

    fn source(&mut self, source: &Arc<Source>) -> usize {
        if let Some(at) = self.sources.iter().position(|known| known == source) {
            return at;
        }
        self.sources.push(Arc::clone(source));
        self.sources.len() - 1
    }

    /// The variable that stands for all that are the same.
    pub(super) fn root(&self, id: VarId) -> VarId {
        let mut id = id;
        while let Some(next) = self.vars.get(id).and_then(|var| var.same_as) {
            id = next;
        }
        id
    }

    pub(super) fn get(&self, id: VarId) -> Option<&Var> {
        self.vars.get(self.root(id))
    }

    pub(super) fn get_mut(&mut self, id: VarId) -> Option<&mut Var> {
        let root = self.root(id);
        self.vars.get_mut(root)
    }

    /// The variable satisfies one more check.
    pub(super) fn constrain(&mut self, id: VarId, check: &Check) -> Result<(), Conflict> {
        let Some(var) = self.get_mut(id) else { return Ok(()) };
        if let Some(value) = &var.fixed {
            return if check.matches_value(value) {
                Ok(())
            } else {
                Err(Conflict::new(format!("`{}` cannot be both", var.name)))
            };
        }
        if var.absent {
            return Err(Conflict::new(format!("`{}` would need to be null and have a value", var.name)));
        }
        var.present = true;
        // Two exact values at once are seen early.
        if let Kind::Is(value) = &*check.kind {
            let others = var.checks.iter().filter(|known| matches!(*known.kind, Kind::Is(_) | Kind::Order(..)));
            let text = value.to_text().unwrap_or_default().into_owned();
            if check.holds && others.into_iter().any(|known| !known.matches(&text)) {
                return Err(Conflict::new(format!("`{}` cannot be both", var.name)));
            }
        }
        var.checks.push(check.clone());
        Ok(())
    }

    pub(super) fn must_exist(&mut self, id: VarId) -> Result<(), Conflict> {
        let Some(var) = self.get_mut(id) else { return Ok(()) };
        if var.absent || var.fixed.as_ref().is_some_and(Value::is_null) {
            return Err(Conflict::new(format!("`{}` would need to be null and have a value", var.name)));
        }
        var.present = true;
        Ok(())
    }

    pub(super) fn must_not_exist(&mut self, id: VarId) -> Result<(), Conflict> {
        let Some(var) = self.get_mut(id) else { return Ok(()) };
        let has_value = var.fixed.as_ref().is_some_and(|value| !value.is_null());
        if var.present || has_value || !var.elements.is_empty() {
            return Err(Conflict::new(format!("`{}` would need to be null and have a value", var.name)));
        }
        var.absent = true;
        Ok(())
    }

    /// One of the values of a variable.
    pub(super) fn element(&mut self, id: VarId, at: i64) -> VarId {
        let root = self.root(id);
        if let Some(element) = self.get(root).and_then(|var| var.elements.get(&at)) {
            return *element;
        }
        let name = self.get(root).map(|var| Arc::clone(&var.name)).unwrap_or_default();
        let classes = self.get(root).map(|var| var.classes.clone()).unwrap_or_default();
        let element = self.var(VarKey::Element(root, at), &name, None);
        if let Some(var) = self.get_mut(element) {
            var.classes = classes;
        }
        if let Some(var) = self.get_mut(root) {
            var.present = true;
            var.elements.insert(at, element);
        }
        element
    }

    /// Two variables have the same value.
    pub(super) fn unify(&mut self, first: VarId, second: VarId) -> Result<(), Conflict> {
        let (first, second) = (self.root(first), self.root(second));
        if first == second {
            return self.must_exist(first);
        }
        let Some(other) = self.vars.get_mut(second) else { return Ok(()) };
        let moved = std::mem::take(other);
        other.name = Arc::clone(&moved.name);
        other.same_as = Some(first);
        if moved.absent {
            return Err(Conflict::new(format!("`{}` would need to be null and have a value", moved.name)));
        }
        self.must_exist(first)?;
        for check in &moved.checks {
            self.constrain(first, check)?;
        }
        let Some(var) = self.vars.get_mut(first) else { return Ok(()) };
        var.classes.extend(moved.classes);
        var.vary.extend(moved.vary);
        var.step = var.step.max(moved.step);
        var.count = var.count.or(moved.count);
        for (at, element) in moved.elements {
            var.elements.entry(at).or_insert(element);
        }
        if let Some(value) = moved.fixed {
            match &var.fixed {
                Some(own) if own.to_text() != value.to_text() => {
                    return Err(Conflict::new(format!("`{}` cannot be both", var.name)));
                }
                _ => var.fixed = Some(value),
            }
        }
        Ok(())
    }

    /// The term with settled values in the place of their fields.
    pub(super) fn bound(&self, term: &Term) -> Term {
        let replaced = term.map(&|class, name| {
            let id = self.known.get(&VarKey::Field(class, Arc::clone(name)))?;
            let value = self.get(*id)?.fixed.clone()?;
            Some(Term::Value(value))
        });
        let replaced = self.bound_parts(replaced);
        self.context.simplify(&replaced)
    }

    fn bound_parts(&self, term: Term) -> Term {
        match term {
            Term::Part(source, name) => {
                let at = self.sources.iter().position(|known| *known == source);
                let id = at.and_then(|at| self.known.get(&VarKey::Part(at, Arc::clone(&name))));
                match id.and_then(|id| self.get(*id)).and_then(|var| var.fixed.clone()) {
                    Some(value) => Term::Value(value),
                    None => Term::Part(source, name),
                }
            }
            Term::Call(name, arguments) => {
                Term::Call(name, arguments.into_iter().map(|argument| self.bound_parts(argument)).collect())
            }
            Term::Union(terms) => Term::Union(terms.into_iter().map(|term| self.bound_parts(term)).collect()),
            other => other,
        }
    }
}
