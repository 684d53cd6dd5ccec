//! From formulas to values: what must hold is taken apart until it speaks of single fields.

mod assign;
mod compare;
mod deferred;
mod invert;
mod late;
mod lift;
mod made;
mod presence;
mod vars;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use spl::ast::{CompareOp, Pattern};
use spl::value::Value;

use crate::check::{Check, Kind};
use crate::choice::Choices;
use crate::context::Context;
use crate::goal::{Class, Conflict};
use crate::rows::Rows;
use crate::term::{DimId, Facet, Formula, Source, Term};
use vars::{Var, VarId, VarKey};

/// More steps than this are a formula that does not come apart.
const MOST_STEPS: usize = 60_000;

/// See the module's documentation.
pub(crate) struct Solver<'s> {
    pub(crate) context: &'s Context<'s>,
    pub(crate) choices: &'s mut Choices,
    pub(crate) classes: &'s [Class],
    pub(crate) dims: &'s [usize],
    agenda: VecDeque<Formula>,
    late: Vec<Formula>,
    deferred: Vec<Formula>,
    vars: Vec<Var>,
    known: BTreeMap<VarKey, VarId>,
    sources: Vec<Arc<Source>>,
    /// The numbers chosen for aggregates over rows that stand out, and the rows.
    spreads: Vec<(Vec<Facet>, Vec<f64>)>,
    /// Numbers that the search names.
    numbers: Vec<f64>,
    /// Rows made for lookups.
    lookup_rows: BTreeMap<String, Vec<Vec<(String, String)>>>,
    /// Variables told apart so far.
    apart: usize,
    steps: usize,
}

/// Ways to go on: what must hold for each.
pub(crate) type Ways = Vec<Vec<Formula>>;

/// Find rows that satisfy the formulas.
pub(crate) fn solve(
    context: &Context<'_>,
    choices: &mut Choices,
    goal: (&[Class], &[usize]),
    formulas: Vec<Formula>,
) -> Result<Rows, Conflict> {
    let mut numbers = Vec::new();
    formulas.iter().for_each(|formula| crate::sizes::numbers_in(formula, &mut numbers));
    let mut solver = Solver {
        context,
        choices,
        classes: goal.0,
        dims: goal.1,
        agenda: formulas.into(),
        late: Vec::new(),
        deferred: Vec::new(),
        vars: Vec::new(),
        known: BTreeMap::new(),
        sources: Vec::new(),
        spreads: Vec::new(),
        numbers,
        lookup_rows: BTreeMap::new(),
        apart: 0,
        steps: 0,
    };
    solver.work()?;
    solver.settle()?;
    solver.make_sources()?;
    solver.rows()
}

impl Solver<'_> {
    /// Take everything on the agenda apart.
    fn work(&mut self) -> Result<(), Conflict> {
        while let Some(formula) = self.agenda.pop_front() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(Conflict::new("the conditions do not come apart"));
            }
            self.assert(formula)?;
        }
        Ok(())
    }

    /// Work on something next.
    fn push(&mut self, formula: Formula) {
        self.agenda.push_front(formula);
    }

    fn assert(&mut self, formula: Formula) -> Result<(), Conflict> {
        match self.context.fold(&formula) {
            Some(true) => return Ok(()),
            Some(false) => return Err(Conflict::new(describe(&formula))),
            None => (),
        }
        match formula {
            Formula::Const(_) => Ok(()),
            Formula::Impossible(reason) => Err(Conflict::new(reason)),
            Formula::All(formulas) => {
                formulas.into_iter().rev().for_each(|formula| self.push(formula));
                Ok(())
            }
            Formula::Any(formulas) => {
                self.branch(formulas.into_iter().map(|formula| vec![formula]).collect(), "no way")
            }
            Formula::Not(formula) => self.deny(*formula),
            Formula::Check(term, check) => {
                let term = self.bound(&term);
                self.require(&term, &check)
            }
            Formula::Truth(term, value) => {
                let term = self.bound(&term);
                self.truth(&term, value)
            }
            Formula::Present(term) => {
                let term = self.bound(&term);
                self.present(&term)
            }
            Formula::Same(left, right) => {
                let (left, right) = (self.bound(&left), self.bound(&right));
                self.same(left, right)
            }
            formula @ (Formula::Apart(_) | Formula::Vary(..)) => {
                self.late.push(formula);
                Ok(())
            }
        }
    }

    /// Go one of several ways; those that cannot be gone are left out.
    fn branch(&mut self, ways: Ways, what: &str) -> Result<(), Conflict> {
        let open: Ways = ways
            .into_iter()
            .filter(|way| way.iter().all(|formula| self.context.fold(formula) != Some(false)))
            .collect();
        if open.is_empty() {
            return Err(Conflict::new(what));
        }
        // A way that asks for nothing is gone without a choice.
        if open.iter().any(|way| way.iter().all(|formula| self.context.fold(formula) == Some(true))) {
            return Ok(());
        }
        let at = self.choices.pick(open.len());
        if let Some(way) = open.into_iter().nth(at) {
            way.into_iter().rev().for_each(|formula| self.push(formula));
        }
        Ok(())
    }

    /// What must not hold.
    fn deny(&mut self, formula: Formula) -> Result<(), Conflict> {
        match formula {
            Formula::Const(value) => {
                if value {
                    return Err(Conflict::new("what always holds cannot be broken"));
                }
            }
            Formula::Impossible(_) | Formula::Vary(..) => (),
            Formula::All(formulas) => self.push(Formula::Any(formulas.into_iter().map(Formula::not).collect())),
            Formula::Any(formulas) => self.push(Formula::All(formulas.into_iter().map(Formula::not).collect())),
            Formula::Not(formula) => self.push(*formula),
            Formula::Check(term, check) => {
                let other = Formula::Check(term.clone(), check.negated());
                let none = Formula::not(Formula::Present(term));
                return self.branch(vec![vec![other], vec![none]], "it cannot be otherwise");
            }
            Formula::Truth(term, value) => {
                let mut ways = vec![vec![Formula::Truth(term.clone(), !value)]];
                let mut fields = Vec::new();
                term.visit(&mut |term| {
                    if matches!(term, Term::Field(..) | Term::Part(..)) && !fields.contains(term) {
                        fields.push(term.clone());
                    }
                });
                ways.extend(fields.into_iter().map(|field| vec![Formula::not(Formula::Present(field))]));
                return self.branch(ways, "it cannot be otherwise");
            }
            Formula::Present(term) => {
                let term = self.bound(&term);
                return self.absent(&term);
            }
            Formula::Same(left, right) => {
                self.push(Formula::Apart(vec![(left.clone(), right.clone())]));
                self.push(Formula::Present(left));
                self.push(Formula::Present(right));
            }
            Formula::Apart(pairs) => {
                pairs.into_iter().for_each(|(left, right)| self.push(Formula::Same(left, right)));
            }
        }
        Ok(())
    }

    /// An eval expression gives this truth value.
    fn truth(&mut self, term: &Term, wanted: bool) -> Result<(), Conflict> {
        let Term::Call(name, arguments) = term else {
            return match term {
                Term::Value(Value::Bool(value)) if *value == wanted => Ok(()),
                _ => Err(Conflict::new("a condition that is no truth value")),
            };
        };
        let is = |term: &Term, value: bool| Formula::Truth(term.clone(), value);
        match (&**name, arguments.as_slice()) {
            ("and", [left, right]) if wanted => self.all([is(left, true), is(right, true)]),
            ("and", [left, right]) => {
                self.branch(vec![vec![is(left, false)], vec![is(right, false)]], "both sides always hold")
            }
            ("or", [left, right]) if wanted => {
                self.branch(vec![vec![is(left, true)], vec![is(right, true)]], "no side can hold")
            }
            ("or", [left, right]) => self.all([is(left, false), is(right, false)]),
            ("xor", [left, right]) => {
                let ways = vec![vec![is(left, wanted), is(right, false)], vec![is(left, !wanted), is(right, true)]];
                self.branch(ways, "the sides cannot differ")
            }
            ("not", [inner]) => self.all([is(inner, !wanted)]),
            ("isnull", [inner]) | ("isnotnull", [inner]) => {
                let present = Formula::Present(inner.clone());
                self.push(if (&**name == "isnotnull") == wanted { present } else { Formula::not(present) });
                Ok(())
            }
            ("=" | "!=" | "<" | "<=" | ">" | ">=", [left, right]) => self.compare(name, left, right, wanted),
            ("like", [value, Term::Value(pattern)]) => {
                let check = pattern.to_text().and_then(|pattern| self.context.like(&pattern));
                self.require_if(value, check, wanted)
            }
            ("match", [value, Term::Value(pattern)]) => {
                let check = pattern.to_text().and_then(|pattern| self.context.matching(&pattern));
                self.require_if(value, check, wanted)
            }
            ("cidrmatch", [Term::Value(range), value]) => {
                let written = range.to_text().unwrap_or_default().into_owned();
                let network = spl::compare::Network::parse(&written);
                self.require_if(value, network.map(|network| Check::new(Kind::Network(written, network), true)), wanted)
            }
            ("in", [value, list @ ..]) => self.within(value, list, wanted),
            _ => match self.lift(term) {
                Some(ways) => {
                    let ways = ways.into_iter().map(|(mut way, term)| {
                        way.push(Formula::Truth(term, wanted));
                        way
                    });
                    self.branch(ways.collect(), "no branch gives it")
                }
                None => {
                    self.deferred.push(Formula::Truth(term.clone(), wanted));
                    Ok(())
                }
            },
        }
    }

    fn all(
        &mut self,
        formulas: impl IntoIterator<Item = Formula, IntoIter: DoubleEndedIterator>,
    ) -> Result<(), Conflict> {
        formulas.into_iter().rev().for_each(|formula| self.push(formula));
        Ok(())
    }

    fn require_if(&mut self, value: &Term, check: Option<Check>, wanted: bool) -> Result<(), Conflict> {
        let check = check.ok_or_else(|| Conflict::new("a pattern that does not compile"))?;
        self.require(value, &if wanted { check } else { check.negated() })
    }

    /// `value IN (…)`
    fn within(&mut self, value: &Term, list: &[Term], wanted: bool) -> Result<(), Conflict> {
        let same = |item: &Term| match item {
            Term::Value(item) => Formula::Check(value.clone(), Check::is(item.clone())),
            item => Formula::Same(value.clone(), item.clone()),
        };
        if wanted {
            return self.branch(list.iter().map(|item| vec![same(item)]).collect(), "none of the list can be");
        }
        for item in list {
            match item {
                Term::Value(item) => {
                    self.push(Formula::Check(value.clone(), Check::is(item.clone()).negated()));
                }
                item => {
                    let other =
                        vec![Formula::Apart(vec![(value.clone(), item.clone())]), Formula::Present(item.clone())];
                    self.branch(vec![other, vec![Formula::not(Formula::Present(item.clone()))]], "it is in the list")?;
                }
            }
        }
        self.push(Formula::Present(value.clone()));
        Ok(())
    }
}

/// Functions whose value is that of one of their arguments.
pub(crate) fn is_branching(name: &str) -> bool {
    matches!(name, "if" | "case" | "coalesce" | "mvfind" | "mvcount" | "validate" | "nullif")
}

/// Does the function give a truth value?
pub(crate) fn is_condition(name: &str) -> bool {
    matches!(
        name,
        "=" | "!="
            | "<"
            | "<="
            | ">"
            | ">="
            | "and"
            | "or"
            | "xor"
            | "not"
            | "like"
            | "match"
            | "in"
            | "isnull"
            | "isnotnull"
            | "cidrmatch"
            | "searchmatch"
    )
}

pub(crate) fn op_of(name: &str) -> CompareOp {
    match name {
        "!=" => CompareOp::NotEqual,
        "<" => CompareOp::Less,
        "<=" => CompareOp::LessOrEqual,
        ">" => CompareOp::Greater,
        ">=" => CompareOp::GreaterOrEqual,
        _ => CompareOp::Equal,
    }
}

/// The comparison with its sides exchanged.
pub(crate) fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessOrEqual => CompareOp::GreaterOrEqual,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterOrEqual => CompareOp::LessOrEqual,
        same => same,
    }
}

/// The comparison that holds when this one does not.
pub(crate) fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::GreaterOrEqual,
        CompareOp::LessOrEqual => CompareOp::Greater,
        CompareOp::Greater => CompareOp::LessOrEqual,
        CompareOp::GreaterOrEqual => CompareOp::Less,
    }
}

/// What never holds, in a few words.
fn describe(formula: &Formula) -> String {
    match formula {
        Formula::Check(_, check) => format!("a value that never is so: {}", kind_name(&check.kind)),
        Formula::Truth(..) => "a condition that never holds".to_owned(),
        Formula::Present(_) => "a field that never has a value".to_owned(),
        Formula::Same(..) => "two values that are never the same".to_owned(),
        Formula::Impossible(reason) => reason.clone(),
        _ => "conditions that never hold together".to_owned(),
    }
}

fn kind_name(kind: &Kind) -> String {
    match kind {
        Kind::Search(_, pattern, _) => format!("\"{}\"", pattern.parts.join("*")),
        Kind::Regex(pattern, _) | Kind::Like(pattern, _) => format!("`{pattern}`"),
        Kind::Order(_, number) => format!("compared with {number}"),
        Kind::Is(value) => value.to_text().unwrap_or_default().into_owned(),
        _ => "another".to_owned(),
    }
}

/// A number of rows as dimension sizes know it.
pub(crate) fn size_of(dims: &[usize], dim: DimId) -> usize {
    dims.get(dim).copied().unwrap_or(1)
}
