//! What is known of the rows that must exist, while the stages of a plan are undone from last to first.
//!
//! In the formulas `Field(class, name)` is the value that a field of the class has *before* the stages undone so far.

use std::sync::Arc;

use cim::Dataset;
use plan::{Plan, Schema, Stage};
use spl::ast::CompareOp;

use crate::check::Kind;
use crate::choice::Choices;
use crate::context::Context;
use crate::term::{ClassId, DimId, Formula, Term};
use crate::unwind;

/// A condition of a search by its place: the numbers of nested stages, then of the conjunct.
pub(crate) type Place = Vec<usize>;

/// A condition that rows must satisfy and a near miss can break.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) place: Place,
    /// As people write it.
    pub(crate) text: String,
}

/// Rows that are alike.
#[derive(Debug, Clone, Default)]
pub(crate) struct Class {
    /// They make the result; the others only surround them.
    pub(crate) main: bool,
    /// There is a row for every combination of these.
    pub(crate) dims: Vec<DimId>,
    /// Where they are read from, once that is known.
    pub(crate) scan: Option<Scan>,
}

/// Where rows are read from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scan {
    /// A dataset's table.
    Dataset(&'static Dataset),
    /// Raw events.
    Events,
    /// Nothing is read: `makeresults`.
    Nothing,
}

/// See the module's documentation.
pub(crate) struct Goal<'g> {
    pub(crate) context: &'g Context<'g>,
    pub(crate) choices: &'g mut Choices,
    pub(crate) formulas: Vec<Formula>,
    pub(crate) classes: Vec<Class>,
    pub(crate) dims: Vec<usize>,
    /// The condition to break.
    pub(crate) breaking: Option<&'g Place>,
    /// Every condition met.
    pub(crate) conditions: Vec<Condition>,
    /// The condition to break was met.
    pub(crate) broken: bool,
    /// Stages undone so far.
    pub(crate) depth: usize,
}

/// Why a way of building rows does not work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conflict(pub(crate) String);

impl Conflict {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl<'g> Goal<'g> {
    /// Nothing is asked yet.
    pub(crate) fn new(context: &'g Context<'g>, choices: &'g mut Choices, breaking: Option<&'g Place>) -> Self {
        Self {
            context,
            choices,
            formulas: Vec::new(),
            classes: Vec::new(),
            dims: Vec::new(),
            breaking,
            conditions: Vec::new(),
            broken: false,
            depth: 0,
        }
    }

    /// Ask for a result row in which these fields have values.
    pub(crate) fn result_row(&mut self, plan: &Plan, wanted: &[String]) -> Result<(), Conflict> {
        let class = self.class(true, Vec::new());
        let asked = wanted.iter().map(|name| Formula::Present(Term::field(class, name)));
        self.formulas.extend(asked.collect::<Vec<_>>());
        self.unwind(&[], &plan.stages, vec![class]).map(|_| ())
    }

    /// A new class of rows.
    pub(crate) fn class(&mut self, main: bool, dims: Vec<DimId>) -> ClassId {
        self.classes.push(Class { main, dims, scan: None });
        self.classes.len() - 1
    }

    /// A new dimension.
    pub(crate) fn dim(&mut self, size: usize) -> DimId {
        self.dims.push(size);
        self.dims.len() - 1
    }

    pub(crate) fn is_main(&self, class: ClassId) -> bool {
        self.classes.get(class).is_some_and(|class| class.main)
    }

    pub(crate) fn dims_of(&self, class: ClassId) -> Vec<DimId> {
        self.classes.get(class).map(|class| class.dims.clone()).unwrap_or_default()
    }

    /// Undo stages for the rows of these classes; gives the classes of rows that the first stage reads, if it reads any.
    pub(crate) fn unwind(
        &mut self,
        path: &[usize],
        stages: &[Stage],
        mut active: Vec<ClassId>,
    ) -> Result<Vec<ClassId>, Conflict> {
        for (at, stage) in stages.iter().enumerate().rev() {
            if active.is_empty() {
                break;
            }
            self.close(&stage.schema, &active);
            let place: Place = path.iter().copied().chain([at]).collect();
            let before = at.checked_sub(1).and_then(|before| stages.get(before)).map(|stage| &stage.schema);
            self.depth += 1;
            active = unwind::stage(self, &Site { place: &place, before }, &stage.op, active)?;
        }
        Ok(active)
    }

    /// Put fields of `outer` in the place of marks, in the formulas from `from` on.
    pub(crate) fn unmark(&mut self, from: usize, outer: ClassId, tokens: &[String]) {
        for formula in self.formulas.iter_mut().skip(from) {
            *formula = unmarked(formula, outer, tokens);
        }
    }

    /// Fields that cannot exist are null.
    fn close(&mut self, schema: &Schema, active: &[ClassId]) {
        if schema.open {
            return;
        }
        self.replace(active, &|_, name| {
            let known = schema.fields.iter().any(|field| field.as_str() == &**name);
            (!known).then(Term::null)
        });
    }

    /// Replace fields of these classes in every formula.
    pub(crate) fn replace(&mut self, active: &[ClassId], replace: &dyn Fn(ClassId, &Arc<str>) -> Option<Term>) {
        let replace = |class: ClassId, name: &Arc<str>| {
            if active.contains(&class) { replace(class, name) } else { None }
        };
        for formula in &mut self.formulas {
            // Most formulas speak of other fields: those need no copy.
            let mut found = false;
            formula.visit(&mut |term| {
                if let Term::Field(class, name) = term {
                    found = found || replace(*class, name).is_some();
                }
            });
            if found {
                *formula = formula.map(&replace);
            }
        }
    }

    /// Ask for something.
    pub(crate) fn ask(&mut self, formula: Formula) {
        self.formulas.push(formula);
    }

    /// A condition of the search on the rows of a class: asked for, or its opposite if it is the one to break.
    pub(crate) fn condition(&mut self, class: ClassId, place: Place, text: &dyn Fn() -> String, formula: Formula) {
        if !self.is_main(class) {
            self.formulas.push(formula);
            return;
        }
        if self.breaking == Some(&place) {
            self.broken = true;
            self.formulas.push(Formula::not(nearly(formula)));
        } else {
            self.formulas.push(formula);
        }
        if !self.conditions.iter().any(|known| known.place == place) {
            self.conditions.push(Condition { place, text: text() });
        }
    }
}

/// Where a stage stands.
pub(crate) struct Site<'s> {
    pub(crate) place: &'s Place,
    /// The fields that reach it.
    pub(crate) before: Option<&'s Schema>,
}

impl Site<'_> {
    /// Does a field reach the stage for all that is known?
    pub(crate) fn has(&self, name: &str) -> bool {
        self.before.is_some_and(|schema| schema.fields.iter().any(|field| field == name))
    }

    /// May a field reach the stage?
    pub(crate) fn may_have(&self, name: &str) -> bool {
        self.before.is_none_or(|schema| schema.open || schema.fields.iter().any(|field| field == name))
    }

    pub(crate) fn is_open(&self) -> bool {
        self.before.is_none_or(|schema| schema.open)
    }

    /// The place of a conjunct.
    pub(crate) fn conjunct(&self, at: usize) -> Place {
        self.place.iter().copied().chain([at]).collect()
    }
}

/// The formula with its checks marked: their opposites are to be nearly what they ask.
fn nearly(formula: Formula) -> Formula {
    match formula {
        Formula::Check(term, check) => Formula::Check(term, check.with_near(true)),
        Formula::All(formulas) => Formula::All(formulas.into_iter().map(nearly).collect()),
        Formula::Any(formulas) => Formula::Any(formulas.into_iter().map(nearly).collect()),
        Formula::Not(formula) => Formula::Not(Box::new(nearly(*formula))),
        other => other,
    }
}

/// A text that stands for a value which is not known yet.
pub(crate) fn mark(at: usize) -> String {
    format!("weirmark{at}x")
}

fn token_of(text: &str, tokens: &[String]) -> Option<usize> {
    (0..tokens.len()).find(|at| text.eq_ignore_ascii_case(&mark(*at)))
}

/// The formula with fields in the place of marks.
fn unmarked(formula: &Formula, outer: ClassId, tokens: &[String]) -> Formula {
    let all = |formulas: &[Formula]| formulas.iter().map(|formula| unmarked(formula, outer, tokens)).collect();
    let field = |at: usize| tokens.get(at).map_or_else(Term::null, |name| Term::field(outer, name));
    match formula {
        Formula::All(formulas) => Formula::All(all(formulas)),
        Formula::Any(formulas) => Formula::Any(all(formulas)),
        Formula::Not(formula) => Formula::Not(Box::new(unmarked(formula, outer, tokens))),
        Formula::Check(term, check) => {
            let text = match &*check.kind {
                Kind::Search(CompareOp::Equal, pattern, _) => pattern.parts.join("*"),
                _ => return formula.clone(),
            };
            match token_of(&text, tokens) {
                Some(at) if check.holds => Formula::Same(term.clone(), field(at)),
                Some(at) => Formula::not(Formula::Same(term.clone(), field(at))),
                None => formula.clone(),
            }
        }
        other => other.map(&|_, name| token_of(name, tokens).map(field)),
    }
}
