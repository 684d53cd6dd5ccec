//! What must hold of the rows that are looked for, as formulas over the values of their fields.
//!
//! A formula speaks of *classes* of rows: so many rows, alike but for the fields that are told to differ.

use std::sync::Arc;

use spl::value::Value;

use crate::check::Check;

/// A class of rows.
pub(crate) type ClassId = usize;
/// A number of rows in which the rows of a class come: a class may come in several, and has their product.
pub(crate) type DimId = usize;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    /// A field of the rows of a class.
    Field(ClassId, Arc<str>),
    /// This value.
    Value(Value),
    /// A function or operator of eval; names in lower case.
    Call(Arc<str>, Vec<Term>),
    /// What a command takes out of text, or a lookup's column.
    Part(Arc<Source>, Arc<str>),
    /// The values of all of these.
    Union(Vec<Term>),
    /// An aggregate over classes of rows.
    Over(Arc<Over>),
}

/// What parts are taken out of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    pub(crate) kind: SourceKind,
    /// Where the stage stands, so that later ones are undone first.
    pub(crate) depth: usize,
    /// What it reads: the text, or the lookup's columns and the values looked for.
    pub(crate) inputs: Vec<(Arc<str>, Term)>,
}

/// How parts are taken out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SourceKind {
    /// Groups of a regular expression; several matches give several values.
    Regex {
        /// The expression.
        pattern: Arc<str>,
        /// All matches count.
        many: bool,
    },
    /// Paths in JSON.
    Json,
    /// Elements of XML.
    Xml,
    /// `key=value` pairs: the text between pairs, and between key and value.
    Pairs(Arc<str>, Arc<str>),
    /// Columns of a lookup.
    Lookup(Arc<str>),
    /// What is known of an address.
    Place,
}

/// An aggregate over rows of one or more classes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Over {
    /// Its name: `dc`.
    pub(crate) function: Arc<str>,
    pub(crate) parameter: Option<f64>,
    /// The classes.
    pub(crate) facets: Vec<Facet>,
}

/// A class in an aggregate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facet {
    /// Number of rows.
    pub(crate) rows: usize,
    /// The dimension along which they come, where they are more than one.
    pub(crate) dim: Option<DimId>,
    /// What is aggregated; `None` counts rows.
    pub(crate) term: Option<Term>,
}

/// What must hold.
#[derive(Debug, Clone)]
pub(crate) enum Formula {
    /// Always, never.
    Const(bool),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    /// The value satisfies a check; null satisfies none.
    Check(Term, Check),
    /// The eval expression gives exactly this.
    Truth(Term, bool),
    /// There is a value.
    Present(Term),
    /// The values are the same.
    Same(Term, Term),
    /// The values of at least one pair differ.
    Apart(Vec<(Term, Term)>),
    /// Rows along a dimension differ in one of these.
    Vary(Vec<Term>, DimId),
    /// Why it cannot be said.
    Impossible(String),
}

impl Term {
    pub(crate) fn null() -> Self {
        Self::Value(Value::Null)
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::Value(Value::text(text))
    }

    pub(crate) fn number(number: f64) -> Self {
        Self::Value(Value::Number(number))
    }

    pub(crate) fn call(name: &str, arguments: Vec<Term>) -> Self {
        Self::Call(name.into(), arguments)
    }

    pub(crate) fn field(class: ClassId, name: &str) -> Self {
        Self::Field(class, name.into())
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Value(Value::Null))
    }

    /// The term with fields replaced where `replace` gives something.
    pub(crate) fn map(&self, replace: &dyn Fn(ClassId, &Arc<str>) -> Option<Term>) -> Self {
        let all = |terms: &[Term]| terms.iter().map(|term| term.map(replace)).collect();
        match self {
            Self::Field(class, name) => replace(*class, name).unwrap_or_else(|| self.clone()),
            Self::Value(_) => self.clone(),
            Self::Call(name, arguments) => Self::Call(Arc::clone(name), all(arguments)),
            Self::Part(source, name) => {
                let inputs = source.inputs.iter().map(|(name, term)| (Arc::clone(name), term.map(replace)));
                let source = Source { kind: source.kind.clone(), depth: source.depth, inputs: inputs.collect() };
                Self::Part(Arc::new(source), Arc::clone(name))
            }
            Self::Union(terms) => Self::Union(all(terms)),
            Self::Over(over) => {
                let facets = over.facets.iter().map(|facet| Facet {
                    rows: facet.rows,
                    dim: facet.dim,
                    term: facet.term.as_ref().map(|term| term.map(replace)),
                });
                Self::Over(Arc::new(Over {
                    function: Arc::clone(&over.function),
                    parameter: over.parameter,
                    facets: facets.collect(),
                }))
            }
        }
    }

    /// Every part of the term, itself among them, outermost first.
    pub(crate) fn visit<'t>(&'t self, see: &mut dyn FnMut(&'t Term)) {
        see(self);
        match self {
            Self::Field(..) | Self::Value(_) => (),
            Self::Call(_, terms) | Self::Union(terms) => terms.iter().for_each(|term| term.visit(see)),
            Self::Part(source, _) => source.inputs.iter().for_each(|(_, term)| term.visit(see)),
            Self::Over(over) => {
                over.facets.iter().filter_map(|facet| facet.term.as_ref()).for_each(|term| term.visit(see));
            }
        }
    }

    /// Does it speak of a field for which this holds?
    pub(crate) fn mentions(&self, wanted: &dyn Fn(ClassId, &str) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |term| {
            if let Self::Field(class, name) = term {
                found |= wanted(*class, name);
            }
        });
        found
    }
}

impl Formula {
    pub(crate) fn not(formula: Formula) -> Self {
        match formula {
            Self::Const(value) => Self::Const(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The formula with fields replaced where `replace` gives something.
    pub(crate) fn map(&self, replace: &dyn Fn(ClassId, &Arc<str>) -> Option<Term>) -> Self {
        let all = |formulas: &[Formula]| formulas.iter().map(|formula| formula.map(replace)).collect();
        match self {
            Self::Const(_) | Self::Impossible(_) => self.clone(),
            Self::All(formulas) => Self::All(all(formulas)),
            Self::Any(formulas) => Self::Any(all(formulas)),
            Self::Not(formula) => Self::Not(Box::new(formula.map(replace))),
            Self::Check(term, check) => Self::Check(term.map(replace), check.clone()),
            Self::Truth(term, value) => Self::Truth(term.map(replace), *value),
            Self::Present(term) => Self::Present(term.map(replace)),
            Self::Same(left, right) => Self::Same(left.map(replace), right.map(replace)),
            Self::Apart(pairs) => {
                Self::Apart(pairs.iter().map(|(left, right)| (left.map(replace), right.map(replace))).collect())
            }
            Self::Vary(terms, dim) => Self::Vary(terms.iter().map(|term| term.map(replace)).collect(), *dim),
        }
    }

    /// Every term of the formula, outermost first.
    pub(crate) fn visit<'f>(&'f self, see: &mut dyn FnMut(&'f Term)) {
        match self {
            Self::Const(_) | Self::Impossible(_) => (),
            Self::All(formulas) | Self::Any(formulas) => formulas.iter().for_each(|formula| formula.visit(see)),
            Self::Not(formula) => formula.visit(see),
            Self::Check(term, _) | Self::Truth(term, _) | Self::Present(term) => term.visit(see),
            Self::Same(left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Apart(pairs) => pairs.iter().for_each(|(left, right)| {
                left.visit(see);
                right.visit(see);
            }),
            Self::Vary(terms, _) => terms.iter().for_each(|term| term.visit(see)),
        }
    }
}
