//! That a term has a value, or has none.

use super::invert::{first_field, whole};
use super::*;

impl Solver<'_> {
    /// There is a value.
    pub(super) fn present(&mut self, term: &Term) -> Result<(), Conflict> {
        match term {
            Term::Value(value) if value.is_null() => Err(Conflict::new("a field that never has a value")),
            Term::Value(_) => Ok(()),
            Term::Field(..) | Term::Part(..) => match self.var_of(term) {
                Some(var) => self.must_exist(var),
                None => Ok(()),
            },
            Term::Union(terms) => {
                let ways = terms.iter().map(|term| vec![Formula::Present(term.clone())]);
                self.branch(ways.collect(), "none of the values is there")
            }
            Term::Over(over) if matches!(&*over.function, "count" | "dc") => Ok(()),
            Term::Over(over)
                if over.facets.len() == 1 || matches!(&*over.function, "values" | "list" | "sum" | "max" | "min") =>
            {
                let terms = over.facets.iter().filter_map(|facet| facet.term.clone());
                self.present(&Term::Union(terms.collect()))
            }
            Term::Over(_) => self.present_lifted(term),
            Term::Call(name, arguments) => self.present_call(name, arguments),
        }
    }

    fn present_lifted(&mut self, term: &Term) -> Result<(), Conflict> {
        match self.lift(term) {
            Some(ways) => {
                let ways = ways.into_iter().map(|(mut way, term)| {
                    way.push(Formula::Present(term));
                    way
                });
                self.branch(ways.collect(), "no branch has a value")
            }
            None => Ok(()),
        }
    }

    fn present_call(&mut self, name: &str, arguments: &[Term]) -> Result<(), Conflict> {
        let call = Term::call(name, arguments.to_vec());
        match (name, arguments) {
            ("mvindex", [list, Term::Value(at), ..]) => {
                let at = at.as_number().map_or(0, whole);
                match list {
                    Term::Field(..) => {
                        let Some(var) = self.var_of(list) else { return Ok(()) };
                        let element = self.element(var, at);
                        self.must_exist(element)
                    }
                    Term::Call(split, inner) if &**split == "split" && at != 0 => {
                        let any = Check::new(Kind::Length(CompareOp::Greater, 0.0), true);
                        let list = Term::call(split, inner.clone());
                        self.require_at(&list, at, &any)
                    }
                    other => self.present(&other.clone()),
                }
            }
            ("mvappend", terms) => self.present(&Term::Union(terms.to_vec())),
            ("mvfilter", [condition]) => {
                let field = first_field(condition).ok_or_else(|| Conflict::new("a filter over no field"))?;
                self.push(Formula::Truth(condition.clone(), true));
                self.present(&field)
            }
            ("mvmap", [_, result]) => self.present(result),
            ("strptime", [text, Term::Value(format), ..]) => {
                let any = Check::new(Kind::Order(CompareOp::GreaterOrEqual, 0.0), true);
                self.require_parsed(text, format, &any)
            }
            (
                "round" | "floor" | "ceil" | "ceiling" | "abs" | "sqrt" | "exp" | "ln" | "log" | "tonumber",
                [number, ..],
            ) => self.numeric(number),
            ("-" | "*" | "/" | "%" | "pow", [left, right]) => {
                self.numeric(left)?;
                if matches!(name, "/" | "%") && !matches!(right, Term::Value(_)) {
                    let positive = Check::new(Kind::Order(CompareOp::Greater, 0.0), true);
                    return self.require(right, &positive);
                }
                self.numeric(right)
            }
            _ if super::is_branching(name) => self.present_lifted(&call),
            _ => {
                let all = arguments.iter().map(|argument| Formula::Present(argument.clone()));
                self.all(all.collect::<Vec<_>>())
            }
        }
    }

    /// The value is a number.
    fn numeric(&mut self, term: &Term) -> Result<(), Conflict> {
        match term {
            Term::Value(value) if value.as_number().is_none() => Err(Conflict::new("a text where a number is wanted")),
            Term::Field(..) | Term::Part(..) => {
                let number = Check::new(Kind::Order(CompareOp::GreaterOrEqual, 0.0), true);
                self.require(term, &number)
            }
            other => self.present(other),
        }
    }

    /// There is no value.
    pub(super) fn absent(&mut self, term: &Term) -> Result<(), Conflict> {
        match term {
            Term::Value(value) if value.is_null() => Ok(()),
            Term::Value(_) => Err(Conflict::new("a field that always has a value")),
            Term::Field(..) => match self.var_of(term) {
                Some(var) => self.must_not_exist(var),
                None => Ok(()),
            },
            Term::Part(source, _) => {
                let Some(var) = self.var_of(term) else { return Ok(()) };
                // The source is there but gives nothing, or is not there itself.
                let _ = source;
                self.must_not_exist(var)
            }
            Term::Union(terms) => {
                let all = terms.iter().map(|term| Formula::not(Formula::Present(term.clone())));
                self.all(all.collect::<Vec<_>>())
            }
            Term::Over(over) if &*over.function == "count" || &*over.function == "dc" => {
                Err(Conflict::new("a count that is never null"))
            }
            Term::Over(over) => {
                let terms = over.facets.iter().filter_map(|facet| facet.term.clone());
                self.absent(&Term::Union(terms.collect()))
            }
            Term::Call(name, arguments) if super::is_branching(name) || &**name == "mvmap" => match self.lift(term) {
                Some(ways) => {
                    let ways = ways.into_iter().map(|(mut way, term)| {
                        way.push(Formula::not(Formula::Present(term)));
                        way
                    });
                    self.branch(ways.collect(), "there is always a value")
                }
                None => {
                    let ways = arguments.iter().map(|term| vec![Formula::not(Formula::Present(term.clone()))]);
                    self.branch(ways.collect(), "there is always a value")
                }
            },
            Term::Call(name, arguments) if &**name == "mvappend" => self.absent(&Term::Union(arguments.clone())),
            Term::Call(name, arguments) if &**name == "mvfilter" => {
                let falses =
                    arguments.iter().map(|condition| vec![Formula::not(Formula::Truth(condition.clone(), true))]);
                self.branch(falses.collect(), "there is always a value")
            }
            Term::Call(_, arguments) => {
                let ways = arguments.iter().map(|term| vec![Formula::not(Formula::Present(term.clone()))]);
                self.branch(ways.collect(), "there is always a value")
            }
        }
    }
}
