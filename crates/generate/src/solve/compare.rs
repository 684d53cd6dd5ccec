//! Comparisons of two terms.

use super::*;

impl Solver<'_> {
    pub(super) fn compare(&mut self, name: &str, left: &Term, right: &Term, wanted: bool) -> Result<(), Conflict> {
        let op = op_of(name);
        let (term, op, value) = match (left, right) {
            (term, Term::Value(value)) => (term, op, value),
            (Term::Value(value), term) => (term, turned(op), value),
            (left, right) => return self.compare_terms(name, left, right, wanted),
        };
        let check = match (op, value) {
            (_, Value::Null) => return Err(Conflict::new("a comparison with null")),
            (CompareOp::Equal, value) => Check::is(value.clone()),
            (CompareOp::NotEqual, value) => Check::is(value.clone()).negated(),
            (op, value) => match value.as_number() {
                Some(number) => Check::new(Kind::Order(op, number), true),
                None => {
                    let text = value.to_text().unwrap_or_default().into_owned();
                    let pattern = Pattern { parts: vec![text], quoted: true, span: text::Span::default() };
                    Check::search(op, &pattern)
                }
            },
        };
        self.require(term, &if wanted { check } else { check.negated() })
    }

    fn compare_terms(&mut self, name: &str, left: &Term, right: &Term, wanted: bool) -> Result<(), Conflict> {
        // Branches first: what remains may be a constant.
        let whole = Term::call(name, vec![left.clone(), right.clone()]);
        if let Some(ways) = self.lift(&whole) {
            let ways = ways.into_iter().map(|(mut way, term)| {
                way.push(Formula::Truth(term, wanted));
                way
            });
            return self.branch(ways.collect(), "no branch gives it");
        }
        match (name, wanted) {
            ("=", true) | ("!=", false) => self.push(Formula::Same(left.clone(), right.clone())),
            ("!=", true) | ("=", false) => {
                self.push(Formula::Apart(vec![(left.clone(), right.clone())]));
                self.push(Formula::Present(left.clone()));
                self.push(Formula::Present(right.clone()));
            }
            _ => self.deferred.push(Formula::Truth(whole, wanted)),
        }
        Ok(())
    }

    /// Two values are the same.
    pub(super) fn same(&mut self, left: Term, right: Term) -> Result<(), Conflict> {
        if left == right {
            self.push(Formula::Present(left));
            return Ok(());
        }
        match (&left, &right) {
            (Term::Value(value), term) | (term, Term::Value(value)) => {
                let check = Check::is(value.clone());
                self.require(&term.clone(), &check)
            }
            (Term::Field(..) | Term::Part(..), Term::Field(..) | Term::Part(..)) => {
                let (first, second) = (self.var_of(&left), self.var_of(&right));
                match (first, second) {
                    (Some(first), Some(second)) => self.unify(first, second),
                    _ => Err(Conflict::new("two values that cannot be compared")),
                }
            }
            (Term::Call(first, own), Term::Call(second, other))
                if first == second && own.len() == other.len() && !is_branching(first) =>
            {
                let pairs = own.iter().cloned().zip(other.iter().cloned());
                let formulas: Vec<Formula> = pairs
                    .filter(|(left, right)| left != right)
                    .map(|(left, right)| Formula::Same(left, right))
                    .collect();
                self.all(formulas)
            }
            _ => {
                let whole = Term::call("=", vec![left.clone(), right.clone()]);
                if let Some(ways) = self.lift(&whole) {
                    return self.branch(ways.into_iter().filter_map(same_sides).collect(), "no branch gives it");
                }
                self.deferred.push(Formula::Same(left, right));
                Ok(())
            }
        }
    }
}

/// A way on which the two sides of a comparison are the same.
fn same_sides((mut way, term): (Vec<Formula>, Term)) -> Option<Vec<Formula>> {
    let Term::Call(_, mut sides) = term else { return None };
    let (right, left) = (sides.pop()?, sides.pop()?);
    way.push(Formula::Same(left, right));
    Some(way)
}
