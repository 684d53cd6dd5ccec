//! Branches inside terms: what a term comes to in each, and what must hold for that.

use std::sync::Arc;

use spl::value::Value;

use super::{Solver, is_condition};
use crate::check::{Check, Kind};
use crate::term::{Facet, Formula, Over, Term};

/// What must hold, and what the term then is.
pub(super) type Branches = Vec<(Vec<Formula>, Term)>;

impl Solver<'_> {
    /// The branches of the outermost part of a term that has some; `None` where it has none.
    pub(super) fn lift(&mut self, term: &Term) -> Option<Branches> {
        match term {
            Term::Call(name, arguments) => {
                if let Some(branches) = self.lift_call(name, arguments) {
                    return Some(branches);
                }
                let (at, inner) =
                    arguments.iter().enumerate().find_map(|(at, argument)| Some((at, self.lift(argument)?)))?;
                let rebuilt = |replaced: Term| {
                    let mut arguments = arguments.clone();
                    if let Some(argument) = arguments.get_mut(at) {
                        *argument = replaced;
                    }
                    self.context.simplify(&Term::Call(Arc::clone(name), arguments))
                };
                Some(inner.into_iter().map(|(way, term)| (way, rebuilt(term))).collect())
            }
            Term::Over(over) => self.lift_over(over),
            Term::Union(terms) => Some(terms.iter().map(|term| (Vec::new(), term.clone())).collect()),
            Term::Field(..) | Term::Value(_) | Term::Part(..) => None,
        }
    }

    fn lift_call(&mut self, name: &str, arguments: &[Term]) -> Option<Branches> {
        let holds = |condition: &Term| Formula::Truth(condition.clone(), true);
        Some(match (name, arguments) {
            ("if", [condition, then, other]) => {
                let branches =
                    vec![(vec![holds(condition)], then.clone()), (vec![Formula::not(holds(condition))], other.clone())];
                simplest_first(branches)
            }
            ("case", pairs) => {
                let mut branches: Branches = Vec::new();
                let mut before: Vec<Formula> = Vec::new();
                for pair in pairs.chunks(2) {
                    let [condition, value] = pair else { continue };
                    let mut way = before.clone();
                    way.push(holds(condition));
                    branches.push((way, value.clone()));
                    before.push(Formula::not(holds(condition)));
                }
                branches.push((before, Term::null()));
                branches
            }
            ("coalesce", terms) => {
                let mut branches: Branches = Vec::new();
                let mut before: Vec<Formula> = Vec::new();
                for term in terms {
                    let mut way = before.clone();
                    way.push(Formula::Present(term.clone()));
                    branches.push((way, term.clone()));
                    before.push(Formula::not(Formula::Present(term.clone())));
                }
                branches.push((before, Term::null()));
                branches
            }
            ("nullif", [value, other]) => {
                let same = Formula::Truth(Term::call("=", vec![value.clone(), other.clone()]), true);
                vec![(vec![Formula::not(same.clone())], value.clone()), (vec![same], Term::null())]
            }
            ("mvfind", [list, pattern]) => return self.lift_find(list, pattern),
            ("mvmap", [list, result]) => {
                vec![(vec![Formula::Present(list.clone())], result.clone())]
            }
            ("mvcount", [list]) => {
                let count = |size: u32| {
                    let call = Term::call("mvcount", vec![list.clone()]);
                    let is = Check::is(Value::Number(f64::from(size)));
                    (vec![Formula::Check(call, is)], Term::number(f64::from(size)))
                };
                if matches!(list, Term::Value(Value::Null)) {
                    return Some(vec![(Vec::new(), Term::null())]);
                }
                let mut branches: Branches = [1, 2, 3, 4, 5, 6, 12].map(count).into_iter().collect();
                branches.push((vec![Formula::not(Formula::Present(list.clone()))], Term::null()));
                branches
            }
            _ => return None,
        })
    }

    /// `mvfind`: the place of the first value that matches.
    fn lift_find(&mut self, list: &Term, pattern: &Term) -> Option<Branches> {
        let Term::Value(pattern) = pattern else {
            let apart = Formula::Apart(vec![(list.clone(), pattern.clone())]);
            let none = Formula::not(Formula::Present(list.clone()));
            return Some(vec![(vec![none], Term::null()), (vec![apart, Formula::Present(list.clone())], Term::null())]);
        };
        let check = self.context.matching(&pattern.to_text()?)?;
        let place = |at: u32| {
            let value = Term::call("mvindex", vec![list.clone(), Term::number(f64::from(at))]);
            (vec![Formula::Check(value, check.clone())], Term::number(f64::from(at)))
        };
        let mut branches: Branches = (0..6).map(place).collect();
        branches.push((vec![Formula::not(Formula::Check(list.clone(), check.clone()))], Term::null()));
        Some(branches)
    }

    /// An aggregate over rows: first the branches of what it runs over, then what it comes to.
    fn lift_over(&mut self, over: &Arc<Over>) -> Option<Branches> {
        let counted = &*over.function == "count";
        for (at, facet) in over.facets.iter().enumerate() {
            let Some(term) = &facet.term else { continue };
            let inner = match term {
                Term::Call(name, _) if counted && is_condition(name) => None,
                Term::Call(..) | Term::Over(_) => self.lift(term),
                _ => None,
            };
            let Some(inner) = inner else { continue };
            let rebuilt = |term: Term| {
                let mut facets = over.facets.clone();
                if let Some(facet) = facets.get_mut(at) {
                    facet.term = Some(self.context.simplify(&term));
                }
                Term::Over(Arc::new(Over { function: Arc::clone(&over.function), parameter: over.parameter, facets }))
            };
            return Some(inner.into_iter().map(|(way, term)| (way, rebuilt(term))).collect());
        }
        let facets: Vec<&Facet> =
            over.facets.iter().filter(|facet| !facet.term.as_ref().is_some_and(Term::is_null)).collect();
        Some(match &*over.function {
            "count" => counts(&facets),
            "dc" => distinct(&facets),
            "estdc" => distinct(&facets),
            "sum" => vec![(Vec::new(), self.sum(&facets))],
            "avg" | "mean" | "stdev" | "stdevp" | "var" | "varp" | "perc" | "exactperc" | "median" | "upperperc" => {
                self.spread(over, &facets)
            }
            "range" => vec![(Vec::new(), range(&facets))],
            "min" | "max" => extremes(&over.function, &facets),
            "values" | "list" => {
                let terms = facets.iter().filter_map(|facet| facet.term.clone()).collect();
                vec![(Vec::new(), self.context.simplify(&Term::Union(terms)))]
            }
            // Of values that are in some order any may be the first.
            _ => facets.iter().map(|facet| (Vec::new(), facet.term.clone().unwrap_or_else(Term::null))).collect(),
        })
    }

    fn sum(&self, facets: &[&Facet]) -> Term {
        let summed = facets.iter().filter_map(|facet| {
            let term = facet.term.clone()?;
            Some(if facet.rows == 1 { term } else { Term::call("*", vec![number(facet.rows), term]) })
        });
        let sum = summed.reduce(|sum, next| Term::call("+", vec![sum, next]));
        self.context.simplify(&sum.unwrap_or_else(Term::null))
    }

    /// An average and its kin. Rows that are alike have their own value; rows that stand out from others are given numbers.
    fn spread(&mut self, over: &Over, facets: &[&Facet]) -> Branches {
        let deviation = matches!(&*over.function, "stdev" | "stdevp" | "var" | "varp");
        match facets {
            [] => return vec![(Vec::new(), Term::null())],
            [only] if deviation => {
                let present = only.term.iter().map(|term| Formula::Present(term.clone())).collect();
                return vec![(present, Term::number(0.0))];
            }
            [only] => return vec![(Vec::new(), only.term.clone().unwrap_or_else(Term::null))],
            _ => (),
        }
        let rows: Vec<Facet> = facets.iter().map(|facet| (*facet).clone()).collect();
        let known = self.spreads.iter().find(|(known, _)| *known == rows).map(|(_, numbers)| numbers.clone());
        let numbers = known.unwrap_or_else(|| {
            let options = self.loud_and_quiet(facets);
            let at = self.choices.pick(options.len());
            let chosen = options.get(at).cloned().unwrap_or_default();
            self.spreads.push((rows.clone(), chosen.clone()));
            chosen
        });
        let asked = facets.iter().zip(&numbers).filter_map(|(facet, number)| {
            Some(Formula::Check(facet.term.clone()?, Check::new(Kind::Is(Value::Number(*number)), true)))
        });
        let value = statistic(over, facets, &numbers);
        vec![(asked.collect(), value.map_or_else(Term::null, Term::number))]
    }

    /// Numbers for rows that stand out (the first ones) and for the others.
    fn loud_and_quiet(&self, facets: &[&Facet]) -> Vec<Vec<f64>> {
        let known = |facet: &&Facet| match &facet.term {
            Some(Term::Value(value)) => value.as_number(),
            _ => None,
        };
        let mut loud: Vec<f64> =
            self.numbers.iter().filter(|number| **number >= 1.0 && **number < 1e5).map(|n| n.floor() + 1.0).collect();
        loud.sort_by(f64::total_cmp);
        loud.dedup();
        loud.reverse();
        loud.truncate(6);
        let mut options = Vec::new();
        let mut louds = vec![40.0];
        louds.extend(loud);
        louds.extend([400.0, 10.0, 100_000.0]);
        for quiet in [1.0, 5.0, 2.0] {
            for loud in &louds {
                let numbers = facets
                    .iter()
                    .enumerate()
                    .map(|(at, facet)| known(facet).unwrap_or(if at == 0 { *loud } else { quiet }));
                options.push(numbers.collect());
            }
        }
        // All alike.
        options.push(facets.iter().map(|facet| known(facet).unwrap_or(10.0)).collect());
        options
    }
}

/// Of two branches first the one that is easier to follow.
fn simplest_first(mut branches: Branches) -> Branches {
    let swap = match branches.as_slice() {
        [(_, first), (_, second)] => !second.is_null() && weight(first) > weight(second),
        _ => false,
    };
    if swap {
        branches.reverse();
    }
    branches
}

/// How many functions must be undone on the way to a field or constant, by the easiest branches.
fn weight(term: &Term) -> usize {
    match term {
        Term::Value(_) | Term::Field(..) => 0,
        Term::Part(..) | Term::Union(_) | Term::Over(_) => 1,
        Term::Call(name, arguments) => match (&**name, arguments.as_slice()) {
            ("if", [_, then, other]) => weight(then).min(weight(other)),
            ("case", pairs) => pairs.chunks(2).filter_map(|pair| pair.get(1)).map(weight).min().unwrap_or(0),
            ("coalesce", terms) => terms.iter().map(weight).min().unwrap_or(0),
            (_, arguments) => 1 + arguments.iter().map(weight).sum::<usize>(),
        },
    }
}

fn number(rows: usize) -> Term {
    Term::number(size(rows))
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand rows")]
fn size(rows: usize) -> f64 {
    rows as f64
}

/// Rows counted: all of them, or only those of some classes.
fn counts(facets: &[&Facet]) -> Branches {
    let counted = |facet: &Facet, yes: bool| {
        let term = facet.term.clone()?;
        let is_condition = matches!(&term, Term::Call(name, _) if is_condition(name));
        let holds = if is_condition { Formula::Truth(term, true) } else { Formula::Present(term) };
        Some(if yes { holds } else { Formula::not(holds) })
    };
    let mut branches = Vec::new();
    for chosen in (0..1_usize << facets.len().min(3)).rev() {
        let mut total = 0;
        let mut way = Vec::new();
        let mut possible = true;
        for (at, facet) in facets.iter().enumerate() {
            let yes = chosen >> at & 1 == 1 || at >= 3;
            if yes {
                total += facet.rows;
            }
            match counted(facet, yes) {
                Some(formula) => way.push(formula),
                None => possible &= yes,
            }
        }
        if possible {
            branches.push((way, number(total)));
        }
    }
    branches
}

/// Values counted: all differ, one a class, one, none.
fn distinct(facets: &[&Facet]) -> Branches {
    let terms: Vec<Term> = facets.iter().filter_map(|facet| facet.term.clone()).collect();
    let present = || terms.iter().map(|term| Formula::Present(term.clone()));
    let apart = || {
        let pairs = terms.iter().enumerate().flat_map(|(at, first)| {
            terms.iter().skip(at + 1).map(move |second| Formula::Apart(vec![(first.clone(), second.clone())]))
        });
        pairs.collect::<Vec<_>>()
    };
    let vary = |facet: &&Facet| Some(Formula::Vary(vec![facet.term.clone()?], facet.dim.filter(|_| facet.rows > 1)?));
    let total = facets.iter().map(|facet| facet.rows).sum();
    let mut branches: Branches = Vec::new();
    if total > 1 {
        branches.push((present().chain(facets.iter().filter_map(vary)).chain(apart()).collect(), number(total)));
    }
    if facets.len() > 1 {
        branches.push((present().chain(apart()).collect(), number(facets.len())));
        for (at, facet) in facets.iter().enumerate() {
            let mut way: Vec<Formula> = facet.term.iter().map(|term| Formula::Present(term.clone())).collect();
            way.extend(vary(facet));
            let others = terms.iter().enumerate().filter(|(other, _)| *other != at);
            way.extend(others.map(|(_, term)| Formula::not(Formula::Present(term.clone()))));
            branches.push((way, number(facet.rows)));
        }
    }
    let same =
        terms.iter().zip(terms.iter().skip(1)).map(|(first, second)| Formula::Same(first.clone(), second.clone()));
    if terms.is_empty() {
        return vec![(Vec::new(), number(0))];
    }
    branches.push((present().chain(same).collect(), number(1)));
    branches.push((terms.iter().map(|term| Formula::not(Formula::Present(term.clone()))).collect(), number(0)));
    branches
}

fn range(facets: &[&Facet]) -> Term {
    match facets {
        [first, .., last] => match (&first.term, &last.term) {
            (Some(first), Some(last)) => Term::call("-", vec![last.clone(), first.clone()]),
            _ => Term::null(),
        },
        _ => Term::number(0.0),
    }
}

fn extremes(function: &str, facets: &[&Facet]) -> Branches {
    let op = if function == "max" { ">=" } else { "<=" };
    let mut branches = Vec::new();
    for (at, facet) in facets.iter().enumerate() {
        let Some(term) = &facet.term else { continue };
        let others =
            facets.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, other)| other.term.clone());
        let way = others.map(|other| {
            Formula::Any(vec![
                Formula::not(Formula::Present(other.clone())),
                Formula::Truth(Term::call(op, vec![term.clone(), other]), true),
            ])
        });
        branches.push((way.collect(), term.clone()));
    }
    branches
}

/// The statistic of numbers, each as often as there are rows.
fn statistic(over: &Over, facets: &[&Facet], numbers: &[f64]) -> Option<f64> {
    let mut all: Vec<f64> = Vec::new();
    for (facet, number) in facets.iter().zip(numbers) {
        all.extend(std::iter::repeat_n(*number, facet.rows));
    }
    let count = size(all.len());
    let mean = all.iter().sum::<f64>() / count;
    let squares: f64 = all.iter().map(|number| (number - mean).powi(2)).sum();
    Some(match &*over.function {
        "avg" | "mean" => mean,
        "var" => squares / (count - 1.0),
        "varp" => squares / count,
        "stdev" => (squares / (count - 1.0)).sqrt(),
        "stdevp" => (squares / count).sqrt(),
        "perc" | "exactperc" | "median" | "upperperc" => {
            all.sort_by(f64::total_cmp);
            let share = over.parameter.unwrap_or(50.0) / 100.0;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
            let at = (share * (count - 1.0)).round() as usize;
            *all.get(at)?
        }
        _ => return None,
    })
}
